"""Action sequences with their versions and steps, and the customers enrolled in them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")

STAMPS = ("created_at", "created_by", "updated_at", "updated_by", "deleted_at", "batch_id")


def upgrade() -> None:
    """Add five tables."""
    _table(
        "action_sequence",
        _text("name"), _count("position"), _flag("archived"), _text("auto_from"),
        _count("current_version_id"), _count("trial_version_id"),
    )  # fmt: skip
    _table(
        "sequence_version",
        _reference("sequence_id", "action_sequence"), _count("number"), _text("note"),
        _text("applies"), _count("window_days", "90"),
    )  # fmt: skip
    op.create_index("ix_sequence_version_sequence_id", "sequence_version", ["sequence_id"])
    _table(
        "sequence_step",
        _reference("version_id", "sequence_version"), _count("position"), _text("name"),
        _text("deed", "phone"), _text("plan_kind"), _count("offset_days"), _text("unit", "day"),
        _text("anchor", "previous"), _count("limit_days"), _flag("must"), _text("talk"),
        _text("features"), _text("outcome"), _text("exits"), _count("attempts"),
    )  # fmt: skip
    op.create_index("ix_sequence_step_version_id", "sequence_step", ["version_id"])
    _enrolments()


def _enrolments() -> None:
    _table(
        "sequence_enrolment",
        _reference("customer_id", "customer"), _reference("version_id", "sequence_version"),
        _count("staff_id"), _text("started_on"), _text("state", "running"), _text("ended_on"),
        _text("reason"), _flag("by_rule"),
    )  # fmt: skip
    name = "ix_sequence_enrolment"
    op.create_index(f"{name}_customer", "sequence_enrolment", ["customer_id", "state"])
    op.create_index(f"{name}_version", "sequence_enrolment", ["version_id", "started_on"])
    _table(
        "enrolled_step",
        _reference("enrolment_id", "sequence_enrolment"), _reference("step_id", "sequence_step"),
        _count("position"), _text("state", "waiting"), _text("planned_on"), _text("due_on"),
        _text("done_on"), _count("attempts"), _count("next_step_id"), _count("followup_id"),
    )  # fmt: skip
    op.create_index("ix_enrolled_step_enrolment_id", "enrolled_step", ["enrolment_id"])
    op.create_index(
        "ix_enrolled_step_next",
        "enrolled_step",
        ["next_step_id"],
        sqlite_where=sa.text("next_step_id <> 0"),
    )


def _count(name: str, default: str = "0") -> sa.Column[int]:
    return sa.Column(name, Id, server_default=default, nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), server_default="0", nullable=False)


def _text(name: str, default: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default=default, nullable=False)


def _reference(name: str, table: str) -> sa.Column[int]:
    return sa.Column(name, Id, sa.ForeignKey(f"{table}.id"), nullable=False)


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    own_id = sa.Column("id", Id, autoincrement=False, nullable=False)
    stamps = [_count(one) for one in STAMPS]
    op.create_table(name, *parts, own_id, *stamps, sa.PrimaryKeyConstraint("id"))
