"""The rows of Today: headings, folding, filtering, completed rows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.models.values.nextstep import Group
from app.services.followups.today import Agenda, AgendaGroup, AgendaItem, Counters, StepKey
from app.views.followups.agenda_model import (
    AgendaModel,
    dragged_steps,
)
from app.views.followups.agenda_rows import HeaderRow
from tests.views.followups.test_when_words import NOW, at

NONE = Counters(0, 0, 0, 0, 0, 0, 0)


def item(step_id, plan="greeting"):
    return AgendaItem(
        step_id, 100 + step_id, f"客户{step_id}", "张三", plan, "问候", "next_week",
        at("2026-11-30T00:00"), at("2026-12-06T23:59"), False, "valuable", "big", 100, 1, 0,
    )  # fmt: skip


def agenda(**groups):
    found = tuple(
        AgendaGroup(Group(name), tuple(item(one) if isinstance(one, int) else one for one in items))
        for name, items in groups.items()
    )
    return Agenda(found, NONE)


@pytest.fixture
def model(qapp):
    made = AgendaModel()
    made.set_folded([])
    return made


def shown(model):
    rows = []
    for place in range(model.rowCount()):
        row = model.row(place)
        rows.append(row.group.value if isinstance(row, HeaderRow) else row.item.step_id)
    return rows


def test_headings_stand_over_their_steps_in_order(model, qtmodeltester):
    model.show(agenda(tonight=[3], overdue=[1], later_today=[2]), NOW)
    assert shown(model) == ["overdue", 1, "later_today", 2, "tonight", 3]
    qtmodeltester.check(model)


def test_later_groups_are_folded_at_first(qapp):
    model = AgendaModel()
    model.show(agenda(this_week=[1], next_week=[2], later=[3]), NOW)
    assert shown(model) == ["this_week", 1, "next_week", "later"]


def test_a_fold_is_told_and_kept(model, qtbot):
    model.show(agenda(overdue=[1, 2], tomorrow=[3]), NOW)
    with qtbot.waitSignal(model.folds_changed):
        model.fold(Group.overdue, True)
    assert shown(model) == ["overdue", "tomorrow", 3]
    assert model.folded() == ["overdue"]
    head = model.row(0)
    assert head.count == 2
    assert "已折叠" in head.spoken()
    model.fold(Group.overdue, True)
    assert shown(model) == ["overdue", "tomorrow", 3]


def test_a_later_group_shows_ten_and_offers_the_rest(model):
    model.show(agenda(overdue=list(range(1, 13)), next_week=list(range(20, 33))), NOW)
    assert len([one for one in shown(model) if isinstance(one, int) and one < 20]) == 12
    head = model.row(model.header_of(Group.next_week))
    assert (head.hidden_count, head.more_words()) == (3, "再显示 3 条")
    model.show_more(Group.next_week)
    assert model.row(model.header_of(Group.next_week)).more_words() == ""
    assert shown(model)[-1] == 32


def test_a_plan_filter_leaves_only_its_steps(model):
    model.show(agenda(overdue=[1, item(2, "sign_collect")]), NOW, plan_kind="sign_collect")
    assert shown(model) == ["overdue", 2]
    model.show(agenda(overdue=[1]), NOW, plan_kind="sign_collect")
    assert shown(model) == []


def test_only_some_groups(model):
    model.show(agenda(overdue=[1], tomorrow=[2]), NOW)
    model.fold(Group.tomorrow, True)
    model.show_only(frozenset({Group.tomorrow}))
    assert shown(model) == ["tomorrow", 2]
    model.show_only(frozenset())
    assert shown(model) == ["overdue", 1, "tomorrow"]


def test_a_completed_row_stays_struck_at_its_place(model):
    model.show(agenda(overdue=[1, 2, 3]), NOW)
    gone = model.step(model.place_of(2))
    done = replace(gone, done=True)
    model.show(agenda(overdue=[1, 3]), NOW, leaving=[done])
    assert shown(model) == ["overdue", 1, 2, 3]
    assert model.row(0).count == 2
    assert not model.stops(model.place_of(2))
    assert model.step(model.place_of(2)).spoken().startswith("已完成，")
    model.show(agenda(overdue=[1, 3]), NOW)
    assert shown(model) == ["overdue", 1, 3]


def test_the_next_step_skips_headings_and_turns_back_at_the_end(model):
    model.show(agenda(overdue=[1], tomorrow=[2], next_month=[3]), NOW)
    model.fold(Group.next_month, True)
    assert model.step(model.next_step(model.place_of(1))).item.step_id == 2
    assert model.step(model.next_step(model.place_of(2))).item.step_id == 1
    model.show(agenda(overdue=[1]), NOW)
    assert model.next_step(model.place_of(1)) == -1


def test_a_row_is_read_to_people_who_cannot_see_it(model):
    model.show(agenda(next_week=[1]), NOW)
    index = model.index(1)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "下周，普通问候，客户1，张三，问候，有价值 大单，1"
    )


def test_steps_are_dragged_and_most_headings_take_them(model):
    model.show(agenda(overdue=[1], tomorrow=[2], later=[3]), NOW)
    flags = {name: model.flags(model.index(place)) for place, name in enumerate(shown(model))}
    drag, drop = Qt.ItemFlag.ItemIsDragEnabled, Qt.ItemFlag.ItemIsDropEnabled
    assert flags[1] & drag
    assert flags["tomorrow"] & drop
    assert not flags["overdue"] & drop
    assert not flags["later"] & drop
    mime = model.mimeData([model.index(model.place_of(1)), model.index(model.place_of(3))])
    assert dragged_steps(mime) == [1, 3]
    assert "客户1" in mime.text()


def unread(step_id, plan="greeting"):
    return StepKey(step_id, 100 + step_id, at("2026-11-30T00:00"), at("2026-12-06T23:59"), 0, plan)


def test_steps_that_were_not_read_have_their_place_and_are_counted(model, qtmodeltester):
    first = Agenda(
        (
            AgendaGroup(Group.overdue, (item(1), item(2, "nurture_need")), (unread(3), unread(4))),
            AgendaGroup(Group.tomorrow, (), (unread(5), unread(6, "nurture_need"))),
        ),
        NONE,
    )
    model.show(first, NOW)
    assert (model.rowCount(), model.row(0).count) == (8, 4)
    assert [model.row(place) for place in (3, 4, 6, 7)] == [None] * 4
    assert isinstance(model.row(5), HeaderRow)
    assert [model.next_stop(place) for place in (0, 2)] == [1, -1]
    assert (model.place_of(3), model.step_of(3)) == (-1, None)
    qtmodeltester.check(model)
    model.show(first, NOW, plan_kind="nurture_need")
    assert [model.row(place).count for place in (0, 2)] == [1, 1]
    whole = agenda(overdue=[1, item(2, "nurture_need"), 3, 4], tomorrow=[5, 6])
    model.show(whole, NOW)
    assert shown(model) == ["overdue", 1, 2, 3, 4, "tomorrow", 5, 6]
