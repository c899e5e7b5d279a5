"""One field of a customer written as text, for one and for many, and taken back."""

import pytest

from app.errors import UserError
from app.services.customers import CustomerDraft
from app.services.customers.bulk import Chosen
from app.services.customers.drafts import ChannelDraft, ContactDraft
from app.services.customers.editing import is_editable
from app.services.customers.fields import FEATURE
from app.services.features import FieldDraft
from app.services.jobs import Progress
from app.services.lists import ListFilter


@pytest.fixture
def firm(office):
    sun = ContactDraft("孙丽", channels=(ChannelDraft("mobile", "138 0512 7746"),))
    return office.customers.add(CustomerDraft("启明", contacts=(sun,)))


def line(office, firm):
    return office.customers.rows([firm])[0]


@pytest.mark.parametrize(
    ("field", "value", "column", "expected"),
    [
        ("name", "青禾 食品", "name", "青禾 食品"),
        ("region", " 苏州 ", "region", "苏州"),
        ("source", "展会", "source", "展会"),
        ("quality", "valuable", "quality", "valuable"),
        ("grade", "big", "grade", "big"),
        ("expected", "4600000", "expected_fen", 4600000),
        ("stage", "2", "stage_position", 2),
        ("contact", "孙莉", "main_contact", "孙莉"),
        ("phone", "13912345678", "main_phone", "13912345678"),
    ],
)
def test_a_field_is_written_and_taken_back(office, firm, field, value, column, expected):
    before = getattr(line(office, firm), column)
    office.customers.edit(firm, field, value)
    assert getattr(line(office, firm), column) == expected
    undone = office.undo.take_back(office.context.last_act_id)
    assert undone.conflicts == ()
    assert getattr(line(office, firm), column) == before


def test_owner_day_and_amount_are_cleared(office, firm):
    staff = {one.name: one.id for one in office.staff.all()}
    office.customers.edit(firm, "owner", str(staff["陈立"]))
    office.customers.edit(firm, "expected_on", "2026-12-08")
    office.customers.edit(firm, "expected", "100")
    row = line(office, firm)
    assert (row.owner, str(row.expected_on), row.expected_fen) == ("陈立", "2026-12-08", 100)
    for field, value in (("owner", "0"), ("expected_on", ""), ("expected", "")):
        office.customers.edit(firm, field, value)
    row = line(office, firm)
    assert (row.owner_id, row.expected_on, row.expected_fen) == (0, None, None)


def test_the_first_contact_is_made_and_a_phone_needs_one(office):
    bare = office.customers.add(CustomerDraft("青禾"))
    with pytest.raises(UserError) as refused:
        office.customers.edit(bare, "phone", "13912345678")
    assert refused.value.code == "no_contact"
    office.customers.edit(bare, "contact", "李国伟")
    office.customers.edit(bare, "phone", "139 1234 5678")
    assert [c.name for c in office.customers.contacts(bare)] == ["李国伟"]
    assert line(office, bare).main_phone == "13912345678"
    office.customers.edit(bare, "phone", "")
    assert line(office, bare).main_phone == ""


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", "  ", "name_missing"),
        ("owner", "周敏", "bad_value"),
        ("expected", "很多", "bad_value"),
        ("expected_on", "明年", "bad_value"),
        ("contact", " ", "bad_value"),
        ("touched", "2026-01-01", "bad_value"),
        ("feature_7", "1", "bad_value"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_changes(office, firm, field, value, code):
    before = line(office, firm)
    with pytest.raises(UserError) as refused:
        office.customers.edit(firm, field, value)
    assert refused.value.code == code
    assert line(office, firm) == before


def test_a_stage_goes_back_with_a_reason_only(office, firm):
    office.customers.edit(firm, "stage", "3")
    with pytest.raises(UserError) as refused:
        office.customers.edit(firm, "stage", "1")
    assert refused.value.code == "reason_missing"
    office.customers.edit(firm, "stage", "1", "预算没批")
    assert line(office, firm).stage_position == 1


def test_features_are_written_by_their_type(office, firm):
    drafts = [
        FieldDraft("工艺"),
        FieldDraft("年预算", "money"),
        FieldDraft("材料", "multi", options=("钢", "铝")),
        FieldDraft("有竞品", "yes_no"),
    ]
    text, budget, material, rival = office.features.define(drafts)
    fields = {one.id: one for one in office.features.fields()}
    steel, aluminium = (one.id for one in fields[material].options)
    for field_id, value in (
        (text, "冲压"), (budget, "1000000"), (material, f"{steel},{aluminium}"), (rival, "1"),
    ):  # fmt: skip
        office.customers.edit(firm, f"{FEATURE}{field_id}", value)
    shown = office.features.of_customers([firm], [text, budget, material, rival])
    assert [shown[firm, one] for one in (text, budget, material, rival)] == [
        "冲压", "10,000", "钢、铝", "是"]  # fmt: skip
    office.customers.edit(firm, f"{FEATURE}{material}", "")
    assert (firm, material) not in office.features.of_customers([firm], [material])
    with pytest.raises(UserError) as refused:
        office.customers.edit(firm, f"{FEATURE}{budget}", "一点")
    assert refused.value.code == "bad_value"


def test_many_are_written_as_one_batch(office, firm):
    more = [office.customers.add(CustomerDraft(f"客户{at}")) for at in range(3)]
    done = office.customers.bulk.edit(Chosen(frozenset(more)), "region", "无锡", Progress())
    assert done.done_count == 3
    assert [line(office, one).region for one in (firm, *more)] == ["", "无锡", "无锡", "无锡"]
    assert office.undo.take_back(done.batch_id).conflicts == ()
    assert {row.region for row in office.customers.page(ListFilter()).rows} == {""}


def test_a_reader_may_not_edit(office, firm):
    from app.services.staff import StaffDraft

    office.staff.add(StaffDraft("何会计", role="finance"))
    office.staff.act_as("何会计")
    with pytest.raises(UserError) as refused:
        office.customers.edit(firm, "region", "苏州")
    assert refused.value.code == "not_allowed"


def test_what_follows_from_other_records_is_not_editable():
    assert is_editable("name")
    assert is_editable("stage")
    assert is_editable("feature_5")
    assert not any(map(is_editable, ("touched", "life", "next", "created", "plan")))
