"""The fields of customers, the people at them, and the office's own staff."""

from __future__ import annotations

from app.i18n import N_
from app.services.transfer.fields.shapes import (
    AMOUNT_WORDS,
    COMPANY_WORDS,
    CREATED_WORDS,
    MAIL_WORDS,
    NOTE_WORDS,
    OWNER_WORDS,
    QQ_WORDS,
    WECHAT_WORDS,
    Shape,
    field,
)

MOBILE_WORDS = (
    "手机号 手机号码 移动电话 联系手机 联系人手机 手机号1 联系方式 联系号码 "
    "联系人联系方式 联系电话 "
    "联系人电话 mobile_phone cell cellphone phone_number"
)

PHONE_WORDS = (
    "座机 固话 固定电话 办公电话 单位电话 公司电话 电话号码 电话/手机 手机/电话 tel telephone"
)

INDUSTRY_WORDS = "所属行业 行业类别 行业类型 客户行业 sector"

SOURCE_WORDS = "客户来源 来源渠道 渠道 线索来源 信息来源 lead_source"

CONTACT_CHANNELS = (
    field("mobile", N_("手机"), Shape.phones, MOBILE_WORDS, slotted=True),
    field("phone", N_("电话"), Shape.phones, PHONE_WORDS, slotted=True),
    field("email", N_("邮箱"), Shape.handles, MAIL_WORDS, slotted=True),
    field("qq", N_("QQ"), Shape.handles, QQ_WORDS, slotted=True),
    field("wechat", N_("微信"), Shape.handles, WECHAT_WORDS, slotted=True),
)

CUSTOMERS = (
    field(
        "code", N_("客户编号"), Shape.text, "客户编码 客户代码 编号 编码 档案号 customer_code id"
    ),
    field("name", N_("客户名称"), Shape.company, COMPANY_WORDS, required=True),
    field("short_name", N_("简称"), Shape.text, "客户简称 公司简称 单位简称"),
    field("former_name", N_("曾用名"), Shape.company, "原名 原名称"),
    field("kind", N_("客户类型"), Shape.word, "客户性质 客户类别 单位性质 企业性质 类型"),
    field(
        "uscc",
        N_("统一社会信用代码"),
        Shape.uscc,
        "信用代码 社会信用代码 税号 纳税人识别号 纳税识别号 组织机构代码 统一信用代码",
    ),
    field("parent", N_("上级客户"), Shape.company, "上级单位 母公司 总公司 所属集团"),
    field("industry", N_("行业"), Shape.word, INDUSTRY_WORDS),
    field("source", N_("来源"), Shape.word, SOURCE_WORDS),
    field("size", N_("规模"), Shape.text, "企业规模 公司规模 人员规模 员工人数 人数"),
    field(
        "region_code",
        N_("区划码"),
        Shape.text,
        "行政区划 行政区划码 地区代码 区划代码 行政区划代码",
    ),
    field(
        "region",
        N_("地区"),
        Shape.text,
        "所在城市 城市 所在地 所在地区 省市 省/市 省市区 省市县 省市区县 省市区/县 区域 省份城市 "
        "所属地区 所属区域 地域",
    ),
    field("province", N_("省"), Shape.text, "省份 所在省 所在省份"),
    field("city", N_("市"), Shape.text, "地级市 所在市"),
    field("district", N_("区"), Shape.text, "区县 县区 县 区/县"),
    field(
        "address",
        N_("地址"),
        Shape.text,
        "公司地址 单位地址 详细地址 通讯地址 联系地址 办公地址 注册地址 客户地址",
    ),
    field("website", N_("网址"), Shape.text, "网站 官网 公司网站 主页 url web"),
    field("created_on", N_("创建日期"), Shape.day, CREATED_WORDS),
    field("owner", N_("负责人"), Shape.staff, OWNER_WORDS + " 客户负责人"),
    field("stage", N_("阶段"), Shape.word, "客户阶段 销售阶段 跟进阶段 商机阶段"),
    field("stage_on", N_("阶段日期"), Shape.day, "进入阶段日期"),
    field("life", N_("生命周期"), Shape.word, "客户状态 状态"),
    field("churned_on", N_("失效日期"), Shape.day, "流失日期"),
    field("churn_reason", N_("失效原因"), Shape.text, "流失原因"),
    field("historic", N_("历史数据"), Shape.flag),
    field(
        "grade",
        N_("级别"),
        Shape.word,
        "定级 客户级别 客户等级 等级 客户分级 分级 重要程度 重要性 客户分类 abc分类",
    ),
    field("quality", N_("定性"), Shape.word, "意向 客户意向 意向度 意向程度 合作意向 有无价值"),
    field("tags", N_("标签"), Shape.text, "客户标签 标签名称 tag"),
    field("expected_amount", N_("预计金额"), Shape.money, AMOUNT_WORDS + " expected_fen"),
    field(
        "expected_on",
        N_("预计签约日期"),
        Shape.day,
        "预计成交日期 预计成交时间 预计签约时间 预计签单日期 预计下单时间",
    ),
    field(
        "contact",
        N_("联系人"),
        Shape.person,
        "联系人姓名 客户联系人 姓名 对接人 主联系人 经办人 联络人 采购联系人 收件人 对方负责人 "
        "企业负责人 单位负责人 公司负责人 contact_name",
        slotted=True,
    ),
    field(
        "title", N_("职务"), Shape.text, "职位 联系人职务 联系人职位 岗位 头衔 称谓", slotted=True
    ),
    field("gender", N_("性别"), Shape.word, "联系人性别 称呼", slotted=True),
    *CONTACT_CHANNELS,
    field("birthday", N_("生日"), Shape.text, "出生日期 联系人生日 出生年月", slotted=True),
    field(
        "followups",
        N_("跟进情况"),
        Shape.records,
        "跟进记录 跟进 联系记录 沟通记录 拜访记录 跟进内容 跟踪情况 跟踪记录 联系情况 "
        "洽谈记录 沟通情况 "
        "跟单记录 跟单情况 进展 进展情况 客户动态 跟进状态 拜访情况 洽谈情况 沟通内容",
    ),
    field(
        "last_at",
        N_("最近跟进时间"),
        Shape.moment,
        "最后跟进 最近跟进 最后联系 最近联系 最后跟进时间 最后联系时间 最近联系时间 最近跟单日期 "
        "最后拜访时间 最近拜访时间 上次联系时间 上次跟进时间 最后一次联系 最后一次跟进 "
        "最后一次联系时间 最后一次跟进时间 最近一次联系时间 最近一次跟进时间",
    ),
    field(
        "last_text",
        N_("最近跟进内容"),
        Shape.long_text,
        "最后跟进记录 最后跟进内容 最近跟进记录 最后联系内容 最近联系内容 最后跟进情况 "
        "上次跟进内容",
    ),
    field(
        "next_when",
        N_("下步时间"),
        Shape.text,
        "下次跟进时间 下次联系时间 下次跟进日期 下次联系日期 下次回访时间 下次拜访时间 下次时间 "
        "下次跟进 下次联系 计划跟进时间 计划联系时间 next_contact_date next_followup",
    ),
    field(
        "next_what",
        N_("下步事务"),
        Shape.text,
        "下步内容 下一步 下一步计划 下步计划 下次跟进内容 下次联系内容 下步安排 跟进计划",
    ),
    field("note", N_("备注"), Shape.long_text, NOTE_WORDS),
)

