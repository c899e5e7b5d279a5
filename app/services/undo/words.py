"""The words for tables and their columns; a column without a word is nobody's to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.i18n import N_
from app.services.undo.inverse import CHANGED, GONE, WORKED_WITH

NOUNS: Mapping[str, str] = {
    "customer": N_("客户"),
    "distinct_pair": N_("不是同一家的客户"),
    "contact": N_("联系人"),
    "employment": N_("任职"),
    "contact_channel": N_("联系方式"),
    "owner_spell": N_("负责人"),
    "life_spell": N_("生命周期"),
    "stage_move": N_("阶段"),
    "followup": N_("跟单记录"),
    "followup_contact": N_("参加的联系人"),
    "next_step": N_("下步事务"),
    "calibration_event": N_("价值标定"),
    "feature_field": N_("业务特征"),
    "feature_option": N_("特征选项"),
    "feature_value": N_("业务特征"),
    "radar_item": N_("客户雷达"),
    "opportunity": N_("商机"),
    "contract": N_("合同"),
    "contract_share": N_("合同分成"),
    "payment": N_("回款"),
    "product": N_("产品"),
    "staff": N_("员工"),
    "staff_address": N_("本人号码"),
    "team": N_("部门"),
    "team_spell": N_("部门变动"),
    "choice": N_("选项"),
    "setting": N_("设置"),
    "import_batch": N_("导入"),
    "action_sequence": N_("动作序列"),
    "sequence_version": N_("序列版本"),
    "sequence_step": N_("序列步骤"),
    "sequence_enrolment": N_("加入序列"),
    "enrolled_step": N_("序列步骤的进度"),
}
"""The word for a row of each table, as message ids."""

REASONS: Mapping[str, str] = {
    CHANGED: N_("后来又改过"),
    GONE: N_("已经彻底删除"),
    WORKED_WITH: N_("后来有人在上面做了事"),
}
"""Why a row did not go back, as message ids."""

_NOTE = {"note": N_("备注")}
_OF_STAFF = {"staff_id": N_("负责人")}
_OF_CUSTOMER = {"customer_id": N_("客户")}
FIELDS: Mapping[str, Mapping[str, str]] = {
    "customer": {
        "name": N_("客户名称"),
        "short_name": N_("简称"),
        "code": N_("客户编号"),
        "kind": N_("客户类型"),
        "uscc": N_("统一社会信用代码"),
        "parent_id": N_("上级客户"),
        "source": N_("来源"),
        "industry": N_("行业"),
        "size": N_("规模"),
        "region": N_("地区"),
        "region_code": N_("区划码"),
        "address": N_("地址"),
        "website": N_("网址"),
        "created_on": N_("创建日期"),
        "historic": N_("历史数据"),
        "trial": N_("测试数据"),
        "merged_into_id": N_("合并到"),
        **_NOTE,
    },
    "contact": {
        "name": N_("姓名"),
        "gender": N_("性别"),
        "birthday": N_("生日"),
        **_NOTE,
    },
    "employment": {
        "title": N_("职务"),
        "part": N_("决策角色"),
        "main": N_("主要联系人"),
        "from_on": N_("开始"),
        "to_on": N_("结束"),
        **_OF_CUSTOMER,
    },
    "contact_channel": {
        "kind": N_("种类"),
        "raw": N_("号码或地址"),
        "preferred": N_("首选"),
        "invalid": N_("无效"),
        **_OF_CUSTOMER,
    },
    "owner_spell": {"staff_id": N_("负责人"), "from_on": N_("开始"), "to_on": N_("结束")},
    "life_spell": {
        "state": N_("生命周期"),
        "from_on": N_("开始"),
        "to_on": N_("结束"),
        "reason": N_("原因"),
        "competitor": N_("竞争对手"),
        "lost_fen": N_("失去的金额"),
    },
    "stage_move": {"to_position": N_("阶段"), "on": N_("日期"), "reason": N_("原因")},
    "followup": {
        "content": N_("内容"),
        "channel": N_("方式"),
        "direction": N_("方向"),
        "outcome": N_("结果"),
        "at": N_("时间"),
        "duration_s": N_("时长"),
        "contact_id": N_("联系人"),
        **_OF_STAFF,
        **_OF_CUSTOMER,
    },
    "next_step": {
        "what": N_("要做什么"),
        "plan_kind": N_("计划"),
        "window_start": N_("开始"),
        "window_end": N_("最晚"),
        "state": N_("状态"),
        "reason": N_("原因"),
        **_OF_STAFF,
        **_OF_CUSTOMER,
    },
    "calibration_event": {"new": N_("价值标定"), "reason": N_("原因")},
    "feature_field": {
        "label": N_("名称"),
        "help": N_("说明"),
        "type": N_("类型"),
        "unit": N_("单位"),
        "required": N_("必填"),
        "archived": N_("停用"),
        "importance": N_("重要性"),
        "position": N_("次序"),
    },
    "feature_option": {"label": N_("名称"), "archived": N_("停用"), "position": N_("次序")},
    "feature_value": {"text": N_("内容"), "number": N_("数值"), "day": N_("日期")},
    "radar_item": {
        "label": N_("名称"),
        "value": N_("内容"),
        "source": N_("出处"),
        "found_on": N_("日期"),
        "mark": N_("核实"),
    },
    "opportunity": {
        "name": N_("商机名称"),
        "owner_id": N_("负责人"),
        "expected_fen": N_("预计金额"),
        "expected_on": N_("预计签约日期"),
        "state": N_("状态"),
        "closed_on": N_("关闭日期"),
        "reason": N_("原因"),
        **_NOTE,
        **_OF_CUSTOMER,
    },
    "contract": {
        "code": N_("合同编号"),
        "name": N_("合同名称"),
        "kind": N_("合同性质"),
        "status": N_("状态"),
        "signed_on": N_("签约日期"),
        "amount_fen": N_("金额"),
        "signer_id": N_("签约人"),
        "as_new": N_("算新单"),
        "void_on": N_("作废日期"),
        "void_reason": N_("作废原因"),
        **_NOTE,
        **_OF_CUSTOMER,
    },
    "contract_share": {"staff_id": N_("员工"), "weight": N_("分成")},
    "payment": {
        "code": N_("回款编号"),
        "paid_on": N_("回款日期"),
        "amount_fen": N_("金额"),
        "method": N_("付款方式"),
        "staff_id": N_("经手人"),
        "contract_id": N_("合同"),
        **_NOTE,
        **_OF_CUSTOMER,
    },
    "product": {"code": N_("产品编号"), "name": N_("产品名称"), "price_fen": N_("价格"), **_NOTE},
    "staff": {
        "name": N_("姓名"),
        "team_id": N_("部门"),
        "post": N_("岗位"),
        "role": N_("角色"),
        "joined_on": N_("入职"),
        "left_on": N_("离职"),
    },
    "staff_address": {"raw": N_("号码或地址")},
    "team": {"name": N_("部门")},
    "action_sequence": {
        "name": N_("名称"),
        "auto_from": N_("自动加入"),
        "archived": N_("停用"),
        "current_version_id": N_("现行版本"),
        "trial_version_id": N_("试行版本"),
    },
    "sequence_enrolment": {"state": N_("状态"), "reason": N_("原因")},
    "enrolled_step": {"state": N_("状态"), "planned_on": N_("日期")},
    "choice": {"label": N_("名称"), "archived": N_("停用"), "position": N_("次序")},
}
"""The word for each column that people read, as message ids."""


def fields_of(table: str, columns: Iterable[str]) -> tuple[str, ...]:
    """Return the words of some columns, those without a word left out."""
    known = FIELDS.get(table, {})
    return tuple(dict.fromkeys(known[column] for column in columns if column in known))
