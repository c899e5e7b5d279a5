"""Customer radar: what was found out about a customer, and where."""

from __future__ import annotations

from app.models.tables.base import (
    Row,
    bin_index,
    count_column,
    day_column,
    reference_column,
    text_column,
)
from app.models.values.changes import Kind


class RadarItem(Row):
    """One fact about a customer with its source, day, finder and mark."""

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
