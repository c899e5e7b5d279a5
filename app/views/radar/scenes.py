"""Pictures of 客户雷达: the paste dialog over a customer, the settings."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.views.core.shell import Shell
from app.views.customers.scenes import customer
from app.views.radar.paste_dialog import PasteDialog

_BLOCK = (
    "启明自动化设备（无锡）有限公司 存续\n统一社会信用代码：91320214MA27XXXX5K\n"
    "法定代表人：何建平 注册资本：2500万人民币\n成立日期：2017-05-09 核准日期：2025-11-03\n"
    "企业类型：有限责任公司（自然人投资或控股）\n所属行业：专用设备制造业 参保人数：142\n"
    "电话：0510-85217300 邮箱：office@qiming.example\n地址：无锡市新吴区锡达路88号3幢\n"
    "经营范围：精密零部件、工装夹具、自动化设备的研发、销售。"
)


def radar_paste(shell: Shell) -> QWidget:
    """Show a pasted block beside what is known of a customer."""
    customer(shell)
    card = getattr(shell.page(), "card", None)
    if shell.view is None or card is None:
        return shell
    dialog = PasteDialog(shell.view, card, shell, _BLOCK)
    dialog.show()
    return dialog
