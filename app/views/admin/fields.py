"""Small field makers shared by the pages of this package."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.views.core import theme as themes


def left(*widgets: QWidget) -> QWidget:
    """Return the widgets side by side at their own size, the rest of the row empty."""
    place = QWidget()
    row = QHBoxLayout(place)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(themes.current().px(8))
    for widget in widgets:
        # a line to type in takes what room there is, up to its own width
        row.addWidget(widget, 100 if isinstance(widget, QLineEdit) else 0)
    row.addStretch(1)
    place.setFocusProxy(widgets[0])
    return place


def text_field(name: str, spoken: str, text: str = "", hint: str = "", width: int = 0) -> QLineEdit:
    """Return a line to type in; ``width`` is the most in design pixels, 0 for any."""
    field = QLineEdit(text)
    field.setObjectName(name)
    field.setAccessibleName(spoken)
    field.setPlaceholderText(hint)
    if width:
        field.setMaximumWidth(themes.current().px(width))
    return field
