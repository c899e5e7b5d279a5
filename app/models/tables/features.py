"""Business features: fields the manager defines, and what was learnt."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.tables.base import Row, count_column, day_column, flag_column, text_column
from app.models.values.changes import Kind


class FeatureField(Row):
    """A field the manager defined; ``key`` is stable and never reused."""

    __tablename__ = "feature_field"
    KIND = Kind.feature

    key: Mapped[str] = text_column()
    label: Mapped[str] = text_column()
    help: Mapped[str] = text_column()
    type: Mapped[str] = text_column("text")
    unit: Mapped[str] = text_column()
    position: Mapped[int] = count_column()
    required: Mapped[bool] = flag_column()
    archived: Mapped[bool] = flag_column()
    importance: Mapped[int] = count_column(1)


class FeatureOption(Row):
    """A choice of a single or multi choice field."""

    __tablename__ = "feature_option"
    KIND = Kind.feature

    field_id: Mapped[int] = mapped_column(ForeignKey("feature_field.id"), index=True)
    label: Mapped[str] = text_column()
    position: Mapped[int] = count_column()
    archived: Mapped[bool] = flag_column()


class FeatureValue(Row):
    """What is known of one feature at one customer, and when it was learnt.

    Money is in fen and yes/no is 1/0 in ``number``; numbers are in millionths.
    """

    __tablename__ = "feature_value"
    KIND = Kind.feature
    __table_args__ = (
        Index("ix_feature_value_customer", "customer_id", "field_id"),
        Index("ix_feature_value_text", "field_id", "text"),
        Index("ix_feature_value_number", "field_id", "number"),
        Index("ix_feature_value_day", "field_id", "day"),
        Index("ix_feature_value_option", "field_id", "option_id"),
    )

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    field_id: Mapped[int] = mapped_column(ForeignKey("feature_field.id"))
    text: Mapped[str] = text_column()
    number: Mapped[int] = count_column()
    day: Mapped[date | None] = day_column()
    option_id: Mapped[int] = count_column()
    learnt_on: Mapped[date | None] = day_column()
    staff_id: Mapped[int] = count_column()
    followup_id: Mapped[int] = count_column()
