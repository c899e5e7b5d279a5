from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from app.models.values.pages import Sort
from app.services.lists import Condition, Group
from app.views.core.runner import board
from app.views.itemmodels.customers import NEWEST
from app.views.lists.state import ListState

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
QIMING = "无锡启明自动化设备有限公司"


def test_it_shows_all_customers_newest_contact_first(page, listed):
    names = listed()
    assert len(names) == 31
    assert names[0] == "恒锐精密机械有限公司"
    assert page.head.subtitle.text() == "全部 31 家"
    assert page.status_left().split("    ")[:2] == ["符合条件 31 家", "共 31 家"]
    assert page.table.hasFocus()


def test_the_model_keeps_its_promises(page, listed):
    QAbstractItemModelTester(page.rows.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    listed()
    page.rows.model.toggle(3)
    page.rows.tick_all()
    page.set_state(replace(page.state, sort=Sort("name")))
    assert len(listed()) == 31


def test_typing_letters_in_the_list_searches_by_initials(qtbot, page, listed):
    QTest.keyClicks(page.table, "h")
    assert page.search.hasFocus()
    QTest.keyClicks(page.search, "r")
    qtbot.waitUntil(lambda: page.rows.answer.state.text == "hr")
    names = listed()
    assert "恒锐精密机械有限公司" in names
    assert QIMING not in names
    assert page.search._note.startswith("拼音首字母 · ")
    at = names.index("恒锐精密机械有限公司")
    column = [one.key for one in page.table.columns()].index("name")
    cell = page.rows.model._cell(at, column)
    assert cell.value == (0, 2)


def test_what_is_being_typed_outlives_late_counts(qtbot, page, listed):
    page.search.setText("qm")
    page.rows.counted.emit({"all": 31})
    page.set_state(replace(page.state, sort=Sort("name")))
    assert page.search.text() == "qm"
    qtbot.waitUntil(lambda: page.rows.answer.state.text == "qm")
    assert QIMING in listed()


def test_a_phone_finds_its_customer_and_says_so(qtbot, page, listed):
    page.search.setText("4417")
    page.search.search_now()
    qtbot.waitUntil(lambda: page.rows.answer.state.text == "4417")
    assert listed() == ["恒锐精密机械有限公司"]
    assert page.search._note.startswith("电话 · ")


def test_conditions_read_as_sentences_and_go_with_delete(qtbot, page, listed):
    where = (
        Condition("region", "is", ("苏州",)),
        Condition("touched", "within", ("5",)),
    )
    page.set_state(replace(page.state, where=where))
    names = listed()
    assert set(names) == {
        "恒锐精密机械有限公司",
        "恒锐达模具材料有限公司",
        "智远电子科技有限公司",
    }
    chips = [chip.text() for chip in page.filter_row._shown]
    assert chips == ["地区 属于 苏州", "最近跟单 5 天内"]
    chip = page.filter_row._shown[1]
    chip.setFocus()
    QTest.keyClick(chip, Key.Key_Delete)
    assert [one.field for one in page.state.where] == ["region"]
    assert len(listed()) == 4
    assert page.table.head.filtered == {"region"}


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        (Condition("quality", "is", ("worthless",)), 3),
        (Condition("quality", "is", ("",)), 1),
        (Condition("quality", "is_not", ("valuable", "unsure")), 4),
        (Condition("stage", "is", ("5",)), 5),
        (Condition("life", "is", ("churned",)), 1),
        (Condition("expected", "at_least", ("50000000",)), 3),
        (Condition("expected", "unknown"), 4),
        (Condition("next", "is", ("overdue",)), 3),
        (Condition("next", "is", ("none",)), 3),
        (Condition("touched", "over", ("20",)), 1),
        (Condition("expected_on", "within", ("40",)), 1),
        (Condition("created", "since", ("2026-08-01",)), 1),
    ],
)
def test_each_condition_cuts_the_list(page, listed, condition, count):
    page.set_state(replace(page.state, where=(condition,)))
    assert len(listed()) == count
    assert len(page.filter_row._shown) == 1


