"""How the values of a column are meant, so that a file or a page writes them right."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias


class Form(StrEnum):
    """How the values of a column are meant; money is fen, a rate a fraction, hours seconds."""

    text = "text"
    whole = "whole"
    money = "money"
    rate = "rate"
    number = "number"
    hours = "hours"
    mixed = "mixed"
    day = "day"
    moment = "moment"


Exact: TypeAlias = str | int | float | date | datetime | None
"""A value as it is meant, None for nothing; a moment is on the office's clock."""


def scaled(value: float, form: Form) -> float:
    """Return a value as it is read: money in yuan, time in hours."""
    return value / {Form.money: 100, Form.hours: 3600}.get(form, 1)


def as_typed(value: Exact, form: Form) -> str:
    """Return a value as it is typed into a cell: 460000.00, 2026-11-20, 0.198."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    if form is Form.money:
        return f"{scaled(value, form):.2f}"
    if form is Form.hours:
        return f"{scaled(value, form):.2f}"
    return str(value)
