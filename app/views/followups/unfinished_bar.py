"""A thin bar over Today: a follow-up was left unfinished, go on with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.i18n import _, ngettext
from app.services.followups import FORM
from app.views.core import icons
from app.views.core import theme as themes
from app.views.followups import acts, when_words
from app.views.widgets.buttons import Button
from app.views.widgets.text import ElidedLabel, Label

if TYPE_CHECKING:
    from app.views.core.page import ViewContext


class UnfinishedBar(QFrame):
    """Offer the newest draft of this person; ``resumed(customer_id)`` opens it (0 is nobody)."""

    resumed = Signal(object)

    def __init__(self, view: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._view = view
        self._customer_id = 0
        self.setObjectName("unfinished_bar")
        self.setProperty("note", "info")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(4), theme.px(8), theme.px(4))
        row.setSpacing(theme.px(8))
        sign = Label()
        sign.setPixmap(icons.pixmap("edit", 16, "accent"))
        self.words = ElidedLabel("", "small", "text")
        self.go = Button(_("接着写"), "link", name="unfinished_go", height=24)
        self.go.clicked.connect(lambda: self.resumed.emit(self._customer_id))
        self.drop = Button(_("不要了"), "link", name="unfinished_drop", height=24)
        self.drop.clicked.connect(self._drop)
        row.addWidget(sign)
        row.addWidget(self.words, 1)
        row.addWidget(self.go)
        row.addWidget(self.drop)
        self.hide()

    def refresh(self) -> None:
        """Look for drafts again."""
        left = self._view.office.followups.drafts.unfinished(FORM)
        self.setVisible(bool(left))
        if not left:
            return
        newest = left[0]
        self._customer_id = newest.subject_id
        moment = acts.moment_of(self._view)
        words = _("上次没写完的跟单：{name}，{when}").format(
            name=newest.subject or _("还没选客户"), when=when_words.moment_words(newest.at, moment)
        )
        if len(left) > 1:
            more = ngettext("另有 {count} 条", "另有 {count} 条", len(left) - 1)
            words = f"{words} · {more.format(count=len(left) - 1)}"
        self.words.setText(words)
        self.setAccessibleName(words)

    def _drop(self) -> None:
        drafts = self._view.office.followups.drafts
        found = drafts.find(FORM, self._customer_id)
        customer_id = self._customer_id
        drafts.discard(FORM, customer_id)
        self.refresh()
        if found is not None:
            payload = found[0]

            def back() -> None:
                drafts.keep(FORM, customer_id, payload)
                self.refresh()

            self._view.toast(_("已丢掉这份草稿"), back)
