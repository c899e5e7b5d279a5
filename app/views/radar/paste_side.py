"""Beside a pasted block: where to look, and the number as a code for the phone (screen 08)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.i18n import N_, _, translate
from app.services.customers.drafts import CustomerCard
from app.services.radar import Link, RadarDraft
from app.services.radar.links import values_of
from app.services.radar.scanning import dial, plain
from app.views.core import format as fmt
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.core.undoing import said
from app.views.followups.qr_popup import QrCode
from app.views.widgets.buttons import Button
from app.views.widgets.segmented import Segmented
from app.views.widgets.text import Label

_WIDTH = 230
_MOST_LINKS = 6
_WAYS = (("dial", N_("拨号")), ("微信", N_("微信")), ("支付宝", N_("支付宝")))


class PasteSide(QWidget):
    """Offer the places of the book (Alt+1 to 6) and a code that a phone scans."""

    chosen = Signal(object)

    def __init__(self, view: ViewContext, card: CustomerCard) -> None:
        super().__init__()
        theme = themes.current()
        self._view, self._card = view, card
        self.setObjectName("paste_side")
        self.setFixedWidth(theme.px(_WIDTH))
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.px(6))
        self._add_links()
        values = values_of(card)
        self._number = values["mobile"] or values["phone"]
        if self._number:
            self._add_code()
        self._rows.addStretch(1)

    # -- where to look ---------------------------------------------------------------------

    def _add_links(self) -> None:
        self._rows.addWidget(Label(_("去哪里查"), "section", "text"))
        self._rows.addWidget(Label(_("用浏览器打开"), "caption", "text2"))
        links = self._view.office.radar.links.all()[:_MOST_LINKS]
        for at, link in enumerate(links, start=1):
            button = Button(translate(link.title), "ghost", "globe", key=f"Alt+{at}", height=28,
                            name=f"paste_link_{at}")  # fmt: skip
            button.clicked.connect(partial(self._choose, link))
            QShortcut(QKeySequence(f"Alt+{at}"), self, partial(self._choose, link))
            self._rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _choose(self, link: Link) -> None:
        self.chosen.emit(link)

    # -- the code --------------------------------------------------------------------------

    def _add_code(self) -> None:
        theme = themes.current()
        self._rows.addSpacing(theme.px(8))
        self._rows.addWidget(Label(_("手机扫一扫"), "section", "text"))
        ways = [(key, translate(words)) for key, words in _WAYS]
        self.way = Segmented(ways, name="paste_way", spoken=_("手机扫一扫"))
        self.way.changed.connect(lambda _way: self._show_code())
        self._rows.addWidget(self.way)
        self._holder = QWidget()
        self._rows.addWidget(self._holder, 0, Qt.AlignmentFlag.AlignHCenter)
        number = Label(fmt.phone(self._number), "body_strong", "text")
        self._rows.addWidget(number, 0, Qt.AlignmentFlag.AlignHCenter)
        self.hint = Label("", "caption", "text2", wrap=True)
        self._rows.addWidget(self.hint)
        self.found = QLineEdit()
        self.found.setObjectName("paste_found")
        self.found.setAccessibleName(_("查到的号"))
        self.found.setPlaceholderText(_("查到的号"))
        self.found.setMaxLength(100)
        self.found.returnPressed.connect(self.note)
        self.keep = Button(_("记下"), "default", name="paste_note")
        self.keep.clicked.connect(self.note)
        row = QHBoxLayout()
        row.addWidget(self.found, 1)
        row.addWidget(self.keep)
        self._rows.addLayout(row)
        self._show_code()

    def _show_code(self) -> None:
        way = str(self.way.value())
        self.code = dial(self._number) if way == "dial" else plain(self._number)
        fresh = QrCode(self.code, side=168)
        fresh.setObjectName("paste_code")
        fresh.setAccessibleName(_("手机扫一扫：{text}").format(text=fmt.phone(self._number)))
        self._rows.replaceWidget(self._holder, fresh)
        self._holder.hide()
        self._holder.deleteLater()
        self._holder = fresh
        calling = way == "dial"
        self.hint.setText(_("扫码即拨号") if calling else _("扫码后把号码复制到手机里搜索"))
        for widget in (self.found, self.keep):
            widget.setEnabled(not calling)

    def note(self) -> None:
        """Keep the number that was found under that name."""
        way, value = str(self.way.value()), self.found.text().strip()
        if way == "dial" or not value:
            return
        draft = RadarDraft(way, value, section="phones", source=translate(N_("手机")))
        self._view.office.radar.add(self._card.id, draft)
        said(self._view, _("已记下 {label}").format(label=way))
        self.found.clear()
