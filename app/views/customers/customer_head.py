"""The head of a customer's page: name, value, place in the list, and the ways to reach out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy

from app.i18n import _
from app.services.customers.drafts import ChannelView, ContactView, CustomerCard
from app.services.radar import scanning
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.customers.people_tab import address_words, open_channel
from app.views.followups.qr_popup import QrPopup
from app.views.widgets.badges import ValueBadge
from app.views.widgets.buttons import Button, icon_button
from app.views.widgets.text import ElidedLabel, Label, copy_text


class CustomerHead(QFrame):
    """Show the head; ``step_wanted(-1 or 1)`` for the neighbours in the list."""

    back_wanted = Signal()
    step_wanted = Signal(int)
    write_wanted = Signal()
    menu_wanted = Signal(object)
    side_wanted = Signal()

    def __init__(self, view: ViewContext) -> None:
        super().__init__()
        theme = themes.current()
        self._card: CustomerCard | None = None
        self.setObjectName("customer_head")
        self.setProperty("band", "below")
        self.setFixedHeight(theme.size("page_header"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), 0, theme.px(16), 0)
        row.setSpacing(theme.px(8))
        back = icon_button("chevron_left", _("回到列表"), name="head_back")
        back.clicked.connect(self.back_wanted)
        self.name = ElidedLabel("", "title", mode=Qt.TextElideMode.ElideMiddle)
        self.name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.badge = ValueBadge()
        self.place = Label("", "small", "text2")
        self.up = icon_button("arrow_up", _("上一家 Alt+↑"), name="head_up")
        self.down = icon_button("arrow_down", _("下一家 Alt+↓"), name="head_down")
        self.up.clicked.connect(partial(self.step_wanted.emit, -1))
        self.down.clicked.connect(partial(self.step_wanted.emit, 1))
        for widget in (back, self.name, self.badge, self.place, self.up, self.down):
            row.addWidget(widget)
        row.addStretch(1)
        self.text = Button(_("短信"), "default", "chat", name="head_text")
        self.call = Button(_("打电话"), "default", "call", name="head_call")
        self.text.clicked.connect(lambda: self._reach(self.text, sms=True))
        self.call.clicked.connect(lambda: self._reach(self.call, sms=False))
        key = view.actions.shortcut_text("quick_line") or "Ctrl+J"
        self.write = Button(_("写跟单"), "primary", "edit", key=key, name="head_write")
        self.write.clicked.connect(self.write_wanted)
        self.more = icon_button("more", _("更多"), "default", name="head_more")
        self.more.clicked.connect(self._more)
        self.side = icon_button("panel_right", _("跟单链 Ctrl+\\"), "default", name="head_side")
        self.side.clicked.connect(self.side_wanted)
        for button in (self.text, self.call, self.write, self.side, self.more):
            row.addWidget(button)
        self.side.hide()

    def show_card(self, card: CustomerCard, place: str) -> None:
        """Show a customer and its place in the list."""
        self._card = card
        self.name.setText(card.name)
        self.badge.set(card.quality or None, card.grade or None)
        self.place.setText(place)
        for widget in (self.place, self.up, self.down):
            widget.setVisible(bool(place))
        numbers = self._numbers()
        self.call.setEnabled(bool(numbers))
        self.text.setEnabled(any(channel.kind == "mobile" for _who, channel in numbers))

    def set_narrow(self, narrow: bool) -> None:
        """Leave the words out of small windows."""
        for button, words in ((self.text, _("短信")), (self.call, _("打电话"))):
            button.setVisible(not narrow)
            button.setAccessibleName(words)
        self.place.setVisible(not narrow and bool(self.place.text()))
        self.side.setVisible(narrow)

    def _more(self) -> None:
        self.menu_wanted.emit(self.more.mapToGlobal(QPoint(0, self.more.height() + 4)))

    # -- reaching out ----------------------------------------------------------------------

    def _numbers(self) -> list[tuple[str, ChannelView]]:
        return [(contact.name, channel) for contact, channel in self._people()]

    def _people(self) -> list[tuple[ContactView, ChannelView]]:
        if self._card is None:
            return []
        return [
            (contact, channel)
            for contact in self._card.contacts
            for channel in contact.channels
            if channel.kind in ("mobile", "phone") and not channel.invalid
        ]

    def _reach(self, button: Button, *, sms: bool) -> None:
        """Offer every number: by this computer, by a phone that scans, or to copy."""
        menu = QMenu(self)
        menu.setObjectName("reach_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for contact, channel in self._people():
            if sms and channel.kind != "mobile":
                continue
            who = contact.name
            number = address_words(channel)
            sub = menu.addMenu(f"{who}  {number}")
            code = scanning.sms(channel.normal) if sms else scanning.dial(channel.normal)
            sub.addAction(_("手机扫一扫"), partial(self._scan, button, code, f"{who} {number}"))
            if not sms:
                sub.addAction(_("用这台电脑拨"), partial(open_channel, channel))
            sub.addAction(_("复制号码"), partial(copy_text, channel.normal))
            sub.addAction(_("扫成手机里的联系人"), partial(self._scan_card, button, contact))
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))

    def _scan_card(self, button: Button, contact: ContactView) -> None:
        if self._card is not None:
            card = scanning.visiting_card(contact, self._card.name, self._card.address)
            self._scan(button, card, contact.name)

    def _scan(self, button: Button, code: str, caption: str) -> None:
        QrPopup(code, caption, self).open_under(button)