def test_a_condition_is_made_by_keyboard(qtbot, page, listed):
    page.controls.ask_condition("")
    popup = QApplication.activePopupWidget()
    assert popup.fields.hasFocus()
    QTest.keyClick(popup.fields, Key.Key_Down)
    QTest.keyClick(popup.fields, Key.Key_Return)
    values = popup.editor.listed
    assert values.hasFocus()
    QTest.keyClick(values, Key.Key_Space)
    QTest.keyClick(values, Key.Key_Return)
    assert page.state.where == (Condition("quality", "is", ("valuable",)),)
    assert len(listed()) == 17


def test_fields_are_found_by_typing_and_texts_looked_into(page, listed):
    page.controls.ask_condition("")
    popup = QApplication.activePopupWidget()
    popup.search.setText("电话")
    assert popup.fields.currentItem().text() == "电话"
    popup._to_values()
    line = popup.editor.values.line
    assert line.hasFocus()
    popup.apply()
    assert popup.editor.problem.text() == "文字还没填"
    line.setText("4417")
    QTest.keyClick(line, Key.Key_Return)
    assert page.state.where == (Condition("phone", "contains", ("4417",)),)
    assert listed() == ["恒锐精密机械有限公司"]
    assert page.filter_row._shown[0].text() == "电话 包含 4417"
    assert page.table.head.filtered == {"phone"}


def test_a_feature_narrows_the_list(page, listed):
    field = next(f for f in page.view.office.features.fields() if f.label == "比较中的竞品")
    page.controls.ask_condition(f"feature_{field.id}")
    popup = QApplication.activePopupWidget()
    popup.editor.values.line.setText("精测")
    popup.apply()
    assert listed() == [QIMING]
    assert page.filter_row._shown[0].text() == "比较中的竞品 包含 精测"


def test_the_menu_of_a_chip_adds_an_alternative(page, listed):
    region = Condition("region", "is", ("苏州",))
    page.set_state(replace(page.state, where=(region,)))
    assert len(listed()) == 4
    chip = page.filter_row._shown[0]
    page.filter_row._menu(chip, 0)
    menu = QApplication.activePopupWidget()
    said = [action.text() for action in menu.actions()]
    assert said == ["改…", "或者再加一个条件…", "去掉"]
    menu.close()
    page.filter_row.or_wanted.emit(0, chip)
    popup = QApplication.activePopupWidget()
    popup.fields.setCurrentRow(popup._row_of("quality"))
    popup.editor.listed.toggle(popup.editor.listed.item(0))
    popup.apply()
    assert page.state.where == (Group((region, Condition("quality", "is", ("valuable",)))),)
    assert page.filter_row._shown[0].text() == "地区 属于 苏州 或 定性 为 有价值"
    assert len(listed()) == 19
    assert page.table.head.filtered == {"region", "value"}


def test_conditions_are_combined_in_a_tree(page, listed, dialogs):
    region = Condition("region", "is", ("苏州",))
    page.set_state(replace(page.state, where=(region,)))

    def combine(dialog):
        assert dialog._root.text(0) == "全部满足"
        dialog.turn()
        assert dialog._root.text(0) == "任一满足"
        dialog.add_group()
        for field in ("quality", "stage"):
            dialog.add()
            popup = QApplication.activePopupWidget()
            popup.fields.setCurrentRow(popup._row_of(field))
            last = popup.editor.listed.count() - 1
            popup.editor.listed.toggle(popup.editor.listed.item(0 if field == "quality" else last))
            popup.apply()
        QTest.keyClick(dialog.tree, Key.Key_F2)
        popup = QApplication.activePopupWidget()
        assert popup.editor.listed.values() == ("5",)
        popup.apply()
        dialog.accept()

    dialogs("condition_groups_dialog", combine)
    page.controls.combine()
    inner = Group(
        (Condition("quality", "is", ("valuable",)), Condition("stage", "is", ("5",))), all=True
    )
    assert page.state.where == (Group((region, inner)),)
    chip = page.filter_row._shown[0]
    assert chip.text() == "地区 属于 苏州 或 （定性 为 有价值 且 阶段 为 成交）"
    assert len(listed()) == 9

    def drop(dialog):
        dialog.tree.setCurrentItem(dialog._root.child(1))
        QTest.keyClick(dialog.tree, Key.Key_Delete)
        assert not dialog.drop_button.isEnabled() or dialog.tree.currentItem() is not dialog._root
        dialog.accept()

    dialogs("condition_groups_dialog", drop)
    chip.click()
    assert page.state.where == (region,)


