import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.views.calibration.popover import calibrate, open_calibration

Key = Qt.Key


@pytest.fixture
def customer_id(picture):
    return picture.office.customers.resolve("宏润包装制品有限公司")


@pytest.fixture
def popup(picture, customer_id):
    opened = open_calibration(picture, picture.view, customer_id)
    yield opened
    # closing deletes it
    found = QApplication.activePopupWidget()
    if found is not None:
        found.close()


def card(picture, customer_id):
    return picture.office.customers.card(customer_id)


def press(key):
    QTest.keyClick(QApplication.focusWidget(), key)


def test_three_keys_rate_a_customer(popup, picture, customer_id):
    for key in (Key.Key_1, Key.Key_4, Key.Key_Return):
        press(key)
    found = card(picture, customer_id)
    assert (found.quality, found.grade) == ("valuable", "big")
    assert found.expected_fen == 3_500_000
    assert picture.toast_box._words.text() == "已标定 有价值 · 大单"
    picture.undo()
    found = card(picture, customer_id)
    assert (found.quality, found.grade) == ("unsure", "small")


def test_a_whole_calibration_takes_four_keys(popup, picture, customer_id):
    keys = (Key.Key_1, Key.Key_4, Key.Key_9, Key.Key_Return)
    for key in keys:
        press(key)
    assert len(keys) <= 4
    found = card(picture, customer_id)
    assert (found.quality, found.grade) == ("valuable", "big")
    assert (found.expected_from.isoformat(), found.expected_to.isoformat()) == (
        "2026-11-23",
        "2026-11-30",
    )
    assert found.expected_label == "本月"
    assert picture.toast_box._words.text() == "已标定 有价值 · 大单 · 本月 11-30"


def test_an_amount_suggests_a_grade_and_never_sets_it(popup, picture, customer_id):
    popup.amount.setFocus()
    popup.amount.selectAll()
    QTest.keyClicks(popup.amount, "46w")
    assert popup.suggested.text() == "按金额是大单"
    assert popup.grade.value() == "small"
    popup.suggested.click()
    assert popup.grade.value() == "big"
    assert popup.suggested.isHidden()
    popup.save()
    assert card(picture, customer_id).grade == "big"


def test_no_value_asks_why_once(popup, picture, customer_id):
    press(Key.Key_3)
    press(Key.Key_Return)
    assert popup.isVisible()
    assert QApplication.focusWidget() is popup.reason
    popup.reason.setText("没有需求")
    press(Key.Key_Return)
    assert card(picture, customer_id).quality == "worthless"
    (newest, *_rest) = picture.office.calibration.history(customer_id)
    assert (newest.new, newest.reason) == ("worthless", "没有需求")


def test_no_value_goes_without_a_reason_too(popup, picture, customer_id):
    for key in (Key.Key_3, Key.Key_Return, Key.Key_Return):
        press(key)
    assert card(picture, customer_id).quality == "worthless"


def test_amount_day_and_nodes_are_saved_together_as_one_act(popup, picture, customer_id):
    popup.amount.setFocus()
    popup.amount.selectAll()
    QTest.keyClicks(popup.amount, "46w")
    popup.day.setFocus()
    QTest.keyClicks(popup.day, "12-28")
    popup.nodes.chips[4].click()
    QTest.keyClick(popup.nodes.chips[4], Key.Key_Return)
    found = card(picture, customer_id)
    assert found.expected_fen == 46_000_000
    assert found.expected_to.isoformat() == "2026-12-28"
    assert [one.name for one in picture.office.calibration.nodes(customer_id)] == ["报价"]
    assert picture.toast_box._words.text() == "已标定 ¥46.00万 · 2026-12-28 · 报价"
    picture.undo()
    assert card(picture, customer_id).expected_fen == 3_500_000
    assert picture.office.calibration.nodes(customer_id) == []


def test_an_emptied_amount_is_cleared(popup, picture, customer_id):
    popup.amount.setFocus()
    popup.amount.clear()
    press(Key.Key_Return)
    assert card(picture, customer_id).expected_fen is None


def test_a_field_that_cannot_be_read_keeps_it_open(popup, picture, customer_id):
    popup.amount.setText("5-8万")
    popup.amount.setFocus()
    press(Key.Key_Return)
    assert popup.isVisible()
    assert popup.error.text() == "是一个范围，不是一个金额"
    assert card(picture, customer_id).expected_fen == 3_500_000


def test_digits_in_a_field_are_digits(popup):
    popup.amount.setFocus()
    popup.amount.selectAll()
    QTest.keyClicks(popup.amount, "14")
    assert popup.amount.text() == "14"
    assert popup.quality.value() == "unsure"


def test_nothing_chosen_saves_nothing(popup, picture, customer_id):
    before = len(picture.office.calibration.history(customer_id))
    newest = picture.office.undo.last()
    press(Key.Key_Return)
    assert len(picture.office.calibration.history(customer_id)) == before
    assert picture.office.undo.last() == newest


def test_escape_leaves_everything(popup, picture, customer_id):
    press(Key.Key_1)
    press(Key.Key_Escape)
    assert card(picture, customer_id).quality == "unsure"


def test_a_node_marked_already_is_not_offered(picture):
    customer_id = picture.office.customers.resolve("无锡启明自动化设备有限公司")
    popup = open_calibration(picture, picture.view, customer_id)
    offered = [chip.choice.value for chip in popup.nodes.chips]
    assert offered == ["见到决策人", "样机测试", "报价", "招标"]
    popup.close()


def test_the_command_of_the_window_opens_it(qtbot, picture, customer_id):
    calibrate(picture.view, None)
    assert QApplication.activePopupWidget() is None
    qtbot.waitUntil(picture.isActiveWindow)
    calibrate(picture.view, customer_id)
    popup = QApplication.activePopupWidget()
    assert popup.objectName() == "rate_popup"
    popup.close()


def test_the_panel_tells_the_story_with_its_evidence(qtbot, picture, dialogs):
    customer_id = picture.office.customers.resolve("无锡启明自动化设备有限公司")
    picture.navigate("customer", customer_id=customer_id)
    page = picture.page()
    qtbot.waitUntil(lambda: page.card is not None)
    seen = []

    def look(dialog):
        seen.extend(
            [column.text(row) for column in dialog.table.model.columns] for row in dialog.table.rows
        )
        dialog.reject()

    dialogs("story_dialog", look)
    page.tools.calibration.show_story()
    changes = [row[3] for row in seen]
    assert "不确定 → 有价值" in changes
    assert "正常 → 大单" in changes
    assert any("预算已批" in row[3] and "漏检率 2.1%" in row[5] for row in seen)
