from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.transfer.records import split_records

TODAY = date(2026, 11, 20)


def days(cell, **more):
    return [piece.on for piece in split_records(cell, latest=TODAY, **more)]


def test_a_later_record_without_year_follows_the_one_before():
    pieces = split_records("2025.12.4 电话,有意向\n12.11 微信 发报价\n1/9 拜访", latest=TODAY)
    assert [piece.on for piece in pieces] == [
        date(2025, 12, 4),
        date(2025, 12, 11),
        date(2026, 1, 9),
    ]
    assert [piece.text for piece in pieces] == ["电话,有意向", "微信 发报价", "拜访"]


def test_equal_records_of_a_day_stay_apart():
    cell = "2026.11.9 拜访;11.19 电话,有意向;11/19 电话,约下周;11.19 电话,有意向"
    assert days(cell) == [date(2026, 11, 9), *[date(2026, 11, 19)] * 3]


def test_newest_first_cells_go_backwards():
    assert days("3/12 拜访\n3.5 电话\n12.20 微信") == [
        date(2026, 3, 12),
        date(2026, 3, 5),
        date(2025, 12, 20),
    ]


def test_without_any_year_the_last_possible_day_is_taken():
    assert days("3.5 电话,有意向;3/12 拜访") == [date(2026, 3, 5), date(2026, 3, 12)]
    assert days("11.25 电话") == [date(2025, 11, 25)]


def test_without_any_year_the_day_the_customer_was_entered_comes_first():
    assert days("3.5 电话;3/12 拜访", earliest=date(2024, 3, 1)) == [
        date(2024, 3, 5),
        date(2024, 3, 12),
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "报价3.5万，9.8折",
        "电话3.5号打",
        "单价涨了2.5%",
        "要12.5米的",
        "2月30日",
        "重点客户",
        "版本3.1.2",
    ],
)
def test_numbers_inside_a_sentence_are_no_dates(cell):
    assert days(cell) == [None]


@pytest.mark.parametrize(
    ("cell", "texts"),
    [
        ("1、2025-03-12：拜访 2、3月20日 电话沟通", ["拜访", "电话沟通"]),
        ("【2025/3/5】王芳：电话，有意向", ["王芳：电话，有意向"]),
        ("老客户; 2025年3月5日 电话", ["老客户", "电话"]),
        ("24.3.5 电话；24.3.9 上门", ["电话", "上门"]),
        ("20250305 电话;20250312 拜访", ["电话", "拜访"]),
        ("3.5电话有意向 3.12拜访看样品 报12.5", ["电话有意向", "拜访看样品 报12.5"]),
        ("2025-03-05 14:20 电话谈价格9.5，12.3号再联系", ["电话谈价格9.5，12.3号再联系"]),
    ],
)
def test_records_begin_where_people_begin_them(cell, texts):
    assert [piece.text for piece in split_records(cell, latest=TODAY)] == texts


def test_the_time_of_day_is_kept():
    (piece,) = split_records("2025-03-05 下午2:20 电话", latest=TODAY)
    assert (piece.on, piece.clock) == (date(2025, 3, 5), "下午2:20")


@given(
    start=st.dates(date(2022, 1, 1), date(2026, 6, 1)),
    gaps=st.lists(st.integers(0, 150), max_size=5),
    mark=st.sampled_from("./-"),
    between=st.sampled_from([";", "；", "\n"]),
)
def test_omitted_years_come_back(start, gaps, mark, between):
    expected = [start]
    for gap in gaps:
        expected.append(expected[-1] + timedelta(gap))
    if expected[-1] > TODAY:
        return
    first, *later = expected
    written = [f"{first.year}{mark}{first.month}{mark}{first.day} 电话"]
    written += [f"{day.month}{mark}{day.day} 电话" for day in later]
    found = days(between.join(written))
    assert found == expected


@given(st.text(max_size=200))
def test_no_text_is_lost_or_refused(cell):
    pieces = split_records(cell, latest=TODAY)
    words = "".join(char for char in cell if char.isalpha())
    kept = "".join(char for piece in pieces for char in piece.text if char.isalpha())
    assert len(kept) <= len(words)
