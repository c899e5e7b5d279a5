"""Menus, column chooser, export and key sheet of the customer list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.i18n import _, translate
from app.services.customers.fields import FEATURE
from app.views.core import commands
from app.views.customers.vocabulary import groups
from app.views.lists import column_menu as columns
from app.views.lists.column_chooser import ColumnChoice, ColumnChooser

if TYPE_CHECKING:
    from app.views.customers.list_page import CustomersPage

FIXED = "name"
HIDDEN = ("tick",)


def row_menu(page: CustomersPage) -> QMenu:
    """Return the menu of the current row."""
    menu = QMenu(page)
    menu.setObjectName("customer_menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    actions = page.view.actions

    def add(text: str, act: object, key: str = "") -> QAction:
        made = menu.addAction(text)
        made.triggered.connect(act)
        if key:
            made.setText(f"{text}\t{key}")
        return made

    add(_("打开"), page.open_current, "Enter")
    add(_("改这一格"), page.edit_cell, "F2")
    add(_("编辑"), page.edit_customer, "Shift+F2")
    menu.addSeparator()
    for command in ("follow_up", "next_step"):
        if actions.possible(command):
            title = translate(commands.find(command).title)
            add(title, partial(actions.run, command), actions.shortcut_text(command))
    add(_("标定价值"), partial(rate_current, page))
    add(_("改负责人"), lambda: page.acts.give_to(page.rows.chosen()))
    add(_("合并…"), lambda: page.acts.merge(page.rows.chosen()))
    add(_("动作序列…"), lambda: page.acts.enrol(page.rows.chosen()))
    add(_("标签…"), lambda: page.acts.tag(page.rows.chosen()))
    add(_("批量修改…"), lambda: page.acts.edit(page.rows.chosen()))
    menu.addSeparator()
    add(_("复制"), page.table.copy, "Ctrl+C")
    add(_("复制（不带表头）"), partial(page.table.copy, headings=False), "Ctrl+Shift+C")
    add(_("从表格粘贴…"), partial(paste, page), "Ctrl+V")
    add(_("删除"), page.remove, "Delete")
    return menu


def column_menu(page: CustomersPage, key: str) -> QMenu:
    """Return the menu of a column: order, group, filter, hide."""
    return columns.column_menu(page, page, key, groups(page.vocabulary), (FIXED, *HIDDEN))


def column_chooser(page: CustomersPage) -> ColumnChooser:
    """Return the column chooser of the list."""
    chooser = ColumnChooser(_choices(page), page)
    chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    chooser.changed.connect(lambda keys: _show_columns(page, keys, chooser))

    def reset() -> None:
        page.table.reset_columns()
        chooser.set_choices(_choices(page))
        page.reload()

    chooser.reset_wanted.connect(reset)
    return chooser


def _choices(page: CustomersPage) -> list[ColumnChoice]:
    return columns.column_choices(page.table, FIXED, HIDDEN, lambda key: key.startswith(FEATURE))


def _show_columns(page: CustomersPage, keys: Sequence[str], chooser: ColumnChooser) -> None:
    before = set(page.rows.feature_ids())
    page.table.arrange([*HIDDEN, *chooser.listed.order()], {*HIDDEN, *keys})
    if set(page.rows.feature_ids()) - before:
        page.reload()


def rate_current(page: CustomersPage) -> None:
    """Open the value pop-up for the current customer."""
    from app.views.calibration.popover import open_calibration

    if page.rows.current_id():
        open_calibration(page, page.view, page.rows.current_id())


def export(page: CustomersPage, *, ticked: bool) -> None:
    """Write the list or the ticked customers to a file, by the export dialog."""
    from app.views.transfer.export_dialog import export_sheet

    chosen = page.rows.chosen() if ticked else page.rows.everything()
    export_sheet(page.view, page, page.sheet(ticked=ticked), chosen)


def print_list(page: CustomersPage) -> None:
    """Print the ticked customers, or the list."""
    from app.views.lists.print_dialog import print_sheet

    print_sheet(page.view, page, page.sheet(ticked=page.rows.ticked_count() > 0))


def paste(page: CustomersPage) -> None:
    """Offer what is on the clipboard as customers, or whatever its headings say."""
    from app.services.transfer.fields import Kind
    from app.views.transfer.paste_dialog import paste_rows

    paste_rows(page.view, page, Kind.customers)


def keys() -> Sequence[tuple[str, str]]:
    """Return the keys of the list."""
    return (
        (_("字母、数字"), _("开始搜索")),
        ("Enter", _("打开")),
        (_("空格"), _("勾选")),
        ("Ctrl+A", _("勾选全部符合条件的")),
        ("Esc", _("取消选择")),
        ("F2", _("改这一格")),
        ("Shift+F2", _("编辑")),
        ("Delete", _("删除")),
        ("Ctrl+C", _("复制")),
        ("Ctrl+Shift+C", _("复制（不带表头）")),
        ("Ctrl+V", _("从表格粘贴…")),
        ("Ctrl+E", _("导出")),
        ("Ctrl+P", _("打印")),
        ("Ctrl+N", _("新建客户")),
    )
