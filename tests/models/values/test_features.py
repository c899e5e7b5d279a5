from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.features import MILLIONTHS, FieldType, format_value, parse_value
from app.models.values.reasons import Unreadable

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", " 有 ERP ", "有 ERP"), ("single", "ＥＲＰ", "ERP"), ("multi", "A、B", "A、B"),
        ("number", "1,200.5", 1_200_500_000), ("number", "-3", -3_000_000),
        ("number", "10%", 10_000_000),
        ("number", "0.0000005", 1), ("money", "46万", 46_000_000),
        ("date", "1月5日", date(2026, 1, 5)),
        ("yes_no", "√", 1), ("yes_no", "没有", 0), ("yes_no", "Y", 1),
    ],
)  # fmt: skip
def test_values_as_people_write_them(kind, text, value):
    assert parse_value(FieldType(kind), text, today=TODAY) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [("number", "很多"), ("number", "1,2"), ("number", "1_000"), ("number", "nan"),
      ("number", "inf"),
     ("number", "1e400"), ("number", "9" * 15), ("number", ""), ("money", "待定"),
     ("money", "5-8万"),
     ("date", "待定"), ("date", "以后"), ("yes_no", "也许"), ("yes_no", "")],
)  # fmt: skip
def test_values_that_are_refused(kind, text):
    with pytest.raises(Unreadable) as refused:
        parse_value(FieldType(kind), text, today=TODAY)
    assert refused.value.reason


@given(st.decimals(-(10**9), 10**9, places=6))
def test_a_number_reads_back(number):
    stored = parse_value(FieldType.number, f"{number:f}")
    assert isinstance(stored, int)
    assert stored == int(number * MILLIONTHS)
    shown = format_value(FieldType.number, "", stored, None)
    assert Decimal(shown) == number
    assert parse_value(FieldType.number, shown) == stored


@given(
    st.integers(-(10**12), 10**12), st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.booleans()
)
def test_money_days_and_yes_no_read_back(fen, day, yes):
    assert parse_value(FieldType.money, format_value(FieldType.money, "", fen, None)) == fen
    assert parse_value(FieldType.date, format_value(FieldType.date, "", 0, day)) == day
    assert parse_value(FieldType.yes_no, format_value(FieldType.yes_no, "", int(yes), None)) == yes


def test_text_and_no_day_are_shown_as_they_are():
    assert format_value(FieldType.text, "有 ERP", 0, None) == "有 ERP"
    assert format_value(FieldType.date, "", 0, None) == ""
