"""Business features: fields the manager defines, and what was learnt."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy import text as sql

from app.models.tables.base import (
    Row,
    count_column,
    day_column,
    flag_column,
    reference_column,
    text_column,
)
from app.models.values.changes import Kind


def _of_kind(name: str, which: str, column: str = "") -> Index:
    """Index the living values of one kind with their customers: a filter reads nothing else."""
    return Index(
        f"ix_feature_value_{name}",
        "field_id",
        column or name,
        "customer_id",
        sqlite_where=sql(f"deleted_at = 0 AND {which}"),
    )


class FeatureField(Row):
    """A field the manager defined; ``key`` is stable and never reused."""

    __tablename__ = "feature_field"
    KIND = Kind.feature

    key = text_column()
    label = text_column()
    help = text_column()
    type = text_column("text")
    unit = text_column()
    position = count_column()
    required = flag_column()
    archived = flag_column()
    importance = count_column(1)


class FeatureOption(Row):
    """A choice of a single or multi choice field."""

    __tablename__ = "feature_option"
    KIND = Kind.feature

    field_id = reference_column("feature_field.id", index=True)
    label = text_column()
    position = count_column()
    archived = flag_column()


class FeatureValue(Row):
    """What is known of one feature at one customer, and when it was learnt.

    Money is in fen and yes/no is 1/0 in ``number``; numbers are in millionths.
    """

    __tablename__ = "feature_value"
    KIND = Kind.feature
    __table_args__ = (
        Index("ix_feature_value_customer", "customer_id", "field_id"),
        _of_kind("text", "text <> ''"),
        _of_kind("number", "option_id = 0"),
        _of_kind("day", "day <> ''"),
        _of_kind("option", "option_id <> 0", "option_id"),
    )

    customer_id = reference_column("customer.id")
    field_id = reference_column("feature_field.id")
    text = text_column()
    number = count_column()
    day = day_column()
    option_id = count_column()
    learnt_on = day_column()
    staff_id = count_column()
    followup_id = count_column()
