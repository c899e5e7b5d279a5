import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.values.nextstep import Bucket
from app.services.customers import CustomerDraft
from app.services.deals import ContractDraft
from app.services.followups.drafts import FollowupDraft

Key = Qt.Key
QIMING = "无锡启明自动化设备有限公司"


@pytest.fixture
def page(open_customer):
    return open_customer(QIMING)


def card(page):
    return page.view.office.customers.card(page.customer_id)


def rows(page):
    return [row.title for row in page.side.chain.list.rows.rows]


def test_it_shows_everything_about_one_customer(page, picture):
    assert picture.windowTitle() == f"跟单 — {QIMING}"
    assert page.head.name.text() == QIMING
    assert page.head.place.isHidden()
    stages = page.strip.stages._stages
    assert [(one.name, one.note) for one in stages][:4] == [
        ("新客", "08-15"), ("初访", "08-27"), ("需求", "11-12"), ("方案", "第 11 天"),
    ]  # fmt: skip
    assert stages[5].note == ""
    assert page.strip.forward.text() == "推进到谈判"
    assert page.tools.radar.subtitle.text() == "7 项 · 5 已核实"
    assert page.tools.calibration.subtitle.text() == "三一客 · 11-20 由周敏标定"
    assert page.tools.calibration.path.text() == (
        "变化 未标定 08-15 → 不确定·正常 09-02 → 有价值·大单 11-20"
    )
    assert page.tools.calibration.left.text() == "还有 35 天"
    assert page.tools.features.subtitle.text() == "已填 6 / 8"
    assert page.tools.deals.subtitle.text() == "已签 ¥2.40万 · 已回 ¥2.40万"
    tabs = [page.side.bar.tabText(at) for at in range(4)]
    assert tabs == ["跟单链  9", "成交  1", "回款  1", "联系人  3"]
    assert page.status_left() == "跟单链 9 条    最近动作 3 天前"
    assert page.side.chain.list.hasFocus()


def test_the_chain_is_cut_by_chips(page):
    whole = len(rows(page))
    chips = {chip.choice.value: chip for chip in page.side.chain.chips.chips}
    assert chips["call"].text() == "通话 3"
    chips["deal"].click()
    assert rows(page) == ["回款 ¥2.40万", "成交 · HT-2609-041 测试治具小单"]
    chips = {chip.choice.value: chip for chip in page.side.chain.chips.chips}
    chips["all"].click()
    assert len(rows(page)) == whole


def test_a_long_chain_comes_in_parts(qtbot, page, picture, monkeypatch):
    from app.views.customers import chain_tab

    monkeypatch.setattr(chain_tab, "CHUNK", 8)
    page.side.chain._customer_id = 0
    page.side.chain.show_customer(page.customer_id)
    first = len(page.side.chain.entries)
    assert first < 8
    everything = picture.office.followups.timeline(page.customer_id)
    while page.side.chain._more:
        page.side.chain._older()
    assert [(one.kind, one.id) for one in page.side.chain.entries] == [
        (one.kind, one.id) for one in everything
    ]
    assert page.side.chain.list.rows.rowCount() == len(everything) > first


def test_one_click_on_a_value_chip_saves_and_undoes(qtbot, page, picture):
    panel = page.tools.calibration
    panel.quality.pick("2")
    assert card(page).quality == "unsure"
    assert picture.toast_box._words.text() == "已标定 不确定"
    qtbot.waitUntil(lambda: page.card.quality == "unsure")
    panel.grade.pick("6")
    assert card(page).grade == "small"
    picture.undo()
    picture.undo()
    qtbot.waitUntil(lambda: (page.card.quality, page.card.grade) == ("valuable", "big"))
    assert panel.quality.value() == "valuable"
    picture.redo()
    qtbot.waitUntil(lambda: page.card.quality == "unsure")


def test_no_value_asks_why_and_offers_to_give_up(qtbot, page, dialogs, compose):
    def why(dialog):
        compose(dialog.field, "规模太小")
        QTest.keyClick(dialog.field, Key.Key_Return)

    dialogs("line_dialog", why)
    page.tools.calibration.quality.pick("3")
    qtbot.waitUntil(lambda: page.card.quality == "worthless")
    history = page.view.office.calibration.history(page.customer_id)
    assert history[0].reason == "规模太小"
    assert not page.tools.calibration.offers.isHidden()
    dialogs("line_dialog", lambda dialog: dialog.reject())
    page.tools.calibration.quality.pick("1")
    qtbot.waitUntil(lambda: page.card.quality == "valuable")
    page.tools.calibration.quality.pick("3")
    assert card(page).quality == "valuable"
    assert page.tools.calibration.quality.value() == "valuable"


