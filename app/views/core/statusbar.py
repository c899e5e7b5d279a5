"""The status bar: the page at the left, the book and the offline promise at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.i18n import _
from app.views.core import theme as themes
from app.views.core.jobstrip import JobStrip
from app.views.widgets.buttons import Button
from app.views.widgets.text import ElidedLabel, Label, set_tip


class StatusBar(QFrame):
    """Show one line of 24 px under everything."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("status_bar")
        self.setProperty("band", "above")
        self.setFixedHeight(theme.size("status_bar") + 1)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        row.setSpacing(theme.px(16))
        self._left = ElidedLabel("", "caption", "text2")
        self._left.setObjectName("status_left")
        self._alarm: Button | None = None
        self.jobs = JobStrip()
        self._size = Label("", "caption", "text2")
        self._backup = Label("", "caption", "text2")
        self._offline = Label(_("离线运行"), "caption", "text2")
        set_tip(self._offline, _("本软件不联网，全部内容只在这台电脑上"))
        row.addWidget(self._left, 1)
        row.addWidget(self.jobs)
        for label in (self._size, self._backup, self._offline):
            row.addWidget(label)
        self.set_book("", "")

    def set_left(self, text: str) -> None:
        """Say something about the list that is shown."""
        self._left.setText(text)

    def left_text(self) -> str:
        """Return what stands at the left."""
        return self._left.text()

    def raise_alarm(self, text: str, act: Callable[[], None]) -> None:
        """Keep in view what stays wrong; a click tells more."""
        self.drop_alarm()
        self._alarm = Button(text, "danger", "error_circle", height=22, name="status_alarm")
        self._alarm.clicked.connect(act)
        self._row.insertWidget(1, self._alarm)

    def drop_alarm(self) -> None:
        """Show no alarm any more."""
        if self._alarm is not None:
            self._alarm.hide()
            self._alarm.deleteLater()
            self._alarm = None

    def set_book(self, size: str, backup: str, name: str = "") -> None:
        """Show size of the book (1.2 GB) and last backup (今天 12:30), its name in the tip."""
        set_tip(self._size, name)
        self._size.setText(_("本地数据库 {size}").format(size=size) if size else "")
        self._backup.setText(_("上次备份 {when}").format(when=backup) if backup else "")
        self._size.setVisible(bool(size))
        self._backup.setVisible(bool(backup))

    def set_narrow(self, narrow: bool) -> None:
        """Keep only the offline promise in small windows."""
        self._size.setVisible(not narrow and bool(self._size.text()))
        self._backup.setVisible(not narrow and bool(self._backup.text()))
