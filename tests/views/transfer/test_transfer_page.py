import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from python_calamine import CalamineWorkbook

from app.services.lists import ListFilter
from app.services.transfer.fields import Kind
from app.services.transfer.outcomes import Outcome, Policy
from app.views.transfer.save_problems import save_problems

HEAD = ("客户名称", "联系人", "手机", "工厂地址", "备注", "传真")
NEW = ("无锡明远机电有限公司", "陆志远", "13800001234", "长江路 8 号", "展会", "0510-8520000")
KNOWN = ("恒锐精密机械有限公司", "王建明", "13812904417", "", "新的备注", "")


def customers(office):
    return office.customers.count(ListFilter())


def row_of(page, heading):
    return next(at for at, row in enumerate(page.mapping.model.rows) if row.heading == heading)


@pytest.fixture
def known(office):
    names = office.customers.search("hr", 5)
    return names[0].name if names else KNOWN[0]


@pytest.fixture
def read(page, step, sheet, known):
    page.open(files=[sheet(HEAD, NEW, (known, *KNOWN[1:]))])
    step(1)
    return page


def test_files_are_put_into_the_order_in_which_they_need_each_other(page, tmp_path):
    names = ("跟单记录.csv", "通讯录.vcf", "合同与回款.xlsx", "员工.csv", "客户资料.xlsx")
    for name in names:
        (tmp_path / name).write_text("x")
    page.choose.add(tmp_path / name for name in names)
    shown = [page.choose.model.index(at, 1).data() for at in range(5)]
    assert shown == ["员工.csv", "客户资料.xlsx", "合同与回款.xlsx", "跟单记录.csv", "通讯录.vcf"]
    page.choose.add([tmp_path / "员工.csv"])
    assert page.choose.model.rowCount() == 5


def test_delete_takes_a_file_out_again(page, qtbot, sheet):
    page.open(files=[sheet(HEAD, NEW)])
    assert page.next.isEnabled()
    page.choose.table.setFocus()
    qtbot.keyClick(page.choose.table, Qt.Key.Key_Delete)
    assert page.job.paths == []
    assert not page.next.isEnabled()


def test_files_can_be_dropped_on_the_page(page, sheet):
    path = sheet(HEAD, NEW)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(QPoint(300, 300), Qt.DropAction.CopyAction, mime, buttons, keys)
    page.dragEnterEvent(over)
    assert over.isAccepted()
    page.dropEvent(QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, mime, buttons, keys))
    assert page.job.paths == [path.resolve()]


def test_columns_say_how_sure_they_are(read):
    states = [row.state[0] for row in read.mapping.model.rows]
    assert states == ["自动识别"] * 3 + ["猜测，要确认", "自动识别", "跳过"]
    assert read.mapping.head.counts.text() == "6 列 · 4 列已识别 · 1 列要确认 · 1 列跳过"


def test_space_confirms_a_guess_and_delete_leaves_a_column_out(read, qtbot):
    table = read.mapping.table
    guess = row_of(read, "工厂地址")
    table.go_to(guess)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: read.mapping.model.rows[guess].match.applies)
    note = row_of(read, "备注")
    table.go_to(note)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not read.mapping.model.rows[note].match.applies)
    titles = [column.key for column in read.mapping.preview_model.columns]
    assert "address" in titles
    assert "note" not in titles


def test_a_field_is_chosen_from_the_list_by_keyboard(read, qtbot):
    table = read.mapping.table
    fax = row_of(read, "传真")
    table.go_to(fax)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    at = table.currentIndex()
    assert at.row() == fax
    editor = table.indexWidget(at)
    assert editor is not None
    qtbot.waitUntil(editor.view().isVisible)
    while editor.value() != "phone" and editor.view().currentIndex().row() < editor.count() - 1:
        editor.setCurrentIndex(editor.currentIndex() + 1)
    qtbot.keyClick(editor.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: read.mapping.model.rows[fax].match.field == "phone")
    assert read.mapping.model.rows[fax].state[0] == "已指定"


def test_a_missing_required_column_holds_the_step(read, qtbot):
    read.mapping.table.go_to(row_of(read, "客户名称"))
    qtbot.keyClick(read.mapping.table, Qt.Key.Key_Delete)
    read.mapping.table.go_to(row_of(read, "联系人"))
    qtbot.keyClick(read.mapping.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "还缺" in read.note.text())
    assert not read.next.isEnabled()
    read.mapping.head.use.click()
    assert read.note.text() == "没有要导入的页"


