"""What fills the window under the menus: navigation, the pages beside it, status bar below."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.views.core.navigation import Edge, Navigation
from app.views.core.pages import PageSpec
from app.views.core.pagestack import PageStack
from app.views.core.statusbar import StatusBar


class Interior(QWidget):
    """Lay out the three parts; the window connects them."""

    def __init__(self, specs: Iterable[PageSpec]) -> None:
        super().__init__()
        self.setObjectName("central")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self.nav = Navigation(specs)
        self.stack = PageStack()
        middle.addWidget(self.nav)
        middle.addWidget(Edge())
        middle.addWidget(self.stack, 1)
        rows.addLayout(middle, 1)
        self.status = StatusBar()
        rows.addWidget(self.status)
