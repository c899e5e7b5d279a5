"""What is done to ticked or chosen customers from the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.services.calibration import CalibrationDraft
from app.services.customers.bulk import Chosen, Done
from app.services.followups.drafts import NextStepDraft
from app.services.jobs import Progress
from app.views.core.page import ViewContext
from app.views.core.runner import run_job
from app.views.core.undoing import said
from app.views.customers import words

Job = Callable[[Progress], Done]


class ListActs:
    """Run bulk writes as jobs; each ends with a toast that takes all of it back."""

    def __init__(self, view: ViewContext, parent: QWidget, finished: Callable[[], object]) -> None:
        self._view = view
        self._parent = parent
        self._finished = finished

    def give_to(self, chosen: Chosen) -> None:
        """Ask for a person and hand the customers over."""
        from app.views.customers.owner_dialog import OwnerDialog

        dialog = OwnerDialog(self._view.office, self._parent)
        staff_id = dialog.staff_id() if dialog.exec() else None
        if staff_id is not None:
            person = dialog.staff_name()
            self._run(
                partial(_give, self._view.office, chosen, staff_id),
                _("改负责人"),
                lambda count: _("{firms}已交给 {person}").format(firms=count, person=person),
            )

    def rate(self, chosen: Chosen) -> None:
        """Ask for a value and write it at all of them."""
        from app.views.calibration.popover import RatePopUp

        popup = RatePopUp(self._view, self._parent)
        popup.saved.connect(lambda draft: self._rate(chosen, draft))
        popup.show_in_middle()

    def _rate(self, chosen: Chosen, draft: CalibrationDraft) -> None:
        office = self._view.office
        self._run(
            partial(_rate, office, chosen, draft),
            _("标定价值"),
            lambda count: _("已标定 {firms}").format(firms=count),
        )

    def plan(self, chosen: Chosen) -> None:
        """Ask for a next step and open it at all of them."""
        from app.views.customers.plan_popup import PlanPopUp

        popup = PlanPopUp(self._view, self._parent)
        popup.saved.connect(lambda draft: self._plan(chosen, draft))
        popup.show_in_middle()

    def _plan(self, chosen: Chosen, draft: NextStepDraft) -> None:
        self._run(
            partial(_plan, self._view.office, chosen, draft),
            _("安排下步"),
            lambda count: _("已给 {firms}安排下步").format(firms=count),
        )

    def remove(self, chosen: Chosen) -> None:
        """Put the customers into the recycle bin."""
        self._run(
            partial(self._view.office.customers.bulk.remove, chosen),
            _("删除客户"),
            lambda count: _("已删除 {firms}，90 天内可在回收站恢复").format(firms=count),
        )

    def _run(self, job: Job, title: str, told: Callable[[str], str]) -> None:
        def done(result: Done) -> None:
            self._finished()
            text = told(words.firms(result.done_count))
            if result.done_count < result.wanted_count:
                left = words.firms(result.wanted_count - result.done_count)
                text = _("{text}；停下时还剩 {left}没动").format(text=text, left=left)
            said(self._view, text, result.batch_id)

        run_job(self._parent, job, done, title=title, writing=True)


def _give(office: Any, chosen: Chosen, staff_id: int, progress: Progress) -> Done:
    done: Done = office.customers.bulk.give_to(chosen, staff_id, progress)
    return done


def _rate(office: Any, chosen: Chosen, draft: CalibrationDraft, progress: Progress) -> Done:
    done: Done = office.calibration.save_many(office.customers.bulk, chosen, draft, progress)
    return done


def _plan(office: Any, chosen: Chosen, draft: NextStepDraft, progress: Progress) -> Done:
    done: Done = office.followups.schedule_many(office.customers.bulk, chosen, draft, progress)
    return done