def test_amount_and_day_take_what_people_type(qtbot, page, compose):
    panel = page.tools.calibration
    panel.amount.setFocus()
    panel.amount.selectAll()
    compose(panel.amount, "1.2亿")
    QTest.keyClick(panel.amount, Key.Key_Return)
    assert card(page).expected_fen == 12_000_000_000
    panel.day.setFocus()
    panel.day.selectAll()
    compose(panel.day, "下周三")
    QTest.keyClick(panel.day, Key.Key_Return)
    qtbot.waitUntil(lambda: page.card.expected_to is not None)
    assert card(page).expected_to.isoformat() == "2026-12-02"
    panel.amount.setFocus()
    panel.amount.selectAll()
    compose(panel.amount, "不知道")
    QTest.keyClick(panel.amount, Key.Key_Return)
    assert card(page).expected_fen == 12_000_000_000
    assert panel.amount.property("wrong")


def test_nodes_are_marked_and_taken_back(qtbot, page):
    tags = page.tools.calibration.nodes
    marked = lambda: [one.node for one in tags._shown if one.marked]  # noqa: E731 -- read anew
    assert marked() == ["需求确认", "预算已批"]
    next(one for one in tags._shown if one.node == "样机测试").click()
    qtbot.waitUntil(lambda: marked() == ["需求确认", "预算已批", "样机测试"])
    next(one for one in tags._shown if one.node == "样机测试").click()
    qtbot.waitUntil(lambda: marked() == ["需求确认", "预算已批"])


def test_the_stage_goes_back_only_with_a_reason(qtbot, page, picture, dialogs, compose):
    page.strip.forward.click()
    qtbot.waitUntil(lambda: page.card.stage_position == 4)
    assert picture.toast_box._words.text() == "已推进到谈判"

    def why(dialog):
        assert not dialog.ok.isEnabled()
        compose(dialog.field, "方案被否")
        dialog.ok.click()

    dialogs("line_dialog", why)
    page.strip.moved.emit(2)
    qtbot.waitUntil(lambda: page.card.stage_position == 2)
    assert "方案被否" in [row.text for row in page.side.chain.list.rows.rows]
    picture.undo()
    qtbot.waitUntil(lambda: page.card.stage_position == 4)


def test_giving_up_needs_a_reason_and_can_be_taken_back(qtbot, page, dialogs, picture):
    def fill(dialog):
        dialog._agree()
        assert dialog.isVisible()
        assert dialog.error.text()
        dialog.reasons.pick("2")
        dialog.rival.setText("精测科技")
        dialog._agree()

    dialogs("churn_dialog", fill)
    page.strip.lost.click()
    qtbot.waitUntil(lambda: page.card.life == "churned")
    assert not page.life.isHidden()
    assert page.life.words.text() == "2026-11-23 标为失败：选了竞品"
    assert page.strip.forward.isHidden()
    page.life.back.click()
    qtbot.waitUntil(lambda: page.card.life == "signed")
    assert page.life.isHidden()


def test_the_panel_of_steps(qtbot, page, picture):
    frame = page.tools.steps.findChild(object, "current_step")
    assert frame.accessibleName() == "下步：今天 15:00，约工艺部经理看视觉检测样机"
    page.tools.steps.postpone_first()
    popup = QApplication.activePopupWidget()
    assert popup.objectName() == "postpone_popup"
    popup.decided.emit(Bucket.next_month, None, "对方出差")
    record = lambda: picture.office.followups.record(page.customer_id)  # noqa: E731 -- read anew
    assert [one.bucket for one in record().open] == ["next_week", "next_month"]
    picture.undo()
    assert [one.bucket for one in record().open] == ["date", "next_week"]


def test_without_a_step_the_words_for_when_stand_there(qtbot, open_customer, picture):
    page = open_customer("华锐紧固件有限公司")
    note = page.tools.steps.findChild(object, "no_step")
    assert note.property("note") == "warn"
    from app.views.widgets.chips import ChipGroup

    chips = note.findChild(ChipGroup)
    chips.pick("3")
    record = lambda: picture.office.followups.record(page.customer_id)  # noqa: E731 -- read anew
    assert [one.bucket for one in record().open] == ["tomorrow"]
    qtbot.waitUntil(lambda: page.tools.steps.findChild(object, "current_step") is not None)


