"""Step 3: what would become of each row; duplicates and errors are decided here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QStackedWidget, QWidget

from app.i18n import N_, _
from app.services.transfer.outcomes import (
    Match,
    Outcome,
    Policy,
    RowChoice,
    RowIssue,
    RowPlan,
)
from app.views.core import theme as themes
from app.views.core.page import ViewContext, WidthMode
from app.views.itemmodels.column import Column
from app.views.itemmodels.transfer import CHOICE, RowsTableModel
from app.views.transfer import words
from app.views.transfer.bulk_change import change_words
from app.views.transfer.choice_table import ChoiceTable
from app.views.transfer.issue_card import IssueCard, issue_columns, reason_of
from app.views.transfer.job import ImportJob
from app.views.transfer.merge_card import MergeCard
from app.views.transfer.save_problems import save_problems
from app.views.transfer.step import Step
from app.views.widgets.buttons import Button, Select
from app.views.widgets.chips import ChipGroup, Choice
from app.views.widgets.text import ElidedLabel, Label

_FEWEST_ROWS = 3
ALL, GOOD, KNOWN, WRONG, DOUBTFUL = "all", "good", "known", "wrong", "doubtful"


class CheckStep(Step):
    """Show counts, the rows behind each, and what differs."""

    again_wanted = Signal()

    def __init__(self, view: ViewContext) -> None:
        super().__init__(view, "check")
        self._reason = ""
        self.body.addWidget(self._make_head())
        self.body.addWidget(self._make_chips())
        self.stack = QStackedWidget()
        self.stack.addWidget(self._make_rows())
        self.issues = RowsTableModel(issue_columns())
        self.issue_table = ChoiceTable(
            name="transfer_issue_rows", spoken=_("错误和提醒"), prefs=view.prefs
        )
        self.issue_table.setModel(self.issues)
        self.stack.addWidget(self.issue_table)
        self.body.addWidget(self.stack, 100)
        self.body.addWidget(self._make_bulk())
        self.body.addWidget(self._make_cards(), 60)

    # -- building ------------------------------------------------------------------------------

    def _band(self, height: int) -> tuple[QFrame, QHBoxLayout]:
        theme = themes.current()
        band = QFrame()
        band.setProperty("band", "below")
        band.setMinimumHeight(theme.px(height))
        line = QHBoxLayout(band)
        line.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        line.setSpacing(theme.px(8))
        return band, line

    def _make_head(self) -> QFrame:
        theme = themes.current()
        band, line = self._band(44)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(theme.px(180))
        self.bar.setAccessibleName(_("检查进度"))
        self.far = ElidedLabel("", "small")
        self.match = Select(
            words.choices_of(words.MATCH), name="transfer_match", spoken=_("重复规则")
        )
        self.match.activated.connect(lambda _at: self._rule(match=Match(str(self.match.value()))))
        self.again = Button(_("重新检查"), icon="refresh", name="transfer_again")
        self.again.clicked.connect(self._again)
        self._progress_word = Label(_("检查进度"), "small", "text2")
        for widget in (self._progress_word, self.bar):
            line.addWidget(widget)
        line.addWidget(self.far, 1)
        line.addWidget(Label(_("重复规则"), "small", "text2"))
        line.addWidget(self.match)
        line.addWidget(self.again)
        return band

    def _make_chips(self) -> QFrame:
        band, line = self._band(42)
        self.chips = ChipGroup(name="transfer_counts", spoken=_("看哪些行"))
        self.chips.changed.connect(self._chip_chosen)
        self.save = Button(_("导出问题行"), icon="export", name="transfer_save_problems")
        self.save.clicked.connect(self._save_problems)
        line.addWidget(self.chips, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.save)
        return band

    def _make_rows(self) -> ChoiceTable:
        self.rows: RowsTableModel[RowPlan] = RowsTableModel(self._columns(), self._options)
        self.rows.picked.connect(self._picked)
        self.table = ChoiceTable(
            name="transfer_rows", spoken=_("要导入的行"), prefs=self.view.prefs
        )
        self.table.setModel(self.rows)
        self.table.activated_row.connect(lambda _row: self.table.open_choice("policy"))
        self.table.current_row.connect(self._show_row)
        return self.table

    def _make_bulk(self) -> QFrame:
        theme = themes.current()
        self.bulk = QFrame()
        self.bulk.setProperty("band", "footer")
        self.bulk.setMinimumHeight(theme.px(42))
        line = QHBoxLayout(self.bulk)
        line.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        line.setSpacing(theme.px(8))
        self.bulk_words = Label("", "small")
        line.addWidget(self.bulk_words)
        self.policies: dict[Policy, Button] = {}
        icons = {Policy.update: "merge"}
        titles = {
            Policy.fill: _("都只补空白"),
            Policy.update: _("都用文件更新"),
            Policy.skip: _("都跳过"),
            Policy.create: _("都另建"),
        }
        for policy, title in titles.items():
            button = Button(
                title, icon=icons.get(policy, ""), height=24, name=f"transfer_all_{policy}"
            )
            button.setCheckable(True)
            button.clicked.connect(lambda _on, policy=policy: self._rule(policy=policy))
            self.policies[policy] = button
            line.addWidget(button)
        self.look = Button(_("逐项合并"), icon="split", height=24, name="transfer_look_merge")
        self.look.setCheckable(True)
        self.look.toggled.connect(self._show_parts)
        self.look.hide()
        line.addStretch(1)
        line.addWidget(self.look)
        self.own = Label("", "small", "warn")
        line.addWidget(self.own)
        return self.bulk

    def _make_cards(self) -> QWidget:
        theme = themes.current()
        self.cards = QWidget()
        line = QHBoxLayout(self.cards)
        side = theme.px(16)
        line.setContentsMargins(side, theme.px(12), side, theme.px(12))
        line.setSpacing(theme.px(12))
        self.merge = MergeCard()
        self.merge.decided.connect(self._decided)
        self.merge.next_wanted.connect(self._next_row)
        self.problems = IssueCard()
        self.problems.reason_chosen.connect(self._show_reason)
        self.problems.change_wanted.connect(self._change)
        line.addWidget(self.merge, 2)
        line.addWidget(self.problems, 1)
        return self.cards

    def _columns(self) -> tuple[Column[RowPlan], ...]:
        return (
            Column("row", N_("行号"), lambda row: f"{row.key.row:,}", width=64, align="right"),
            Column("subject", N_("名称"), lambda row: row.subject, width=230, kind="strong",
                   elide_middle=True, flex=2, least=150),
            Column("kind", N_("种类"), lambda row: words.kind(row.key.kind), width=72),
            Column("place", N_("哪一页"), lambda row: row.key.sheet, width=110),
            Column("why", N_("为什么疑似"), words.why_duplicate, width=150, flex=1, least=110,
                   tone=lambda row: "warn" if row.matched_by else "text3"),
            Column("matched", N_("现有的"), lambda row: row.matched, width=200, elide_middle=True,
                   flex=1, least=120),
            Column("policy", N_("处理"), self._policy_words, width=160, kind=CHOICE,
                   value=self._policy_of, tone=self._policy_tone),
        )  # fmt: skip

    # -- showing -------------------------------------------------------------------------------

    def enter(self, job: ImportJob) -> None:
        """Show the plan, duplicates first when there are some."""
        super().enter(job)
        plan = job.plan
        if plan is None:
            return
        self.match.set_value(job.options.match)
        total = len(plan.rows) + sum(len({i.row for i in t.errors}) for t in plan.tallies)
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(max(1, total))
        self.far.setText(
            _("{count} 行 · {seconds} 秒").format(
                count=f"{total:,}", seconds=f"{max(0.1, job.planned_in_s):.1f}"
            )
        )
        self.problems.show_issues(plan.errors, plan.warnings)
        self._reason = ""
        self._show_chips()
        if self.chips.value() is None:
            self.chips.set_value(KNOWN if plan.duplicates else WRONG if plan.errors else ALL)
        self._filter()

    def _known(self) -> list[RowPlan]:
        rows = self.job.plan.rows if self.job.plan is not None else ()
        return [row for row in rows if row.matched_by]

    def _show_chips(self) -> None:
        counts = self.job.counts()
        good = counts[Outcome.create] + counts[Outcome.update]
        total = sum(counts.values())
        known = self._known()
        told = (
            (ALL, _("全部"), total),
            (GOOD, _("可导入"), good),
            (KNOWN, _("疑似重复"), len(known)),
            (WRONG, _("有错误"), counts[Outcome.error]),
        )
        choices = [Choice(value, f"{title} {n:,}") for value, title, n in told]
        doubtful = len(self.job.plan.warnings) if self.job.plan is not None else 0
        if doubtful:
            choices.append(Choice(DOUBTFUL, _("提醒") + f" {doubtful:,}"))
        self.chips.set_choices(choices)
        self.bulk_words.setText(_("对全部 {count} 条重复").format(count=f"{len(known):,}"))
        for policy, button in self.policies.items():
            button.setEnabled(bool(known))
            button.setChecked(policy is self.job.options.policy)
        own = len(self.job.options.rows)
        self.own.setText(_("{count} 条另有决定").format(count=f"{own:,}") if own else "")

    def _chip_chosen(self, _value: object) -> None:
        self._reason = ""
        self._filter()

    def _filter(self) -> None:
        plan, chosen = self.job.plan, self.chips.value()
        if plan is None:
            return
        listed = chosen in (WRONG, DOUBTFUL)
        self.stack.setCurrentIndex(1 if listed else 0)
        if listed:
            self.issues.set_rows(self._issues(chosen == WRONG))
            self._fit_list(self.issue_table, self.issues.rowCount())
            self.issue_table.go_to(0)
            return
        rows: Sequence[RowPlan] = plan.rows
        if chosen == KNOWN:
            rows = self._known()
        elif chosen == GOOD:
            wanted = (Outcome.create, Outcome.update)
            rows = [row for row in plan.rows if self.job.outcome(row) in wanted]
        self.rows.set_rows(rows)
        self._fit_list(self.table, len(rows))
        self.table.go_to(0)
        if not rows:
            self.merge.show_row(None, None)

    def _fit_list(self, table: ChoiceTable, count: int) -> None:
        """Give a short list no more room than it fills: what differs is below it."""
        self.stack.setMaximumHeight(table.content_height(max(count, _FEWEST_ROWS)))

    def _issues(self, wrong: bool) -> list[RowIssue]:
        plan = self.job.plan
        assert plan is not None
        issues = plan.errors if wrong else plan.warnings
        return [one for one in issues if self._reason in ("", reason_of(one))]

    def _show_reason(self, reason: str, wrong: bool) -> None:
        self._reason = reason
        self.chips.set_value(WRONG if wrong else DOUBTFUL)
        self._filter()
        self.issue_table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_row(self, row: object) -> None:
        if isinstance(row, RowPlan):
            choice = self.job.options.rows.get(row.key)
            self.merge.show_row(row, choice.taken if choice is not None else None)

    def _change(self, reason: str, wrong: bool) -> None:
        """Ask what the words mean that cannot be read for one reason, then check anew."""
        plan = self.job.plan
        issues = (plan.errors if wrong else plan.warnings) if plan is not None else ()
        issue = next((one for one in issues if one.column and reason_of(one) == reason), None)
        if issue is not None:
            change_words(self, self.view, self.job, issue, self._again)

    def _save_problems(self) -> None:
        save_problems(self.view, self, self.job.plan, self.job.read_result())

    # -- policies ------------------------------------------------------------------------------

    def _options(self, row: RowPlan, _key: str) -> list[tuple[object, str]]:
        return words.choices_of(words.POLICY) if row.matched_by else []

    def _policy_of(self, row: RowPlan) -> Policy | None:
        return self.job.options.choice(row.key).policy if row.matched_by else None

    def _policy_words(self, row: RowPlan) -> str:
        policy = self._policy_of(row)
        if policy is None:
            return words.one_of(words.OUTCOME, row.outcome)
        choice = self.job.options.rows.get(row.key)
        if choice is not None and choice.taken is not None and policy is Policy.update:
            return _("逐项合并")
        return words.one_of(words.POLICY, policy)

    def _policy_tone(self, row: RowPlan) -> str:
        return "accent" if row.key in self.job.options.rows else "text"

    def _picked(self, number: int, _key: str, value: object) -> None:
        row = self.rows.rows[number]
        self.job.choose(row.key, RowChoice(Policy(str(value))))
        self._chosen(row)

    def _decided(self, row: RowPlan, taken: frozenset[str]) -> None:
        self.job.choose(row.key, RowChoice(Policy.update, taken))
        self._chosen(row, redraw=False)

    def _chosen(self, row: RowPlan, *, redraw: bool = True) -> None:
        for number, one in enumerate(self.rows.rows):
            if one is row:
                self.rows.refresh(number)
        self._show_chips()
        if redraw:
            self._show_row(row)
        self.changed.emit()

    def _next_row(self) -> None:
        at = self.table.currentIndex().row()
        if at + 1 < self.rows.rowCount():
            self.table.go_to(at + 1)

    def _rule(self, match: Match | None = None, policy: Policy | None = None) -> None:
        options = self.job.options
        self.job.options = replace(
            options,
            match=match or options.match,
            policy=policy or options.policy,
            rows={} if policy is not None else options.rows,
        )
        self._again()

    def _again(self) -> None:
        self.job.stale = True
        self.again_wanted.emit()

    # -- the step --------------------------------------------------------------------------------

    def ready(self) -> bool:
        """Tell whether there is anything to import."""
        counts = self.job.counts()
        return bool(counts[Outcome.create] + counts[Outcome.update])

    def next_words(self) -> str:
        """Return the words of the button that goes on."""
        return _("下一步：确认(&N)")

    def note(self) -> str:
        """Return what would happen now."""
        counts = self.job.counts()
        return _("将新建 {create} 行，更新 {update} 行，暂不导入 {out} 行").format(
            create=f"{counts[Outcome.create]:,}",
            update=f"{counts[Outcome.update]:,}",
            out=f"{counts[Outcome.skip] + counts[Outcome.error]:,}",
        )

    def adapt(self, mode: WidthMode) -> None:
        """Keep the list in narrow windows, without what explains it."""
        compact = mode == "compact"
        for widget in (self.bar, self._progress_word, self.problems):
            widget.setVisible(not compact)
        for at, column in enumerate(self.rows.columns):
            if column.key in ("kind", "place", "matched"):
                self.table.setColumnHidden(at, compact)

    def set_low(self, low: bool) -> None:
        """Show either the list or the field-by-field merge in a low window."""
        self.look.setVisible(low)
        self._show_parts()

    def _show_parts(self, _on: bool = False) -> None:
        merging = self.look.isChecked()
        self.stack.setVisible(not (self._low and merging))
        self.cards.setVisible(merging or not self._low)
        if self._low and merging:
            self.merge.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        """Put the focus into the list."""
        shown = self.issue_table if self.stack.currentIndex() == 1 else self.table
        shown.setFocus(Qt.FocusReason.OtherFocusReason)
