"""An office over a real plain book, with a clock the test moves."""

from __future__ import annotations

import pytest

from app.bootstrap import new_office
from app.models.values.dates import parse_instant, zone
from app.services.admin import OfficeDraft
from app.services.staff import StaffDraft

SHANGHAI = zone("Asia/Shanghai")


class HandClock:
    """A clock that stands where the test put it."""

    def __init__(self, text: str) -> None:
        self.given = True
        self.set(text)

    def set(self, text: str) -> None:
        """Move the clock to an office-local moment."""
        self._instant = parse_instant(text, SHANGHAI)

    def now(self) -> int:
        """Return the instant it stands at."""
        return self._instant


@pytest.fixture
def clock():
    """Start on the Monday morning of the design's pictures."""
    return HandClock("2026-11-23 10:00")


@pytest.fixture
def office(tmp_path, clock):
    """Open a new plain book with a boss and two sellers in one team."""
    staff = (
        StaffDraft("林建国", role="boss"),
        StaffDraft("周敏", team="销售一部"),
        StaffDraft("陈立", team="销售一部"),
    )
    draft = OfficeDraft(company="启明", staff=staff, template="manufacturing")
    made, _ = new_office(tmp_path / "office.gendan", draft, passphrase=None, clock=clock)
    yield made
    made.close()