def test_a_condition_of_a_field_that_is_gone_is_told(qtbot, page, listed):
    listed()
    page.set_state(replace(page.state, where=(Condition("feature_7", "known"),)))
    qtbot.waitUntil(page.rows.error_bar.isVisible)
    assert page.filter_row._shown[0].text() == "feature_7 已停用"
    page.filter_row.removed.emit(0)
    assert len(listed()) == 31
    assert not page.rows.error_bar.isVisible()


def test_a_condition_without_values_says_what_is_missing(page):
    page.controls.ask_condition("")
    popup = QApplication.activePopupWidget()
    popup.apply()
    assert popup.isVisible()
    assert popup.editor.problem.text() == "至少勾一项"
    popup.close()


def test_a_header_click_sorts_in_the_book(qtbot, page, listed):
    names = [one.key for one in page.table.columns()]
    page.table.head.sectionClicked.emit(names.index("expected"))
    qtbot.waitUntil(lambda: page.rows.answer.state.sort == Sort("expected_fen", True))
    assert listed()[:2] == ["博雅医疗器械有限公司", "华瑞自动化工程有限公司"]
    page.table.head.sectionClicked.emit(names.index("expected"))
    qtbot.waitUntil(lambda: page.rows.answer.state.sort == Sort("expected_fen", False))
    assert page.filter_row.order.text() == "预计金额（反序）"
    page.table.head.sectionClicked.emit(names.index("initials"))
    assert page.state.sort == Sort("expected_fen", False)


def test_a_column_without_index_is_sorted_by_a_job(qtbot, page, listed, picture):
    names = [one.key for one in page.table.columns()]
    page.table.head.sectionClicked.emit(names.index("phone"))
    titles = [job.title for job in board().jobs]
    assert "正在排序" in titles
    qtbot.waitUntil(lambda: page.rows.answer.state.sort == Sort("phone"))
    phones = [page.rows.model.row(at).customer.main_phone for at in range(31)]
    assert len(listed()) == 31
    assert phones == sorted(phones)
    assert page.filter_row.order.text() == "电话"
    page.table.go_to(3)
    wanted = page.rows.model.row(4).customer.name
    QTest.keyClick(page.table, Key.Key_Return)
    opened = picture.page()
    assert opened.head.place.text() == "第 4 / 31 家"
    opened.step(1)
    assert opened.card.name == wanted
    picture.go_back()
    assert picture.page() is page


def test_a_feature_sorts_the_list(qtbot, page, listed):
    field = next(f for f in page.view.office.features.fields() if f.label == "比较中的竞品")
    page.controls.sort_by(Sort(f"feature_{field.id}", True))
    assert listed()[0] == QIMING
    assert page.filter_row.order.text() == "比较中的竞品（反序）"


def test_a_click_with_shift_orders_equal_rows(qtbot, page, listed):
    names = [one.key for one in page.table.columns()]
    page.controls.sort_by(Sort("region"))
    listed()
    section = names.index("expected")
    page.table.head.also_wanted.emit(section, Qt.SortOrder.DescendingOrder)
    both = Sort("region", then=(Sort("expected_fen", True),))
    qtbot.waitUntil(lambda: page.rows.answer.state.sort == both)
    assert len(listed()) == 31
    rows = [page.rows.model.row(at).customer for at in range(31)]
    keys = [
        (row.region, -(row.expected_fen if row.expected_fen is not None else -1)) for row in rows
    ]
    assert keys == sorted(keys)
    assert list(page.table.head._sorted) == [names.index("region"), section]
    assert page.filter_row.order.text() == "地区 ↑、预计金额 ¥ ↓"
    page.table.head.also_wanted.emit(section, Qt.SortOrder.AscendingOrder)
    assert page.state.sort == Sort("region", then=(Sort("expected_fen"),))


def test_three_columns_are_chosen_in_a_dialog(page, listed, dialogs):
    def choose(dialog):
        dialog.columns[0].set_value("stage")
        dialog.columns[1].set_value("owner")
        dialog.ways[1].set_value(True)
        dialog.columns[2].set_value("stage")
        dialog.accept()

    dialogs("sort_dialog", choose)
    page.controls.choose_sort()
    assert page.state.sort == Sort("stage", True, (Sort("owner", True),))
    assert len(listed()) == 31


