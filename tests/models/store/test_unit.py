"""A unit of work: all or nothing, every write stamped, noted and announced."""

from __future__ import annotations

import json
import threading
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlcipher3 import dbapi2

from app.errors import UserError
from app.models.tables.admin import AuditEntry
from app.models.tables.customers import Customer, StageMove
from app.models.tables.followups import Draft
from app.models.values.changes import Kind
from app.models.values.ids import IdMaker

FIRM = {"name": "甲", "name_key": "甲", "sort_key": "jia", "created_on": date(2025, 11, 24)}


def entries(book):
    chosen = select(
        AuditEntry.action,
        AuditEntry.table_name,
        AuditEntry.row_id,
        AuditEntry.before,
        AuditEntry.after,
        AuditEntry.label,
        AuditEntry.unit_id,
        AuditEntry.staff_id,
    )
    with book.database.read() as reader:
        return reader.rows(chosen.order_by(AuditEntry.id))


def count(book, entity):
    with book.database.read() as reader:
        return reader.scalar(select(func.count()).select_from(entity))


def test_a_row_is_stamped_noted_and_announced(book, stamp):
    with book.database.write(stamp("新建", batch_id=3)) as unit:
        row_id = unit.add(Customer, **FIRM)
        assert unit.changes.may_touch(Kind.customer, row_id)
        assert not unit.changes.may_touch(Kind.contract, row_id)
    with book.database.read() as reader:
        stored = reader.stored(Customer, row_id)
    assert stored is not None
    assert stored["name"] == "甲"
    assert stored["created_on"] == date(2025, 11, 24)
    assert stored["created_at"] == stored["updated_at"] == stamp().now
    assert (stored["created_by"], stored["batch_id"], stored["deleted_at"]) == (7, 3, 0)
    (entry,) = entries(book)
    assert tuple(entry)[:3] == ("add", "customer", row_id)
    assert (entry.label, entry.staff_id) == ("新建", 7)
    assert json.loads(entry.after)["name"] == "甲"


def test_a_change_notes_only_what_differs(book, stamp):
    with book.database.write(stamp()) as unit:
        row_id = unit.add(Customer, **FIRM)
    with book.database.write(stamp(now=stamp().now + 5)) as unit:
        unit.change(Customer, row_id, name="乙", note="", created_on=FIRM["created_on"])
        assert unit.trail[0].before is not None
        assert unit.trail[0].before["name"] == "甲"
    assert json.loads(entries(book)[-1].before) == {"name": "甲"}
    assert json.loads(entries(book)[-1].after) == {"name": "乙"}
    with book.database.write(stamp()) as unit:
        unit.change(Customer, row_id, name="乙")
        assert not unit.changes
    assert len(entries(book)) == 2


def test_the_bin_takes_and_gives_back(book, stamp):
    with book.database.write(stamp()) as unit:
        row_id = unit.add(Customer, **FIRM)
        unit.remove(Customer, row_id)
        unit.remove(Customer, row_id)
        assert unit.stored(Customer, row_id)["deleted_at"] == stamp().now
        unit.bring_back(Customer, row_id)
        assert unit.stored(Customer, row_id)["deleted_at"] == 0
    assert [entry.action for entry in entries(book)] == ["add", "remove", "bring_back"]


@pytest.mark.parametrize("act", ["change", "remove", "bring_back"])
def test_a_row_that_is_not_there_is_told(book, stamp, act):
    with pytest.raises(UserError) as caught, book.database.write(stamp()) as unit:
        getattr(unit, act)(Customer, 99)
    assert caught.value.code == "not_found"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, UserError])
def test_any_exception_takes_everything_back(book, stamp, error):
    raised = UserError("x", "x") if error is UserError else error()

    def act():
        with book.database.write(stamp()) as unit:
            unit.add(Customer, **FIRM)
            raise raised

    with pytest.raises(error):
        act()
    assert count(book, Customer) == 0
    assert entries(book) == []
    with book.database.write(stamp()) as unit:
        unit.add(Customer, **FIRM)
    assert count(book, Customer) == 1


def test_a_row_needs_its_parent(book, stamp):
    with pytest.raises(dbapi2.IntegrityError), _raw(), book.database.write(stamp()) as unit:
        unit.add(StageMove, customer_id=12345, to_position=1)
    assert count(book, StageMove) == 0


