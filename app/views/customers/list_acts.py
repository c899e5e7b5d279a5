"""What is done to ticked or chosen customers from the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.services.calibration import CalibrationDraft
from app.services.customers.bulk import Chosen, Done
from app.services.customers.previews import Preview
from app.services.customers.tags import TagDraft
from app.services.followups.drafts import NextStepDraft
from app.services.jobs import Progress
from app.services.undo.bin import Carried
from app.views.admin.bin_acts import ask_deletion, going_with
from app.views.core.page import ViewContext
from app.views.core.runner import run_job
from app.views.core.undoing import said
from app.views.customers import words
from app.views.customers.previews import Ask, PreviewDialog, ask_edit, is_many
from app.views.lists.vocabulary import Vocabulary

Job = Callable[[Progress], Done]


class ListActs:
    """Run bulk writes as jobs; each ends with a toast that takes all of it back."""

    def __init__(
        self,
        view: ViewContext,
        parent: QWidget,
        vocabulary: Vocabulary,
        finished: Callable[[], object],
    ) -> None:
        self._view = view
        self._parent = parent
        self._vocabulary = vocabulary
        self._finished = finished

    def edit(self, chosen: Chosen) -> None:
        """Ask for a field and its value, and bring all of them to it."""
        from app.views.customers.bulk_edit import BulkEditDialog

        dialog = BulkEditDialog(self._view, self._vocabulary, chosen, self._parent)
        if dialog.exec():
            field, text, why = dialog.field(), dialog.text(), dialog.why()
            told = _("已改 {firms}的{field}")
            self._run(
                partial(_edit, self._view.office, chosen, field, text, why),
                _("批量修改"),
                lambda count: told.format(firms=count, field=dialog.title()),
            )

    def tag(self, chosen: Chosen) -> None:
        """Ask for tags and put them on, or take them off."""
        from app.views.customers.tag_dialog import TagDialog

        tags, many = self._view.office.customers.tags, is_many(chosen)
        present = None if many else tags.of_customers(tuple(chosen.ids))
        shown = None if present is None else present.get(next(iter(chosen.ids), 0), ())
        dialog = TagDialog(tags.all(), shown, self._parent)
        if not dialog.exec():
            return
        draft = dialog.draft()
        title = _("去掉标签：{tags}") if many and not draft.add else _("加标签：{tags}")
        ask = partial(_ask_tags, self._view.office, chosen, draft)
        if self._agreed(chosen, title.format(tags=dialog.words()), ask):
            self._run(
                partial(_tag, self._view.office, chosen, draft),
                _("改标签"),
                lambda count: _("已改 {firms}的标签").format(firms=count),
            )

    def _agreed(self, chosen: Chosen, title: str, ask: Ask, **words: Any) -> bool:
        """Show what changes at several customers; one is written without asking."""
        if not is_many(chosen):
            return True
        return bool(PreviewDialog(self._parent, title, ask, **words).exec())

    def give_to(self, chosen: Chosen) -> None:
        """Ask for a person and hand the customers over."""
        from app.views.customers.owner_dialog import OwnerDialog

        dialog = OwnerDialog(self._view.office, self._parent)
        staff_id = dialog.staff_id() if dialog.exec() else None
        if staff_id is not None:
            person = dialog.staff_name()
            ask = partial(ask_edit, self._view.office, chosen, "owner", str(staff_id))
            word_of = partial(self._vocabulary.value_words, "owner")
            if not self._agreed(chosen, _("改负责人"), ask, to=person, word_of=word_of):
                return
            self._run(
                partial(_give, self._view.office, chosen, staff_id),
                _("改负责人"),
                lambda count: _("{firms}已交给 {person}").format(firms=count, person=person),
            )

    def merge(self, chosen: Chosen) -> None:
        """Show two or more customers side by side and merge them as it is chosen."""
        from app.views.customers.merging import merge_customers

        merge_customers(self._view, chosen, self._parent, self._finished)

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

    def enrol(self, chosen: Chosen) -> None:
        """Ask for a sequence and begin it at all of them."""
        from app.views.sequences.enrol_dialog import EnrolDialog

        count = words.firms(len(chosen.ids)) if chosen.wanted is None else _("符合条件的客户")
        dialog = EnrolDialog(self._view, count, self._parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(lambda sequence_id: self._enrol(chosen, int(sequence_id)))
        dialog.open()

    def _enrol(self, chosen: Chosen, sequence_id: int) -> None:
        self._run(
            partial(_enrol, self._view.office, chosen, sequence_id),
            _("加入动作序列"),
            lambda count: _("{firms}已加入动作序列").format(firms=count),
        )

    def remove(self, chosen: Chosen) -> None:
        """Tell what goes with the customers, and put them into the recycle bin."""

        def counted(found: tuple[int, Sequence[Carried]]) -> None:
            count, going = found
            ask_deletion(
                self._parent, going, words.firms(count).strip(), partial(self._remove, chosen)
            )

        run_job(self._parent, partial(going_with, self._view.office, chosen), counted)

    def _remove(self, chosen: Chosen) -> None:
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


def _ask_tags(office: Any, chosen: Chosen, draft: TagDraft, _progress: Progress) -> Preview:
    found: Preview = office.customers.preview_tags(chosen, draft)
    return found


def _tag(office: Any, chosen: Chosen, draft: TagDraft, progress: Progress) -> Done:
    done: Done = office.customers.tags.change_many(chosen, draft, progress)
    return done


def _edit(office: Any, chosen: Chosen, field: str, text: str, why: str, progress: Progress) -> Done:
    done: Done = office.customers.bulk.edit(chosen, field, text, progress, why)
    return done


def _give(office: Any, chosen: Chosen, staff_id: int, progress: Progress) -> Done:
    done: Done = office.customers.bulk.give_to(chosen, staff_id, progress)
    return done


def _rate(office: Any, chosen: Chosen, draft: CalibrationDraft, progress: Progress) -> Done:
    done: Done = office.calibration.save_many(office.customers.bulk, chosen, draft, progress)
    return done


def _plan(office: Any, chosen: Chosen, draft: NextStepDraft, progress: Progress) -> Done:
    done: Done = office.followups.schedule_many(office.customers.bulk, chosen, draft, progress)
    return done


def _enrol(office: Any, chosen: Chosen, sequence_id: int, progress: Progress) -> Done:
    bulk = office.customers.bulk
    done: Done = office.sequences.enrol_many(bulk, chosen, sequence_id, progress)
    return done
