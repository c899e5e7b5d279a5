"""Why a typed or imported text could not be read."""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802 - gettext knows this name
    """Mark a reason for the catalogue; a delivery translates it later."""
    return message


class Unreadable(ValueError):  # noqa: N818 - a finding about the text, not a fault
    """Tell why a text has no meaning of the wanted kind.

    ``reason`` is a message id (Chinese) without placeholders, ``text`` what was read.
    """

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.text = text
