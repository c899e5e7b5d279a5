"""The first schema of a book."""

from alembic import op

from app.models.store import search
from app.models.tables import Base

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table, index and the search tables."""
    Base.metadata.create_all(op.get_bind())
    for statement in search.CREATE:
        op.execute(statement)
