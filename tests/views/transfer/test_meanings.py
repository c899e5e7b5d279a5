"""What a person settles about a sheet: words, colours, hidden rows, layouts of the past."""

import pytest
import xlsxwriter
from PySide6.QtCore import Qt

from app.services.transfer.outcomes import Outcome


@pytest.fixture
def marked(tmp_path):
    """Write a workbook with a yellow row, a hidden row and a hidden sheet."""
    path = tmp_path / "标色.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("客户", "旧"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["客户名称", "客户级别", "负责人"])
            sheet.write(1, 0, f"{name}标黄公司", book.add_format({"bg_color": "#FFFF00"}))
            sheet.write_row(2, 0, [f"{name}藏着公司", "钻石", "李想"])
            sheet.set_row(2, None, None, {"hidden": True})
        sheet.hide()
    return path


@pytest.fixture
def read(page, step, marked):
    page.open(files=[marked])
    step(1)
    return page


def row_of(page, heading):
    return next(at for at, row in enumerate(page.mapping.model.rows) if row.heading == heading)


def found_dialog(page, qtbot):
    def there():
        return [one for one in page.findChildren(object) if one.objectName() == "meanings_dialog"]

    qtbot.waitUntil(lambda: bool(there()))
    return there()[0]


def test_a_colour_becomes_a_field_by_keyboard(read, qtbot, office):
    table = read.mapping.table
    colour = row_of(read, "行的底色")
    assert read.mapping.model.rows[colour].conversion == "颜色有意思的话，选一个字段"
    read.mapping._set(read.mapping.model.rows[colour], "grade")
    qtbot.waitUntil(lambda: read.mapping.model.rows[colour].match.applies)
    table.go_to(colour)
    qtbot.keyClick(table, Qt.Key.Key_F4)
    dialog = found_dialog(read, qtbot)
    assert [one.text for one in dialog.model.rows] == ["黄色"]
    dialog.model.setData(dialog.model.index(0, 3), "big")
    dialog.agree.click()
    qtbot.waitUntil(lambda: "黄色→大单" in read.mapping.model.rows[colour].conversion)
    drafts = read.job.sheet(read.job.places()[0]).drafts
    assert [draft.grade for draft in drafts] == ["big", ""]


def test_hidden_rows_and_sheets_are_asked_about(read, qtbot):
    head = read.mapping.head
    assert head.hidden_rows.isVisible()
    assert head.hidden_rows.text() == "含隐藏的 1 行"
    head.hidden_rows.click()
    qtbot.waitUntil(lambda: len(read.job.sheet(read.job.places()[0]).drafts) == 1)
    assert head.hidden_rows.isVisible()
    head.hidden_rows.click()
    qtbot.waitUntil(lambda: len(read.job.sheet(read.job.places()[0]).drafts) == 2)
    head.hidden_sheets.click()
    qtbot.waitUntil(lambda: len(read.job.places()) == 2)
    assert head.hidden_sheets.isVisible()


def test_words_that_cannot_be_read_are_put_right_in_all_rows(read, step, qtbot):
    step(2)
    reasons = {issue.reason for issue in read.job.plan.warnings}
    assert "不认识这个词" in reasons
    read.check._change("不认识这个词", wrong=False)
    dialog = found_dialog(read, qtbot)
    assert (dialog.model.rows[0].text, dialog.model.rows[0].problem) == ("钻石", "不认识这个词")
    dialog.model.setData(dialog.model.index(0, 3), "big")
    dialog.agree.click()
    qtbot.waitUntil(
        lambda: "不认识这个词" not in {one.reason for one in read.job.plan.warnings},
        timeout=20_000,
    )
    qtbot.waitUntil(lambda: read._running is None)
    assert read.job.counts()[Outcome.create] == 2


def test_an_owner_nobody_knows_is_given_to_a_colleague(read, step, qtbot, office):
    step(2)
    (reason,) = [one.reason for one in read.job.plan.warnings if one.value == "李想"]
    read.check._change(reason, wrong=False)
    dialog = found_dialog(read, qtbot)
    names = [words for _value, words in dialog._options(dialog.model.rows[0], "meaning")]
    assert "周敏" in names
    dialog.table.go_to(next(i for i, one in enumerate(dialog.model.rows) if one.text == "李想"))
    dialog.field.setText("周敏")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    dialog.agree.click()
    qtbot.waitUntil(
        lambda: all(one.value != "李想" for one in read.job.plan.warnings), timeout=20_000
    )


def test_what_was_settled_is_offered_and_taken_the_next_time(read, step, qtbot, sheet, office):
    read.mapping._set(read.mapping.model.rows[row_of(read, "客户级别")], "note")
    qtbot.waitUntil(lambda: not read.mapping._waiting)
    for number in (2, 3, 4):
        step(number)
    assert len(office.customers.search("标黄", 5)) == 1
    read._begin_anew()
    read.open(files=[sheet(("客户名称", "客户级别"), ("另一公司", "一般"), name="另一份.xlsx")])
    step(1)
    level = row_of(read, "客户级别")
    assert read.mapping.model.rows[level].match.field == "grade"
    (old, _separator, _anew) = read.mapping.head._menu.actions()
    assert old.text() == "标色.xlsx"
    old.trigger()
    qtbot.waitUntil(lambda: read.mapping.model.rows[level].match.field == "note")
    assert read.mapping.model.rows[level].state[0] == "按上次"
    read.mapping.head._menu.actions()[-1].trigger()
    qtbot.waitUntil(lambda: read.mapping.model.rows[level].match.field == "grade")
