"""What was deleted, by whom and from where; back with all of it, or gone for good."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from app.errors import Cancelled, UserError
from app.models.tables.base import Base
from app.models.tables.customers import Contact, Customer
from app.models.values.nextstep import Bucket
from app.services.calibration import CalibrationDraft
from app.services.context import Actor
from app.services.customers import ChannelDraft, ContactDraft, CustomerDraft
from app.services.customers.bulk import Chosen
from app.services.deals import ContractDraft, PaymentDraft, ShareDraft
from app.services.features import FeatureDraft
from app.services.followups.drafts import FollowupDraft, NextStepDraft
from app.services.jobs import Progress
from app.services.lists import ListFilter
from app.services.radar import RadarDraft
from tests.services.undo.lives import Life

SUMS = (
    "kpi_day",
    "kpi_month",
    "staff_grid",
    "staff_month",
    "staff_mtd",
)  # a sum of nothing may stay
DAY = date(2026, 11, 2)
SUN = ContactDraft("孙莉", "经理", channels=(ChannelDraft("mobile", "13800000001"),))


@pytest.fixture
def firm(office):
    """Return a customer with something of every kind."""
    staff = office.staff.named("周敏").id
    customer = office.customers.add(CustomerDraft("启明", contacts=(SUN,)))
    step = NextStepDraft(Bucket.tomorrow, "keep_in_touch", "寄样品")
    office.followups.save(FollowupDraft(customer, "谈过一次", "phone", next_step=step))
    contract = office.deals.add_contract(
        ContractDraft(customer, DAY, 100_00, code="HT-1", shares=(ShareDraft(staff, 1),))
    )
    office.deals.add_payment(PaymentDraft(customer, DAY, 40_00, contract))
    office.radar.add(customer, RadarDraft("法人", "张三"))
    office.calibration.save(customer, CalibrationDraft("valuable"))
    field = office.features.fields()[0]
    options = tuple(one.id for one in field.options[:1])
    office.features.learn(customer, [FeatureDraft(field.id, "1", options)])
    return customer


def said(rows):
    return [(one.kind, one.named.title) for one in rows]


def sound(office):
    return [one.name for one in office.admin.check() if not one.ok] == []


def last_contract(office, customer):
    return office.deals.contracts(customer).rows[0].id


def left(office):
    """Count the rows of every table."""
    with office.context.read() as reader:
        return {
            name: reader.scalar(select(func.count()).select_from(entity.__table__))
            for name, entity in Base.entities.items()
            if name not in ("audit_entry", "setting", "book_header", *SUMS)
        }


def test_an_empty_bin(office):
    assert office.bin.rows().rows == ()
    assert office.bin.purge_old() == 0


def test_each_deletion_is_told_with_who_when_and_by_which_act(office, firm, clock):
    office.deals.remove_payment(office.deals.payments(firm).rows[0].id)
    clock.set("2026-11-23 11:00")
    office.staff.act_as("陈立")
    person = office.customers.contacts(firm)[0].id
    office.customers.remove_contact(firm, person)
    talk = office.followups.timeline(firm)
    office.followups.remove(next(one.id for one in talk if one.kind == "followup"))
    office.radar.remove(office.radar.items(firm)[0].id)
    found = office.bin.rows()
    assert found.total == 4
    told = {one.kind: (one.staff, one.deletion.label) for one in found.rows}
    assert told == {
        "payment": ("林建国", "删除回款"),
        "contact": ("陈立", "删除联系人"),
        "followup": ("陈立", "删除跟单"),
        "radar_item": ("陈立", "删除情报"),
    } | {"radar_item": told["radar_item"]}
    assert found.rows[-1].kind == "payment"
    assert {one.named.customer for one in found.rows} == {"启明"}
    names = dict(said(found.rows))
    assert (names["contact"], names["followup"]) == ("孙莉", "谈过一次")
    assert found.rows[-1].deleted_at < found.rows[0].deleted_at


def test_what_went_with_a_customer_is_not_listed_beside_it(office, firm, clock):
    office.deals.remove_contract(last_contract(office, firm))
    clock.set("2026-11-23 11:00")
    office.customers.remove((firm,))
    assert said(office.bin.rows().rows) == [("customer", "启明")]
    office.bin.restore([("customer", firm)])
    assert [one.kind for one in office.bin.rows().rows] == ["contract"]


def test_it_is_searched_by_kind_and_words(office, firm):
    other = office.customers.add(CustomerDraft("别家"))
    office.customers.remove((other,))
    office.deals.remove_contract(last_contract(office, firm))
    assert office.bin.rows().total == 2
    assert said(office.bin.rows("ht-1").rows) == [("contract", "HT-1")]
    assert said(office.bin.rows("启明").rows) == [("contract", "HT-1")]
    assert said(office.bin.rows("别").rows) == [("customer", "别家")]
    assert said(office.bin.rows(kind="customer").rows) == [("customer", "别家")]
    assert office.bin.rows("%").total == 0


def test_a_preview_counts_what_goes_and_what_comes(office, firm):
    counts = {one.kind: one.count for one in office.bin.going("customer", (firm,))}
    assert counts == {
        "contact": 1, "followup": 1, "next_step": 1, "contract": 1, "payment": 1, "radar_item": 1,
    }  # fmt: skip
    office.customers.remove((firm,))
    back = {one.kind: one.count for one in office.bin.coming(("customer", firm))}
    assert back == counts
    with pytest.raises(UserError) as raised:
        office.bin.coming(("customer", office.customers.add(CustomerDraft("在的"))))
    assert raised.value.code == "not_found"


@pytest.mark.parametrize(
    "remove",
    [
        lambda office, firm: office.customers.remove((firm,)),
        lambda office, _firm: office.customers.bulk.remove(Chosen(wanted=ListFilter()), Progress()),
        lambda office, firm: office.customers.remove_contact(
            firm, office.customers.contacts(firm)[0].id
        ),
        lambda office, firm: office.deals.remove_contract(last_contract(office, firm)),
        lambda office, firm: office.deals.remove_payment(office.deals.payments(firm).rows[0].id),
        lambda office, firm: office.radar.remove(office.radar.items(firm)[0].id),
        lambda office, firm: office.followups.remove(
            next(one.id for one in office.followups.timeline(firm) if one.kind == "followup")
        ),
    ],
)
def test_what_comes_back_is_as_it_was_and_may_go_again(tmp_path, remove):
    life = Life(tmp_path)
    office = life.office
    firm = life._customer(7, 3, 1)
    for act in ("contact", "follow", "sign", "radar"):
        life.do(act, 0, 0, 1)
    life.do("pay", 0, 3, 3)
    was, rows = life.exported(), life.rows()
    life.clock.instant += 60_000
    remove(office, firm)
    gone = life.exported()
    (listed,) = office.bin.rows().rows
    act = office.bin.restore([listed.picked])
    assert (life.exported(), life.rows()) == (was, rows)
    assert office.bin.rows().total == 0
    assert life.unsound() == []
    assert office.undo.last().label == "从回收站恢复"
    assert office.undo.take_back(act).conflicts == ()
    assert life.exported() == gone
    assert office.bin.rows().total == 1
    office.close()


def test_a_payment_brings_back_its_contract_and_its_customer(office, firm):
    payment = office.deals.payments(firm).rows[0].id
    office.deals.remove_payment(payment)
    office.deals.remove_contract(last_contract(office, firm))
    office.customers.remove((firm,))
    office.bin.restore([("payment", payment)])
    assert office.deals.contracts(firm).rows[0].received_fen == 40_00
    assert office.customers.card(firm).name == "启明"
    assert sound(office)


def test_an_import_taken_back_can_be_brought_back_piece_by_piece(tmp_path):
    life = Life(tmp_path)
    office = life.office
    (tmp_path / "名单.csv").write_text(
        "客户名称,来源,联系人,手机\n甲厂,展会,赵一,13700000001\n乙厂,展会,赵二,13700000002\n",
        "utf-8",
    )
    report = office.transfer.write(office.transfer.read([tmp_path / "名单.csv"]))
    life.clock.instant += 60_000
    office.undo.take_back(report.batch_id)
    found = office.bin.rows()
    assert sorted(said(found.rows)) == [("customer", "乙厂"), ("customer", "甲厂")]
    assert {(o.deletion.undoing, o.deletion.file) for o in found.rows} == {(True, "名单.csv")}
    back = next(one for one in found.rows if one.named.title == "甲厂")
    assert {one.kind: one.count for one in office.bin.coming(back.picked)} == {"contact": 1}
    office.bin.restore([back.picked])
    (contact,) = office.customers.contacts(back.id)
    assert (contact.name, contact.phone()) == ("赵一", "13700000001")
    assert [one.name for one in office.customers.search("甲厂")] == ["甲厂"]
    assert life.unsound() == []
    office.close()


def test_what_was_merged_away_is_not_offered(office, firm):
    other = office.customers.add(CustomerDraft("启明二"))
    with office.context.write("合并客户") as unit:
        unit.change(Customer, other, merged_into_id=firm)
        unit.remove(Customer, other)
    assert office.bin.rows().total == 0


def test_what_is_erased_leaves_nothing_and_the_book_is_sound(office):
    before = left(office)
    customer = office.customers.add(CustomerDraft("要删的", contacts=(SUN,)))
    step = NextStepDraft(Bucket.tomorrow, "keep_in_touch")
    office.followups.save(FollowupDraft(customer, "谈", "phone", next_step=step))
    shares = (ShareDraft(office.staff.named("周敏").id, 1),)
    contract = office.deals.add_contract(ContractDraft(customer, DAY, 100, shares=shares))
    office.deals.add_payment(PaymentDraft(customer, DAY, 40, contract))
    office.calibration.save(customer, CalibrationDraft("valuable", "big", nodes=("报价",)))
    office.radar.add(customer, RadarDraft("法人", "张三"))
    child = office.customers.add(CustomerDraft("子公司"))
    office.customers.change(child, parent_id=customer)
    office.customers.remove((customer,))
    assert office.bin.purge([("customer", customer)]) > 8
    assert office.bin.rows().total == 0
    assert sound(office)
    assert office.customers.search("要删的") == []
    office.customers.remove((child,))
    office.bin.purge([("customer", child)])
    assert left(office) == before


def test_a_living_record_is_never_erased(office, firm):
    before = left(office)
    assert office.bin.purge([("customer", firm), ("contract", last_contract(office, firm))]) == 0
    assert left(office) == before


def test_an_erased_contract_leaves_its_payments(office, firm):
    contract = last_contract(office, firm)
    office.deals.remove_contract(contract)
    office.bin.purge([("contract", contract)])
    assert office.deals.payments(firm).rows[0].contract_id == 0
    assert sound(office)


def test_a_contact_who_is_named_elsewhere_stays(office, firm):
    person = office.customers.contacts(firm)[0].id
    office.followups.save(FollowupDraft(firm, "和他谈", "phone", contact_ids=(person,)))
    office.customers.remove_contact(firm, person)
    (row,) = office.bin.rows().rows
    office.bin.purge([row.picked])
    assert office.customers.contacts(firm) == ()
    with office.context.read() as reader:
        assert reader.stored(Contact, person)["name"] == "孙莉"
    assert sound(office)


def test_the_deletion_of_what_was_erased_cannot_be_taken_back(office, firm):
    office.customers.remove((firm,))
    removal = office.undo.last()
    office.bin.purge([("customer", firm)])
    assert office.undo.last().id == removal.id  # erasing is no act
    assert [one.reason for one in office.undo.take_back(removal.id).conflicts] == ["gone"]


def test_after_ninety_days_it_goes_by_itself(office, firm, clock):
    office.customers.remove((firm,))
    clock.set("2027-02-21 09:59")
    office.customers.add(CustomerDraft("别家"))
    assert office.bin.purge_old() == 0
    clock.set("2099-02-21 10:01")
    assert office.bin.purge_old() == 0  # nothing was written at that clock yet
    clock.set("2027-02-21 10:01")
    office.customers.add(CustomerDraft("又一家"))
    assert office.bin.purge_old() > 0
    assert office.bin.rows().total == 0
    assert sound(office)


def test_who_may_not_write_may_not_restore_and_only_who_manages_erases(office, firm):
    office.customers.remove((firm,))
    office.context.act_as(Actor(1, "看客", "readonly"))
    with pytest.raises(UserError) as raised:
        office.bin.restore([("customer", firm)])
    assert raised.value.code == "not_allowed"
    office.staff.act_as("周敏")
    with pytest.raises(UserError) as raised:
        office.bin.purge([("customer", firm)])
    assert raised.value.code == "not_allowed"
    office.bin.restore([("customer", firm)])
    assert office.bin.rows().total == 0


def test_many_come_back_as_one_act_and_a_stop_leaves_the_rest(office):
    ids = [office.customers.add(CustomerDraft(f"第{n}家")) for n in range(230)]
    office.customers.remove(tuple(ids))

    class Stopped(Progress):
        def step(self, done, total, text=""):
            if done == 100:
                raise Cancelled

    with pytest.raises(Cancelled):
        office.bin.restore([("customer", one) for one in ids], Stopped())
    assert office.bin.rows().total == 130
    act = office.bin.restore([("customer", one) for one in ids])
    assert office.customers.count(ListFilter()) == 230
    office.undo.take_back(act)
    assert office.customers.count(ListFilter()) == 100