def test_another_kind_and_another_header_row_read_the_sheet_anew(page, step, sheet, qtbot):
    page.open(files=[sheet(("说明",), HEAD, NEW)])
    step(1)
    head = page.mapping.head
    assert head.header.text() == "2"
    head.header.setText("9")
    head.header.editingFinished.emit()
    assert not page.mapping.errors.isHidden()
    head.kind_chosen.emit(Kind.contacts)
    qtbot.waitUntil(lambda: page.job.sheet((0, "客户")).plan.kind is Kind.contacts)


def test_a_file_that_cannot_be_read_says_why(page, step, tmp_path):
    path = tmp_path / "坏的.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    page.open(files=[path])
    step(1)
    assert page.mapping.refused.isVisible()
    said = page.mapping.refused.accessibleName()
    assert "坏的.xlsx 打不开：文件已损坏" in said
    assert "另存为 xlsx 再导入" in said
    assert not page.next.isEnabled()


def test_nothing_is_written_before_the_fourth_step(read, step, office):
    before = customers(office)
    step(2)
    step(3)
    assert customers(office) == before
    assert "新建：1 家客户" in read.confirm.fresh.text()
    step(4)
    assert customers(office) == before + 1
    assert read.job.report.created == 1


def test_duplicates_can_be_decided_one_by_one(read, step, qtbot):
    step(2)
    check = read.check
    assert check.chips.value() == "known"
    assert check.rows.rowCount() == 1
    row = check.rows.rows[0]
    assert row.matched_by == "name"
    check.rows.picked.emit(0, "policy", Policy.skip)
    assert read.job.counts()[Outcome.skip] == 1
    assert "暂不导入 1 行" in read.note.text()
    assert check.own.text() == "1 条另有决定"


def test_merging_field_by_field_with_arrows(read, step, qtbot):
    step(2)
    merge = read.check.merge
    fields = [change.field for change in merge.model.rows]
    at = fields.index("note")
    merge.table.go_to(at)
    qtbot.keyClick(merge.table, Qt.Key.Key_Left)
    assert not merge.model.rows[at].taken
    qtbot.keyClick(merge.table, Qt.Key.Key_Right)
    assert merge.model.rows[at].taken
    choice = next(iter(read.job.options.rows.values()))
    assert choice.policy is Policy.update
    assert "note" in choice.taken


def test_a_merge_shows_words_and_no_codes(page, sheet, step, known):
    page.open(files=[sheet(("客户名称", "定性", "定级"), (known, "有价值", "小单"))])
    step(1)
    step(2)
    merge = page.check.merge
    shown = {
        change.field: [merge.model.index(at, side).data() for side in (1, 2)]
        for at, change in enumerate(merge.model.rows)
    }
    assert shown == {"quality": ["不确定", "有价值"], "grade": ["正常", "小单"]}


def test_a_rule_for_all_is_checked_anew(read, step, qtbot):
    step(2)
    read.check.policies[Policy.skip].click()
    qtbot.waitUntil(lambda: read.job.plan.skipped == 1)
    assert read.check.policies[Policy.skip].isChecked()


def test_problem_rows_are_saved_as_a_workbook(page, step, sheet, tmp_path, qtbot, window):
    bad = ("坏日期公司", "", "", "", "", "")
    page.open(files=[sheet((*HEAD, "登记日期"), (*NEW, "2026/1/5"), (*bad, "上周三"))])
    step(1)
    step(2)
    assert page.check.chips.chips[-1].text()
    target = tmp_path / "问题.xlsx"
    save_problems(page.view, page, page.job.plan, page.job.read_result(), str(target))
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(window.toast_box.isVisible)
    rows = CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()
    assert rows[0][:3] == ["文件", "页", "行"]
    assert "上周三" in rows[1]
    left_out = CalamineWorkbook.from_path(str(target)).get_sheet_by_name("客户").to_python()
    assert [row[0] for row in left_out] == ["客户名称", "坏日期公司"]


def test_leaving_keeps_the_import_for_later(read, window, step):
    step(2)
    job = read.job
    window.navigate("today")
    window.navigate("transfer")
    assert window.page().job is job
    window.theme.use(scale=125)
    assert window.page().job is job
    assert window.page().job.step == 2
    window.theme.use(scale=100)


def test_undo_from_the_last_step_and_from_the_history(read, step, office, qtbot):
    before = customers(office)
    step(2)
    step(3)
    step(4)
    read.done.undo.click()
    qtbot.waitUntil(lambda: customers(office) == before)
    qtbot.waitUntil(lambda: office.transfer.history()[0].state == "undone")
    assert read.job.step == 0


@pytest.mark.parametrize("size", [(1440, 900), (1100, 700), (960, 540)])
def test_every_size_keeps_the_table_and_the_way_on(window, read, qtbot, size):
    window.resize(*size)
    table = read.mapping.table
    qtbot.waitUntil(lambda: table.viewport().height() > 3 * table.rowHeight(0))
    assert table.isVisible()
    assert read.next.isVisible()
