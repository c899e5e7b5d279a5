"""The composition root: the one file that knows how everything is put together."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from app import i18n, paths
from app.errors import BookError, UserError
from app.i18n import N_
from app.models.values.clock import Clock, FixedClock, SystemClock
from app.models.values.unlocking import BookLook
from app.prefs import LANGUAGE, LAST_BOOK, Prefs, StartOptions

if TYPE_CHECKING:
    from app.models.store.book import NewBook
    from app.models.store.envelope import Envelope
    from app.models.values.unlocking import Secret
    from app.services.admin import OfficeDraft
    from app.services.admin.demo import DemoCounts, DemoDraft
    from app.services.jobs import Progress
    from app.services.kpi.reporting.shapes import Report
    from app.services.office import Office

PASSPHRASE_VARIABLE = "GENDAN_PASSPHRASE"
NOW_VARIABLE = "GENDAN_NOW"
WINDOW_DEMO_CUSTOMERS = 300


def choose_language(options: StartOptions) -> None:
    """Speak the language asked for, else the one last chosen, else the system's."""
    kept = str(Prefs().get(LANGUAGE, ""))
    chosen = options.language or (kept if kept in i18n.LANGUAGES else i18n.system_language())
    i18n.set_language(chosen)


def choose_book(options: StartOptions) -> Path:
    """Return the book asked for, else the last opened one, else the default place."""
    if options.book is not None:
        return options.book
    if options.demo:
        return paths.demo_book()
    kept = Prefs().get(LAST_BOOK)
    return Path(kept) if isinstance(kept, str) and Path(kept).exists() else paths.default_book()


def choose_clock(options: StartOptions) -> Clock:
    """Return a clock that stands at ``--now`` or ``GENDAN_NOW``, else the computer's.

    An instant without offset is China's time. Raises ``UserError`` bad_instant.
    """
    written = options.now or os.environ.get(NOW_VARIABLE, "")
    if not written:
        return SystemClock()
    from app.models.values import dates
    from app.models.values.reasons import Unreadable

    try:
        at = dates.parse_instant(written, dates.zone("Asia/Shanghai"))
        if at < 0:
            raise Unreadable("", written)
        return FixedClock(at)
    except ValueError as error:
        raise UserError(
            "bad_instant",
            N_("看不懂这个时刻：{written}"),
            advice=N_("写成 2026-11-23T10:30:00+08:00 这样"),
            written=written,
        ) from error


def given_passphrase() -> str | None:
    """Return the passphrase of the environment, None if there is none."""
    return os.environ.get(PASSPHRASE_VARIABLE)


def open_office(
    folder: Path,
    *,
    passphrase: Callable[[Envelope], str | None] | None = None,
    clock: Clock | None = None,
) -> Office:
    """Open a book and return its office.

    ``passphrase`` is asked only for an encrypted book; without it, or when it knows
    none, the environment and this computer's keyring are tried. Raises ``BookError``.
    """

    def unlock(envelope: Envelope) -> bytes:
        from app.models.store import keyring_slot, keys

        typed = passphrase(envelope) if passphrase else None
        typed = given_passphrase() if typed is None else typed
        if typed is not None:
            return keys.open_with_passphrase(envelope, typed)
        remembered = keyring_slot.open_remembered(envelope)
        if remembered is None:
            raise _passphrase_needed()
        return remembered

    return _opened(folder, unlock, clock)


def _opened(folder: Path, unlock: Callable[[Envelope], bytes], clock: Clock | None) -> Office:
    from app.models.store import book
    from app.services.office import run_office

    opened = book.open_book(paths.book_folder(folder), unlock)
    try:
        return run_office(opened, clock or SystemClock())
    except BaseException:
        opened.close()
        raise


def unlock_office(folder: Path, secret: Secret, *, clock: Clock | None = None) -> Office:
    """Open a book with what a person typed; a recovery code sets the new passphrase at once."""
    from app.models.store import keys

    if not secret.recovery_code:
        return _opened(
            folder, lambda envelope: keys.open_with_passphrase(envelope, secret.passphrase), clock
        )
    office = _opened(
        folder,
        lambda envelope: keys.open_with_recovery_code(envelope, secret.recovery_code),
        clock,
    )
    try:
        office.security.reset_passphrase(secret.recovery_code, secret.new_passphrase)
    except BaseException:
        office.close()
        raise
    return office


def look_at(folder: Path) -> BookLook:
    """Return what is known of a book before it is open; raise ``BookError`` damaged_keys.

    Light enough to be asked before the database library is loaded.
    """
    from app.models.store.envelope import read_envelope

    named = paths.book_folder(folder)
    if not paths.is_book(named):
        return BookLook()
    envelope = read_envelope(named)
    return BookLook(True, envelope.encrypted, envelope.hint, envelope.slot("keyring") is not None)


def warm_up() -> None:
    """Load the libraries that a book needs, so that opening it does not wait for them."""
    import_module("app.services.office")
    import_module("app.models.store.book")


