"""Check a book: what is stored against what it was made from."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.errors import BookError
from app.i18n import N_, translate
from app.models.store import health
from app.models.store.database import Database
from app.models.store.reader import Reader
from app.models.tables import Base
from app.models.tables.admin import AuditEntry
from app.models.tables.base import Row
from app.services.context import Context
from app.services.customers import heads, lives, searching
from app.services.jobs import Progress
from app.services.kpi import rebuilding
from app.services.radar import standing

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked; ``detail`` says what was found, empty when nothing was."""

    name: str
    ok: bool
    detail: str = ""


def check_book(context: Context, *, deep: bool, progress: Progress) -> list[Check]:
    """Check everything and return what was found, in a fixed order."""
    database = context.database
    pages_text = translate(N_("正在检查文件的每一页"))
    steps: Sequence[tuple[str, str, Callable[[], Sequence[object]]]] = (
        (
            "pages",
            N_("正在检查文件的每一页"),
            lambda: _pages(database, deep, lambda: progress.step(0, len(steps), pages_text)),
        ),
        ("schema", N_("正在检查结构"), lambda: health.schema_problems(database)),
        ("identity", N_("正在检查钥匙文件"), lambda: health.identity_problems(database)),
        (
            "heads",
            N_("正在核对客户的现状"),
            lambda: _with(database, lambda reader: _heads(reader, context.today())),
        ),
        (
            "search",
            N_("正在核对搜索索引"),
            lambda: _with(database, lambda reader: searching.differences(reader, progress)),
        ),
        (
            "facts",
            N_("正在按原始记录重算指标"),
            lambda: _with(database, lambda reader: rebuilding.differences(reader, progress)),
        ),
        ("audit", N_("正在核对变更记录"), lambda: _with(database, unaudited)),
    )
    found = []
    for number, (name, text, find) in enumerate(steps):
        progress.step(number, len(steps), translate(text))
        try:
            problems = find()
        except BookError as error:
            problems = [error.text()]
        found.append(_verdict(name, problems))
    progress.step(len(steps), len(steps))
    return found


def _pages(database: Database, deep: bool, watch: Callable[[], None]) -> list[str]:
    found = health.page_problems(database, deep=deep, watch=watch)
    if not found:
        database.pass_check()
    return found + health.parent_problems(database)


def _with(database: Database, find: Callable[[Reader], Sequence[object]]) -> Sequence[object]:
    with database.read() as reader:
        return find(reader)


def _verdict(name: str, problems: Sequence[object]) -> Check:
    shown = "; ".join(str(one) for one in problems[:_SHOWN])
    more = f" … ({len(problems)})" if len(problems) > _SHOWN else ""
    return Check(name, not problems, shown + more)


def _heads(reader: Reader, today: date) -> list[str]:
    found = (heads.differences(reader), lives.differences(reader))
    wrong = set().union(*found, standing.differences(reader, today))
    return [f"customer:{row_id}" for row_id in sorted(wrong)]


def unaudited(reader: Reader) -> list[str]:
    """Return the audited tables with other rows than the audit says were added, less erased."""
    added = _added(reader)
    found = []
    for entity in audited_tables():
        rows = int(reader.scalar(select(func.count()).select_from(entity)) or 0)
        if rows != added.get(entity.__tablename__, 0):
            found.append(f"{entity.__tablename__}: {rows} ≠ {added.get(entity.__tablename__, 0)}")
    return found


def audited_tables() -> list[type[Row]]:
    """Return the tables whose every row has an entry in the audit trail."""
    every = Base.entities.values()
    audited = [one for one in every if issubclass(one, Row) and one.KIND is not None]
    return sorted(audited, key=lambda one: one.__tablename__)


def _added(reader: Reader) -> dict[str, int]:
    single = (
        select(AuditEntry.table_name, func.count())
        .where(AuditEntry.action == "add")
        .group_by(AuditEntry.table_name)
    )
    added: dict[str, int] = {row[0]: row[1] for row in reader.rows(single)}
    many = select(AuditEntry.table_name, AuditEntry.action, AuditEntry.after).where(
        AuditEntry.action.in_(("add_many", "load", "erase"))
    )
    for name, action, after in reader.rows(many):
        told: dict[str, Any] = json.loads(after)
        count = told["count"] if "count" in told else len(told["ids"])
        added[name] = added.get(name, 0) + (-count if action == "erase" else count)
    return added
