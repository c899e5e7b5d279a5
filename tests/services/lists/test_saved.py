import pytest
from sqlalchemy import select

from app.errors import UserError
from app.models.tables.admin import ListView
from app.models.values.pages import Sort
from app.services.lists import Condition, Group
from app.services.lists.saved import Layout, ViewDraft

SUZHOU = Condition("region", "is", ("苏州",))
DRAFT = ViewDraft(
    "苏州大单",
    (SUZHOU, Group((Condition("grade", "is", ("big",)), Group((SUZHOU,), all=True)))),
    Sort("region", False, (Sort("expected_fen", True),)),
    "owner",
    Layout(("tick", "name", "phone"), (("phone", 140),), 2, "two_line"),
)


def titles(office, list_name="customers"):
    return [one.title for one in office.views.all(list_name)]


def test_a_view_comes_back_as_it_was_kept(office):
    view_id = office.views.save("customers", DRAFT)
    (found,) = office.views.all("customers")
    assert (found.id, found.title, found.where, found.sort, found.group, found.layout) == (
        view_id, DRAFT.title, DRAFT.where, DRAFT.sort, DRAFT.group, DRAFT.layout,
    )  # fmt: skip
    assert (found.shared, found.mine, found.changeable) == (False, True, True)
    assert office.views.all("contracts") == ()


def test_private_views_are_seen_by_their_owner_and_shared_ones_by_all(office):
    office.staff.act_as("周敏")
    mine = office.views.save("customers", DRAFT)
    office.views.save("customers", ViewDraft("我的"))
    office.staff.act_as("陈立")
    assert titles(office) == []
    with pytest.raises(UserError) as refused:
        office.views.rename(mine, "陈立的")
    assert refused.value.code == "no_such_view"
    office.staff.act_as("周敏")
    office.views.share(mine, shared=True)
    assert titles(office) == ["苏州大单", "我的"]
    office.staff.act_as("陈立")
    (seen,) = office.views.all("customers")
    assert (seen.mine, seen.changeable) == (False, False)
    with pytest.raises(UserError) as refused:
        office.views.change(mine, ViewDraft("别的"))
    assert refused.value.code == "not_your_view"
    office.staff.act_as("林建国")
    assert office.views.all("customers")[0].changeable
    office.views.share(mine, shared=False)
    assert titles(office) == []


def test_a_view_is_changed_renamed_removed_and_brought_back(office):
    view_id = office.views.save("customers", DRAFT)
    office.views.change(view_id, ViewDraft("不看标题", (SUZHOU,), Sort("name")))
    office.views.rename(view_id, " 苏州 ")
    (found,) = office.views.all("customers")
    assert (found.title, found.where, found.sort) == ("苏州", (SUZHOU,), Sort("name"))
    office.views.remove(view_id)
    assert titles(office) == []
    office.undo.take_back(office.context.last_act_id)
    assert titles(office) == ["苏州"]
    for act in (lambda: office.views.rename(view_id, " "), lambda: office.views.rename(1, "x")):
        with pytest.raises(UserError):
            act()
    assert titles(office) == ["苏州"]


def test_views_are_brought_into_an_order_and_back(office):
    ids = [office.views.save("customers", ViewDraft(title)) for title in "甲乙丙"]
    office.views.order((ids[2], ids[0], ids[1]))
    assert titles(office) == ["丙", "甲", "乙"]
    office.undo.take_back(office.context.last_act_id)
    assert titles(office) == ["甲", "乙", "丙"]


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"where": [["a"]], "sort": []}', '{"where": [], "sort": [1]}']
)
def test_a_damaged_view_is_left_out(office, body):
    office.views.save("customers", DRAFT)
    spoilt = office.views.save("customers", ViewDraft("坏的"))
    with office.context.write() as unit:
        unit.change(ListView, spoilt, body=body)
    assert titles(office) == ["苏州大单"]


def test_a_view_leaves_an_audit_entry_and_tells_who_keeps_it(office):
    office.staff.act_as("周敏")
    view_id = office.views.save("customers", DRAFT)
    with office.context.read() as reader:
        row = reader.one(select(ListView.staff_id, ListView.position).where(ListView.id == view_id))
    assert tuple(row) == (office.context.actor.staff_id, 1)
    assert office.undo.last().label == "存视图"
