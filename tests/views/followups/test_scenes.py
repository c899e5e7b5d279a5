"""The pictures beside the pages show something and leave nothing behind."""

from __future__ import annotations

from app.services.followups import FORM, QUICK_FORM
from app.views.followups import scenes
from app.views.followups.followup_form import FollowupForm
from app.views.followups.postpone_popup import PostponePopup


def test_the_form_is_shown_filled_and_leaves_no_draft(window, office, settle):
    form = scenes.followup(window)
    assert isinstance(form, FollowupForm)
    assert form.next.draft().plan_kind == "counter_rival"
    settle(1_200)
    form.close()
    settle()
    assert office.followups.drafts.unfinished(FORM) == []


def test_the_pop_up_is_shown(window):
    popup = scenes.postpone(window)
    assert isinstance(popup, PostponePopup)
    popup.close()


def test_the_quick_line_is_shown_with_its_parts(window, office, settle):
    dialog = scenes.quick_line(window)
    assert {"channel", "grade", "amount", "time", "plan", "what"} <= set(dialog.chips.words())
    settle(1_200)
    dialog.close()
    settle()
    assert office.followups.drafts.unfinished(QUICK_FORM) == []
