"""Amount, date and time fields read what people type and show it plainly on leaving."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QCalendarWidget

from app.models.values import dates
from app.models.values.nextstep import Bucket, OfficeHours
from app.models.values.reasons import Unreadable
from app.services.admin.holidays import calendar_of
from app.views.widgets.date_edit import DateEdit, read_day
from app.views.widgets.fuzzy_time_edit import FuzzyTimeEdit, OfficeTime, window_words
from app.views.widgets.money_edit import MoneyEdit

TODAY = date(2026, 11, 23)  # a Monday
ZONE = dates.zone("Asia/Shanghai")


def _leave(field):
    field.clearFocus()


def _type(qtbot, field, text):
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.setText(text)
    field.textEdited.emit(text)


@pytest.mark.parametrize(
    ("typed", "fen", "shown"),
    [
        ("460000", 46_000_000, "460,000"),
        ("46万", 46_000_000, "460,000"),
        ("46w", 46_000_000, "460,000"),
        ("1.2亿", 12_000_000_000, "120,000,000"),
        ("8600.5", 860_050, "8,600.50"),
        ("", None, ""),
    ],
)
def test_amounts(qtbot, typed, fen, shown):
    field = MoneyEdit()
    qtbot.addWidget(field)
    heard = []
    field.changed.connect(heard.append)
    _type(qtbot, field, typed)
    _leave(field)
    assert field.value() == fen
    assert field.text() == shown
    assert heard == ([fen] if fen is not None else [])
    assert field.problem() == ""


@pytest.mark.parametrize("typed", ["很多", "5-8万", "-3", "$5"])
def test_what_is_no_amount_says_why(qtbot, typed):
    field = MoneyEdit()
    qtbot.addWidget(field)
    told = []
    field.complained.connect(told.append)
    _type(qtbot, field, typed)
    _leave(field)
    assert field.value() is None
    assert field.problem()
    assert told == [field.problem()]
    assert field.property("wrong") is True
    assert field.text() == typed
    _type(qtbot, field, "5万")
    assert field.problem() == ""
    assert field.property("wrong") is False


def test_a_refund_may_be_negative(qtbot):
    field = MoneyEdit(negative=True)
    qtbot.addWidget(field)
    field.setText("-5000")
    assert field.value() == -500_000


def test_setting_an_amount_tells_nobody(qtbot):
    field = MoneyEdit()
    qtbot.addWidget(field)
    heard = []
    field.changed.connect(heard.append)
    field.set_value(46_000_000)
    assert field.text() == "460,000"
    assert field.value() == 46_000_000
    assert heard == []


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("今天", TODAY),
        ("昨天", date(2026, 11, 22)),
        ("明天", date(2026, 11, 24)),
        ("周三", date(2026, 11, 25)),
        ("下周二", date(2026, 12, 1)),
        ("+3", date(2026, 11, 26)),
        ("-3", date(2026, 11, 20)),
        ("1228", date(2026, 12, 28)),
        ("12-28", date(2026, 12, 28)),
        ("2027-01-05", date(2027, 1, 5)),
        ("2025-08-15", date(2025, 8, 15)),
        ("本周内", date(2026, 11, 29)),
        ("", None),
    ],
)
def test_days(typed, day):
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["没想好", "13-45", "99999999"])
def test_what_is_no_day(typed):
    with pytest.raises(Unreadable):
        read_day(typed, TODAY)


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_a_day_as_shown_reads_back(day):
    assert read_day(day.isoformat(), TODAY) == day


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=20))
def test_any_text_is_a_day_or_a_reason(text):
    try:
        found = read_day(text, TODAY)
    except Unreadable:
        return
    assert found is None or isinstance(found, date)


@pytest.fixture
def day_field(qtbot):
    field = DateEdit(today=lambda: TODAY)
    qtbot.addWidget(field)
    return field


def test_a_date_shows_as_iso(qtbot, day_field):
    _type(qtbot, day_field, "下周二")
    _leave(day_field)
    assert day_field.text() == "2026-12-01"


def test_up_and_down_step_a_day(qtbot, day_field):
    qtbot.keyClick(day_field, Qt.Key.Key_Up)
    assert day_field.value() == date(2026, 11, 24)
    qtbot.keyClick(day_field, Qt.Key.Key_Down)
    qtbot.keyClick(day_field, Qt.Key.Key_Down)
    assert day_field.value() == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier),
     (Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier)],
)  # fmt: skip
def test_the_calendar_opens_by_key_and_gives_back(qtbot, day_field, key, modifier):
    heard = []
    day_field.changed.connect(heard.append)
    day_field.show()
    qtbot.keyClick(day_field, key, modifier)
    calendar = QApplication.activePopupWidget().findChild(QCalendarWidget)
    assert calendar.selectedDate() == QDate(2026, 11, 23)
    calendar.activated.emit(QDate(2026, 12, 28))
    assert day_field.value() == date(2026, 12, 28)
    assert heard == [date(2026, 12, 28)]
    assert QApplication.activePopupWidget() is None


def _office(day, clock="10:00"):
    hour, minute = map(int, clock.split(":"))
    now = dates.to_instant(datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE))
    return OfficeTime(lambda: now, ZONE, OfficeHours())


@pytest.fixture
def when(qtbot):
    made = FuzzyTimeEdit(_office(TODAY))
    qtbot.addWidget(made)
    made.heard = []
    made.changed.connect(made.heard.append)
    made.show()
    return made


def test_six_words_by_six_digits(qtbot, when):
    words = []
    for key in "123456":
        assert when.pick(key)
        words.append(when.value().bucket)
    assert words == [
        Bucket.later_today, Bucket.tonight, Bucket.tomorrow, Bucket.this_week,
        Bucket.next_week, Bucket.next_month,
    ]  # fmt: skip
    assert [time.bucket for time in when.heard] == words


def test_the_field_shows_the_window_of_the_word(when):
    when.pick("5")
    assert when.field.text() == "11-30 ~ 12-06"
    when.pick("3")
    assert when.field.text() == "11-24 周二"
    assert not when.value().by_words


def test_typed_words_choose_the_chip_or_none(qtbot, when):
    _type(qtbot, when.field, "下周")
    assert when.value().bucket == Bucket.next_week
    assert when.chips.value() == Bucket.next_week
    _type(qtbot, when.field, "12-05 14:00")
    found = when.value()
    assert (found.bucket, found.day, str(found.clock)) == (
        Bucket.date,
        date(2026, 12, 5),
        "14:00:00",
    )
    assert when.chips.value() is None
    assert window_words(found.window, _office(TODAY)) == "12-05 周六 14:00"
    _type(qtbot, when.field, "月底前")
    assert when.value().by_words


def test_a_day_of_the_calendar(qtbot, when):
    when.field.pick_day()
    calendar = QApplication.activePopupWidget().findChild(QCalendarWidget)
    calendar.activated.emit(QDate(2026, 12, 5))
    found = when.value()
    assert (found.bucket, found.day, found.by_words) == (Bucket.date, date(2026, 12, 5), False)
    assert when.field.text() == "12-05 周六"


def test_nonsense_is_told(qtbot, when):
    when.pick("5")
    _type(qtbot, when.field, "看情况")
    assert when.value() is None
    assert when.field.problem() == "看不懂这个时间"


def test_on_a_sunday_this_week_is_over(qtbot):
    made = FuzzyTimeEdit(_office(date(2026, 11, 22)))
    qtbot.addWidget(made)
    chip = made.chips.chips[3]
    assert not chip.isEnabled()
    assert chip.toolTip() == "今天就是周日"
    assert not made.pick("4")


def test_a_kept_time_is_shown_again(qtbot, when):
    when.pick("6")
    kept = when.value()
    other = FuzzyTimeEdit(_office(TODAY))
    qtbot.addWidget(other)
    other.set_value(kept)
    assert other.chips.value() == Bucket.next_month
    assert other.value() == kept


@pytest.mark.parametrize(
    ("typed", "day"),
    [("11-01", date(2026, 11, 1)), ("1228", date(2025, 12, 28)), ("12月28日", date(2025, 12, 28)),
     ("昨天", date(2026, 11, 22))],
)  # fmt: skip
def test_a_report_looks_back(typed, day):
    assert read_day(typed, TODAY, past=True) == day


def _compose(field, text):
    """Type as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def test_what_is_typed_is_read_while_it_is_typed(qtbot, when):
    _compose(when.field, "下周三下午3点")
    assert when.preview.text() == "下周三下午3点 = 12-02 周三 15:00–16:00"
    assert when.preview.isVisible()
    when.field.selectAll()
    _compose(when.field, "看情况")
    assert when.preview.text().startswith("还看不懂")
    _type(qtbot, when.field, "")
    assert not when.preview.isVisible()


def test_a_day_in_a_holiday_warns(qtbot):
    hours = OfficeHours(calendar=calendar_of({}))
    office = _office(date(2026, 12, 31))
    made = FuzzyTimeEdit(OfficeTime(office.now, office.zone, hours))
    qtbot.addWidget(made)
    made.show()
    made.pick("3")
    assert made.preview.text() == "元旦放假"
    made.pick("6")
    assert made.preview.text() == ""
    _type(qtbot, made.field, "节后第一天")
    assert made.preview.text() == "节后第一天 = 2027-01-04 周一 09:00–18:00"
    assert made.value().words == "节后第一天"
