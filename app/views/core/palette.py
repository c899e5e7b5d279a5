"""到哪里: find a customer, a command or a screen from anywhere (Ctrl+K)."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.i18n import N_, _, translate
from app.views.core import icons
from app.views.core import theme as themes
from app.views.core.actions import Actions
from app.views.core.errors import show_error
from app.views.core.forms import ComposeGuard
from app.views.core.palette_rows import Row, find_actions, grouped, spans_of
from app.views.core.runner import run_job
from app.views.widgets.buttons import paint_key
from app.views.widgets.text import Label, plain_tip

_ROW = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
CUSTOMERS = N_("客户与联系人")
COMMANDS = N_("动作")
PLACES = N_("去哪里")
_WAIT_MS = 40
_MOST = 6

FindCustomers = Callable[[str, int], Sequence[Any]]


class _Delegate(QStyledItemDelegate):
    """Draw icon, title with marked match, note and key."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return 36 px for results and 32 px for group names."""
        theme = themes.current()
        return QSize(10, theme.px(36 if index.data(_ROW) is not None else 32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        theme = themes.current()
        rect: QRect = option.rect
        row: Row | None = index.data(_ROW)
        painter.save()
        if row is None:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("text2"))
            box = rect.adjusted(theme.px(14), theme.px(4), 0, 0)
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, flags, str(index.data(Qt.ItemDataRole.DisplayRole)))
        else:
            self._paint_row(painter, option, rect, row)
        painter.restore()

    def _paint_row(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, row: Row
    ) -> None:
        theme = themes.current()
        state: QStyle.StateFlag = option.state
        on = bool(state & QStyle.StateFlag.State_Selected)
        if on:
            painter.fillRect(rect, theme.color("selected"))
        at = QRectF(rect.left() + theme.px(14), rect.top(), theme.px(20), rect.height())
        icons.paint(painter, at, row.icon or "command", "text2", 20)
        left = rect.left() + theme.px(44)
        right = rect.right() - theme.px(14)
        key = row.key or ("Enter" if on else "")
        if key:
            wide = QFontMetrics(theme.font("caption")).horizontalAdvance(key) + theme.px(10)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_key(painter, QRect(right - wide, rect.top(), wide, rect.height()), key)
            right -= wide + theme.px(8)
        title = QRect(left, rect.top(), right - left, rect.height())
        left += self._paint_title(painter, title, row)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text2"))
        box = QRect(left + theme.px(10), rect.top(), right - left - theme.px(10), rect.height())
        note = QFontMetrics(theme.font("small")).elidedText(
            row.note, Qt.TextElideMode.ElideRight, max(0, box.width())
        )
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, flags, note)

    def _paint_title(self, painter: QPainter, box: QRect, row: Row) -> int:
        theme = themes.current()
        font = theme.font("body")
        metrics = QFontMetrics(font)
        for start, length in row.spans:
            before = metrics.horizontalAdvance(row.title[:start])
            wide = metrics.horizontalAdvance(row.title[start : start + length])
            mark = QRect(box.left() + before, box.center().y() - theme.px(9), wide, theme.px(19))
            painter.fillRect(mark, theme.color("warnTint"))
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        shown = metrics.elidedText(row.title, Qt.TextElideMode.ElideMiddle, box.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, flags, shown)
        return metrics.horizontalAdvance(shown)


