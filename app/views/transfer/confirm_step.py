"""Step 4: what will happen, in words and numbers; until here nothing has changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import N_, _, translate
from app.services.transfer.fields import Kind
from app.services.transfer.outcomes import ImportPlan, ImportReport, Outcome, Tally
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.itemmodels.column import Column
from app.views.itemmodels.transfer import RowsTableModel
from app.views.transfer import words
from app.views.transfer.choice_table import ChoiceTable
from app.views.transfer.job import ImportJob
from app.views.transfer.step import Step
from app.views.widgets.buttons import CheckBox, Select
from app.views.widgets.card import Card
from app.views.widgets.scrolling import scrolled
from app.views.widgets.text import Label

_MEASURE: dict[Kind, str] = {
    Kind.staff: N_("{count} 位员工"),
    Kind.products: N_("{count} 种产品"),
    Kind.customers: N_("{count} 家客户"),
    Kind.contacts: N_("{count} 位联系人"),
    Kind.opportunities: N_("{count} 个商机"),
    Kind.contracts: N_("{count} 份合同"),
    Kind.payments: N_("{count} 笔回款"),
    Kind.followups: N_("{count} 条跟单"),
    Kind.next_steps: N_("{count} 条下步事务"),
    Kind.features: N_("{count} 项业务特征"),
    Kind.feature_values: N_("{count} 项特征内容"),
    Kind.radar: N_("{count} 条雷达情报"),
    Kind.stage_moves: N_("{count} 条阶段记录"),
}


def amount(kind: Kind, count: int) -> str:
    """Return a count with its measure word: 300 家客户."""
    return translate(_MEASURE[kind]).format(count=f"{count:,}")


def told_of(told: ImportPlan | ImportReport, field: str) -> str:
    """Return 7 位员工、300 家客户、378 位联系人 for created or updated."""
    sums: dict[Kind, int] = dict.fromkeys(Kind, 0)
    for tally in told.tallies:
        if tally.kind is not None:
            sums[tally.kind] += getattr(tally, field)
            if field == "created":
                sums[Kind.contacts] += tally.contacts
                sums[Kind.followups] += tally.followups
    return _("、").join(amount(kind, count) for kind, count in sums.items() if count)


def tally_columns() -> tuple[Column[Tally], ...]:
    """Return the columns of the counts by file and kind."""

    def number(key: str, title: str) -> Column[Tally]:
        return Column(key, title, lambda row: _figure(getattr(row, key)), width=84, align="right")

    return (
        Column("file", N_("文件"), lambda row: row.file, width=200, kind="strong",
               elide_middle=True),
        Column("kind", N_("种类"), lambda row: words.kind(row.kind), width=84),
        number("rows", N_("行数")),
        number("created", N_("新建")),
        number("updated", N_("更新")),
        number("skipped", N_("跳过")),
        number("duplicates", N_("重复")),
        Column("errors", N_("错误"), lambda row: _figure(_wrong(row)), width=84, align="right",
               tone=lambda row: "bad" if row.errors else "text3"),
        Column("beside", N_("另外带出"), _beside, width=180),
    )  # fmt: skip


def _figure(count: int) -> str:
    return f"{count:,}" if count else ""


def _wrong(tally: Tally) -> int:
    if tally.kind is None:
        return len(tally.errors)
    return tally.rows - tally.created - tally.updated - tally.skipped


def _beside(tally: Tally) -> str:
    made = ((Kind.contacts, tally.contacts), (Kind.followups, tally.followups))
    return _("、").join(amount(kind, count) for kind, count in made if count)


class TallyTable(ChoiceTable):
    """Show the counts by file and kind, as high as its rows."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name, spoken=_("按文件和种类的数目"))
        self.tallies = RowsTableModel(tally_columns())
        self.setModel(self.tallies)

    def show_tallies(self, tallies: Iterable[Tally]) -> None:
        """Show other counts."""
        theme = themes.current()
        rows = list(tallies)
        self.tallies.set_rows(rows)
        shown = min(max(1, len(rows)), 12)
        self.setFixedHeight(theme.size("table_header") + shown * theme.row_height() + theme.px(2))
        self.go_to(0)


