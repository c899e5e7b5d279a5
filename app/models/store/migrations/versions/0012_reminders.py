"""The words of a next step, its zone and reminder, and what a person did with it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")

STAMPS = ("created_at", "created_by", "updated_at", "updated_by", "deleted_at", "batch_id")


def upgrade() -> None:
    """Add three columns and a table; appointments already planned call ten minutes before."""
    op.add_column("next_step", _text("label"))
    op.add_column("next_step", _text("zone"))
    op.add_column("next_step", _count("remind_at"))
    op.execute(
        "UPDATE next_step SET remind_at = window_start - 600000"
        " WHERE has_clock = 1 AND state = 'open'"
    )
    own = [_count(one) for one in ("step_id", "staff_id", "due_at", "shown_at")]
    own_id = sa.Column("id", Id, autoincrement=False, nullable=False)
    stamps = [_count(one) for one in STAMPS]
    op.create_table("reminder", *own, own_id, *stamps, sa.PrimaryKeyConstraint("id"))
    op.create_index("ix_reminder_step", "reminder", ["step_id", "staff_id"], unique=False)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, Id, server_default="0", nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)
