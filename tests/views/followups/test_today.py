"""Today in the real window: keys, pointer, figures, folding, regrouping."""

from __future__ import annotations

from datetime import datetime, time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.models.values import dates
from app.models.values.nextstep import Bucket, Group
from app.services.followups import FORM
from app.services.followups.drafts import FollowupDraft, NextStepDraft
from app.views.followups.agenda_rows import HeaderRow
from app.views.followups.followup_form import FollowupForm
from app.views.followups.postpone_popup import PostponePopup
from tests import factories

Key = Qt.Key


def customers(page, group=None):
    found = []
    for at in range(page.model.rowCount()):
        row = page.model.step(at)
        if row is not None and not row.done and (group is None or row.group is group):
            found.append(row.item.customer)
    return found


def current(page):
    row = page.list.current_step()
    return row.item.customer if row is not None else None


def popup_of(page):
    return next(one for one in page.findChildren(PostponePopup) if one.isVisible())


def form_of(window):
    form = next((one for one in window.findChildren(FollowupForm) if one.isVisible()), None)
    if form is not None:
        while not form.isActiveWindow():
            QTest.qWait(1)
    return form


def test_rows_and_figures_of_the_picture(today, window):
    assert customers(today, Group.overdue) == ["恒锐精密机械", "宏泰模具", "海川塑胶制品"]
    assert customers(today, Group.later_today)[0] == "启明自动化设备"
    assert today.strip.cells["overdue"].figure().number == "3"
    assert today.header.subtitle.text() == "2026年11月23日 周一"
    assert current(today) == "恒锐精密机械"
    assert today.status_left().startswith("下步事务 15 条")
    assert window.nav._items["today"].data(Qt.ItemDataRole.AccessibleTextRole) == "今日工作台，6 条"


def test_arrows_pass_over_headings_and_fold_groups(today):
    for _step in range(3):
        QTest.keyClick(today.list, Key.Key_Down)
    assert current(today) == "启明自动化设备"
    QTest.keyClick(today.list, Key.Key_Left)
    head = today.model.row(today.list.currentIndex().row())
    assert isinstance(head, HeaderRow)
    assert head.folded
    assert head.group is Group.later_today
    QTest.keyClick(today.list, Key.Key_Down)
    assert current(today) == "博雅医疗器械"
    QTest.keyClick(today.list, Key.Key_Up)
    QTest.keyClick(today.list, Key.Key_Right)
    assert current(today) == "启明自动化设备"


def test_folds_are_remembered(today, window, office):
    today.model.fold(Group.tomorrow, True)
    assert "tomorrow" in window.prefs.get("today.folded")
    window.detach()
    window.attach(office, office.bus.subscribe)
    assert "tomorrow" in window.page().model.folded()


def test_a_fold_by_the_heading_keeps_the_selection_elsewhere(today, choose):
    choose("海川塑胶制品")
    today.model.fold(Group.tomorrow, True)
    assert current(today) == "海川塑胶制品"


def test_s_puts_off_and_moves_on(today, office, choose, settle):
    row = choose("宏泰模具")
    QTest.keyClick(today.list, Key.Key_S)
    popup = popup_of(today)
    assert popup.when.text() == "11-24 周二"
    QTest.keyClick(popup.times.chips.focusProxy(), Key.Key_5)
    assert popup.when.text() == "11-30 ~ 12-06"
    popup.reason.setText("等样机")
    QTest.keyClick(popup.reason, Key.Key_Return)
    settle()
    assert office.followups.step(row.item.step_id).state == "postponed"
    assert current(today) == "海川塑胶制品"
    assert "宏泰模具" not in customers(today, Group.overdue)


def test_put_off_with_a_clock_time_and_counted(today, office, choose, settle):
    choose("宏泰模具")
    QTest.keyClick(today.list, Key.Key_S)
    popup = popup_of(today)
    popup.clock.set_clock(time(9, 30))
    assert popup.when.text() == "11-24 周二 09:30"
    QTest.keyClick(popup, Key.Key_Return)
    settle()
    again = choose("宏泰模具")
    assert (again.group, again.when(), again.item.postpone_count) == (
        Group.tomorrow, "周二 09:30", 1,
    )  # fmt: skip
    QTest.keyClick(today.list, Key.Key_S)
    assert "这条已顺延 1 次" in [label.text() for label in popup_of(today).findChildren(object)
                             if hasattr(label, "text") and callable(label.text)]  # fmt: skip