def test_letters_are_keys_unless_a_field_takes_them(qtbot, page, picture):
    page.side.chain.list.setFocus()
    QTest.keyClick(page.side.chain.list, Key.Key_V)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    assert popup.objectName() == "rate_popup"
    popup.close()
    page.tools.calibration.amount.setFocus()
    QTest.keyClicks(page.tools.calibration.amount, "v")
    assert QApplication.activePopupWidget() is None


def test_up_and_down_walk_the_list_it_came_from(qtbot, picture):
    picture.navigate("customers", view="all")
    listing = picture.page()
    qtbot.waitUntil(lambda: listing.rows.answer is not None)
    listing.table.go_to(1)
    listing.open_current()
    page = picture.page()
    assert page.head.place.text() == "第 2 / 31 家"
    page.step(1)
    qtbot.waitUntil(lambda: page.card.name == "智远电子科技有限公司")
    assert page.head.place.text() == "第 3 / 31 家"
    page.step(-1)
    page.step(-1)
    qtbot.waitUntil(lambda: page.card.name == "恒锐精密机械有限公司")
    page.step(-1)
    assert page.card.name == "恒锐精密机械有限公司"


def test_a_change_elsewhere_shows_at_once(qtbot, page, picture):
    picture.office.followups.save(FollowupDraft(page.customer_id, content="刚才又通了电话"))
    qtbot.waitUntil(lambda: page.side.chain_count == 10)
    picture.office.customers.change(page.customer_id, name="无锡启明智能装备有限公司")
    qtbot.waitUntil(lambda: page.head.name.text() == "无锡启明智能装备有限公司")


def test_a_customer_that_is_gone_says_so(qtbot, page, picture):
    picture.office.customers.remove((page.customer_id,))
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.gone)
    assert page.commands() == {}


def test_deleting_goes_back_to_the_list_and_undo_brings_it_back(qtbot, page, picture, dialogs):
    def agree(box):
        assert "跟单" in box.informativeText()
        next(one for one in box.buttons() if one.objectName() == "agree").click()

    dialogs("question", agree)
    page.commands()["delete"]()
    assert picture.page().PAGE_ID == "customers"
    picture.undo()
    assert picture.office.customers.resolve(QIMING)


def test_the_owner_changes_and_the_pool_takes(qtbot, page, picture, dialogs):
    def choose(dialog):
        QTest.keyClicks(dialog.search, "wxy")
        QTest.keyClick(dialog.search, Key.Key_Return)

    dialogs("owner_dialog", choose)
    page.strip.owner_wanted.emit()
    qtbot.waitUntil(lambda: page.card.owner == "王晓燕")
    page.tools.calibration.pool_wanted.emit()
    qtbot.waitUntil(lambda: page.card.owner_id == 0)
    picture.undo()
    picture.undo()
    qtbot.waitUntil(lambda: page.card.owner == "周敏")


def test_contacts_are_added_changed_and_removed(qtbot, page, picture, dialogs):
    people = page.side.people

    def add(dialog):
        dialog.name.setText("李工")
        first = dialog.channels.first()
        first.setFocus()
        QTest.keyClicks(first, "1381290441")
        dialog._agree()
        assert dialog.isVisible()
        assert dialog.channels._rows[0].note.text() == "还差 1 位，手机号应为 11 位"
        QTest.keyClicks(first, "7")
        dialog.channels._rows[0].check()
        assert "恒锐精密机械有限公司" in dialog.channels._rows[0].note.text()
        dialog.part.pick("")
        dialog.part.set_value("insider")
        dialog.main.setChecked(True)
        dialog._agree()

    dialogs("contact_dialog", add)
    people.add()
    qtbot.waitUntil(lambda: len(page.card.contacts) == 4)
    contact = next(one for one in page.card.contacts if one.name == "李工")
    assert (contact.part, contact.phone()) == ("insider", "13812904417")

    def change(dialog):
        dialog.title.setText("电气")
        dialog.channels.drop(dialog.channels._rows[0])
        dialog._agree()

    dialogs("contact_dialog", change)
    people.change(contact)
    found = lambda: next(one for one in page.card.contacts if one.name == "李工")  # noqa: E731 -- anew
    qtbot.waitUntil(lambda: found().title == "电气")
    assert found().channels == ()
    people._remove(found())
    qtbot.waitUntil(lambda: len(page.card.contacts) == 3)
    picture.undo()
    qtbot.waitUntil(lambda: len(page.card.contacts) == 4)


