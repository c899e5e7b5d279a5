"""组合条件: conditions in groups of which all or any must hold, any number of levels deep."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _
from app.services.lists import Condition, Group, Part
from app.views.core import theme as themes
from app.views.lists.condition_popup import ConditionPopUp
from app.views.lists.vocabulary import Vocabulary
from app.views.widgets.buttons import Button
from app.views.widgets.text import Label

_PART = Qt.ItemDataRole.UserRole


class PartTree(QTreeWidget):
    """Show groups and conditions; Insert adds, F2 changes, Delete takes away."""

    add_wanted = Signal()
    edit_wanted = Signal()
    drop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("condition_tree")
        self.setAccessibleName(_("组合条件"))
        self.setHeaderHidden(True)
        self.setEditTriggers(QTreeWidget.EditTrigger.NoEditTriggers)
        self.itemActivated.connect(lambda _item, _at: self.edit_wanted.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the keys of this tree."""
        wanted = {
            Qt.Key.Key_Insert: self.add_wanted,
            Qt.Key.Key_F2: self.edit_wanted,
            Qt.Key.Key_Delete: self.drop_wanted,
        }.get(Qt.Key(event.key()))
        if wanted is not None:
            wanted.emit()
        else:
            super().keyPressEvent(event)


class ConditionTree(QDialog):
    """Edit the conditions of a list with AND and OR; ``parts()`` is the result."""

    def __init__(
        self, vocabulary: Vocabulary, parts: Sequence[Part], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._vocabulary = vocabulary
        self.setObjectName("condition_groups_dialog")
        self.setWindowTitle(_("组合条件"))
        rows = QVBoxLayout(self)
        side = theme.px(16)
        rows.setContentsMargins(side, side, side, theme.px(14))
        rows.setSpacing(theme.px(10))
        hint = _("一组里可以要求全部满足，也可以任一满足；组里还能有组")
        rows.addWidget(Label(hint, "small", "text2"))
        self.tree = PartTree()
        self.tree.setMinimumSize(theme.px(460), theme.px(260))
        rows.addWidget(self.tree, 1)
        rows.addLayout(self._make_tools())
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self.buttons.button(kinds.Ok).setText(_("应用"))
        self.buttons.button(kinds.Cancel).setText(_("取消"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        rows.addWidget(self.buttons)
        self._root = self._item(_root_of(parts))
        self.tree.addTopLevelItem(self._root)
        self.tree.expandAll()
        self.tree.setCurrentItem(self._root)
        self.tree.currentItemChanged.connect(lambda _new, _old: self._refresh())
        self.tree.add_wanted.connect(self.add)
        self.tree.edit_wanted.connect(self.edit)
        self.tree.drop_wanted.connect(self.drop)
        self._refresh()
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(themes.current().px(8))
        self.add_button = Button(_("加条件"), "default", "plus", name="tree_add")
        self.add_button.clicked.connect(self.add)
        self.group_button = Button(_("加一组"), name="tree_group")
        self.group_button.clicked.connect(self.add_group)
        self.turn_button = Button(_("改成任一满足"), name="tree_turn")
        self.turn_button.clicked.connect(self.turn)
        self.edit_button = Button(_("改…"), name="tree_edit")
        self.edit_button.clicked.connect(self.edit)
        self.drop_button = Button(_("去掉"), name="tree_drop")
        self.drop_button.clicked.connect(self.drop)
        for button in (self.add_button, self.group_button, self.turn_button, self.edit_button,
                       self.drop_button):  # fmt: skip
            row.addWidget(button)
        row.addStretch(1)
        return row

    # -- the tree -------------------------------------------------------------------------

    def _item(self, part: Part) -> QTreeWidgetItem:
        item = QTreeWidgetItem()
        self._show(item, part)
        if isinstance(part, Group):
            item.addChildren([self._item(one) for one in part.parts])
            item.setExpanded(True)
        return item

    def _show(self, item: QTreeWidgetItem, part: Part) -> None:
        """Write what a row says; a group keeps only how it is joined, its parts are its rows."""
        kept = Group(all=part.all) if isinstance(part, Group) else part
        item.setData(0, _PART, kept)
        if isinstance(part, Group):
            item.setText(0, _("全部满足") if part.all else _("任一满足"))
        else:
            item.setText(0, self._vocabulary.sentence(part))

    def _part(self, item: QTreeWidgetItem) -> Part:
        kept = item.data(0, _PART)
        if isinstance(kept, Condition):
            return kept
        below = (item.child(at) for at in range(item.childCount()))
        parts = [self._part(one) for one in below if one is not None]
        filled = tuple(one for one in parts if not isinstance(one, Group) or one.parts)
        return Group(filled, all=kept.all)

    def parts(self) -> tuple[Part, ...]:
        """Return the conditions as a list takes them: joined by AND."""
        root = self._part(self._root)
        assert isinstance(root, Group)
        return root.parts if root.all or len(root.parts) < 2 else (root,)

    def _here(self) -> QTreeWidgetItem:
        # Qt gives None without a current row, its stubs do not say so
        return self.tree.currentItem() or self._root

    def _group(self) -> QTreeWidgetItem:
        """Return the group that the current row is or lies in."""
        here = self._here()
        group = here if isinstance(here.data(0, _PART), Group) else here.parent()
        return group or self._root

    def _refresh(self) -> None:
        here = self._here()
        is_group = isinstance(here.data(0, _PART), Group)
        self.edit_button.setEnabled(not is_group)
        self.drop_button.setEnabled(here is not self._root)
        joined_by_all = self._group().data(0, _PART).all
        said = _("改成任一满足") if joined_by_all else _("改成全部满足")
        self.turn_button.setText(said)

    # -- changes --------------------------------------------------------------------------

    def _append(self, part: Part) -> None:
        group, item = self._group(), self._item(part)
        group.addChild(item)
        group.setExpanded(True)
        self.tree.setCurrentItem(item)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self) -> None:
        """Ask for a condition and put it into the current group."""
        popup = ConditionPopUp(self._vocabulary, self)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.applied.connect(self._append)
        popup.show_under(self.add_button)

    def add_group(self) -> None:
        """Put a group into the current one, joined the other way."""
        self._append(Group(all=not self._group().data(0, _PART).all))

    def turn(self) -> None:
        """Let all instead of any conditions of the current group hold, or the other way."""
        group = self._group()
        self._show(group, Group(all=not group.data(0, _PART).all))
        self._refresh()

    def edit(self) -> None:
        """Change the current condition."""
        item = self._here()
        part = item.data(0, _PART)
        if not isinstance(part, Condition):
            return
        popup = ConditionPopUp(self._vocabulary, self, part)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.applied.connect(lambda one: self._show(item, one))
        popup.show_under(self.edit_button)

    def drop(self) -> None:
        """Take the current condition or group away."""
        item = self._here()
        group = item.parent()
        if group is not None:
            group.removeChild(item)
            self._refresh()


def _root_of(parts: Sequence[Part]) -> Group:
    """Return one group for the top: a lone group of any is the top itself."""
    if len(parts) == 1 and isinstance(parts[0], Group):
        return parts[0]
    return Group(tuple(parts), all=True)
