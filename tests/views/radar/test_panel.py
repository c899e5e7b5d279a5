import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from app.services.radar import RadarDraft
from app.views.radar.panel import MarkButton
from app.views.widgets.text import ElidedLabel


@pytest.fixture
def page(qtbot, picture):
    customer_id = picture.office.customers.resolve("无锡启明自动化设备有限公司")
    picture.navigate("customer", customer_id=customer_id)
    shown = picture.page()
    qtbot.waitUntil(lambda: shown.card is not None)
    return shown


def items(page):
    return {one.label: one for one in page.view.office.radar.items(page.customer_id)}


def test_a_fact_is_noted_with_source_and_day(qtbot, page, picture, dialogs):
    def fill(dialog):
        dialog._agree()
        assert dialog.isVisible()
        dialog.label.setCurrentText("招投标")
        dialog.value.setText("12 月有检测设备招标")
        dialog.source.setCurrentText("官网")
        dialog.day.setText("昨天")
        dialog.mark.set_value("verified")
        dialog._agree()

    dialogs("radar_dialog", fill)
    page.tools.radar.add()
    fact = items(page)["招投标"]
    assert (fact.value, fact.source, fact.mark) == ("12 月有检测设备招标", "官网", "verified")
    assert fact.found_on.isoformat() == "2026-11-22"
    qtbot.waitUntil(lambda: page.tools.radar.subtitle.text() == "8 项 · 6 已核实")
    picture.undo()
    qtbot.waitUntil(lambda: page.tools.radar.subtitle.text() == "7 项 · 5 已核实")


def test_a_mark_changes_at_once(qtbot, page, picture):
    panel = page.tools.radar
    panel._mark(items(page)["员工规模"], "verified")
    assert items(page)["员工规模"].mark == "verified"
    qtbot.waitUntil(lambda: panel.subtitle.text() == "7 项 · 6 已核实")
    buttons = panel._holder.findChildren(MarkButton)
    button = next(one for one in buttons if one.item.label == "员工规模")
    assert button.accessibleName() == "员工规模 已核实"


def test_the_marks_open_by_key_and_by_click(qtbot, page):
    from PySide6.QtWidgets import QApplication

    button = page.tools.radar.findChildren(MarkButton)[0]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    words = [one.text() for one in menu.actions() if one.text()]
    assert words == ["已核实", "待核实", "有出入", "编辑…", "删除"]
    menu.close()


def test_a_fact_is_changed_and_removed(qtbot, page, picture, dialogs):
    def fill(dialog):
        assert dialog.value.text() == "2,000 万元"
        dialog.value.setText("3,000 万元")
        dialog._agree()

    dialogs("radar_dialog", fill)
    page.tools.radar.change(items(page)["注册资本"])
    assert items(page)["注册资本"].value == "3,000 万元"
    page.tools.radar._remove(items(page)["注册资本"])
    assert items(page)["注册资本"].value == "2,000 万元"
    page.tools.radar._remove(items(page)["注册资本"])
    assert "注册资本" not in items(page)
    picture.undo()
    assert items(page)["注册资本"].value == "2,000 万元"


def test_the_history_of_an_item_shows_every_value(page, dialogs):
    page.view.office.radar.add(
        page.customer_id, RadarDraft("注册资本", "3,000 万元", source="年报")
    )

    def look(dialog):
        rows = dialog.table.rows
        assert [(one.value, one.source) for one in rows] == [
            ("3,000 万元", "年报"), ("2,000 万元", "工商"),
        ]  # fmt: skip
        assert dialog.focusWidget() is dialog.table.view
        dialog.reject()

    dialogs("radar_history", look)
    page.tools.radar.show_history(items(page)["注册资本"])


def test_a_value_against_a_verified_one_is_in_conflict_and_says_with_what(qtbot, page):
    page.view.office.radar.add(page.customer_id, RadarDraft("注册资本", "3,000 万元"))
    fact = items(page)["注册资本"]
    assert (fact.mark, fact.differs_from) == ("conflicting", "2,000 万元")
    assert "与已核实的“2,000 万元”不同" in page.tools.radar._told(fact)
    page.tools.radar._mark(fact, "verified")
    assert items(page)["注册资本"].mark == "verified"


