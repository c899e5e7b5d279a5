"""Calendar files out and in: RFC 5545 by its rules, chains by one UID, nothing taken twice."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from app.errors import UserError
from app.models.values.nextstep import Bucket
from app.services.customers.drafts import CustomerDraft
from app.services.followups.drafts import FollowupDraft, NextStepDraft
from app.services.followups.icsfile import UID_TAIL

LONG = "带节拍实测视频，给何总看；双工位对比\n第二行" * 8


@pytest.fixture
def customer_id(office):
    return office.customers.add(CustomerDraft("启明自动化"))


def plan(office, customer_id, bucket=Bucket.tomorrow, **more):
    draft = NextStepDraft(bucket, "counter_rival", **more)
    return office.followups.schedule(customer_id, draft).next_step_id


def written(office, tmp_path):
    path = tmp_path / "plan.ics"
    office.followups.write_calendar(path)
    return path, path.read_bytes()


def parts(content):
    return [one for one in Calendar.from_ical(content).walk() if one.name in ("VEVENT", "VTODO")]


def test_lines_end_in_crlf_fold_at_75_octets_and_cut_no_character(office, tmp_path, customer_id):
    plan(office, customer_id, what=LONG)
    _path, content = written(office, tmp_path)
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")


def test_text_is_escaped_and_comes_back(office, tmp_path, customer_id):
    plan(office, customer_id, what="甲,乙;丙\\丁")
    _path, content = written(office, tmp_path)
    assert "甲\\,乙\\;丙\\\\丁" in content.replace(b"\r\n ", b"").decode()
    assert str(parts(content)[0]["summary"]) == "启明自动化 · 打击竞品 甲,乙;丙\\丁"


def test_an_appointment_is_an_event_and_any_other_step_a_to_do_with_alarms(
    office, tmp_path, customer_id
):
    plan(office, customer_id, clock=time(15), what="三点")
    plan(office, customer_id, Bucket.next_week, what="下周")
    event, todo = parts(written(office, tmp_path)[1])
    assert (event.name, str(event["status"]), todo.name, str(todo["status"])) == (
        "VEVENT", "CONFIRMED", "VTODO", "NEEDS-ACTION",
    )  # fmt: skip
    assert event["dtstart"].to_ical() == b"20261124T070000Z"
    assert event["dtend"].to_ical() == b"20261124T080000Z"
    assert todo["due"].to_ical() == b"20261206T155959Z"
    alarms = [one for part in (event, todo) for one in part.walk("VALARM")]
    assert [str(one["action"]) for one in alarms] == ["DISPLAY", "DISPLAY"]
    assert alarms[0]["trigger"].to_ical() == b"-PT10M"
    assert alarms[1]["trigger"].to_ical() == b"20261206T010000Z"


def test_a_chain_keeps_its_uid_and_counts_its_sequence(office, tmp_path, customer_id):
    first = plan(office, customer_id)
    second = office.followups.postpone(first, Bucket.next_week).next_step_id
    office.followups.postpone(second, Bucket.next_month)
    (part,) = parts(written(office, tmp_path)[1])
    assert (str(part["uid"]), part["sequence"]) == (f"{first}{UID_TAIL}", 2)


def test_what_was_closed_is_withdrawn(office, tmp_path, customer_id):
    done, dropped = plan(office, customer_id), plan(office, customer_id)
    office.followups.save(FollowupDraft(customer_id, "办了", parent_step_id=done))
    office.followups.cancel(dropped, "不用了")
    statuses = {str(one["uid"]): str(one["status"]) for one in parts(written(office, tmp_path)[1])}
    assert statuses == {f"{done}{UID_TAIL}": "COMPLETED", f"{dropped}{UID_TAIL}": "CANCELLED"}


def test_our_own_file_brings_nothing_twice(office, tmp_path, customer_id):
    plan(office, customer_id, clock=time(15))
    plan(office, customer_id, Bucket.next_month)
    path, _content = written(office, tmp_path)
    taken = office.followups.read_calendar(path)
    assert (taken.already, taken.created, taken.moved) == (2, 0, 0)
    assert len(office.followups.record(customer_id).open) == 2


def test_what_was_moved_done_or_cancelled_elsewhere_is_followed_as_one_act(
    office, tmp_path, customer_id
):
    moved = plan(office, customer_id, clock=time(15))
    done = plan(office, customer_id, Bucket.next_week)
    dropped = plan(office, customer_id, Bucket.next_month)
    path, content = written(office, tmp_path)
    calendar = Calendar.from_ical(content)
    for part in calendar.walk():
        if part.name in ("VEVENT", "VTODO"):
            step_id = int(str(part["uid"]).removesuffix(UID_TAIL))
            if step_id == moved:
                del part["dtstart"], part["dtend"]
                part.add("dtstart", _moment("2026-11-25T07:00:00+00:00"))
                part.add("dtend", _moment("2026-11-25T08:00:00+00:00"))
            part["status"] = {done: "COMPLETED", dropped: "CANCELLED"}.get(step_id, "CONFIRMED")
    path.write_bytes(calendar.to_ical())
    taken = office.followups.read_calendar(path)
    assert (taken.moved, taken.closed, taken.unmatched) == (1, 2, ())
    (left,) = office.followups.record(customer_id).open
    assert (left.has_clock, left.postpone_count) == (True, 1)
    assert office.followups.step(moved).state == "postponed"
    office.undo.take_back(office.undo.last().unit_id)
    assert len(office.followups.record(customer_id).open) == 3


def _moment(text):
    return datetime.fromisoformat(text)


FOREIGN = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1@phone
SUMMARY:启明自动化 打击竞品 送对比报告
DTSTART;TZID=Asia/Shanghai:20261125T100000
DTEND;TZID=Asia/Shanghai:20261125T113000
END:VEVENT
BEGIN:VEVENT
UID:2@phone
SUMMARY:启明自动化：参观
DTSTART;VALUE=DATE:20261126
DTEND;VALUE=DATE:20261128
END:VEVENT
BEGIN:VTODO
UID:3@phone
SUMMARY:买菜
DUE:20261125T100000
END:VTODO
END:VCALENDAR
"""


