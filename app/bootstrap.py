"""The composition root: the one file that knows how everything is put together."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.models.values.dates import Clock, SystemClock

if TYPE_CHECKING:
    from app.models.store.keys import Envelope
    from app.services.admin import OfficeDraft
    from app.services.office import Office

PASSPHRASE_VARIABLE = "GENDAN_PASSPHRASE"
KEYRING_SERVICE = "gendan"


def open_office(
    folder: Path, *, passphrase: Callable[[Envelope], str] | None = None, clock: Clock | None = None
) -> Office:
    """Open a book and return its office.

    ``passphrase`` is asked only for an encrypted book; without it the
    environment and the system's keyring are tried. Raises ``BookError``.
    """
    from app.models.store import book, keys
    from app.services.office import run_office

    def unlock(envelope: Envelope) -> bytes:
        typed = passphrase(envelope) if passphrase else os.environ.get(PASSPHRASE_VARIABLE)
        return keys.open_with_passphrase(envelope, typed or "")

    opened = book.open_book(folder, unlock)
    try:
        return run_office(opened, clock or SystemClock())
    except BaseException:
        opened.close()
        raise


def new_office(
    folder: Path,
    draft: OfficeDraft,
    *,
    passphrase: str | None,
    hint: str = "",
    clock: Clock | None = None,
) -> tuple[Office, str]:
    """Make a book, fill in the draft, and return its office with the recovery code."""
    from app.models.store import book
    from app.services.office import run_office

    made = book.create_book(folder, passphrase=passphrase, hint=hint)
    office = run_office(made.book, clock or SystemClock())
    office.admin.set_up(draft)
    office.staff.act_as_first()
    return office, made.recovery_code
