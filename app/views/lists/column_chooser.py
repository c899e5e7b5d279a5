"""The pop-up that shows, hides and orders the columns of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidgetItem, QWidget

from app.i18n import _
from app.views.core import theme as themes
from app.views.core.forms import line
from app.views.widgets.buttons import Button
from app.views.widgets.check_list import FIXED, NOTE, VALUE, CheckDelegate, CheckList
from app.views.widgets.popup import PopUp
from app.views.widgets.search_field import SearchField
from app.views.widgets.text import Label


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One column that can be shown; a fixed one always is."""

    key: str
    title: str
    shown: bool
    fixed: bool = False
    note: str = ""


class _Columns(CheckList):
    """Rows that can be moved with the mouse or Alt+arrows."""

    def __init__(self) -> None:
        super().__init__(name="column_list", spoken=_("列"))
        self.setItemDelegate(CheckDelegate(self, grip=True))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)

    def toggle(self, item: QListWidgetItem) -> None:
        """Leave fixed columns alone."""
        if not item.data(FIXED):
            super().toggle(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the row with Alt+Up and Alt+Down."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._move(step)
            return
        super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        here = self.currentRow()
        to = here + step
        if here < 0 or not 0 <= to < self.count():
            return
        item = self.item(here)
        if item.data(FIXED) or self.item(to).data(FIXED):
            return
        self.takeItem(here)
        self.insertItem(to, item)
        self.setCurrentRow(to)
        self.ticked.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Drag from the grip, tick anywhere else."""
        grip = self.viewport().width() - themes.current().px(28)
        if event.position().x() >= grip:
            QAbstractItemView.mousePressEvent(self, event)
            return
        super().mousePressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell about the new order."""
        super().dropEvent(event)
        self.ticked.emit()


class ColumnChooser(PopUp):
    """Choose columns; ``changed(keys)`` with the shown ones in order after every change."""

    changed = Signal(object)
    reset_wanted = Signal()

    def __init__(self, choices: Sequence[ColumnChoice], parent: QWidget) -> None:
        super().__init__("column_chooser", _("显示的列"), parent)
        theme = themes.current()
        head = QHBoxLayout()
        head.addWidget(Label(_("显示的列"), "body_strong"))
        head.addStretch(1)
        reset = Button(_("恢复默认"), "link", name="columns_reset", height=24)
        reset.clicked.connect(self.reset_wanted)
        head.addWidget(reset)
        self.body.addLayout(head)
        self.search = SearchField(_("找列名"), name="column_search", width=400)
        self.body.addWidget(self.search)
        self.listed = _Columns()
        self.set_choices(choices)
        rows = min(len(choices), 14)
        self.listed.setFixedSize(theme.px(226), rows * theme.px(28) + 2)
        self.body.addWidget(self.listed)
        self.body.addWidget(line())
        self.body.addWidget(Label(_("拖动或 Alt+↑↓ 调整次序"), "caption", "text3"))
        self.search.textChanged.connect(self.listed.narrow)
        self.search.went_down.connect(self._to_list)
        self.listed.ticked.connect(lambda: self.changed.emit(self.listed.values()))

    def set_choices(self, choices: Sequence[ColumnChoice]) -> None:
        """Show these columns: the shown ones first, in their order."""
        shown = [one.key for one in choices if one.shown]
        self.listed.set_choices([(one.key, one.title) for one in choices], shown)
        for at, one in enumerate(choices):
            item = self.listed.item(at)
            item.setData(NOTE, _("固定") if one.fixed else one.note)
            item.setData(FIXED, one.fixed)
            item.setData(VALUE, one.key)
            if one.fixed:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDragEnabled)

    def _to_list(self) -> None:
        self.listed.setFocus(Qt.FocusReason.TabFocusReason)

    def showEvent(self, event: object) -> None:
        """Begin in the search field."""
        super().showEvent(event)  # type: ignore[arg-type]  # Qt's own event, untyped here
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)
