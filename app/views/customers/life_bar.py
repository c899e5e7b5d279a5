"""The grey bar over a customer that was given up: why, since when, and back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.i18n import _
from app.services.customers.drafts import CustomerCard
from app.views.core import format as fmt
from app.views.core import theme as themes
from app.views.widgets.buttons import Button
from app.views.widgets.text import Label


class LifeBar(QFrame):
    """Show the reason of 失效 with 重新激活; hidden for living customers."""

    back_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme = themes.current()
        self.setObjectName("life_bar")
        self.setProperty("band", "subtle")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(6), theme.px(16), theme.px(6))
        self.words = Label("", "small", "text2", wrap=True)
        self.back = Button(_("重新激活"), "default", "refresh", height=24, name="win_back")
        self.back.clicked.connect(self.back_wanted)
        row.addWidget(self.words, 1)
        row.addWidget(self.back)
        self.hide()

    def show_card(self, card: CustomerCard) -> None:
        """Show the last spell of 失效 when it is not over."""
        churned = card.life == "churned"
        self.setVisible(churned)
        if not churned:
            return
        spell = next((one for one in reversed(card.lives) if one.state == "churned"), None)
        day = fmt.day(spell.from_on if spell else None)
        reason = spell.reason if spell and spell.reason else _("没写原因")
        self.words.setText(_("{day} 标为失败：{reason}").format(day=day, reason=reason))
        self.setAccessibleName(self.words.text())
