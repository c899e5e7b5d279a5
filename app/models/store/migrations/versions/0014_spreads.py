"""The values behind medians in order by month, in the place of three indexes over facts."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

KEYS = ("dimension", "value", "figure", "month")


def upgrade() -> None:
    """Add the table, drop the indexes, and say that the facts are to be made anew."""
    op.create_table(
        "kpi_spread",
        *(sa.Column(one, sa.Text(), nullable=False) for one in KEYS),
        sa.Column("amounts", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint(*KEYS),
        sqlite_with_rowid=False,
    )
    for name in ("first_deal_fen", "cycle_days", "touches"):
        op.drop_index(f"ix_customer_fact_by_{name}", "customer_fact")
    op.execute(
        "INSERT OR REPLACE INTO setting (key, value)"
        " SELECT 'facts_due', 'true' WHERE EXISTS (SELECT 1 FROM customer)"
    )
