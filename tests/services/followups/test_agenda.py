from datetime import date, time

import pytest

from app.errors import UserError
from app.models.tables.followups import NextStep
from app.models.values.dates import zone
from app.models.values.nextstep import Bucket, Group, OfficeHours
from app.models.values.nextstep.typed import parse_when
from app.services.calibration import CalibrationDraft
from app.services.customers import CustomerDraft
from app.services.followups.agenda import read_agenda
from app.services.followups.drafts import FollowupDraft, NextStepDraft
from app.services.followups.today import AT_ONCE

SHANGHAI = zone("Asia/Shanghai")


@pytest.fixture
def customers(office):
    return [office.customers.add(CustomerDraft(f"客户{n}")) for n in range(4)]


def grouped(office):
    return {
        group.group: [item.customer for item in group.items]
        for group in office.followups.agenda().groups
        if group.items
    }


def test_every_bucket_lands_in_its_group(office, customers, clock):
    buckets = (Bucket.later_today, Bucket.tonight, Bucket.tomorrow, Bucket.next_month)
    for customer, bucket in zip(customers, buckets, strict=True):
        office.followups.schedule(customer, NextStepDraft(bucket))
    assert grouped(office) == {
        Group.later_today: ["客户0"],
        Group.tonight: ["客户1"],
        Group.tomorrow: ["客户2"],
        Group.next_month: ["客户3"],
    }
    clock.set("2026-11-25 10:00")
    assert set(grouped(office)[Group.overdue]) == {"客户0", "客户1", "客户2"}


def test_a_clock_time_comes_before_the_rest(office, customers):
    day = date(2026, 11, 24)
    office.followups.schedule(customers[0], NextStepDraft(Bucket.tomorrow))
    office.followups.schedule(customers[1], NextStepDraft(Bucket.date, day=day, clock=time(9, 30)))
    assert grouped(office)[Group.tomorrow] == ["客户1", "客户0"]


def test_only_the_earliest_step_of_a_customer_is_shown(office, customers):
    office.followups.schedule(customers[0], NextStepDraft(Bucket.next_month))
    office.followups.schedule(customers[0], NextStepDraft(Bucket.tomorrow))
    agenda = office.followups.agenda()
    items = [item for group in agenda.groups for item in group.items]
    assert [(item.bucket, item.more_count) for item in items] == [("tomorrow", 1)]


def test_postponing_keeps_the_chain_and_counts(office, customers):
    saved = office.followups.schedule(customers[0], NextStepDraft(Bucket.tomorrow, "greeting"))
    later = office.followups.postpone(saved.next_step_id, Bucket.next_week, reason="对方出差")
    again = office.followups.postpone(later.next_step_id, Bucket.next_month)
    record = office.followups.record(customers[0])
    assert [(step.id, step.postpone_count) for step in record.open] == [(again.next_step_id, 2)]
    assert record.postponed_count == 2
    with pytest.raises(UserError) as refused:
        office.followups.postpone(saved.next_step_id, Bucket.tomorrow)
    assert refused.value.code == "step_closed"


def test_one_persons_agenda_holds_only_that_persons_steps(office, customers):
    staff = {one.name: one.id for one in office.staff.all()}
    office.followups.schedule(customers[0], NextStepDraft(Bucket.tomorrow, staff_id=staff["周敏"]))
    assert office.followups.agenda(staff["周敏"]).total() == 1
    assert office.followups.agenda(staff["陈立"]).total() == 0


def test_the_counters_tell_the_day(office, customers):
    step = office.followups.schedule(customers[0], NextStepDraft(Bucket.later_today))
    office.followups.save(
        FollowupDraft(customers[0], "谈", duration_s=90, parent_step_id=step.next_step_id)
    )
    counters = office.followups.agenda().counters
    assert (counters.done_today, counters.calls_today, counters.talk_seconds) == (1, 1, 90)


def test_removing_a_customer_takes_its_steps_off_the_agenda(office, customers):
    office.followups.schedule(customers[0], NextStepDraft(Bucket.tomorrow))
    office.customers.remove((customers[0],))
    assert office.followups.agenda().total() == 0


def test_the_oldest_overdue_comes_first_whatever_its_size(office, customers, clock):
    clock.set("2026-11-20 10:00")
    for customer, day in zip(customers, (22, 21, 22), strict=False):
        office.followups.schedule(customer, NextStepDraft(Bucket.date, day=date(2026, 11, day)))
    office.calibration.save(customers[2], CalibrationDraft(quality="valuable", grade="big"))
    clock.set("2026-11-23 10:00")
    assert grouped(office)[Group.overdue] == ["客户1", "客户2", "客户0"]


