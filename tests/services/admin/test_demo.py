"""The sample office: believable, repeatable, and just as the rules would have made it."""

from __future__ import annotations

import sqlite3
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select

from app.bootstrap import demo_office
from app.errors import Cancelled
from app.models.store.unit import RowChange
from app.models.tables.customers import Customer, OwnerSpell
from app.models.tables.deals import Contract, ContractShare, Payment
from app.models.tables.followups import FollowUp, NextStep
from app.models.values import dates, nextstep, people, pinyin
from app.models.values.clock import FixedClock
from app.models.values.nextstep import Bucket, Group
from app.services.admin.demo import DemoDraft
from app.services.customers import heads, lives, searching
from app.services.customers.writing import names_of
from app.services.followups.saving import keep_folds
from app.services.jobs import Progress
from app.services.staff.summary import SummaryQuery
from tests.factories import NOW

TODAY = NOW.date()
DRAFT = DemoDraft(customers=300, years=2, seed=7)


def make(folder, draft=DRAFT, now=NOW, progress=None):
    clock = FixedClock(dates.to_instant(now))
    office, _code, counts = demo_office(
        folder, draft, passphrase=None, clock=clock, progress=progress
    )
    return office, counts


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    office, counts = make(tmp_path_factory.mktemp("demo") / "demo.gendan")
    yield office, counts
    office.close()


@pytest.fixture
def office(made):
    return made[0]


@pytest.fixture
def reader(office):
    with office.context.read() as found:
        yield found


def test_everything_derived_is_what_the_rules_say(office, reader):
    assert heads.differences(reader) == []
    assert lives.differences(reader) == []
    assert searching.differences(reader, Progress()) == []
    assert office.kpi.differences() == []


def test_the_book_is_sound(office):
    assert [one.name for one in office.admin.check(deep=True) if not one.ok] == []


def test_follow_ups_count_as_the_rule_elects(office):
    with office.context.write() as unit:
        for row in unit.rows(select(FollowUp.id).where(FollowUp.fold_key != "")):
            stored = unit.stored(FollowUp, row[0])
            unit.trail.append(RowChange(FollowUp, row[0], stored, stored))
        assert len(unit.trail) > 100
        before = len(unit.trail)
        keep_folds(unit)
        assert unit.trail[before:] == []
        unit.trail.clear()


def test_names_are_kept_as_a_form_keeps_them(reader):
    columns = (Customer.name, Customer.name_key, Customer.sort_key)
    for name, name_key, sort_key in reader.rows(select(*columns)):
        assert names_of(name) == {"name": name, "name_key": name_key, "sort_key": sort_key}
        assert name_key == people.company_key(name)
        assert sort_key == pinyin.sort_key(name)


def test_windows_are_what_the_words_mean(office, reader):
    time = office.followups.office_time
    seen = set()
    for row in reader.rows(select(NextStep)):
        step = row[0] if len(row) == 1 else row
        day = dates.business_day(step.window_start, time.zone)
        clock = dates.to_local(step.window_start, time.zone).time() if step.has_clock else None
        bucket, window = nextstep.resolve(
            Bucket(step.bucket),
            step.anchor_at,
            time.zone,
            time.hours,
            day=day if step.bucket == Bucket.date else None,
            clock=clock,
        )
        assert (bucket, window.start, window.end, window.has_clock) == (
            step.bucket, step.window_start, step.window_end, step.has_clock,
        )  # fmt: skip
        seen.add(step.bucket)
    assert seen == set(Bucket)


def test_owners_follow_one_another_without_a_gap(office, reader):
    spells: dict[int, list[Any]] = {}
    for row in reader.rows(
        select(
            OwnerSpell.customer_id, OwnerSpell.staff_id, OwnerSpell.from_on, OwnerSpell.to_on
        ).order_by(OwnerSpell.from_on)
    ):
        spells.setdefault(row[0], []).append(row)
    gone = {one.id: one.left_on for one in office.staff.all() if one.left_on}
    assert gone
    for rows in spells.values():
        for one, other in pairwise(rows):
            assert one.to_on == other.from_on
            assert one.staff_id != other.staff_id
        assert rows[-1].to_on is None
        assert rows[-1].staff_id not in gone


def test_today_has_something_in_every_group(office):
    groups = {group.group: group.items for group in office.followups.agenda().groups}
    assert all(groups[group] for group in Group)
    assert any(item.has_clock for item in groups[Group.later_today])


