"""An index over done next steps, for what Today counts."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the index."""
    op.create_index(
        "ix_next_step_done",
        "next_step",
        ["done_at", "staff_id"],
        unique=False,
        sqlite_where=sa.text("state = 'done' AND deleted_at = 0"),
    )
