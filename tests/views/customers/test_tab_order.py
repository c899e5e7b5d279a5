"""Tab reaches everything, in the order the eye goes, and nothing traps it."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.views.customers.contact_dialog import ContactDialog
from app.views.customers.customer_form import CustomerForm
from app.views.deals.contract_form import contract_form
from app.views.deals.payment_form import PaymentForm

QIMING = "无锡启明自动化设备有限公司"


def stops(root):
    tab = Qt.FocusPolicy.TabFocus
    return {
        one
        for one in root.findChildren(QWidget)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & tab
        and one.focusProxy() is None and one.window() is root.window()
    }  # fmt: skip


def walk(root):
    """Press Tab until a widget comes again; return those of the root in order."""
    seen = []
    while QApplication.focusWidget() not in seen:
        seen.append(QApplication.focusWidget())
        QTest.keyClick(seen[-1], Qt.Key.Key_Tab)
        assert len(seen) < 200
    return [one for one in seen if root.isAncestorOf(one)]


def settle(qtbot, root):
    qtbot.waitUntil(root.window().isActiveWindow)
    qtbot.wait(20)  # the order is made once everything has its place


@pytest.mark.parametrize("page_id", ["customers", "deals", "customer"])
def test_tab_walks_each_page(qtbot, picture, page_id):
    params = {}
    if page_id == "customer":
        params = {"customer_id": picture.office.customers.resolve(QIMING)}
    picture.navigate(page_id, **params)
    page = picture.page()
    if page_id == "customers":
        qtbot.waitUntil(lambda: page.rows.answer is not None and bool(page.counts))
    if page_id == "deals":
        qtbot.waitUntil(lambda: page.contracts.totals.count == 6)
    settle(qtbot, picture)
    page.focus_first()
    walked = walk(page)
    assert set(walked) == stops(page)
    assert len(walked) == len(set(walked))


def test_tab_goes_through_the_customer_page_as_the_eye_does(qtbot, picture):
    picture.navigate("customer", customer_id=picture.office.customers.resolve(QIMING))
    page = picture.page()
    settle(qtbot, picture)
    page.focus_first()
    walked = walk(page)
    regions = (page.head, page.strip, *page.tools.panels(), page.side)
    places = [next(at for at, region in enumerate(regions) if region.isAncestorOf(one))
              for one in walked]  # fmt: skip
    # the walk begins in the chain, the last region, and comes round to the head
    assert places[0] == len(regions) - 1
    assert places[1:] == sorted(places[1:])


@pytest.mark.parametrize("form", ["customer", "contact", "contract", "payment"])
def test_tab_walks_each_form_from_top_to_bottom(qtbot, picture, form):
    view, office = picture.view, picture.office
    customer_id = office.customers.resolve(QIMING)
    made = {
        "customer": lambda: CustomerForm(view, picture),
        "contact": lambda: ContactDialog(
            view, customer_id, picture, office.customers.contacts(customer_id)[0]
        ),
        "contract": lambda: contract_form(view, customer_id, picture),
        "payment": lambda: PaymentForm(view, customer_id, picture),
    }[form]()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    settle(qtbot, made)
    fields = [one for one in stops(made) if "area" not in one.objectName()]
    first = min(fields, key=lambda one: one.mapTo(made, QPoint(0, 0)).y())
    first.setFocus()
    walked = walk(made)
    assert set(walked) == set(fields)
    inside = [one for one in walked if one.objectName() not in ("", "customer_save", "deal_save")]
    heights = [one.mapTo(made, QPoint(0, one.height() // 2)).y() for one in inside]
    assert all(below - above > -12 for above, below in pairwise(heights))


def test_focus_stays_where_a_panel_was_made_anew(qtbot, picture):
    picture.navigate("customer", customer_id=picture.office.customers.resolve(QIMING))
    page = picture.page()
    settle(qtbot, picture)
    tag = next(one for one in page.tools.calibration.nodes._shown if one.node == "样机测试")
    tag.setFocus()
    QTest.keyClick(tag, Qt.Key.Key_Space)
    qtbot.waitUntil(
        lambda: any(one.node == "样机测试" and one.marked
                    for one in page.tools.calibration.nodes._shown)
    )  # fmt: skip
    qtbot.waitUntil(lambda: picture.focusWidget().objectName() == "node_样机测试")
