"""The values of one condition: an editor for each kind of field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.i18n import _, translate
from app.models.values.features import FieldType, parse_value
from app.models.values.reasons import Unreadable
from app.services.lists import Condition
from app.services.lists.conditions import AMOUNT, FEN, OPERATORS, PAST, TEXT
from app.views.core import theme as themes
from app.views.lists.vocabulary import DAYS, Vocabulary, operator_words, plain_number
from app.views.widgets.buttons import Button, Select
from app.views.widgets.check_list import CheckList
from app.views.widgets.chips import ChipGroup, Choice
from app.views.widgets.date_edit import DateEdit
from app.views.widgets.money_edit import MoneyEdit
from app.views.widgets.search_field import SearchField
from app.views.widgets.segmented import Segmented
from app.views.widgets.text import Label

_DAYS = ("3", "7", "15", "30", "90")
_FEW = 8
_FEW_OPERATORS = 4
Found = tuple[tuple[str, ...], str]
"""Values, and what is wrong with them (empty for nothing)."""


class ConditionEditor(QWidget):
    """Edit operator and values of one field."""

    done = Signal()

    def __init__(
        self, vocabulary: Vocabulary, field: str, present: Condition | None = None
    ) -> None:
        super().__init__()
        theme = themes.current()
        topic = vocabulary.topic(field)
        self._field = field
        self._kind = topic.kind
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(8))
        rows.addWidget(Label(topic.title, "body_strong"))
        self.operators = self._make_operators(present)
        if len(OPERATORS.get(self._kind, ())) > 1:
            rows.addWidget(self.operators)
        self.values = self._make_values(vocabulary, present)
        rows.addWidget(self.values, 1)
        self.problem = Label("", "small", "bad", wrap=True)
        rows.addWidget(self.problem)
        said = _("加上") if present is None else _("改好")
        button = Button(said, "primary", name="apply_condition")
        button.clicked.connect(self.done)
        rows.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        self._switch()

    @property
    def listed(self) -> CheckList | None:
        """Return the list of choices, None for other kinds of values."""
        return self.values.listed if isinstance(self.values, ChoiceValues) else None

    def _make_operators(self, present: Condition | None) -> Segmented | Select:
        kind = self._kind
        choices = [(one, operator_words(kind, one)) for one in OPERATORS.get(kind, ())]
        name, spoken = "condition_operator", _("怎么比")
        made: Segmented | Select
        if len(choices) > _FEW_OPERATORS:
            made = Select(choices, name=name, spoken=spoken)
            made.activated.connect(lambda _at: self._switch())
        else:
            made = Segmented(choices, height=24, name=name, spoken=spoken)
            made.changed.connect(lambda _value: self._switch())
        if present is not None and present.operator:
            made.set_value(present.operator)
        return made

    def _make_values(self, vocabulary: Vocabulary, present: Condition | None) -> Values:
        if self._kind in DAYS:
            return DayValues(vocabulary.today, present, past=self._kind == PAST)
        if self._kind in (FEN, AMOUNT):
            return RangeValues(present, money=self._kind == FEN)
        if self._kind == TEXT:
            return TextValues(present)
        topic = vocabulary.topic(self._field)
        return ChoiceValues(vocabulary.choices(self._field), topic.title, present)

    def _switch(self) -> None:
        operator = str(self.operators.value())
        self.values.setVisible(operator not in ("unknown", "known"))
        self.values.switch(operator)

    def focus_first(self) -> None:
        """Put the focus into the values, or on the operator when there are none."""
        first = self.values.first() if not self.values.isHidden() else self.operators
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def condition(self) -> Condition | None:
        """Return the condition, None while something is missing (and say what)."""
        operator = str(self.operators.value())
        values: tuple[str, ...] = ()
        problem = ""
        if operator not in ("unknown", "known"):
            values, problem = self.values.found(operator)
        self.problem.setText(problem)
        return None if problem else Condition(self._field, operator, values)


class Values(QWidget):
    """The values of a kind of field."""

    def switch(self, operator: str) -> None:
        """Show what an operator needs."""

    def first(self) -> QWidget:
        """Return where typing begins."""
        return self

    def found(self, operator: str) -> Found:
        """Return the values, or what is wrong with them."""
        raise NotImplementedError

    def _rows(self) -> QVBoxLayout:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(themes.current().px(8))
        return rows


class ChoiceValues(Values):
    """Tick any of the words of a field."""

    def __init__(
        self, choices: tuple[tuple[str, str], ...], title: str, present: Condition | None
    ) -> None:
        super().__init__()
        rows = self._rows()
        self.listed = CheckList(name="condition_values", spoken=title)
        self.listed.set_choices(choices, present.values if present else ())
        self.search: SearchField | None = None
        if len(choices) > _FEW:
            self.search = SearchField(_("找一找"), name="condition_search", width=400)
            self.search.textChanged.connect(self.listed.narrow)
            self.search.went_down.connect(self.listed.setFocus)
            rows.addWidget(self.search)
        rows.addWidget(self.listed, 1)

    def first(self) -> QWidget:
        """Return the search field of a long list, else the list."""
        return self.search or self.listed

    def found(self, operator: str) -> Found:
        """Return what is ticked."""
        chosen = self.listed.values()
        return chosen, "" if chosen else _("至少勾一项")


class TextValues(Values):
    """Type words."""

    def __init__(self, present: Condition | None) -> None:
        super().__init__()
        rows = self._rows()
        self.line = QLineEdit(present.values[0] if present and present.values else "")
        self.line.setObjectName("condition_text")
        self.line.setAccessibleName(_("文字"))
        self.line.setMaxLength(200)
        rows.addWidget(self.line)
        rows.addStretch(1)

    def first(self) -> QWidget:
        """Return the field."""
        return self.line

    def found(self, operator: str) -> Found:
        """Return the words."""
        typed = self.line.text().strip()
        return (typed,), "" if typed else _("文字还没填")


class DayValues(Values):
    """Type a number of days, a day, or two days."""

    def __init__(self, today: Callable[[], date], present: Condition | None, *, past: bool) -> None:
        super().__init__()
        rows = self._rows()
        self.days = QLineEdit("30")
        self.days.setObjectName("condition_days")
        self.days.setAccessibleName(_("天数"))
        self.days.setValidator(QIntValidator(0, 3650, self))
        self.quick = ChipGroup(
            [Choice(one, _("{count} 天").format(count=one)) for one in _DAYS],
            name="condition_quick",
            spoken=_("常用天数"),
        )
        self.quick.changed.connect(lambda value: self.days.setText(str(value)))
        self.day = DateEdit(name="condition_day", today=today, past=past)
        self.to_day = DateEdit(name="condition_to_day", spoken=_("到哪天"), today=today, past=past)
        for widget in (self.days, self.quick, self.day, self.to_day):
            rows.addWidget(widget)
        rows.addStretch(1)
        self._counted = False
        if present is not None and present.values:
            self._show(present)

    def _show(self, present: Condition) -> None:
        if present.operator in ("within", "over", "ahead"):
            self.days.setText(present.values[0])
            return
        for field, value in zip((self.day, self.to_day), present.values, strict=False):
            field.set_value(date.fromisoformat(value))

    def switch(self, operator: str) -> None:
        """Show days to count, one day, or two."""
        self._counted = operator in ("within", "over", "ahead")
        self.days.setVisible(self._counted)
        self.quick.setVisible(self._counted)
        self.day.setVisible(not self._counted)
        self.to_day.setVisible(operator == "between")

    def first(self) -> QWidget:
        """Return the first field that is shown."""
        return self.days if self._counted else self.day

    def found(self, operator: str) -> Found:
        """Return the number of days, the day or the two days."""
        if self._counted:
            typed = self.days.text().strip()
            return (typed,), "" if typed else _("天数还没填")
        fields = (self.day, self.to_day) if operator == "between" else (self.day,)
        days = [field.value() for field in fields]
        problem = next(filter(None, (field.problem() for field in fields)), "")
        if not problem and None in days:
            problem = _("日期还没填")
        return tuple(str(day) for day in days), problem


class RangeValues(Values):
    """Type one end of a range, or both."""

    def __init__(self, present: Condition | None, *, money: bool) -> None:
        super().__init__()
        self._money = money
        row = QHBoxLayout()
        self.fields = [self._make(at) for at in range(2)]
        self.dash = Label(_("到"), "body", "text2")
        row.addWidget(self.fields[0])
        row.addWidget(self.dash)
        row.addWidget(self.fields[1])
        row.addStretch(1)
        rows = self._rows()
        rows.addLayout(row)
        rows.addStretch(1)
        for field, value in zip(self.fields, present.values if present else (), strict=False):
            if isinstance(field, MoneyEdit):
                field.set_value(int(value))
            else:
                field.setText(plain_number(int(value)))

    def _make(self, at: int) -> QLineEdit:
        name = "condition_fen" if not at else "condition_to_fen"
        spoken = _("金额") if self._money else _("数字")
        if at:
            spoken = _("到")
        if self._money:
            return MoneyEdit(name=name, spoken=spoken, negative=True)
        field = QLineEdit()
        field.setObjectName(name)
        field.setAccessibleName(spoken)
        field.setFixedWidth(themes.current().px(110))
        return field

    def switch(self, operator: str) -> None:
        """Show the second end when there is one."""
        self.dash.setVisible(operator == "between")
        self.fields[1].setVisible(operator == "between")

    def first(self) -> QWidget:
        """Return the first end."""
        return self.fields[0]

    def found(self, operator: str) -> Found:
        """Return the ends in fen or millionths."""
        read = [self._read(one) for one in self.fields[: 2 if operator == "between" else 1]]
        problem = next((said for _value, said in read if said), "")
        return tuple(value for value, _said in read), problem

    def _read(self, field: QLineEdit) -> tuple[str, str]:
        if isinstance(field, MoneyEdit):
            fen = field.value()
            missing = "" if fen is not None else _("金额还没填")
            return str(fen), field.problem() or missing
        try:
            typed = field.text().strip()
            return str(parse_value(FieldType.number, typed)), ""
        except Unreadable as error:
            return "", translate(error.reason)
