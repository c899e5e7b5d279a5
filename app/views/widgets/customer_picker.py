"""Choose a customer by typing: name, phone, contact, pinyin; the list comes from a job."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QModelIndex, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from app.i18n import _
from app.views.core import icons
from app.views.core import theme as themes
from app.views.core.runner import run_job
from app.views.widgets.search_field import DELAY_MS
from app.views.widgets.text import plain_tip

_ID = Qt.ItemDataRole.UserRole
_MOST = 8


class Found(Protocol):
    """What a search gives: at least id, name and something to tell equal names apart."""

    @property
    def id(self) -> int:
        """Return the row id."""

    @property
    def name(self) -> str:
        """Return the name."""

    @property
    def contact(self) -> str:
        """Return the main contact."""


Search = Callable[[str, int], Sequence[Found]]


class CustomerPicker(QLineEdit):
    """Type ahead for a customer; ``changed(id)`` comes with a choice, None when it is cleared."""

    changed = Signal(object)

    def __init__(
        self,
        search: Search,
        *,
        name: str = "customer_picker",
        spoken: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._search = search
        self._id: int | None = None
        self._asked = 0
        self.setObjectName(name)
        self.setAccessibleName(spoken or _("客户"))
        self.setPlaceholderText(_("客户、电话、拼音首字母"))
        self.setTextMargins(themes.current().px(22), 0, 0, 0)
        self._model = QStandardItemModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(_MOST)
        self._list = QListView()
        self._list.setObjectName(f"{name}_list")
        self._list.setAccessibleName(_("找到的客户"))
        completer.setPopup(self._list)
        # the overload with the index: the words alone may stand for two customers
        chosen: Any = completer.activated
        chosen[QModelIndex].connect(self._chosen)
        self.setCompleter(completer)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(DELAY_MS)
        self._late.timeout.connect(self._ask)
        self.textEdited.connect(self._typed)

    def customer_id(self) -> int | None:
        """Return the chosen customer, None while nothing is chosen."""
        return self._id

    def set_customer(self, customer_id: int | None, name: str = "") -> None:
        """Show a customer without telling ``changed``."""
        self._id = customer_id
        self.setText(name)

    def _typed(self, _text: str) -> None:
        if self._id is not None:
            self._id = None
            self.changed.emit(None)
        self._late.start()

    def _ask(self) -> None:
        words = self.text().strip()
        self._asked += 1
        asked, search = self._asked, self._search
        if not words:
            self._model.clear()
            return

        def came(hits: Sequence[Found]) -> None:
            if asked == self._asked and self._id is None:
                self._offer(hits)

        run_job(self, lambda _progress: search(words, _MOST), came)

    def _offer(self, hits: Sequence[Found]) -> None:
        self._model.clear()
        for hit in hits:
            words = f"{hit.name} · {hit.contact}" if hit.contact else hit.name
            item = QStandardItem(words)
            item.setData((hit.id, hit.name), _ID)
            item.setToolTip(plain_tip(words))
            self._model.appendRow(item)
        if hits and self.hasFocus():
            self.completer().complete()
            self._list.setCurrentIndex(self._list.model().index(0, 0))

    def _chosen(self, index: QModelIndex) -> None:
        customer_id, name = index.data(_ID)
        self._id = int(customer_id)
        self._asked += 1
        # the completer writes its own words after this signal
        QTimer.singleShot(0, self, lambda: self.setText(name))
        self.changed.emit(self._id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and its building."""
        super().paintEvent(event)
        theme = themes.current()
        box = QRectF(theme.px(7), 0, theme.px(18), self.height())
        icons.paint(QPainter(self), box, "building", "text2")
