"""What stands in place of a step while work is under way: how far, how long, 停止."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.i18n import _
from app.views.core import theme as themes
from app.views.widgets.buttons import Button
from app.views.widgets.text import Label

_ESTIMATE_AFTER_S = 2.0


class ProgressPane(QWidget):
    """Show one job with its rows, the time left and a way to stop it."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._began = 0.0
        self.setObjectName("transfer_progress")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(32), 0, theme.px(32), 0)
        rows.setSpacing(theme.px(8))
        self.title = Label("", "section")
        self.far = Label("", "small", "text2")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = Button(_("停止"), name="transfer_stop")
        self.stop.clicked.connect(self._stop)
        self.note = Label("", "small", "text2", wrap=True)
        low = QHBoxLayout()
        low.setSpacing(theme.px(12))
        low.addWidget(self.bar, 1)
        low.addWidget(self.stop)
        rows.addStretch(1)
        for widget in (self.title, self.far):
            rows.addWidget(widget)
        rows.addLayout(low)
        rows.addWidget(self.note)
        rows.addStretch(2)

    def begin(self, title: str, note: str) -> None:
        """Start to show a job."""
        self._began = time.monotonic()
        self.title.setText(title)
        self.note.setText(note)
        self.far.setText(_("正在开始"))
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(title)
        self.stop.setEnabled(True)
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, done: int, total: int, text: str) -> None:
        """Show how far the job is."""
        if not self.stop.isEnabled():
            return
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        parts = [text] if text else []
        if total:
            parts.append(f"{done:,} / {total:,}")
        left = self._left_s(done, total)
        if left:
            parts.append(_("还要约 {count} 秒").format(count=left))
        self.far.setText(" · ".join(parts))

    def _left_s(self, done: int, total: int) -> int:
        gone = time.monotonic() - self._began
        if not done or done >= total or gone < _ESTIMATE_AFTER_S:
            return 0
        return round(gone / done * (total - done))

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.far.setText(_("正在停止"))
        self.stop_wanted.emit()
