"""Calibration events: every change of 定性, 定级, 定量 and 关键节点."""

from __future__ import annotations

from sqlalchemy import Index

from app.models.tables.base import Row, count_column, day_column, reference_column, text_column
from app.models.values.changes import Kind


class CalibrationEvent(Row):
    """One change of one calibrated field (product.md 1.4)."""

    __tablename__ = "calibration_event"
    KIND = Kind.calibration
    __table_args__ = (Index("ix_calibration_event_customer", "customer_id", "at"),)

    customer_id = reference_column("customer.id")
    opportunity_id = count_column()
    at = count_column()
    on = day_column()
    staff_id = count_column()
    field = text_column()
    old = text_column()
    new = text_column()
    reason = text_column()
    source = text_column("manual")
    followup_id = count_column()
