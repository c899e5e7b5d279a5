"""How times, windows and headings are written."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import i18n
from app.models.values import dates, nextstep
from app.models.values.nextstep import Bucket, Group, OfficeHours, Window
from app.services.followups.moment import Moment
from app.services.followups.today import ORDER
from app.views.followups import when_words

ZONE = dates.zone("Asia/Shanghai")
HOURS = OfficeHours()


def at(text):
    return dates.to_instant(datetime.fromisoformat(text).replace(tzinfo=ZONE))


NOW = Moment(at("2026-11-23T14:46"), ZONE, HOURS)


def window(start, end, clock=False):
    return Window(at(start), at(end), clock)


@pytest.mark.parametrize(
    ("found", "group", "shown"),
    [
        (window("2026-11-21T09:00", "2026-11-21T18:00"), Group.overdue, "2 天前"),
        (window("2026-11-23T12:00", "2026-11-23T13:00", True), Group.overdue, "1 小时前"),
        (window("2026-11-23T14:00", "2026-11-23T14:30", True), Group.overdue, "刚过"),
        (window("2026-11-23T15:00", "2026-11-23T16:00", True), Group.later_today, "15:00"),
        (window("2026-11-23T15:46", "2026-11-23T18:00"), Group.later_today, "今天"),
        (window("2026-11-23T18:00", "2026-11-23T22:00"), Group.tonight, "今晚"),
        (window("2026-11-24T09:30", "2026-11-24T10:30", True), Group.tomorrow, "周二 09:30"),
        (window("2026-11-25T09:00", "2026-11-25T18:00"), Group.this_week, "周三"),
        (window("2026-11-23T14:46", "2026-11-29T23:59"), Group.this_week, "本周内"),
        (window("2026-11-23T14:46", "2026-11-27T18:00"), Group.this_week, "至 11-27"),
        (window("2026-11-30T00:00", "2026-12-06T23:59"), Group.next_week, "下周"),
        (window("2026-12-02T09:00", "2026-12-02T18:00"), Group.next_week, "12-02"),
        (window("2026-12-01T00:00", "2026-12-31T23:59"), Group.next_month, "下月"),
        (window("2027-01-15T09:00", "2027-01-15T18:00"), Group.later, "2027-01-15"),
    ],
)
def test_the_time_column(found, group, shown):
    assert nextstep.group(found, NOW.at, ZONE, HOURS) is group
    assert when_words.when(found, group, NOW) == shown


def test_headings_say_their_days():
    notes = [when_words.group_note(group, NOW) for group in ORDER]
    assert notes == [
        "", "11-23 周一", "18:00 以后", "11-24 周二", "至 11-29 周日", "11-30 ~ 12-06",
        "12-01 ~ 12-31", "",
    ]  # fmt: skip


def test_headings_in_english():
    i18n.set_language("en")
    assert when_words.group_note(Group.next_week, NOW) == "30 Nov – 6 Dec"
    assert when_words.window_words(window("2026-11-24T09:30", "2026-11-24T10:30", True), NOW) == (
        "Tue 24 Nov 09:30"
    )


@given(
    st.integers(1_700_000_000_000, 1_900_000_000_000),
    st.integers(0, 400 * 86_400_000),
    st.sampled_from([bucket for bucket in Bucket if bucket is not Bucket.date]),
)
def test_every_step_has_words_at_every_later_moment(start, later, bucket):
    _found, chosen = nextstep.resolve(bucket, start, ZONE, HOURS)
    moment = Moment(start + later, ZONE, HOURS)
    group = nextstep.group(chosen, moment.at, ZONE, HOURS)
    assert when_words.when(chosen, group, moment)
    assert when_words.spoken_when(chosen, group, moment)
    assert when_words.due_words(chosen, moment)
