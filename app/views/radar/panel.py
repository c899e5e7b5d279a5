"""客户雷达 on a customer's page: facts with source and mark."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QWidget,
)

from app.i18n import _, ngettext, translate
from app.services.customers.drafts import CustomerCard
from app.services.radar import MARKS, Dossier, Link, RadarView
from app.views.core import format as fmt
from app.views.core import icons, labels
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.core.undoing import said
from app.views.radar.decoded_rows import decoded_rows
from app.views.radar.item_dialog import RadarDialog, note_fact
from app.views.radar.looking import ClipboardWatch, open_link
from app.views.widgets.badges import Tag
from app.views.widgets.buttons import Button, icon_button
from app.views.widgets.card import Card
from app.views.widgets.empty_state import NOTHING_YET, EmptyState
from app.views.widgets.text import ElidedLabel, Label, set_tip

_LOOKS = {
    "verified": ("checkmark_circle_filled", "good", "text2"),
    "unchecked": ("warning", "warn", "warn"),
    "conflicting": ("info", "warn", "warn"),
}
_LABEL_WIDTH = 74


class MarkButton(QAbstractButton):
    """Show 已核实, 待核实 or 有出入; a click offers the marks, edit and delete."""

    def __init__(self, item: RadarView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self.setText(labels.of(labels.RADAR_MARK, item.mark))
        self.setObjectName(f"mark_{item.id}")
        self.setAccessibleName(f"{item.label} {self.text()}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return the size of sign and words."""
        theme = themes.current()
        wide = QFontMetrics(theme.font("caption")).horizontalAdvance(self.text())
        return QSize(wide + theme.px(20), theme.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw sign and words."""
        theme = themes.current()
        icon, tone, ink = _LOOKS[self.item.mark]
        painter = QPainter(self)
        icons.paint(painter, QRectF(0, 0, theme.px(16), self.height()), icon, tone, 14)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("accent" if self.underMouse() else ink))
        box = self.rect().adjusted(theme.px(19), 0, 0, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.text())


class RadarPanel(Card):
    """Show what is known about a customer from outside."""

    def __init__(self, view: ViewContext) -> None:
        super().__init__(_("客户雷达"), icon="search", name="radar_panel")
        self._view = view
        self._card: CustomerCard | None = None
        paste = Button(_("粘贴识别"), "default", height=24, name="radar_paste")
        paste.clicked.connect(lambda _checked: self.paste())
        self.add_tool(paste)
        add = icon_button("plus", _("记一条"), "default", name="radar_add")
        add.clicked.connect(self.add)
        self.look = Button(_("查"), height=24, name="radar_look")
        set_tip(self.look, _("在浏览器里打开；本软件不联网"))
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_links)
        self.look.set_menu(self._menu)
        self.watch = ClipboardWatch(view, self)
        self.add_tool(add)
        self.add_tool(self.look)
        self._holder = QWidget()
        self.body.addWidget(self._holder)
        self._decoded = QWidget()
        self.body.addWidget(self._decoded)
        self.body.addStretch(1)

    def _fill_links(self) -> None:
        """Offer the places of the book; a digit opens one of them."""
        self._menu.clear()
        for link in self._view.office.radar.links.all():
            words = translate(link.title)
            key = f"&{link.digit}  " if link.digit else ""
            self._menu.addAction(f"{key}{words}", partial(self.open_link, link))
        self._menu.addSeparator()
        self._menu.addAction(_("打开过的…"), self.show_opened)

    def open_link(self, link: Link) -> None:
        """Look the customer up in the browser, and mind the clipboard afterwards."""
        card = self._card
        if card is not None and open_link(self._view, self, card, link) and link.watched:
            self.watch.start(card, self.paste)

    def show_opened(self) -> None:
        """Show which places were opened for the customer."""
        from app.views.radar.history_dialog import OpenedDialog

        if self._card is not None:
            OpenedDialog(self._view, self._card.id, self).exec()

    # -- showing -------------------------------------------------------------------------

    def show_card(self, card: CustomerCard) -> None:
        """Show the dossier of a customer."""
        self._card = card
        known = self._view.office.radar.dossier(card.id)
        focused = self.window().focusWidget()  # under an open menu no widget has the focus
        kept = focused.item.label if isinstance(focused, MarkButton) else ""
        self.subtitle.setText(_summary(known) if known.items else "")
        fresh = self._rows(known) if known.items else self._empty()
        said = decoded_rows(self._view.office.radar.decoded(card.id), _LABEL_WIDTH)
        self._holder = self._put(self._holder, fresh)
        self._decoded = self._put(self._decoded, said)
        before: QWidget = self.look
        for mark in fresh.findChildren(MarkButton):
            # new rows join the order of Tab where they stand, not nowhere
            QWidget.setTabOrder(before, mark)
            before = mark
            if kept and mark.item.label == kept:
                mark.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, former: QWidget, fresh: QWidget) -> QWidget:
        self.body.replaceWidget(former, fresh)
        former.hide()
        former.deleteLater()
        return fresh

    def _empty(self) -> QWidget:
        made = EmptyState(
            NOTHING_YET, _("还没查过"), _("到网站上查好，回来粘贴识别或记一条。"), icon="search"
        )
        add = Button(_("记一条"), "default", "plus", name="radar_first")
        add.clicked.connect(self.add)
        made.add_button(add)
        return made

    def _rows(self, known: Dossier) -> QWidget:
        theme = themes.current()
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(5))
        grid.setColumnStretch(1, 1)
        for row, item in enumerate(known.items):
            label = ElidedLabel(translate(item.label), "small", "text2")
            label.setFixedWidth(theme.px(_LABEL_WIDTH))
            grid.addWidget(label, row, 0)
            grid.addWidget(self._value(item), row, 1)
            mark = MarkButton(item)
            mark.clicked.connect(partial(self._offer, mark))
            grid.addWidget(mark, row, 2)
            grid.setRowMinimumHeight(row, theme.px(20))
        stands = ElidedLabel(_how_it_stands(known), "caption", "text2")
        stands.setObjectName("radar_standing")
        set_tip(stands, stands.text())
        grid.addWidget(stands, len(known.items), 0, 1, 3)
        return holder

    def _value(self, item: RadarView) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(themes.current().px(6))
        value = ElidedLabel(item.value, "body", "text3" if item.stale else "text")
        value.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row.addWidget(value)
        source = Label(item.source, "caption", "text2")
        set_tip(source, self._told(item))
        row.addWidget(source)
        if item.tag:
            row.addWidget(Tag(translate(item.tag)))
        if item.stale:
            row.addWidget(Label(_("已旧"), "caption", "warn"))
        row.addStretch(1)
        return box

    def _told(self, item: RadarView) -> str:
        """Say where a value comes from, when, by whom, how sure, and what it contradicts."""
        today = self._view.office.context.today()
        said = [item.source, fmt.day(item.found_on, today), item.staff]
        if item.confidence:
            said.append(labels.of(labels.CONFIDENCE, item.confidence))
        if item.expires_on:
            said.append(_("有效到 {day}").format(day=fmt.day(item.expires_on, today)))
        if item.differs_from:
            said.append(_("与已核实的“{value}”不同").format(value=item.differs_from))
        if item.former:
            said.append(
                ngettext("另有 {count} 个旧值", "另有 {count} 个旧值", item.former).format(
                    count=item.former
                )
            )
        return _("，").join(one for one in said if one)

    # -- acts ----------------------------------------------------------------------------

    def _offer(self, button: MarkButton) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for mark in MARKS:
            words = translate(labels.RADAR_MARK[mark])
            menu.addAction(words, partial(self._mark, button.item, mark))
        menu.addSeparator()
        menu.addAction(_("编辑…"), partial(self.change, button.item))
        if button.item.former:
            menu.addAction(_("历史…"), partial(self.show_history, button.item))
        menu.addAction(_("删除"), partial(self._remove, button.item))
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _mark(self, item: RadarView, mark: str) -> None:
        if mark != item.mark or item.differs_from:
            self._view.office.radar.mark(item.id, mark)
            words = labels.of(labels.RADAR_MARK, mark)
            said(self._view, _("{label}：{mark}").format(label=item.label, mark=words))

    def _remove(self, item: RadarView) -> None:
        self._view.office.radar.remove(item.id)
        said(self._view, _("已删除 {label}").format(label=item.label))

    def add(self) -> None:
        """Note a fact."""
        if self._card is not None:
            note_fact(self._view, self._card.id, self)

    def paste(self, text: str = "") -> None:
        """Read a pasted block about the customer."""
        from app.views.radar.paste_dialog import PasteDialog

        if self._card is not None:
            PasteDialog(self._view, self._card, self, text).exec()

    def change(self, item: RadarView) -> None:
        """Change what is said of a value; another value is kept beside the former one."""
        dialog = RadarDialog(self._view, self, item)
        if dialog.exec():
            draft = dialog.draft()
            self._view.office.radar.correct(item.id, replace(draft, section=item.section))
            said(self._view, _("已改 {label}").format(label=draft.label))

    def show_history(self, item: RadarView) -> None:
        """Show every value an item has had."""
        from app.views.radar.history_dialog import HistoryDialog

        if self._card is not None:
            HistoryDialog(self._view, self._card.id, item.label, self).exec()


def _summary(known: Dossier) -> str:
    verified = sum(1 for item in known.items if item.mark == "verified")
    count = ngettext("{count} 项", "{count} 项", len(known.items)).format(count=len(known.items))
    return _("{count} · {verified} 已核实").format(count=count, verified=verified)


def _how_it_stands(known: Dossier) -> str:
    """Say how complete and how fresh a dossier is, and what it lacks."""
    said = [_("完整 {score}%").format(score=known.standing.score)]
    stale = sum(1 for item in known.items if item.stale)
    if stale:
        said.append(_("{stale} 已旧").format(stale=stale))
    if known.missing:
        words = _("、").join(translate(one) for one in known.missing)
        said.append(_("还缺 {items}").format(items=words))
    return " · ".join(said)
