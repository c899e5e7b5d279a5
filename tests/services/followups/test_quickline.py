"""One typed line as a follow-up: every rule by its name, and any text at all."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import dates
from app.models.values.nextstep import Bucket, OfficeHours
from app.services.admin.holidays import calendar_of
from app.services.customers.drafts import CustomerDraft
from app.services.followups.drafts import FollowupDraft, NextStepDraft
from app.services.followups.moment import Moment
from app.services.followups.named import find_meant, first_words
from app.services.followups.quickline import KINDS, TEXT, Known, read_line
from app.services.followups.recognise import Vocabulary

ZONE = dates.zone("Asia/Shanghai")
NOW = Moment(
    dates.to_instant(datetime(2026, 11, 23, 14, 46, tzinfo=ZONE)),
    ZONE,
    OfficeHours(calendar=calendar_of({})),
)
WORDS = Vocabulary(
    {"今晚": Bucket.tonight, "明天": Bucket.tomorrow, "下周": Bucket.next_week},
    {"打击竞品": "counter_rival", "增进关系": "build_rapport"},
    ("精测科技",),
)
PEOPLE = {"孙丽": 7, "何伟": 9, "王强": 11, "王芳": 12}
EXAMPLE = "启明 电话 同意看样机 大单46万 月底签 /下周 打击竞品 带视频"


def read(text, named="启明", **known):
    end = len(named) if text.startswith(named) else 0
    return read_line(text, NOW, WORDS, Known(end, PEOPLE, **known))


def test_the_line_of_the_design_is_read_whole():
    line = read(EXAMPLE)
    assert [(one.kind, one.words) for one in line.parts if one.kind != TEXT] == [
        ("customer", "启明"), ("channel", "电话"), ("grade", "大单"), ("amount", "46万"),
        ("expected", "月底签"), ("time", "/下周"), ("plan", "打击竞品"), ("what", "带视频"),
    ]  # fmt: skip
    assert (line.channel, line.grade, line.amount_fen) == ("phone", "big", 46_000_000)
    assert (line.expected_on, line.expected_label) == (date(2026, 11, 30), "月底")
    assert (line.bucket, line.plan, line.what) == (Bucket.next_week, "counter_rival", "带视频")
    assert line.content == "同意看样机 大单46万 月底签 /下周 打击竞品 带视频"


# -- units of money ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "text", "yuan"),
    [
        ("wan_is_ten_thousand", "启明 谈了46万", 460_000),
        ("wan_may_have_decimals", "启明 谈了4.6万", 46_000),
        ("w_is_wan", "启明 谈了46w", 460_000),
        ("capital_w_is_wan", "启明 谈了46W", 460_000),
        ("wan_yuan_is_wan", "启明 谈了46万元", 460_000),
        ("qian_is_a_thousand", "启明 谈了8千", 8_000),
        ("k_is_a_thousand", "启明 谈了80k", None),
        ("yi_is_a_hundred_million", "启明 谈了1.2亿", 120_000_000),
        ("baiwan_is_a_million", "启明 谈了3百万", 3_000_000),
        ("yuan_with_grouping", "启明 谈了460,000元", 460_000),
        ("yuan_in_figures", "启明 谈了460000元", 460_000),
        ("a_yuan_sign_needs_no_unit", "启明 谈了¥8600", 8_600),
        ("a_number_without_unit_is_no_money", "启明 谈了460", None),
        ("pieces_are_no_money", "启明 要46台", None),
        ("ten_thousand_pieces_are_no_money", "启明 要2万台", None),
        ("people_are_no_money", "启明 来了3千人", None),
        ("a_phone_number_is_no_money", "启明 打13805127746", None),
        ("the_last_amount_counts", "启明 原来40万，现在46万", 460_000),
        ("a_rivals_price_is_not_ours", "启明 精测报43万", None),
        ("what_was_paid_is_no_forecast", "启明 付了3万押金", None),
    ],
)  # fmt: skip
def test_units_of_money(rule, text, yuan):
    assert read(text).amount_fen == (None if yuan is None else yuan * 100), rule


# -- who and how ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "channel", "direction", "content"),
    [
        ("启明 电话 谈了", "phone", "", "谈了"),
        ("启明 微信 发了资料", "wechat", "", "发了资料"),
        ("启明 拜访 看了车间", "visit", "", "看了车间"),
        ("启明 来电 问价", "phone", "in", "问价"),
        ("启明电话同意看样机", "phone", "", "同意看样机"),
        ("电话 谈了", "phone", "", "谈了"),
        ("启明 谈了，明天给他电话", "", "", "谈了，明天给他电话"),
    ],
)  # fmt: skip
def test_the_channel_stands_among_the_first_words(text, channel, direction, content):
    line = read(text)
    assert (line.channel, line.direction, line.content) == (channel, direction, content)


@pytest.mark.parametrize(
    ("text", "person"),
    [("启明 孙丽同意", 7), ("启明 何总同意", 9), ("启明 何经理同意", 9), ("启明 王总同意", 0),
     ("启明 李总同意", 0), ("启明 王芳同意", 12)],
)  # fmt: skip
def test_a_contact_by_name_or_by_surname_and_title_if_only_one_fits(text, person):
    assert read(text).contact_id == person


def test_a_missed_call_is_told():
    assert read("启明 没接 /明天").outcome == "missed"


# -- value and the next step -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quality", "grade"),
    [("启明 有价值", "valuable", ""), ("启明 没价值", "worthless", ""),
     ("启明 不确定", "unsure", ""),
     ("启明 大单", "", "big"), ("启明 正常单", "", "normal"), ("启明 小单", "", "small"),
     ("启明 正常", "", ""), ("启明 有价值 大单", "valuable", "big")],
)  # fmt: skip
def test_quality_and_grade_by_their_words(text, quality, grade):
    line = read(text)
    assert (line.quality, line.grade) == (quality, grade)


@pytest.mark.parametrize(
    ("text", "day", "label"),
    [
        ("启明 月底签", date(2026, 11, 30), "月底"),
        ("启明 预计12-28签约", date(2026, 12, 28), "12-28"),
        ("启明 下月能签", date(2026, 12, 31), "下月"),
        ("启明 春节前签", date(2027, 2, 4), "春节前"),
        ("启明 下周三签单", date(2026, 12, 2), "下周三"),
        ("启明 签了合同", None, ""),
    ],
)
def test_a_day_of_signing_is_the_last_day_of_its_words(text, day, label):
    line = read(text)
    assert (line.expected_on, line.expected_label) == (day, label)
    assert line.bucket is None


@pytest.mark.parametrize(
    ("text", "when", "what"),
    [
        ("启明 谈了 /下周三下午3点 送样", "下周三下午3点", "送样"),
        ("启明 谈了 /3个工作日后 送样。再说", "3个工作日后", "送样"),
        ("启明 谈了 /下周 /增进关系 送样", "下周", "送样"),
        ("启明 谈了，明天再打", "明天", "再打"),
        ("启明 谈了", "", ""),
    ],
)
def test_time_and_what_of_the_next_step(text, when, what):
    line = read(text)
    assert (line.when, line.what) == (when, what)
    assert (line.bucket is None) == (not when)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "customer"])
def test_what_the_person_refuses_is_plain_text(kind):
    line = read(EXAMPLE + "，孙丽有价值", refused=frozenset({kind}))
    assert kind not in [one.kind for one in line.parts]
    assert "".join(one.words for one in line.parts) == EXAMPLE + "，孙丽有价值"


# -- any text --------------------------------------------------------------------------------------

LINES = st.one_of(
    st.text(max_size=60),
    st.text(
        "启明孙丽何总电话微信大单小有价值46万w千亿元月底签下周三前/，。 \n打击竞品￼预计-12",
        max_size=40,
    ),
)  # fmt: skip


@given(LINES, st.integers(0, 8), st.frozensets(st.sampled_from(KINDS), max_size=3))
def test_any_text_is_read_and_nothing_of_it_is_lost(text, end, refused):
    line = read_line(text, NOW, WORDS, Known(min(end, len(text)), PEOPLE, refused))
    assert "".join(one.words for one in line.parts) == text
    assert [one.start for one in line.parts] == [0, *(one.end for one in line.parts[:-1])][
        : len(line.parts)
    ]
    assert {one.kind for one in line.parts} <= {TEXT, *KINDS}
    named = "".join(one.words for one in line.parts if one.kind in ("customer", "channel"))
    assert len(line.content) + len(named) <= len(text)
    assert line == read_line(text, NOW, WORDS, Known(min(end, len(text)), PEOPLE, refused))


@given(LINES)
def test_the_first_words_are_beginnings_of_the_text(text):
    for end, word in first_words(text):
        assert text[:end].strip(" \n，。").endswith(word)


def test_a_very_long_line_keeps_its_tail():
    text = "启明 " + "说了很多" * 2_000
    line = read(text)
    assert "".join(one.words for one in line.parts) == text


# -- in the book -----------------------------------------------------------------------------------


def test_the_customer_is_found_by_its_first_words(office):
    wanted = office.customers.add(CustomerDraft("无锡启明自动化设备有限公司"))
    office.customers.add(CustomerDraft("青禾食品"))

    def search(word):
        return office.customers.search(word, 6)

    for text, end in (
        ("启明 电话", 2),
        ("启明电话同意", 2),
        ("无锡启明自动化设备有限公司，谈了", 13),
    ):
        meant = find_meant(search, text, anybody=False)
        assert (meant.hits[0].id, meant.end) == (wanted, end)
    assert find_meant(search, "wxqm 谈了", anybody=True).hits[0].id == wanted
    assert find_meant(search, "wxqm 谈了", anybody=False).hits == ()
    assert find_meant(search, "电话 谈了", anybody=True).hits == ()
    assert find_meant(search, "没有这家 谈了", anybody=True).hits == ()


def test_history_is_added_to_and_never_written_over(office):
    customer_id = office.customers.add(CustomerDraft("启明自动化"))
    for text in (EXAMPLE, "启明 微信 小单 /明天"):
        line = read(text)
        step = NextStepDraft(line.bucket, line.plan, line.what)
        office.followups.save(
            FollowupDraft(customer_id, line.content, line.channel, next_step=step)
        )
    kept = [one.content for one in office.followups.timeline(customer_id) if one.kind == "followup"]
    assert kept == ["小单 /明天", "同意看样机 大单46万 月底签 /下周 打击竞品 带视频"]
    assert len(office.followups.record(customer_id).open) == 2
