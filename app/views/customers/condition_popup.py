"""加条件: choose a field, how to compare, and the values, in one pop-up."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _, translate
from app.services.customers import Condition
from app.services.customers.conditions import COMING, FEN, FIELDS, OPERATORS, PAST
from app.services.office import Office
from app.views.core import theme as themes
from app.views.customers.check_list import CheckList
from app.views.customers.condition_words import TITLES, Vocabulary, operator_words
from app.views.customers.past_date import PastDateEdit
from app.views.customers.popup import PopUp
from app.views.widgets.buttons import Button
from app.views.widgets.chips import ChipGroup, Choice
from app.views.widgets.date_edit import DateEdit
from app.views.widgets.money_edit import MoneyEdit
from app.views.widgets.search_field import SearchField
from app.views.widgets.segmented import Segmented
from app.views.widgets.text import Label

_DAYS = ("3", "7", "15", "30", "90")
_FEW = 8


class ConditionPopUp(PopUp):
    """Make or change one condition; ``applied(condition)`` when it is complete."""

    applied = Signal(object)

    def __init__(
        self,
        office: Office,
        vocabulary: Vocabulary,
        parent: QWidget,
        condition: Condition | None = None,
    ) -> None:
        super().__init__("condition_popup", _("加条件"), parent)
        self._office = office
        self._vocabulary = vocabulary
        self._first = condition
        theme = themes.current()
        sides = QHBoxLayout()
        sides.setSpacing(theme.px(10))
        self.fields = self._make_fields()
        sides.addWidget(self.fields)
        self._right = QStackedWidget()
        self._right.setFixedSize(theme.px(260), theme.px(300))
        sides.addWidget(self._right)
        self.body.addLayout(sides)
        self.editor: ConditionEditor | None = None
        field = condition.field if condition is not None else next(iter(TITLES))
        self.fields.setVisible(condition is None)
        self.fields.currentItemChanged.connect(lambda item, _old: self._show(item))
        self.fields.setCurrentRow(list(TITLES).index(field))

    def _make_fields(self) -> QListWidget:
        theme = themes.current()
        fields = QListWidget()
        fields.setObjectName("condition_fields")
        fields.setAccessibleName(_("按什么筛选"))
        fields.setFixedSize(theme.px(128), theme.px(300))
        for field, title in TITLES.items():
            item = QListWidgetItem(translate(title))
            item.setData(Qt.ItemDataRole.UserRole, field)
            item.setSizeHint(QSize(theme.px(100), theme.px(28)))
            fields.addItem(item)
        fields.itemActivated.connect(lambda _item: self._to_values())
        fields.itemClicked.connect(lambda _item: self._to_values())
        return fields

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        field = str(item.data(Qt.ItemDataRole.UserRole))
        present = self._first if self._first and self._first.field == field else None
        old = self.editor
        self.editor = ConditionEditor(self._office, self._vocabulary, field, present)
        self.editor.done.connect(self.apply)
        self._right.addWidget(self.editor)
        self._right.setCurrentWidget(self.editor)
        if old is not None:
            self._right.removeWidget(old)
            old.deleteLater()

    def _to_values(self) -> None:
        if self.editor is not None:
            self.editor.focus_first()

    def apply(self) -> None:
        """Hand over the condition and close, when it says something."""
        condition = self.editor.condition() if self.editor is not None else None
        if condition is not None:
            self.close()
            self.applied.emit(condition)

    def showEvent(self, event: object) -> None:
        """Begin in the list of fields, or in the values of a condition that is changed."""
        super().showEvent(event)  # type: ignore[arg-type]  # Qt's own event, untyped here
        if self._first is not None:
            self._to_values()
        else:
            self.fields.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Apply on Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.fields.hasFocus():
                self._to_values()
            else:
                self.apply()
            return
        super().keyPressEvent(event)


class ConditionEditor(QWidget):
    """Edit operator and values of one field."""

    done = Signal()

    def __init__(
        self,
        office: Office,
        vocabulary: Vocabulary,
        field: str,
        present: Condition | None = None,
    ) -> None:
        super().__init__()
        theme = themes.current()
        self._field = field
        self._kind = FIELDS[field]
        self._office = office
        self._present = present
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(8))
        rows.addWidget(Label(translate(TITLES[field]), "body_strong"))
        self.operators = self._make_operators()
        if len(OPERATORS[self._kind]) > 1:
            rows.addWidget(self.operators)
        self.search: SearchField | None = None
        self.listed: CheckList | None = None
        self.days: QLineEdit | None = None
        self.day: DateEdit | None = None
        self.fen: MoneyEdit | None = None
        if self._kind in (PAST, COMING):
            self._add_days(rows)
        elif self._kind == FEN:
            self._add_fen(rows)
        else:
            self._add_list(rows, vocabulary)
        self.problem = Label("", "small", "bad", wrap=True)
        rows.addWidget(self.problem)
        if self.listed is None:
            rows.addStretch(1)
        said = _("加上") if present is None else _("改好")
        button = Button(said, "primary", name="apply_condition")
        button.clicked.connect(self.done)
        rows.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        self._switch()

    def _make_operators(self) -> Segmented:
        choices = [(one, operator_words(self._field, one)) for one in OPERATORS[self._kind]]
        made = Segmented(choices, name="condition_operator", spoken=_("怎么比"), height=24)
        if self._present is not None:
            made.set_value(self._present.operator)
        made.changed.connect(lambda _value: self._switch())
        return made

    # -- values ------------------------------------------------------------------------

    def _add_list(self, rows: QVBoxLayout, vocabulary: Vocabulary) -> None:
        choices = vocabulary.choices(self._field)
        self.listed = CheckList(name="condition_values", spoken=translate(TITLES[self._field]))
        self.listed.set_choices(choices, self._present.values if self._present else ())
        if len(choices) > _FEW:
            self.search = SearchField(_("找一找"), name="condition_search", width=400)
            self.search.textChanged.connect(self.listed.narrow)
            self.search.went_down.connect(self.listed.setFocus)
            rows.addWidget(self.search)
        rows.addWidget(self.listed, 1)

    def _add_days(self, rows: QVBoxLayout) -> None:
        self.days = QLineEdit()
        self.days.setObjectName("condition_days")
        self.days.setAccessibleName(_("天数"))
        self.days.setValidator(QIntValidator(0, 3650, self))
        self.days.setPlaceholderText("30")
        quick = ChipGroup(
            [Choice(one, _("{count} 天").format(count=one)) for one in _DAYS],
            name="condition_quick",
            spoken=_("常用天数"),
        )
        days = self.days
        quick.changed.connect(lambda value: days.setText(str(value)))
        kind = PastDateEdit if self._kind == PAST else DateEdit
        self.day = kind(name="condition_day", today=self._office.context.today)
        self._quick = quick
        for widget in (self.days, quick, self.day):
            rows.addWidget(widget)
        if self._present is not None:
            self._show_days(self._present)
        else:
            self.days.setText("30")

    def _show_days(self, present: Condition) -> None:
        assert self.days is not None
        assert self.day is not None
        if not present.values:
            self.days.setText("30")
        elif present.operator in ("within", "over"):
            self.days.setText(present.values[0])
        else:
            self.day.set_value(date.fromisoformat(present.values[0]))

    def _add_fen(self, rows: QVBoxLayout) -> None:
        self.fen = MoneyEdit(name="condition_fen", spoken=_("金额"))
        if self._present is not None and self._present.values:
            self.fen.set_value(int(self._present.values[0]))
        rows.addWidget(self.fen)

    def _switch(self) -> None:
        operator = self.operators.value()
        counted = operator in ("within", "over")
        if self.days is not None and self.day is not None:
            self.days.setVisible(counted)
            self._quick.setVisible(counted)
            self.day.setVisible(not counted)
        if self.fen is not None:
            self.fen.setVisible(operator != "unknown")

    def focus_first(self) -> None:
        """Put the focus into the values."""
        choices = (self.search, self.listed, self.days, self.day, self.fen)
        for widget in choices:
            if widget is not None and not widget.isHidden():
                widget.setFocus(Qt.FocusReason.PopupFocusReason)
                return

    def condition(self) -> Condition | None:
        """Return the condition, None while something is missing (and say what)."""
        operator = str(self.operators.value())
        values, problem = self._values(operator)
        self.problem.setText(problem)
        return None if problem else Condition(self._field, operator, values)

    def _values(self, operator: str) -> tuple[tuple[str, ...], str]:
        if self.listed is not None:
            chosen = self.listed.values()
            return chosen, "" if chosen else _("至少勾一项")
        if self.fen is not None:
            if operator == "unknown":
                return (), ""
            fen = self.fen.value()
            return (str(fen),), self.fen.problem() or ("" if fen is not None else _("金额还没填"))
        assert self.days is not None
        assert self.day is not None
        if operator in ("within", "over"):
            typed = self.days.text().strip()
            return (typed,), "" if typed else _("天数还没填")
        day = self.day.value()
        missing = "" if day is not None else _("日期还没填")
        return (str(day),), self.day.problem() or missing
