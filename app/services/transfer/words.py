"""Words of the office and the codes they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.models.values.calibration import Grade, Quality
from app.models.values.deals import KIND_WORDS, STATUS_WORDS
from app.models.values.features import FieldType
from app.models.values.text import fold
from app.services.transfer.fields.carried import FEATURE_WORDS

_TAIL = re.compile(r"(类|级|等|级别|客户|单|类客户|级客户|合同)$")


_BRACKET = re.compile(r"(.+?)[(（](.+)[)）]")


def _by_word(words: dict[str, str]) -> dict[str, str]:
    return {word: code for code, listed in words.items() for word in (code, *listed.split())}


GRADES = _by_word(
    {
        Grade.big: "a a+ s 重点 重要 大 大单 大客户 vip 核心 战略 一 1 ★★★ 高",
        Grade.normal: "b 普通 正常 一般 中 中等 常规 二 2 ★★ 次重点",
        Grade.small: "c d e 小 小单 小客户 非优先 次要 三 3 ★ 低",
    }
)
QUALITIES = _by_word(
    {
        Quality.valuable: "有价值 有意向 有 高 强 意向强 强烈 意向高 高意向 是 意向客户 a",
        Quality.worthless: "无价值 无意向 无 没有 低 没意向 否 无效 放弃 c",
        Quality.unsure: "不确定 待定 一般 中 不明 不明确 未知 观望 b",
    }
)
LIVES = _by_word(
    {
        "prospect": "潜在 潜在客户 意向 意向客户 未成交 未签约 跟进中 跟进 新客户 公海",
        "signed": "签约 已签约 成交 已成交 成交客户 合作中 合作 老客户 正式",
        "repeat": "重复购买 复购 多次成交",
        "churned": "失效 流失 已流失 停止合作 终止 无效 放弃 死单 丢单",
    }
)
CUSTOMER_KINDS = _by_word(
    {
        "company": "企业 公司 单位 法人 企业客户 工厂 厂家 有限公司 民营 国企 外资 合资 私营",
        "person": "个人 自然人 散客 个人客户 个体",
        "public": "机关事业 机关 事业单位 政府 学校 医院 行政机关",
        "other": "其他 其它",
    }
)
GENDERS = _by_word({"male": "男 先生 男士 m", "female": "女 女士 小姐 f"})
ROLES = _by_word(
    {
        "boss": "管理者 老板 总经理 管理员",
        "lead": "主管 经理 组长",
        "sales": "销售 业务员 业务",
        "finance": "财务 会计",
        "readonly": "只读",
    }
)
STEP_STATES = _by_word(
    {
        "open": "未完成 未 待办 待处理 进行中 否",
        "done": "完成 已完成 已 是",
        "cancelled": "取消 已取消",
        "postponed": "顺延 已顺延 推迟",
    }
)
BUCKETS = _by_word(
    {
        "later_today": "今天稍后",
        "tonight": "今晚",
        "tomorrow": "明天",
        "this_week": "本周内",
        "next_week": "下周",
        "next_month": "下月",
        "date": "指定日期",
    }
)
OPPORTUNITY_STATES = _by_word(
    {
        "open": "进行中 跟进中 打开 未关闭",
        "won": "赢单 成交 已成交 签约 已签约",
        "lost": "输单 丢单 失败 流失 放弃 无效 已关闭",
    }
)

FEATURE_TYPES = {str(code): str(code) for code in FieldType} | _by_word(dict(FEATURE_WORDS))
RADAR_SECTIONS = _by_word(
    {"identity": "身份", "phones": "号码", "background": "背景", "news": "动态"}
)
RADAR_MARKS = _by_word({"verified": "已核实", "unchecked": "待核实", "conflicting": "有出入"})
MOVE_SOURCES = _by_word({"manual": "手动", "auto": "自动", "import": "导入"})
CONTRACT_STATUSES = {
    **{str(code): str(code) for code in STATUS_WORDS.values()},
    **{word: str(code) for word, code in STATUS_WORDS.items()},
    **_by_word(
        {
            "pending": "待审核 审核中 审批中 待审批 未审核",
            "rejected": "未通过 审核未通过 审核拒绝 已驳回 已拒绝",
            "withdrawn": "已撤回 撤销",
            "active": "通过 审核通过 审批通过 已审核 已通过",
        }
    ),
}
CONTRACT_KINDS = {
    **{str(code): str(code) for code in KIND_WORDS.values()},
    **{word: str(code) for word, code in KIND_WORDS.items() if word},
}


def code_of(words: Mapping[str, str], text: str) -> str | None:
    """Return the code of a word such as A类 or 已流失, None for a word not known."""
    plain = fold(text).lower().replace(" ", "")
    inside = _BRACKET.fullmatch(plain)
    for one in (plain, *(inside.groups() if inside else ())):
        if found := words.get(one) or words.get(_TAIL.sub("", one)):
            return found
    return None
