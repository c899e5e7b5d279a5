"""Tell what kind of rows a sheet holds from its headings and its name."""

from __future__ import annotations

import re

from app.services.transfer.fields import CARRIED, FIELDS, Kind
from app.services.transfer.headings import (
    SERIAL,
    bare,
    distinctiveness,
    field_for,
    fields_by_word,
    is_beside,
    read_heading,
    slot_of,
)
from app.services.transfer.layout import Table
from app.services.transfer.outgoing.columns import SHEETS, is_export

_HINTS = {
    Kind.payments: r"回款|收款|到账|payment",
    Kind.contracts: r"合同|订单|签约|contract",
    Kind.followups: r"跟进|跟单|拜访|沟通记录|联系记录|followup",
    Kind.next_steps: r"下步|下一步|待办|计划|next_?step",
    Kind.opportunities: r"商机|机会|opportunit",
    Kind.products: r"产品|商品|价目|product",
    Kind.staff: r"员工|人员|同事|花名册|staff",
    Kind.contacts: r"联系人|通讯录|名片|contact",
    Kind.customers: r"客户|customer",
}
_HINT_SCORE = 2
_NAMED_SCORE = 100
_ENOUGH = 2
_FIRST_SCORE = 3
_BEGINNINGS = {
    Kind.contacts: ("name",),
    Kind.contracts: ("code", "name"),
    Kind.payments: ("code",),
    Kind.opportunities: ("name",),
}
"""The columns that only a list of this kind begins with."""


def detect_kind(table: Table, file_name: str = "") -> Kind | None:
    """Return the kind whose headings fit best, None when none fits."""
    scores = {kind: _score(table, kind, file_name) for kind in Kind}
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] >= _ENOUGH else None


def _score(table: Table, kind: Kind, file_name: str) -> int:
    if kind in CARRIED and not _is_carried(table, kind):
        return 0
    found: dict[str, int] = {}
    for column in table.columns:
        field = field_for(kind, column.heading, column.group)
        if field and not is_beside(kind, field):
            word = read_heading(column.heading).words
            score = distinctiveness(word) + (word == bare(field.label))
            found[field.key] = max(found.get(field.key, 0), score)
    if not _complete(table, kind, set(found)):
        return 0
    return sum(found.values()) + _hint(table, kind, file_name) + _begins(table, kind, set(found))


def _complete(table: Table, kind: Kind, found: set[str]) -> bool:
    required = {field.key for field in FIELDS[kind] if field.required}
    if kind is Kind.customers and len(found & _OF_A_CUSTOMER) >= 2:
        required = {"contact"} if "name" not in found else required
    if kind is Kind.payments and not found & {"contract_code", "customer", "customer_code"}:
        return False
    if kind is Kind.staff and not found & {"code", "department", "post", "joined_on", "left_on"}:
        return False
    if kind is Kind.contacts and _has_slots(table):
        return False
    if required & {"customer"} and "customer_code" in found:
        required = required - {"customer"}
    return required <= found


def _has_slots(table: Table) -> bool:
    """Tell whether a row names several people: such rows are customers."""
    return any(slot_of(one.heading, one.group) > 1 for one in table.columns)


_OF_A_CUSTOMER = frozenset(
    {"source", "owner", "created_on", "grade", "quality", "industry", "followups", "stage"}
)


def _begins(table: Table, kind: Kind, found: set[str]) -> int:
    """Tell how much the first column speaks for a kind: a table begins with what it lists."""
    if kind is Kind.contacts and not found & {"customer", "customer_code"}:
        return 0  # 姓名 alone also begins a list of staff
    first = next((one for one in table.columns if bare(one.heading) not in SERIAL), None)
    field = field_for(kind, first.heading, first.group) if first else None
    return _FIRST_SCORE if field and field.key in _BEGINNINGS.get(kind, ()) else 0


def _is_carried(table: Table, kind: Kind) -> bool:
    """Tell whether a sheet is what only an export tells, by its name or all its headings."""
    headings = [one.heading for one in table.columns]
    return _is_named(table, kind) or is_export(kind, headings)


def _is_named(table: Table, kind: Kind) -> bool:
    return _means(table.sheet.name, kind)


def _means(sheet: str, kind: Kind) -> bool:
    return sheet.strip().lower() in (kind.value, SHEETS[kind])


def headings_of(sheet: str) -> frozenset[str]:
    """Return the bare headings of a sheet that only an export writes, by the sheet's name."""
    named = [kind for kind in CARRIED if _means(sheet, kind)]
    return frozenset(word for kind in named for word in fields_by_word(kind))


def _hint(table: Table, kind: Kind, file_name: str) -> int:
    if _is_named(table, kind) or kind in CARRIED:
        return _NAMED_SCORE
    name = table.sheet.name.strip().lower()
    places = (name, table.above, file_name.lower())
    return _HINT_SCORE if any(re.search(_HINTS[kind], place) for place in places) else 0
