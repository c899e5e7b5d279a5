"""Customers, the people at them, and the spells of owner, stage and life cycle."""

from __future__ import annotations

from sqlalchemy import Index, text

from app.models.tables.base import (
    NEVER_AT,
    Row,
    bin_index,
    count_column,
    day_column,
    flag_column,
    reference_column,
    text_column,
)
from app.models.values.changes import Kind

ALIVE = text("deleted_at = 0")


def _sorted_by(column: str) -> Index:
    """Index a sortable column with the id as tie-break, living rows only.

    With what tells who is counted, so that places and counts in a list read no rows.
    """
    counted = ("merged_into_id", "trial")
    return Index(f"ix_customer_by_{column}", column, "id", *counted, sqlite_where=ALIVE)


class Customer(Row):
    """An organisation or a person the office deals with.

    The columns from ``quality`` on are the newest state of rows kept elsewhere
    with their history; only the rules before commit write them.
    ``expected_fen`` is -1 and ``next_due_at`` is ``NEVER_AT`` when unknown.
    """

    __tablename__ = "customer"
    KIND = Kind.customer
    __table_args__ = (
        bin_index("customer"),
        _sorted_by("sort_key"),
        _sorted_by("created_on"),
        _sorted_by("last_touch_on"),
        _sorted_by("next_due_at"),
        _sorted_by("expected_fen"),
        _sorted_by("stage_position"),
        _sorted_by("region"),
        _sorted_by("owner_id"),
        _sorted_by("radar_score"),
        Index("ix_customer_name_key", "name_key"),
        Index("ix_customer_code", "code"),
        Index("ix_customer_uscc", "uscc", sqlite_where=text("uscc <> ''")),
        Index(
            "ix_customer_radar_fades", "radar_fades_on", sqlite_where=text("radar_fades_on <> ''")
        ),
    )

    code = text_column()
    name = text_column()
    name_key = text_column()
    sort_key = text_column()
    short_name = text_column()
    kind = text_column("company")
    uscc = text_column()
    parent_id = count_column()
    source = text_column()
    industry = text_column()
    size = text_column()
    region_code = text_column()
    region = text_column()
    address = text_column()
    website = text_column()
    note = text_column()
    created_on = day_column()
    historic = flag_column()
    trial = flag_column()
    merged_into_id = count_column()
    owner_id = count_column()
    stage_position = count_column()
    stage_reached = count_column()
    stage_since_on = day_column()
    life = text_column("prospect")
    quality = text_column()
    grade = text_column()
    expected_fen = count_column(-1)
    expected_from = day_column()
    expected_to = day_column()
    expected_label = text_column()
    calibrated_at = count_column()
    calibrated_by = count_column()
    main_contact = text_column()
    main_phone = text_column()
    last_touch_at = count_column()
    last_touch_on = day_column()
    next_step_id = count_column()
    next_start_at = count_column(NEVER_AT)
    next_due_at = count_column(NEVER_AT)
    next_plan = text_column()
    radar_score = count_column()
    radar_fades_on = day_column()


class Contact(Row):
    """A person, apart from the firm that employs the person now."""

    __tablename__ = "contact"
    KIND = Kind.contact

    name = text_column()
    gender = text_column()
    birthday = text_column()
    note = text_column()


class Employment(Row):
    """A contact's time at a customer, with title and part in decisions."""

    __tablename__ = "employment"
    KIND = Kind.contact
    __table_args__ = (bin_index("employment"),)

    contact_id = reference_column("contact.id", index=True)
    customer_id = reference_column("customer.id", index=True)
    title = text_column()
    part = text_column()
    main = flag_column()
    from_on = day_column()
    to_on = day_column()


class ContactChannel(Row):
    """A way to reach a contact: kind, as written, and in normal form.

    ``customer_id`` is 0 for a contact who belongs to no customer yet.
    """

    __tablename__ = "contact_channel"
    KIND = Kind.contact
    __table_args__ = (Index("ix_contact_channel_normal", "normal"),)

    contact_id = reference_column("contact.id", index=True)
    customer_id = count_column(index=True)
    kind = text_column()
    raw = text_column()
    normal = text_column()
    preferred = flag_column()
    invalid = flag_column()
    source = text_column()


class OwnerSpell(Row):
    """The time a customer belonged to one member of staff."""

    __tablename__ = "owner_spell"
    KIND = Kind.customer

    customer_id = reference_column("customer.id", index=True)
    staff_id = count_column()
    from_on = day_column()
    to_on = day_column()


class LifeSpell(Row):
    """The time a customer was 潜在, 签约, 重复购买 or 失效, and why."""

    __tablename__ = "life_spell"
    KIND = Kind.customer

    customer_id = reference_column("customer.id", index=True)
    state = text_column("prospect")
    from_on = day_column()
    to_on = day_column()
    reason = text_column()
    competitor = text_column()
    lost_fen = count_column(-1)


class StageMove(Row):
    """One move along the stage path, forward or back."""

    __tablename__ = "stage_move"
    KIND = Kind.stage

    customer_id = reference_column("customer.id", index=True)
    from_position = count_column()
    to_position = count_column()
    at = count_column()
    on = day_column()
    staff_id = count_column()
    reason = text_column()
    source = text_column("manual")
    followup_id = count_column()


class CustomerTag(Row):
    """A word of the list ``tag`` that somebody put on a customer."""

    __tablename__ = "customer_tag"
    KIND = Kind.customer
    __table_args__ = (
        Index("ix_customer_tag_customer", "customer_id", sqlite_where=ALIVE),
        Index("ix_customer_tag_tag", "tag_id", "customer_id", sqlite_where=ALIVE),
    )

    customer_id = reference_column("customer.id")
    tag_id = reference_column("choice.id")


class DistinctPair(Row):
    """Two customers that look like one and are not, as somebody has said; the lower id first."""

    __tablename__ = "distinct_pair"
    KIND = Kind.customer

    one_id = reference_column("customer.id", index=True)
    other_id = reference_column("customer.id", index=True)
