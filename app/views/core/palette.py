"""到哪里: find a customer, a command or a screen from anywhere (Ctrl+K)."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QObject,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QKeyEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _, translate
from app.views.core import theme as themes
from app.views.core.actions import Actions
from app.views.core.errors import show_error
from app.views.core.forms import ComposeGuard
from app.views.core.palette_paint import ROW, RowDelegate
from app.views.core.palette_rows import (
    COMMANDS,
    CUSTOMERS,
    FOLLOW_UP,
    PLACES,
    Row,
    about_customer,
    customer_row,
    find_actions,
    grouped,
)
from app.views.core.runner import run_job
from app.views.widgets.text import Label, plain_tip

_WAIT_MS = 40
_MOST = 6
_FEW = 7
_ALL = 99

FindCustomers = Callable[[str, int], Sequence[Any]]


class Palette(QFrame):
    """Be the frameless pop-up of 640 px in the upper third of the window.

    ``opened(customer_id)`` and ``wanted(command_id, customer_id)`` tell what to do with a
    customer; actions and screens are run here. Empty, it offers the last five customers.
    """

    opened = Signal(object)
    wanted = Signal(str, object)

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
        self._recent: list[Row] = []
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
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._run(index.data(ROW)))
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

    def pop_up(
        self, find: FindCustomers | None = None, recent: Sequence[tuple[int, str]] = ()
    ) -> None:
        """Open over the upper third of the window, empty.

        Customers are searched with ``find(query, limit)``, None before a book is open;
        ``recent`` are (id, name) of customers looked at.
        """
        self._find = find
        self._recent = [
            Row(CUSTOMERS, name, icon="building", customer_id=customer_id)
            for customer_id, name in recent
        ]
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
                self._customers = [customer_row(hit, words) for hit in hits]
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
            self._run(self.list.currentIndex().data(ROW), follow_up=wanted)

    def _fill(self) -> None:
        scope, words = self._query()
        rows: list[Row] = [] if scope == ">" else list(self._customers)
        if not words and scope != ">":
            rows = list(self._recent)
        if scope != "@":
            if words and rows:
                rows += about_customer(self._actions, rows[0], self.wanted.emit)
            rows += self._action_rows(words, _ALL if scope == ">" or not words else _FEW)
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
            if words or self._query()[0] or action_id.startswith("go_")
        ]
        return sorted(rows, key=lambda row: row.group == PLACES)

    def _item(self, entry: Row | str) -> QStandardItem:
        if isinstance(entry, str):
            head = QStandardItem(translate(entry))
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            return head
        item = QStandardItem(entry.title)
        item.setEditable(False)
        item.setData(entry, ROW)
        spoken = f"{entry.title} {entry.note}".strip()
        item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
        item.setToolTip(plain_tip(spoken))
        return item

    def _fit(self) -> None:
        theme = themes.current()
        high = sum(
            theme.px(36 if self._model.item(row).data(ROW) is not None else 32)
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
                self._run(self.list.currentIndex().data(ROW), follow_up=ctrl)
        else:
            return False
        return True

    def _step(self, by: int, start: int | None = None) -> None:
        rows = [
            row
            for row in range(self._model.rowCount())
            if self._model.item(row).data(ROW) is not None
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
            if follow_up:
                self.wanted.emit(FOLLOW_UP, row.customer_id)
            else:
                self.opened.emit(row.customer_id)
        elif row.run is not None:
            # after the pop-up has given the focus back
            QTimer.singleShot(0, self, row.run)
