"""The dossier of a customer: 情报 items, its score, places to look, what was opened."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")

STAMPS = ("created_at", "created_by", "updated_at", "updated_by", "deleted_at", "batch_id")


def upgrade() -> None:
    """Add columns to customers and facts, and two tables."""
    for name in ("tag", "expires_on", "confidence"):
        op.add_column("radar_item", _text(name))
    op.add_column("customer", _count("radar_score"))
    op.add_column("customer", _text("radar_fades_on"))
    op.create_index(
        "ix_customer_by_radar_score",
        "customer",
        ["radar_score", "id"],
        sqlite_where=sa.text("deleted_at = 0"),
    )
    op.create_index(
        "ix_customer_radar_fades",
        "customer",
        ["radar_fades_on"],
        sqlite_where=sa.text("radar_fades_on <> ''"),
    )
    _table(
        "radar_link",
        _text("title"),
        _text("scope", "customer"),
        _text("address"),
        _text("encoding", "utf-8"),
        _count("digit"),
        sa.Column("watched", sa.Boolean(), server_default="0", nullable=False),
        _count("position"),
    )
    _table(
        "radar_act",
        sa.Column("customer_id", Id, sa.ForeignKey("customer.id"), nullable=False),
        _text("title"),
        _text("address"),
        _count("at"),
        _count("staff_id"),
    )
    op.create_index("ix_radar_act_customer_id", "radar_act", ["customer_id"])


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, Id, server_default="0", nullable=False)


def _text(name: str, default: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default=default, nullable=False)


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    own_id = sa.Column("id", Id, autoincrement=False, nullable=False)
    stamps = [_count(one) for one in STAMPS]
    op.create_table(name, *parts, own_id, *stamps, sa.PrimaryKeyConstraint("id"))