def test_space_ticks_and_the_bar_adds_up(qtbot, page):
    QTest.keyClick(page.table, Key.Key_Space)
    QTest.keyClick(page.table, Key.Key_Down)
    QTest.keyClick(page.table, Key.Key_Space)
    assert page.rows.bulk.isVisible()
    assert page.rows.bulk.count.text() == "已选 2 家"
    qtbot.waitUntil(lambda: page.rows.bulk.sum.text() == "预计金额合计 ¥74.00万")
    assert "已选 2 家" in page.status_left()
    QTest.keyClick(page.table, Key.Key_Escape)
    assert not page.rows.bulk.isVisible()


def test_ctrl_a_ticks_the_whole_filter_but_for_some(qtbot, page, listed):
    page.set_state(replace(page.state, where=(Condition("region", "is", ("苏州",)),)))
    listed()
    QTest.keyClick(page.table, Key.Key_A, CTRL)
    assert page.rows.bulk.count.text() == "已选全部符合条件的 4 家"
    page.rows.model.toggle(0)
    assert page.rows.ticked_count() == 3
    chosen = page.rows.chosen()
    assert len(page.view.office.customers.bulk.ids(chosen)) == 3
    qtbot.waitUntil(lambda: page.rows.bulk.sum.text() == "预计金额合计 ¥50.30万")


def test_ctrl_c_copies_rows_as_a_table(page, listed):
    listed()
    QTest.keyClick(page.table, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page.table, Key.Key_C, CTRL)
    lines = QApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:2] == ["客户名称", "地区"]
    assert [line.split("\t")[0] for line in lines[1:]] == ["恒锐精密机械有限公司", QIMING]


def agree(box):
    return next(one for one in box.buttons() if one.objectName() == "agree")


@pytest.mark.parametrize("agreed", [True, False])
def test_what_goes_with_customers_is_told_before(qtbot, page, listed, picture, dialogs, agreed):
    page.rows.model.toggle(0)
    page.rows.model.toggle(1)

    def answer(box):
        assert box.text() == "删除 2 家？"
        assert "跟单" in box.informativeText()
        assert box.defaultButton().objectName() == "cancel"
        next(one for one in box.buttons() if (one.objectName() == "agree") == agreed).click()

    timer = dialogs("question", answer)
    QTest.keyClick(page.table, Key.Key_Delete)
    qtbot.waitUntil(lambda: not timer.isActive())
    qtbot.waitUntil(lambda: not board().jobs)
    assert picture.office.bin.rows().total == (2 if agreed else 0)


def test_deleted_customers_come_back_with_undo(qtbot, page, listed, picture, dialogs):
    page.rows.model.toggle(0)
    page.rows.model.toggle(1)
    dialogs(
        "question", lambda box: next(b for b in box.buttons() if b.objectName() == "agree").click()
    )
    QTest.keyClick(page.table, Key.Key_Delete)
    qtbot.waitUntil(picture.toast_box.isVisible)
    qtbot.waitUntil(lambda: len(listed()) == 29)
    assert "已删除 2 家" in picture.toast_box._words.text()
    picture.undo()
    qtbot.waitUntil(lambda: len(listed()) == 31)
    assert picture.office.customers.resolve(QIMING)
    picture.redo()
    qtbot.waitUntil(lambda: len(listed()) == 29)


def test_many_are_handed_over_at_once_and_back(qtbot, page, listed, picture, dialogs):
    page.set_state(replace(page.state, where=(Condition("region", "is", ("苏州",)),)))
    listed()
    page.rows.tick_all()

    def choose(dialog):
        dialog.search.setText("chenli")
        QTest.keyClick(dialog.search, Key.Key_Return)

    def agree(dialog):
        qtbot.waitUntil(dialog.ok.isEnabled)
        told.append(dialog.pane.said.text())
        dialog.ok.click()

    told = []
    dialogs("owner_dialog", choose)
    dialogs("preview_dialog", agree)
    page._bulk_act("owner")
    assert told == ["选了 4 家，会改 3 家；1 家已经是这样，不会动"]

    def owners():
        wanted = page.state.wanted()
        return {row.owner for row in page.view.office.customers.page(wanted).rows}

    qtbot.waitUntil(lambda: owners() == {"陈立"})
    qtbot.waitUntil(picture.toast_box.isVisible)
    picture.undo()
    qtbot.waitUntil(lambda: owners() == {"周敏", "陈立", "何静"})


