import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from python_calamine import CalamineWorkbook

from app import i18n
from app.services.deals import ContractDraft, PaymentDraft
from app.views.core.runner import board
from app.views.transfer.export_dialog import ExportDialog

Key = Qt.Key


@pytest.fixture
def page(qtbot, picture):
    picture.navigate("deals")
    shown = picture.page()
    qtbot.waitUntil(lambda: shown.list().totals.count == 6)
    return shown


def names(deals):
    model = deals.model
    rows = [model.row(at) for at in range(model.rowCount())]
    return [row.customer if row else "" for row in rows]


def sums(deals):
    return deals.sums.accessibleName()


def test_contracts_stand_newest_first_with_their_sums(page):
    assert names(page.contracts)[:2] == ["百川阀门有限公司", "汇融医疗器械有限公司"]
    assert sums(page.contracts) == "已签 ¥54.90万，已回 ¥26.90万，未回 ¥28.00万"
    assert [page.bar.tabText(at) for at in range(2)] == ["合同  6", "回款  5"]
    assert page.status_left() == "合同 6 份"
    assert page.contracts.table.hasFocus()


def test_the_models_keep_their_promises(page, qtbot):
    warn = QAbstractItemModelTester.FailureReportingMode.Warning
    testers = [QAbstractItemModelTester(one.model, warn) for one in (page.contracts, page.payments)]
    page.show_tab("payments")
    qtbot.waitUntil(lambda: page.payments.model.rowCount() == 5)
    assert len(testers) == 2


def test_payments_have_their_own_tab_and_sums(qtbot, page, picture):
    customer_id = picture.office.customers.resolve("百川阀门有限公司")
    picture.office.deals.add_payment(
        PaymentDraft(customer_id, picture.office.context.today(), -1_00, note="抹零")
    )
    page.show_tab("payments")
    qtbot.waitUntil(lambda: page.payments.totals.count == 6)
    assert sums(page.payments) == "净回款 ¥26.90万，其中退款 ¥1"
    page.state.set_value("refund")
    page.state.activated.emit(page.state.currentIndex())
    qtbot.waitUntil(lambda: names(page.payments) == ["百川阀门有限公司"])
    assert page.new.text() == "登记回款"


def test_the_filters_cut_list_and_sums(qtbot, page):
    page.state.set_value("outstanding")
    page.state.activated.emit(page.state.currentIndex())
    qtbot.waitUntil(lambda: page.contracts.totals.count == 3)
    assert sums(page.contracts) == "已签 ¥46.40万，已回 ¥18.40万，未回 ¥28.00万"
    page.search.setText("导管")
    page.search.search_now()
    qtbot.waitUntil(lambda: names(page.contracts) == ["汇融医疗器械有限公司"])
    page.search.setText("没有这个")
    page.search.search_now()
    qtbot.waitUntil(lambda: page.contracts.stack.currentWidget() is page.contracts.none)
    assert page.contracts.sums.isHidden()


def test_a_period_cuts_by_signing_day(qtbot, page):
    page.period.setCurrentIndex(1)
    page.period.activated.emit(1)
    qtbot.waitUntil(lambda: page.contracts.totals.count == 3)
    page.person.set_value(None)
    page.period.setCurrentIndex(3)
    page.period.activated.emit(3)
    qtbot.waitUntil(lambda: page.contracts.totals.count == 6)


def test_void_and_draft_contracts_are_listed_but_not_summed(qtbot, page, picture):
    customer_id = picture.office.customers.resolve("青禾食品有限公司")
    deals = picture.office.deals
    deals.add_contract(ContractDraft(customer_id, None, 100_000_00, status="draft"))
    gone = deals.add_contract(ContractDraft(customer_id, picture.office.context.today(), 7_00))
    deals.void_contract(gone, "写错了")
    qtbot.waitUntil(lambda: page.contracts.totals.count == 8)
    assert sums(page.contracts) == "已签 ¥54.90万，已回 ¥26.90万，未回 ¥28.00万"


def test_enter_edits_and_letters_search(qtbot, page, dialogs):
    dialogs("contract_form", lambda form: form.reject())
    QTest.keyClick(page.contracts.table, Key.Key_Return)
    QTest.keyClicks(page.contracts.table, "H")
    assert page.window().focusWidget() is page.search
    assert page.search.text() == "H"


def test_ctrl_n_asks_for_what_the_tab_shows(qtbot, page, dialogs):
    seen = []
    dialogs("contract_form", lambda form: (seen.append(form.windowTitle()), form.reject()))
    page.commands()["new"]()
    page.show_tab("payments")
    dialogs("payment_form", lambda form: (seen.append(form.windowTitle()), form.reject()))
    page.commands()["new"]()
    assert seen == ["登记合同", "登记回款"]


def test_a_payment_from_the_list_is_for_the_current_contract(page, dialogs):
    page.contracts.table.go_to(1)
    seen = []
    dialogs(
        "payment_form",
        lambda form: (seen.append((form.contract.currentText(), form.amount.value())),
                      form.reject()),
    )  # fmt: skip
    page.commands()["payment"]()
    assert seen == [("HT-2611-015 导管测径", 10_400_000)]


def test_the_customer_opens_from_a_payment(qtbot, page, picture):
    page.show_tab("payments")
    qtbot.waitUntil(lambda: page.payments.model.rowCount() == 5)
    page._open_row(page.payments.model.row(0))
    assert picture.page().card.name == "百川阀门有限公司"
    picture.go_back()
    assert picture.page() is page
    assert page.params() == {"tab": "payments"}


def test_english_tabs_name_many(picture, qtbot):
    i18n.set_language("en")
    picture.navigate("deals")
    page = picture.page()
    qtbot.waitUntil(lambda: page.bar.tabText(0).startswith("Contracts  "))
    qtbot.waitUntil(lambda: page.bar.tabText(1).startswith("Payments  "))


def test_what_a_list_shows_goes_to_a_file(qtbot, page, tmp_path):
    page.state.set_value("outstanding")
    page.state.activated.emit(page.state.currentIndex())
    qtbot.waitUntil(lambda: page.contracts.totals.count == 3)
    shown = names(page.contracts)
    QTest.keyClick(page.contracts.table, Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = page.findChild(ExportDialog)
    assert dialog.notes.text() == "状态：还有未回款"
    assert not dialog.what.isVisible()
    path = tmp_path / "合同.xlsx"
    dialog.write(path)
    qtbot.waitUntil(path.exists, timeout=20_000)
    qtbot.waitUntil(lambda: not board().jobs)
    head, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert head == ["客户名称", "编号", "合同名称", "性质", "签约", "金额 ¥", "已回 ¥", "进度",
                    "未回 ¥", "状态", "签约人", "备注"]  # fmt: skip
    assert [row[0] for row in rows] == shown
    first = page.contracts.model.row(0)
    assert rows[0][4:7] == [first.signed_on, first.amount_fen / 100, first.received_fen / 100]


def test_all_contracts_are_copied(qtbot, page):
    page.contracts.table.selectAll()
    page.contracts.table.copy()
    qtbot.waitUntil(lambda: not board().jobs)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[0] for line in lines] == ["客户名称", *names(page.contracts)]
