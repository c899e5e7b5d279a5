"""Pages by key: the cost of a page does not depend on where it lies."""

from __future__ import annotations

from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Select, tuple_

from app.models.values.pages import Key

Ts = TypeVarTuple("Ts")


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
    Row values keep the index seek that an OR of comparisons loses.
    """
    falling = descending != backward
    ordered = select.order_by(
        column.desc() if falling else column.asc(), row_id.desc() if falling else row_id.asc()
    ).limit(limit)
    if key is None:
        return ordered
    here, there = tuple_(column, row_id), tuple_(*key)
    if falling:
        return ordered.where(here <= there if inclusive else here < there)
    return ordered.where(here >= there if inclusive else here > there)