def test_a_new_customer_is_told_about_its_twin(qtbot, picture, dialogs, compose):
    from app.views.customers.customer_form import new_customer

    def fill(form):
        form.save()
        assert form.isVisible()
        form.fields.name.setFocus()
        compose(form.fields.name, "恒锐精密机械 有限公司")
        qtbot.waitUntil(lambda: not form.twin.isHidden())
        words, go = form.twin.lines[0]
        assert words.text() == "已经有：恒锐精密机械有限公司 · 苏州 · 周敏 · 名称相同"
        assert go.accessibleName() == "打开恒锐精密机械有限公司"
        go.click()

    dialogs("customer_form", fill)
    new_customer(picture.view, None)
    assert picture.page().card.name == "恒锐精密机械有限公司"


def test_a_twin_that_nobody_saw_holds_the_first_save_only(qtbot, picture, dialogs):
    from app.views.customers.customer_form import new_customer

    def fill(form):
        form.fields.name.setText("恒锐精密机械（苏州）有限公司")
        form.save()
        assert form.isVisible()
        assert not form.twin.isHidden()
        assert "名称相近 96%" in form.twin.lines[0][0].text()
        assert form.error_bar.retry.text() == "还是新建"
        form.error_bar.retry.click()

    dialogs("customer_form", fill)
    new_customer(picture.view, None)
    assert picture.page().card.name == "恒锐精密机械(苏州)有限公司"


def test_a_number_typed_for_a_new_customer_is_looked_up_too(qtbot, picture, dialogs):
    from app.views.customers.customer_form import new_customer

    def fill(form):
        form.fields.name.setText("无关")
        field = form.fields.channels.first()
        field.setFocus()
        QTest.keyClicks(field, "13812904417")
        qtbot.waitUntil(lambda: not form.twin.isHidden())
        assert form.twin.lines[0][0].text().startswith("可能已经有：恒锐精密机械有限公司")
        assert form.twin.lines[0][0].text().endswith("手机相同")
        field.clear()
        QTest.keyClicks(field, "139")
        qtbot.waitUntil(form.twin.isHidden)
        form.reject()

    dialogs("customer_form", fill)
    new_customer(picture.view, None)


def test_a_customer_is_not_its_own_twin(qtbot, picture, dialogs):
    from app.views.customers.customer_form import edit_customer

    known = picture.office.customers.search("恒锐精密")[0].id

    def look(form):
        assert form.watch.sure_ones() == []
        form.reject()

    dialogs("customer_form", look)
    edit_customer(picture.view, known)


def test_a_new_customer_with_its_contact_is_saved_and_shown(qtbot, picture, dialogs):
    def fill(form):
        fields = form.fields
        fields.name.setText("苏州新立达精工有限公司")
        fields.contact.setText("钱工")
        fields.channels.first().setText("18912345678")
        fields.lists["source"].setCurrentText("转介绍")
        fields.lists["region"].setCurrentText("苏州")
        qtbot.waitUntil(form.isActiveWindow)
        QTest.keyClick(fields.name, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    dialogs("customer_form", fill)
    picture.page().view.actions.run("new_customer")
    page = picture.page()
    qtbot.waitUntil(lambda: page.PAGE_ID == "customer" and page.card is not None)
    shown = page.card
    assert (shown.name, shown.source, shown.region) == ("苏州新立达精工有限公司", "转介绍", "苏州")
    assert shown.contacts[0].name == "钱工"
    assert shown.owner == "周敏"
    assert picture.focusWidget() is page.tools.first_stop()


def test_editing_writes_only_what_differs(qtbot, page, picture, dialogs):
    before = card(page).updated_at

    dialogs("customer_form", lambda form: form.save())
    page.edit()
    assert card(page).updated_at == before

    def fill(form):
        form.fields.lists["industry"].setCurrentText("汽车零部件")
        form.save()

    dialogs("customer_form", fill)
    page.edit()
    assert card(page).industry == "汽车零部件"
    picture.undo()
    assert card(page).industry == "智能装备"


def test_small_windows_put_panels_in_one_column(page):
    page.adapt("compact")
    assert page.side.isHidden()
    assert page.tools._columns == 1
    page.toggle_side()
    assert not page.side.isHidden()
    page.adapt("full")
    assert page.tools._columns == 2


def test_a_bare_customer_asks_three_questions(qtbot, picture):
    office = picture.office
    customer_id = office.customers.add(CustomerDraft("苏州新立达精工有限公司"))
    picture.navigate("customer", customer_id=customer_id)
    page = picture.page()
    asks = [one for one in page.tools.features.findChildren(object) if (
        one.objectName().startswith("ask_"))]  # fmt: skip
    assert len(asks) == 3
    assert page.side.chain.chips.isHidden()
    office.deals.add_contract(ContractDraft(customer_id, QDate(2026, 11, 20).toPython(), 100_00))
    qtbot.waitUntil(lambda: page.card.life == "signed")
