"""Open a place to look in the person's own browser, and take what comes back (5.5)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.i18n import _, ngettext, translate
from app.services.customers.drafts import CustomerCard
from app.services.radar.links import VARIABLES, Link, lacking, values_of
from app.views.core import forms
from app.views.core.errors import show_error
from app.views.core.page import ViewContext

WATCHED_MS = 60_000
_LONGEST = 20_000
_SEEN = "radar_links_seen"


class ClipboardWatch(QObject):
    """Look at the clipboard for a minute after a place was opened; offer what can be read."""

    def __init__(self, view: ViewContext, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("clipboard_watch")
        self._view = view
        self._card: CustomerCard | None = None
        self._before = ""
        self._offered: Callable[[str], None] = lambda _text: None
        self._say: Callable[[str, Callable[[], None]], None] = self._toast
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.timeout.connect(self.stop)

    @property
    def watching(self) -> bool:
        """Tell whether the minute is not over."""
        return self._end.isActive()

    def start(
        self,
        card: CustomerCard,
        offered: Callable[[str], None],
        say: Callable[[str, Callable[[], None]], None] | None = None,
    ) -> None:
        """Watch for a customer; ``offered`` gets the text when the person wants it read.

        ``say`` tells what was found with the act that takes it, in a toast without.
        """
        self.stop()
        self._card, self._offered, self._say = card, offered, say or self._toast
        self._before = _copied()
        QGuiApplication.clipboard().dataChanged.connect(self._look)
        # some systems tell a program about the clipboard only when it is in front again
        QGuiApplication.instance().applicationStateChanged.connect(self._returned)  # type: ignore[union-attr]
        self._end.start(WATCHED_MS)

    def stop(self) -> None:
        """Watch no longer."""
        if self._card is None:
            return
        self._card = None
        self._end.stop()
        QGuiApplication.clipboard().dataChanged.disconnect(self._look)
        QGuiApplication.instance().applicationStateChanged.disconnect(self._returned)  # type: ignore[union-attr]

    def _returned(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._look()

    def _look(self) -> None:
        text = _copied()
        if self._card is None or not text.strip() or text == self._before:
            return
        self._before = text
        lines, _rest = self._view.office.radar.compare(self._card.id, text)
        if not lines:
            return
        offered = self._offered
        count = len(lines)
        words = ngettext(
            "复制的文字里认出 {count} 项", "复制的文字里认出 {count} 项", count
        ).format(count=count)  # fmt: skip
        self.stop()
        self._say(words, lambda: offered(text))

    def _toast(self, words: str, take: Callable[[], None]) -> None:
        self._view.toast(words, link=(_("粘贴识别"), take))


def _copied() -> str:
    return QGuiApplication.clipboard().text()[:_LONGEST]


def open_link(view: ViewContext, parent: QWidget, card: CustomerCard, link: Link) -> bool:
    """Open a link for a customer and keep that it was; tell whether it was opened.

    The exact address is shown before a link is used for the first time.
    """
    missing = lacking(link, values_of(card))
    if missing:
        words = _("、").join(translate(VARIABLES[one]) for one in missing)
        view.toast(_("这家客户没有{what}，打不开").format(what=words))
        return False
    try:
        address = view.office.radar.links.address(link, card)
    except UserError as error:
        show_error(parent, error)
        return False
    if not _agreed(view, parent, link, address):
        return False
    # as it is shown: an address in GBK must not be written in UTF-8 anew
    if not QDesktopServices.openUrl(QUrl.fromEncoded(address.encode())):
        view.toast(_("没有能打开它的程序：{address}").format(address=address))
        return False
    view.office.radar.links.note_opened(card.id, link, address)
    return True


def _agreed(view: ViewContext, parent: QWidget, link: Link, address: str) -> bool:
    seen = view.prefs.get(_SEEN, [])
    known = list(seen) if isinstance(seen, list) else []
    if link.address in known:
        return True
    text = _("{address}\n\n在您自己的浏览器里打开；本软件不联网。同一个网址下次不再问。")
    if not forms.ask(
        parent, _("打开这个网址？"), text.format(address=address), yes=_("打开")
    ):  # fmt: skip
        return False
    view.prefs.set(_SEEN, [*known, link.address])
    return True
