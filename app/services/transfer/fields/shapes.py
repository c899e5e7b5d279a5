"""Kinds of rows, shapes of cells, and the words that several kinds share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A kind of rows that can be imported, in the order of a whole import."""

    staff = "staff"
    products = "products"
    features = "features"
    customers = "customers"
    contacts = "contacts"
    opportunities = "opportunities"
    contracts = "contracts"
    payments = "payments"
    followups = "followups"
    next_steps = "next_steps"
    stage_moves = "stage_moves"
    feature_values = "feature_values"
    radar = "radar"


CARRIED = frozenset({Kind.features, Kind.stage_moves, Kind.feature_values, Kind.radar})
"""Kinds that only an export tells, sheet by sheet; no list of an office looks like them."""


class Shape(StrEnum):
    """How the cells of a field are read."""

    text = "text"
    long_text = "long_text"
    day = "day"
    moment = "moment"
    money = "money"
    seconds = "seconds"
    number = "number"
    phones = "phones"
    handles = "handles"
    person = "person"
    staff = "staff"
    company = "company"
    uscc = "uscc"
    word = "word"
    flag = "flag"
    shares = "shares"
    records = "records"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: stable key, Chinese label (a message id), shape and headings.

    ``slotted`` fields may come several times in a row, once for each contact.
    """

    key: str
    label: str
    shape: Shape
    headings: tuple[str, ...]
    required: bool = False
    slotted: bool = False


def field(
    key: str,
    label: str,
    shape: Shape,
    headings: str = "",
    *,
    required: bool = False,
    slotted: bool = False,
) -> Field:
    """Make a field; ``headings`` are further words for it, parted by blanks."""
    words = dict.fromkeys([label, *headings.split(), key])
    return Field(key, label, shape, tuple(words), required, slotted)


COMPANY_WORDS = (
    "单位名称 公司名称 公司 单位 客户 客户单位 客户公司 客户全称 公司全称 单位全称 "
    "企业名称 企业 厂家 厂名 "
    "客户名 名称 甲方 购货单位 往来单位 company customer account client company_name "
    "customer_name organization 线索名称 线索"
)
OWNER_WORDS = (
    "业务员 销售 销售员 销售人员 销售代表 客户经理 业务经理 跟进人 所属业务员 所属销售 "
    "归属人 归属 所有者 "
    "所有人 专员 业务负责人 跟单员 跟单人 owner_name salesperson sales"
)
AMOUNT_WORDS = (
    "预估金额 预计成交金额 意向金额 预算 预算金额 预计销售额 预计签约金额 预计金额(元) 金额"
)
CREATED_WORDS = (
    "登记日期 建档日期 录入日期 创建时间 登记时间 建档时间 录入时间 添加时间 添加日期 "
    "新增日期 首次联系日期 "
    "开发日期 日期 created created_at created_date"
)
NOTE_WORDS = "说明 备注信息 其他 附注 remark remarks comment memo notes"
MAIL_WORDS = "电子邮箱 电子邮件 邮件地址 邮箱地址 e-mail mail"
QQ_WORDS = "qq号 qq号码 联系人qq"
WECHAT_WORDS = "微信号 微信号码 联系人微信 weixin"
