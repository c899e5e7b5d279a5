"""The menu of a column, and what the column chooser of a list offers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.i18n import _, translate
from app.models.values.pages import Sort
from app.views.lists.column_chooser import ColumnChoice
from app.views.lists.controls import FilterControls
from app.views.lists.list_table import ListTable
from app.views.lists.state import ListState
from app.views.lists.vocabulary import Vocabulary


class ShownList(Protocol):
    """Who shows a list: its table, its conditions and their words."""

    controls: FilterControls
    state: ListState
    vocabulary: Vocabulary

    @property
    def table(self) -> ListTable:
        """Return the table."""

    def choose_columns(self) -> None:
        """Open the column chooser."""


def column_menu(
    shown: ShownList,
    parent: QWidget,
    key: str,
    groups: Sequence[tuple[str, str]],
    fixed: Collection[str],
) -> QMenu:
    """Return the menu of a column: order, group, filter, hide."""
    menu = QMenu(parent)
    menu.setObjectName("column_menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    column = next((one for one in shown.table.columns() if one.key == key), None)
    if column is None:
        return menu
    if column.sort_key:
        _add_orders(menu, shown, column.sort_key)
    if key in dict(groups):
        menu.addAction(_("按这一列分组"), partial(shown.controls.group_by, key))
    for topic in (one for one in shown.vocabulary.topics() if one.column == key):
        said = _("按{field}筛选…").format(field=topic.title)
        menu.addAction(said, partial(shown.controls.ask_condition, topic.key))
    if key not in fixed:
        menu.addAction(_("隐藏这一列"), partial(shown.table.show_column, key, False))
    menu.addAction(_("选择列…"), shown.choose_columns)
    return menu


def _add_orders(menu: QMenu, shown: ShownList, key: str) -> None:
    for said, falling in ((_("升序"), False), (_("降序"), True)):
        menu.addAction(said, partial(shown.controls.sort_by, Sort(key, falling)))
    if shown.state.sort.column != key:
        for said, falling in ((_("再按它升序"), False), (_("再按它降序"), True)):
            menu.addAction(said, partial(shown.controls.sort_also_by, Sort(key, falling)))
    menu.addAction(_("多列排序…"), shown.controls.choose_sort)
    menu.addSeparator()


def column_choices(
    table: ListTable, fixed: str, hidden: Collection[str], own: Callable[[str], bool]
) -> list[ColumnChoice]:
    """Return the columns to choose from, in their order; ``own`` tells those of the book."""
    columns, shown = table.columns(), set(table.shown_columns())
    found = []
    for at in sorted(range(len(columns)), key=table.head.visualIndex):
        column = columns[at]
        if column.key in hidden:
            continue
        mine = own(column.key)
        title = column.title if mine else translate(column.title)
        note = _("业务特征") if mine else ""
        choice = ColumnChoice(column.key, title, column.key in shown, column.key == fixed, note)
        found.append(choice)
    return found
