"""Columns of the recycle bin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, tzinfo
from typing import Any

from app.i18n import N_, _, ngettext, translate
from app.services.undo.bin import KEPT_DAYS, BinRow
from app.services.undo.origins import Origin
from app.views.core import format as fmt
from app.views.itemmodels.column import Column

_DAY_MS = 86_400_000


def bin_columns(
    now: Callable[[], int], zone: tzinfo, today: Callable[[], date]
) -> tuple[Column[BinRow], ...]:
    """Return the columns: what, of whom, who deleted it when and how, days left."""

    def moment(row: BinRow) -> str:
        return fmt.moment(row.deleted_at, zone, today(), week=False)

    return (
        Column("kind", N_("类别"), lambda row: translate(row.named.noun), width=96, kind="tag",
               value=lambda row: (translate(row.named.noun), "neutral"), sort_key="kind"),
        Column("title", N_("内容"), lambda row: row.named.title, width=230, kind="strong",
               flex=3, least=140, sort_key="title", under=("customer", "source")),
        Column("customer", N_("客户"), _customer, width=190, flex=2,
               least=110, sort_key="customer", elide_middle=True),
        Column("staff", N_("删除人"), lambda row: row.staff, width=90, kind="person",
               sort_key="staff"),
        Column("at", N_("删除时间"), moment, width=120, sort_key="at", under=("staff",)),
        Column("source", N_("怎么删的"), lambda row: source_words(row.deletion), width=170,
               flex=1, least=90, sort_key="source"),
        Column("left", N_("还留"), lambda row: _left_words(days_left(row, now())), "right", 84,
               sort_key="left", tone=lambda row: "warn" if days_left(row, now()) <= 7 else ""),
    )  # fmt: skip


def _customer(row: BinRow) -> str:
    return "" if row.kind == "customer" else row.named.customer


def sort_value(row: BinRow, column: str) -> Any:
    """Return what a row is ordered by in a column."""
    from app.models.values import pinyin

    words = {
        "kind": lambda: row.named.noun,
        "title": lambda: row.named.title,
        "customer": lambda: _customer(row),
        "staff": lambda: row.staff,
        "source": lambda: source_words(row.deletion),
    }
    return pinyin.sort_key(words[column]()) if column in words else row.deleted_at


def source_words(deletion: Origin) -> str:
    """Return by which act something was deleted."""
    label = translate(deletion.label) if deletion.label else ""
    if deletion.file:
        return _("撤销：{act}").format(act=f"{label} {deletion.file}".strip())
    if deletion.undoing:
        return _("撤销：{act}").format(act=label) if label else _("撤销")
    return label


def days_left(row: BinRow, now: int) -> int:
    """Return how many days a record stays in the bin."""
    return max(0, KEPT_DAYS - (now - row.deleted_at) // _DAY_MS)


def _left_words(days: int) -> str:
    return ngettext("{count} 天", "{count} 天", days).format(count=days)
