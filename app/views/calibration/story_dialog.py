"""变化记录 of a customer's value: what changed, who did it, why, and which follow-up shows it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.i18n import N_, _, translate
from app.models.values.money import format_yuan
from app.services.calibration.story import STAGE, Turn
from app.views.admin.plain_table import PlainTable
from app.views.core import format as fmt
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.itemmodels.column import Column
from app.views.widgets.scrolling import scrolled

_FIELDS = {
    "quality": N_("定性"),
    "grade": N_("定级"),
    "expected_fen": N_("预计金额"),
    "expected_to": N_("预计签约日"),
    "expected_label": N_("预计时间"),
    "key_node": N_("关键节点"),
    STAGE: N_("阶段"),
}
_SOURCES = {"auto": N_("自动"), "import": N_("导入"), "merge": N_("合并")}
_HIDDEN = ("expected_from",)
"""Fields that change with another one that is shown."""


class StoryDialog(QDialog):
    """List the changes of one customer, newest first."""

    def __init__(self, view: ViewContext, customer_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._stages = view.office.admin.stage_names()
        self._today = view.office.context.today()
        self.setObjectName("story_dialog")
        self.setWindowTitle(_("价值的变化"))
        self.resize(theme.px(860), theme.px(480))
        rows = QVBoxLayout(self)
        margin = theme.px(14)
        rows.setContentsMargins(margin, margin, margin, margin)
        rows.setSpacing(theme.px(10))
        self.table: PlainTable[Turn] = PlainTable(
            self._columns(), lambda one: one.id, name="story", spoken=_("价值的变化"), last="why"
        )
        story = view.office.calibration.story(customer_id)
        self.table.show_rows([one for one in story if one.field not in _HIDDEN])
        place = QWidget()
        inner = QVBoxLayout(place)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.table)
        inner.addStretch(1)
        rows.addWidget(scrolled(place, name="story_scroll"), 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(_("关闭"))
        buttons.rejected.connect(self.reject)
        rows.addWidget(buttons)
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _columns(self) -> list[Column[Turn]]:
        return [
            Column("on", N_("日期"), lambda one: fmt.day(one.on, self._today), width=76),
            Column("staff", N_("人员"), self._who, width=84),
            Column("field", N_("项目"), lambda one: translate(_FIELDS.get(one.field, one.field)),
                   width=84, kind="strong"),
            Column("change", N_("变化"), self._change, width=210),
            Column("why", N_("原因"), lambda one: translate(one.reason) if one.reason else " ",
                   width=140, flex=1),
            Column("evidence", N_("依据"), lambda one: one.evidence or " ", width=210),
        ]  # fmt: skip

    def _who(self, one: Turn) -> str:
        source = _SOURCES.get(one.source)
        return translate(source) if source else one.staff

    def _change(self, one: Turn) -> str:
        if one.field == "key_node":
            return one.new
        return f"{self.words(one, one.old)} → {self.words(one, one.new)}"

    def words(self, one: Turn, value: str) -> str:
        """Return a value of a change in words."""
        if one.field == STAGE:
            at = int(value)
            return self._stages[at] if 0 <= at < len(self._stages) else value
        if one.field == "quality":
            return labels.quality(value)
        if one.field == "grade":
            return labels.of(labels.GRADE, value) or "—"
        if one.field == "expected_fen":
            known = value.lstrip("-").isdigit() and int(value) >= 0
            return f"¥{format_yuan(int(value))}" if known else "—"
        if one.field == "expected_label":
            return labels.of(labels.EXPECTED, value) or "—"
        return value or "—"
