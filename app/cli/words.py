"""Words for the codes that the command line shows to people."""

from __future__ import annotations

from collections.abc import Iterable

from app.i18n import N_, translate

_WORDS = {
    "valuable": N_("有价值"),
    "unsure": N_("不确定"),
    "worthless": N_("无价值"),
    "big": N_("大单"),
    "normal": N_("正常"),
    "small": N_("小单"),
    "company": N_("企业"),
    "person": N_("个人"),
    "public": N_("机关事业"),
    "prospect": N_("潜在"),
    "signed": N_("签约"),
    "repeat": N_("重复购买"),
    "churned": N_("失效"),
    "overdue": N_("逾期"),
    "later_today": N_("今天稍后"),
    "tonight": N_("今晚"),
    "tomorrow": N_("明天"),
    "this_week": N_("本周内"),
    "next_week": N_("下周"),
    "next_month": N_("下月"),
    "date": N_("指定日期"),
    "later": N_("更晚"),
    "keep_in_touch": N_("保持联络"),
    "build_rapport": N_("增进关系"),
    "nurture_need": N_("培养需求"),
    "find_opportunity": N_("挖掘机会"),
    "counter_rival": N_("打击竞品"),
    "sign_collect": N_("签约回款"),
    "greeting": N_("普通问候"),
    "phone": N_("电话"),
    "sms": N_("短信"),
    "mail": N_("邮件"),
    "wechat": N_("微信"),
    "visit": N_("拜访"),
    "meeting": N_("会议"),
    "expo": N_("展会"),
    "other": N_("其他"),
    "contact": N_("任一联系"),
    "radar": N_("客户雷达"),
    "calibrate": N_("价值标定"),
    "need": N_("确认需求"),
    "quote": N_("报价"),
    "sign": N_("签约"),
    "followup": N_("跟单记录"),
    "calibration": N_("价值标定"),
    "node": N_("关键节点"),
    "stage": N_("阶段"),
    "contract": N_("合同"),
    "payment": N_("回款"),
    "owner": N_("负责人"),
    "life": N_("生命周期"),
    "customers": N_("客户"),
    "contacts": N_("联系人"),
    "followups": N_("跟单记录"),
    "next_steps": N_("下步事务"),
    "features": N_("业务特征"),
    "feature_values": N_("特征内容"),
    "stage_moves": N_("阶段记录"),
    "opportunities": N_("商机"),
    "contracts": N_("合同"),
    "payments": N_("回款"),
    "products": N_("产品"),
    "staff": N_("员工"),
    "model_worker": N_("劳模"),
    "efficient": N_("巧干"),
    "benchmark": N_("标杆"),
    "to_activate": N_("待激活"),
    "regular": N_("常规"),
}

GRADES = ("big", "normal", "small")
CUSTOMER_KINDS = ("company", "person", "public", "other")


def of(code: str | None) -> str:
    """Return the translated word of a code; a word of the office's own stays as it is."""
    return translate(_WORDS.get(code or "", code or ""))


def code_of(word: str, among: Iterable[str]) -> str:
    """Return the code of a word in either language; another word stands for itself."""
    wanted = word.strip()
    for code in among:
        if wanted in (_WORDS[code], translate(_WORDS[code])):
            return code
    return wanted
