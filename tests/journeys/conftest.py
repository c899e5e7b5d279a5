"""The real window over real books."""

from __future__ import annotations

import pytest

from app import bootstrap
from app.prefs import Prefs, StartOptions
from app.services.admin import OfficeDraft
from app.services.staff import StaffDraft
from app.views.core.start_session import Session
from tests.views.conftest import dialogs

__all__ = ["dialogs"]

PASSPHRASE = "lanhai-7392x"


@pytest.fixture
def run(qapp):
    """Return a function that starts the window with options; all are closed at the end."""
    sessions = []

    def begin(**options):
        prefs = Prefs()
        session = Session(qapp, prefs, StartOptions(**options), bootstrap)
        sessions.append(session)
        session.begin()
        return session

    yield begin
    for session in sessions:
        session.shell.close()
        session.end()
        session.shell.deleteLater()


@pytest.fixture
def make_book(tmp_path):
    """Return a function that makes a closed book and returns its folder and recovery code."""

    def make(name="a", passphrase=PASSPHRASE, hint="老地方"):
        folder = tmp_path / f"{name}.gendan"
        people = (StaffDraft("林建国", role="boss"), StaffDraft("周敏", role="sales"))
        office, code = bootstrap.new_office(
            folder,
            OfficeDraft("蓝海仪器", people, "manufacturing"),
            passphrase=passphrase,
            hint=hint,
        )
        office.close()
        return folder, code

    return make
