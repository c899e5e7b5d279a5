"""The field that asks for one business feature, by its type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from app.i18n import N_, _, translate
from app.models.values import money
from app.models.values.features import CHOSEN, FIGURES, REFERENCES, FieldType
from app.services.features import FeatureDraft, FeatureView
from app.services.features.drafts import option_words
from app.services.features.lines import read_columns
from app.views.core import theme as themes
from app.views.core.forms import line
from app.views.widgets.buttons import Select
from app.views.widgets.chips import ChipGroup, Choice
from app.views.widgets.date_edit import DateEdit
from app.views.widgets.field import UnitLine
from app.views.widgets.money_edit import MoneyEdit
from app.views.widgets.text import Label

_YES_NO = ("是", "否")
_AREAS = (FieldType.long_text, FieldType.rich_text, FieldType.lines)
_CHIPS_MOST = 6
_SHORT = (FieldType.money, FieldType.date, FieldType.time, *FIGURES)
HINTS = {
    FieldType.window: N_("本月、下月、本季，或日期"),
    FieldType.span: "12-01 ~ 12-15",
    FieldType.moment: "2026-12-01 14:30",
    FieldType.time: "14:30",
}


class FeatureEdit(QWidget):
    """Ask for one feature; ``draft()`` is None while nothing differs from what is known.

    ``names`` are the rows elsewhere that a reference may choose among, empty to type a name.
    """

    changed = Signal()

    def __init__(
        self,
        view: FeatureView,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
        names: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._today = today
        self._names = names
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(themes.current().px(6))
        self.line: QLineEdit | None = None
        self.amount: MoneyEdit | None = None
        self.day: DateEdit | None = None
        self.chips: ChipGroup | None = None
        self.select: Select | None = None
        self.area: QPlainTextEdit | None = None
        field = self._make()
        field.setAccessibleName(view.field.label)
        self.setFocusProxy(field)
        short = view.field.type in _SHORT and not view.field.limits.with_target
        row.addWidget(field, 0 if short else 1)
        if short:
            row.addStretch(1)

    def _make(self) -> QWidget:
        field = self._view.field
        kind, name = field.type, f"feature_{field.key}"
        if not field.typed:
            return self._make_shown()
        if kind in REFERENCES and self._names:
            return self._make_select(name, [(one, one) for one in self._names])
        if kind is FieldType.cascade or (kind is FieldType.single and self._many()):
            every = field.every_option
            return self._make_select(name, [(one.id, option_words(one, every))
                                            for one in field.options])  # fmt: skip
        if kind in CHOSEN or kind is FieldType.yes_no:
            return self._make_chips(name)
        if kind is FieldType.money and not field.limits.with_target:
            return self._make_amount(name)
        if kind is FieldType.date:
            return self._make_day(name)
        return self._make_area(name) if kind in _AREAS else self._make_line(name)

    def _many(self) -> bool:
        return len(self._view.field.options) > _CHIPS_MOST

    def _start(self) -> str:
        """Return what the field begins with: what is known, else its default."""
        return self._view.value or self._view.field.initial

    def _make_shown(self) -> QWidget:
        field = self._view.field
        if field.type is FieldType.divider:
            return line()
        words = field.expression if field.type is FieldType.note else self._view.shown or "—"
        return Label(words, "body" if field.holds_value else "small", "text2", wrap=True)

    def _make_amount(self, name: str) -> QWidget:
        self.amount = MoneyEdit(name=name)
        text = self._start()
        self.amount.set_value(money.parse_money(text) if text else None)
        self.amount.changed.connect(lambda _value: self.changed.emit())
        return self.amount

    def _make_day(self, name: str) -> QWidget:
        self.day = DateEdit(name=name, today=self._today)
        value = self._view.value
        self.day.set_value(date.fromisoformat(value) if value else None)
        self.day.changed.connect(lambda _value: self.changed.emit())
        return self.day

    def _make_line(self, name: str) -> QWidget:
        field = self._view.field
        unit = "%" if field.type is FieldType.percent else field.unit
        self.line = UnitLine(self._start(), unit)
        if field.type in _SHORT and not field.limits.with_target:
            self.line.setFixedWidth(themes.current().px(132))
        self.line.setObjectName(name)
        self.line.setMaxLength(500)
        hint = translate(HINTS[field.type]) if field.type in HINTS else ""
        if field.limits.with_target:
            hint = _("现状 → 目标，例如 2.1 -> 0.5")
        self.line.setPlaceholderText(field.help or hint)
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        return self.line

    def _make_area(self, name: str) -> QWidget:
        field = self._view.field
        self.area = QPlainTextEdit(self._start())
        self.area.setObjectName(name)
        self.area.setTabChangesFocus(True)
        self.area.setFixedHeight(themes.current().px(76))
        hint = field.help
        if field.type is FieldType.lines:
            hint = " | ".join(one.label for one in read_columns(field.expression or _("一列")))
        self.area.setPlaceholderText(hint)
        self.area.textChanged.connect(self.changed)
        return self.area

    def _make_select(self, name: str, choices: Sequence[tuple[object, str]]) -> QWidget:
        chosen: object = self._view.value
        if self._view.field.type in CHOSEN:
            chosen = self._view.option_ids[0] if self._view.option_ids else ""
        known = {value for value, _words in choices}
        # what is offered no more stays choosable where it was chosen
        gone = [] if chosen in known or not chosen else [(chosen, self._view.shown)]
        self.select = Select([("", _("未填")), *gone, *choices], name=name)
        self.select.set_value(chosen)
        self.select.activated.connect(lambda _at: self.changed.emit())
        return self.select

    def _make_chips(self, name: str) -> ChipGroup:
        field = self._view.field
        if field.type is FieldType.yes_no:
            choices = [Choice(word, _(word)) for word in _YES_NO]
        else:
            gone = [one for one in field.gone if one.id in self._view.option_ids]
            choices = [Choice(option.id, option.label) for option in (*field.options, *gone)]
        single = field.type is not FieldType.multi
        self.chips = ChipGroup(choices, exclusive=single, optional=single, name=name)
        if field.type is FieldType.yes_no:
            self.chips.set_value(self._start() or None)
        else:
            self.chips.set_values(self._view.option_ids or self._initial_options())
        self.chips.changed.connect(lambda _value: self.changed.emit())
        return self.chips

    def _initial_options(self) -> tuple[int, ...]:
        field = self._view.field
        return tuple(one.id for one in field.options if one.label == field.initial)

    # -- what was typed --------------------------------------------------------------------

    def problem(self) -> str:
        """Return what is wrong with what was typed."""
        typed = self.amount or self.day
        return typed.problem() if typed is not None else ""

    def now(self) -> FeatureDraft:
        """Return what the field says now."""
        return self._read()

    def draft(self) -> FeatureDraft | None:
        """Return what was learnt, None when it is what is known already."""
        if not self._view.field.typed:
            return None
        found = self._read()
        known = (self._view.value if not self._view.option_ids else "", self._view.option_ids)
        same = (found.value, found.option_ids) == known
        return None if same else found

    def _read(self) -> FeatureDraft:
        field = self._view.field
        if field.type in CHOSEN:
            if self.chips is not None:
                chosen = self.chips.values()
            else:
                chosen = [self.select.value()] if self.select is not None else []
            ids = tuple(value for value in chosen if isinstance(value, int))
            return FeatureDraft(field.id, option_ids=ids)
        return FeatureDraft(field.id, self._text())

    def _text(self) -> str:
        if self.chips is not None:
            return str(self.chips.value() or "")
        if self.select is not None:
            return str(self.select.value() or "")
        if self.amount is not None:
            fen = self.amount.value()
            return "" if fen is None else money.format_yuan(fen)
        if self.day is not None:
            day = self.day.value()
            return "" if day is None else day.isoformat()
        if self.area is not None:
            return self.area.toPlainText().strip()
        return self.line.text().strip() if self.line is not None else self._view.value
