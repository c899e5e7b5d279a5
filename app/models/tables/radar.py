"""Customer radar: what was found out about a customer, where, and where to look."""

from __future__ import annotations

from app.models.tables.base import (
    Row,
    bin_index,
    count_column,
    day_column,
    flag_column,
    reference_column,
    text_column,
)
from app.models.values.changes import Kind


class RadarItem(Row):
    """One value found for an item, with its source, day, finder and mark.

    Several values of one item stand beside each other; the newest is the present one.
    ``tag`` and ``expires_on`` are those of a free 情报 item.
    """

    __tablename__ = "radar_item"
    KIND = Kind.radar
    __table_args__ = (bin_index("radar_item"),)

    customer_id = reference_column("customer.id", index=True)
    section = text_column()
    label = text_column()
    value = text_column()
    source = text_column()
    found_on = day_column()
    staff_id = count_column()
    mark = text_column("unchecked")
    position = count_column()
    tag = text_column()
    expires_on = day_column()
    confidence = text_column()


class RadarLink(Row):
    """A place to look a customer up: a title and an address with {variables} in it.

    ``scope`` is what it starts from, ``encoding`` how values are written into the address,
    ``digit`` the key that opens it, ``watched`` whether the clipboard is watched afterwards.
    """

    __tablename__ = "radar_link"
    KIND = Kind.radar

    title = text_column()
    scope = text_column("customer")
    address = text_column()
    encoding = text_column("utf-8")
    digit = count_column()
    watched = flag_column()
    position = count_column()


class RadarAct(Row):
    """A place that was opened for a customer: the exact address, when and by whom."""

    __tablename__ = "radar_act"
    KIND = Kind.radar

    customer_id = reference_column("customer.id", index=True)
    title = text_column()
    address = text_column()
    at = count_column()
    staff_id = count_column()
