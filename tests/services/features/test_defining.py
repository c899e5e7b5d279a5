"""Fields as the manager changes them."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.services.customers.drafts import CustomerDraft
from app.services.features import FeatureDraft, FieldDraft
from tests.factories import empty_office


@pytest.fixture
def office(tmp_path):
    made = empty_office(tmp_path / "a.gendan")
    yield made
    made.close()


def test_fields_come_in_the_order_they_are_given(office):
    ids = [one.id for one in office.features.fields()]
    office.features.order_fields(ids[::-1])
    assert [one.id for one in office.features.fields()] == ids[::-1]


def test_a_hidden_field_is_there_on_request(office):
    first = office.features.fields()[0]
    office.features.archive_field(first.id)
    assert first.id not in [one.id for one in office.features.fields()]
    found = {one.id: one for one in office.features.fields(with_archived=True)}
    assert found[first.id].archived
    office.features.change_field(first.id, archived=False)
    assert first.id in [one.id for one in office.features.fields()]


def test_the_type_changes_only_while_nothing_is_known(office):
    (field_id,) = office.features.define([FieldDraft("月产量", type="text")])
    office.features.change_field(field_id, type="number")
    customer_id = office.customers.add(CustomerDraft("蓝海仪器"))
    office.features.learn(customer_id, [FeatureDraft(field_id, "1200")])
    with pytest.raises(UserError) as told:
        office.features.change_field(field_id, type="text")
    assert told.value.code == "type_in_use"
    assert office.features.fill_counts()[field_id] == 1


def test_a_renamed_option_keeps_what_was_chosen(office):
    (field_id,) = office.features.define(
        [FieldDraft("产线", type="multi", options=("一线", "二线"))]
    )
    field = next(one for one in office.features.fields() if one.id == field_id)
    customer_id = office.customers.add(CustomerDraft("蓝海仪器"))
    ids = tuple(one.id for one in field.options)
    office.features.learn(customer_id, [FeatureDraft(field_id, option_ids=ids)])
    office.features.rename_option(ids[0], " 南线 ")
    known = next(
        one for one in office.features.of_customer(customer_id) if one.field.id == field_id
    )
    assert known.shown == "南线、二线"
    assert office.features.fill_counts() == {field_id: 1}
