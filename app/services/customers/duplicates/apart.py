"""不是同一家: two customers that somebody has told apart are not offered again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from sqlalchemy import or_, select

from app.models.store.reader import Reader
from app.models.store.unit import Unit
from app.models.tables.customers import DistinctPair

Pair = tuple[int, int]


def read_pairs(reader: Reader) -> frozenset[Pair]:
    """Return all pairs that were told apart, the smaller id first."""
    chosen = select(DistinctPair.one_id, DistinctPair.other_id).where(DistinctPair.deleted_at == 0)
    return frozenset((row[0], row[1]) for row in reader.rows(chosen))


def read_others(reader: Reader, customer_id: int) -> set[int]:
    """Return whom one customer was told apart from."""
    return {one + other - customer_id for _id, one, other in _of(reader, customer_id)}


def tell_apart(unit: Unit, ids: Sequence[int]) -> None:
    """Remember that each of these customers is another one."""
    known = read_pairs(unit)
    for one, other in combinations(sorted(set(ids)), 2):
        if (one, other) not in known:
            unit.add(DistinctPair, one_id=one, other_id=other)


def move_pairs(unit: Unit, from_id: int, to_id: int) -> None:
    """Let what one customer was told apart from be so for the one it goes to."""
    others = read_others(unit, to_id) | {to_id}
    for row_id, one, other in _of(unit, from_id):
        third = one + other - from_id
        if third in others:
            unit.remove(DistinctPair, row_id)
        else:
            low, high = sorted((third, to_id))
            unit.change(DistinctPair, row_id, one_id=low, other_id=high)


def _of(reader: Reader, customer_id: int) -> list[tuple[int, int, int]]:
    chosen = select(DistinctPair.id, DistinctPair.one_id, DistinctPair.other_id).where(
        or_(DistinctPair.one_id == customer_id, DistinctPair.other_id == customer_id),
        DistinctPair.deleted_at == 0,
    )
    return [(row[0], row[1], row[2]) for row in reader.rows(chosen)]
