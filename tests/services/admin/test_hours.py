"""Working hours that change hold for the next step that is written next."""

from __future__ import annotations

from datetime import time

import pytest

from app.errors import UserError


def test_new_hours_hold_at_once(office):
    assert office.followups.office_time.hours.day_start == time(9)
    office.admin.change_settings(day_start="08:30", day_end="17:30")
    hours = office.followups.office_time.hours
    assert (hours.day_start, hours.day_end) == (time(8, 30), time(17, 30))


@pytest.mark.parametrize("change", [{"day_start": "19:00"}, {"day_end": "8 点"}])
def test_hours_that_cannot_be_are_refused(office, change):
    with pytest.raises(UserError) as told:
        office.admin.change_settings(**change)
    assert told.value.code == "bad_hours"
    assert office.admin.settings().day_start == "09:00"