def test_several_steps_are_put_off_as_one_act(office, customers):
    ids = [
        office.followups.schedule(customer, NextStepDraft(Bucket.later_today)).next_step_id
        for customer in customers[:2]
    ]
    office.followups.postpone_all(ids, Bucket.tomorrow, clock=time(9, 30), reason="等样机")
    assert grouped(office) == {Group.tomorrow: ["客户0", "客户1"]}
    office.undo.take_back(office.undo.last().id)
    assert grouped(office) == {Group.later_today: ["客户0", "客户1"]}


def test_a_closed_step_stops_the_whole_postponement(office, customers):
    ids = [
        office.followups.schedule(customer, NextStepDraft(Bucket.later_today)).next_step_id
        for customer in customers[:2]
    ]
    office.followups.cancel(ids[1], "客户搬走了")
    with pytest.raises(UserError):
        office.followups.postpone_all(ids, Bucket.tomorrow)
    assert grouped(office) == {Group.later_today: ["客户0"]}


def test_a_window_read_from_words_is_kept_as_read(office, customers):
    read = parse_when("月底前", office.context.now(), SHANGHAI, OfficeHours())
    saved = office.followups.schedule(customers[0], NextStepDraft(read[0], window=read[1]))
    assert (saved.window_start, saved.window_end) == (read[1].start, read[1].end)
    assert grouped(office) == {Group.next_week: ["客户0"]}


def test_the_customers_behind_the_calls_of_today(office, customers, clock):
    for customer, seconds, channel in zip(
        customers, (120, 0, 30, 60), ("phone", "phone", "wechat", "phone"), strict=True
    ):
        office.followups.save(FollowupDraft(customer, "聊", channel, duration_s=seconds))
    office.followups.save(FollowupDraft(customers[0], "又聊", duration_s=5))
    assert set(office.followups.called_today()) == {customers[0], customers[3]}
    assert office.followups.called_today(1) == ()
    assert office.followups.agenda().counters.calls_today == 3
    clock.set("2026-11-24 10:00")
    assert office.followups.called_today() == ()


@pytest.fixture
def many(office, clock):
    """Have steps of every group and size, some customers with two."""
    buckets = (Bucket.tomorrow, Bucket.later_today, Bucket.next_month, Bucket.tonight)
    for n in range(24):
        customer = office.customers.add(CustomerDraft(f"第{n}家"))
        if n % 3:
            sizes = CalibrationDraft(quality="valuable", grade=("big", "small")[n % 2])
            office.calibration.save(customer, sizes)
        if n == 12:
            clock.set("2026-11-25 10:00")
        day = date(2026, 11, 25 + n % 4) if n % 5 == 0 else None
        clock_time = time(9 + n % 7, 30) if day else None
        bucket = Bucket.date if day else buckets[n % 4]
        office.followups.schedule(customer, NextStepDraft(bucket, day=day, clock=clock_time))
        if n % 6 == 0:
            office.followups.schedule(customer, NextStepDraft(Bucket.next_week))


@pytest.mark.parametrize("limit", [1, 2, 5, 9, 12, 13, 20, 23, 24, 25])
def test_the_first_steps_are_those_of_the_whole_and_every_count_is_true(office, many, limit):
    there, now = office.followups.office_time, office.context.now()
    whole = office.followups.agenda()
    with office.context.read() as reader:
        head = read_agenda(reader, 0, now, there, limit)
    in_order = [item for group in whole.groups for item in group.items]
    assert [item for group in head.groups for item in group.items] == in_order[:limit]
    assert [group.count() for group in head.groups] == [len(group.items) for group in whole.groups]
    known = {step.step_id for group in head.groups for step in group.steps()}
    assert known == {item.step_id for item in in_order}
    assert (head.total(), head.counters) == (24, whole.counters)
    assert head.whole() == (limit >= 24)


def test_a_short_agenda_is_whole_at_first(office, many):
    assert office.followups.first_steps() == office.followups.agenda()
    office.followups.read_ahead()
    assert office.followups.first_steps() == office.followups.agenda()


def test_what_takes_long_to_find_is_not_read_at_first(office, customers):
    me, mine = office.context.actor.staff_id, {"customer_id": customers[0]}
    with office.context.write() as unit:
        for n in range(AT_ONCE + 1):
            unit.add(NextStep, **mine, staff_id=me, window_start=n, window_end=n + 1)
    assert office.followups.first_steps(me) is None
    assert office.followups.agenda(me).total() == 1
    office.followups.read_ahead()
    assert office.followups.first_steps(me).total() == 1
