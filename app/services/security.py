"""Keys of the open book: change the passphrase, renew the recovery code, remember here."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import UserError
from app.i18n import N_
from app.models.store import keyring_slot, keys
from app.models.store.book import Book
from app.models.store.envelope import Envelope, write_envelope
from app.models.values.passphrase import SHORTEST, length
from app.services.context import Context


@dataclass(frozen=True, slots=True)
class Protection:
    """How the book is protected; days are ISO, empty when not known."""

    encrypted: bool
    hint: str = ""
    remembered: bool = False
    passphrase_on: str = ""
    recovery_on: str = ""


class Security:
    """Change slots of the key envelope; the data key itself stays (reliability.md 2.1)."""

    def __init__(self, context: Context, book: Book) -> None:
        self._context = context
        self._book = book

    def protection(self) -> Protection:
        """Return how the book is protected."""
        envelope = self._book.envelope
        return Protection(
            envelope.encrypted,
            envelope.hint,
            envelope.slot(keyring_slot.KIND) is not None,
            envelope.made_on("passphrase"),
            envelope.made_on("recovery"),
        )

    def verify(self, passphrase: str) -> None:
        """Raise ``BookError`` wrong_passphrase unless it opens the book; takes about a second."""
        if self._book.envelope.encrypted:
            keys.open_with_passphrase(self._book.envelope, passphrase)

    def change_passphrase(self, old: str, new: str, hint: str = "") -> None:
        """Let another passphrase open the book; the recovery code stays as it is."""
        self._context.require("manage")
        self._wrap(keys.open_with_passphrase(self._book.envelope, old), new, hint)

    def reset_passphrase(self, recovery_code: str, new: str, hint: str = "") -> None:
        """Set a new passphrase with the recovery code of a lost one."""
        self._wrap(keys.open_with_recovery_code(self._book.envelope, recovery_code), new, hint)

    def renew_recovery_code(self, passphrase: str) -> str:
        """Make a new recovery code and return it; the old one opens nothing any more."""
        self._context.require("manage")
        envelope = self._book.envelope
        data_key = keys.open_with_passphrase(envelope, passphrase)
        code = keys.new_recovery_code()
        self._keep(envelope.with_slot(keys.recovery_slot(code, data_key, envelope.file_id)))
        return code

    def remember(self, passphrase: str) -> None:
        """Let this computer's keyring open the book; raise ``UserError`` keyring_unusable."""
        envelope = self._book.envelope
        data_key = keys.open_with_passphrase(envelope, passphrase)
        self._keep(keyring_slot.remember(envelope, data_key))

    def forget(self) -> None:
        """Ask for the passphrase on this computer again."""
        self._keep(keyring_slot.forget(self._book.envelope))

    def _wrap(self, data_key: bytes, new: str, hint: str) -> None:
        require_length(new)
        envelope = self._book.envelope
        slot = keys.passphrase_slot(new, data_key, envelope.file_id, hint=hint.strip())
        self._keep(envelope.with_slot(slot))

    def _keep(self, envelope: Envelope) -> None:
        write_envelope(self._book.folder, envelope)
        self._book.envelope = envelope


def require_length(passphrase: str) -> None:
    """Raise ``UserError`` passphrase_too_short below the shortest length."""
    if length(passphrase) < SHORTEST:
        raise UserError(
            "passphrase_too_short",
            N_("密码太短，至少 {shortest} 位"),
            advice=N_("加长一些，可以是一句话；数据没有改动"),
            shortest=SHORTEST,
        )