class _raw:  # noqa: N801 - reads like a word in a with statement
    """Let the driver's own error through SQLAlchemy's."""

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if error is not None and getattr(error, "orig", None) is not None:
            raise error.orig
        return False


def test_many_rows_are_one_entry(book, stamp):
    with book.database.write(stamp()) as unit:
        ids = unit.add_many(Customer, [{**FIRM, "name": name} for name in "甲乙丙"])
        assert [change.row_id for change in unit.trail] == ids
        assert [change.after["name"] for change in unit.trail] == list("甲乙丙")
        assert unit.trail[0].after["grade"] == ""
        assert unit.add_many(Customer, []) == []
    (entry,) = entries(book)
    assert json.loads(entry.after)["ids"] == ids
    assert count(book, Customer) == 3


def test_loaded_rows_keep_their_stamps_and_meet_no_rule(book, stamp):
    rows = [{**FIRM, "id": number, "created_at": 5, "updated_at": 6} for number in (11, 12)]
    with book.database.write(stamp()) as unit:
        unit.load(Customer, rows)
        unit.load(Customer, [])
        assert unit.trail == []
        assert unit.changes.touches([Kind.customer])
    (entry,) = entries(book)
    assert (entry.action, json.loads(entry.after)) == (
        "load",
        {"count": 2, "first": 11, "last": 12},
    )
    with book.database.read() as reader:
        assert reader.stored(Customer, 11)["created_at"] == 5


def test_derived_columns_leave_no_trace(book, stamp):
    with book.database.write(stamp()) as unit:
        row_id = unit.add(Customer, **FIRM)
    with book.database.write(stamp(now=stamp().now + 9)) as unit:
        unit.derive(Customer, row_id, grade="big")
        assert unit.trail == []
    assert len(entries(book)) == 1
    with book.database.read() as reader:
        stored = reader.stored(Customer, row_id)
    assert (stored["grade"], stored["updated_at"]) == ("big", stamp().now)


def test_drafts_are_nobodys_record(book, stamp):
    with book.database.write(stamp()) as unit:
        unit.add(Draft, staff_id=7, form="followup", subject_id=1, payload="{}")
        assert not unit.changes
    assert entries(book) == []


def test_a_reader_sees_one_moment(book, stamp):
    with book.database.write(stamp()) as unit:
        unit.add(Customer, **FIRM)
    with book.database.read() as reader:
        before = reader.scalar(select(func.count(Customer.id)))
        with book.database.write(stamp()) as unit:
            unit.add(Customer, **FIRM)
        assert reader.scalar(select(func.count(Customer.id))) == before == 1
    assert count(book, Customer) == 2


def test_a_reader_cannot_write(book):
    with book.database.read() as reader:
        assert not hasattr(reader, "add")


def test_writers_of_several_threads_queue(book, stamp):
    with book.database.write(stamp()) as unit:
        row_id = unit.add(Customer, **FIRM, code="0")
    failed = []

    def add_one():
        try:
            for _ in range(20):
                with book.database.write(stamp()) as unit:
                    stored = unit.stored(Customer, row_id)
                    unit.change(Customer, row_id, code=str(int(stored["code"]) + 1))
        except BaseException as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=add_one) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with book.database.read() as reader:
        assert reader.stored(Customer, row_id)["code"] == "100"


def test_a_unit_within_a_unit_is_a_bug(book, stamp):
    with (
        pytest.raises(RuntimeError),
        book.database.write(stamp()),
        book.database.write(stamp()),
    ):
        pass


def test_ids_grow_and_never_repeat():
    make = IdMaker()
    found = [make() for _ in range(10_000)]
    assert found == sorted(set(found))
    assert all(0 < one < 1 << 63 for one in found)
    assert {one >> 12 & 1023 for one in found} == {found[0] >> 12 & 1023}


def test_a_frozen_maker_makes_the_same_ids_again():
    start = 1_764_000_000_000
    first, second = ([IdMaker(5, start)() for _ in range(1)] for _ in range(2))
    assert first == second
    make = IdMaker(5, start)
    found = [make() for _ in range(9_000)]
    assert found == sorted(set(found))