def test_money_is_of_every_kind(reader):
    contracts = list(
        reader.rows(select(Contract.status, Contract.kind, Contract.amount_fen, Contract.void_on))
    )
    assert {"active", "done", "void"} <= {row[0] for row in contracts}
    assert {"new", "renewal", "supplement", "framework"} == {row[1] for row in contracts}
    assert all((row[2] is None) == (row[1] == "framework") for row in contracts)
    assert all((row[3] is not None) == (row[0] == "void") for row in contracts)
    paid = [row[0] for row in reader.rows(select(Payment.amount_fen))]
    assert min(paid) < 0 < max(paid)
    assert {30, 70, 100} == {row[0] for row in reader.rows(select(ContractShare.weight))}


def test_nobody_pays_more_than_the_contract(reader):
    signed = {row[0]: row[1] for row in reader.rows(select(Contract.id, Contract.amount_fen))}
    received: dict[int, int] = {}
    for contract_id, fen in reader.rows(select(Payment.contract_id, Payment.amount_fen)):
        received[contract_id] = received.get(contract_id, 0) + fen
    assert all(0 <= fen <= signed[contract_id] for contract_id, fen in received.items())


def test_nothing_happens_in_the_future_or_before_the_customer_came(reader):
    created = {row[0]: row[1] for row in reader.rows(select(Customer.id, Customer.created_on))}
    for customer_id, on in reader.rows(select(FollowUp.customer_id, FollowUp.on)):
        assert created[customer_id] <= on <= TODAY
    for customer_id, on in reader.rows(select(Contract.customer_id, Contract.signed_on)):
        assert created[customer_id] <= on <= TODAY
    for (on,) in reader.rows(select(Payment.paid_on)):
        assert on <= TODAY


def test_one_of_them_works_much_and_sells_little(office):
    summary = office.staff.summary(SummaryQuery(date(2026, 1, 1), TODAY, today=TODAY))
    quadrants = {row.staff: row.quadrant for row in summary.rows}
    assert quadrants["谢雨晴"] == "model_worker"
    assert len({quadrant for quadrant in quadrants.values() if quadrant}) >= 3
    assert any(row.left for row in summary.rows)


def test_the_same_seed_and_day_give_the_same_office(made, tmp_path):
    again, counts = make(tmp_path / "again.gendan", now=NOW.replace(hour=20))
    again.close()
    assert counts == made[1]
    assert _content(tmp_path / "again.gendan") == _content(made[0].folder)
    other, _counts = make(tmp_path / "other.gendan", DemoDraft(customers=300, years=2, seed=8))
    other.close()
    assert _content(tmp_path / "other.gendan") != _content(made[0].folder)


def _content(folder):
    """Return every row of every table but the book's own name."""
    connection = sqlite3.connect(f"file:{folder / 'book.db'}?mode=ro", uri=True)
    tables = [
        row[0]
        for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not row[0].startswith(("book_header", "search_gram"))
    ]
    found = {table: sorted(connection.execute(f'SELECT * FROM "{table}"')) for table in tables}
    connection.close()
    assert len(found["customer"]) == 300
    return found


@pytest.mark.parametrize(
    "draft",
    [
        DemoDraft(customers=1, years=1, staff=1),
        DemoDraft(customers=3, years=1, staff=2),
        DemoDraft(customers=60, years=5, staff=40),
        DemoDraft(customers=0),
    ],
)
def test_any_size_is_sound(tmp_path, draft):
    office, counts = make(tmp_path / "size.gendan", draft)
    assert counts.customers == draft.customers
    assert counts.staff == len(office.staff.all()) == draft.staff
    assert [one for one in office.admin.check() if not one.ok] == []
    office.close()


def test_a_stop_leaves_nothing_behind(tmp_path):
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        make(tmp_path / "stopped.gendan", progress=progress)
    assert list(tmp_path.iterdir()) == []


def test_the_office_goes_on_working(tmp_path):
    from app.services.followups.drafts import FollowupDraft

    office, _counts = make(tmp_path / "work.gendan", DemoDraft(customers=20, years=1))
    customer_id = office.customers.search("KH00001")[0].id
    saved = office.followups.save(FollowupDraft(customer_id, "接着跟"))
    assert saved.followup_id > max(
        entry.id for entry in office.followups.timeline(customer_id) if entry.content != "接着跟"
    )
    assert [one for one in office.admin.check() if not one.ok] == []
    office.close()
