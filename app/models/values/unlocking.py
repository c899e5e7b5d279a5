"""What opens a book, and what can be seen of a book from outside."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Secret:
    """What a person typed to open a book; with a recovery code comes a new passphrase."""

    passphrase: str = field(default="", repr=False)
    recovery_code: str = field(default="", repr=False)
    new_passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class BookLook:
    """What is known of a book before it is open."""

    exists: bool = False
    encrypted: bool = False
    hint: str = ""
    remembered: bool = False


def delay_seconds(wrong_count: int) -> int:
    """Return how long to wait after that many wrong passphrases: 0, 1, 2, 4 ... 30 seconds.

    Source: reliability.md 2.3.
    """
    return 0 if wrong_count <= 1 else min(30, 2 ** min(wrong_count - 2, 5))
