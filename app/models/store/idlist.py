"""Long lists of ids in one value: no limit on their number, one text for every length."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select


def among(column: Any, ids: Iterable[int]) -> ColumnElement[bool]:
    """Return the condition that a column holds one of these ids."""
    return _listed(column, json.dumps(sorted(ids)))


def among_bound(column: Any, name: str) -> ColumnElement[bool]:
    """Return the same condition for ids given at each run, as a JSON list under a name."""
    return _listed(column, bindparam(name, "[]"))


def _listed(column: Any, ids: Any) -> ColumnElement[bool]:
    listed = func.json_each(ids).table_valued("value")
    found: ColumnElement[bool] = column.in_(select(listed.c.value))
    return found
