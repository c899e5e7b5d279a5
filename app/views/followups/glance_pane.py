"""The pane beside Today's list: who, what is next, and the last of the chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFocusEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.views.core import format as formats
from app.views.core import icons, labels
from app.views.core import theme as themes
from app.views.followups import entry_words, when_words
from app.views.widgets.badges import Tag, ValueBadge
from app.views.widgets.buttons import Button, icon_button
from app.views.widgets.empty_state import DONE, EmptyState
from app.views.widgets.flow_layout import FlowLayout
from app.views.widgets.text import ElidedLabel, Label, copy_text
from app.views.widgets.timeline import TimelineList

if TYPE_CHECKING:
    from app.services.customers.drafts import ContactView, CustomerCard
    from app.services.followups.drafts import TimelineEntry
    from app.services.followups.moment import Moment
    from app.services.sequences.drafts import TalkTrack
    from app.views.followups.agenda_rows import StepRow

ENTRIES = 5


@dataclass(frozen=True, slots=True)
class Glance:
    """What the pane shows of a customer."""

    card: CustomerCard
    entries: tuple[TimelineEntry, ...]
    followup_count: int
    talk: TalkTrack | None = None


class GlancePane(QFrame):
    """Show the customer of the current row; its buttons tell what to do with the step."""

    complete = Signal()
    postpone = Signal()
    open_customer = Signal()
    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("glance_pane")
        self.setAccessibleName(_("详情窗格"))
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._body: QWidget | None = None
        self._first: QWidget | None = None
        self._shown: object = None
        self.clear()

    def clear(self) -> None:
        """Show that nothing is selected."""
        self._first = None
        self._shown = None
        self._set(
            EmptyState(DONE, _("没有选中的事"), _("上下键选一条，这里看详情。"), icon="panel_right")
        )

    def show_glance(self, row: StepRow, glance: Glance, moment: Moment) -> None:
        """Show a customer with its step; nothing is made anew when nothing changed."""
        shown = (row, glance, when_words.today_of(moment))
        if shown == self._shown:
            return
        self._shown = shown
        body = QWidget()
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._identity(glance.card))
        rows.addWidget(self._step(row, glance.talk))
        rows.addWidget(self._chain(glance, moment), 1)
        self._set(body)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus to the first button."""
        super().focusInEvent(event)
        if self._first is not None:
            self._first.setFocus(event.reason())

    def _set(self, body: QWidget) -> None:
        focused = QApplication.focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        name = focused.objectName() if inside and focused is not None else ""
        if self._body is not None:
            self._rows.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = body
        self._rows.addWidget(body, 1)
        body.show()
        same: QWidget | None = body.findChild(QWidget, name) if name else None
        if same is not None:
            same.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- who ------------------------------------------------------------------------------

    def _identity(self, card: CustomerCard) -> QFrame:
        theme = themes.current()
        frame = QFrame()
        frame.setProperty("band", "below")
        rows = QVBoxLayout(frame)
        rows.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(10))
        rows.setSpacing(theme.px(6))
        name = ElidedLabel(card.name, "section")
        name.setObjectName("glance_name")
        rows.addWidget(name)
        tags = QWidget()
        flow = FlowLayout(tags, theme.px(8), theme.px(4))
        flow.addWidget(ValueBadge(card.quality, card.grade))
        stage = next((one.name for one in card.stages if one.position == card.stage_position), "")
        if stage:
            flow.addWidget(Tag(_("{stage}阶段").format(stage=stage), "accent"))
        forecast = forecast_words(card)
        if forecast:
            flow.addWidget(Label(forecast, "small", "text2"))
        rows.addWidget(tags)
        if card.contacts:
            rows.addLayout(self._contact(card.contacts[0]))
        return frame

    def _contact(self, contact: ContactView) -> QHBoxLayout:
        theme = themes.current()
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        sign = Label()
        sign.setPixmap(icons.pixmap("person", 16, "text2"))
        row.addWidget(sign)
        phone = contact.phone()
        who = " · ".join(part for part in (contact.name, contact.title) if part)
        shown = f"{who}  {formats.phone(phone)}".rstrip()
        row.addWidget(ElidedLabel(shown, "small", "text2"), 1)
        if phone:
            call = icon_button("call", _("打电话 {phone}").format(phone=phone), name="glance_call")
            call.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(f"tel:{phone}")))
            copy = icon_button("copy", _("复制电话"), name="glance_copy")
            copy.clicked.connect(lambda: self._copy(phone))
            code = icon_button("qr", _("手机扫一扫"), name="glance_qr")
            code.clicked.connect(lambda: _show_code(contact, phone, code))
            for button in (call, copy, code):
                row.addWidget(button)
        return row

    def _copy(self, phone: str) -> None:
        copy_text(phone)
        self.told.emit(_("已复制 {phone}").format(phone=formats.phone(phone)))

    # -- what is next ---------------------------------------------------------------------

    def _step(self, row: StepRow, talk: TalkTrack | None) -> QFrame:
        theme = themes.current()
        outer = QFrame()
        outer.setProperty("band", "subtle")
        stack = QVBoxLayout(outer)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(10))
        rows.setSpacing(theme.px(4))
        head = QHBoxLayout()
        head.addWidget(Label(_("下步事务"), "small", "text2"))
        head.addStretch(1)
        rows.addLayout(head)
        rows.addLayout(self._what(row))
        if talk is not None:
            from app.views.sequences.talk_note import TalkNote

            rows.addWidget(TalkNote(talk))
        if row.item.more_count:
            words = ngettext(
                "这家还有 {count} 条下步", "这家还有 {count} 条下步", row.item.more_count
            )
            rows.addWidget(Label(words.format(count=row.item.more_count), "small", "text3"))
        rows.addSpacing(theme.px(2))
        rows.addWidget(self._buttons())
        stack.addWidget(inner)
        edge = QFrame()
        edge.setProperty("line", True)
        stack.addWidget(edge)
        return outer

    def _what(self, row: StepRow) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(themes.current().px(7))
        sign = Label()
        sign.setPixmap(icons.pixmap(labels.PLAN_ICON.get(row.item.plan_kind, "tag"), 16, "text"))
        line.addWidget(sign)
        if row.plan():
            line.addWidget(Label(row.plan(), "name"))
        line.addWidget(ElidedLabel(row.item.what or _("没写做什么"), "body", "text2"), 1)
        return line

    def _buttons(self) -> QWidget:
        place = QWidget()
        flow = FlowLayout(place, themes.current().px(6), themes.current().px(6))
        done = Button(
            _("完成并写跟单"), "primary", "checkmark", key=_("空格"), name="glance_complete"
        )
        done.clicked.connect(self.complete)
        later = Button(_("顺延"), key="S", name="glance_postpone")
        later.clicked.connect(self.postpone)
        opened = Button(_("打开"), key="Enter", name="glance_open")
        opened.clicked.connect(self.open_customer)
        buttons = (done, later, opened)
        # the three stay in one line: where they do not fit, the last ones go without key hints
        room = self.width() - themes.current().px(32)
        for button in reversed(buttons[1:]):
            if sum(one.sizeHint().width() for one in buttons) + 2 * flow.gap > room:
                button.set_key("")
        for button in buttons:
            flow.addWidget(button)
        self._first = done
        return place

    # -- the chain ------------------------------------------------------------------------

    def _chain(self, glance: Glance, moment: Moment) -> QWidget:
        theme = themes.current()
        sheet = QWidget()
        rows = QVBoxLayout(sheet)
        rows.setContentsMargins(0, theme.px(8), 0, 0)
        rows.setSpacing(theme.px(4))
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        head.setSpacing(theme.px(8))
        head.addWidget(Label(_("跟单链"), "body_strong"))
        head.addWidget(Label(_chain_note(glance), "small", "text2"))
        head.addStretch(1)
        everything = Button(_("全部"), "link", name="glance_all", height=24)
        everything.clicked.connect(self.open_customer)
        head.addWidget(everything)
        rows.addLayout(head)
        chain = TimelineList(name="glance_chain")
        chain.set_rows([entry_words.row_of(entry, moment) for entry in glance.entries])
        rows.addWidget(chain, 1)
        return sheet


def forecast_words(card: CustomerCard) -> str:
    """Return ¥46.00万 · 预计 2026-12-28."""
    parts = [formats.money_marked(card.expected_fen)] if card.expected_fen else []
    if card.expected_to is not None:
        parts.append(
            _("预计 {day}").format(day=card.expected_label or card.expected_to.isoformat())
        )
    return " · ".join(part for part in parts if part)


def _chain_note(glance: Glance) -> str:
    shown, every = len(glance.entries), glance.followup_count
    if not shown:
        return ""
    return _("最近 {shown} 条，共 {count} 次跟单").format(shown=shown, count=every)


def _show_code(contact: ContactView, phone: str, under: QWidget) -> None:
    from app.views.followups.qr_popup import QrPopup

    QrPopup(f"tel:{phone}", f"{contact.name} {formats.phone(phone)}", under).open_under(under)
