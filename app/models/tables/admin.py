"""The book's header, its settings, editable lists, stages and the audit trail."""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.tables.base import Base, Row, count_column, flag_column, text_column
from app.models.values.changes import Kind


class Setting(Base):
    """One setting of the office, as JSON."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = text_column()


class Choice(Row):
    """A word of an editable list such as sources, industries or key nodes."""

    __tablename__ = "choice"
    KIND = Kind.setting
    __table_args__ = (Index("ix_choice_list", "list_name", "position"),)

    list_name: Mapped[str] = text_column()
    code: Mapped[str] = text_column()
    label: Mapped[str] = text_column()
    position: Mapped[int] = count_column()
    archived: Mapped[bool] = flag_column()


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

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[int] = count_column()
    unit_id: Mapped[int] = count_column()
    label: Mapped[str] = text_column()
    staff_id: Mapped[int] = count_column()
    action: Mapped[str] = text_column()
    table_name: Mapped[str] = text_column()
    row_id: Mapped[int] = count_column()
    batch_id: Mapped[int] = count_column()
    before: Mapped[str] = text_column()
    after: Mapped[str] = text_column()
    previous_hash: Mapped[str] = text_column()
    hash: Mapped[str] = text_column()


class BookHeader(Base):
    """The single row that says which book this is and who may read it."""

    __tablename__ = "book_header"

    file_id: Mapped[str] = mapped_column(primary_key=True)
    made_with: Mapped[str] = text_column()
    written_with: Mapped[str] = text_column()
    clean_close: Mapped[bool] = flag_column()
