"""Targets of a month, and the figures of periods as they were reported."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")

STAMPS = ("created_at", "created_by", "updated_at", "updated_by", "deleted_at", "batch_id")


def upgrade() -> None:
    """Add two tables."""
    _table(
        "target",
        _text("month"),
        _count("staff_id"),
        _count("team_id"),
        _text("metric"),
        _count("amount"),
    )
    op.create_index("ix_target_month", "target", ["month", "staff_id", "team_id", "metric"])
    _table("period_snapshot", _text("label"), _text("first_on"), _text("last_on"), _text("body"))
    op.create_index("ix_period_snapshot_days", "period_snapshot", ["first_on", "last_on"])


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, Id, server_default="0", nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    own_id = sa.Column("id", Id, autoincrement=False, nullable=False)
    stamps = [_count(one) for one in STAMPS]
    op.create_table(name, *parts, own_id, *stamps, sa.PrimaryKeyConstraint("id"))
