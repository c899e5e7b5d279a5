"""Whom a rule of a hand-over needs: one, several, or one for each region or grade."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _
from app.services.staff.handover import Rule
from app.views.core import labels
from app.views.core import theme as themes
from app.views.widgets.check_list import CheckList
from app.views.widgets.scrolling import scrolled
from app.views.widgets.staff_picker import StaffPicker
from app.views.widgets.text import Label

People = Sequence[tuple[int, str]]


class Receivers(QWidget):
    """Ask for the people of a rule; ``changed`` with each choice."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rule = Rule.one
        self.pickers: dict[str, StaffPicker] = {}
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(themes.current().px(6))
        self.title = Label("", "small", "text2")
        self.single = CheckList(name="handover_one", spoken=_("交给谁"), single=True)
        self.several = CheckList(name="handover_several", spoken=_("分给谁"))
        self._grid = QWidget()
        self.stack = QStackedWidget()
        area = scrolled(self._grid, name="handover_values")
        for widget in (area.viewport(), self._grid):
            widget.setAutoFillBackground(False)  # the dialog's own ground shows through
        for part in (self.single, self.several, area):
            self.stack.addWidget(part)
        rows.addWidget(self.title)
        rows.addWidget(self.stack, 1)
        self.single.ticked.connect(self.changed)
        self.several.ticked.connect(self.changed)

    def ask(self, rule: Rule, people: People, values: Sequence[tuple[str, int]]) -> None:
        """Show what a rule needs; what was chosen before stays where it still fits."""
        self._rule = rule
        choices = [(str(one), name) for one, name in people]
        titles = {Rule.one: _("交给谁"), Rule.even: _("分给谁")}
        self.title.setText(titles.get(rule, _("每一类交给谁")))
        if rule is Rule.one:
            self.single.set_choices(choices, self.single.values())
            self.stack.setCurrentIndex(0)
        elif rule is Rule.even:
            ticked = self.several.values() or tuple(value for value, _name in choices)
            self.several.set_choices(choices, ticked)
            self.stack.setCurrentIndex(1)
        else:
            self._ask_values(people, values)
            self.stack.setCurrentIndex(2)

    def _ask_values(self, people: People, values: Sequence[tuple[str, int]]) -> None:
        theme = themes.current()
        grid = self._grid.layout()
        if grid is None:
            grid = QGridLayout(self._grid)
            grid.setContentsMargins(0, 0, theme.px(8), 0)
        while (item := grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        assert isinstance(grid, QGridLayout)
        self.pickers = {}
        for at, (value, count) in enumerate(values):
            words = self._words(value)
            picker = StaffPicker(people, name=f"handover_value_{at}", spoken=words)
            picker.changed.connect(lambda _id: self.changed.emit())
            self.pickers[value] = picker
            grid.addWidget(Label(f"{words}  {count:,}"), at, 0)
            grid.addWidget(picker, at, 1)
        grid.setRowStretch(len(values), 1)

    def _words(self, value: str) -> str:
        if self._rule is Rule.grade:
            return labels.of(labels.GRADE, value) or _("未标定")
        return value or _("没写地区")

    def chosen(self) -> tuple[tuple[int, ...], dict[str, int]]:
        """Return the people in order, and the person of each value."""
        if self._rule in (Rule.one, Rule.even):
            listed = self.single if self._rule is Rule.one else self.several
            return tuple(int(one) for one in listed.values()), {}
        by_value = {value: one.staff_id() or 0 for value, one in self.pickers.items()}
        people = tuple(dict.fromkeys(one for one in by_value.values() if one))
        return people, {value: one for value, one in by_value.items() if one}
