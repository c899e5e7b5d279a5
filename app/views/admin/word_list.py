"""An editable list of words: add, rename with F2, move with Alt+↑↓, hide with Delete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _
from app.views.admin.fields import text_field
from app.views.core import icons
from app.views.core import theme as themes
from app.views.core.forms import ComposeGuard
from app.views.widgets.badges import paint_tag, tag_width
from app.views.widgets.buttons import Button, icon_button

_Index = QModelIndex | QPersistentModelIndex
_ID = Qt.ItemDataRole.UserRole
_HIDDEN = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a list; ``id`` 0 is one that is not kept yet."""

    id: int
    label: str
    hidden: bool = False


class _Delegate(QStyledItemDelegate):
    fixed = False

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return a table row."""
        return QSize(10, themes.current().row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw grip, word and, when it is hidden, a tag."""
        theme = themes.current()
        rect: QRect = option.rect
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        hidden = bool(index.data(_HIDDEN))
        painter.save()
        painter.fillRect(rect, theme.color("selected" if on else "hover" if over else "surface"))
        painter.setPen(theme.pen("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if not self.fixed:
            grip = QRectF(rect.left() + theme.px(8), rect.top(), theme.px(16), rect.height())
            icons.paint(painter, grip, "drag", "text3")
        words = rect.adjusted(theme.px(12 if self.fixed else 34), 0, -theme.px(8), 0)
        if hidden:
            tag = _("停用")
            right = QRect(rect.right() - tag_width(tag) - theme.px(10), rect.top(),
                          tag_width(tag), rect.height())  # fmt: skip
            paint_tag(painter, right, tag, "outline", selected=on)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text3" if hidden else "text"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, flags, str(index.data(Qt.ItemDataRole.DisplayRole)))
        painter.restore()

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: _Index
    ) -> None:
        """Put the editor over the word."""
        theme = themes.current()
        rect: QRect = option.rect
        editor.setGeometry(rect.adjusted(theme.px(2 if self.fixed else 24), 1, -theme.px(4), -2))


class _View(QListView):
    moved = Signal(int)
    hide_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Alt and an arrow, hide with Delete, rename with Enter as well."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.hide_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class WordList(QWidget):
    """Edit words; every change is told at once and shown again by ``show_words``."""

    added = Signal(str)
    # ids have 63 bits, more than a Qt int
    renamed = Signal(object, str)
    hidden = Signal(object)
    restored = Signal(object)
    ordered = Signal(object)

    def __init__(self, *, name: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName(name)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(8))
        self.view = _View()
        self.view.setObjectName(f"{name}_view")
        self.view.setAccessibleName(spoken)
        self._delegate = _Delegate(self.view)
        self.view.setItemDelegate(self._delegate)
        self.view.setMouseTracking(True)
        triggers = QListView.EditTrigger
        self.view.setEditTriggers(triggers.EditKeyPressed | triggers.DoubleClicked)
        self._model = QStandardItemModel(self)
        self._model.itemChanged.connect(self._on_item)
        self.view.setModel(self._model)
        self.view.moved.connect(self.move_by)
        self.view.hide_wanted.connect(self._toggle_hidden)
        self.view.selectionModel().currentChanged.connect(lambda _new, _old: self._refresh())
        rows.addWidget(self.view)
        rows.addLayout(self._tools(name))
        self._fixed = False
        self._guard = ComposeGuard(self)
        self._guard.watch(self.field)

    def _tools(self, name: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(themes.current().px(8))
        self.field = text_field(f"{name}_new", _("新的一项"), hint=_("再加一项，回车存下"))
        self.field.returnPressed.connect(self._add)
        self._adds = Button(_("添加"), icon="plus", name=f"{name}_add")
        self._adds.clicked.connect(self._add)
        self._up = icon_button("arrow_up", _("上移"), name=f"{name}_up")
        self._down = icon_button("arrow_down", _("下移"), name=f"{name}_down")
        self._hide = Button(_("停用"), name=f"{name}_hide")
        self._up.clicked.connect(lambda: self.move_by(-1))
        self._down.clicked.connect(lambda: self.move_by(1))
        self._hide.clicked.connect(self._toggle_hidden)
        row.addWidget(self.field, 1)
        for button in (self._adds, self._up, self._down, self._hide):
            row.addWidget(button)
        return row

    # -- what is shown ---------------------------------------------------------------------

    def show_words(self, words: Sequence[Word]) -> None:
        """Show words; the chosen one stays chosen."""
        kept = self.view.currentIndex().row()
        self._model.blockSignals(True)
        self._model.clear()
        for word in words:
            item = QStandardItem(word.label)
            item.setData(word.id, _ID)
            item.setData(word.hidden, _HIDDEN)
            self._model.appendRow(item)
        self._model.blockSignals(False)
        self._model.layoutChanged.emit()
        high = themes.current().row_height() * max(1, len(words)) + 2
        self.view.setFixedHeight(high)
        if words:
            at = min(max(0, kept), len(words) - 1)
            self.view.setCurrentIndex(self._model.index(at, 0))
        self._refresh()

    def set_fixed(self, fixed: bool) -> None:
        """Allow only new names: number and order of the words carry a meaning."""
        self._fixed = self._delegate.fixed = fixed
        for part in (self.field, self._adds, self._up, self._down, self._hide):
            part.setVisible(not fixed)

    def words(self) -> list[Word]:
        """Return the words in order."""
        items = [self._model.item(row) for row in range(self._model.rowCount())]
        return [Word(item.data(_ID), item.text(), bool(item.data(_HIDDEN))) for item in items]

    def choose(self, row: int) -> None:
        """Choose a row."""
        self.view.setCurrentIndex(self._model.index(row, 0))

    def _current(self) -> Word | None:
        at = self.view.currentIndex().row()
        words = self.words()
        return words[at] if 0 <= at < len(words) else None

    def _refresh(self) -> None:
        at, count = self.view.currentIndex().row(), self._model.rowCount()
        word = self._current()
        self._up.setEnabled(at > 0)
        self._down.setEnabled(0 <= at < count - 1)
        self._hide.setEnabled(word is not None)
        self._hide.setText(_("启用") if word is not None and word.hidden else _("停用"))

    # -- what happens ----------------------------------------------------------------------

    def _add(self) -> None:
        text = self.field.text().strip()
        if text and text not in [word.label for word in self.words()]:
            self.field.clear()
            self.added.emit(text)

    def _on_item(self, item: QStandardItem) -> None:
        text = item.text().strip()
        if text:
            self.renamed.emit(item.data(_ID), text)

    def _toggle_hidden(self) -> None:
        word = self._current()
        if word is not None and not self._fixed:
            (self.restored if word.hidden else self.hidden).emit(word.id)

    def move_by(self, step: int) -> None:
        """Move the chosen word up (-1) or down (1)."""
        words = self.words()
        at = -1 if self._fixed else self.view.currentIndex().row()
        if 0 <= at < len(words) and 0 <= at + step < len(words):
            words.insert(at + step, words.pop(at))
            self.choose(at + step)
            self.ordered.emit([word.id for word in words])
