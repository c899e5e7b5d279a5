"""The book's header, its settings, editable lists, stages and the audit trail."""

from __future__ import annotations

from sqlalchemy import Index, text

from app.models.tables.base import (
    Base,
    Row,
    count_column,
    flag_column,
    id_column,
    key_column,
    text_column,
)
from app.models.values.changes import Kind


class Setting(Base):
    """One setting of the office, as JSON."""

    __tablename__ = "setting"

    key = key_column()
    value = text_column()


class Choice(Row):
    """A word of an editable list such as sources, industries or key nodes."""

    __tablename__ = "choice"
    KIND = Kind.setting
    __table_args__ = (Index("ix_choice_list", "list_name", "position"),)

    list_name = text_column()
    code = text_column()
    label = text_column()
    position = count_column()
    archived = flag_column()


class ListView(Row):
    """A list somebody saved: conditions, order and columns, as JSON, for one person or all.

    ``staff_id`` is whose it is; a shared one is seen by everybody.
    """

    __tablename__ = "list_view"
    KIND = Kind.setting
    __table_args__ = (Index("ix_list_view_list", "list_name", "position"),)

    list_name = text_column()
    title = text_column()
    staff_id = count_column()
    shared = flag_column()
    position = count_column()
    body = text_column()


class AuditEntry(Base):
    """One row written: who, when, what, the values before and after (JSON).

    Entries of one unit of work share ``unit_id`` and its ``label``.
    ``previous_hash`` and ``hash`` are there for a chain over all entries.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_row", "table_name", "row_id"),
        Index("ix_audit_entry_unit", "unit_id"),
        Index("ix_audit_entry_batch", "batch_id", sqlite_where=text("batch_id <> 0")),
    )

    id = id_column()
    at = count_column()
    unit_id = count_column()
    label = text_column()
    staff_id = count_column()
    action = text_column()
    table_name = text_column()
    row_id = count_column()
    batch_id = count_column()
    before = text_column()
    after = text_column()
    previous_hash = text_column()
    hash = text_column()


class BookHeader(Base):
    """The single row that says which book this is and who may read it."""

    __tablename__ = "book_header"

    file_id = key_column()
    made_with = text_column()
    written_with = text_column()
    clean_close = flag_column()