def test_many_are_rated_at_once(qtbot, page, listed, picture):
    page.rows.model.toggle(4)
    page.rows.model.toggle(5)
    page._bulk_act("rate")
    popup = QApplication.activePopupWidget()
    QTest.keyClick(popup.quality.chips[0], Key.Key_1)
    QTest.keyClick(popup.quality.chips[0], Key.Key_Return)
    qtbot.waitUntil(picture.toast_box.isVisible)
    assert picture.toast_box._words.text() == "已标定 2 家"
    rows = picture.office.customers.page(page.state.wanted()).rows
    assert [row.quality for row in rows[4:6]] == ["valuable", "valuable"]
    picture.undo()

    def qualities():
        rows = picture.office.customers.page(page.state.wanted()).rows
        return [row.quality for row in rows[4:6]]

    qtbot.waitUntil(lambda: qualities() == ["unsure", "unsure"])


def test_many_get_a_next_step_for_their_owners(qtbot, page, listed, picture):
    page.set_state(replace(page.state, where=(Condition("next", "is", ("none",)),)))
    listed()
    page.rows.tick_all()
    page._bulk_act("next_step")
    popup = QApplication.activePopupWidget()
    QTest.keyClick(popup.when.chips.chips[0], Key.Key_5)
    QTest.keyClick(popup.when.chips.chips[4], Key.Key_Return)
    qtbot.waitUntil(picture.toast_box.isVisible)
    record = picture.office.followups.record(picture.office.customers.resolve("华锐紧固件有限公司"))
    assert [(one.bucket, one.staff) for one in record.open] == [("next_week", "孙浩")]


def test_enter_opens_and_back_keeps_the_place(qtbot, page, listed, picture):
    page.set_state(replace(page.state, where=(Condition("region", "is", ("苏州",)),)))
    names = listed()
    page.table.go_to(2)
    QTest.keyClick(page.table, Key.Key_Return)
    opened = picture.page()
    assert opened.PAGE_ID == "customer"
    assert opened.card.name == names[2]
    assert opened.head.place.text() == "第 3 / 4 家"
    picture.go_back()
    assert picture.page() is page
    assert listed() == names
    assert page.table.current_object().customer.name == names[2]
    assert [one.field for one in page.state.where] == ["region"]


def test_the_place_survives_a_change_elsewhere(qtbot, page, listed, picture):
    listed()
    page.table.go_to(6)
    name = page.table.current_object().customer.name
    customer_id = picture.office.customers.resolve("海润电子科技有限公司")
    picture.office.customers.change(customer_id, region="江阴")
    at = listed().index("海润电子科技有限公司")
    qtbot.waitUntil(lambda: page.rows.model.row(at).customer.region == "江阴")
    assert page.table.current_object().customer.name == name


def test_nothing_matches_tells_which_condition_to_drop(qtbot, page, listed):
    where = (Condition("region", "is", ("南京",)), Condition("touched", "within", ("1",)))
    page.set_state(replace(page.state, where=where))
    qtbot.waitUntil(lambda: page.rows.stack.currentWidget() is page.rows.empty)
    empty = page.rows.empty
    assert empty._no_match._help.text() == "去掉「地区 属于 南京」会有 0 家。" or (
        "会有" in empty._no_match._help.text()
    )
    empty._drop.click()
    assert len(page.state.where) == 1
    assert listed()


def test_an_empty_book_says_how_to_begin(qtbot, qapp, tmp_path):
    from app.prefs import Prefs
    from app.views.core import theme as themes
    from app.views.core.shell import Shell
    from tests.factories import empty_office

    office = empty_office(tmp_path / "empty.gendan")
    shell = Shell(themes.install(qapp, "light"), Prefs())
    qtbot.addWidget(shell)
    shell.attach(office, office.bus.subscribe)
    shell.show()
    shell.navigate("customers")
    page = shell.page()
    qtbot.waitUntil(lambda: page.rows.stack.currentWidget() is page.rows.empty)
    assert page.rows.empty._stack.currentWidget() is page.rows.empty._nothing
    qtbot.waitUntil(page.search.hasFocus)
    shell.detach()
    office.close()


