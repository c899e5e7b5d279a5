"""A list with a pane beside it; in narrow windows the pane opens over the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.views.core import theme as themes

if TYPE_CHECKING:
    from app.views.core.page import WidthMode

WIDE, MEDIUM = 380, 340


class _Overlay(QFrame):
    """Be the pane over the list."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        edge = QFrame()
        edge.setProperty("upright", True)
        row.addWidget(edge)
        self.place = QVBoxLayout()
        row.addLayout(self.place, 1)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class DetailSplit(QWidget):
    """Hold a list and its detail pane; ``toggle`` shows or hides the pane.

    ``home`` gets the focus when the pane goes; ``moved(width)`` comes when a person drags the
    border, in unscaled pixels.
    """

    moved = Signal(int)
    toggled = Signal(bool)

    def __init__(
        self, main: QWidget, detail: QWidget, home: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._detail, self._home = detail, home
        self._mode: WidthMode = "full"
        self._wanted = True
        self._over = False
        self._width = WIDE
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("detail_splitter")
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(main)
        self.splitter.addWidget(detail)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.splitterMoved.connect(self._on_moved)
        rows.addWidget(self.splitter)
        self._overlay = _Overlay(self)
        self._overlay.closed.connect(self.toggle)
        detail.setMinimumWidth(themes.current().px(300))
        main.setMinimumWidth(themes.current().px(320))

    def set_width(self, width: int) -> None:
        """Give the pane a width in unscaled pixels."""
        self._width = max(300, min(int(width), 640))

    def set_shown(self, shown: bool) -> None:
        """Show or hide the pane in wide windows."""
        self._wanted = shown
        self._arrange()

    def detail_shown(self) -> bool:
        """Tell whether the pane can be seen."""
        return self._over if self._mode == "compact" else self._wanted

    def toggle(self) -> None:
        """Show the pane or hide it."""
        if self._mode == "compact":
            self._over = not self._over
        else:
            self._wanted = not self._wanted
        self._arrange()
        if not self.detail_shown():
            self._home.setFocus(Qt.FocusReason.OtherFocusReason)
        self.toggled.emit(self.detail_shown())

    def adapt(self, mode: WidthMode) -> None:
        """Fit the window."""
        if mode != self._mode:
            self._mode = mode
            self._over = False
        self._arrange()

    def _arrange(self) -> None:
        over = self._mode == "compact"
        if over and self._detail.parent() is not self._overlay:
            self._overlay.place.addWidget(self._detail)
        if not over and self._detail.parent() is not self.splitter:
            self.splitter.addWidget(self._detail)
            self.splitter.setStretchFactor(1, 0)
        self._overlay.setVisible(over and self._over)
        self._detail.setVisible(self.detail_shown())
        if over:
            self._place_overlay()
        else:
            self._share()

    def _share(self) -> None:
        theme = themes.current()
        wide = self._width if self._mode == "full" else min(self._width, MEDIUM)
        pane = theme.px(wide)
        self.splitter.setSizes([max(1, self.width() - pane - 1), pane])

    def _place_overlay(self) -> None:
        theme = themes.current()
        wide = min(theme.px(WIDE), self.width() - theme.px(48))
        self._overlay.setGeometry(self.width() - wide, 0, wide, self.height())
        if self._over:
            self._overlay.raise_()

    def _on_moved(self, _position: int, _index: int) -> None:
        theme = themes.current()
        width = round(self._detail.width() * 100 / theme.scale)
        if self._mode == "full":
            self._width = width
            self.moved.emit(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the width of the pane, give the list the rest."""
        super().resizeEvent(event)
        if self._mode == "compact":
            self._place_overlay()
        elif event.oldSize().width() != event.size().width():
            self._share()

    def changeEvent(self, event: QEvent) -> None:
        """Repaint after a switch of light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
