"""Expected errors: what happened, what is safe, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping

from app.i18n import translate


class UserError(Exception):
    """Tell a person about an expected failure in one sentence and one advice.

    ``code`` is stable and machine readable, ``message`` and ``advice`` are
    message ids (Chinese) with ``{name}`` placeholders filled from ``values``.
    """

    def __init__(self, code: str, message: str, *, advice: str = "", **values: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.advice = advice
        self.values: Mapping[str, object] = values

    def text(self) -> str:
        """Return the translated message with its values."""
        return translate(self.message).format(**self._words())

    def _words(self) -> dict[str, object]:
        """Return the values; a reason is a message id too."""
        found = dict(self.values)
        if "reason" in found:
            found["reason"] = translate(str(found["reason"]))
        return found

    def advice_text(self) -> str:
        """Return the translated advice with its values, empty if there is none."""
        return translate(self.advice).format(**self._words()) if self.advice else ""

    def __str__(self) -> str:
        return self.text()


class BookError(UserError):
    """Tell why a book cannot be opened: the command line exits with 3."""


class Cancelled(Exception):  # noqa: N818 - a wish of the user, not an error
    """Stop a job because a person asked for it."""
