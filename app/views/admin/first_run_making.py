"""What the wizard does on another thread: get ready, and make the book."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.i18n import _
from app.views.admin.first_run_step import SAMPLE, Answers

if TYPE_CHECKING:
    from app.models.values.clock import Clock
    from app.services.jobs import Progress
    from app.services.office import Office
    from app.views.core.start_books import Bootstrap


def read_ready(bootstrap: Bootstrap) -> Answers:
    """Return templates, a recovery code and word of the keyring; takes half a second."""
    from app.services.admin.setting_up import templates

    ready = Answers(Path())
    ready.recovery_code = bootstrap.new_recovery_code()
    ready.keyring_works = bootstrap.keyring_works()
    ready.templates = tuple(templates())
    return ready


def make_book(bootstrap: Bootstrap, answers: Answers, clock: Clock, progress: Progress) -> Office:
    """Make the book of the answers and return its office."""
    from app.services.admin import OfficeDraft
    from app.services.staff import StaffDraft

    passphrase = answers.passphrase if answers.encrypted else None
    if answers.begin == SAMPLE:
        return bootstrap.window_demo(
            answers.folder,
            passphrase=passphrase,
            hint=answers.hint,
            recovery_code=answers.recovery_code,
            remember=answers.remember,
            clock=clock,
            progress=progress,
        )
    people = [one for one in answers.people if one.name]
    staff = tuple(StaffDraft(one.name, team=one.team, role=one.role) for one in people)
    office, _code = bootstrap.new_office(
        answers.folder,
        OfficeDraft(
            company=answers.company,
            staff=staff or (StaffDraft(_("管理者"), role="boss"),),
            template=answers.template or "",
        ),
        passphrase=passphrase,
        hint=answers.hint,
        recovery_code=answers.recovery_code if answers.encrypted else "",
        remember=answers.remember and answers.encrypted,
        clock=clock,
    )
    return office
