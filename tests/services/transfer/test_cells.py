from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.dates import VagueDate, to_local
from app.models.values.money import MoneyRange
from app.models.values.reasons import Unreadable
from app.services.transfer import cells
from app.services.transfer.cells import DayRule, Order
from app.services.transfer.columns import day_orders

CHINA = timezone(timedelta(hours=8))
RULE = DayRule(CHINA, date(2026, 11, 20))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (13812904417.0, "13812904417"),
        (1.38e10, "13800000000"),
        (12.5, "12.5"),
        (7, "7"),
        (True, "是"),
        ("  甲\u00a0公司\u3000 ", "甲 公司"),
        ("\u200b甲\ufeff", "甲"),
        ("'13800000000", "13800000000"),
        ("'=1+1", "=1+1"),
        ("'＋86", "＋86"),
        ("'n' 型", "'n' 型"),
        (date(2026, 1, 5), "2026-01-05"),
        (datetime(2026, 1, 5, tzinfo=UTC).replace(tzinfo=None), "2026-01-05"),
        (time(7, 15), "07:15:00"),
    ],
)
def test_text_of_cells(cell, text):
    assert cells.text_of(cell) == text


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024.1.5", date(2024, 1, 5)),
        ("24/1/5", date(2024, 1, 5)),
        ("2024年1月", date(2024, 1, 1)),
        ("1月5日", date(2026, 1, 5)),
        ("12月5日", date(2025, 12, 5)),
        ("20240105", date(2024, 1, 5)),
        (20240105.0, date(2024, 1, 5)),
        (45296, date(2024, 1, 5)),
        ("45296", date(2024, 1, 5)),
        (45296.6, date(2024, 1, 5)),
        (datetime(2024, 1, 5, 9, tzinfo=UTC).replace(tzinfo=None), date(2024, 1, 5)),
        (date(2024, 1, 5), date(2024, 1, 5)),
        ("待定", None),
        ("", None),
        ("—", None),
    ],
)
def test_days_in_every_form(cell, day):
    assert cells.day_of(cell, RULE) == day


def test_serials_of_1904():
    rule = DayRule(CHINA, date(2026, 11, 20), epoch_1904=True)
    assert cells.day_of(43834, rule) == date(2024, 1, 5)


@pytest.mark.parametrize("cell", ["昨天上午的事", "2024-13-01", 5, True, time(1), 0.5])
def test_what_is_no_day_is_told(cell):
    with pytest.raises(Unreadable):
        cells.day_of(cell, RULE)


def test_a_vague_day_is_told_apart():
    with pytest.raises(VagueDate):
        cells.day_of("去年底", RULE)


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["3/25/2024", "1/5/2024"], Order.mdy),
        (["25/3/2024", "1/5/2024"], Order.dmy),
        (["1/5/2024", "3/4/2024"], Order.ymd),
        (["24/1/15", "25/11/20"], Order.ymd),
        (["3/25/24", "1/15/24"], Order.mdy),
        (["2024-01-05", 45296], Order.ymd),
    ],
)
def test_the_order_of_a_column_is_decided_on_all_rows(values, order):
    assert order in day_orders(values)


def test_a_year_in_front_stays_in_front_beside_days_written_the_american_way():
    assert day_orders(["24.01.05", "12/20/2024"]) == (Order.mdy, Order.ymd)


def test_the_order_makes_a_doubtful_day_plain():
    assert cells.day_of("1/5/2024", DayRule(CHINA, RULE.latest, order=Order.mdy)) == date(
        2024, 1, 5
    )
    with pytest.raises(Unreadable):
        cells.day_of("1/5/2024", RULE)


@pytest.mark.parametrize(
    ("cell", "local", "timed"),
    [
        ("2024/11/22 12:40", "2024-11-22 12:40", True),
        ("2024-11-28 13:46", "2024-11-28 13:46", True),
        ("2025年3月5日下午2点30分", "2025-03-05 14:30", True),
        ("2025.3.5", "2025-03-05 00:00", False),
        (45296.5, "2024-01-05 12:00", True),
        (date(2024, 1, 5), "2024-01-05 00:00", False),
        ("2026-11-23T10:30:00+08:00", "2026-11-23 10:30", True),
    ],
)
def test_instants_know_whether_the_time_is_told(cell, local, timed):
    found = cells.instant_of(cell, RULE)
    assert found is not None
    assert (to_local(found[0], CHINA).strftime("%Y-%m-%d %H:%M"), found[1]) == (local, timed)


@pytest.mark.parametrize(
    ("cell", "factor", "fen"),
    [
        ("¥12,000.00", 1, 1_200_000),
        ("1.2万", 1, 1_200_000),
        ("3千", 1, 300_000),
        ("12000元", 1, 1_200_000),
        ("约5万", 1, 5_000_000),
        ("(500)", 1, -50_000),
        ("－500", 1, -50_000),
        ("1000元(含税)", 1, 100_000),
        (12.5, 10_000, 12_500_000),
        ("12.5", 10_000, 12_500_000),
        ("12.5万", 10_000, 12_500_000),
        ("125000元", 10_000, 12_500_000),
        (0.1 + 0.2, 1, 30),
        (7_125_000, 0, 7_125_000),
        ("面议", 1, None),
        ("", 1, None),
    ],
)
def test_amounts_in_every_form(cell, factor, fen):
    assert cells.fen_of_cell(cell, factor) == fen


def test_a_range_is_no_amount():
    with pytest.raises(MoneyRange) as found:
        cells.fen_of_cell("5-8万")
    assert (found.value.low, found.value.high) == (5_000_000, 8_000_000)


@pytest.mark.parametrize(
    ("cell", "factor", "seconds"),
    [
        ("7分15秒", 1, 435),
        ("372", 1, 372),
        (372.0, 1, 372),
        ("0秒", 1, 0),
        ("1小时2分", 1, 3720),
        ("03:05", 1, 185),
        (time(0, 7, 15), 1, 435),
        (timedelta(minutes=3), 1, 180),
        ("5", 60, 300),
        ("", 1, None),
    ],
)
def test_durations_in_every_form(cell, factor, seconds):
    assert cells.seconds_of(cell, factor) == seconds


@pytest.mark.parametrize(
    ("cell", "flag"),
    [("是", True), ("√", True), ("×", False), ("否", False), ("Y", True), ("", None), (True, True)],
)
def test_yes_and_no(cell, flag):
    assert cells.flag_of(cell) == flag


@given(st.integers(-(10**12), 10**12))
def test_any_amount_written_in_yuan_comes_back(fen):
    written = f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02}"
    assert cells.fen_of_cell(written) == fen
