"""What every table of a book shares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, TypeVar, cast

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnClause,
    Dialect,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeDecorator

from app.models.values import dates
from app.models.values.changes import Kind

NEVER_AT = dates.NEVER_AT
"""An instant (ms) after every other one, for "no date"."""

NO_DAY = ""
"""How "no day" is stored; compare day columns with it, never with None."""


class Day(TypeDecorator[date | None]):
    """Keep a business day as ISO text, and no day as empty text, so that it sorts."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | str | None, dialect: Dialect) -> str:
        """Return ISO text, empty for no day."""
        if value is None:
            return ""
        return value if isinstance(value, str) else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Return the day, None for empty text."""
        return date.fromisoformat(value) if value else None


def bin_index(table: str) -> Index:
    """Index the few rows of a table that are in the recycle bin, by when they came there."""
    return Index(f"ix_{table}_bin", "deleted_at", "id", sqlite_where=text("deleted_at <> 0"))


Id = BigInteger().with_variant(Integer, "sqlite")


def id_column() -> ColumnClause[int]:
    """Return a whole number of the primary key; the caller gives its value."""
    return Column(Id, primary_key=True, autoincrement=False)


def key_column() -> ColumnClause[str]:
    """Return a text of the primary key."""
    return Column(Text, primary_key=True)


def reference_column(target: str, *, index: bool = False) -> ColumnClause[int]:
    """Return the id of a row elsewhere, ``table.column``, which must exist."""
    return Column(Id, ForeignKey(target), nullable=False, index=index or None)


def text_column(default: str = "") -> ColumnClause[str]:
    """Return a text column that is never null."""
    return Column(Text, nullable=False, default=default, server_default=default)


def count_column(default: int = 0, *, index: bool = False) -> ColumnClause[int]:
    """Return a whole-number column that is never null."""
    kept = str(default)
    return Column(Id, nullable=False, default=default, server_default=kept, index=index or None)


def unknown_count_column() -> ColumnClause[int | None]:
    """Return a whole-number column that is null while the number is not known."""
    found: ColumnClause[Any] = Column(Id, nullable=True)
    return found


def bytes_column() -> ColumnClause[bytes]:
    """Return a column of bytes that is never null."""
    return Column(LargeBinary, nullable=False)


def flag_column() -> ColumnClause[bool]:
    """Return a yes/no column that starts with no."""
    return Column(Boolean, nullable=False, default=False, server_default="0")


def day_column() -> ColumnClause[date | None]:
    """Return a business-day column; no day is stored as empty text."""
    return Column(Day, nullable=False, server_default="")


class Base:
    """A table of a book, told by the columns of a class (adr/0006).

    A subclass with a ``__tablename__`` becomes a table of ``metadata``: its own columns
    in their order, then those it inherits. The class stands for the table in a statement.
    """

    metadata: ClassVar[MetaData] = MetaData()
    entities: ClassVar[dict[str, type[Base]]] = {}
    __tablename__: ClassVar[str]
    __table__: ClassVar[Table]
    __table_args__: ClassVar[tuple[Index, ...]] = ()
    __table_options__: ClassVar[Mapping[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        """Make the table of a class that names one."""
        super().__init_subclass__()
        if "__tablename__" in vars(cls):
            columns = _columns(cls)
            for name, column in columns.items():
                column.name = name
                setattr(cls, name, column)
            cls.__table__ = Table(
                cls.__tablename__,
                cls.metadata,
                *columns.values(),
                *cls.__table_args__,
                **cls.__table_options__,
            )
            cls.entities[cls.__tablename__] = cls

    @classmethod
    def __clause_element__(cls) -> FromClause:
        """Return the table, where a statement is given the class."""
        return cls.__table__


def _columns(entity: type[Base]) -> dict[str, Column[Any]]:
    """Return a class's own columns and fresh copies of the inherited ones, by name."""
    found: dict[str, Column[Any]] = {}
    for place in entity.__mro__:
        for name, value in vars(place).items():
            if isinstance(value, Column) and name not in found:
                # what mixins share is copied as the library's own mixins are
                found[name] = value if place is entity else value._copy()  # noqa: SLF001
    return found


Entity = TypeVar("Entity", bound=Base)


def aliased(entity: type[Entity]) -> type[Entity]:
    """Return the same table under a name of its own, for a statement that needs it twice."""
    alias = entity.__table__.alias()
    members: dict[str, Any] = {"__clause_element__": lambda: alias, **dict(alias.c.items())}
    return cast("type[Entity]", type(entity.__name__, (entity,), members))


class Row(Base):
    """Give a table its identity, its stamps and its place in the recycle bin.

    ``created_at``, ``updated_at`` and ``deleted_at`` are UTC milliseconds; 0 in
    ``deleted_at`` is a living row. ``batch_id`` is the import that made the row.
    A table without ``KIND`` is nobody's record: it is not audited or announced.
    """

    KIND: ClassVar[Kind | None] = None

    id = id_column()
    created_at = count_column()
    created_by = count_column()
    updated_at = count_column()
    updated_by = count_column()
    deleted_at = count_column()
    batch_id = count_column()
