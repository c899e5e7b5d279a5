"""Import batches, each undoable as one."""

from __future__ import annotations

from app.models.tables.base import Row, text_column
from app.models.values.changes import Kind


class ImportBatch(Row):
    """One import: its files, counts (JSON) and state running, done or undone."""

    __tablename__ = "import_batch"
    KIND = Kind.batch

    name = text_column()
    state = text_column("running")
    report = text_column("{}")
