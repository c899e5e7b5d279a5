"""The types a manager can give a field (product.md 1.5)."""

from __future__ import annotations

from enum import StrEnum


class FieldType(StrEnum):
    """Type of a field."""

    text = "text"
    long_text = "long_text"
    rich_text = "rich_text"
    integer = "integer"
    number = "number"
    money = "money"
    percent = "percent"
    rating = "rating"
    date = "date"
    time = "time"
    moment = "moment"
    span = "span"
    window = "window"
    single = "single"
    multi = "multi"
    cascade = "cascade"
    yes_no = "yes_no"
    mobile = "mobile"
    phone = "phone"
    email = "email"
    website = "website"
    licence = "licence"
    place = "place"
    staff = "staff"
    team = "team"
    customer = "customer"
    contact = "contact"
    product = "product"
    formula = "formula"
    rollup = "rollup"
    serial = "serial"
    lines = "lines"
    note = "note"
    divider = "divider"


CHOSEN = frozenset({FieldType.single, FieldType.multi, FieldType.cascade})
"""Types whose values are options."""

FIGURES = frozenset({FieldType.integer, FieldType.number, FieldType.percent, FieldType.rating})
"""Types whose values are numbers in millionths."""

REFERENCES = frozenset(
    {FieldType.staff, FieldType.team, FieldType.customer, FieldType.contact, FieldType.product}
)
"""Types whose values are rows elsewhere: the id is in ``number``, the name as known in ``text``."""

COMPUTED = frozenset({FieldType.formula, FieldType.rollup, FieldType.serial})
"""Types that nobody types: the office computes them whenever what they rest on changes."""

SHOWN_ONLY = frozenset({FieldType.note, FieldType.divider})
"""Types that only arrange the form and hold no value."""
