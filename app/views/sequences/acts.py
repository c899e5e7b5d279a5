"""What a person does to sequences from the page: edit, try, adopt, put away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.services.sequences.drafts import SequenceView, VersionDraft
from app.views.core.forms import ask
from app.views.core.undoing import said
from app.views.sequences.editor import Editing, SequenceEditor

if TYPE_CHECKING:
    from app.views.core.page import ViewContext
    from app.views.sequences.sequences_page import SequencesPage


def _opened(dialog: SequenceEditor) -> SequenceEditor:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def edit_sequence(page: SequencesPage, here: SequenceView) -> SequenceEditor:
    """Open the editor on the wording that holds."""
    return _opened(SequenceEditor(page.view, Editing(here, here.current.draft()), page))


def new_sequence(page: SequencesPage, draft: VersionDraft | None = None) -> SequenceEditor:
    """Open the editor on a sequence that is still to be made."""
    wanted = draft or VersionDraft((page.view.office.sequences.templates()[0].version.steps[0],))
    return _opened(SequenceEditor(page.view, Editing(None, wanted), page))


def try_change(
    view: ViewContext, here: SequenceView, draft: VersionDraft, parent: QWidget
) -> SequenceEditor:
    """Open the editor on a wording to be tried beside the present one."""
    return _opened(SequenceEditor(view, Editing(here, draft, trial=True), parent))


def make_must(page: SequencesPage, here: SequenceView, place: int) -> None:
    """Let a step be one that must be done, as a new version, when the person agrees."""
    draft = here.current.draft()
    name = draft.steps[place - 1].name
    agreed = ask(
        page,
        _("把「{step}」设为必做步骤？").format(step=name),
        _("会存成新版本；已经在走的客户仍按原来的版本。相关不等于因果，先看几家再定"),
        yes=_("设为必做"),
    )
    if not agreed:
        return
    steps = list(draft.steps)
    steps[place - 1] = replace(steps[place - 1], must=True)
    note = _("{step} 设为必做").format(step=name)
    page.view.office.sequences.save(here.id, replace(draft, steps=tuple(steps), note=note))
    said(page.view, _("已存成新版本"))


def end_trial(page: SequencesPage, here: SequenceView, *, adopt: bool) -> None:
    """End the trial of a sequence."""
    page.view.office.sequences.end_trial(here.id, adopt=adopt)
    said(page.view, _("试行版本已转为现行") if adopt else _("试行已结束，现行版本不变"))


def turn_auto(page: SequencesPage, here: SequenceView, *, auto: bool) -> None:
    """Let customers that fit be enrolled by rule from today on, or no longer."""
    page.view.office.sequences.change(here.id, auto=auto)
    said(page.view, _("今后符合条件的新客户自动加入") if auto else _("不再自动加入"))


def put_away(page: SequencesPage, here: SequenceView) -> None:
    """Put a sequence away; who runs through it goes on."""
    page.view.office.sequences.change(here.id, archived=True, auto=False)
    said(page.view, _("已停用「{name}」").format(name=here.name))
