"""The fields of what only an export carries: features, what is known of them, radar, stages."""

from __future__ import annotations

from app.i18n import N_
from app.services.transfer.fields.shapes import COMPANY_WORDS, Shape, field

FEATURE_WORDS = {
    "text": "文字",
    "long_text": "多行文字",
    "rich_text": "富文本",
    "integer": "整数",
    "number": "数字",
    "money": "金额",
    "percent": "百分比",
    "rating": "评分",
    "date": "日期",
    "time": "时间",
    "moment": "日期时间",
    "span": "日期段",
    "window": "模糊日期",
    "single": "单选",
    "multi": "多选",
    "cascade": "级联",
    "yes_no": "是否",
    "mobile": "手机",
    "phone": "电话",
    "email": "邮箱",
    "website": "网址",
    "licence": "证件号",
    "place": "区划地址",
    "staff": "员工",
    "team": "部门",
    "customer": "客户引用",
    "contact": "联系人引用",
    "product": "产品引用",
    "formula": "公式",
    "rollup": "汇总",
    "serial": "自动编号",
    "lines": "明细子表",
    "note": "说明文字",
    "divider": "分割线",
}
"""What the types of features are called in files."""
_CUSTOMER = (
    field("customer_code", N_("客户编号"), Shape.text),
    field("customer", N_("客户名称"), Shape.company, COMPANY_WORDS, required=True),
)

FEATURES = (
    field("key", N_("特征代号"), Shape.text),
    field("label", N_("特征名称"), Shape.text, required=True),
    field("type", N_("特征类型"), Shape.word),
    field("unit", N_("单位"), Shape.text),
    field("help", N_("说明"), Shape.long_text),
    field("required", N_("必填"), Shape.flag),
    field("importance", N_("权重"), Shape.number),
    field("options", N_("选项"), Shape.long_text),
    field("archived", N_("已停用"), Shape.flag),
    field("setup", N_("更多设置"), Shape.long_text),
)

FEATURE_VALUES = (
    *_CUSTOMER,
    field("key", N_("特征代号"), Shape.text),
    field("label", N_("特征名称"), Shape.text, required=True),
    field("value", N_("特征内容"), Shape.long_text),
    field("learnt_on", N_("了解日期"), Shape.day),
    field("staff", N_("记录人"), Shape.staff),
)

RADAR = (
    *_CUSTOMER,
    field("section", N_("雷达栏目"), Shape.word),
    field("label", N_("情报项目"), Shape.text, required=True),
    field("value", N_("情报内容"), Shape.long_text),
    field("source", N_("情报来源"), Shape.text),
    field("found_on", N_("采集日期"), Shape.day),
    field("staff", N_("采集人"), Shape.staff),
    field("mark", N_("核实情况"), Shape.word),
    field("position", N_("排列次序"), Shape.number),
    field("tag", N_("情报标签"), Shape.text),
    field("expires_on", N_("有效到"), Shape.day),
    field("confidence", N_("可信度"), Shape.text),
)

STAGE_MOVES = (
    *_CUSTOMER,
    field("at", N_("进入时间"), Shape.moment, required=True),
    field("on", N_("进入日期"), Shape.day),
    field("stage", N_("阶段"), Shape.text),
    field("position", N_("阶段序号"), Shape.number),
    field("reason", N_("原因"), Shape.text),
    field("source", N_("怎么进入"), Shape.word),
    field("staff", N_("操作人"), Shape.staff),
)
