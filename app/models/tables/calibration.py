"""Calibration events: every change of 定性, 定级, 定量 and 关键节点."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.tables.base import Row, count_column, day_column, text_column
from app.models.values.changes import Kind


class CalibrationEvent(Row):
    """One change of one calibrated field (product.md 1.4)."""

    __tablename__ = "calibration_event"
    KIND = Kind.calibration
    __table_args__ = (Index("ix_calibration_event_customer", "customer_id", "at"),)

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    opportunity_id: Mapped[int] = count_column()
    at: Mapped[int] = count_column()
    on: Mapped[date | None] = day_column()
    staff_id: Mapped[int] = count_column()
    field: Mapped[str] = text_column()
    old: Mapped[str] = text_column()
    new: Mapped[str] = text_column()
    reason: Mapped[str] = text_column()
    source: Mapped[str] = text_column("manual")
    followup_id: Mapped[int] = count_column()
