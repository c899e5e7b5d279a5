"""客户雷达 on a customer's page: facts with source and mark."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontMetrics, QPainter, QPaintEvent
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
from app.services.radar import MARKS, RadarView
from app.views.core import format as fmt
from app.views.core import icons, labels
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.core.undoing import said
from app.views.radar.item_dialog import RadarDialog, note_fact
from app.views.radar.links import LINKS
from app.views.widgets.buttons import Button
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
        paste.clicked.connect(self.paste)
        self.add_tool(paste)
        add = Button(_("记一条"), "default", "plus", height=24, name="radar_add")
        add.clicked.connect(self.add)
        self.look = Button(_("查"), "default", "globe", height=24, name="radar_look")
        set_tip(self.look, _("在浏览器里打开；本软件不联网"))
        self.look.set_menu(self._make_links())
        self.add_tool(add)
        self.add_tool(self.look)
        self._holder = QWidget()
        self.body.addWidget(self._holder)
        self.body.addStretch(1)

    def _make_links(self) -> QMenu:
        menu = QMenu(self)
        for link in LINKS:
            menu.addAction(translate(link.title), partial(self._open_link, link))
        return menu

    def _open_link(self, link: object) -> None:
        if self._card is not None:
            QDesktopServices.openUrl(QUrl(link.of(self._card)))  # type: ignore[attr-defined]  # a Link

    # -- showing -------------------------------------------------------------------------

    def show_card(self, card: CustomerCard) -> None:
        """Show the facts about a customer."""
        self._card = card
        items = self._view.office.radar.items(card.id)
        verified = sum(1 for item in items if item.mark == "verified")
        count = ngettext("{count} 项", "{count} 项", len(items)).format(count=len(items))
        known = _("{count} · {verified} 已核实").format(count=count, verified=verified)
        self.subtitle.setText(known if items else "")
        fresh = self._rows(items) if items else self._empty()
        self.body.replaceWidget(self._holder, fresh)
        self._holder.hide()
        self._holder.deleteLater()
        self._holder = fresh

    def _empty(self) -> QWidget:
        made = EmptyState(
            NOTHING_YET, _("还没查过"), _("到网站上查好，回来粘贴识别或记一条。"), icon="search"
        )
        add = Button(_("记一条"), "default", "plus", name="radar_first")
        add.clicked.connect(self.add)
        made.add_button(add)
        return made

    def _rows(self, items: list[RadarView]) -> QWidget:
        theme = themes.current()
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(5))
        grid.setColumnStretch(1, 1)
        for row, item in enumerate(items):
            label = ElidedLabel(translate(item.label), "small", "text2")
            label.setFixedWidth(theme.px(_LABEL_WIDTH))
            grid.addWidget(label, row, 0)
            grid.addWidget(self._value(item), row, 1)
            mark = MarkButton(item)
            mark.clicked.connect(partial(self._offer, mark))
            grid.addWidget(mark, row, 2)
            grid.setRowMinimumHeight(row, theme.px(20))
        return holder

    def _value(self, item: RadarView) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(themes.current().px(6))
        value = ElidedLabel(item.value, "body", "text")
        value.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row.addWidget(value)
        source = Label(item.source, "caption", "text2")
        found = fmt.day(item.found_on, self._view.office.context.today())
        set_tip(source, _("{source}，{day}，{person}").format(
            source=item.source, day=found, person=item.staff))  # fmt: skip
        row.addWidget(source)
        row.addStretch(1)
        return box

    # -- acts ----------------------------------------------------------------------------

    def _offer(self, button: MarkButton) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for mark in MARKS:
            words = translate(labels.RADAR_MARK[mark])
            menu.addAction(words, partial(self._mark, button.item, mark))
        menu.addSeparator()
        menu.addAction(_("编辑…"), partial(self.change, button.item))
        menu.addAction(_("删除"), partial(self._remove, button.item))
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _mark(self, item: RadarView, mark: str) -> None:
        if mark != item.mark:
            self._view.office.radar.change(item.id, mark=mark)
            words = labels.of(labels.RADAR_MARK, mark)
            said(self._view, _("{label}：{mark}").format(label=item.label, mark=words))

    def _remove(self, item: RadarView) -> None:
        self._view.office.radar.remove(item.id)
        said(self._view, _("已删除 {label}").format(label=item.label))

    def add(self) -> None:
        """Note a fact."""
        if self._card is not None:
            note_fact(self._view, self._card.id, self)

    def paste(self) -> None:
        """Read a pasted block about the customer."""
        from app.views.radar.paste_dialog import PasteDialog

        if self._card is not None:
            PasteDialog(self._view, self._card, self).exec()

    def change(self, item: RadarView) -> None:
        """Change a fact."""
        dialog = RadarDialog(self._view, self, item)
        if dialog.exec():
            draft = dialog.draft()
            self._view.office.radar.change(
                item.id,
                label=draft.label,
                value=draft.value,
                source=draft.source,
                found_on=draft.found_on,
                mark=draft.mark,
            )
            said(self._view, _("已改 {label}").format(label=draft.label))
