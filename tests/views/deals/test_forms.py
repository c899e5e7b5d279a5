from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.services.deals import ContractDraft
from app.views.deals import acts
from app.views.deals.contract_form import contract_form, edit_contract, new_contract
from app.views.deals.payment_form import PaymentForm, new_payment

QINGHE = "青禾食品有限公司"


@pytest.fixture
def office(picture):
    return picture.office


@pytest.fixture
def customer_id(office):
    return office.customers.resolve(QINGHE)


def contracts(office, customer_id):
    return office.deals.contracts(customer_id).rows


def staff(office):
    return {one.name: one.id for one in office.staff.all()}


def test_a_contract_takes_46w_and_makes_the_customer_signed(picture, office, customer_id, dialogs):
    def fill(form):
        assert form.amount.value() == 8_800_000
        form.amount.setFocus()
        form.amount.selectAll()
        QTest.keyClicks(form.amount, "46w")
        form.name.setText("异物检测 X 光")
        form.save()

    dialogs("contract_form", fill)
    new_contract(picture.view, customer_id, picture)
    (one,) = contracts(office, customer_id)
    assert (one.amount_fen, one.name, one.code) == (46_000_000, "异物检测 X 光", "HT-2611-019")
    assert (one.signed_on, one.signer, one.status) == (date(2026, 11, 23), "周敏", "active")
    card = office.customers.card(customer_id)
    assert (card.life, card.stage_position) == ("signed", 5)
    picture.undo()
    card = office.customers.card(customer_id)
    assert (card.life, card.stage_position) == ("prospect", 2)


def test_shares_add_up_to_a_hundred(qtbot, picture, office, customer_id):
    form = contract_form(picture.view, customer_id, picture)
    qtbot.addWidget(form)
    people = staff(office)
    form.shares.add.click()
    first, second = form.shares._rows
    assert (first.weight.text(), second.weight.text()) == ("50", "50")
    first.weight.setText("70")
    form.shares.changed.emit()
    assert form.shares.sum.text() == "合计 120%，要凑到 100%"
    form.save()
    assert not contracts(office, customer_id)
    second.weight.setText("30")
    second.person.set_value(people["周敏"])
    assert form.shares.problem() == "同一个人写了两行"
    second.person.set_value(people["陈立"])
    form.save()
    (one,) = contracts(office, customer_id)
    shares = office.deals.shares(one.id)
    assert [(share.staff, share.weight) for share in shares] == [("周敏", 70), ("陈立", 30)]


def test_a_single_share_follows_the_signer(qtbot, picture, office, customer_id):
    form = contract_form(picture.view, customer_id, picture)
    qtbot.addWidget(form)
    form.signer.set_value(staff(office)["陈立"])
    form.signer.changed.emit(form.signer.value())
    form.save()
    (one,) = contracts(office, customer_id)
    assert [(share.staff, share.weight) for share in office.deals.shares(one.id)] == [("陈立", 100)]


@pytest.mark.parametrize(
    ("kind", "amount", "said"),
    [
        ("new", "", "金额还没填；没有金额的选框架合同"),
        ("new", "-5万", "只有补充协议的金额可以是负数"),
        ("renewal", "5-8万", "是一个范围，不是一个金额"),
        ("supplement", "-5万", ""),
        ("framework", "", ""),
    ],
)
def test_each_kind_asks_for_its_amount(qtbot, picture, office, customer_id, kind, amount, said):
    form = contract_form(picture.view, customer_id, picture)
    qtbot.addWidget(form)
    form.kind.set_value(kind)
    form.kind.changed.emit(kind)
    form.amount.setText(amount)
    form.save()
    assert form._amount_problem() == said
    assert len(contracts(office, customer_id)) == (0 if said else 1)
    assert form.as_new.isHidden() == (kind != "supplement")


def test_a_day_without_year_is_the_last_one(qtbot, picture, office, customer_id):
    form = contract_form(picture.view, customer_id, picture)
    qtbot.addWidget(form)
    form.signed.setText("12-28")
    assert form.signed.value() == date(2025, 12, 28)
    form.signed.setText("昨天")
    assert form.signed.value() == date(2026, 11, 22)
    form.signed.setText("")
    form.save()
    assert not contracts(office, customer_id)
    assert form._day_problem() == "签约日还没填"


