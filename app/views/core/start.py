"""Start the window: one program per person, the window first, the book behind it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from app import i18n, logs, paths
from app.errors import UserError
from app.prefs import Prefs, StartOptions
from app.views.core import quick_start, style
from app.views.core.instance import Instance

if TYPE_CHECKING:
    from app.views.core.start_books import Bootstrap

WRONG_USE = 2
_BEHIND_MS = 1_500
_SETTLED_MS = 5_000


def run_window(options: StartOptions, bootstrap: Bootstrap) -> int:
    """Run the program with its window until it is closed; return the exit code."""
    bootstrap.choose_language(options)
    application = make_application()
    prefs = Prefs()
    style.colour_frame(application, prefs.get("theme"))
    instance = Instance(paths.config_folder())
    if not instance.claim(f"show\n{_named_book(options)}"):
        return 0
    # the window's own modules come after the question whether there is a window already
    from app.views.core.start_session import Session

    try:
        session = Session(application, prefs, options, bootstrap)
    except UserError as error:
        from app.views.core.errors import show_error

        show_error(None, error)
        return WRONG_USE
    instance.raised.connect(session.come_forward)
    session.drawn.connect(start_watching)
    session.begin()

    def go_on() -> None:
        """Do once the rows are there, or nothing comes, what neither window nor rows need."""
        logs.write_held()
        instance.listen()
        give_icon(application)

    session.opened.connect(go_on)
    QTimer.singleShot(_BEHIND_MS, go_on)
    QTimer.singleShot(_SETTLED_MS, quick_start.settle)
    code = application.exec()
    session.end()
    logs.write_held()
    instance.release()
    return code


def start_watching() -> None:
    """Catch unexpected errors on any thread, hold the log, and let Qt speak our language."""
    from app.views.core import crash, qt_words

    logs.hold_log()
    qt_words.speak()
    crash.install()


def make_application() -> QApplication:
    """Return the application, named, with the language for screen readers."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else style.begin()
    application.setApplicationName(paths.APP_NAME)
    application.setDesktopFileName("gendan")
    QLocale.setDefault(QLocale("zh_CN" if i18n.language() == "zh" else "en_US"))
    return application


def give_icon(application: QApplication) -> None:
    """Give the program its icon; drawing it loads a font."""
    from app.views.core import icons

    application.setWindowIcon(icons.application_icon())


def _named_book(options: StartOptions) -> str:
    """Return the book that a second start asks for, empty for none in particular."""
    book = paths.demo_book() if options.demo and options.book is None else options.book
    return str(paths.book_folder(Path(book).absolute())) if book is not None else ""