def tinted_line(text: str) -> QFrame:
    """Return a tinted line of information."""
    theme = themes.current()
    frame = QFrame()
    frame.setProperty("note", "info")
    line = QHBoxLayout(frame)
    line.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(8))
    line.setSpacing(theme.px(8))
    sign = Label()
    sign.set_icon("info", 16, "accent")
    line.addWidget(sign)
    line.addWidget(Label(text, "small", "accent", wrap=True), 1)
    return frame


class ConfirmStep(Step):
    """Say it all once more, and ask the few things that remain."""

    def __init__(self, view: ViewContext) -> None:
        super().__init__(view, "confirm")
        theme = themes.current()
        content = QWidget()
        rows = QVBoxLayout(content)
        side = theme.px(16)
        rows.setContentsMargins(side, side, side, side)
        rows.setSpacing(theme.px(12))
        rows.addWidget(Label(_("确认后才会写入"), "section"))
        self.fresh = Label("", "entry", wrap=True)
        self.renew = Label("", "entry", wrap=True)
        self.out = Label("", "entry", "text2", wrap=True)
        for label in (self.fresh, self.renew, self.out):
            rows.addWidget(label)
        card = Card(_("按文件"), padded=False, name="transfer_confirm_card")
        self.table = TallyTable("transfer_confirm_table")
        card.body.addWidget(self.table)
        rows.addWidget(card)
        rows.addWidget(self._make_options())
        rows.addWidget(
            tinted_line(_("到现在为止没有改动任何数据。导入后可以整批撤销，之后改过的不会被动。"))
        )
        rows.addStretch(1)
        self.body.addWidget(scrolled(content, name="transfer_confirm_area"))

    def _make_options(self) -> Card:
        theme = themes.current()
        card = Card(_("选项"), name="transfer_options")
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        self.owner = Select((), name="transfer_owner", spoken=_("没写负责人的归谁"))
        self.owner.activated.connect(lambda _at: self._keep())
        line.addWidget(Label(_("没写负责人的归"), "body", "text2"))
        line.addWidget(self.owner)
        line.addStretch(1)
        card.body.addLayout(line)
        self.historic = CheckBox(_("当作历史客户，不算进新增客户的统计"), name="transfer_historic")
        self.keep = CheckBox(_("中途停止时，留下已经写入的"), name="transfer_keep_stopped")
        for box in (self.historic, self.keep):
            box.toggled.connect(lambda _on: self._keep())
            card.body.addWidget(box)
        return card

    def enter(self, job: ImportJob) -> None:
        """Say what will happen."""
        super().enter(job)
        plan = job.plan
        if plan is None:
            return
        created, updated = told_of(plan, "created"), told_of(plan, "updated")
        self.fresh.setText(_("新建：{what}").format(what=created or _("没有")))
        self.renew.setText(_("更新已有的：{what}").format(what=updated or _("没有")))
        counts = job.counts()
        self.out.setText(
            _("不导入：跳过 {skipped} 行，有错误 {wrong} 行").format(
                skipped=f"{counts[Outcome.skip]:,}", wrong=f"{counts[Outcome.error]:,}"
            )
        )
        self.table.show_tallies(plan.tallies)
        self._show_options()

    def _show_options(self) -> None:
        staff = self.view.office.staff.all(with_left=False)
        people = [(one.name, one.name) for one in staff]
        options = self.job.options
        boxes = (self.owner, self.historic, self.keep)
        for box in boxes:
            box.blockSignals(True)
        self.owner.set_choices([("", _("公海，谁都可以认领")), *people])
        self.owner.set_value(options.owner)
        self.historic.setChecked(options.historic)
        self.keep.setChecked(options.keep_when_stopped)
        for box in boxes:
            box.blockSignals(False)

    def _keep(self) -> None:
        self.job.options = replace(
            self.job.options,
            owner=str(self.owner.value() or ""),
            historic=self.historic.isChecked(),
            keep_when_stopped=self.keep.isChecked(),
        )
        if self.job.plan is not None:
            self.job.plan = replace(self.job.plan, options=self.job.options)

    def next_words(self) -> str:
        """Return the words of the button that writes."""
        return _("开始导入(&N)")

    def note(self) -> str:
        """Return that nothing has changed."""
        return _("还没有改动任何数据")

    def focus_first(self) -> None:
        """Put the focus on the counts."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