def test_editing_writes_what_differs_and_nothing_else(picture, office, dialogs):
    customer_id = office.customers.resolve("汇融医疗器械有限公司")
    (one,) = contracts(office, customer_id)
    newest = office.undo.last()
    dialogs("contract_form", lambda form: form.save())
    edit_contract(picture.view, one, picture)
    assert picture.office.undo.last() == newest

    def fill(form):
        form.name.setText("导管测径二期")
        form.save()

    dialogs("contract_form", fill)
    edit_contract(picture.view, one, picture)
    assert contracts(office, customer_id)[0].name == "导管测径二期"
    picture.undo()
    assert contracts(office, customer_id)[0].name == "导管测径"


def test_void_asks_why_and_a_replacement_keeps_the_day(picture, office, dialogs):
    customer_id = office.customers.resolve("汇融医疗器械有限公司")
    (one,) = contracts(office, customer_id)

    def why(dialog):
        dialog.field.setText("条款重谈")
        dialog.ok.click()

    dialogs("line_dialog", why)
    acts.void(picture.view, picture, one)
    (gone,) = contracts(office, customer_id)
    assert (gone.status, gone.void_reason) == ("void", "条款重谈")
    assert office.customers.card(customer_id).life == "prospect"
    words = [entry.text() for entry in acts.contract_menu(picture.view, picture, gone).actions()]
    assert "重新签一份代替…" in words
    assert "作废…" not in words

    def fill(form):
        assert form.signed.value() == date(2026, 11, 9)
        assert not form.signed.isEnabled()
        form.save()

    from app.views.deals.contract_form import replace_contract

    dialogs("contract_form", fill)
    replace_contract(picture.view, gone, picture)
    fresh = next(row for row in contracts(office, customer_id) if row.status == "active")
    assert (fresh.signed_on, fresh.replaces_id) == (date(2026, 11, 9), one.id)
    assert office.customers.card(customer_id).life == "signed"


def test_a_payment_fills_in_what_is_open(picture, office, dialogs):
    customer_id = office.customers.resolve("汇融医疗器械有限公司")

    def fill(form):
        assert form.amount.value() == 10_400_000
        assert form.open_words.text() == "合同 ¥22.40万，已回 ¥12.00万，未回 ¥10.40万"
        form.method.set_value("电汇")
        QTest.keyClick(form.amount, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        if form.isVisible():
            form.save()

    dialogs("payment_form", fill)
    new_payment(picture.view, customer_id, picture)
    (one,) = contracts(office, customer_id)
    assert one.outstanding_fen == 0
    assert picture.toast_box._words.text() == "已登记回款 ¥10.40万"
    picture.undo()
    assert contracts(office, customer_id)[0].outstanding_fen == 10_400_000


def test_a_refund_needs_a_reason_and_never_exceeds_what_came(qtbot, picture, office):
    customer_id = office.customers.resolve("汇融医疗器械有限公司")
    form = PaymentForm(picture.view, customer_id, picture, refund=True)
    qtbot.addWidget(form)
    form.show()
    assert form.windowTitle() == "登记退款"
    assert form.note_row.label.text() == "原因（必填）"
    form.amount.setText("20万")
    form.save()
    assert form.note_row.error.text() == "退款要写原因"
    form.note.setText("数量减少")
    form.save()
    assert form.error_bar.isVisible()
    assert form.error_bar.accessibleName().startswith("退款超过了已收的款")
    form.amount.setText("2万")
    form.save()
    rows = office.deals.payments(customer_id).rows
    assert [row.amount_fen for row in rows] == [-2_000_000, 12_000_000]


def test_a_payment_asks_for_whom_when_nobody_is_chosen(qtbot, picture, office):
    form = PaymentForm(picture.view, 0, picture)
    qtbot.addWidget(form)
    form.save()
    assert form.form.rows[0].error.text() == "先选客户"
    customer_id = office.customers.resolve("海瑞食品机械有限公司")
    form.customer.set_customer(customer_id, "海瑞食品机械有限公司")
    form.customer.changed.emit(customer_id)
    assert form.amount.value() == 4_800_000
    form.save()
    assert office.deals.payments(customer_id).rows[0].amount_fen == 4_800_000


def test_a_renewal_makes_a_repeat_customer(qtbot, picture, office):
    customer_id = office.customers.resolve("恒软信息技术有限公司")
    office.deals.add_contract(
        ContractDraft(customer_id, date(2026, 11, 20), 100_00, kind="renewal")
    )
    assert office.customers.card(customer_id).life == "repeat"
