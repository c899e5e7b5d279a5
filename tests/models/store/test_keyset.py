"""Pages by key: every walk sees every row once, in order, from any place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import MetaData, create_engine, insert, select

from app.models.store import keyset
from app.models.tables import base

_engine = create_engine("sqlite://")


class Shelf(base.Base):
    metadata = MetaData()
    entities = {}  # replaces the one of the book


class Thing(Shelf):
    __tablename__ = "thing"
    id = base.id_column()
    weight = base.count_column()


class Pair(Shelf):
    __tablename__ = "pair"
    id = base.id_column()
    one = base.count_column()
    two = base.count_column()


def _walk(connection, *, descending, backward, limit):
    key, found = None, []
    while True:
        page = connection.execute(
            keyset.after(
                select(Thing.weight, Thing.id),
                Thing.weight,
                Thing.id,
                key=key,
                descending=descending,
                backward=backward,
                limit=limit,
            )
        ).all()
        if not page:
            return found
        found += [tuple(row) for row in page]
        key = tuple(page[-1])


@given(
    weights=st.lists(st.integers(-3, 3), max_size=40),
    descending=st.booleans(),
    backward=st.booleans(),
    limit=st.integers(1, 7),
)
def test_a_walk_sees_every_row_once_in_order(weights, descending, backward, limit):
    rows = [{"id": number + 1, "weight": weight} for number, weight in enumerate(weights)]
    with _engine.connect() as connection:
        Shelf.metadata.create_all(connection)
        if rows:
            connection.execute(insert(Thing), rows)
        walked = _walk(connection, descending=descending, backward=backward, limit=limit)
        connection.rollback()
    whole = sorted((row["weight"], row["id"]) for row in rows)
    assert walked == (whole[::-1] if descending != backward else whole)


@given(weights=st.lists(st.integers(-3, 3), min_size=1, max_size=30), data=st.data())
def test_a_page_begins_at_its_key_when_asked(weights, data):
    rows = [{"id": number + 1, "weight": weight} for number, weight in enumerate(weights)]
    whole = sorted((row["weight"], row["id"]) for row in rows)
    place = data.draw(st.integers(0, len(whole) - 1))
    descending = data.draw(st.booleans())
    inclusive = data.draw(st.booleans())
    ordered = whole[::-1] if descending else whole
    with _engine.connect() as connection:
        Shelf.metadata.create_all(connection)
        connection.execute(insert(Thing), rows)
        page = connection.execute(
            keyset.after(
                select(Thing.weight, Thing.id),
                Thing.weight,
                Thing.id,
                key=ordered[place],
                descending=descending,
                inclusive=inclusive,
            )
        ).all()
        connection.rollback()
    assert [tuple(row) for row in page] == ordered[place + (0 if inclusive else 1) :]


@given(
    rows=st.lists(st.tuples(st.integers(-2, 2), st.integers(-2, 2)), max_size=30),
    falls=st.tuples(st.booleans(), st.booleans(), st.booleans()),
    backward=st.booleans(),
    limit=st.integers(1, 7),
)
def test_a_walk_by_several_columns_each_its_own_way(rows, falls, backward, limit):
    by = [
        (column, falling)
        for column, falling in zip((Pair.one, Pair.two, Pair.id), falls, strict=True)
    ]
    whole = [(one, two, at + 1) for at, (one, two) in enumerate(rows)]
    for at in (2, 1, 0):
        whole.sort(key=lambda row, at=at: row[at], reverse=falls[at])
    with _engine.connect() as connection:
        Shelf.metadata.create_all(connection)
        if rows:
            listed = [dict(zip(("one", "two", "id"), row, strict=True)) for row in whole]
            connection.execute(insert(Pair.__table__), listed)
        key, walked = None, []
        while True:
            asked = keyset.walk(
                select(Pair.one, Pair.two, Pair.id),
                by,
                key=key,
                backward=backward,
                limit=limit,
            )
            page = [tuple(row) for row in connection.execute(asked)]
            if not page:
                break
            walked += page
            key = page[-1]
            again = keyset.walk(
                select(Pair.id), by, key=key, backward=backward, inclusive=True, limit=1
            )
            assert connection.scalar(again) == key[2]
        connection.rollback()
    assert walked == (whole[::-1] if backward else whole)
