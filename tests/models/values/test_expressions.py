"""The language of formulas and conditions (product.md 1.5)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.expressions import (
    ExpressionError,
    check_cycles,
    evaluate,
    holds,
    names_of,
    parse,
    renamed,
)

KNOWN = {
    "产线数量": Decimal(3),
    "单价": Decimal("12.5"),
    "预算状态": "已批",
    "竞品": ("精测", "海视"),
    "投产日": date(2026, 12, 1),
    "签约日": date(2026, 11, 21),
    "出口": True,
    "空着": None,
    "节拍 要求": Decimal("3.5"),
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("产线数量 * 单价", Decimal("37.5")),
        ("1 + 2 * 3", Decimal(7)),
        ("(1 + 2) * 3", Decimal(9)),
        ("（1＋2）×3".replace("＋", "+"), Decimal(9)),
        ("-产线数量 + 10 % 4", Decimal(-1)),
        ("[节拍 要求] * 2", Decimal("7.0")),
        ("单价 / 0", None),
        ("产线数量 + 空着", None),
        ("合计(产线数量, 空着, 2)", Decimal(5)),
        ("平均(2, 4)", Decimal(3)),
        ("最小(3, 1, 2)", Decimal(1)),
        ("最大(3, 产线数量, 2)", Decimal(3)),
        ("四舍五入(2.345, 2)", Decimal("2.35")),
        ("绝对值(-2)", Decimal(2)),
        ("天数(签约日, 投产日)", Decimal(10)),
        ("投产日 - 签约日", Decimal(10)),
        ("投产日 + 3", date(2026, 12, 4)),
        ("如果(产线数量 >= 3, '大线', '小线')", "大线"),
        ("预算状态 & '：' & 产线数量", "已批：3"),
        ("字数(预算状态)", Decimal(2)),
        ("预算状态 + 1", None),
    ],
)
def test_what_a_formula_comes_to(text, value):
    assert evaluate(parse(text), KNOWN) == value


@pytest.mark.parametrize(
    ("text", "fulfilled"),
    [
        ("预算状态 = '已批'", True),
        ("预算状态 <> “已批”", False),
        ("产线数量 > 2 且 预算状态 = '已批'", True),
        ("产线数量 > 5 或 出口", True),
        ("非 出口", False),
        ("出口 = 是", True),
        ("竞品 = '精测'", True),
        ("竞品 <> '精测'", False),
        ("包含(竞品, '海视')", True),
        ("为空(空着)", True),
        ("空着 > 1", False),
        ("空着 <> 1", True),
        ("投产日 > '2026-11-30'", True),
        ("签约日 ≤ 投产日", True),
    ],
)
def test_whether_a_condition_holds(text, fulfilled):
    assert holds(parse(text), KNOWN) is fulfilled


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("", 0, "还没有写"),
        ("1 +", 3, "这里少了一个值"),
        ("(1 + 2", 6, "少了右括号"),
        ("1 2", 2, "这里多了东西，或少了运算符"),
        ("产线数量 @ 2", 5, "这里有看不懂的字"),
        ("打开(1)", 0, "没有这个函数"),
        ("如果(1, 2)", 0, "函数里值的个数不对"),
        ("(" * 50 + "1" + ")" * 50, 40, "括号套得太深"),
        ("1" * 1_001, 1_000, "公式太长"),
        ("__import__('os')", 0, "没有这个函数"),
        ("a.b", 1, "这里有看不懂的字"),
    ],
)
def test_an_error_tells_place_and_reason(text, place, reason):
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert (refused.value.place, refused.value.reason) == (place, reason)


def test_names_and_new_names():
    text = "产线数量 * [节拍 要求] + 产线数量"
    assert names_of(parse(text)) == ("产线数量", "节拍 要求")
    keys = {"产线数量": "f1", "节拍 要求": "f2"}
    assert renamed(text, keys.get) == "[f1] * [f2] + [f1]"
    back = {key: name for name, key in keys.items()}
    assert renamed("[f1] * [f2]", back.get) == "[产线数量] * [节拍 要求]"
    with pytest.raises(ExpressionError) as refused:
        renamed("产线数量 + 没有的", keys.get)
    assert refused.value.place == 7


def test_circles_are_refused_where_they_begin():
    rests_on = {"a": ("b",), "b": ("c",), "c": ("a",), "d": ("a",)}
    with pytest.raises(ExpressionError) as refused:
        check_cycles(rests_on, "a", "1 + [b]")
    assert refused.value.place == 4
    check_cycles(rests_on, "d")
    check_cycles({"a": ("b",)}, "a")


@given(st.text(max_size=60))
def test_no_text_does_more_than_be_refused(text):
    try:
        found: Any = parse(text)
    except ExpressionError as refused:
        found = refused.place
    if isinstance(found, int):
        assert 0 <= found <= len(text)
    else:
        evaluate(found, KNOWN)


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=8))
def test_sums_come_out_as_written(numbers):
    written = " + ".join(f"({one})" for one in numbers)
    assert evaluate(parse(written), {}) == sum(numbers)
