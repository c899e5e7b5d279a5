"""Pages by key: the cost of a page does not depend on where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, or_, tuple_

from app.models.values.pages import Key

Ts = TypeVarTuple("Ts")

Ordered = tuple[ColumnElement[Any], bool]
"""A column that is never null, and whether it falls."""


def after(
    select: Select[*Ts],
    column: ColumnElement[Any],
    row_id: ColumnElement[int],
    *,
    key: Key | tuple[Any, Any] | None,
    descending: bool,
    backward: bool = False,
    inclusive: bool = False,
    limit: Any = 200,
) -> Select[*Ts]:
    """Return the page of rows after ``key`` in the order of (column, id).

    ``backward`` walks the other way; the caller then turns the rows round.
    """
    by = ((column, descending), (row_id, descending))
    return walk(select, by, key=key, backward=backward, inclusive=inclusive, limit=limit)


def walk(
    select: Select[*Ts],
    by: Sequence[Ordered],
    *,
    key: Sequence[Any] | None,
    backward: bool = False,
    inclusive: bool = False,
    limit: Any = 200,
) -> Select[*Ts]:
    """Return the page of rows after ``key`` in an order whose last column tells all rows apart."""
    turned = [(column, falling != backward) for column, falling in by]
    ordered = select.order_by(
        *(column.desc() if falling else column.asc() for column, falling in turned)
    ).limit(limit)
    return ordered if key is None else ordered.where(_beyond(turned, key, inclusive=inclusive))


def _beyond(by: Sequence[Ordered], key: Sequence[Any], *, inclusive: bool) -> ColumnElement[bool]:
    """Return the condition of rows past a key.

    Row values keep the index seek that an OR of comparisons loses. Where some columns rise
    and others fall there are none, but the first column still bounds the walk.
    """
    ways = {falling for _column, falling in by}
    if len(ways) == 1:
        here: Any = tuple_(*(column for column, _falling in by))
        there: Any = tuple_(*key)
        if ways == {True}:
            beyond = here <= there if inclusive else here < there
        else:
            beyond = here >= there if inclusive else here > there
        assert isinstance(beyond, ColumnElement)
        return beyond
    past: ColumnElement[bool] = _strictly(*by[-1], key[-1])
    if inclusive:
        past = or_(by[-1][0] == key[-1], past)
    for (column, falling), value in zip(by[-2::-1], key[-2::-1], strict=True):
        past = or_(_strictly(column, falling, value), and_(column == value, past))
    first, falls = by[0]
    return and_(first <= key[0] if falls else first >= key[0], past)


def _strictly(column: ColumnElement[Any], falling: bool, value: Any) -> ColumnElement[bool]:
    beyond = column < value if falling else column > value
    assert isinstance(beyond, ColumnElement)
    return beyond
