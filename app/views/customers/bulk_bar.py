"""What can be done with the ticked customers."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.i18n import _
from app.views.core import format as fmt
from app.views.core import theme as themes
from app.views.customers import words
from app.views.widgets.buttons import Button, KeyHint
from app.views.widgets.text import ElidedLabel, Label, set_tip

HEIGHT = 40


class BulkBar(QFrame):
    """Show how many are ticked, their expected amount, and the acts; hidden without ticks."""

    wanted = Signal(str)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("bulk_bar")
        self.setAccessibleName(_("批量"))
        self.setFixedHeight(theme.px(HEIGHT))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        row.setSpacing(theme.px(8))
        self.count = Label("", "body", "accent")
        self.sum = ElidedLabel("", "small", "text2")
        row.addWidget(self.count)
        row.addWidget(self.sum, 1)
        self._buttons: list[tuple[Button, str]] = []
        for name, said, icon in (
            ("owner", _("改负责人"), "person"),
            ("rate", _("标定价值"), "ribbon"),
            ("next_step", _("安排下步"), "calendar_clock"),
            ("sequence", _("动作序列…"), "flow"),
            ("tag", _("加标签"), "tag"),
            ("edit", _("修改…"), "edit"),
            ("merge", _("合并…"), "merge"),
            ("export", _("导出所选"), "export"),
            ("delete", _("删除"), "trash"),
        ):
            role = "danger" if name == "delete" else "default"
            button = Button(said, role, icon, height=24, name=f"bulk_{name}")  # type: ignore[arg-type]  # a role by its name
            button.clicked.connect(lambda _on=False, name=name: self.wanted.emit(name))
            row.addWidget(button)
            self._buttons.append((button, said))
        row.addSpacing(theme.px(8))
        clear = Button(_("取消选择"), "link", height=24, name="bulk_clear")
        clear.clicked.connect(self.cleared)
        row.addWidget(clear)
        row.addWidget(KeyHint("Esc"))
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tinted band."""
        theme = themes.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("accentTint"))
        painter.setPen(theme.pen("border"))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())

    def set_narrow(self, narrow: bool) -> None:
        """Show the acts by their signs alone in small windows."""
        for button, said in self._buttons:
            button.setText("" if narrow else said)
            button.setAccessibleName(said)
            set_tip(button, said if narrow else "")

    def show_state(self, ticked: int, expected_fen: int | None, *, whole: bool) -> None:
        """Show how many customers are ticked and the sum of their expected amounts."""
        self.setVisible(ticked > 0)
        said = _("已选全部符合条件的 {firms}") if whole else _("已选 {firms}")
        self.count.setText(said.format(firms=words.firms(ticked)))
        total = fmt.money_marked(expected_fen) if expected_fen is not None else "…"
        self.sum.setText(_("预计金额合计 {total}").format(total=total))