def new_recovery_code() -> str:
    """Return a fresh recovery code, to be shown before the book is made."""
    from app.models.store import keys

    return keys.new_recovery_code()


def keyring_works() -> bool:
    """Tell whether this computer's keyring keeps what it is given."""
    from app.models.store import keyring_slot

    return keyring_slot.works()


def _passphrase_needed() -> BookError:
    return BookError(
        "passphrase_needed",
        N_("这份数据有密码"),
        advice=N_("用 GENDAN_PASSPHRASE 或 --passphrase-stdin 给出密码"),
    )


def new_office(
    folder: Path,
    draft: OfficeDraft,
    *,
    passphrase: str | None,
    hint: str = "",
    recovery_code: str = "",
    remember: bool = False,
    clock: Clock | None = None,
) -> tuple[Office, str]:
    """Make a book, fill in the draft, and return its office with the recovery code.

    ``remember`` lets this computer's keyring open it; a keyring that fails is left out.
    """
    from app.services.office import run_office

    made = _new_book(folder, passphrase, hint, recovery_code, remember)
    with _removed_on_failure(made, folder):
        office = run_office(made.book, clock or SystemClock())
        office.admin.set_up(draft)
        office.staff.act_as_first()
    return office, made.recovery_code


def _new_book(
    folder: Path, passphrase: str | None, hint: str, recovery_code: str, remember: bool
) -> NewBook:
    from app.models.store import book

    made = book.create_book(folder, passphrase=passphrase, hint=hint, recovery_code=recovery_code)
    if remember:
        book.remember_here(made)
    return made


@contextmanager
def _removed_on_failure(made: NewBook, folder: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        import shutil

        made.book.close()
        shutil.rmtree(folder, ignore_errors=True)
        raise


def demo_office(
    folder: Path,
    draft: DemoDraft,
    *,
    passphrase: str | None,
    hint: str = "",
    recovery_code: str = "",
    remember: bool = False,
    clock: Clock | None = None,
    progress: Progress | None = None,
) -> tuple[Office, str, DemoCounts]:
    """Make a book with a believable office in it; return it with its code and its counts.

    A failure or a stop on the way leaves no folder behind.
    """
    from app.services.admin.demo import fill_demo
    from app.services.office import run_office

    made = _new_book(folder, passphrase, hint, recovery_code, remember)
    with _removed_on_failure(made, folder):
        office = run_office(made.book, clock or SystemClock())
        counts = fill_demo(office.context, draft, progress)
        office.staff.act_as_first()
    return office, made.recovery_code, counts


def window_demo(
    folder: Path,
    *,
    passphrase: str | None = None,
    hint: str = "",
    recovery_code: str = "",
    remember: bool = False,
    clock: Clock | None = None,
    progress: Progress | None = None,
) -> Office:
    """Make a small book of sample data, as ``--demo`` and the first use show it."""
    from app.services.admin.demo import DemoDraft

    office, _code, _counts = demo_office(
        folder,
        DemoDraft(customers=WINDOW_DEMO_CUSTOMERS),
        passphrase=passphrase,
        hint=hint,
        recovery_code=recovery_code,
        remember=remember,
        clock=clock,
        progress=progress,
    )
    return office


def take_screenshots(
    office: Office,
    folder: Path,
    *,
    language: str = "zh",
    theme: Literal["light", "dark"] = "light",
    size: tuple[int, int] = (1440, 900),
    scale: int = 100,
    pages: Sequence[str] = (),
) -> list[Path]:
    """Save a picture of every page (or of some) without a screen; return the files."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from app.views.core import screenshots

    look = screenshots.Look(language, theme, *size, scale)
    unknown = set(pages) - set(screenshots.names())
    if unknown:
        raise UserError(
            "no_such_page",
            N_("没有这一页：{name}"),
            advice=N_("可以写：{names}"),
            name=", ".join(sorted(unknown)),
            names=" ".join(screenshots.names()),
        )
    return screenshots.take(folder, office, look, pages)


def write_paper(report: Report, path: Path) -> None:
    """Write a report as PDF without a screen; raise ``UserError`` export_failed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    from app.views.core.paper import write_pdf

    found = QGuiApplication.instance() or QApplication(["Gendan"])
    write_pdf(report, path)
    del found


def parts() -> dict[str, list[str]]:
    """Return what this build is made of, as far as it is found by name and not by import."""
    from pkgutil import walk_packages

    import app
    from app.models.store import keyring_slot
    from app.services.jobs import Progress
    from app.services.kpi.measures import all_measures
    from app.services.transfer.formats import all_formats
    from app.views.admin.about_section import read_libraries
    from app.views.core.pages import REGISTERED

    return {
        "kpis": [measure.name for measure in all_measures()],
        "formats": [one.name for one in all_formats()],
        "pages": [spec.id for spec in REGISTERED],
        "keyrings": keyring_slot.backends(),
        "libraries": [f"{one.name} {one.version}" for one in read_libraries(Progress())],
        "modules": sorted(one.name for one in walk_packages(app.__path__, "app.")),
    }
