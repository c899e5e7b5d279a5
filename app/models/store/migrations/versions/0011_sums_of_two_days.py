"""Sums of single days, and sums over two days at once; a book with customers fills them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")

KPI_SUMS = (
    "created_count", "signed_count", "again_count", "within_30", "within_60", "within_90",
    "within_180", "within_365", "first_count", "priced_count", "first_deal_fen", "cycle_count",
    "cycle_days", "touches", "backdated_count", "untouched_count", "signed_fen",
)  # fmt: skip
GRID = ("what", "on", "before", "staff_id")
PART = ("customer_id", "what", "staff_id", "on", "before")


def upgrade() -> None:
    """Add three tables, and say that the facts are to be made anew."""
    words = ("dimension", "value", "on")
    _table("kpi_day", words, sa.Text(), KPI_SUMS)
    _table("staff_grid", GRID, Id, ("amount",))
    _table("staff_part", PART, Id, ("amount",))
    op.drop_index("ix_followup_counting", "followup")
    op.create_index(
        "ix_followup_counting",
        "followup",
        ["customer_id", "on", "staff_id"],
        unique=False,
        sqlite_where=sa.text("counts = 1 AND deleted_at = 0"),
    )
    op.execute(
        "INSERT OR REPLACE INTO setting (key, value)"
        " SELECT 'facts_due', 'true' WHERE EXISTS (SELECT 1 FROM customer)"
    )


def _table(name: str, keys: tuple[str, ...], kind: Any, sums: tuple[str, ...]) -> None:
    op.create_table(
        name,
        *(sa.Column(one, kind, autoincrement=False, nullable=False) for one in keys),
        *(sa.Column(one, Id, server_default="0", nullable=False) for one in sums),
        sa.PrimaryKeyConstraint(*keys),
        sqlite_with_rowid=False,
    )
