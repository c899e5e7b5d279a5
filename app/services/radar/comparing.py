"""A pasted block beside what is kept: new, the same or different, field by field (5.4)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.store.unit import Unit
from app.models.tables.customers import Customer
from app.models.tables.radar import RadarItem
from app.models.values import money
from app.models.values.people.names import company_key
from app.services.radar import citizens
from app.services.radar.codes import check_code
from app.services.radar.pasting import Pasted

LABELS: Mapping[str, str] = {
    "name": N_("企业名称"), "status": N_("登记状态"), "uscc": N_("统一代码"),
    "reg_no": N_("注册号"), "org_code": N_("组织机构代码"), "legal_person": N_("法定代表人"),
    "capital_fen": N_("注册资本"), "paid_capital_fen": N_("实缴资本"),
    "established": N_("成立日期"), "approved": N_("核准日期"), "term": N_("营业期限"),
    "company_type": N_("企业类型"), "industry": N_("所属行业"), "scope": N_("经营范围"),
    "authority": N_("登记机关"), "insured": N_("参保人数"), "former_name": N_("曾用名"),
    "address": N_("地址"), "phone": N_("电话"), "mobile": N_("手机"), "fax": N_("传真"),
    "email": N_("邮箱"), "website": N_("网址"), "qq": "QQ", "wechat": N_("微信"),
    "bank": N_("开户行"), "bank_account": N_("银行账号"), "postcode": N_("邮编"),
    "person": N_("联系人"), "title": N_("职务"), "department": N_("部门"),
}  # fmt: skip
_COLUMNS = {"uscc": Customer.uscc, "address": Customer.address, "website": Customer.website}
SECTION_OF: Mapping[str, str] = dict.fromkeys(("phone", "mobile", "fax"), "phones")
NEW, SAME, DIFFERENT, CHECKED, WRONG = "new", "same", "different", "checked", "wrong"


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One field of a pasted block: its value and the present one as text, and how they stand.

    ``state`` is new, same, different, checked (a code whose checks pass) or wrong; a wrong or
    an equal one is not ``wanted`` by itself.
    """

    key: str
    label: str
    value: str
    present: str
    state: str

    @property
    def wanted(self) -> bool:
        """Tell whether it is taken unless a person says no."""
        return self.state in (NEW, DIFFERENT, CHECKED)


def compare(reader: Reader, customer_id: int, pasted: Pasted) -> list[PastedLine]:
    """Return the fields of a block beside those of a customer, in the order of the labels."""
    words = as_words(pasted.fields)
    present = _present(reader, customer_id)
    return [
        PastedLine(key, LABELS[key], words[key], present.get(key, ""),
                   _state(key, words[key], present.get(key, "")))
        for key in LABELS
        if key in words
    ]  # fmt: skip


def as_words(fields: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields as a person writes them: money with its currency, both ends of a term."""
    found: dict[str, str] = {}
    for key, value in fields.items():
        if key in ("capital_fen", "paid_capital_fen"):
            found[key] = _capital(int(value), str(fields.get("capital_currency", "CNY")))
        elif isinstance(value, list):
            found[key] = "、".join(value)
        else:
            found[key] = str(value)
    term = [str(fields[one]) for one in ("term_from", "term_to") if fields.get(one)]
    if term:
        found["term"] = " ~ ".join(term)
    return found


def _capital(fen: int, currency: str) -> str:
    """Return capital as registers write it, in 万 where it is whole ones."""
    whole = fen % _WAN == 0
    amount = f"{fen // _WAN:,} 万" if whole else money.format_yuan(fen)
    return f"{amount} {currency}" if currency != "CNY" else f"{amount}元" if whole else amount


_WAN = 1_000_000
"""Fen in 万 yuan."""


def _present(reader: Reader, customer_id: int) -> dict[str, str]:
    chosen = select(Customer.name, *_COLUMNS.values()).where(Customer.id == customer_id)
    row = reader.one(chosen)
    found = dict(zip(("name", *_COLUMNS), row, strict=True)) if row else {}
    noted = (
        select(RadarItem.label, RadarItem.value)
        .where(RadarItem.customer_id == customer_id, RadarItem.deleted_at == 0)
        .order_by(RadarItem.found_on, RadarItem.id)
    )
    by_label = {row[0]: row[1] for row in reader.rows(noted)}  # the newest one stays
    for key, label in LABELS.items():
        if not found.get(key) and label in by_label:
            found[key] = by_label[label]
    return {key: str(value or "") for key, value in found.items()}


def _state(key: str, value: str, present: str) -> str:
    if key == "uscc" and not check_code(value).valid:
        return WRONG
    if present and _same(key, value, present):
        return SAME
    if key == "uscc" and not present:
        return CHECKED
    return DIFFERENT if present else NEW


def _same(key: str, value: str, present: str) -> bool:
    if key == "name":
        return company_key(value) == company_key(present)
    if key in ("capital_fen", "paid_capital_fen"):
        flat = (re.sub(r"[\s,]|人民币", "", one).removesuffix("元") for one in (value, present))
        return len(set(flat)) == 1
    return value == present


def accept(
    unit: Unit,
    customer_id: int,
    values: Sequence[tuple[str, str]],
    *,
    source: str,
    found_on: date | None,
    mark: str,
) -> int:
    """Write accepted values, each dated and sourced; return how many.

    Code, address and website go to the customer itself too; what was noted before under the
    same label stays in its history.
    """
    columns = {key: value for key, value in values if key in _COLUMNS}
    if columns:
        unit.change(Customer, customer_id, **columns)
    for key, value in values:
        citizens.require_allowed(unit, value)
        unit.add(
            RadarItem,
            customer_id=customer_id,
            section=SECTION_OF.get(key, "identity"),
            label=LABELS[key],
            value=value,
            source=source,
            found_on=found_on or unit.today,
            mark=mark,
            staff_id=unit.staff_id,
        )
    return len(values)
