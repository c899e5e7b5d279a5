"""What an export writes of each kind: fields of the import, in order, with their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.services.transfer.fields import FIELDS, Field, Kind
from app.services.transfer.fields.carried import FEATURE_WORDS
from app.services.transfer.fields.custom import CustomField, field_of_key

_NONE: Mapping[str, str] = MappingProxyType({})
_WORDS: dict[str, Mapping[str, str]] = {
    "customer_kind": {"company": "企业", "person": "个人", "public": "机关事业", "other": "其他"},
    "life": {"prospect": "潜在", "signed": "签约", "repeat": "重复购买", "churned": "失效"},
    "grade": {"big": "大单", "normal": "正常", "small": "小单"},
    "quality": {"valuable": "有价值", "worthless": "无价值", "unsure": "不确定"},
    "gender": {"male": "男", "female": "女"},
    "role": {
        "boss": "管理者",
        "lead": "主管",
        "sales": "销售",
        "finance": "财务",
        "readonly": "只读",
    },
    "channel": {
        "phone": "电话",
        "sms": "短信",
        "mail": "邮件",
        "wechat": "微信",
        "qq": "QQ",
        "visit": "拜访",
        "meeting": "会议",
        "expo": "展会",
        "other": "其他",
    },
    "direction": {"out": "去", "in": "来", "both": "双向"},
    "outcome": {
        "connected": "接通",
        "missed": "未接",
        "rejected": "拒接",
        "read": "已读",
        "replied": "已回",
    },
    "plan": {
        "keep_in_touch": "保持联络",
        "build_rapport": "增进关系",
        "nurture_need": "培养需求",
        "find_opportunity": "挖掘机会",
        "counter_rival": "打击竞品",
        "sign_collect": "签约回款",
        "greeting": "普通问候",
    },
    "bucket": {
        "later_today": "今天稍后",
        "tonight": "今晚",
        "tomorrow": "明天",
        "this_week": "本周内",
        "next_week": "下周",
        "next_month": "下月",
        "date": "指定日期",
    },
    "step_state": {
        "open": "未完成",
        "done": "已完成",
        "cancelled": "已取消",
        "postponed": "已顺延",
    },
    "chance_state": {"open": "进行中", "won": "赢单", "lost": "输单"},
    "status": {
        "draft": "草稿",
        "pending": "待审",
        "rejected": "驳回",
        "withdrawn": "撤回",
        "active": "执行中",
        "done": "已完成",
        "ended": "已终止-部分履行",
        "void": "作废",
    },
    "contract_kind": {
        "new": "新签",
        "renewal": "续约",
        "supplement": "补充协议",
        "framework": "框架",
    },
    "feature_type": FEATURE_WORDS,
    "section": {"identity": "身份", "phones": "号码", "background": "背景", "news": "动态"},
    "mark": {"verified": "已核实", "unchecked": "待核实", "conflicting": "有出入"},
    "move_source": {"manual": "手动", "auto": "自动", "import": "导入"},
}
_ORDER: dict[Kind, str] = {
    Kind.staff: "name department post role:role joined_on left_on mobile phone email qq wechat",
    Kind.products: "code name category spec unit price cost note",
    Kind.customers: (
        "code name short_name kind:customer_kind uscc parent industry source size region_code "
        "region address website created_on owner stage stage_on life:life churned_on "
        "churn_reason grade:grade quality:quality expected_amount expected_on historic note tags"
    ),
    Kind.contacts: (
        "customer_code customer name title part gender:gender mobile phone email qq wechat "
        "birthday main note"
    ),
    Kind.opportunities: (
        "customer_code customer name amount created_on owner expected_on state:chance_state "
        "closed_on reason note"
    ),
    Kind.contracts: (
        "code customer_code customer name signed_on amount status:status kind:contract_kind "
        "as_new signer shares replaces void_on void_reason note"
    ),
    Kind.payments: "code contract_code customer_code customer paid_on amount method staff note",
    Kind.followups: (
        "customer_code customer at channel:channel direction:direction outcome:outcome duration "
        "content staff contact plan_kind:plan"
    ),
    Kind.next_steps: (
        "customer_code customer when:bucket plan_kind:plan what staff entered_at window_start "
        "window_end has_clock state:step_state done_at"
    ),
    Kind.features: (
        "key label type:feature_type unit help required importance options archived setup"
    ),
    Kind.feature_values: "customer_code customer key label value learnt_on staff",
    Kind.radar: (
        "customer_code customer section:section label value source found_on staff mark:mark "
        "position tag expires_on confidence"
    ),
    Kind.stage_moves: (
        "customer_code customer at on stage position reason source:move_source staff"
    ),
}
SHEETS: dict[Kind, str] = {
    Kind.staff: "员工",
    Kind.products: "产品",
    Kind.customers: "客户",
    Kind.contacts: "联系人",
    Kind.opportunities: "商机",
    Kind.contracts: "合同",
    Kind.payments: "回款",
    Kind.followups: "跟单",
    Kind.next_steps: "下步事务",
    Kind.features: "业务特征",
    Kind.feature_values: "特征内容",
    Kind.radar: "雷达情报",
    Kind.stage_moves: "阶段记录",
}
"""What the sheets of an export are called."""

_JSON = {
    "expected_amount": "expected_fen",
    "amount": "amount_fen",
    "price": "price_fen",
    "cost": "cost_fen",
    "duration": "duration_s",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an export: its field, and the word for each of its codes."""

    field: Field
    words: Mapping[str, str]

    @property
    def key(self) -> str:
        """Return the field's key."""
        return self.field.key

    @property
    def json_key(self) -> str:
        """Return the name in JSON, with the unit where there is one."""
        return _JSON.get(self.field.key, self.field.key)


def _columns(kind: Kind) -> tuple[Column, ...]:
    by_key = {one.key: one for one in FIELDS[kind]}
    parts = (part.partition(":") for part in _ORDER[kind].split())
    return tuple(Column(by_key[key], _WORDS.get(words, _NONE)) for key, _, words in parts)


COLUMNS: dict[Kind, tuple[Column, ...]] = {kind: _columns(kind) for kind in Kind}


def columns_of(kind: Kind, features: Sequence[CustomField] = ()) -> tuple[Column, ...]:
    """Return the columns of an export, for customers with the features of the office last."""
    own = (Column(field_of_key(one.key), _NONE) for one in features)
    return (*COLUMNS[kind], *own) if kind is Kind.customers else COLUMNS[kind]


def headings(kind: Kind, language: str = "zh", features: Sequence[CustomField] = ()) -> list[str]:
    """Return the headings of an export; other languages take the keys, which import too."""
    columns = columns_of(kind, features)
    return [one.field.label if language == "zh" else one.key for one in columns]


def is_export(kind: Kind, found: list[str]) -> bool:
    """Tell whether a table has the headings of an export, features of the office behind them."""
    own = headings(kind), headings(kind, ""), [one.json_key for one in COLUMNS[kind]]
    most = len(found) if kind is Kind.customers else len(COLUMNS[kind])
    return any(found[: len(one)] == one for one in own) and len(found) <= most
