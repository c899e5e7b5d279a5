"""What can be done with a step of the calendar, and the calendar as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QMenu

from app.errors import UserError
from app.i18n import _, ngettext
from app.models.values.nextstep import Bucket, Group
from app.services.followups.calendar import PlannedStep
from app.services.followups.today import AgendaItem
from app.views.core import undoing
from app.views.core.forms import say
from app.views.core.page import ViewContext
from app.views.core.runner import run_job
from app.views.followups import acts
from app.views.followups.agenda_rows import StepRow
from app.views.widgets.text import cut

if TYPE_CHECKING:
    from app.services.followups.icsread import CalendarTaken
    from app.views.followups.calendar_page import CalendarPage


_MOST, _LONGEST = 12, 60


def complete(view: ViewContext, step: PlannedStep) -> None:
    """Open 写跟单 with the step linked."""
    from app.views.followups.form import write_followup

    write_followup(view, step.customer_id, step_id=step.step_id)


def postpone(page: CalendarPage, step: PlannedStep) -> None:
    """Ask until when and put the step off."""
    from app.views.followups.postpone_popup import PostponePopup

    moment = acts.moment_of(page.view)
    item = AgendaItem(
        step.step_id, step.customer_id, step.customer, step.contact, step.plan_kind, step.what,
        Bucket.date, step.window_start, step.window_end, step.has_clock, "", step.grade, None,
        0, step.postpone_count,
    )  # fmt: skip
    popup = PostponePopup([StepRow(item, Group.later, moment)], moment, page)

    def decided(bucket: Bucket, clock: Any, reason: str) -> None:
        try:
            acts.postpone(page.view, [step.step_id], bucket, clock, reason)
        except UserError as error:
            popup.complain(error.text())
        else:
            popup.close()

    popup.decided.connect(decided)
    rect = page.list.visualItemRect(page.list.currentItem())
    rect.moveTopLeft(page.list.viewport().mapToGlobal(rect.topLeft()))
    popup.open_at(rect)


def files_menu(page: CalendarPage) -> QMenu:
    """Return the menu of calendar files."""
    menu = QMenu(page)
    menu.setObjectName("agenda_files")
    menu.addAction(_("导出到日历文件…")).triggered.connect(lambda: _choose_target(page))
    menu.addAction(_("导入日历文件…")).triggered.connect(lambda: _choose_source(page))
    return menu


def _choose_target(page: CalendarPage) -> None:
    name, _kind = QFileDialog.getSaveFileName(
        page, _("导出到日历文件"), f"{_('日程')}.ics", _("日历文件") + " (*.ics)"
    )
    if name:
        write_calendar(page, Path(name))


def _choose_source(page: CalendarPage) -> None:
    name, _kind = QFileDialog.getOpenFileName(
        page, _("导入日历文件"), "", _("日历文件") + " (*.ics)"
    )
    if name:
        read_calendar(page, Path(name))


def write_calendar(page: CalendarPage, path: Path) -> None:
    """Write this person's steps to a calendar file behind the window."""
    followups = page.view.office.followups
    staff_id = page.view.office.context.actor.staff_id

    def done(count: int) -> None:
        words = ngettext("已导出 {count} 件到 {file}", "已导出 {count} 件到 {file}", count)
        page.view.toast(words.format(count=count, file=path.name))

    run_job(
        page,
        lambda _progress: followups.write_calendar(path, staff_id),
        done,
        title=_("导出到日历文件"),
    )


def read_calendar(page: CalendarPage, path: Path) -> None:
    """Take a calendar file behind the window and tell what became of it."""
    followups = page.view.office.followups
    run_job(
        page,
        lambda _progress: followups.read_calendar(path),
        lambda taken: _told(page, taken),
        title=_("导入日历文件"),
        writing=True,
    )


def _told(page: CalendarPage, taken: CalendarTaken) -> None:
    words = taken_words(taken)
    if taken.created or taken.moved or taken.closed:
        undoing.said(page.view, words)
    else:
        page.view.toast(words)
    if taken.unmatched:
        listed = "\n".join(cut(one or "—", _LONGEST) for one in taken.unmatched[:_MOST])
        say(page, _("这些没有写明是哪家客户，没有收下"), listed)


def taken_words(taken: CalendarTaken) -> str:
    """Return 新增 3，改期 1，完成或取消 0，已有 5，没认出客户 2."""
    words = _(
        "日历：新增 {created}，改期 {moved}，完成或取消 {closed}，已有 {already}，没认出客户 {left}"
    )
    return words.format(
        created=taken.created,
        moved=taken.moved,
        closed=taken.closed,
        already=taken.already,
        left=len(taken.unmatched),
    )
