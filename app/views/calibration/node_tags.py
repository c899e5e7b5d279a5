"""Key nodes of a customer: marked ones with their day, the likely next ones to click."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from app.i18n import _
from app.services.calibration import NodeMark
from app.views.core import format as fmt
from app.views.core import theme as themes
from app.views.customers.words import Calendar
from app.views.widgets.badges import paint_tag, tag_width
from app.views.widgets.buttons import Button
from app.views.widgets.flow_layout import FlowLayout

OFFERED = 3


class NodeTag(QAbstractButton):
    """Show one node; a click marks it, or takes its mark back."""

    def __init__(self, name: str, day: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.node = name
        self.marked = bool(day)
        self.setText(f"{name} {day}".strip())
        self.setObjectName(f"node_{name}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        state = _("已标记") if day else _("点击标记")
        self.setAccessibleName(f"{self.text()} {state}")

    def sizeHint(self) -> QSize:
        """Return the size of the tag."""
        theme = themes.current()
        return QSize(tag_width(self.text(), icon=self.marked) + 1, theme.size("tag"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tag."""
        painter = QPainter(self)
        box = QRect(0, 0, self.width(), self.height())
        icon = "checkmark" if self.marked else ""
        paint_tag(painter, box, self.text(), "good" if self.marked else "outline", icon=icon)


class NodeTags(QWidget):
    """Hold the nodes of one customer; ``mark_wanted(name)`` and ``unmark_wanted(name)``."""

    mark_wanted = Signal(str)
    unmark_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("key_nodes")
        self.setAccessibleName(_("关键节点"))
        self._flow = FlowLayout(self, theme.px(6), theme.px(5))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._shown: list[QWidget] = []
        self.more = Button(_("标记"), "link", "plus", height=20, name="mark_node")
        self.more.clicked.connect(self._offer)
        self._flow.addWidget(self.more)
        self._open: list[str] = []

    def show_marks(
        self, marks: Sequence[NodeMark], known: Sequence[str], calendar: Calendar
    ) -> None:
        """Show the marked nodes, and some of the others."""
        for widget in self._shown:
            self._flow.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._flow.removeWidget(self.more)
        self._shown = []
        names = {mark.name for mark in marks}
        self._open = [one for one in known if one not in names]
        for mark in marks:
            self._add(NodeTag(mark.name, fmt.day(mark.on, calendar.today)))
        for name in self._open[:OFFERED]:
            self._add(NodeTag(name))
        self._flow.addWidget(self.more)
        self.more.setVisible(len(self._open) > OFFERED)
        self.updateGeometry()

    def _add(self, tag: NodeTag) -> None:
        tag.clicked.connect(lambda: self._clicked(tag))
        self._flow.addWidget(tag)
        tag.show()
        self._shown.append(tag)

    def _clicked(self, tag: NodeTag) -> None:
        (self.unmark_wanted if tag.marked else self.mark_wanted).emit(tag.node)

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in self._open:
            menu.addAction(name, partial(self.mark_wanted.emit, name))
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
