"""Customer radar: what was found out about a customer, and where."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.tables.base import Row, count_column, day_column, text_column
from app.models.values.changes import Kind


class RadarItem(Row):
    """One fact about a customer with its source, day, finder and mark."""

    __tablename__ = "radar_item"
    KIND = Kind.radar

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    section: Mapped[str] = text_column()
    label: Mapped[str] = text_column()
    value: Mapped[str] = text_column()
    source: Mapped[str] = text_column()
    found_on: Mapped[date | None] = day_column()
    staff_id: Mapped[int] = count_column()
    mark: Mapped[str] = text_column("unchecked")
    position: Mapped[int] = count_column()