def test_columns_are_hidden_moved_and_brought_back(page, listed):
    before = page.table.shown_columns()
    from app.views.customers import list_menus

    chooser = list_menus.column_chooser(page)
    rows = [chooser.listed.item(at).text() for at in range(chooser.listed.count())]
    assert rows[0] == "客户名称"
    chooser.listed.toggle(chooser.listed.item(rows.index("电话")))
    assert "phone" not in page.table.shown_columns()
    chooser.listed.setCurrentRow(rows.index("阶段"))
    QTest.keyClick(chooser.listed, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    shown = page.table.shown_columns()
    assert shown.index("stage") == shown.index("value") - 1
    assert page.table.shown_columns()[:2] == ["tick", "name"]
    chooser.reset_wanted.emit()
    assert page.table.shown_columns() == before
    chooser.close()


def test_a_feature_becomes_a_column(qtbot, page, listed):
    from app.views.customers import list_menus

    chooser = list_menus.column_chooser(page)
    rows = [chooser.listed.item(at).text() for at in range(chooser.listed.count())]
    chooser.listed.toggle(chooser.listed.item(rows.index("比较中的竞品")))
    names = listed()
    keys = [one.key for one in page.table.columns()]
    column = next(at for at, key in enumerate(keys) if key == page.table.shown_columns()[-1])
    index = page.rows.model.index(names.index(QIMING), column)
    qtbot.waitUntil(lambda: index.data() == "精测科技")
    chooser.close()


def test_views_count_and_choose(qtbot, page, listed):
    qtbot.waitUntil(lambda: bool(page.counts))
    assert page.counts["mine"] == 15
    assert page.counts["all"] == 31
    tab = next(one for one in page.view_row._tabs if one.view.id == "mine")
    tab.click()
    assert len(listed()) == 15
    assert page.view.prefs.get("customers.view") == "mine"


def test_a_state_with_ids_and_a_search_takes_what_is_in_both():
    state = ListState(ids=(1, 2, 3), text="hr")
    assert set(state.wanted((2, 3, 4)).ids) == {2, 3}
    assert state.wanted((9,)).ids == (0,)
    assert ListState().wanted().ids == ()


def test_rows_counted_elsewhere_are_shown_with_what_they_are(qtbot, page, listed, picture):
    office = picture.office
    ids = tuple(office.customers.resolve(name) for name in (QIMING, "青禾食品有限公司"))
    picture.navigate("customers", ids=ids, about="转化率 2026-11")
    assert set(listed()) == {QIMING, "青禾食品有限公司"}
    assert [chip.text() for chip in page.filter_row._shown] == ["转化率 2026-11"]
    page.filter_row.about_removed.emit()
    assert len(listed()) == 31


def test_the_window_commands_of_the_page(page, listed, picture):
    listed()
    commands = page.commands()
    assert {"new", "find", "select_all", "copy", "open", "owner", "calibrate", "delete"} <= set(
        commands
    )
    commands["find"]()
    assert page.search.hasFocus()
    commands["select_all"]()
    assert page.rows.model.whole
    assert page.current_customer() == picture.office.customers.resolve("恒锐精密机械有限公司")


def test_small_windows_fold_the_tools(page):
    page.adapt("compact")
    assert page.importing.isHidden()
    assert page.filter_row.isHidden()
    assert not page.filtering.isHidden()
    page.adapt("full")
    assert not page.filter_row.isHidden()
    assert page.filtering.isHidden()
    assert page.state.sort == NEWEST


def test_coming_back_stands_on_the_customer_seen_last(qtbot, page, listed, picture):
    names = listed()
    page.table.go_to(2)
    page.open_current()
    shown = picture.page()
    for name in names[3:5]:
        shown.step(1)
        qtbot.waitUntil(lambda name=name: shown.card is not None and shown.card.name == name)
    picture.go_back()
    assert picture.page() is page
    qtbot.waitUntil(lambda: not page.rows.loader._jobs)
    assert page.table.current_object().customer.name == names[4]
