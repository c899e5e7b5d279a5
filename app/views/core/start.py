"""Start the window: one program per person, the window first, the book behind it."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from app import i18n, paths
from app.errors import UserError
from app.i18n import _
from app.prefs import Prefs, StartOptions
from app.views.core import icons, quick_start
from app.views.core import theme as themes
from app.views.core.instance import Instance, server_name
from app.views.core.start_books import Bootstrap
from app.views.core.theme import Theme
from app.views.core.tokens import SCALES

WRONG_USE = 2
_SETTLED_MS = 5_000


def run_window(options: StartOptions, bootstrap: Bootstrap) -> int:
    """Run the program with its window until it is closed; return the exit code."""
    bootstrap.choose_language(options)
    application = make_application()
    prefs = Prefs()
    theme = make_theme(application, prefs)
    instance = Instance(server_name(str(paths.config_folder())))
    if not instance.claim(f"show\n{_named_book(options)}"):
        return 0
    # the window's own modules come after the question whether there is a window already
    from app.views.core.start_session import Session

    try:
        session = Session(theme, prefs, options, bootstrap)
    except UserError as error:
        from app.views.core.errors import show_error

        show_error(None, error)
        return WRONG_USE
    instance.raised.connect(session.come_forward)
    session.begin()
    # both cost a tenth of the start and are not needed to draw the window
    QTimer.singleShot(0, start_watching)
    QTimer.singleShot(_SETTLED_MS, quick_start.settle)
    code = application.exec()
    session.end()
    instance.release()
    return code


def start_watching() -> None:
    """Catch unexpected errors on any thread, keep the log, and let Qt speak our language."""
    from app import logs
    from app.views.core import crash, qt_words

    qt_words.speak()

    crash.install()
    logs.start_logging()


def make_application() -> QApplication:
    """Return the application, named, with its icon and the language for screen readers."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName(paths.APP_NAME)
    application.setApplicationDisplayName(_("跟单"))
    application.setDesktopFileName("gendan")
    QLocale.setDefault(QLocale("zh_CN" if i18n.language() == "zh" else "en_US"))
    return application


def make_theme(application: QApplication, prefs: Prefs) -> Theme:
    """Return the theme with the looks this person has chosen."""
    mode, scale, rows = prefs.get("theme"), prefs.get("scale"), prefs.get("rows")
    theme = themes.install(
        application,
        mode if mode in ("light", "dark") else "system",
        scale if scale in SCALES else 100,
    )
    if rows in ("compact", "normal", "roomy"):
        theme.set_density(rows)
    theme.show_key_hints(bool(prefs.get("key_hints", True)))
    icons.give_application_icon(application)
    return theme


def _named_book(options: StartOptions) -> str:
    """Return the book that a second start asks for, empty for none in particular."""
    book = paths.demo_book() if options.demo and options.book is None else options.book
    return str(paths.book_folder(Path(book).absolute())) if book is not None else ""
