"""The widget style, and the colours of the very first frame; both before anything of Qt is named.

Naming ``Qt`` or ``QStyle`` in Python makes hundreds of enum members: a tenth of the start each.
"""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication

from app.views.core import tokens

STYLE = "Fusion"
_GIVEN = "style_given"
_SCHEMES: dict[str, tokens.Scheme] = {"light": "light", "dark": "dark"}


def begin() -> QApplication:
    """Return a new application that draws with our style."""
    made = QApplication([*sys.argv[:1], "-style", STYLE])
    made.setProperty(_GIVEN, True)
    return made


def give(application: QApplication) -> None:
    """Let an application draw with our style."""
    if not application.property(_GIVEN):
        application.setStyle(STYLE)
        application.setProperty(_GIVEN, True)


def colour_frame(application: QApplication, chosen: object) -> None:
    """Give the empty window the colour of a chosen scheme; the system's needs nothing."""
    if str(chosen) in _SCHEMES:
        from PySide6.QtGui import QColor, QPalette

        application.setPalette(QPalette(QColor(tokens.colour("window", _SCHEMES[str(chosen)]))))
