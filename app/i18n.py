"""Translation: message ids are Chinese, English is a catalogue."""

from __future__ import annotations

import gettext as _gettext
import os
from functools import cache

from app import paths

LANGUAGES = ("zh", "en")
_DOMAIN = "gendan"
_current = "zh"


def set_language(code: str) -> None:
    """Choose the language of all later translations, ``zh`` or ``en``."""
    global _current
    if code not in LANGUAGES:
        raise ValueError(code)
    _current = code


def language() -> str:
    """Return the chosen language, ``zh`` or ``en``."""
    return _current


def system_language() -> str:
    """Guess the person's language from the system, Chinese when in doubt."""
    named = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    if not named:
        import locale

        named = locale.getlocale()[0] or ""
    return "en" if named.lower().startswith("en") else "zh"


@cache
def _catalogue(code: str) -> _gettext.NullTranslations:
    if code == "zh":
        return _gettext.NullTranslations()
    return _gettext.translation(
        _DOMAIN, localedir=paths.resources() / "locale", languages=[code], fallback=True
    )


def translate(message: str) -> str:
    """Return the message in the chosen language."""
    return _catalogue(_current).gettext(message) if message else ""


def translate_plural(one: str, many: str, count: int) -> str:
    """Return the message for the count in the chosen language."""
    return _catalogue(_current).ngettext(one, many, count)


def mark(message: str) -> str:
    """Mark a message for the catalogue; a delivery translates it later."""
    return message


_ = translate
ngettext = translate_plural
N_ = mark
