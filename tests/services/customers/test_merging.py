"""Two customers become one, and two again."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.bootstrap import new_office, open_office
from app.errors import UserError
from app.models.tables import Base
from app.models.tables.customers import Customer, LifeSpell, OwnerSpell
from app.models.tables.followups import FollowUp
from app.models.values import dates
from app.models.values.clock import FixedClock
from app.models.values.nextstep import Bucket
from app.services.admin import OfficeDraft
from app.services.admin.checks import unaudited
from app.services.calibration import CalibrationDraft
from app.services.customers import (
    ChannelDraft,
    ContactDraft,
    CustomerDraft,
    heads,
    lives,
    searching,
)
from app.services.customers.duplicates import BOTH
from app.services.deals import ContractDraft, PaymentDraft
from app.services.features import FeatureDraft, FieldDraft
from app.services.followups.drafts import FollowupDraft, NextStepDraft
from app.services.jobs import Progress
from app.services.kpi import rebuilding
from app.services.lists import ListFilter
from app.services.radar import RadarDraft
from app.services.staff import StaffDraft
from app.services.transfer.exporting import Form
from app.services.transfer.fields import Kind

ZONE = dates.zone("Asia/Shanghai")


def _people(office):
    return {one.name: one.id for one in office.staff.all()}


def _person(name, *numbers, **fields):
    channels = tuple(ChannelDraft("mobile", number) for number in numbers)
    return ContactDraft(name, channels=channels, **fields)


@pytest.fixture
def pair(office):
    """Keep two customers that are one."""
    people = _people(office)
    kept = office.customers.add(
        CustomerDraft(
            "恒锐精密机械有限公司",
            code="K1",
            source="展会",
            owner_id=people["周敏"],
            created_on=date(2026, 5, 1),
            note="老客户",
            contacts=(_person("王建明", "13812904417"),),
        )
    )
    other = office.customers.add(
        CustomerDraft(
            "苏州恒锐机械",
            code="K2",
            source="官网",
            industry="生产制造",
            region="苏州",
            region_code="320500",
            owner_id=people["陈立"],
            created_on=date(2026, 3, 1),
            note="展会名片",
            contacts=(
                _person("王建明", "13812904417", title="采购"),
                _person("李工", "13900000001"),
            ),
        )
    )
    return kept, other


def _merge(office, pair, **chosen):
    sides = {"kept": pair[0], "other": pair[1], "both": BOTH}
    chosen = {key: sides.get(one, one) for key, one in chosen.items()}
    return office.customers.duplicates.merge(pair, chosen)


def test_two_customers_are_compared_field_by_field(office, pair):
    found = office.customers.duplicates.compare(pair)
    kept, other = found.sides
    assert (kept.name, other.name) == ("恒锐精密机械有限公司", "苏州恒锐机械")
    assert (other.code, other.created_on, other.counts["employment"]) == ("K2", date(2026, 3, 1), 2)
    by_key = {row.key: row for row in found.fields}
    assert (by_key["name"].take, by_key["industry"].take) == (kept.id, other.id)
    assert (by_key["note"].take, by_key["note"].may_both) == (BOTH, True)
    assert by_key["owner"].values[0] == ("周敏",)
    assert by_key["contact"].values[1] == ("王建明", "13812904417")
    assert not by_key["kind"].differs
    assert found.moved()["employment"] == 2


def test_what_is_empty_is_filled_and_the_rest_stays(office, pair):
    kept, _other = pair
    _merge(office, pair)
    card = office.customers.card(kept)
    assert (card.name, card.code, card.source, card.owner) == (
        "恒锐精密机械有限公司", "K1", "展会", "周敏",
    )  # fmt: skip
    assert (card.industry, card.region, card.region_code) == ("生产制造", "苏州", "320500")
    assert (card.note, card.created_on) == ("老客户\n展会名片", date(2026, 3, 1))
    assert office.customers.count(ListFilter()) == 1
    assert [hit.id for hit in office.customers.search("恒锐机械")] == []


def test_each_field_can_be_taken_from_the_other(office, pair):
    kept, _other = pair
    _merge(office, pair, name="other", code="other", owner="other", note="other", source="other")
    card = office.customers.card(kept)
    assert (card.name, card.code, card.owner, card.note, card.source) == (
        "苏州恒锐机械", "K2", "陈立", "展会名片", "官网",
    )  # fmt: skip
    assert [hit.id for hit in office.customers.search("恒锐机械")] == [kept]
    assert office.customers.resolve("K2") == kept


def test_who_is_known_at_both_is_one_person(office, pair):
    kept, _other = pair
    _merge(office, pair)
    contacts = office.customers.contacts(kept)
    assert [(one.name, one.title, one.main, one.phone()) for one in contacts] == [
        ("王建明", "采购", True, "13812904417"),
        ("李工", "", False, "13900000001"),
    ]


def test_a_namesake_with_another_number_is_another_person(office):
    one = office.customers.add(CustomerDraft("甲", contacts=(_person("张伟", "13800000001"),)))
    two = office.customers.add(CustomerDraft("乙", contacts=(_person("张伟", "13800000002"),)))
    _merge(office, (one, two), contact="other")
    contacts = office.customers.contacts(one)
    assert [(who.phone(), who.main) for who in contacts] == [
        ("13800000002", True),
        ("13800000001", False),
    ]


def _tell(office, customer, day, **fields):
    at = dates.at_local(date(2026, 11, day), dates.time(10), ZONE)
    return office.followups.save(FollowupDraft(customer, at=at, **fields)).followup_id


def test_what_happened_moves_and_a_days_conversation_counts_once(office, pair):
    kept, other = pair
    _tell(office, kept, 20, channel="wechat", content="早")
    _tell(office, other, 20, channel="wechat", content="也早")
    _tell(office, other, 19, channel="visit", content="去过")
    _merge(office, pair)
    with office.context.read() as reader:
        rows = reader.rows(
            select(FollowUp.content, FollowUp.customer_id, FollowUp.counts).order_by(FollowUp.id)
        )
    assert rows == [("早", kept, True), ("也早", kept, False), ("去过", kept, True)]


def test_steps_deals_and_facts_move(office, pair):
    kept, other = pair
    step = NextStepDraft(Bucket.tomorrow, "keep_in_touch")
    office.followups.save(FollowupDraft(other, "谈过", next_step=step))
    contract = office.deals.add_contract(ContractDraft(other, date(2026, 10, 5), 500_00))
    office.deals.add_payment(PaymentDraft(other, date(2026, 10, 9), 100_00, contract))
    for customer in pair:
        office.radar.add(customer, RadarDraft("经营状态", "存续"))
    _merge(office, pair)
    card = office.customers.card(kept)
    assert (card.signed_fen, card.received_fen, card.life) == (500_00, 100_00, "signed")
    assert len(office.radar.items(kept)) == 1
    row = office.customers.page(ListFilter()).rows[0]
    assert (row.id, row.next_plan) == (kept, "keep_in_touch")
    assert [one.name for one in office.admin.check() if not one.ok] == []


@pytest.mark.parametrize("side", ["kept", "other"])
def test_the_chosen_value_and_stage_are_the_newest_word(office, pair, clock, side):
    kept, other = pair
    office.calibration.save(kept, CalibrationDraft("valuable", "big", 900_00))
    clock.set("2026-11-24 10:00")
    office.calibration.save(other, CalibrationDraft("worthless", "small", 100_00))
    office.customers.move_stage(other, 3)
    clock.set("2026-11-25 10:00")
    _merge(office, pair, value=side, expected=side, stage=side)
    card = office.customers.card(kept)
    assert (card.quality, card.grade, card.expected_fen, card.stage_position) == {
        "kept": ("valuable", "big", 900_00, 0),
        "other": ("worthless", "small", 100_00, 3),
    }[side]
    assert len(office.calibration.history(kept)) == (9 if side == "kept" else 6)


def test_the_owner_of_a_past_day_stays(office, pair):
    kept, _other = pair
    _merge(office, pair)
    with office.context.read() as reader:
        spells = reader.rows(
            select(OwnerSpell.staff_id, OwnerSpell.from_on, OwnerSpell.to_on)
            .where(OwnerSpell.customer_id == kept)
            .order_by(OwnerSpell.from_on)
        )
    people = _people(office)
    assert spells == [
        (people["陈立"], date(2026, 3, 1), date(2026, 5, 1)),
        (people["周敏"], date(2026, 5, 1), None),
    ]


@pytest.mark.parametrize(
    ("lost", "life"), [((0,), "prospect"), ((1,), "prospect"), ((0, 1), "churned")]
)
def test_it_is_lost_only_if_both_were(office, pair, lost, life):
    for at in lost:
        office.customers.mark_churned(pair[at], "价格")
    _merge(office, pair)
    assert office.customers.card(pair[0]).life == life
    with office.context.read() as reader:
        spells = reader.rows(select(LifeSpell.id).where(LifeSpell.customer_id == pair[0]))
    assert len(spells) == len(lost)


def test_features_are_chosen_and_options_put_together(office, pair):
    kept, other = pair
    text, several = office.features.define(
        [FieldDraft("设备"), FieldDraft("用途", type="multi", options=("甲", "乙", "丙"))]
    )
    options = {
        o.label: o.id for f in office.features.fields() for o in f.options if f.id == several
    }
    office.features.learn(
        kept, [FeatureDraft(text, "两台"), FeatureDraft(several, option_ids=(options["甲"],))]
    )
    both = (options["甲"], options["乙"])
    office.features.learn(
        other, [FeatureDraft(text, "三台"), FeatureDraft(several, option_ids=both)]
    )
    act = _merge(office, pair)
    shown = {view.field.id: view.shown for view in office.features.of_customer(kept)}
    assert (shown[text], shown[several]) == ("两台", "甲、乙")
    office.undo.take_back(act)
    _merge(office, pair, **{f"feature:{text}": "other", f"feature:{several}": "kept"})
    shown = {view.field.id: view.shown for view in office.features.of_customer(kept)}
    assert (shown[text], shown[several]) == ("三台", "甲")


def test_three_become_one_each_field_from_whom_it_was_chosen(office, pair, clock):
    kept, other = pair
    third = office.customers.add(
        CustomerDraft(
            "恒锐",
            code="K3",
            source="转介绍",
            note="老客户",
            created_on=date(2026, 2, 1),
            contacts=(_person("赵总", "13700000003"),),
        )
    )
    office.calibration.save(other, CalibrationDraft("valuable", "big", 900_00))
    clock.set("2026-11-24 10:00")
    office.calibration.save(third, CalibrationDraft("worthless", "small", 100_00))
    office.customers.move_stage(other, 2)
    ids = (kept, other, third)
    assert office.customers.duplicates.compare(ids).moved()["employment"] == 3
    act = office.customers.duplicates.merge(
        ids,
        {"name": third, "code": other, "contact": other, "value": other, "stage": other,
         "source": third, "note": BOTH},
    )  # fmt: skip
    card = office.customers.card(kept)
    assert (card.name, card.code, card.source, card.note) == (
        "恒锐", "K2", "转介绍", "老客户\n展会名片",
    )  # fmt: skip
    assert (card.quality, card.grade, card.stage_position) == ("valuable", "big", 2)
    assert card.created_on == date(2026, 2, 1)
    contacts = office.customers.contacts(kept)
    assert [(one.name, one.main) for one in contacts] == [
        ("王建明", True), ("李工", False), ("赵总", False),
    ]  # fmt: skip
    assert _wrong(office) == []
    office.undo.take_back(act)
    assert office.customers.count(ListFilter()) == 3
    assert office.customers.card(third).name == "恒锐"
    assert _wrong(office) == []


def test_daughters_and_earlier_merges_follow(office, pair):
    kept, other = pair
    daughter, third = (office.customers.add(CustomerDraft(name)) for name in ("分店", "第三"))
    office.customers.change(daughter, parent_id=other)
    _merge(office, (other, third))
    _merge(office, pair)
    with office.context.read() as reader:
        assert (reader.stored(Customer, daughter) or {})["parent_id"] == kept
        assert (reader.stored(Customer, third) or {})["merged_into_id"] == kept


def test_the_one_with_deals_should_stay(office, pair):
    kept, other = pair
    assert office.customers.duplicates.better_first((other, kept)) == [kept, other]
    office.deals.add_contract(ContractDraft(other, date(2026, 10, 5), 1))
    assert office.customers.duplicates.better_first((kept, other)) == [other, kept]


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({"nonsense": "kept"}, "bad_choice"),
        ({"name": "both"}, "bad_choice"),
        ({"name": 7}, "bad_choice"),
    ],
)
def test_a_wrong_choice_writes_nothing(office, pair, chosen, code):
    before = _dump(office)
    with pytest.raises(UserError) as refused:
        _merge(office, pair, **chosen)
    assert refused.value.code == code
    assert _dump(office) == before


def test_only_two_living_customers_are_merged(office, pair):
    kept, other = pair
    with pytest.raises(UserError) as refused:
        _merge(office, (kept, kept))
    assert refused.value.code == "same_customer"
    _merge(office, pair)
    for two in (pair, (other, kept), (kept, 1)):
        with pytest.raises(UserError) as refused:
            _merge(office, two)
        assert refused.value.code == "customer_gone"


# -- and back ------------------------------------------------------------------------------------

# months and days that were touched stay as rows of zeros; _wrong says whether the sums hold
_UNSEEN = {
    "audit_entry", "book_header", "kpi_day", "kpi_month", "staff_grid", "staff_month", "staff_mtd",
}  # fmt: skip
_STAMPS = {"updated_at", "updated_by"}


def _dump(office):
    """Return every living row of every table without its stamps."""
    found = {}
    with office.context.read() as reader:
        for name, entity in Base.entities.items():
            columns = [one for one in entity.__table__.c if one.name not in _STAMPS]
            chosen = select(*columns)
            if "deleted_at" in entity.__table__.c:
                chosen = chosen.where(entity.__table__.c.deleted_at == 0)
            if name not in _UNSEEN:
                found[name] = sorted(map(repr, reader.rows(chosen)))
    return found


def _wrong(office):
    """Return what is stored otherwise than its records say."""
    with office.context.read() as reader:
        return [
            *heads.differences(reader),
            *lives.differences(reader),
            *searching.differences(reader, Progress()),
            *rebuilding.differences(reader, Progress()),
            *unaudited(reader),
        ]


def _exported(office, folder):
    """Return what every export of the whole book holds, byte by byte."""
    folder.mkdir()
    found = {}
    for kind in Kind:
        file = folder / f"{kind}.json"
        office.transfer.export([kind], file, Form.json)
        found[kind] = file.read_bytes()
    return found


DAY = date(2026, 1, 1)
numbers = st.integers(0, 2**12)
KINDS = ("customer", "follow", "step", "sign", "pay", "rate", "churn", "give", "stage", "radar")
histories = st.lists(st.tuples(st.sampled_from(KINDS), numbers, numbers), min_size=2, max_size=12)
choices = st.dictionaries(
    st.sampled_from(["name", "code", "owner", "contact", "value", "expected", "stage", "note"]),
    st.integers(0, 2),
)


@cache
def _template():
    folder = Path(tempfile.mkdtemp(prefix="gendan-merge-")) / "office.gendan"
    draft = OfficeDraft("启明", (StaffDraft("林", role="boss"), StaffDraft("周")), "manufacturing")
    clock = FixedClock(dates.at_local(date(2026, 11, 23), dates.time(10), ZONE))
    office, _ = new_office(folder, draft, passphrase=None, clock=clock)
    office.close()
    return folder


class Life:
    """Act at customers by numbers."""

    def __init__(self, office):
        self.office = office
        self.staff = [one.id for one in office.staff.all()]
        self.customers = [self._new(n) for n in (1, 2)]

    def _new(self, number):
        name, mobile = "张王李"[number % 3] + "工", f"1380000000{number % 4}"
        contacts = (_person(name, mobile),) if number % 5 else ()
        draft = CustomerDraft(
            f"{'恒锐' if number % 2 else '海川'}{number % 7}",
            code=f"K{number}" if number % 3 else "",
            owner_id=self.staff[number % 2],
            created_on=DAY + timedelta(number % 300),
            note="注" if number % 2 else "",
            historic=number % 4 == 0,
            contacts=contacts,
        )
        return self.office.customers.add(draft)

    def do(self, kind, a, b):
        office, customer = self.office, self.customers[a % len(self.customers)]
        day = DAY + timedelta(b % 300)
        if kind == "customer":
            self.customers.append(self._new(a))
        elif kind == "follow":
            contacts = [one.id for one in office.customers.contacts(customer)][: b % 2]
            at = dates.at_local(day, dates.time(9 + b % 8), ZONE)
            channel = ("wechat", "visit", "phone", "sms", "mail")[b % 5]
            office.followups.save(
                FollowupDraft(customer, "聊", channel=channel, at=at, contact_ids=tuple(contacts))
            )
        elif kind == "step":
            step = NextStepDraft(Bucket.tomorrow, "keep_in_touch")
            office.followups.save(FollowupDraft(customer, "约", next_step=step))
        elif kind == "sign":
            office.deals.add_contract(ContractDraft(customer, day, b * 100))
        elif kind == "pay":
            office.deals.add_payment(PaymentDraft(customer, day, 1 + b))
        elif kind == "rate":
            draft = CalibrationDraft(
                ("valuable", "worthless", "unsure")[b % 3], ("big", "small")[b % 2], b
            )
            office.calibration.save(customer, draft)
        elif kind == "churn":
            office.customers.mark_churned(customer, "价格")
        elif kind == "give":
            office.customers.give_to((customer,), self.staff[b % 2])
        elif kind == "stage":
            office.customers.move_stage(customer, b % 5, "看错了")
        else:
            office.radar.add(customer, RadarDraft("规模", str(b % 3)))


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(histories, choices, numbers, st.booleans())
def test_a_merge_taken_back_leaves_no_trace(history, chosen, at, restart):
    """Exports are byte-equal, facts and every living row are as before, after a restart too."""
    place = Path(tempfile.mkdtemp(prefix="gendan-merge-"))
    folder = place / "office.gendan"
    shutil.copytree(_template(), folder)
    clock = FixedClock(dates.at_local(date(2026, 11, 23), dates.time(11), ZONE))
    office = open_office(folder, clock=clock)
    try:
        life = Life(office)
        for act in history:
            life.do(*act)
        first = at % len(life.customers)
        ids = [*life.customers[first:], *life.customers[:first]][: 2 + at % 2]
        before = _dump(office), _exported(office, place / "before")
        clock.instant += 3_600_000
        sides = {key: ids[side % len(ids)] for key, side in chosen.items()}
        act = office.customers.duplicates.merge(ids, sides)
        assert _wrong(office) == []
        assert office.customers.count(ListFilter()) == len(life.customers) - len(ids) + 1
        if restart:
            office.close()
            office = open_office(folder, clock=clock)
        clock.instant += 3_600_000
        undone = office.undo.take_back(act)
        assert undone.conflicts == ()
        after = _dump(office), _exported(office, place / "after")
        assert after[0] == before[0]
        assert after[1] == before[1]
        assert _wrong(office) == []
    finally:
        office.close()
        shutil.rmtree(place)
