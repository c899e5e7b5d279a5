"""The field that asks for one business feature, by its type."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.i18n import _
from app.models.values import money
from app.models.values.features import FieldType
from app.services.features import FeatureDraft, FeatureView
from app.views.core import theme as themes
from app.views.widgets.chips import ChipGroup, Choice
from app.views.widgets.date_edit import DateEdit
from app.views.widgets.field import UnitLine
from app.views.widgets.money_edit import MoneyEdit

_YES_NO = ("是", "否")


class FeatureEdit(QWidget):
    """Ask for one feature; ``draft()`` is None while nothing differs from what is known."""

    changed = Signal()

    def __init__(
        self,
        view: FeatureView,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._today = today
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(themes.current().px(6))
        self.line: QLineEdit | None = None
        self.amount: MoneyEdit | None = None
        self.day: DateEdit | None = None
        self.chips: ChipGroup | None = None
        field = self._make()
        field.setAccessibleName(view.field.label)
        self.setFocusProxy(field)
        short = view.field.type in (FieldType.money, FieldType.date, FieldType.number)
        row.addWidget(field, 0 if short else 1)
        if short:
            row.addStretch(1)

    def _make(self) -> QWidget:
        kind = self._view.field.type
        name = f"feature_{self._view.field.key}"
        if kind in (FieldType.single, FieldType.multi, FieldType.yes_no):
            return self._make_chips(name)
        if kind is FieldType.money:
            self.amount = MoneyEdit(name=name)
            text = self._view.value
            self.amount.set_value(money.parse_money(text) if text else None)
            self.amount.changed.connect(lambda _value: self.changed.emit())
            return self.amount
        if kind is FieldType.date:
            self.day = DateEdit(name=name, today=self._today)
            self.day.set_value(date.fromisoformat(self._view.value) if self._view.value else None)
            self.day.changed.connect(lambda _value: self.changed.emit())
            return self.day
        self.line = UnitLine(self._view.value, self._view.field.unit)
        if kind is FieldType.number:
            self.line.setFixedWidth(themes.current().px(132))
        self.line.setObjectName(name)
        self.line.setMaxLength(500)
        self.line.setPlaceholderText(self._view.field.help)
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        return self.line

    def _make_chips(self, name: str) -> ChipGroup:
        field = self._view.field
        if field.type is FieldType.yes_no:
            choices = [Choice(word, _(word)) for word in _YES_NO]
        else:
            choices = [Choice(option.id, option.label) for option in field.options]
        single = field.type is not FieldType.multi
        self.chips = ChipGroup(choices, exclusive=single, optional=single, name=name)
        if field.type is FieldType.yes_no:
            self.chips.set_value(self._view.value or None)
        else:
            self.chips.set_values(self._view.option_ids)
        self.chips.changed.connect(lambda _value: self.changed.emit())
        return self.chips

    def problem(self) -> str:
        """Return what is wrong with what was typed."""
        field = self.amount or self.day
        return field.problem() if field is not None else ""

    def draft(self) -> FeatureDraft | None:
        """Return what was learnt, None when it is what is known already."""
        found = self._read()
        known = (self._view.value if not self._view.option_ids else "", self._view.option_ids)
        same = (found.value, found.option_ids) == known
        return None if same else found

    def _read(self) -> FeatureDraft:
        field = self._view.field
        if self.chips is not None and field.type is not FieldType.yes_no:
            ids = tuple(value for value in self.chips.values() if isinstance(value, int))
            return FeatureDraft(field.id, option_ids=ids)
        return FeatureDraft(field.id, self._text())

    def _text(self) -> str:
        if self.chips is not None:
            return str(self.chips.value() or "")
        if self.amount is not None:
            fen = self.amount.value()
            return "" if fen is None else money.format_yuan(fen)
        if self.day is not None:
            day = self.day.value()
            return "" if day is None else day.isoformat()
        assert self.line is not None
        return self.line.text().strip()
