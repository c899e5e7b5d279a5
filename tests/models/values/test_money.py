from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.money import (
    LIMIT,
    Fen,
    MoneyRange,
    fen_of,
    format_yuan,
    mean_fen,
    parse_money,
    round_half_up,
    scale_fen,
    split_by_weights,
)
from app.models.values.numerals import from_han
from app.models.values.reasons import Unreadable

amounts = st.integers(-LIMIT, LIMIT).map(Fen)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("460000", "460000"), ("460,000", "460000"), ("460，000.50", "460000.50"),
        ("¥12,000.00", "12000"), ("￥12000", "12000"), ("RMB 12,000", "12000"),
        ("12000元", "12000"), ("12000.5元整", "12000.50"), ("人民币12000元", "12000"),
        ("46万", "460000"), ("46 万元", "460000"), ("46w", "460000"), ("46W", "460000"),
        ("1.2万", "12000"), ("6.065万", "60650"), ("1.2亿", "120000000"), ("3千", "3000"),
        ("3K", "3000"), ("1.5M", "1500000"), ("2百万", "2000000"), ("1千万", "10000000"),
        ("约5万", "50000"), ("大约 5 万左右", "50000"), ("5万多", "50000"), ("10多万", "100000"),
        ("5万(含税)", "50000"), ("含税5万元", "50000"), ("不含税：5万", "50000"),
        ("１２０００", "12000"), ("１.２万", "12000"), ("12 000", "12000"), (" 12000 ", "12000"),
        ("12\u00a0000", "12000"), ("\u200b12000", "12000"),
        ("(500)", "-500"), ("（500）", "-500"), ("(14,250.00)", "-14250"), ("－500", "-500"),
        ("-500", "-500"), ("−500", "-500"), ("负500", "-500"), ("-¥500", "-500"),
        ("¥-500", "-500"), ("(¥500)", "-500"), ("-1.5万", "-15000"),
        ("1万2千", "12000"), ("3万5", "35000"), ("1万2000", "12000"), ("1亿2千万", "120000000"),
        ("五万", "50000"), ("三千五", "3500"), ("十二万", "120000"), ("壹拾贰万伍仟元整", "125000"),
        ("0", "0"), ("0.00", "0"), (".5", "0.5"), ("5.", "5"), ("1.2E+05", "120000"),
        ("0.005", "0.01"), ("12.344", "12.34"),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(text, yuan):
    assert parse_money(text) == Decimal(yuan) * 100


@pytest.mark.parametrize(
    "text", ["", "  ", "待定", "—", "-", "/", "无", "N/A", "\u3000", "暂无", "待议"]
)
def test_no_amount_is_not_zero(text):
    assert parse_money(text) is None


@pytest.mark.parametrize(
    "text",
    ["很多", "5-很多", "8万-5万", "12元5角", "3块5", "1,2", "1,23,456", "12.3.4", "$100", "100美元",
     "50%", "1e99",
     "5万8万", "5千万万", "abc", "1" * 80, "--5", "二十多个", "1.2.3万",
     "五百元左右吧", "[5]", "九" * 50, "5 8"],
)  # fmt: skip
def test_junk_is_refused_with_a_reason(text):
    with pytest.raises(Unreadable) as refused:
        parse_money(text)
    assert refused.value.reason
    assert refused.value.text == text
    assert not isinstance(refused.value, MoneyRange)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5-8万", 50_000, 80_000), ("5万-8万", 50_000, 80_000), ("5~8万", 50_000, 80_000),
        ("5～8万元", 50_000, 80_000), ("5至8万", 50_000, 80_000), ("5到8万", 50_000, 80_000),
        ("50000—80000", 50_000, 80_000), ("5000-8万", 5_000, 80_000),
        ("¥5万－¥8万", 50_000, 80_000),
        ("约5-8万左右", 50_000, 80_000), ("5千-1万", 5_000, 10_000),
    ],
)  # fmt: skip
def test_a_range_carries_both_ends(text, low, high):
    with pytest.raises(MoneyRange) as refused:
        parse_money(text)
    assert (refused.value.low, refused.value.high) == (low * 100, high * 100)


