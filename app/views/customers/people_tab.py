"""联系人 on a customer's page: who works there and how to reach them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _
from app.services.customers.drafts import ChannelView, ContactView, CustomerCard
from app.views.core import format as fmt
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.change_history import show_contact
from app.views.core.page import ViewContext
from app.views.core.undoing import said
from app.views.widgets.badges import Tag
from app.views.widgets.buttons import Button, icon_button
from app.views.widgets.empty_state import NOTHING_YET, EmptyState
from app.views.widgets.text import Label, copy_text

_SCHEMES = {"mobile": "tel:{}", "phone": "tel:{}", "email": "mailto:{}"}


def address_words(channel: ChannelView) -> str:
    """Return an address as it is shown: phones in groups, the rest as written."""
    if channel.kind in ("mobile", "phone"):
        return fmt.phone(channel.normal or channel.raw)
    return channel.raw


def open_channel(channel: ChannelView) -> None:
    """Hand a phone number or mail address to the program of this computer."""
    pattern = _SCHEMES.get(channel.kind)
    if pattern is not None:
        QDesktopServices.openUrl(QUrl(pattern.format(channel.normal or channel.raw)))


class PeopleTab(QScrollArea):
    """Show one card a contact."""

    def __init__(self, view: ViewContext) -> None:
        super().__init__()
        self._view = view
        self._card: CustomerCard | None = None
        self.setObjectName("people_tab")
        self.setAccessibleName(_("联系人"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def show_card(self, card: CustomerCard) -> None:
        """Show the contacts of a customer."""
        self._card = card
        theme = themes.current()
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(16))
        rows.setSpacing(theme.px(10))
        add = Button(_("加联系人"), "default", "plus", height=24, name="contact_add")
        add.clicked.connect(self.add)
        if card.contacts:
            for contact in card.contacts:
                rows.addWidget(self._person(contact))
            rows.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
            rows.addStretch(1)
        else:
            help_text = _("加一位，就能打电话、发短信。")
            empty = EmptyState(NOTHING_YET, _("还没有联系人"), help_text, icon="person")
            empty.add_button(add)
            rows.addWidget(empty, 1)
        self.setWidget(holder)

    def _person(self, contact: ContactView) -> QFrame:
        theme = themes.current()
        frame = QFrame()
        frame.setProperty("card", "true")
        frame.setAccessibleName(contact.name)
        rows = QVBoxLayout(frame)
        rows.setContentsMargins(theme.px(12), theme.px(8), theme.px(8), theme.px(10))
        rows.setSpacing(theme.px(4))
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(Label(contact.name, "body_strong"))
        head.addWidget(Label(contact.title, "small", "text2"))
        if contact.part:
            head.addWidget(Tag(labels.of(labels.DECISION_PART, contact.part), "accent"))
        if contact.main:
            head.addWidget(Tag(_("主联系人"), "neutral"))
        head.addStretch(1)
        more = icon_button("more", _("更多"), name=f"contact_more_{contact.id}", height=24)
        more.clicked.connect(partial(self._menu, contact, more))
        head.addWidget(more)
        rows.addLayout(head)
        for channel in contact.channels:
            rows.addLayout(self._address(channel))
        if not contact.channels:
            rows.addWidget(Label(_("还没有联系方式"), "small", "text3"))
        return frame

    def _address(self, channel: ChannelView) -> QHBoxLayout:
        theme = themes.current()
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        kind = Label(labels.of(labels.CONTACT_KIND, channel.kind), "small", "text2")
        kind.setFixedWidth(theme.px(44))
        row.addWidget(kind)
        row.addWidget(Label(address_words(channel), "body", "text3" if channel.invalid else "text"))
        row.addStretch(1)
        if channel.kind in _SCHEMES:
            call = channel.kind != "email"
            tip = _("打电话") if call else _("写邮件")
            button = icon_button("call" if call else "mail", tip, height=24,
                                 name=f"reach_{channel.id}")  # fmt: skip
            button.clicked.connect(partial(open_channel, channel))
            row.addWidget(button)
        copy = icon_button("copy", _("复制"), height=24, name=f"copy_{channel.id}")
        copy.clicked.connect(partial(copy_text, channel.raw))
        row.addWidget(copy)
        return row

    # -- acts ----------------------------------------------------------------------------

    def _menu(self, contact: ContactView, anchor: QWidget) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("编辑…"), partial(self.change, contact))
        history = partial(show_contact, self._view, contact.id, contact.name, self)
        menu.addAction(_("变更记录…"), history)
        menu.addAction(_("删除"), partial(self._remove, contact))
        menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))

    def add(self) -> None:
        """Ask for a new contact."""
        from app.views.customers.contact_dialog import ContactDialog

        if self._card is None:
            return
        dialog = ContactDialog(self._view, self._card.id, self)
        if dialog.exec():
            draft = dialog.draft()
            self._view.office.customers.add_contact(self._card.id, draft)
            said(self._view, _("已加联系人 {name}").format(name=draft.name))

    def change(self, contact: ContactView) -> None:
        """Change a contact."""
        from app.views.customers.contact_dialog import ContactDialog

        if self._card is None:
            return
        dialog = ContactDialog(self._view, self._card.id, self, contact)
        if dialog.exec():
            draft = dialog.draft()
            self._view.office.customers.change_contact(self._card.id, contact.id, draft)
            said(self._view, _("已改联系人 {name}").format(name=draft.name))

    def _remove(self, contact: ContactView) -> None:
        if self._card is not None:
            self._view.office.customers.remove_contact(self._card.id, contact.id)
            said(self._view, _("已删除联系人 {name}").format(name=contact.name))
