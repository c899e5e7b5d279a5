"""Long lists of ids in one value: no limit on their number, one text for every length."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, func, select


def among(column: Any, ids: Iterable[int]) -> ColumnElement[bool]:
    """Return the condition that a column holds one of these ids."""
    listed = func.json_each(json.dumps(sorted(ids))).table_valued("value")
    found: ColumnElement[bool] = column.in_(select(listed.c.value))
    return found
