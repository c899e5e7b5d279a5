"""Words for every code of the book; the only place that maps codes to labels."""

from __future__ import annotations

from collections.abc import Mapping

from app.i18n import N_, translate

QUALITY: Mapping[str, str] = {
    "valuable": N_("有价值"),
    "unsure": N_("不确定"),
    "worthless": N_("无价值"),
}
QUALITY_SHORT: Mapping[str, str] = {
    "valuable": N_("有"),
    "unsure": N_("疑"),
    "worthless": N_("无"),
}
GRADE: Mapping[str, str] = {
    "big": N_("大单"),
    "normal": N_("正常"),
    "small": N_("小单"),
}
GRADE_SHORT: Mapping[str, str] = {"big": N_("大"), "normal": N_("中"), "small": N_("小")}
PLAN_KIND: Mapping[str, str] = {
    "keep_in_touch": N_("保持联络"),
    "build_rapport": N_("增进关系"),
    "nurture_need": N_("培养需求"),
    "find_opportunity": N_("挖掘机会"),
    "counter_rival": N_("打击竞品"),
    "sign_collect": N_("签约回款"),
    "greeting": N_("普通问候"),
}
PLAN_ICON: Mapping[str, str] = {
    "keep_in_touch": "call",
    "build_rapport": "people_community",
    "nurture_need": "lightbulb",
    "find_opportunity": "search",
    "counter_rival": "shield",
    "sign_collect": "handshake",
    "greeting": "chat",
}
BUCKET: Mapping[str, str] = {
    "overdue": N_("逾期"),
    "later_today": N_("今天稍后"),
    "tonight": N_("今晚"),
    "tomorrow": N_("明天"),
    "this_week": N_("本周内"),
    "next_week": N_("下周"),
    "next_month": N_("下月"),
    "date": N_("指定日期"),
    "later": N_("更晚"),
}
CHANNEL: Mapping[str, str] = {
    "phone": N_("电话"),
    "sms": N_("短信"),
    "mail": N_("邮件"),
    "wechat": N_("微信"),
    "qq": "QQ",
    "visit": N_("拜访"),
    "meeting": N_("会议"),
    "expo": N_("展会"),
    "other": N_("其他"),
}
CHANNEL_ICON: Mapping[str, str] = {
    "phone": "call",
    "sms": "phone",
    "mail": "mail",
    "wechat": "chat",
    "qq": "chat",
    "visit": "vehicle_car",
    "meeting": "video_person",
    "expo": "people_team",
    "other": "note",
}
CONTACT_KIND: Mapping[str, str] = {
    "phone": N_("座机"),
    "mobile": N_("手机"),
    "email": N_("邮箱"),
    "qq": "QQ",
    "wechat": N_("微信"),
    "other": N_("其他"),
}
DIRECTION: Mapping[str, str] = {"out": N_("去"), "in": N_("来"), "both": N_("双向")}
CONTRACT_STATUS: Mapping[str, str] = {
    "draft": N_("草稿"),
    "pending": N_("待审"),
    "rejected": N_("驳回"),
    "withdrawn": N_("撤回"),
    "active": N_("执行中"),
    "done": N_("已完成"),
    "ended": N_("已终止-部分履行"),
    "void": N_("作废"),
}
CONTRACT_KIND: Mapping[str, str] = {
    "new": N_("新签"),
    "renewal": N_("续约"),
    "supplement": N_("补充协议"),
    "framework": N_("框架合同"),
}
LIFE_CYCLE: Mapping[str, str] = {
    "prospect": N_("潜在"),
    "signed": N_("签约"),
    "repeat": N_("重复购买"),
    "churned": N_("失效"),
}
QUADRANT: Mapping[str, str] = {
    "model_worker": N_("劳模"),
    "efficient": N_("巧干"),
    "benchmark": N_("标杆"),
    "to_activate": N_("待激活"),
    "regular": N_("常规"),
}
STEP_STATE: Mapping[str, str] = {
    "open": N_("待办"),
    "done": N_("完成"),
    "cancelled": N_("取消"),
    "postponed": N_("顺延"),
}
STEP_TIMING: Mapping[str, str] = {
    "waiting": N_("未到"),
    "due": N_("可做"),
    "overdue": N_("逾期"),
    "closed": N_("已结束"),
}
OUTCOME: Mapping[str, str] = {
    "connected": N_("接通"),
    "missed": N_("未接"),
    "rejected": N_("拒接"),
    "read": N_("已读"),
    "replied": N_("已回复"),
}
ROLE: Mapping[str, str] = {
    "sales": N_("销售"),
    "lead": N_("销售主管"),
    "boss": N_("管理者"),
    "finance": N_("财务"),
}
CUSTOMER_KIND: Mapping[str, str] = {
    "company": N_("企业"),
    "person": N_("个人"),
    "public": N_("机关事业"),
    "other": N_("其他"),
}
GENDER: Mapping[str, str] = {"male": N_("男"), "female": N_("女")}
DECISION_PART: Mapping[str, str] = {
    "decider": N_("决策人"),
    "user": N_("使用人"),
    "gatekeeper": N_("把关人"),
    "insider": N_("内线"),
    "opponent": N_("反对者"),
}
RADAR_MARK: Mapping[str, str] = {
    "verified": N_("已核实"),
    "unchecked": N_("待核实"),
    "conflicting": N_("有出入"),
}
CONFIDENCE: Mapping[str, str] = {
    "": N_("没说"),
    "high": N_("可靠"),
    "medium": N_("一般"),
    "low": N_("听说"),
}
EXPECTED: Mapping[str, str] = {
    "近两天": N_("近两天"),
    "本周": N_("本周"),
    "下周": N_("下周"),
    "本月": N_("本月"),
    "下月": N_("下月"),
    "本季": N_("本季"),
    "下季": N_("下季"),
    "年内": N_("年内"),
}
FIELD_TYPE: Mapping[str, str] = {
    "text": N_("文字"),
    "long_text": N_("多行文字"),
    "rich_text": N_("富文本"),
    "integer": N_("整数"),
    "number": N_("数字"),
    "money": N_("金额"),
    "percent": N_("百分比"),
    "rating": N_("评分"),
    "date": N_("日期"),
    "time": N_("时间"),
    "moment": N_("日期时间"),
    "span": N_("日期段"),
    "window": N_("模糊日期"),
    "single": N_("单选"),
    "multi": N_("多选"),
    "cascade": N_("级联"),
    "yes_no": N_("是否"),
    "mobile": N_("手机"),
    "phone": N_("电话"),
    "email": N_("邮箱"),
    "website": N_("网址"),
    "licence": N_("证件号"),
    "place": N_("区划地址"),
    "staff": N_("员工"),
    "team": N_("部门"),
    "customer": N_("客户引用"),
    "contact": N_("联系人引用"),
    "product": N_("产品引用"),
    "formula": N_("公式"),
    "rollup": N_("汇总"),
    "serial": N_("自动编号"),
    "lines": N_("明细子表"),
    "note": N_("说明文字"),
    "divider": N_("分割线"),
}


