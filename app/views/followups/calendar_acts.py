"""What can be done with a step of the calendar, and the calendar as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu

from app.errors import UserError
from app.models.values.nextstep import Bucket, Group
from app.services.followups.calendar import PlannedStep
from app.services.followups.today import AgendaItem
from app.views.core.page import ViewContext
from app.views.followups import acts
from app.views.followups.agenda_rows import StepRow

if TYPE_CHECKING:
    from app.views.followups.calendar_page import CalendarPage


FILES: tuple[str, ...] = ()


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
    return QMenu(page)
