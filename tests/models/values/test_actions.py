from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.actions import (
    COLLAPSING,
    Channel,
    Direction,
    Outcome,
    channel_of,
    collapse_key,
    counts_for_kpi,
    direction_of,
    is_missed_incoming,
    outcome_of,
    parse_duration,
)
from app.models.values.reasons import Unreadable

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("word", "channel"),
    [("电话", "phone"), (" 电 话".replace(" ", ""), "phone"), ("短信", "sms"), ("邮件", "mail"),
      ("微信 ", "wechat"),
     ("ＱＱ", "qq"), ("qq", "qq"), ("拜访", "visit"), ("上门", "visit"), ("会议", "meeting"),
     ("展会", "expo"),
     ("其他", "other"), ("E-mail", "mail"), ("企业微信", "wechat"), ("phone", "phone"),
     ("飞鸽", None)],
)  # fmt: skip
def test_channel_words(word, channel):
    assert channel_of(word) == channel


def test_direction_and_outcome_words():
    assert [direction_of(w) for w in ("去", "来", "双向", "呼入", "in", "out", "both", "左")] == [
        "out", "in", "both", "in", "in", "out", "both", None,
    ]  # fmt: skip
    assert [outcome_of(w) for w in ("接通", "未接", "拒接", "已读", "", "—", "无人接听", "好")] == [
        "connected", "missed", "rejected", "read", "", "", "missed", None,
    ]  # fmt: skip
    assert Outcome("") is Outcome.none


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("7分15秒", 435), ("0秒", 0), ("1小时2分", 3720), ("1小时2分3秒", 3723), ("3:05", 185),
      ("1:02:03", 3723),
     ("125", 125), ("125秒", 125), ("52s", 52), ("2min", 120), ("2 分 5 秒", 125), ("00:00:00", 0),
     ("125.0", 125), ("１２秒", 12), ("", None), ("—", None)],
)  # fmt: skip
def test_durations(text, seconds):
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["很久", "3:05:06:07", "一会儿", "1" * 30, "5秒3分", "-5"])
def test_no_duration(text):
    with pytest.raises(Unreadable):
        parse_duration(text)


@pytest.mark.parametrize(
    ("channel", "outcome", "seconds", "counts"),
    [
        ("phone", "connected", 435, True), ("phone", "", 1, True), ("phone", "missed", 0, False),
        ("phone", "missed", None, False), ("phone", "rejected", None, False),
        ("phone", "", 0, False),
        ("phone", "connected", 0, False), ("phone", "", None, True), ("phone", "", -1, True),
        ("phone", "connected", None, True), ("visit", "", None, True), ("meeting", "", None, True),
        ("expo", "", None, True), ("sms", "", None, True), ("mail", "read", None, True),
        ("wechat", "", 0, True), ("wechat", "missed", None, False), ("qq", "", None, True),
        ("other", "", None, False), ("", "", None, False), ("system", "", None, False),
    ],
)  # fmt: skip
def test_what_counts_as_a_follow_up(channel, outcome, seconds, counts):
    for direction in ("", "out", "in", "both"):
        assert counts_for_kpi(channel, outcome, seconds, direction) is counts


def test_members_and_their_codes_are_the_same():
    assert counts_for_kpi(Channel.phone, Outcome.connected, 5, Direction.out)
    assert not counts_for_kpi(Channel.phone, Outcome.missed, None, Direction.out)
    assert collapse_key(Channel.sms, 1, 2, DAY) == collapse_key("sms", 1, 2, DAY)


def test_one_conversation_a_channel_contact_and_day():
    assert collapse_key("wechat", 1, 7, DAY) == collapse_key("wechat", 1, 7, DAY, "thread")
    assert collapse_key("wechat", 1, None, DAY) == collapse_key("wechat", 1, 0, DAY)
    keys = {
        collapse_key("wechat", 1, None, DAY), collapse_key("wechat", 1, 7, DAY),
        collapse_key("wechat", 2, 7, DAY), collapse_key("qq", 1, 7, DAY),
        collapse_key("wechat", 1, 7, date(2026, 11, 24)),
    }  # fmt: skip
    assert len(keys) == 5


def test_mail_has_one_a_thread_and_day():
    assert collapse_key("mail", 1, 7, DAY, "offer") == collapse_key("mail", 1, 8, DAY, "offer")
    assert collapse_key("mail", 1, 7, DAY, "offer") != collapse_key("mail", 1, 7, DAY, "visit")
    assert collapse_key("mail", 1, None, DAY) == collapse_key("mail", 1, 0, DAY, "")
    assert collapse_key("mail", 1, 7, DAY, "7") != collapse_key("mail", 1, 7, DAY)


@given(st.sampled_from(Channel), st.integers(1, 9), st.integers(0, 9))
def test_calls_and_meetings_count_one_by_one(channel, customer_id, contact_id):
    key = collapse_key(channel, customer_id, contact_id, DAY)
    assert (key is None) == (channel not in COLLAPSING)


def test_missed_incoming_calls():
    assert is_missed_incoming("phone", "missed", None, "in")
    assert is_missed_incoming("phone", "", 0, "in")
    assert not is_missed_incoming("phone", "missed", 0, "out")
    assert not is_missed_incoming("phone", "connected", 9, "in")
    assert not is_missed_incoming("phone", "", -1, "in")
    assert not is_missed_incoming("wechat", "missed", None, "in")
