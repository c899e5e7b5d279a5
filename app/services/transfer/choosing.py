"""Change by hand what was found out about files: their order, a header, a column's field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from app.errors import UserError
from app.i18n import N_
from app.services.transfer.fields import Kind, Shape
from app.services.transfer.headings import slot_of
from app.services.transfer.layout import find_table
from app.services.transfer.mapping import ColumnMatch, State, field_of
from app.services.transfer.read import SheetPlan

_REPEATABLE = (Shape.long_text, Shape.records, Shape.phones, Shape.handles)
_ORDER = (
    r"员工|人员|同事|花名册|staff",
    r"产品|商品|价目|product",
    r"客户|customer|company",
    r"合同|订单|签约|回款|收款|到账|contract|payment",
    r"跟单|跟进|拜访|沟通|联系记录|follow",
    r"联系人|通讯录|名片|contact|\.vcf$",
)


def suggested_order(paths: Iterable[Path]) -> list[Path]:
    """Return files so that what others need comes first: staff, customers, deals, records."""

    def place(path: Path) -> int:
        name = path.name.lower()
        found = (at for at, words in enumerate(_ORDER) if re.search(words, name))
        return next(found, 2)

    return sorted(paths, key=place)


def with_column(plan: SheetPlan, index: int, key: str) -> SheetPlan:
    """Send a column to a field, or leave it out with an empty key.

    Another column of a field that holds one value gives way.
    """
    matches = []
    for one in plan.matches:
        if one.index == index:
            matches.append(_given(plan, one, key))
        elif key and one.applies and one.field == key and not _may_repeat(plan.kind, key):
            matches.append(replace(one, field="", state=State.repeated, applies=False))
        else:
            matches.append(one)
    return replace(plan, matches=tuple(matches))


def with_words(plan: SheetPlan, index: int, words: Mapping[str, str]) -> SheetPlan:
    """Say what the words of a column mean; a meaning of nothing leaves such cells empty."""
    matches = (
        replace(one, words=tuple(sorted(words.items()))) if one.index == index else one
        for one in plan.matches
    )
    return replace(plan, matches=tuple(matches))


def hidden_rows_of(plan: SheetPlan) -> int:
    """Return how many rows below the header are hidden, read or left out."""
    first, last = plan.table.header_row, len(plan.table.sheet.rows)
    return sum(first <= at < last for at in plan.table.sheet.hidden_rows)


def with_hidden(plan: SheetPlan, wanted: bool) -> SheetPlan:
    """Take the hidden and filtered rows in, or leave them out."""
    if not wanted:
        return plan.without_hidden()
    table = find_table(plan.table.sheet, plan.table.header_row)
    return replace(plan, table=table or plan.table, hidden_rows=True)


def with_header(plan: SheetPlan, row: int) -> SheetPlan:
    """Take another row, counted from 1, as the header; raise UserError where there is none."""
    table = find_table(plan.table.sheet, row) if row >= 1 else None
    if table is None or not table.columns:
        raise UserError(
            "import_header",
            N_("第 {row} 行没有表头"),
            advice=N_("表头是写着“客户名称”“电话”这些列名的那一行"),
            row=row,
        )
    fresh = replace(plan, table=table)
    fresh = replace(fresh, matches=fresh.columns({}, plan.kind))
    return fresh if plan.hidden_rows else fresh.without_hidden()


def with_kind(plan: SheetPlan, kind: Kind) -> SheetPlan:
    """Read the sheet as another kind of rows, its columns matched anew."""
    return plan.matched({}, kind)


def _may_repeat(kind: Kind, key: str) -> bool:
    field = field_of(kind, key)
    return field.slotted or field.shape in _REPEATABLE


def _given(plan: SheetPlan, match: ColumnMatch, key: str) -> ColumnMatch:
    if not key:
        return replace(match, field="", slot=1, state=State.given, applies=False)
    slot = _free_slot(plan, match, key) if field_of(plan.kind, key).slotted else 1
    return replace(match, field=key, slot=slot, state=State.given, applies=True)


def _free_slot(plan: SheetPlan, match: ColumnMatch, key: str) -> int:
    others = (one for one in plan.matches if one.applies and one.index != match.index)
    taken = {one.slot for one in others if one.field == key}
    wanted = slot_of(match.heading, match.group)
    return wanted if wanted not in taken else max(taken) + 1
