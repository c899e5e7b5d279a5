"""下步事务 on a customer's page: the current step, the following ones, the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import UserError
from app.i18n import _
from app.models.values.nextstep import Bucket, Group, Window
from app.services.customers.drafts import CustomerCard
from app.services.followups.drafts import NextStepDraft, StepRecord, StepView
from app.services.followups.today import AgendaItem
from app.views.core import commands, labels
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.core.undoing import said
from app.views.customers.plan_popup import office_time
from app.views.customers.words import Calendar
from app.views.followups import acts, when_words
from app.views.followups.agenda_rows import StepRow
from app.views.followups.postpone_popup import PostponePopup
from app.views.sequences.talk_note import TalkNote
from app.views.widgets.badges import Tag
from app.views.widgets.buttons import Button
from app.views.widgets.card import Card
from app.views.widgets.fuzzy_time_edit import FuzzyTime, FuzzyTimeEdit
from app.views.widgets.text import ElidedLabel, Label

_FOLLOWING = 2


class StepPanel(Card):
    """Show the open next steps of one customer and act on them."""

    def __init__(self, view: ViewContext) -> None:
        super().__init__(_("下步事务"), icon="calendar_clock", name="step_panel")
        self._view = view
        self._calendar = Calendar(view.office)
        self._card: CustomerCard | None = None
        self.new = Button(_("新增"), "default", "plus", height=24, name="step_new")
        self.new.clicked.connect(self.plan)
        self.add_tool(self.new)
        self._holder = QWidget()
        self.body.addWidget(self._holder)
        self.body.addStretch(1)

    # -- showing -------------------------------------------------------------------------

    def show_card(self, card: CustomerCard) -> None:
        """Show the steps of a customer."""
        self._card = card
        record = self._view.office.followups.record(card.id)
        fresh = QWidget()
        rows = QVBoxLayout(fresh)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(themes.current().px(8))
        if record.open:
            rows.addWidget(self._current(record.open[0]))
        else:
            rows.addWidget(self._missing(card))
        rows.addLayout(self._rest(record))
        self.body.replaceWidget(self._holder, fresh)
        self._holder.hide()
        self._holder.deleteLater()
        self._holder = fresh

    def _current(self, step: StepView) -> QFrame:
        theme = themes.current()
        frame = QFrame()
        frame.setObjectName("current_step")
        frame.setProperty("card", "chosen")
        rows = QVBoxLayout(frame)
        rows.setContentsMargins(theme.px(11), theme.px(8), theme.px(11), theme.px(9))
        rows.setSpacing(theme.px(5))
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(Tag(labels.of(labels.PLAN_KIND, step.plan_kind), "accent"))
        when = Label(self._when(step), "name")
        late = self._calendar.group(step.window_start, step.window_end) is Group.overdue
        when.set_tone("bad" if late else "text")
        head.addWidget(when)
        if step.postpone_count:
            times = _("已顺延 {count} 次").format(count=step.postpone_count)
            head.addWidget(Label(times, "caption", "text3"))
        head.addStretch(1)
        head.addWidget(Label(step.staff, "caption", "text2"))
        rows.addLayout(head)
        rows.addWidget(Label(step.what or _("（没写做什么）"), "body", "text2", wrap=True))
        talk = self._view.office.sequences.talk_of(step.id)
        if talk is not None:
            rows.addWidget(TalkNote(talk))
        rows.addLayout(self._acts(step))
        frame.setAccessibleName(_("下步：{when}，{what}").format(when=when.text(), what=step.what))
        return frame

    def _acts(self, step: StepView) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(themes.current().px(6))
        done = Button(_("完成并写跟单"), "primary", "checkmark", height=24, name="step_done")
        done.clicked.connect(lambda: self.complete(step.id))
        later = Button(_("顺延"), "default", key="S", height=24, name="step_later")
        later.clicked.connect(lambda: self.postpone(step, later))
        cancel = Button(_("取消这一步"), "ghost", height=24, name="step_cancel")
        cancel.clicked.connect(lambda: self.cancel(step))
        for button in (done, later, cancel):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _when(self, step: StepView) -> str:
        window = Window(step.window_start, step.window_end, step.has_clock)
        return when_words.due_words(window, acts.moment_of(self._view))

    def _missing(self, card: CustomerCard) -> QFrame:
        theme = themes.current()
        frame = QFrame()
        frame.setObjectName("no_step")
        frame.setProperty("note", "plain" if card.life == "churned" else "warn")
        rows = QVBoxLayout(frame)
        rows.setContentsMargins(theme.px(11), theme.px(9), theme.px(11), theme.px(10))
        rows.setSpacing(theme.px(7))
        if card.life == "churned":
            rows.addWidget(Label(_("已失效，没有下步"), "small", "text2"))
            return frame
        words = _("没有下步，跟单链到这里就断了。什么时候再联系")
        rows.addWidget(Label(words, "small", "warn", wrap=True))
        chips = FuzzyTimeEdit(office_time(self._view), with_field=False)
        chips.changed.connect(self._quick)
        rows.addWidget(chips)
        return frame

    def _rest(self, record: StepRecord) -> QGridLayout:
        theme = themes.current()
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(2, 1)
        for row, step in enumerate(record.open[1 : 1 + _FOLLOWING]):
            grid.addWidget(Label(_("随后") if not row else "", "small", "text2"), row, 0)
            grid.addWidget(Tag(labels.of(labels.PLAN_KIND, step.plan_kind)), row, 1)
            grid.addWidget(ElidedLabel(step.what, "body", "text2"), row, 2)
            due = self._calendar.due(step.window_start, step.window_end)
            grid.addWidget(Label(due, "caption", "text2"), row, 3)
        more = len(record.open) - 1 - _FOLLOWING
        if more > 0:
            words = _("还有 {count} 条").format(count=more)
            grid.addWidget(Label(words, "caption", "text3"), _FOLLOWING, 1, 1, 3)
        if record.done_count or record.postponed_count:
            self._add_record(grid, record)
        return grid

    def _add_record(self, grid: QGridLayout, record: StepRecord) -> None:
        row = grid.rowCount()
        done = _("已完成 {count}").format(count=record.done_count)
        grid.addWidget(Label(done, "small", "text2"), row, 0)
        parts = [
            _("准时 {count}").format(count=record.on_time_count),
            _("顺延 {count}").format(count=record.postponed_count),
        ]
        if record.mean_gap_days is not None:
            parts.append(_("平均间隔 {days:.1f} 天").format(days=record.mean_gap_days))
        words = ElidedLabel(" · ".join(parts), "small", "text2")
        grid.addWidget(words, row, 1, 1, 3)

    # -- acts ----------------------------------------------------------------------------

    def complete(self, step_id: int = 0) -> None:
        """Open 写跟单 with the current step linked."""
        target = commands.find("follow_up").target
        if self._card is None or not commands.resolve(target):
            return
        found = step_id or self._first_id()
        commands.load(target)(self._view, self._card.id, step_id=found)

    def _first_id(self) -> int:
        steps = self._open()
        return steps[0].id if steps else 0

    def _open(self) -> Sequence[StepView]:
        if self._card is None:
            return ()
        return self._view.office.followups.record(self._card.id).open

    def plan(self) -> None:
        """Ask for a new step."""
        self._view.actions.run("next_step")

    def _quick(self, chosen: object) -> None:
        if isinstance(chosen, FuzzyTime):
            self._schedule(NextStepDraft(chosen.bucket, "keep_in_touch"))

    def _schedule(self, draft: NextStepDraft) -> None:
        if self._card is None:
            return
        saved = self._view.office.followups.schedule(self._card.id, draft)
        when = acts.next_words(saved, acts.moment_of(self._view))
        said(self._view, _("已安排下步：{when}").format(when=when))

    def postpone_first(self) -> None:
        """Ask until when the current step is put off."""
        steps = self._open()
        if steps:
            self.postpone(steps[0], self)

    def postpone(self, step: StepView, anchor: QWidget) -> None:
        """Ask until when a step is put off."""
        if self._card is None:
            return
        item = AgendaItem(
            step_id=step.id, customer_id=self._card.id, customer=self._card.name, contact="",
            plan_kind=step.plan_kind, what=step.what, bucket=step.bucket,
            window_start=step.window_start, window_end=step.window_end,
            has_clock=step.has_clock, quality=self._card.quality, grade=self._card.grade,
            expected_fen=self._card.expected_fen, staff_id=0,
            postpone_count=step.postpone_count,
        )  # fmt: skip
        group = self._calendar.group(step.window_start, step.window_end)
        moment = acts.moment_of(self._view)
        popup = PostponePopup([StepRow(item, group, moment)], moment, self)

        def decided(bucket: Bucket, clock: time | None, reason: str) -> None:
            try:
                acts.postpone(self._view, [step.id], bucket, clock, reason)
            except UserError as error:
                popup.complain(error.text())
            else:
                popup.close()

        popup.decided.connect(decided)
        popup.open_at(QRect(anchor.mapToGlobal(QPoint(0, 0)), anchor.size()))

    def cancel(self, step: StepView) -> None:
        """Close a step that will not be done."""
        from app.views.lists.name_dialog import ask_name

        reason = ask_name(
            self, _("取消这一步"), _("为什么不做了"), agree=_("取消这一步"), hint=_("对方已经办好")
        )
        if reason:
            self._view.office.followups.cancel(step.id, reason)
            said(self._view, _("已取消下步"))
