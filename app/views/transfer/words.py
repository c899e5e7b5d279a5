"""The words of imports and exports: kinds, formats, why a sheet or a row is as it is."""

from __future__ import annotations

from collections.abc import Mapping

from app.i18n import N_, _, ngettext, translate
from app.services.transfer.fields import CARRIED, FIELDS, Kind
from app.services.transfer.fields.custom import label_of
from app.services.transfer.outcomes import Match, Outcome, Policy, RowPlan
from app.services.transfer.read import Skipped, SkippedSheet
from app.views.core import labels

KIND: Mapping[str, str] = {
    Kind.staff: N_("员工"),
    Kind.products: N_("产品"),
    Kind.customers: N_("客户"),
    Kind.contacts: N_("联系人"),
    Kind.opportunities: N_("商机"),
    Kind.contracts: N_("合同"),
    Kind.payments: N_("回款"),
    Kind.followups: N_("跟单记录"),
    Kind.next_steps: N_("下步事务"),
    Kind.features: N_("业务特征"),
    Kind.feature_values: N_("特征内容"),
    Kind.radar: N_("雷达情报"),
    Kind.stage_moves: N_("阶段记录"),
}
SKIPPED: Mapping[str, str] = {
    Skipped.hidden: N_("隐藏的页"),
    Skipped.empty: N_("空的页"),
    Skipped.no_table: N_("没有认得的表头"),
    Skipped.other_kind: N_("是另一种数据"),
    Skipped.not_chosen: N_("没有选"),
}
MATCH: Mapping[str, str] = {
    Match.auto: N_("编号、统一代码或名称相同"),
    Match.code: N_("编号相同"),
    Match.uscc: N_("统一代码相同"),
    Match.phone: N_("手机或电话相同"),
    Match.name: N_("名称相同"),
}
POLICY: Mapping[str, str] = {
    Policy.fill: N_("只补空白"),
    Policy.update: N_("用文件更新"),
    Policy.skip: N_("跳过"),
    Policy.create: N_("另建一条"),
}
OUTCOME: Mapping[str, str] = {
    Outcome.create: N_("新建"),
    Outcome.update: N_("更新"),
    Outcome.skip: N_("跳过"),
    Outcome.error: N_("有错误"),
}
_REASON: Mapping[str, str] = {
    "code": N_("编号相同"),
    "uscc": N_("统一代码相同"),
    "phone": N_("电话相同"),
    "name": N_("名称相同"),
    "content": N_("内容相同"),
}
# columns of the book that go by another key in files
_COLUMN_OF: Mapping[str, tuple[str, ...]] = {
    "expected_fen": ("expected_amount", "amount"),
    "amount_fen": ("amount",),
    "price_fen": ("price",),
    "cost_fen": ("cost",),
    "owner_id": ("owner",),
    "staff_id": ("staff",),
    "customer_id": ("customer",),
    "region_code": ("region",),
}
CODES: Mapping[str, Mapping[str, str]] = {
    "quality": labels.QUALITY,
    "grade": labels.GRADE,
    "channel": labels.CHANNEL,
    "direction": labels.DIRECTION,
    "outcome": labels.OUTCOME,
    "plan_kind": labels.PLAN_KIND,
    "status": labels.CONTRACT_STATUS,
    "life": labels.LIFE_CYCLE,
    "state": labels.STEP_STATE,
    "kind": {**labels.CUSTOMER_KIND, **labels.CONTRACT_KIND},
    "role": labels.ROLE,
    "part": labels.DECISION_PART,
    "gender": labels.GENDER,
}
"""Fields whose values are codes, with the words of the codes."""
_OTHER: Mapping[str, str] = {"team_id": N_("部门"), "contacts": N_("联系人")}
ENCODINGS: tuple[tuple[str, str], ...] = (
    ("utf-8", "UTF-8"),
    ("gb18030", "GB18030"),
    ("big5", "Big5"),
    ("utf-16", "UTF-16"),
)


def kind(of: Kind | None) -> str:
    """Return the word for a kind of rows."""
    return translate(KIND[of]) if of is not None else _("文件")


def kinds() -> list[tuple[object, str]]:
    """Return all kinds with their words, for a choice."""
    return [(one, kind(one)) for one in Kind]


def templates() -> list[tuple[object, str]]:
    """Return the kinds of which people fill in a sheet."""
    return [(one, kind(one)) for one in Kind if one not in CARRIED]


def field_label(of: Kind, key: str) -> str:
    """Return the label of a field, the key itself when it is not in the list."""
    if own := label_of(key):
        return _("特征 · {label}").format(label=own)
    wanted = (key, *_COLUMN_OF.get(key, ()))
    for field in FIELDS[of]:
        if field.key in wanted:
            return translate(field.label)
    return translate(_OTHER.get(key, key))


def of_field(key: str, value: str) -> str:
    """Return a value as people read it: the word of a code, anything else as it is."""
    return labels.of(CODES[key], value) if key in CODES else value


def why_duplicate(row: RowPlan) -> str:
    """Return why a row is taken for a known one: 名称相同 · 恒锐精密机械有限公司."""
    if not row.matched_by:
        return ""
    reason = translate(_REASON.get(row.matched_by, row.matched_by))
    if not row.matched_id:
        return _("{reason}，本次导入里已有").format(reason=reason)
    return reason


def why_skipped(sheet: SkippedSheet) -> str:
    """Return why a sheet is left alone: 测试（隐藏的页）."""
    return _("{sheet}（{why}）").format(sheet=sheet.sheet, why=translate(SKIPPED[sheet.why]))


def rows(count: int) -> str:
    """Return a number of rows: 52,480 行."""
    return ngettext("{count} 行", "{count} 行", count).format(count=f"{count:,}")


def one_of(table: Mapping[str, str], code: str) -> str:
    """Return the translated word of a code."""
    return translate(table[code])


def choices_of(table: Mapping[str, str]) -> list[tuple[object, str]]:
    """Return codes and words for a choice."""
    return [(code, translate(words)) for code, words in table.items()]