CONTACTS = (
    field("customer_code", N_("客户编号"), Shape.text, "客户编码"),
    field("customer", N_("客户名称"), Shape.company, COMPANY_WORDS.replace(" 名称 ", " ")),
    field(
        "name",
        N_("姓名"),
        Shape.person,
        "联系人 联系人姓名 客户联系人 名字 名称 full_name contact contact_name",
        required=True,
    ),
    field("department", N_("部门"), Shape.text, "所在部门 科室"),
    field("title", N_("职务"), Shape.text, "职位 岗位 头衔 称谓 job_title"),
    field("part", N_("角色"), Shape.word, "决策角色 决策作用 role"),
    field("gender", N_("性别"), Shape.word, "称呼"),
    *CONTACT_CHANNELS,
    field("birthday", N_("生日"), Shape.text, "出生日期 出生年月"),
    field("address", N_("地址"), Shape.text, "联系地址 通讯地址 详细地址"),
    field("website", N_("网址"), Shape.text, "主页 url"),
    field("main", N_("主联系人"), Shape.flag, "是否主联系人 首要联系人"),
    field("note", N_("备注"), Shape.long_text, NOTE_WORDS),
)

STAFF = (
    field("code", N_("工号"), Shape.text, "员工编号 编号 员工号"),
    field(
        "name", N_("姓名"), Shape.person, "员工姓名 员工 名字 人员 staff employee", required=True
    ),
    field("department", N_("部门"), Shape.text, "所属部门 团队 小组 所在部门 team"),
    field("post", N_("岗位"), Shape.text, "职位 职务 岗位名称 title position"),
    field("role", N_("角色"), Shape.word, "权限"),
    field("joined_on", N_("入职日期"), Shape.day, "入职时间 到岗日期 入司日期 hired_on"),
    field("left_on", N_("离职日期"), Shape.day, "离职时间"),
    field("mobile", N_("手机"), Shape.phones, "手机号 手机号码 联系方式 联系电话 本人手机"),
    field("phone", N_("电话"), Shape.phones, "座机 办公电话 分机 固话"),
    field("email", N_("邮箱"), Shape.handles, MAIL_WORDS),
    field("qq", N_("QQ"), Shape.handles, QQ_WORDS),
    field("wechat", N_("微信"), Shape.handles, WECHAT_WORDS),
    field("note", N_("备注"), Shape.long_text, NOTE_WORDS),
)
