"""What somebody else did since is never taken away: rows are left alone and listed."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import Cancelled, UserError
from app.services.calibration import CalibrationDraft
from app.services.context import Actor
from app.services.customers import ChannelDraft, ContactDraft, CustomerDraft
from app.services.customers.bulk import Chosen
from app.services.deals import ContractDraft, PaymentDraft
from app.services.followups.drafts import FollowupDraft
from app.services.jobs import Progress
from app.services.lists import ListFilter
from app.services.staff import StaffDraft
from app.services.undo import Conflict
from tests.services.undo.lives import Life

SUN = ContactDraft("孙莉", channels=(ChannelDraft("mobile", "13800000001"),))


@pytest.fixture
def customer(office):
    """Return a customer 林建国 has made."""
    return office.customers.add(CustomerDraft("启明", contacts=(SUN,)))


def act_as(office, name):
    return office.staff.act_as(name)


def sound(office):
    return [one.name for one in office.admin.check() if not one.ok] == []


def test_a_changed_field_is_named_with_its_customer(office, customer):
    office.customers.change(customer, source="展会", note="一")
    act = office.undo.last()
    office.customers.change(customer, source="官网")
    undone = office.undo.take_back(act.id)
    assert undone.conflicts == (Conflict("customer", customer, "changed", ("source",)),)
    (shown,) = office.undo.describe(undone.conflicts)
    assert (shown.named.noun, shown.named.title, shown.named.customer_id) == (
        "客户", "启明", customer,
    )  # fmt: skip
    assert (shown.reason, shown.fields) == ("后来又改过", ("来源",))
    assert office.customers.card(customer).note == "一"


def test_a_customer_somebody_works_with_stays_whole(office, customer):
    made = office.undo.last()
    act_as(office, "陈立")
    office.followups.save(FollowupDraft(customer, "谈过"))
    act_as(office, "林建国")
    undone = office.undo.take_back(made.id)
    assert undone.conflicts == (Conflict("customer", customer, "worked_with"),)
    card = office.customers.card(customer)
    assert [one.phone() for one in card.contacts] == ["13800000001"]
    assert sound(office)


@pytest.mark.parametrize(
    "work",
    [
        lambda office, customer: office.customers.give_to((customer,), 0),
        lambda office, customer: office.customers.change(customer, note="记下"),
        lambda office, customer: office.calibration.save(customer, CalibrationDraft("valuable")),
        lambda office, customer: office.customers.remove_contact(
            customer, office.customers.contacts(customer)[0].id
        ),
        lambda office, customer: office.deals.add_contract(
            ContractDraft(customer, date(2026, 11, 2), 100)
        ),
    ],
)
def test_any_work_on_it_counts_until_it_is_taken_back(office, customer, work):
    made = office.undo.last()
    act_as(office, "陈立")
    office.context.act_as(Actor(office.context.actor.staff_id, "陈立", "boss"))
    work(office, customer)
    later = office.undo.last()
    act_as(office, "林建国")
    assert [one.reason for one in office.undo.take_back(made.id).conflicts] == ["worked_with"]
    office.undo.do_again(made.id)
    office.undo.take_back(later.id)
    assert office.undo.take_back(made.id).conflicts == ()
    assert office.customers.count(ListFilter()) == 0
    assert sound(office)


def test_a_contract_with_money_on_it_stays(office, customer):
    contract = office.deals.add_contract(ContractDraft(customer, date(2026, 11, 2), 100_00))
    signed = office.undo.last()
    office.deals.add_payment(PaymentDraft(customer, date(2026, 11, 3), 40_00, contract))
    undone = office.undo.take_back(signed.id)
    assert Conflict("contract", contract, "worked_with") in undone.conflicts
    assert office.deals.contracts(customer).total == 1


def test_a_colleague_with_work_of_his_own_stays(office, customer):
    new = office.staff.add(StaffDraft("新人"))
    hired = office.undo.last()
    office.customers.give_to((customer,), new)
    assert office.undo.take_back(hired.id).conflicts == (Conflict("staff", new, "worked_with"),)
    assert office.staff.named("新人").id == new


def test_a_restored_customer_with_new_work_is_not_put_away_again(office, customer):
    office.customers.remove((customer,))
    removal = office.undo.last()
    office.undo.take_back(removal.id)
    office.followups.save(FollowupDraft(customer, "又谈了"))
    office.customers.change(customer, note="还在")
    again = office.undo.do_again(removal.id)
    assert again.conflicts == (Conflict("customer", customer, "worked_with"),)
    assert office.customers.count(ListFilter()) == 1


def test_what_is_gone_already_is_no_conflict(office, customer):
    made = office.undo.last()
    office.customers.remove((customer,))
    assert office.undo.take_back(made.id).conflicts == ()


def test_settings_and_words_go_back_too(office):
    office.admin.change_settings(company="改过的", day_start="08:00")
    office.undo.take_back(office.undo.last().id)
    assert office.admin.settings().company == "启明"
    assert office.admin.settings().day_start == "09:00"
    word = office.admin.choices("source")[0]
    office.admin.rename_choice(word.id, "别的")
    office.undo.take_back(office.undo.last().id)
    assert office.admin.choices("source")[0].label == word.label
    office.admin.change_settings(company="启明")  # nothing differs: no act
    assert office.undo.last() is None


def test_each_person_takes_back_his_own(office, customer):
    act_as(office, "周敏")
    assert office.undo.last() is None
    office.customers.change(customer, note="周敏写的")
    act_as(office, "陈立")
    assert office.undo.last() is None
    act_as(office, "林建国")
    assert office.undo.last().label == "新建客户"


def test_only_who_manages_takes_back_the_acts_of_others(office, customer):
    made = office.undo.last()
    act_as(office, "周敏")
    with pytest.raises(UserError) as raised:
        office.undo.take_back(made.id)
    assert raised.value.code == "not_allowed"
    office.customers.change(customer, note="周敏写的")
    hers = office.undo.last()
    act_as(office, "林建国")
    office.undo.take_back(hers.id)
    assert office.customers.card(customer).note == ""
    office.customers.change(customer, note="我的")
    mine = office.undo.last()
    office.context.act_as(Actor(mine.staff_id, "林建国", "readonly"))
    with pytest.raises(UserError) as raised:
        office.undo.take_back(mine.id)
    assert raised.value.code == "not_allowed"


def test_what_was_done_before_there_were_people_is_everybodys(office):
    office.context.act_as(Actor())
    customer = office.customers.add(CustomerDraft("更早"))
    made = office.undo.act(office.context.last_act_id)
    act_as(office, "周敏")
    office.undo.take_back(made.id)
    with pytest.raises(UserError):
        office.customers.card(customer)


def test_an_act_is_turned_once_at_a_time(office, customer):
    act = office.undo.last()
    with pytest.raises(UserError) as raised:
        office.undo.do_again(act.id)
    assert raised.value.code == "not_undone"
    office.undo.take_back(act.id)
    with pytest.raises(UserError) as raised:
        office.undo.take_back(act.id)
    assert raised.value.code == "batch_undone"
    with pytest.raises(UserError) as raised:
        office.undo.take_back(12)
    assert raised.value.code == "no_such_batch"
    assert office.customers.count(ListFilter()) == 0


def test_something_new_forgets_what_was_taken_back(office, customer):
    office.undo.take_back(office.undo.last().id)
    assert office.undo.next_again() is not None
    office.customers.add(CustomerDraft("别的"))
    assert office.undo.next_again() is None
    office.undo.take_back(office.undo.last().id)
    assert office.undo.next_again().label == "新建客户"


def test_a_hundred_acts_are_remembered(office, customer):
    for number in range(104):
        office.customers.change(customer, note=str(number))
    for _ in range(100):
        office.undo.take_back(office.undo.last().id)
    assert office.undo.last() is None
    assert office.customers.card(customer).note == "3"
    for _ in range(100):
        office.undo.do_again(office.undo.next_again().id)
    assert office.undo.next_again() is None
    assert office.customers.card(customer).note == "103"


class Stopped(Progress):
    """Stop, or be killed, at a step."""

    def __init__(self, at, error):
        super().__init__()
        self.left, self.error = at, error

    def step(self, done, total, text=""):
        if self.left == 0:
            raise self.error
        self.left -= 1


@pytest.mark.parametrize("error", [Cancelled, KeyboardInterrupt])
def test_a_batch_cut_off_on_its_way_back_goes_on(tmp_path, error):
    life = Life(tmp_path)
    rows = "".join(f"第{n}家公司,展会,138{n:08d}\n" for n in range(1300))
    (tmp_path / "a.csv").write_text("客户名称,来源,手机\n" + rows, "utf-8")
    office = life.office
    office.transfer.write(office.transfer.read([tmp_path / "a.csv"]))
    was = life.exported()
    chosen = Chosen(wanted=ListFilter())
    done = office.customers.bulk.give_to(chosen, life.staff[0], Progress())
    fresh = life.exported()
    for at in (1, 2):
        with pytest.raises(error):
            office.undo.take_back(done.batch_id, Stopped(at, error))
    assert not office.undo.act(done.batch_id).taken_back
    assert office.undo.take_back(done.batch_id).conflicts == ()
    assert life.exported() == was
    with pytest.raises(error):
        office.undo.do_again(done.batch_id, Stopped(1, error))
    assert office.undo.do_again(done.batch_id).conflicts == ()
    assert life.exported() == fresh
    assert office.undo.take_back(done.batch_id).conflicts == ()
    assert life.exported() == was
    assert life.unsound() == []
    office.close()
