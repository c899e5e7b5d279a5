"""The fields of follow-ups and next steps."""

from __future__ import annotations

from app.i18n import N_
from app.services.transfer.fields.shapes import (
    COMPANY_WORDS,
    OWNER_WORDS,
    Shape,
    field,
)

FOLLOWUPS = (
    field("customer_code", N_("客户编号"), Shape.text, "客户编码"),
    field("customer", N_("客户名称"), Shape.company, COMPANY_WORDS, required=True),
    field(
        "at",
        N_("跟进时间"),
        Shape.moment,
        "跟进日期 联系时间 联系日期 跟单时间 跟单日期 拜访时间 拜访日期 沟通时间 沟通日期 "
        "时间 日期 发生时间 "
        "通话时间 date time",
        required=True,
    ),
    field(
        "channel",
        N_("跟进方式"),
        Shape.word,
        "联系方式 跟单方式 沟通方式 拜访方式 方式 渠道 跟进类型 联系途径",
    ),
    field(
        "direction",
        N_("方向"),
        Shape.word,
        "呼叫方向 呼叫类型 通话类型 来去 来/去 去/来 来往 收发 收/发 呼入呼出 呼入/呼出 "
        "主叫/被叫 主被叫 通信方式",
    ),
    field(
        "outcome", N_("结果"), Shape.word, "跟进结果 接通情况 通话结果 通话状态 是否接通 接听状态"
    ),
    field(
        "duration",
        N_("通话时长"),
        Shape.seconds,
        "时长 通话时间(秒) 通话时间(分) 通话时间(分钟) 时长(秒) 通话秒数 接听时长 duration_s",
    ),
    field(
        "content",
        N_("跟进内容"),
        Shape.long_text,
        "内容 跟进记录 跟进情况 沟通内容 联系内容 拜访内容 跟单内容 记录 情况 洽谈内容 备注 text",
    ),
    field(
        "staff", N_("跟进人"), Shape.staff, OWNER_WORDS + " 负责人 记录人 拜访人 联系人员 创建人"
    ),
    field("contact", N_("联系人"), Shape.person, "联系人姓名 客户联系人 对接人 contact_name"),
    field("plan_kind", N_("计划类型"), Shape.word, "跟踪计划"),
    field(
        "next_when",
        N_("下步时间"),
        Shape.text,
        "下次跟进时间 下次联系时间 下次跟进日期 下次联系日期 下次回访时间 下次时间",
    ),
    field("next_plan", N_("下步计划"), Shape.word, "下次计划 下步类型"),
    field(
        "next_what", N_("下步事务"), Shape.text, "下步内容 下一步 下一步计划 下次跟进内容 下步安排"
    ),
)

NEXT_STEPS = (
    field("customer_code", N_("客户编号"), Shape.text, "客户编码"),
    field("customer", N_("客户名称"), Shape.company, COMPANY_WORDS, required=True),
    field(
        "when",
        N_("下步时间"),
        Shape.text,
        "计划时间 计划日期 时间 日期 提醒时间 截止时间 截止日期 下次跟进时间 下次联系时间 "
        "bucket due",
        required=True,
    ),
    field("plan_kind", N_("计划类型"), Shape.word, "类型 计划 下步计划 跟踪计划 plan"),
    field(
        "what",
        N_("下步事务"),
        Shape.long_text,
        "事项 任务 任务内容 内容 下步内容 待办 待办事项 下一步",
    ),
    field("staff", N_("负责人"), Shape.staff, OWNER_WORDS + " 执行人"),
    field("entered_at", N_("录入时间"), Shape.moment, "创建时间 创建日期 安排时间 anchor_at"),
    field("window_start", N_("窗口开始"), Shape.moment, "开始时间"),
    field("window_end", N_("窗口结束"), Shape.moment, "结束时间"),
    field("has_clock", N_("定了钟点"), Shape.flag),
    field("state", N_("状态"), Shape.word, "完成状态 是否完成"),
    field("done_at", N_("完成时间"), Shape.moment, "完成日期"),
)
