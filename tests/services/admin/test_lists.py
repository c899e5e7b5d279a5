"""Words of editable lists: order, hide, bring back, undo."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.services.staff import StaffDraft
from tests.factories import empty_office


@pytest.fixture
def office(tmp_path):
    made = empty_office(tmp_path / "a.gendan")
    yield made
    made.close()


def labels(office, *, with_archived=False):
    return [one.label for one in office.admin.choices("source", with_archived=with_archived)]


def test_words_come_in_the_order_they_are_given(office):
    choices = office.admin.choices("source")
    office.admin.order_choices([one.id for one in reversed(choices)])
    assert labels(office) == [one.label for one in reversed(choices)]


def test_a_hidden_word_is_brought_back(office):
    first = office.admin.choices("source")[0]
    office.admin.archive_choices([first.id])
    assert first.label not in labels(office)
    assert first.label in labels(office, with_archived=True)
    office.admin.bring_back_choice(first.id)
    assert labels(office)[0] == first.label


def test_each_change_can_be_taken_back(office):
    before = labels(office)
    first = office.admin.choices("source")[0]
    office.admin.rename_choice(first.id, "老客户介绍")
    office.admin.order_choices([one.id for one in reversed(office.admin.choices("source"))])
    for _act in range(2):
        office.undo.take_back(office.undo.last().id)
    assert labels(office) == before


def test_only_those_who_manage_change_lists(office):
    office.staff.add(StaffDraft("陈立"))
    office.staff.act_as("陈立")
    with pytest.raises(UserError):
        office.admin.order_choices([])
    with pytest.raises(UserError):
        office.admin.bring_back_choice(1)
