"""Figures as ui.md 10 shows them, in Chinese and in English."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import i18n
from app.models.values import dates
from app.models.values.growth import compare
from app.views.core import format as shown

TODAY = date(2026, 11, 23)
ZONE = dates.zone("Asia/Shanghai")


@pytest.mark.parametrize(
    ("fen", "in_chinese", "in_english"),
    [
        (None, "—", "—"),
        (0, "0", "0"),
        (860_000, "8,600", "8,600"),
        (46_000_000, "46.00万", "460.0K"),
        (12_400_000_000, "1.24亿", "124.0M"),
    ],
)
def test_money_by_size(fen, in_chinese, in_english):
    assert shown.money(fen) == in_chinese
    i18n.set_language("en")
    assert shown.money(fen) == in_english


def test_money_in_full_and_in_text():
    assert shown.yuan(46_000_050) == "460,000.50"
    assert shown.yuan(None) == "—"
    assert shown.money_marked(17_830_000_00, 1) == "¥1783.0万"


def test_counts():
    assert shown.count(1_024_386) == "1,024,386"
    assert shown.short_count(999_999) == "999,999"
    assert shown.short_count(1_024_386) == "102万"
    i18n.set_language("en")
    assert shown.short_count(1_024_386) == "1.02M"


@given(st.integers(0, 10**9))
def test_a_full_count_can_be_read_back(number):
    assert int(shown.count(number).replace(",", "")) == number


def test_percent_and_nothing():
    assert shown.percent(0.1984) == "19.8%"
    assert shown.percent(None) == "—"
    assert shown.number(None) == "—"


@pytest.mark.parametrize(
    ("size", "text"),
    [(900, "900 B"), (2048, "2 KB"), (1_288_490_189, "1.2 GB"), (300 * 1024**2, "300 MB")],
)
def test_sizes(size, text):
    assert shown.file_size(size) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("13805127746", "138 0512 7746"),
        ("+8613805127746", "138 0512 7746"),
        ("138-0512-7746", "138 0512 7746"),
        ("0512-66668888", "0512-66668888"),
        ("", ""),
    ],
)
def test_phones_in_groups(raw, text):
    assert shown.phone(raw) == text


def test_days():
    assert shown.day(TODAY, TODAY) == "11-23"
    assert shown.day(date(2025, 11, 23), TODAY) == "2025-11-23"
    assert shown.day(None, TODAY) == "—"
    assert shown.day_week(date(2026, 11, 24), TODAY) == "11-24 周二"
    assert shown.day_long(TODAY) == "2026年11月23日 周一"
    assert shown.day_span(date(2026, 11, 30), date(2026, 12, 6), TODAY) == "11-30 ~ 12-06"
    assert shown.day_span(date(2026, 11, 1), date(2026, 11, 23)) == "2026-11-01 ~ 11-23"
    assert shown.day_span(date(2025, 12, 20), date(2026, 1, 5), TODAY) == "2025-12-20 ~ 2026-01-05"
    assert shown.day_span(date(2026, 12, 28), date(2027, 1, 3), TODAY) == "12-28 ~ 2027-01-03"
    i18n.set_language("en")
    assert shown.day_long(TODAY) == "Mon 23 Nov 2026"
    assert shown.day_week(date(2026, 11, 24), TODAY) == "Tue 24 Nov"
    assert shown.day_span(date(2026, 11, 30), date(2026, 12, 6), TODAY) == "30 Nov – 6 Dec"
    assert shown.day_span(date(2026, 11, 1), date(2026, 11, 23)) == "1 Nov – 23 Nov 2026"


@pytest.mark.parametrize(
    ("day", "text"),
    [(TODAY, "今天"), (date(2026, 11, 22), "昨天"), (date(2026, 11, 20), "3 天前"),
     (date(2026, 9, 1), "09-01"), (date(2026, 11, 24), "明天"), (None, "—")],
)  # fmt: skip
def test_how_long_ago(day, text):
    assert shown.ago(day, TODAY) == text


def test_moments_name_near_days():
    def at(*parts):
        return dates.to_instant(datetime(*parts, tzinfo=ZONE))

    assert shown.moment(at(2026, 11, 23, 15), ZONE, TODAY) == "今天 15:00"
    assert shown.moment(at(2026, 11, 22, 9, 5), ZONE, TODAY) == "昨天 09:05"
    assert shown.moment(at(2026, 11, 20, 10, 24), ZONE, TODAY) == "11-20 周五 10:24"
    assert shown.moment(at(2026, 11, 20, 10, 24), ZONE, TODAY, week=False) == "11-20 10:24"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, "—"), (5, "5 秒"), (485, "8 分 05 秒"), (3725, "1 小时 02 分"), (0, "0 秒")],
)
def test_lengths(seconds, text):
    assert shown.duration(seconds) == text


def test_hours():
    assert shown.hours(51_120) == "14.2"


def _change(now, base, **options):
    wanted = {"is_rate": options.get("is_rate", False), "aligned": False}
    return shown.change(compare(now, base, **wanted), **options)


def test_rates_change_in_points():
    better = _change(0.198, 0.174, is_rate=True)
    assert (better.text, better.tone) == ("▲ 2.4 个百分点", "good")
    worse = _change(0.165, 0.174, is_rate=True)
    assert (worse.text, worse.tone) == ("▼ 0.9 个百分点", "warn")
    assert worse.spoken.endswith("变差")


def test_a_shorter_cycle_is_better():
    found = _change(23.5, 26.7, unit="天", up_is_better=False, words=("变快", "变慢"))
    assert (found.text, found.tone) == ("▼ 3.2 天 变快", "good")
    slower = _change(26.7, 23.5, unit="天", up_is_better=False, words=("变快", "变慢"))
    assert (slower.text, slower.tone) == ("▲ 3.2 天 变慢", "warn")


def test_growth_in_percent():
    assert _change(106.2, 100.0, as_growth=True).text == "▲ 6.2%"
    neutral = _change(106.2, 100.0, as_growth=True, up_is_better=None)
    assert neutral.tone == "text2"


@pytest.mark.parametrize(
    ("now", "base", "text"),
    [(5.0, None, "无基期"), (5.0, 0.0, "新增"), (0.0, 0.0, "持平"), (None, 3.0, "—"),
     (3.0, 3.0, "持平")],
)  # fmt: skip
def test_cases_without_a_change(now, base, text):
    assert _change(now, base).text == text


def test_no_period_to_compare_with():
    found = shown.change(compare(1.0, None, is_rate=False, aligned=False, has_period=False))
    assert found.text == "无同期"
