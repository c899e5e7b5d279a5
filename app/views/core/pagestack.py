"""The pages made so far; the shown one is on top, a skeleton stands in until a book is open."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.views.core import pages
from app.views.core.page import Page, ViewContext
from app.views.widgets.skeleton import Skeleton


class PageStack(QStackedWidget):
    """Make pages when they are first wanted and drop them with their book."""

    status_changed = Signal()
    title_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page_stack")
        self._pages: dict[str, Page] = {}
        self._waiting = Skeleton()
        self._waiting.setBackgroundRole(QPalette.ColorRole.Base)
        self._waiting.setAutoFillBackground(True)
        self.addWidget(self._waiting)

    def get(self, page_id: str) -> Page | None:
        """Return a page that was made already."""
        return self._pages.get(page_id)

    def make(self, page_id: str, view: ViewContext) -> Page | None:
        """Return the page of an id, importing and making it the first time."""
        spec = pages.spec_of(page_id)
        if page_id in self._pages or spec is None:
            return self._pages.get(page_id)
        page = pages.load(spec)(view)
        page.status_changed.connect(self.status_changed)
        page.title_changed.connect(self.title_changed)
        self._pages[page_id] = page
        self.addWidget(page)
        return page

    def clear(self) -> None:
        """Drop all pages and show the skeleton."""
        self.setCurrentWidget(self._waiting)
        for page in self._pages.values():
            page.close()
            self.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
