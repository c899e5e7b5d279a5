"""Cut the customer list, tag what is found, keep it as a view, walk through it: keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app import bootstrap
from app.models.values import dates
from app.models.values.clock import FixedClock
from app.models.values.nextstep import Bucket
from app.services.customers.drafts import CustomerDraft
from app.services.followups.drafts import NextStepDraft

PASSPHRASE = "lanhai-7392x"
NOW = "2026-11-23T14:46:00+08:00"
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def book(make_book):
    """Fill a book with six customers."""
    folder, _code = make_book(passphrase=PASSPHRASE)
    clock = FixedClock(dates.parse_instant(NOW, dates.zone("Asia/Shanghai")))
    office = bootstrap.open_office(folder, passphrase=lambda _envelope: PASSPHRASE, clock=clock)
    office.staff.act_as("周敏")
    for at, name in enumerate(("恒锐", "恒润", "海川", "启明", "百川", "青禾")):
        made = office.customers.add(CustomerDraft(name, region="苏州" if at < 3 else "无锡"))
        office.followups.schedule(made, NextStepDraft(Bucket.later_today))
    office.close()
    return folder


class Keys:
    """Press keys where the focus of a window is, nowhere else."""

    def __init__(self, window):
        self.window = window

    def press(self, keys, modifier=Qt.KeyboardModifier.NoModifier):
        """Press a key, or type letters."""
        target = self.window.focusWidget()
        if isinstance(keys, str):
            QTest.keyClicks(target, keys)
        else:
            QTest.keyClick(target, keys, modifier)

    def tab_to(self, name):
        """Press Tab until the control of a name has the focus."""
        seen = []
        while len(seen) < 80:
            here = self.window.focusWidget().objectName()
            if here == name:
                return
            seen.append(here)
            self.press(Key.Key_Tab)
        raise AssertionError(f"{name} not among {seen}")


def test_a_list_is_cut_tagged_kept_and_walked_by_keys(qtbot, run, book, dialogs):
    session = run(book=book, now=NOW, actor="周敏")
    qtbot.waitUntil(lambda: session.cover.page is not None, timeout=20_000)
    qtbot.waitUntil(session.cover.page.field.hasFocus, timeout=20_000)
    keys = Keys(session.shell)
    QTest.keyClicks(session.cover.page.field, PASSPHRASE)
    QTest.keyClick(session.cover.page.field, Key.Key_Return)
    qtbot.waitUntil(lambda: session.office is not None, timeout=30_000)
    qtbot.waitUntil(session.shell.page().list.hasFocus)
    keys.press(Key.Key_2, CTRL)
    page = session.shell.page()
    qtbot.waitUntil(lambda: page.PAGE_ID == "customers" and page.table.hasFocus())
    # letters begin a search; Down goes back into what was found
    keys.press("h")
    qtbot.waitUntil(lambda: page.rows.answer.state.text == "h" and page.rows.answer.total == 3)
    keys.press(Key.Key_Down)
    qtbot.waitUntil(page.table.hasFocus)
    keys.press(Key.Key_A, CTRL)
    assert page.rows.ticked_count() == 3

    def write_tag(shown):
        QTest.keyClicks(shown.search, "vip")
        QTest.keyClick(shown.search, Key.Key_Return)
        QTest.keyClick(shown.search, Key.Key_Return)

    def agree(shown):
        qtbot.waitUntil(shown.ok.isEnabled)
        QTest.keyClick(shown.ok, Key.Key_Space)

    dialogs("tag_dialog", write_tag)
    dialogs("preview_dialog", agree)
    keys.tab_to("bulk_tag")
    keys.press(Key.Key_Space)
    tags = session.office.customers.tags
    qtbot.waitUntil(lambda: [one.label for one in tags.all()] == ["vip"])
    assert len(tags.of_customers([row.customer.id for row in rows(page)])) == 3
    # group them, keep that as a view, and walk from customer to customer
    page.table.setFocus()
    page.controls.group_by("region")
    qtbot.waitUntil(lambda: page.rows.answer.grouped is not None)

    def name_it(shown):
        shown.field.setText("老客户")
        QTest.keyClick(shown.field, Key.Key_Return)

    dialogs("line_dialog", name_it)
    keys.tab_to("view_save")
    keys.press(Key.Key_Space)
    (kept,) = session.office.views.all("customers")
    assert (kept.title, kept.group) == ("老客户", "region")
    qtbot.waitUntil(lambda: not page.rows.loader._jobs)
    page.table.setFocus()
    keys.press(Key.Key_Home)
    keys.press(Key.Key_Down)
    first = page.table.current_object().customer.id
    keys.press(Key.Key_Return)
    shown = session.shell.page()
    qtbot.waitUntil(lambda: shown.PAGE_ID == "customer" and shown.customer_id == first)
    qtbot.waitUntil(lambda: shown.card is not None and shown.card.id == first)
    session.shell.activateWindow()
    qtbot.waitUntil(session.shell.isActiveWindow)
    keys.press(Key.Key_Down, ALT)
    qtbot.waitUntil(lambda: shown.customer_id != first)


def rows(page):
    """Return the customers that are shown."""
    model = page.rows.model
    return [model.row(at) for at in range(model.rowCount())]
