"""A long list on Today: its first rows at once, the rest behind them, and nothing jumps."""

from __future__ import annotations

import pytest

from app.models.values.nextstep import Bucket, Group
from app.services.customers import CustomerDraft, writing
from app.services.followups import saving
from app.services.followups.drafts import NextStepDraft
from app.services.followups.today import AT_FIRST
from app.views.followups.agenda_reading import AgendaReading

MORE = AT_FIRST + 40


@pytest.fixture
def long_list(office):
    """Give the person who acts more steps for tomorrow than are read at first."""
    with office.context.write() as unit:
        made = [writing.add_customer(unit, CustomerDraft(f"长单{n}")) for n in range(MORE)]
        for customer in made:
            draft = NextStepDraft(Bucket.tomorrow)
            saving.open_step(unit, customer, draft, office.followups.office_time)
    return made


@pytest.fixture
def counted(long_list, today, qtbot):
    """Return Today once every step is there, and how many rows it had at each change."""
    counts = [today.model.rowCount()]
    today.model.modelReset.connect(lambda: counts.append(today.model.rowCount()))
    today.model.dataChanged.connect(lambda *_ends: counts.append(today.model.rowCount()))
    qtbot.waitUntil(lambda: all(group.unread == () for group in today.reading.agenda.groups))
    return today, counts


def test_the_first_rows_come_at_once_and_the_rest_when_it_may(long_list, office, qtbot, window):
    reading, came = AgendaReading(office, window), []
    reading.came.connect(came.append)
    staff_id = office.context.actor.staff_id
    reading.read(staff_id)
    assert [one.whole() for one in came] == [False]
    assert sum(len(group.items) for group in came[0].groups) == AT_FIRST
    total = office.followups.agenda(staff_id).total()
    assert came[0].total() == total > MORE
    reading.follow()
    qtbot.waitUntil(lambda: len(came) == 2)
    assert came[1] == office.followups.agenda(staff_id)
    reading.read(staff_id)
    assert len(came) == 2
    qtbot.waitUntil(lambda: len(came) == 3)
    assert came[2].whole()


def test_only_the_last_question_is_answered(long_list, office, qtbot, window):
    reading, came = AgendaReading(office, window), []
    reading.came.connect(came.append)
    reading.follow()
    reading.read(office.context.actor.staff_id)
    other = next(one.id for one in office.staff.all() if one.name != "周敏")
    reading.read(other)
    assert came[-1] == office.followups.agenda(other)
    reading.read(0)
    qtbot.waitUntil(lambda: came[-1] == office.followups.agenda(0))
    assert [one.whole() for one in came] == [False, True, False, True]


def test_rows_have_their_place_from_the_first_paint_on(counted):
    page, counts = counted
    assert set(counts) == {page.model.rowCount()}
    heads = {page.model.row(at).group: page.model.row(at) for at in page.model.headings()}
    assert heads[Group.tomorrow].count > MORE
    assert page.status_left().startswith(f"下步事务 {page.reading.agenda.total()} 条")


def test_a_save_moves_neither_the_selection_nor_the_rows(counted, office, qtbot):
    page, counts = counted
    at = next(place for place in range(page.model.rowCount() - 1, 0, -1) if page.model.step(place))
    page.list.choose_row(at)
    chosen, scrolled = page.list.current_step(), page.list.verticalScrollBar().value()
    assert scrolled > 0
    calls = office.followups.agenda().counters
    before = len(counts)
    office.followups.schedule(chosen.item.customer_id, NextStepDraft(Bucket.next_month))
    qtbot.waitUntil(lambda: len(counts) > before)
    assert page.reading.agenda.whole()
    assert page.list.current_step().item.step_id == chosen.item.step_id
    assert page.list.current_step().item.more_count == 1
    assert page.list.verticalScrollBar().value() == scrolled
    assert set(counts) == {page.model.rowCount()}
    assert page.reading.agenda.counters.overdue <= calls.overdue


def test_undo_brings_a_step_of_a_long_list_back_where_it_was(counted, office, qtbot):
    page, _counts = counted
    at = page.model.rowCount() - 1
    while page.model.step(at) is None:
        at -= 1
    page.list.choose_row(at)
    step = page.list.current_step().item
    office.followups.postpone(step.step_id, Bucket.next_month)
    qtbot.waitUntil(lambda: page.model.place_of(step.step_id) < 0)
    office.undo.take_back(office.undo.last().id)
    qtbot.waitUntil(lambda: page.model.place_of(step.step_id) == at)
    assert page.list.current_step().item.step_id == step.step_id
