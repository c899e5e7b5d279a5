"""How a merge is said: its fields, their values, what moves along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from app.i18n import N_, _, translate
from app.services.customers.duplicates import Comparison, FieldRow, Side
from app.views.core import format as fmt
from app.views.core import labels

_FIELDS: Mapping[str, str] = {
    "name": N_("客户名称"),
    "short_name": N_("简称"),
    "code": N_("客户编号"),
    "kind": N_("客户类型"),
    "uscc": N_("统一社会信用代码"),
    "source": N_("来源"),
    "industry": N_("行业"),
    "size": N_("规模"),
    "region": N_("地区"),
    "address": N_("地址"),
    "website": N_("网址"),
    "owner": N_("负责人"),
    "contact": N_("主联系人"),
    "value": N_("价值标定"),
    "expected": N_("预计"),
    "stage": N_("阶段"),
    "note": N_("备注"),
}
_MOVED: Mapping[str, str] = {
    "employment": N_("联系人"),
    "followup": N_("跟单记录"),
    "next_step": N_("下步事务"),
    "opportunity": N_("商机"),
    "contract": N_("合同"),
    "payment": N_("回款"),
}


def field(row: FieldRow) -> str:
    """Return the title of a field."""
    return row.title or translate(_FIELDS[row.key])


def value(key: str, parts: Sequence[str], stages: Mapping[int, str]) -> str:
    """Return the value of a field as people read it, empty for none."""
    if key == "kind":
        return labels.of(labels.CUSTOMER_KIND, parts[0])
    if key == "contact" and any(parts):
        return " ".join(filter(None, (parts[0], fmt.phone(parts[1]) if parts[1] else "")))
    if key == "value" and any(parts):
        return labels.value(parts[0], parts[1])
    if key == "expected" and any(parts):
        amount = fmt.money_marked(int(parts[0])) if parts[0] else ""
        return " · ".join(filter(None, (amount, parts[2] or parts[1])))
    if key == "stage":
        position = int(parts[0] or 0)
        return stages.get(position, "") if position else _("未开始")
    if key == "note":
        return " ".join(parts[0].split())
    return _("、").join(filter(None, parts))


def identity(side: Side, today: date) -> str:
    """Return what tells the records apart: code and first day."""
    began = _("{day} 建档").format(day=fmt.day(side.created_on, today)) if side.created_on else ""
    return " · ".join(filter(None, (side.code, began))) or side.name


def moved(found: Comparison) -> str:
    """Return what goes along, 联系人 2 · 跟单 14; empty when nothing does."""
    counts = found.moved()
    return " · ".join(
        f"{translate(words)} {fmt.count(counts[table])}"
        for table, words in _MOVED.items()
        if counts.get(table)
    )
