"""The fields of one step of a sequence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.i18n import N_, _, translate
from app.models.values.sequences import Exit, StepRule
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.forms import Form
from app.views.sequences import words as said
from app.views.widgets.buttons import CheckBox, Select
from app.views.widgets.chips import ChipGroup, Choice
from app.views.widgets.field import UnitLine
from app.views.widgets.text import Label, PlainText

_OUTCOMES = (("", N_("任何结果都算")), ("connected", N_("要接通")), ("replied", N_("要有回复")))


def day_line(name: str, spoken: str, unit: str = "") -> QLineEdit:
    """Return a field for a small whole number."""
    made = UnitLine("", unit)
    made.setObjectName(name)
    made.setAccessibleName(spoken)
    made.setValidator(QIntValidator(0, 9999, made))
    made.setMaximumWidth(themes.current().px(88))
    return made


def number_of(field: QLineEdit) -> int:
    """Return the whole number of a field, -1 when there is none: the service refuses that."""
    text = field.text().strip()
    return int(text) if text.isdecimal() else -1


class StepForm(QWidget):
    """Show and take one step; ``renamed`` follows the name as it is typed."""

    renamed = Signal(str)

    def __init__(self, features: Sequence[tuple[int, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLineEdit()
        self.title.setObjectName("step_name")
        self.title.setMaxLength(60)
        self.title.textEdited.connect(self.renamed)
        deeds = [(code, said.deed(code)) for code in said.DEED if code != "lost"]
        self.deed = Select(deeds, name="step_deed", spoken=_("动作"))
        plans = [(code, translate(word)) for code, word in labels.PLAN_KIND.items()]
        self.plan = Select(plans, name="step_plan", spoken=_("计划"))
        self.offset = day_line("step_offset", _("间隔"))
        self.unit = Select(
            [(code, translate(word)) for code, word in said.UNIT.items()],
            name="step_unit", spoken=_("单位"),
        )  # fmt: skip
        self.anchor = Select(
            [(code, translate(word)) for code, word in said.ANCHOR.items()],
            name="step_anchor", spoken=_("从哪里算"),
        )  # fmt: skip
        self.limit = day_line("step_limit", _("时限"))
        self.must = CheckBox(_("必做"), name="step_must")
        self.talk = PlainText()
        self.talk.setObjectName("step_talk")
        self.talk.setFixedHeight(themes.current().px(84))
        self.outcome = Select(
            [(code, translate(word)) for code, word in _OUTCOMES],
            name="step_outcome", spoken=_("要求结果"),
        )  # fmt: skip
        self.attempts = day_line("step_attempts", _("最多试几次"), _("次"))
        self.features = ChipGroup(
            [Choice(field_id, label) for field_id, label in features],
            exclusive=False, name="step_features", spoken=_("要问清的特征"),
        )  # fmt: skip
        self.exits = ChipGroup(
            [Choice(one.value, translate(said.EXIT[one])) for one in Exit],
            exclusive=False, name="step_exits", spoken=_("遇到就退出"),
        )  # fmt: skip
        self._lay_out()

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        form = Form(label_width=88)
        form.add(_("步骤名称"), self.title, required=True)
        form.add(_("动作"), _row(self.deed, self.must))
        form.add(_("事务"), self.plan)
        form.add(_("什么时候做"), _row(self.anchor, self.offset, self.unit))
        form.add(_("时限"), _row(self.limit, Label(_("在此之内都算按时"), "small", "text2")))
        form.add(_("话术"), self.talk)
        form.add(_("要求结果"), _row(self.outcome, self.attempts))
        form.add(_("要问清的特征"), self.features)
        form.add(_("遇到就退出"), self.exits)
        rows.addWidget(form)
        rows.addStretch(1)

    def show_rule(self, rule: StepRule) -> None:
        """Show a step."""
        self.title.setText(rule.name)
        self.deed.set_value(str(rule.deed))
        self.plan.set_value(rule.plan_kind)
        self.offset.setText(str(rule.offset))
        self.unit.set_value(str(rule.unit))
        self.anchor.set_value(str(rule.anchor))
        self.limit.setText(str(rule.limit))
        self.must.setChecked(rule.must)
        self.talk.setPlainText(rule.talk)
        self.outcome.set_value(rule.outcome)
        self.attempts.setText(str(rule.attempts))
        self.features.set_values(rule.features)
        self.exits.set_values([str(one) for one in rule.exits])

    def rule(self) -> StepRule:
        """Return the step as typed."""
        return StepRule(
            name=self.title.text().strip(),
            deed=str(self.deed.value()),
            plan_kind=str(self.plan.value()),
            offset=number_of(self.offset),
            unit=str(self.unit.value()),
            anchor=str(self.anchor.value()),
            limit=number_of(self.limit),
            must=self.must.isChecked(),
            talk=self.talk.text(),
            features=tuple(one for one in self.features.values() if isinstance(one, int)),
            outcome=str(self.outcome.value() or ""),
            exits=tuple(str(one) for one in self.exits.values()),
            attempts=number_of(self.attempts),
        )


def _row(*parts: QWidget) -> QWidget:
    """Return fields side by side."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(themes.current().px(8))
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    made.setFocusProxy(parts[0])
    return made
