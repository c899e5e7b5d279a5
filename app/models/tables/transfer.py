"""Import batches, each undoable as one."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from app.models.tables.base import Row, text_column
from app.models.values.changes import Kind


class ImportBatch(Row):
    """One import: its files, counts (JSON) and state running, done or undone."""

    __tablename__ = "import_batch"
    KIND = Kind.batch

    name: Mapped[str] = text_column()
    state: Mapped[str] = text_column("running")
    report: Mapped[str] = text_column("{}")
