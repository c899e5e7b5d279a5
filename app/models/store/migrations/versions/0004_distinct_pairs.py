"""Customers that somebody has told apart."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")

STAMPS = ("created_at", "created_by", "updated_at", "updated_by", "deleted_at", "batch_id")


def upgrade() -> None:
    """Add the table, found from either side."""
    op.create_table(
        "distinct_pair",
        sa.Column("one_id", Id, nullable=False),
        sa.Column("other_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        *(sa.Column(one, Id, server_default="0", nullable=False) for one in STAMPS),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["one_id"], ["customer.id"]),
        sa.ForeignKeyConstraint(["other_id"], ["customer.id"]),
    )
    for side in ("one_id", "other_id"):
        op.create_index(f"ix_distinct_pair_{side}", "distinct_pair", [side])