class Palette(QFrame):
    """Be the frameless pop-up of 640 px in the upper third of the window.

    ``opened(customer_id)`` and ``follow_up(customer_id)`` tell what to do with a customer;
    actions and screens are run here.
    """

    opened = Signal(object)
    follow_up = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self.setAccessibleName(_("到哪里"))
        self.setProperty("card", "popup")
        self._actions = actions
        self._find: FindCustomers | None = None
        self._asked = 0
        self._customers: list[Row] = []
        self._took = ""
        self._pending = False
        self._wanted: bool | None = None
        self._guard = ComposeGuard(self)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_WAIT_MS)
        self._late.timeout.connect(self._ask)
        self._build()

    # -- widgets -------------------------------------------------------------------------

    def _build(self) -> None:
        theme = themes.current()
        self.setFixedWidth(theme.size("palette"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(1, 1, 1, 1)
        rows.setSpacing(0)
        rows.addWidget(self._make_field())
        self._model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setObjectName("palette_list")
        self.list.setAccessibleName(_("结果"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._run(index.data(_ROW)))
        rows.addWidget(self.list)
        rows.addWidget(self._make_footer())

    def _make_field(self) -> QFrame:
        theme = themes.current()
        frame = QFrame()
        frame.setProperty("band", "below")
        frame.setFixedHeight(theme.px(48))
        row = QHBoxLayout(frame)
        row.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        row.setSpacing(theme.px(10))
        glass = Label()
        glass.set_icon("search", 20, "text2")
        self.field = QLineEdit()
        self.field.setObjectName("palette_field")
        self.field.setProperty("bare", True)
        self.field.setFont(theme.font("entry"))
        self.field.setPlaceholderText(_("客户、电话、拼音首字母，或要做的事"))
        self.field.setAccessibleName(_("到哪里"))
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self._guard.watch(self.field)
        self._time = Label("", "caption", "text2")
        row.addWidget(glass)
        row.addWidget(self.field, 1)
        row.addWidget(self._time)
        return frame

    def _make_footer(self) -> QFrame:
        theme = themes.current()
        frame = QFrame()
        frame.setProperty("band", "footer")
        frame.setFixedHeight(theme.px(36))
        row = QHBoxLayout(frame)
        row.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        row.setSpacing(theme.px(16))
        for hint in (
            _("↑↓ 选择"),
            _("Enter 打开"),
            _("Ctrl+Enter 写跟单"),
            _("> 只搜命令"),
            _("@ 只搜联系人"),
        ):
            row.addWidget(Label(hint, "small", "text2"))
        row.addStretch(1)
        row.addWidget(Label(_("Esc 关闭"), "small", "text2"))
        return frame

    # -- opening ---------------------------------------------------------------------------

    def set_search(self, find: FindCustomers | None) -> None:
        """Search customers with ``find(query, limit)``; None before a book is open."""
        self._find = find

    def pop_up(self) -> None:
        """Open over the upper third of the window, empty."""
        home = self.parentWidget()
        self.field.clear()
        self._customers = []
        self._fill()
        if home is not None:
            left = (home.width() - self.width()) // 2
            self.move(home.mapToGlobal(QPoint(max(0, left), themes.current().px(52))))
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    # -- searching ---------------------------------------------------------------------------

    def _typed(self) -> None:
        self._asked += 1
        self._took = ""
        self._wanted = None
        scope, words = self._query()
        self._pending = self._find is not None and bool(words) and scope != ">"
        if not words:
            self._customers = []
        self._fill()
        self._late.start()

    def _query(self) -> tuple[str, str]:
        """Return the scope ('>' commands, '@' people, '' all) and the words."""
        text = self.field.text().strip()
        if text[:1] in (">", "@"):
            return text[0], text[1:].strip()
        return "", text

    def _ask(self) -> None:
        scope, words = self._query()
        if self._find is None or not words or scope == ">":
            self._customers = []
            self._fill()
            return
        asked, find, started = self._asked, self._find, time.perf_counter()

        def came(hits: Sequence[Any]) -> None:
            if asked == self._asked and self.isVisible():
                self._took = f"{(time.perf_counter() - started) * 1000:.0f} ms"
                self._customers = [self._customer_row(hit, words) for hit in hits]
                self._fill()
                self._settle()

        run_job(self, lambda _progress: find(words, _MOST), came, self._failed)

    def _failed(self, error: BaseException) -> None:
        self.hide()
        show_error(self.parentWidget(), error)

    def _settle(self) -> None:
        """Do what Enter asked for while the answer was still on its way."""
        self._pending = False
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._run(self.list.currentIndex().data(_ROW), follow_up=wanted)

    def _customer_row(self, hit: Any, words: str) -> Row:
        parts = (hit.contact, hit.phone, hit.owner or _("公海"))
        return Row(
            CUSTOMERS,
            hit.name,
            " · ".join(part for part in parts if part),
            "building",
            spans=spans_of(hit.name, words),
            customer_id=hit.id,
        )

    def _fill(self) -> None:
        scope, words = self._query()
        rows: list[Row] = [] if scope == ">" else list(self._customers)
        if scope != "@":
            rows += self._action_rows(words, 40 if scope == ">" else 7)
        self._model.clear()
        for entry in grouped(rows):
            self._model.appendRow(self._item(entry))
        self._time.setText(self._took)
        self._step(0, start=-1)
        self._fit()

    def _action_rows(self, words: str, limit: int) -> list[Row]:
        found = find_actions(self._actions, words, translate, limit)
        rows = [
            Row(
                PLACES if action_id.startswith("go_") else COMMANDS,
                title,
                icon=icon,
                key=keys,
                spans=spans,
                run=partial(self._actions.run, action_id),
            )
            for action_id, title, icon, keys, spans in found
        ]
        return sorted(rows, key=lambda row: row.group == PLACES)

    def _item(self, entry: Row | str) -> QStandardItem:
        if isinstance(entry, str):
            head = QStandardItem(translate(entry))
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            return head
        item = QStandardItem(entry.title)
        item.setEditable(False)
        item.setData(entry, _ROW)
        spoken = f"{entry.title} {entry.note}".strip()
        item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
        item.setToolTip(plain_tip(spoken))
        return item

    def _fit(self) -> None:
        theme = themes.current()
        high = sum(
            theme.px(36 if self._model.item(row).data(_ROW) is not None else 32)
            for row in range(self._model.rowCount())
        )
        self.list.setFixedHeight(min(max(high, theme.px(36)), theme.px(360)) + theme.px(4))
        self.adjustSize()

    # -- keys -----------------------------------------------------------------------------------

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take arrows and Enter from the field."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if self._guard.swallows(event):
            return False
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5,
                 Qt.Key.Key_PageUp: -5}  # fmt: skip
        if key in steps:
            self._step(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if self._pending:
                # the rows shown still answer the former words
                self._wanted = ctrl
            else:
                self._run(self.list.currentIndex().data(_ROW), follow_up=ctrl)
        else:
            return False
        return True

    def _step(self, by: int, start: int | None = None) -> None:
        rows = [
            row
            for row in range(self._model.rowCount())
            if self._model.item(row).data(_ROW) is not None
        ]
        if not rows:
            return
        current = self.list.currentIndex().row() if start is None else start
        at = rows.index(current) if current in rows else 0
        target = rows[min(max(0, at + by), len(rows) - 1)]
        self.list.setCurrentIndex(self._model.index(target, 0))

    def _run(self, row: Row | None, *, follow_up: bool = False) -> None:
        if row is None:
            return
        self.hide()
        if row.customer_id is not None:
            (self.follow_up if follow_up else self.opened).emit(row.customer_id)
        elif row.run is not None:
            # after the pop-up has given the focus back
            QTimer.singleShot(0, self, row.run)
