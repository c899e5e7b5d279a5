"""What the window needs of the composition root; ``app.bootstrap`` is it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from app.models.values.clock import Clock
    from app.models.values.unlocking import BookLook, Secret
    from app.prefs import StartOptions
    from app.services.admin import OfficeDraft
    from app.services.jobs import Progress
    from app.services.office import Office


class Bootstrap(Protocol):
    """Open and make books; see the functions of the same names in ``app.bootstrap``."""

    def choose_language(self, options: StartOptions) -> None:
        """Speak the language asked for."""

    def choose_book(self, options: StartOptions) -> Path:
        """Return the book to open."""

    def choose_clock(self, options: StartOptions) -> Clock:
        """Return the clock asked for."""

    def given_passphrase(self) -> str | None:
        """Return the passphrase of the environment."""

    def warm_up(self) -> None:
        """Load the libraries that a book needs."""

    def look_at(self, folder: Path) -> BookLook:
        """Return what is known of a book before it is open."""

    def open_office(
        self,
        folder: Path,
        *,
        passphrase: Callable[[Any], str | None] | None = None,
        clock: Clock | None = None,
    ) -> Office:
        """Open a book that needs no typing."""

    def unlock_office(self, folder: Path, secret: Secret, *, clock: Clock | None = None) -> Office:
        """Open a book with what a person typed."""

    def new_recovery_code(self) -> str:
        """Return a fresh recovery code."""

    def keyring_works(self) -> bool:
        """Tell whether the keyring keeps what it is given."""

    def new_office(
        self,
        folder: Path,
        draft: OfficeDraft,
        *,
        passphrase: str | None,
        hint: str = "",
        recovery_code: str = "",
        remember: bool = False,
        clock: Clock | None = None,
    ) -> tuple[Office, str]:
        """Make a book."""

    def window_demo(
        self,
        folder: Path,
        *,
        passphrase: str | None = None,
        hint: str = "",
        recovery_code: str = "",
        remember: bool = False,
        clock: Clock | None = None,
        progress: Progress | None = None,
    ) -> Office:
        """Make a small book of sample data."""