def test_news_keeps_its_tag_and_last_day_and_what_is_missing_is_said(qtbot, page, dialogs):
    def fill(dialog):
        dialog.label.setCurrentText("招标公告")
        dialog.value.setText("检测线二期")
        dialog.tag.set_value("招投标")
        dialog.expires.setText("2026-12-20")
        dialog.confidence.set_value("high")
        dialog._agree()

    dialogs("radar_dialog", fill)
    page.tools.radar.add()
    fact = items(page)["招标公告"]
    assert (fact.section, fact.tag, fact.confidence) == ("news", "招投标", "high")
    assert fact.expires_on.isoformat() == "2026-12-20"
    assert "有效到" in page.tools.radar._told(fact)
    lacking = page.tools.radar.findChild(ElidedLabel, "radar_standing")
    assert lacking.text() == "完整 58% · 还缺 法定代表人、成立日期、登记状态"


BLOCK = "注册资本：9,900万元人民币\n官网：www.qiming.example\n税号：91350200776049653B\n别的话"


def test_a_pasted_block_is_read_compared_and_written(qtbot, page, picture, dialogs):
    def fill(dialog):
        dialog.text.setPlainText(BLOCK)
        dialog.read()
        told = {row.line.key: row.take.isChecked() for row in dialog.rows}
        assert told == {"uscc": False, "capital_fen": True, "website": True}
        assert dialog.left_over.isVisible()
        dialog.write()
        assert dialog.isVisible()  # no source yet
        dialog.source.setCurrentText("工商")
        row = next(row for row in dialog.rows if row.line.key == "capital_fen")
        row.value.setText("9,900 万")
        dialog.save.click()

    before = items(page)
    dialogs("paste_dialog", fill)
    page.tools.radar.paste()
    found = items(page)
    assert found["注册资本"].value == "9,900 万"
    assert found["网址"].source == "工商"
    assert page.view.office.customers.card(page.customer_id).website == "www.qiming.example"
    picture.undo()
    assert items(page) == before


def test_nothing_found_says_so_and_writes_nothing(page, dialogs):
    def fill(dialog):
        dialog.text.setPlainText("今天天气不错")
        dialog.read()
        assert dialog.rows == []
        assert not dialog.save.isEnabled()
        dialog.write()
        assert dialog.isVisible()
        dialog.reject()

    before = items(page)
    dialogs("paste_dialog", fill)
    page.tools.radar.paste()
    assert items(page) == before


def test_code_and_phones_are_decoded_under_the_facts(qtbot, page):
    holder = page.tools.radar._decoded
    words = [one.text() for one in holder.findChildren(ElidedLabel)]
    assert words[0] == "代码说明"
    assert "号码归属" in words
    assert any("手机" in one and "孙丽" in one for one in words)


def test_a_wrong_code_is_asked_about_and_kept_nevertheless(page, dialogs):
    def fill(dialog):
        dialog.label.setCurrentText("统一代码")
        dialog.value.setText("91350203M0001QAY9B")
        dialogs("question", lambda box: box.findChild(QAbstractButton, "cancel").click())
        dialog._agree()
        assert dialog.isVisible()
        told = []

        def answer(box):
            told.append(box.text())
            box.findChild(QAbstractButton, "agree").click()

        dialogs("question", answer)
        dialog._agree()
        assert told == ["第 18 位应为 9；可能是 91350203M0001QAY99"]

    dialogs("radar_dialog", fill)
    page.tools.radar.add()
    assert items(page)["统一代码"].value == "91350203M0001QAY9B"


def test_a_wrong_code_in_a_pasted_block_says_what_is_wrong(page, dialogs):
    def look(dialog):
        dialog.text.setPlainText("税号：91350203M0001QAY9B")
        dialog.read()
        assert dialog.doubt.isVisible()
        assert "第 18 位应为 9" in dialog.doubt.accessibleName()
        dialog.reject()

    dialogs("paste_dialog", look)
    page.tools.radar.paste()
