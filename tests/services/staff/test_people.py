"""Who works here: addresses, and the last one who manages."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import UserError
from app.services.staff import StaffDraft
from tests.factories import empty_office


@pytest.fixture
def office(tmp_path):
    made = empty_office(
        tmp_path / "a.gendan",
        StaffDraft("林建国", role="boss", addresses=(("mobile", "138 0000 0001"),)),
        StaffDraft("周敏"),
    )
    yield made
    made.close()


def test_own_addresses_are_kept_as_they_were_typed(office):
    boss = office.staff.named("林建国")
    assert office.staff.addresses(boss.id) == [("mobile", "138 0000 0001")]
    office.staff.change(
        boss.id, addresses=[("mobile", "13800000001"), ("email", "lin@example.com")]
    )
    kinds = [kind for kind, _raw in office.staff.addresses(boss.id)]
    assert kinds == ["mobile", "email"]
    office.staff.change(boss.id, addresses=[("email", "lin@example.com")])
    assert office.staff.addresses(boss.id) == [("email", "lin@example.com")]
    assert office.staff.all_addresses() == {boss.id: [("email", "lin@example.com")]}


@pytest.mark.parametrize("change", [{"role": "sales"}, {"left_on": date(2026, 11, 1)}])
def test_somebody_must_manage(office, change):
    boss, other = office.staff.named("林建国"), office.staff.named("周敏")
    with pytest.raises(UserError) as told:
        office.staff.change(boss.id, **change)
    assert told.value.code == "last_manager"
    assert office.staff.named("林建国").role == "boss"
    office.staff.change(other.id, role="lead")
    office.staff.change(boss.id, **change)
