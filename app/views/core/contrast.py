"""High contrast: the system's own colours in place of the tokens; shapes and words stay."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessibilityHints, QGuiApplication, QPalette, QStyleHints

from app.views.core import tokens

_Roles = QPalette.ColorRole
_BACK = {
    "window": _Roles.Window,
    "surface": _Roles.Base,
    "subtle": _Roles.Base,
    "hover": _Roles.Button,
    "selected": _Roles.Button,
    "accentFill": _Roles.Highlight,
    "accentTint": _Roles.Base,
    "goodTint": _Roles.Base,
    "warnTint": _Roles.Base,
    "badTint": _Roles.Base,
    "neutral": _Roles.Base,
    "toast": _Roles.WindowText,
}
_INK = {
    "onAccent": _Roles.HighlightedText,
    "onBad": _Roles.Base,
    "onToast": _Roles.Window,
    "accent": _Roles.Link,
    "c1": _Roles.Link,
    "bad": _Roles.Text,
}


@cache
def _hints() -> tuple[QStyleHints, QAccessibilityHints]:
    """Keep both names of Qt's objects: dropping the outer one makes the inner one invalid."""
    outer = QGuiApplication.styleHints()
    return outer, outer.accessibility()


def wanted() -> bool:
    """Tell whether the system asks for high contrast."""
    return _hints()[1].contrastPreference() == Qt.ContrastPreference.HighContrast


def colours(palette: QPalette) -> dict[str, str]:
    """Return every token as one of the system's colours: text, lines and marks are all text."""
    known = {**_BACK, **_INK}
    return {
        token: palette.color(known.get(token, _Roles.Text)).name().upper()
        for token in tokens.COLOURS
    }
