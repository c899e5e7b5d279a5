"""A class of columns is a table, and stands for it in a statement."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import (
    Index,
    MetaData,
    create_engine,
    delete,
    exists,
    func,
    insert,
    select,
    text,
    update,
)

from app.models.store.unit import entity_named
from app.models.tables import Base
from app.models.tables import base as columns
from app.models.tables.base import Row, aliased
from app.models.tables.customers import Contact, Customer
from app.models.tables.kpi import StaffMonth, StaffMtd
from app.models.tables.staff import Staff, Team


class Shelf(Base):
    """Base of tables apart from those of a book."""

    metadata = MetaData()
    entities = {}  # replaces the one of the book


class Stamped:
    """Columns that two tables share."""

    at = columns.count_column(7)
    note = columns.text_column("-")


class Box(Stamped, Shelf):
    """A table with each kind of column."""

    __tablename__ = "box"
    __table_args__ = (Index("ix_box_word", "word", sqlite_where=text("word <> ''")),)

    id = columns.id_column()
    word = columns.text_column()
    fen = columns.unknown_count_column()
    full = columns.flag_column()
    packed_on = columns.day_column()


class Thing(Stamped, Shelf):
    """A table whose rows refer to another's."""

    __tablename__ = "thing"
    __table_options__ = {"sqlite_with_rowid": False}  # read once

    name = columns.key_column()
    box_id = columns.reference_column("box.id", index=True)


@pytest.fixture
def connection():
    engine = create_engine("sqlite://")
    with engine.connect() as opened:
        Shelf.metadata.create_all(opened)
        yield opened
    engine.dispose()


def _sql(connection, name):
    found = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = :n"), {"n": name})
    return " ".join(found.scalar_one().split())


def test_a_class_becomes_its_table(connection):
    assert _sql(connection, "box") == (
        "CREATE TABLE box ( id INTEGER NOT NULL, word TEXT DEFAULT '' NOT NULL, fen INTEGER, "
        "\"full\" BOOLEAN DEFAULT '0' NOT NULL, packed_on TEXT DEFAULT '' NOT NULL, "
        "at INTEGER DEFAULT '7' NOT NULL, note TEXT DEFAULT '-' NOT NULL, PRIMARY KEY (id) )"
    )
    assert _sql(connection, "ix_box_word") == (
        "CREATE INDEX ix_box_word ON box (word) WHERE word <> ''"
    )


def test_a_reference_has_its_index_and_a_table_its_options(connection):
    made = _sql(connection, "thing")
    assert "FOREIGN KEY(box_id) REFERENCES box (id)" in made
    assert made.endswith("WITHOUT ROWID")
    assert _sql(connection, "ix_thing_box_id") == "CREATE INDEX ix_thing_box_id ON thing (box_id)"


def test_a_shared_column_is_each_tables_own():
    assert Box.at is Box.__table__.c.at
    assert Thing.at is Thing.__table__.c.at
    assert Box.at is not Thing.at
    assert StaffMonth.calls.table is StaffMonth.__table__
    assert StaffMtd.calls.table is StaffMtd.__table__
    assert (Customer.id.table, Contact.id.table) == (Customer.__table__, Contact.__table__)


def test_a_class_without_a_name_is_no_table():
    assert not hasattr(Row, "__table__")
    assert set(Shelf.metadata.tables) == {"box", "thing"}


def test_a_class_stands_for_its_table(connection):
    days = [date(2026, 3, 1), None]
    for number, day in enumerate(days):
        connection.execute(insert(Box).values(id=number, packed_on=day))
    connection.execute(insert(Thing).values(name="pen", box_id=1))
    connection.execute(update(Box).where(Box.id == 1).values(full=True))
    joined = select(Thing.name, Box.full, Box.packed_on).join(Box, Box.id == Thing.box_id)
    assert [tuple(row) for row in connection.execute(joined)] == [("pen", True, None)]
    used = exists().select_from(Thing).where(Thing.box_id == Box.id)
    assert connection.execute(select(Box.packed_on).where(~used)).scalars().all() == [days[0]]
    connection.execute(delete(Thing))
    assert connection.execute(select(func.count()).select_from(Thing)).scalar_one() == 0


def test_a_row_left_bare_has_the_defaults(connection):
    connection.execute(insert(Box).values(id=1))
    connection.execute(text("INSERT INTO box (id) VALUES (2)"))
    one, other = connection.execute(select(*list(Box.__table__.c)[1:]).order_by(Box.id))
    assert tuple(one) == tuple(other) == ("", None, False, None, 7, "-")


def test_a_table_can_meet_itself(connection):
    connection.execute(insert(Box), [{"id": 1, "word": "one"}, {"id": 2, "word": "two"}])
    before = aliased(Box)
    pairs = select(Box.word, before.word).join(before, before.id == Box.id - 1)
    assert [tuple(row) for row in connection.execute(pairs)] == [("two", "one")]
    assert set(Shelf.entities) == {"box", "thing"}


@pytest.mark.parametrize("entity", [Customer, Staff, Team])
def test_an_entity_is_found_by_its_table(entity):
    assert entity_named(entity.__tablename__) is entity


def test_every_table_of_a_book_has_its_class():
    assert {name: one.__table__ for name, one in Base.entities.items()} == dict(
        Base.metadata.tables
    )
