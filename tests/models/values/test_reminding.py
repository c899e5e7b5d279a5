"""When a step calls, each rule by its name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.dates import parse_instant, to_local, zone
from app.models.values.nextstep import Bucket, OfficeHours, Window, remind_at, resolve
from app.models.values.nextstep.typed import parse_when

TZ = zone("Asia/Shanghai")
HOURS = OfficeHours()
NOW = parse_instant("2026-11-18 10:30", TZ)


@pytest.mark.parametrize(
    ("rule", "words", "at"),
    [
        ("an_appointment_ten_minutes_before", "明天15:00", "2026-11-19 14:50"),
        ("an_appointment_very_soon_at_its_time", "10:35", "2026-11-18 10:35"),
        ("a_day_as_the_office_opens", "明天", "2026-11-19 09:00"),
        ("later_today_as_its_window_opens", "今天稍后", "2026-11-18 11:30"),
        ("an_evening_as_it_begins", "今晚", "2026-11-18 18:00"),
        ("a_week_on_its_last_day", "下周", "2026-11-29 09:00"),
        ("until_a_day_on_that_day", "周五前", "2026-11-20 09:00"),
        ("until_the_month_ends_on_its_last_day", "月底前", "2026-11-30 09:00"),
    ],
)
def test_when_a_step_calls(rule, words, at):
    found = parse_when(words, NOW, TZ, HOURS)
    assert found is not None
    called = remind_at(found[1], NOW, TZ, HOURS)
    assert f"{to_local(called, TZ):%Y-%m-%d %H:%M}" == at, rule


def test_what_has_begun_by_now_does_not_call_in_the_past():
    assert remind_at(Window(NOW - 1, NOW + 3_600_000), NOW, TZ, HOURS) == 0


@given(st.integers(694_224_000_000, 4_102_444_800_000), st.sampled_from(list(Bucket)[:6]))
def test_a_reminder_lies_ahead_and_within_its_step(at, bucket):
    window = resolve(bucket, at, TZ, HOURS)[1]
    called = remind_at(window, at, TZ, HOURS)
    assert called == 0 or at < called <= window.end
