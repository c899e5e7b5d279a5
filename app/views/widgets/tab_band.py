"""The band of tabs below the head of a page."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QFrame, QTabBar, QVBoxLayout, QWidget

from app.views.core import theme as themes


class TabBand(QFrame):
    """One row of tabs, the first at the left edge; ``bar`` tells which is shown."""

    def __init__(
        self, titles: Iterable[str], *, name: str, spoken: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setProperty("band", "below")
        row = QVBoxLayout(self)
        row.setContentsMargins(theme.px(8), 0, 0, 0)
        self.bar = QTabBar()
        self.bar.setObjectName(name)
        self.bar.setAccessibleName(spoken)
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setFixedHeight(theme.size("tab_row"))
        for title in titles:
            self.bar.addTab(title)
        row.addWidget(self.bar)
