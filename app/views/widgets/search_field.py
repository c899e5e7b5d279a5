"""A search field: tells 80 ms after the last key, never while an input method composes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.i18n import _
from app.views.core import icons
from app.views.core import theme as themes
from app.views.widgets.buttons import Button, icon_button, paint_key

DELAY_MS = 80


class SearchField(QLineEdit):
    """Search as you type; Esc empties, Down and Enter go on to the results.

    ``searched(text)`` comes 80 ms after the last key. ``note`` shows by which rule and how
    long (拼音首字母 · 12 ms) at the right end.
    """

    searched = Signal(str)
    went_down = Signal()
    entered = Signal()

    def __init__(
        self,
        hint: str = "",
        *,
        key: str = "",
        name: str = "search",
        width: int = 264,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._key = key
        self._note = ""
        self.setPlaceholderText(hint)
        self.setObjectName(name)
        self.setAccessibleName(hint or _("搜索"))
        self.setMaximumWidth(theme.px(width))
        self.setMinimumWidth(theme.px(min(width, 120)))
        self._cross: Button = icon_button("close", _("清空"), name=f"{name}_clear", height=20)
        self._cross.setParent(self)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.clicked.connect(self.clear)
        self._cross.hide()
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(DELAY_MS)
        self._late.timeout.connect(self._tell)
        self.textChanged.connect(self._on_text)
        self._margins()

    def set_note(self, text: str) -> None:
        """Show how the result was found."""
        self._note = text
        self._margins()
        self.update()

    def search_now(self) -> None:
        """Tell at once."""
        self._late.stop()
        self._tell()

    def _tell(self) -> None:
        self.searched.emit(self.text().strip())

    def _on_text(self, text: str) -> None:
        self._cross.setVisible(bool(text))
        if not text:
            self._note = ""
        self._margins()
        self._late.start()

    def _margins(self) -> None:
        theme = themes.current()
        right = theme.px(4)
        if self.text():
            wide = QFontMetrics(theme.font("caption")).horizontalAdvance(self._note)
            right = theme.px(24) + (wide + theme.px(4) if self._note else 0)
        elif self._key:
            right = self._key_width() + theme.px(4)
        self.setTextMargins(theme.px(22), 0, right, 0)

    def _key_width(self) -> int:
        theme = themes.current()
        return QFontMetrics(theme.font("caption")).horizontalAdvance(self._key) + theme.px(10)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the cross at the right end."""
        super().resizeEvent(event)
        side = themes.current().px(20)
        self._cross.setGeometry(self.width() - side - 4, (self.height() - side) // 2, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field with glass, key hint or note."""
        super().paintEvent(event)
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icons.paint(painter, QRectF(theme.px(8), 0, theme.px(18), self.height()), "search", "text2")
        if self.text():
            if self._note:
                painter.setFont(theme.font("caption"))
                painter.setPen(theme.color("text2"))
                box = self.rect().adjusted(0, 0, -theme.px(28), 0)
                flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(box, flags, self._note)
        elif self._key:
            wide = self._key_width()
            box = self.rect()
            box.setLeft(box.right() - wide - theme.px(7))
            box.setWidth(wide)
            paint_key(painter, box, self._key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty on Esc, go on with Down and Enter."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.search_now()
            self.entered.emit()
        else:
            super().keyPressEvent(event)
