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
        row.addWidget(widget)
    row.addStretch(1)
    place.setFocusProxy(widgets[0])
    return place


def text_field(name: str, spoken: str, text: str = "", hint: str = "", width: int = 0) -> QLineEdit:
    """Return a line to type in; ``width`` is in design pixels, 0 for as wide as there is room."""
    field = QLineEdit(text)
    field.setObjectName(name)
    field.setAccessibleName(spoken)
    field.setPlaceholderText(hint)
    if width:
        field.setFixedWidth(themes.current().px(width))
    return field
