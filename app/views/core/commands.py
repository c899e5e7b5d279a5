"""The commands of the program: menus, keys and the palette are made from this list.

A command does what the shown page offers for it (``Page.commands``), else it calls its
target, ``module:function``, imported at first use: ``function(view, customer_id)`` with the
customer that the selection means, or None. A command whose target is not built stays hidden
where the page does not offer it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from PySide6.QtGui import QAction, QKeySequence

from app.i18n import N_

StandardKey = QKeySequence.StandardKey
Role = QAction.MenuRole


@dataclass(frozen=True, slots=True)
class Command:
    """Describe one command; ``target`` is used when the shown page does not offer it."""

    id: str
    title: str
    icon: str = ""
    shortcut: str = ""
    standard: StandardKey | None = None
    keywords: str = ""
    target: str = ""


COMMANDS: tuple[Command, ...] = (
    Command("new", N_("新建"), "plus", standard=StandardKey.New, keywords="xj xinjian new"),
    Command(
        "import", N_("导入…"), "arrow_import", keywords="dr daoru import excel",
        target="app.views.transfer.wizard:start_import",
    ),
    Command("export", N_("导出…"), "export", shortcut="Ctrl+E", keywords="dc daochu export"),
    Command("print", N_("打印…"), "print", standard=StandardKey.Print,
            keywords="dy dayin print pdf"),
    Command("backup", N_("立即备份"), "save", keywords="bf beifen backup",
            target="app.views.backup.commands:back_up_now"),
    Command("find", N_("查找"), "search", standard=StandardKey.Find,
            keywords="cz chazhao find search"),
    Command("select_all", N_("全选"), keywords="qx quanxuan all"),
    Command("detail", N_("详情窗格"), "panel_right", shortcut="Ctrl+\\",
            keywords="xq xiangqing detail pane"),
    Command("refresh", N_("重新计算"), "refresh", standard=StandardKey.Refresh,
            keywords="sx shuaxin refresh recompute"),
    Command("new_customer", N_("新建客户"), "building",
            keywords="xjkh xinjian customer",
            target="app.views.customers.customer_form:new_customer"),
    Command("open", N_("打开客户"), "open", keywords="dk dakai open"),
    Command("calibrate", N_("标定价值"), "ribbon", keywords="bd biaoding value rate",
            target="app.views.calibration.popover:calibrate"),
    Command("radar", N_("客户雷达"), "search", keywords="ld leida radar paste",
            target="app.views.radar.item_dialog:note_fact"),
    Command("owner", N_("改负责人"), "person", keywords="fzr fuzeren owner assign",
            target="app.views.customers.owner_dialog:change_owner"),
    Command("merge", N_("合并客户"), "merge", keywords="hb hebing merge"),
    Command("duplicates", N_("查重…"), "merge", keywords="cc chachong duplicates dedupe",
            target="app.views.customers.duplicates_page:find_duplicates"),
    Command("history", N_("变更记录"), "history", shortcut="Ctrl+Shift+H",
            keywords="bgjl biangeng jilu change history audit",
            target="app.views.core.change_history:show_customer"),
    Command("delete", N_("删除"), "trash", keywords="sc shanchu delete"),
    Command("quick_line", N_("一行快记"), "edit", shortcut="Ctrl+J",
            keywords="yhkj kuaiji quick line follow up",
            target="app.views.followups.quick_line:write_line"),
    Command("follow_up", N_("写跟单"), "edit", shortcut="Ctrl+Shift+J",
            keywords="xgd xiegendan follow up write",
            target="app.views.followups.form:write_followup"),
    Command("next_step", N_("安排下步"), "calendar_clock", shortcut="Ctrl+T",
            keywords="apxb xiabu next step plan",
            target="app.views.followups.step_dialog:plan_next_step"),
    Command("next_best", N_("下一家"), "target_arrow", shortcut="Ctrl+G",
            keywords="xyj xiayijia next best customer",
            target="app.views.followups.next_best:show_next_best"),
    Command("broken_chains", N_("断链客户"), "link", keywords="dl duanlian broken chains",
            target="app.views.followups.next_best:show_broken_chains"),
    Command("give_step", N_("转交下步…"), "people", keywords="zjxb zhuanjiao hand over step",
            target="app.views.followups.give_dialog:give_steps"),
    Command("postpone", N_("顺延"), "calendar_arrow_right",
            keywords="sy shunyan postpone later"),
    Command("complete", N_("完成并写跟单"), "checkmark",
            keywords="wc wancheng done complete"),
    Command("new_deal", N_("新商机"), "money", keywords="xsj shangji deal opportunity",
            target="app.views.deals.opportunity_dialog:new_opportunity"),
    Command("sign", N_("签约"), "handshake", keywords="qy qianyue sign contract",
            target="app.views.deals.contract_form:new_contract"),
    Command("payment", N_("登记回款"), "receipt", keywords="hk huikuan payment collect",
            target="app.views.deals.payment_form:new_payment"),
    Command("handover", N_("离职交接…"), "people",
            keywords="jj jiaojie lizhi handover leave",
            target="app.views.staff.handover_dialog:hand_over"),
    Command("receivables", N_("应收"), "clock", keywords="ys yingshou receivables aging",
            target="app.views.deals.receivables:show_receivables"),
)  # fmt: skip


@cache
def resolve(target: str) -> bool:
    """Tell whether the target's module is part of this build."""
    try:
        return bool(target) and find_spec(target.partition(":")[0]) is not None
    except ModuleNotFoundError:
        return False


def load(target: str) -> Callable[..., Any]:
    """Import and return the function of a target."""
    module, _colon, function = target.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found


def find(command_id: str) -> Command:
    """Return a command by its id."""
    return next(command for command in COMMANDS if command.id == command_id)
