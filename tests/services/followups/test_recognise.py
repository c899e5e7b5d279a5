"""What a typed follow-up is understood to say."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import dates
from app.models.values.features import FieldType
from app.models.values.nextstep import Bucket, OfficeHours, PlanKind
from app.models.values.nextstep.typed import parse_when
from app.services.features import FieldView, OptionView
from app.services.followups import recognise as rules
from app.services.followups.moment import Moment
from app.services.followups.recognise import Vocabulary, recognise

ZONE = dates.zone("Asia/Shanghai")
NOW = Moment(dates.to_instant(datetime(2026, 11, 23, 14, 46, tzinfo=ZONE)), ZONE, OfficeHours())
TIMES = {
    "今天稍后": Bucket.later_today,
    "今晚": Bucket.tonight,
    "明天": Bucket.tomorrow,
    "本周内": Bucket.this_week,
    "下周": Bucket.next_week,
    "下月": Bucket.next_month,
}
PLANS = {
    "保持联络": "keep_in_touch",
    "增进关系": "build_rapport",
    "打击竞品": "counter_rival",
    "签约回款": "sign_collect",
}
WORDS = Vocabulary(TIMES, PLANS, ("精测科技",))
PICTURE = (
    "工艺部同意来看样机，何总也参加。对方主要担心双工位节拍，精测报 43 万。"
    "/下周 /打击竞品 带节拍实测视频，给何总看双工位对比"
)

PIECES = (
    "/", "／", "下周三", "明天下午3点", "精测", "43 万", "¥8,600", "预算", "没接", "。", "，", "\n",
    " ", "12-28", "下下周五", "3天后",
)  # fmt: skip
fragments = st.lists(
    st.one_of(
        st.sampled_from([*TIMES, *PLANS, *PIECES]),
        st.text(max_size=4),
    ),
    max_size=12,
).map("".join)  # fmt: skip


def read(text):
    return recognise(text, NOW, WORDS)


def test_the_entry_of_the_picture():
    found = read(PICTURE)
    assert (found.bucket, found.window, found.plan) == (Bucket.next_week, None, "counter_rival")
    assert found.what == "带节拍实测视频，给何总看双工位对比"
    assert found.amount(rules.RIVAL) == 43_000_000
    assert found.rivals == ("精测科技",)
    assert [PICTURE[one.start : one.end] for one in found.found if one.token] == [
        "/下周", "/打击竞品",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "bucket", "words"),
    [
        ("约好下周三去现场看样机", Bucket.date, "下周三"),
        ("/下周三下午3点 去现场", Bucket.date, "下周三下午3点"),
        ("/下周给他们送样", Bucket.next_week, "下周"),
        ("明天上午10点打给孙丽", Bucket.tomorrow, "明天上午10点"),
        ("说月底前给答复", Bucket.date, "月底前"),
        ("先/明天再说，改/下月", Bucket.next_month, "下月"),
        ("下周再看。/今晚 发资料", Bucket.tonight, "今晚"),
    ],
)
def test_a_time_is_read(text, bucket, words):
    found = read(text)
    assert (found.bucket, found.when) == (bucket, words)
    if words in TIMES:
        assert found.window is None
    else:
        assert found.window == parse_when(words, NOW.at, ZONE, NOW.hours)[1]


@pytest.mark.parametrize(
    "text",
    [
        "今天聊了节拍",
        "上周开过会",
        "和/或",
        "1/2 件",
        "24/7 生产",
        "本周他们很忙",
        "周三聊过",
        "/",
        "",
    ],
)
def test_talk_about_the_past_is_no_next_step(text):
    assert read(text).bucket is None


@pytest.mark.parametrize(
    ("text", "about", "fen"),
    [
        ("预算 50万", rules.EXPECTED, 50_000_000),
        ("合同大概签 8.6 万元", rules.EXPECTED, 8_600_000),
        ("对手报 43万", rules.RIVAL, 43_000_000),
        ("精测科技给到 1.2亿", rules.RIVAL, 12_000_000_000),
        ("一共 ¥12,000.00", "", 1_200_000),
    ],
)
def test_an_amount_has_a_meaning(text, about, fen):
    assert [(one.about, one.fen) for one in read(text).amounts] == [(about, fen)]


@pytest.mark.parametrize("text", ["产能 3 万台", "节拍 3.5 秒", "走了2千米", "8 人两班", "2.1%"])
def test_a_number_is_no_amount(text):
    assert read(text).amounts == ()


def test_a_missed_call_is_noticed():
    assert read("没接，明天再打").outcome == "missed"
    assert read("接了，说明天再打").outcome == ""


def test_a_plan_without_slash_counts_once():
    found = read("接下来要增进关系")
    assert (found.plan, [one.token for one in found.found]) == ("build_rapport", [False])


def test_english_words_are_read():
    words = Vocabulary({"Next week": Bucket.next_week}, {"Counter rival": "counter_rival"})
    found = recognise("Fine. /next week /Counter rival bring the video", NOW, words)
    assert (found.bucket, found.plan) == (Bucket.next_week, "counter_rival")
    assert found.what == "bring the video"


def field(field_id, label, kind, *options):
    choices = tuple(OptionView(100 + at, word) for at, word in enumerate(options))
    return FieldView(field_id, f"f{field_id}", label, kind, "", "", False, 1, choices)


def test_features_are_learnt_from_the_text():
    fields = [
        field(1, "比较中的竞品", FieldType.single, "精测科技", "海视"),
        field(2, "竞品报价", FieldType.money),
        field(3, "预算", FieldType.money),
        field(4, "双工位需求", FieldType.single, "需要", "不需要"),
    ]
    assert rules.rival_names(fields) == ("精测科技", "海视")
    drafts = rules.learnt(read("客户需要双工位，精测报 43万，预算 50万"), fields)
    assert {one.field_id: one.value or one.option_ids for one in drafts} == {
        1: (100,), 2: "430,000", 3: "500,000",
    }  # fmt: skip


@given(fragments)
def test_marks_lie_in_order_inside_the_text(text):
    found = read(text).found
    ends = [0]
    for one in found:
        assert ends[-1] <= one.start < one.end <= len(text)
        ends.append(one.end)
        if one.token:
            assert text[one.start] in "/／"


@given(fragments)
def test_recognising_is_repeatable_and_consistent(text):
    found = read(text)
    assert found == read(text)
    assert (found.bucket is None) == (found.when == "")
    assert found.window is None or found.bucket is not None
    assert found.plan in {"", *PLANS.values()}
    assert all(one.fen for one in found.amounts)
    assert "\n" not in found.what


@given(
    st.integers(1_600_000_000_000, 2_200_000_000_000),
    st.sampled_from(sorted(TIMES)),
    st.sampled_from(sorted(PLANS)),
    st.text(alphabet="孙丽说样机节拍 ，。", max_size=12),
)
def test_a_slash_word_is_always_understood(at, time_word, plan_word, before):
    moment = Moment(at, ZONE, OfficeHours())
    found = recognise(f"{before} /{time_word} /{plan_word} 送样", moment, WORDS)
    assert (found.bucket, found.plan, found.what) == (TIMES[time_word], PLANS[plan_word], "送样")


def test_every_plan_kind_has_its_own_word():
    assert set(PLANS.values()) <= {kind.value for kind in PlanKind}
