"""Indexes over the recycle bin: what was deleted, by when."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

TABLES = ("customer", "employment", "followup", "next_step", "opportunity", "contract", "payment",
          "radar_item", "product")  # fmt: skip


def upgrade() -> None:
    """Add an index to each table that the bin lists."""
    for table in TABLES:
        op.create_index(
            f"ix_{table}_bin",
            table,
            ["deleted_at", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at <> 0"),
        )
