"""Indexes of sorts that also tell who is counted: places and counts read no rows."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_SORTS = (
    "sort_key", "created_on", "last_touch_on", "next_due_at", "expected_fen", "stage_position",
    "region", "owner_id", "radar_score",
)  # fmt: skip


def upgrade() -> None:
    """Make the indexes anew with the columns that every list asks for."""
    for column in _SORTS:
        name = f"ix_customer_by_{column}"
        op.drop_index(name, "customer")
        op.create_index(
            name,
            "customer",
            [column, "id", "merged_into_id", "trial"],
            sqlite_where=sa.text("deleted_at = 0"),
        )
