"""The pictures beside the pages show something and leave nothing behind."""

from __future__ import annotations

from app.services.followups import FORM
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