def test_several_are_put_off_together_and_taken_back(today, window, choose, settle):
    choose("恒锐精密机械")
    QTest.keyClick(today.list, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert today.list.selected_count() == 2
    QTest.keyClick(today.list, Key.Key_S)
    QTest.keyClick(popup_of(today), Key.Key_Return)
    settle()
    assert customers(today, Group.overdue) == ["海川塑胶制品"]
    window.undo()
    settle()
    assert len(customers(today, Group.overdue)) == 3


def test_space_writes_and_the_row_fades_and_comes_back(today, window, choose, settle):
    row = choose("青禾食品")
    QTest.keyClick(today.list, Key.Key_Space)
    form = form_of(window)
    assert form.line.step_id() == row.item.step_id
    form.happened.entry.set_text("白皮书送到了。/下周 /增进关系 约饭")
    QTest.keyClick(form, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert form_of(window) is None
    struck = today.model.step(today.model.place_of(row.item.step_id))
    assert struck.done
    assert current(today) == "百川阀门"
    assert today.strip.cells["today"].figure().rest == "已完成 1"
    window.undo()
    settle()
    assert not today.model.step(today.model.place_of(row.item.step_id)).done
    assert current(today) == "青禾食品"


def test_a_row_completed_elsewhere_fades(today, office, choose, settle):
    row = choose("青禾食品")
    choose("恒锐精密机械")
    office.followups.save(
        FollowupDraft(row.item.customer_id, "办完了", parent_step_id=row.item.step_id)
    )
    settle()
    assert today.model.step(today.model.place_of(row.item.step_id)).done
    today.leaving._drop(row.item.step_id)
    assert today.model.place_of(row.item.step_id) == -1
    assert current(today) == "恒锐精密机械"


def test_groups_turn_by_themselves(today, clock, choose, settle):
    choose("青禾食品")
    clock.instant = dates.to_instant(datetime(2026, 11, 23, 18, 0, 1, tzinfo=factories.ZONE))
    today._on_tick()
    assert current(today) == "青禾食品"
    assert customers(today, Group.later_today) == []
    assert "百川阀门" in customers(today, Group.overdue)
    clock.instant = dates.to_instant(datetime(2026, 11, 24, 0, 0, 1, tzinfo=factories.ZONE))
    today._on_tick()
    assert current(today) == "青禾食品"
    assert "智远电子科技" in customers(today, Group.later_today)
    assert today.header.subtitle.text() == "2026年11月24日 周二"


def test_a_figure_filters_and_lets_go(today):
    today.strip.cells["overdue"].click()
    assert customers(today) == ["恒锐精密机械", "宏泰模具", "海川塑胶制品"]
    today.strip.cells["today"].click()
    assert "启明自动化设备" in customers(today)
    assert "恒锐精密机械" not in customers(today)
    today.strip.cells["today"].click()
    assert len(customers(today)) == 15


def test_a_plan_filter_and_whose(today, office, settle):
    entry = next(one for one in today.tools.plan.menu().actions() if one.text() == "签约回款")
    entry.trigger()
    assert customers(today) == ["海川塑胶制品", "智远电子科技"]
    everybody = next(one for one in today.tools.whose.menu().actions() if one.text() == "全部")
    everybody.trigger()
    assert "恒润化工装备" in customers(today)
    assert today.params()["whose"] == 0
    today.open(whose=-1, plan_kind="")
    today.refresh()
    assert len(customers(today)) == 15


def test_a_filter_without_rows_says_what_to_drop(today, office, choose, settle):
    step = choose("禾木包装材料")
    office.followups.cancel(step.item.step_id, "不做了")
    settle()
    next(one for one in today.tools.plan.menu().actions() if one.text() == "普通问候").trigger()
    assert today.no_match.isVisible()
    assert "14 条" in today.no_match.accessibleName()
    today._drop_plan()
    assert not today.no_match.isVisible()


def test_dropping_on_a_heading_puts_off(today, office, choose, settle):
    row = choose("宏泰模具")
    today.list.dropped.emit([row.item.step_id], Group.tomorrow)
    settle()
    assert "宏泰模具" in customers(today, Group.tomorrow)


def test_enter_opens_the_customer(today, window, choose):
    opened = []
    object.__setattr__(window.view, "navigate", lambda _page, **params: opened.append(params))
    row = choose("青禾食品")
    QTest.keyClick(today.list, Key.Key_Return)
    assert opened == [{"customer_id": row.item.customer_id}]


def test_the_pointer_completes_puts_off_and_folds(today, window, choose):
    row = choose("青禾食品")
    rect = today.list.visualRect(today.list.currentIndex())
    boxes = today.list.rows.button_boxes(rect)
    QTest.mouseClick(today.list.viewport(), Qt.MouseButton.LeftButton, pos=boxes[1].center())
    popup_of(today).close()
    ring = today.list.rows.ring_box(rect).center().toPoint()
    QTest.mouseClick(today.list.viewport(), Qt.MouseButton.LeftButton, pos=ring)
    form = form_of(window)
    assert form.line.step_id() == row.item.step_id
    form.reject()
    head = today.list.visualRect(today.model.index(0)).center()
    QTest.mouseClick(today.list.viewport(), Qt.MouseButton.LeftButton, pos=head)
    assert today.model.row(0).folded


def test_letters_do_nothing_else(today, window, choose):
    choose("青禾食品")
    for letter in "aqz5":
        QTest.keyClick(today.list, letter)
    assert current(today) == "青禾食品"
    assert form_of(window) is None
    today.list.letters = False
    QTest.keyClick(today.list, Key.Key_Space)
    assert form_of(window) is None


def test_the_pane_follows_after_a_moment(today, qtbot, choose):
    choose("启明自动化设备")
    qtbot.waitUntil(lambda: "启明" in _pane_name(today))
    assert _pane_name(today) == "无锡启明自动化设备有限公司"
    choose("青禾食品")
    assert _pane_name(today) == "无锡启明自动化设备有限公司"
    qtbot.waitUntil(lambda: "青禾" in _pane_name(today))


def _pane_name(page):
    names = [one for one in page.pane.findChildren(object) if one.objectName() == "glance_name"]
    return names[-1].text() if names else ""


def test_the_pane_hides_and_the_width_is_kept(today, window):
    window.actions_.run("detail")
    assert not today.pane.isVisible()
    assert window.prefs.get("today.detail") is False
    window.actions_.run("detail")
    assert today.pane.isVisible()


def test_narrow_windows_show_two_lines_and_the_pane_over_the_list(today, window, settle):
    window.resize(960, 540)
    settle()
    assert today.list.rows.compact
    assert not today.strip.isVisible()
    assert not today.pane.isVisible()
    assert today.tools.both.isVisible()
    window.actions_.run("detail")
    assert today.pane.isVisible()
    QTest.keyClick(today.split._overlay, Key.Key_Escape)
    assert not today.pane.isVisible()


def test_all_done_says_what_follows(today, office, settle):
    ids = [one for at in range(today.model.rowCount()) if (row := today.model.step(at))
           and row.group in (Group.overdue, Group.later_today, Group.tonight)
           for one in [row.item.step_id]]  # fmt: skip
    office.followups.postpone_all(ids, Bucket.next_week)
    settle()
    assert today.done.isVisible()
    assert "明天 2 条，本周内还有 4 条。" in today.done.accessibleName()
    today.done.ahead.click()
    assert current(today) == "智远电子科技"


def test_a_draft_left_behind_is_offered(today, office, window, choose, settle):
    row = choose("宏泰模具")
    office.followups.drafts.keep(FORM, row.item.customer_id, {"happened": {"content": "打到一半"}})
    today.refresh()
    assert "宏泰模具" in today.unfinished.words.text()
    today.unfinished.go.click()
    form = form_of(window)
    assert form.happened.entry.toPlainText() == "打到一半"
    assert form.kept.isVisible()
    form.reject()
    today.refresh()
    today.unfinished.drop.click()
    assert not today.unfinished.isVisible()
    window.undo()
    assert today.unfinished.isVisible()


def test_copying_gives_a_table(today, choose, qapp):
    choose("海川塑胶制品")
    today.acts.copy()
    assert qapp.clipboard().text() == (
        "1 天前\t签约回款\t海川塑胶制品\t陈秀兰\t催第二期款 ¥6.40万，发票已寄\t6.40万"
    )


def test_the_menu_lists_what_can_be_done(today, window, choose):
    from app.views.followups.row_menu import row_menu

    choose("海川塑胶制品")
    words = [one.text().split("\t")[0] for one in row_menu(window.view, today).actions()]
    assert words[:2] == ["完成并写跟单", "顺延"]
    assert "安排下步" in words


def test_many_open_steps_are_listed(today, office, settle):
    row = today.list.current_step()
    with office.context.write() as unit:
        from app.services.followups import saving

        for _n in range(40):
            saving.open_step(
                unit, row.item.customer_id, NextStepDraft(Bucket.next_month),
                office.followups.office_time,
            )  # fmt: skip
    settle()
    kept = today.model.step_of(row.item.step_id)
    assert kept.item.more_count == 40


@pytest.mark.parametrize("size", [(1440, 900), (1100, 700), (960, 540)])
def test_everything_can_be_reached_with_tab(today, window, size, qtbot):
    window.resize(*size)
    if size[0] >= 1024:
        qtbot.waitUntil(lambda: bool(_pane_name(today)))
    today.list.setFocus()
    seen = set()
    for _step in range(60):
        focused = window.focusWidget()
        seen.add(focused.objectName())
        QTest.keyClick(focused, Key.Key_Tab)
    assert {"agenda", "today_write"} <= seen
    if size[0] >= 1280:
        assert {
            "search_launcher",
            "today_plan",
            "figure_overdue",
            "glance_copy",
            "glance_open",
        } <= seen


def test_the_selected_row_is_drawn_with_its_buttons(today, choose, settle):
    choose("青禾食品")
    rect = today.list.visualRect(today.list.currentIndex())
    box = today.list.rows.button_boxes(rect)[0]
    picture = today.list.viewport().grab().toImage()
    corner = box.topLeft() + QPoint(4, 4)
    ratio = picture.devicePixelRatio()
    drawn = picture.pixelColor(round(corner.x() * ratio), round(corner.y() * ratio))
    assert drawn == today.view.theme.color("accentFill")


def test_a_dragged_row_lands_on_headings_only(today, office, choose, settle):
    row = choose("宏泰模具")
    mime = today.model.mimeData([today.list.currentIndex()])

    def drop_on(place):
        point = today.list.visualRect(today.model.index(place)).center()
        event = QDropEvent(
            QPointF(point), Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        today.list.dropEvent(event)
        settle()
        return event.isAccepted()

    assert not drop_on(today.model.header_of(Group.overdue))
    assert not drop_on(today.model.place_of(row.item.step_id))
    assert office.followups.step(row.item.step_id).state == "open"
    assert drop_on(today.model.header_of(Group.tonight))
    assert "宏泰模具" in customers(today, Group.tonight)


def test_whatever_takes_the_focus_has_a_name(today, window, choose, qtbot):
    choose("启明自动化设备")
    qtbot.waitUntil(lambda: bool(_pane_name(today)))
    today.acts.complete()
    form = form_of(window)
    for widget in (*today.findChildren(QWidget), *form.findChildren(QWidget)):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and widget.isVisible() and not widget.objectName().startswith("qt_"):
            assert widget.accessibleName(), widget
            assert widget.objectName(), widget
            assert widget.objectName().isascii(), widget.objectName()
    form.reject()


def test_the_search_opens_from_header_and_key(today, window, settle):
    today.tools.search.setFocus()
    QTest.keyClick(today.tools.search, "h")
    settle()
    assert window.palette_box.isVisible()
    assert window.palette_box.field.text() == "h"
    window.palette_box.hide()
    window.actions_.run("find")
    assert window.palette_box.isVisible()
    assert window.palette_box.field.text() == ""
    window.palette_box.hide()


def test_the_figures_lead_to_their_rows(today, window, office, choose):
    opened = []
    object.__setattr__(
        window.view, "navigate", lambda page, **params: opened.append((page, params))
    )
    row = choose("青禾食品")
    office.followups.save(FollowupDraft(row.item.customer_id, "聊了", duration_s=90))
    today.strip.cells["calls"].click()
    today.strip.cells["signed"].click()
    today.done.greet.click()
    assert opened[0][1]["ids"] == (row.item.customer_id,)
    assert opened[1] == ("deals", {"tab": "contracts"})
    assert [one.field for one in opened[2][1]["where"]] == ["life", "touched", "owner"]