HOLIDAY: Mapping[str, str] = {
    one: one
    for one in (
        N_("元旦"), N_("春节"), N_("清明节"), N_("劳动节"), N_("端午节"), N_("中秋节"),
        N_("国庆节"),
    )
}  # fmt: skip


def holiday(name: str) -> str:
    """Return the name of a holiday, two of them joined; an own name stays as it is."""
    return translate(N_("、")).join(of(HOLIDAY, one) for one in name.split("、"))


def of(words: Mapping[str, str], code: str | None) -> str:
    """Return the translated label of a code; an unknown code (an own word) stays as it is."""
    if not code:
        return ""
    return translate(words.get(code, code))


def quality(code: str | None) -> str:
    """Return 有价值, 不确定, 无价值 or 未标定."""
    return of(QUALITY, code) or translate(N_("未标定"))


def value(quality_code: str | None, grade_code: str | None, *, narrow: bool = False) -> str:
    """Return the words of a value badge: 有价值 · 大单, or 有·大 in narrow columns."""
    if not quality_code:
        return "—" if narrow else translate(N_("未标定"))
    if quality_code == "worthless":
        return of(QUALITY_SHORT if narrow else QUALITY, quality_code)
    first = of(QUALITY_SHORT if narrow else QUALITY, quality_code)
    second = of(GRADE_SHORT if narrow else GRADE, grade_code)
    if not second:
        return first
    return f"{first}·{second}" if narrow else f"{first} · {second}"
