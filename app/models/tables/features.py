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
    """A field the manager defined; ``key`` is stable and never reused.

    ``least``, ``most`` and ``initial`` are as typed; ``places`` -1 is any number of them.
    ``expression`` is a formula, a roll-up, the pattern of a number, the columns of a
    sub-table or the words of a note; it and the two conditions name fields by ``[key]``.
    ``kinds`` and ``industries`` are words joined by line ends, empty for all. ``unasked``
    keeps it out of 写跟单, ``unlisted`` out of lists, ``unimported`` out of imports.
    """

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
    section = text_column()
    initial = text_column()
    least = text_column()
    most = text_column()
    places = count_column(-1)
    with_target = flag_column()
    expression = text_column()
    required_when = text_column()
    visible_when = text_column()
    kinds = text_column()
    industries = text_column()
    single_use = flag_column()
    unasked = flag_column()
    before_signing = flag_column()
    unlisted = flag_column()
    in_radar = flag_column()
    unimported = flag_column()


class FeatureOption(Row):
    """A choice of a single or multi choice field."""

    __tablename__ = "feature_option"
    KIND = Kind.feature

    field_id = reference_column("feature_field.id", index=True)
    label = text_column()
    position = count_column()
    archived = flag_column()
    colour = text_column()
    parent_id = count_column()
    merged_into_id = count_column()


class FeatureTalk(Row):
    """What to talk about when a field says something: if the pain is X, then Y."""

    __tablename__ = "feature_talk"
    KIND = Kind.feature

    field_id = reference_column("feature_field.id", index=True)
    position = count_column()
    condition = text_column()
    words = text_column()
    example = text_column()


class FeatureValue(Row):
    """What is known of one feature at one customer, and when it was learnt.

    Money is in fen and yes/no is 1/0 in ``number``; numbers are in millionths; of a member of
    staff or another row elsewhere ``number`` is the id and ``text`` the name as it was known.
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
