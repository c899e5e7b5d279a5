"""The fields that edit one cell: each takes and gives the text of a value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from app.services.lists.conditions import COMING, DAY, FEN, PAST
from app.views.widgets.buttons import Select
from app.views.widgets.check_list import CheckList
from app.views.widgets.date_edit import DateEdit
from app.views.widgets.money_edit import MoneyEdit

DAYS = (DAY, COMING, PAST)


@dataclass(frozen=True, slots=True)
class CellEdit:
    """What is edited: a field of a row, its kind, its words, its value as text.

    ``choices`` are (value, words); with ``several`` any of them, joined by commas.
    """

    row_id: int
    field: str
    title: str
    kind: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    several: bool = False


class CellField:
    """Hold the widget of an edit; ``text()`` is the value, ``problem()`` what is wrong with it."""

    def __init__(self, edit: CellEdit, today: Callable[[], date]) -> None:
        self.edit = edit
        self.widget: QWidget = self._make(edit, today)
        self.widget.setObjectName("cell_editor")
        self.widget.setAccessibleName(edit.title)

    def _make(self, edit: CellEdit, today: Callable[[], date]) -> QWidget:
        if edit.several:
            listed = CheckList(name="cell_editor", spoken=edit.title)
            listed.set_choices(edit.choices, edit.value.split(","))
            return listed
        if edit.choices:
            known = {value for value, _words in edit.choices}
            # a word that is on no list any more stays choosable where it is used
            more = [] if edit.value in known else [(edit.value, edit.value)]
            chosen = Select([*more, *edit.choices])
            chosen.set_value(edit.value)
            return chosen
        if edit.kind == FEN:
            amount = MoneyEdit()
            amount.set_value(int(edit.value) if edit.value else None)
            return amount
        if edit.kind in DAYS:
            day = DateEdit(today=today)
            day.set_value(date.fromisoformat(edit.value) if edit.value else None)
            return day
        line = QLineEdit(edit.value)
        line.setMaxLength(500)
        return line

    def begin(self) -> None:
        """Choose the text that is there, or open the list."""
        if isinstance(self.widget, QLineEdit):
            self.widget.selectAll()

    def problem(self) -> str:
        """Return what is wrong with what was typed."""
        typed = self.widget
        return typed.problem() if isinstance(typed, MoneyEdit | DateEdit) else ""

    def text(self) -> str:
        """Return the value as text."""
        typed = self.widget
        if isinstance(typed, CheckList):
            return ",".join(typed.values())
        if isinstance(typed, Select):
            return str(typed.value())
        if isinstance(typed, MoneyEdit | DateEdit):
            value = typed.value()
            return "" if value is None else str(value)
        assert isinstance(typed, QLineEdit)
        return typed.text().strip()

    def changed(self) -> bool:
        """Tell whether the value is another one."""
        return self.text() != self.edit.value
