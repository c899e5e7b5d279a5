"""Places to look: shown before first use, opened by the system, kept, the clipboard watched."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from app.services.radar.links import Link


class Browser(QObject):
    """Stand in the place of the system's browser."""

    def __init__(self):
        super().__init__()
        self.opened = []

    @Slot("QUrl")
    def take(self, url):
        self.opened.append(bytes(url.toEncoded()).decode())


@pytest.fixture
def browser(qapp):
    made = Browser()
    for scheme in ("https", "tel"):
        QDesktopServices.setUrlHandler(scheme, made, "take")
    yield made
    for scheme in ("https", "tel"):
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def page(qtbot, picture):
    customer_id = picture.office.customers.resolve("无锡启明自动化设备有限公司")
    picture.navigate("customer", customer_id=customer_id)
    shown = picture.page()
    qtbot.waitUntil(lambda: shown.card is not None)
    return shown


def agree(dialogs, wanted=True, told=None):
    def answer(box):
        if told is not None:
            told.append(box.informativeText())
        box.findChild(QAbstractButton, "agree" if wanted else "cancel").click()

    dialogs("question", answer)


def test_the_exact_address_is_shown_before_the_first_use_only(page, dialogs, browser):
    panel, link = page.tools.radar, Link("找", "https://a.cn/s?q={contact|gbk}")
    told = []
    agree(dialogs, told=told)
    panel.open_link(link)
    assert told[0].startswith("https://a.cn/s?q=%CB%EF%C0%F6\n")
    assert browser.opened == ["https://a.cn/s?q=%CB%EF%C0%F6"]
    panel.open_link(link)
    assert len(browser.opened) == 2
    opened = page.view.office.radar.links.opened(page.customer_id)
    assert [one.address for one in opened] == ["https://a.cn/s?q=%CB%EF%C0%F6"] * 2
    assert opened[0].staff == "周敏"


def test_no_means_nothing_is_opened_or_kept(page, dialogs, browser):
    agree(dialogs, wanted=False)
    page.tools.radar.open_link(Link("找", "https://a.cn/{name}"))
    assert browser.opened == []
    assert page.view.office.radar.links.opened(page.customer_id) == []
    assert not page.tools.radar.watch.watching


def test_what_the_customer_lacks_is_said(page, browser, picture):
    page.tools.radar.open_link(Link("找", "https://a.cn/{uscc|raw}/{email}"))
    assert picture.toast_box.accessibleName() == "这家客户没有统一代码、邮箱，打不开"
    assert browser.opened == []


def test_what_comes_back_in_the_clipboard_is_offered(qtbot, page, dialogs, browser, picture):
    QGuiApplication.clipboard().setText("以前的")
    panel = page.tools.radar
    agree(dialogs)
    panel.open_link(Link("找", "https://a.cn/{name}", watched=True))
    assert panel.watch.watching
    QGuiApplication.clipboard().setText("今天天气不错")
    assert panel.watch.watching  # nothing in it that could be read
    QGuiApplication.clipboard().setText("注册资本：9,900万元人民币\n官网：www.qiming.example")
    qtbot.waitUntil(lambda: not panel.watch.watching)

    def look(dialog):
        assert {row.line.key for row in dialog.rows} == {"capital_fen", "website"}
        dialog.reject()

    dialogs("paste_dialog", look)
    picture.toast_box.findChild(QAbstractButton, "toast_undo").click()


def test_a_link_without_watch_leaves_the_clipboard_alone(page, dialogs, browser):
    agree(dialogs)
    page.tools.radar.open_link(Link("找", "https://a.cn/{name}", watched=False))
    assert not page.tools.radar.watch.watching


def test_the_menu_offers_the_links_of_the_book_with_their_keys(page):
    panel = page.tools.radar
    panel._fill_links()
    words = [one.text() for one in panel._menu.actions() if one.text()]
    assert words[0].startswith("&1")
    assert "搜索：新闻" in words[2]
    assert words[-1] == "打开过的…"


def test_what_was_opened_is_listed(page, dialogs, browser):
    agree(dialogs)
    page.tools.radar.open_link(Link("找一下", "https://a.cn/{name}"))

    def look(dialog):
        (row,) = dialog.table.rows
        assert row.title == "找一下"
        dialog.reject()

    dialogs("radar_opened", look)
    page.tools.radar.show_opened()


def test_beside_the_pasted_text_places_open_by_key_and_fill_the_empty_box(
    qtbot, page, dialogs, browser
):
    page.view.prefs.set("radar_links_seen", [page.view.office.radar.links.all()[1].address])

    def look(dialog):
        qtbot.waitUntil(dialog.isActiveWindow)
        QTest.keyClick(dialog.text, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        assert len(browser.opened) == 1
        assert browser.opened[0].startswith("https://www.baidu.com/s?wd=%E6%97%A0")
        QGuiApplication.clipboard().setText("注册资本：8,800万元人民币")
        assert dialog.text.toPlainText() == "注册资本：8,800万元人民币"
        dialog.read()
        assert [row.line.key for row in dialog.rows] == ["capital_fen"]
        dialog.reject()

    QGuiApplication.clipboard().setText("以前的")
    dialogs("paste_dialog", look)
    page.tools.radar.paste()


def test_the_code_for_the_phone_is_black_on_white_with_a_quiet_zone(page, dialogs):
    def look(dialog):
        side = dialog.side
        assert side.isVisible()
        assert side.code == "tel:13805127746"
        side.way.set_value("微信")
        side._show_code()
        assert side.code == "13805127746"
        picture = side._holder.grab().toImage()
        white = {picture.pixelColor(at, at).name() for at in range(8)}
        assert white == {"#ffffff"}
        names = {picture.pixelColor(x, y).name()
                 for x in range(picture.width()) for y in range(picture.height())}  # fmt: skip
        assert names == {"#ffffff", "#000000"}
        side.found.setText("sunli_qm")
        QTest.keyClick(side.found, Qt.Key.Key_Return)
        assert side.found.text() == ""
        dialog.reject()

    dialogs("paste_dialog", look)
    page.tools.radar.paste()
    items = {one.label: one for one in page.view.office.radar.items(page.customer_id)}
    assert (items["微信"].value, items["微信"].section) == ("sunli_qm", "phones")


def test_a_narrow_dialog_leaves_the_side_out(page, dialogs, picture):
    picture.resize(960, 540)

    def look(dialog):
        assert not dialog.side.isVisible()
        assert dialog.width() <= 960
        assert dialog.height() <= 540
        dialog.reject()

    dialogs("paste_dialog", look)
    page.tools.radar.paste()