def test_too_large_an_amount_is_refused():
    assert parse_money("10万亿".replace("万亿", "0000亿")) == LIMIT
    with pytest.raises(Unreadable):
        parse_money("100001亿")


@given(amounts)
def test_full_yuan_reads_back(fen):
    assert parse_money(format_yuan(fen)) == fen
    assert parse_money(format_yuan(fen, cents=True)) == fen
    assert fen_of(Decimal(fen) / 100) == fen


@given(st.integers(-(10**12), 10**12))
def test_a_float_of_a_sheet_keeps_its_cents(fen):
    assert fen_of(fen / 100) == fen


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf"), 1e30])
def test_numbers_that_are_no_amount(number):
    with pytest.raises(Unreadable):
        fen_of(number)


@given(st.text(max_size=30))
def test_any_text_is_an_amount_nothing_or_a_refusal(text):
    try:
        fen = parse_money(text)
    except Unreadable:
        return
    assert fen is None or abs(fen) <= LIMIT


def test_three_equal_parts_of_product_2_0_8():
    assert split_by_weights(Fen(1_000_001), [1, 1, 1]) == [333_334, 333_334, 333_333]
    assert split_by_weights(Fen(-1_000_001), [1, 1, 1]) == [-333_334, -333_334, -333_333]


def test_shares_of_the_attribution_example():
    assert split_by_weights(Fen(10_000_000), [70, 30]) == [7_000_000, 3_000_000]
    assert split_by_weights(Fen(2_500_000), [70, 30]) == [1_750_000, 750_000]


@given(amounts, st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any))
def test_a_split_adds_up_and_is_fair(total, weights):
    shares = split_by_weights(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * sum(weights) - total * weight) < sum(weights)
        assert weight or not share


@pytest.mark.parametrize("weights", [[], [0, 0], [-1, 2]])
def test_weights_that_cannot_split(weights):
    with pytest.raises(ValueError, match="weights"):
        split_by_weights(Fen(1), weights)


def test_means_and_rounding():
    assert mean_fen(9_300_000, 3) == 3_100_000
    assert mean_fen(5, 0) is None
    assert [round_half_up(Decimal(n)) for n in ("0.5", "1.5", "2.4", "-0.5", "-1.4")] == [
        1,
        2,
        2,
        -1,
        -1,
    ]


@pytest.mark.parametrize(
    ("yuan", "chinese", "english"),
    [
        ("0", "0", "0"), ("8600", "8,600", "8,600"), ("8600.5", "8,600.50", "8,600.50"),
        ("9999.99", "9,999.99", "9,999.99"), ("10000", "1.00万", "10.0K"),
        ("460000", "46.00万", "460.0K"), ("950000", "95.00万", "950.0K"),
        ("999949", "99.99万", "999.9K"), ("999950", "100.00万", "1.0M"),
        ("12400000", "1240.00万", "12.4M"), ("124000000", "1.24亿", "124.0M"),
        ("99999949", "9999.99万", "100.0M"), ("99999950", "1.00亿", "100.0M"),
        ("-460000", "-46.00万", "-460.0K"), ("1240000000", "12.40亿", "1.2B"),
    ],
)  # fmt: skip
def test_amounts_by_size(yuan, chinese, english):
    fen = int(Decimal(yuan) * 100)
    assert scale_fen(fen) == chinese
    assert scale_fen(fen, english=True) == english


def test_one_place_in_bars_and_full_yuan_in_forms():
    assert scale_fen(46_000_000, places=1) == "46.0万"
    assert format_yuan(46_000_000) == "460,000"
    assert format_yuan(46_000_000, cents=True) == "460,000.00"
    assert format_yuan(46_000_050) == "460,000.50"
    assert format_yuan(46_000_050, cents=False) == "460,001"


@pytest.mark.parametrize(
    ("text", "number"),
    [("十", 10), ("十二", 12), ("二十", 20), ("一百零五", 105), ("一百五", 150), ("两千零五", 2005),
     ("三千五", 3500), ("五万三", 53_000), ("一亿二千万", 120_000_000), ("一万亿", 10**12),
     ("二〇二四", 2024), ("万", None), ("百万", None), ("", None), ("十a", None)],
)  # fmt: skip
def test_chinese_numerals(text, number):
    assert from_han(text) == number
