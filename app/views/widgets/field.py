"""A field whose text is read into a value when it is left: amounts, dates, times."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.i18n import translate
from app.models.values.reasons import Unreadable
from app.views.core import theme as themes

V = TypeVar("V")


class UnitLine(QLineEdit):
    """Take one line, with a unit standing inside the field at the right."""

    def __init__(self, text: str = "", unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._unit = unit
        if unit:
            wide = QFontMetrics(themes.current().font("body")).horizontalAdvance(unit)
            self.setTextMargins(0, 0, wide + themes.current().px(6), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and its unit at the right."""
        super().paintEvent(event)
        if self._unit:
            theme = themes.current()
            painter = QPainter(self)
            painter.setFont(theme.font("body"))
            painter.setPen(theme.color("text3"))
            box = self.rect().adjusted(0, 0, -theme.px(9), 0)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, flags, self._unit)


class ValueField(UnitLine, Generic[V]):
    """Read what was typed on leaving; ``changed`` comes when the value is another one.

    A subclass says how to ``read`` text (raising Unreadable) and how to ``show`` a value.
    """

    changed = Signal(object)
    complained = Signal(str)

    def __init__(
        self, *, name: str = "", spoken: str = "", unit: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("", unit, parent)
        self._value: V | None = None
        self._problem = ""
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.textEdited.connect(self._clear_problem)

    def read(self, text: str) -> V | None:
        """Return the value of a text; raise Unreadable."""
        raise NotImplementedError

    def show_value(self, value: V) -> str:
        """Return the text of a value."""
        raise NotImplementedError

    def value(self) -> V | None:
        """Return the value, also of text that is still being typed; None for none or nonsense."""
        self.settle()
        return self._value

    def set_value(self, value: V | None) -> None:
        """Show a value without telling ``changed``."""
        self._value = value
        self._problem = ""
        self.setText("" if value is None else self.show_value(value))
        themes.set_property(self, "wrong", False)

    def problem(self) -> str:
        """Return what is wrong with the text, empty when nothing is."""
        self.settle()
        return self._problem

    def settle(self) -> None:
        """Read the text now."""
        before = self._value
        try:
            self._value = self.read(self.text())
            self._problem = ""
        except Unreadable as reason:
            self._value = None
            self._problem = translate(reason.reason)
        if self._problem != str(self.accessibleDescription()):
            self.setAccessibleDescription(self._problem)
            self.complained.emit(self._problem)
        themes.set_property(self, "wrong", bool(self._problem))
        if self._value != before:
            self.changed.emit(self._value)

    def _clear_problem(self) -> None:
        if self._problem:
            self.settle()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Read, and show the value in its plain form."""
        super().focusOutEvent(event)
        self.settle()
        if self._value is not None:
            self.setText(self.show_value(self._value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read on Enter before the form moves on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.settle()
        super().keyPressEvent(event)