def test_appointments_of_a_phone_are_taken_once_by_the_customer_they_name(
    office, tmp_path, customer_id
):
    path = tmp_path / "phone.ics"
    path.write_text("\ufeff" + FOREIGN, "utf-8")
    taken = office.followups.read_calendar(path)
    assert (taken.created, taken.unmatched) == (2, ("买菜",))
    first, second = office.followups.record(customer_id).open
    assert (first.plan_kind, first.what, first.has_clock) == ("counter_rival", "送对比报告", True)
    assert (first.window_end - first.window_start) == 90 * 60_000
    assert (second.what, second.has_clock) == ("参观", False)
    assert office.followups.read_calendar(path).already == 2


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT", b"\x00" * 40]
)
def test_what_is_no_calendar_is_refused_and_nothing_is_kept(office, tmp_path, content):
    path = tmp_path / "x.ics"
    path.write_bytes(content)
    with pytest.raises(UserError) as told:
        office.followups.read_calendar(path)
    assert told.value.code == "bad_calendar"


def test_a_file_that_is_not_there_is_refused(office, tmp_path):
    with pytest.raises(UserError) as told:
        office.followups.read_calendar(tmp_path / "none.ics")
    assert told.value.code == "bad_calendar"


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
@given(st.lists(st.sampled_from(FOREIGN.splitlines()), max_size=20), st.text(max_size=20))
def test_any_lines_are_read_or_refused(office, tmp_path, lines, rubbish):
    path = tmp_path / "any.ics"
    path.write_text("\r\n".join([*lines, rubbish]), "utf-8", errors="replace")
    with suppress(UserError):
        office.followups.read_calendar(path)
