"""Imports in chunks: stopped, killed, gone on with, taken back."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.errors import Cancelled, UserError
from app.models.tables.customers import Customer
from app.services.jobs import Progress
from app.services.transfer.outcomes import ImportOptions
from app.services.undo import Conflict

HEAD = "客户名称,创建日期,联系人,手机\n"


class Stopped(Progress):
    """Raise at a step of writing, as a kill or a stop would end it there."""

    def __init__(self, at, error=KeyboardInterrupt):
        super().__init__()
        self._left = at
        self._error = error

    def step(self, done, total, text=""):
        if self._left == 0:
            raise self._error
        self._left -= 1


@pytest.fixture
def read(office, tmp_path):
    """Read a file of many customers."""

    def many(count, name="客户.csv", tail=""):
        rows = [f"第{n}家公司,2026-01-02,王{n},138{n:08d}\n" for n in range(count)]
        path = tmp_path / name
        path.write_text(HEAD + "".join(rows) + tail, "utf-8")
        return office.transfer.read([path])

    return many


def customers(office):
    with office.context.read() as reader:
        alive = select(func.count(Customer.id)).where(Customer.deleted_at == 0)
        return reader.scalar(alive)


def sound(office):
    return [one.name for one in office.admin.check(deep=True) if not one.ok] == []


@pytest.mark.parametrize("step", range(4))
def test_a_killed_import_ends_on_a_chunk_and_goes_on_in_the_same_batch(office, read, step):
    found = read(1300)
    with pytest.raises(KeyboardInterrupt):
        office.transfer.write(found, progress=Stopped(step))
    assert customers(office) == min(step * 500, 1300)
    assert [one.state for one in office.transfer.history()] == ["running"]
    report = office.transfer.write(found)
    assert customers(office) == 1300
    assert report.created == 1300 - min(step * 500, 1300)
    (batch,) = office.transfer.history()
    assert (batch.id, batch.state) == (report.batch_id, "done")
    assert sound(office)
    office.transfer.undo(report.batch_id)
    assert customers(office) == 0
    assert sound(office)


def test_an_error_within_a_chunk_leaves_nothing_of_it(office, read, monkeypatch):
    from app.services.transfer.writing.pile import Pile

    found, writes = read(1300), []
    write = Pile.write

    def failing(pile, unit):
        write(pile, unit)
        writes.append(1)
        if len(writes) == 2:
            raise OSError("pulled")

    monkeypatch.setattr(Pile, "write", failing)
    with pytest.raises(OSError, match="pulled"):
        office.transfer.write(found)
    assert customers(office) == 500
    monkeypatch.undo()
    office.transfer.write(found)
    assert customers(office) == 1300
    assert sound(office)


def test_a_stop_takes_back_what_was_written(office, read):
    with pytest.raises(Cancelled):
        office.transfer.write(read(1300), progress=Stopped(2, Cancelled))
    assert customers(office) == 0
    assert [one.state for one in office.transfer.history()] == ["undone"]
    assert sound(office)


def test_a_stop_keeps_whole_chunks_when_asked(office, read):
    options = ImportOptions(keep_when_stopped=True)
    report = office.transfer.write(read(1300), options, progress=Stopped(2, Cancelled))
    assert (report.stopped, report.created, customers(office)) == (True, 1000, 1000)
    office.transfer.undo(report.batch_id)
    assert customers(office) == 0


def test_a_batch_goes_back_even_where_it_changed_its_own_rows(office, read):
    found = read(600, tail="第3家公司,,李新,13900000000\n" * 2)
    report = office.transfer.write(found)
    assert (report.created, report.updated, report.duplicates) == (600, 2, 2)
    undone = office.transfer.undo(report.batch_id)
    assert undone.conflicts == ()
    assert customers(office) == 0
    with pytest.raises(UserError) as raised:
        office.transfer.undo(report.batch_id)
    assert raised.value.code == "batch_undone"


def test_a_later_batch_goes_back_first_and_then_the_earlier_one(office, tmp_path):
    def bring(text, name):
        (tmp_path / name).write_text(text, "utf-8")
        return office.transfer.write(office.transfer.read([tmp_path / name])).batch_id

    first = bring("客户名称,来源\n甲公司,\n", "甲.csv")
    second = bring("客户名称,来源\n甲公司,展会\n", "乙.csv")
    assert office.transfer.undo(second).conflicts == ()
    assert office.customers.card(office.customers.resolve("甲公司")).source == ""
    assert office.transfer.undo(first).conflicts == ()
    assert customers(office) == 0


def test_a_customer_somebody_worked_with_since_stays_with_its_contacts(office, read, tmp_path):
    from app.services.followups.drafts import FollowupDraft

    batch = office.transfer.write(read(3)).batch_id
    kept = office.customers.resolve("第1家公司")
    office.followups.save(FollowupDraft(kept, "谈过了"))
    undone = office.transfer.undo(batch)
    assert undone.conflicts == (Conflict("customer", kept, "worked_with"),)
    assert customers(office) == 1
    card = office.customers.card(kept)
    assert ([one.phone() for one in card.contacts], card.owner_id) == (
        ["13800000001"],
        office.context.actor.staff_id,
    )
    assert sound(office)


def test_only_who_may_import_imports_and_takes_back(office, read):
    from app.services.context import Actor

    report = office.transfer.write(read(1))
    office.context.act_as(Actor(1, "看客", "readonly"))
    for act in (lambda: office.transfer.write(read(1)), lambda: office.transfer.undo(1)):
        with pytest.raises(UserError) as raised:
            act()
        assert raised.value.code == "not_allowed"
    assert customers(office) == 1
    assert report.batch_id
