"""When the next step is due: six chips (keys 1-6) and a field for any other words or day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time, tzinfo

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import N_, _
from app.models.values import dates
from app.models.values.nextstep import Bucket, OfficeHours, Window, resolve
from app.models.values.nextstep.typed import parse_when
from app.models.values.reasons import Unreadable
from app.views.core import format as shown
from app.views.core import icons, labels
from app.views.core import theme as themes
from app.views.widgets.chips import ChipGroup, Choice
from app.views.widgets.date_edit import open_calendar
from app.views.widgets.field import ValueField
from app.views.widgets.text import Label

_SUNDAY = 6
EXAMPLES = N_("下周三下午3点、月底前、3个工作日后、节后第一天")
CHIP_BUCKETS = (
    Bucket.later_today,
    Bucket.tonight,
    Bucket.tomorrow,
    Bucket.this_week,
    Bucket.next_week,
    Bucket.next_month,
)


@dataclass(frozen=True, slots=True)
class FuzzyTime:
    """A chosen time: its bucket word, a day or clock where one was named, and the window.

    ``by_words`` tells that the window comes from typed words that no bucket names (月底前),
    ``words`` are what was typed.
    """

    bucket: Bucket
    window: Window
    day: date | None = None
    clock: time | None = None
    by_words: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class OfficeTime:
    """Tell the time of the office: instant now, zone, hours."""

    now: Callable[[], int]
    zone: tzinfo
    hours: OfficeHours

    def today(self) -> date:
        """Return the business day now."""
        return dates.business_day(self.now(), self.zone)


def window_words(window: Window, office: OfficeTime) -> str:
    """Return a window as 11-24 周二, 11-30 ~ 12-06 or with its clock time."""
    today = office.today()
    first = dates.business_day(window.start, office.zone)
    last = dates.business_day(window.end, office.zone)
    if first != last:
        return shown.day_span(first, last, today)
    words = shown.day_week(first, today)
    if window.has_clock:
        words = f"{words} {shown.clock(dates.to_local(window.start, office.zone))}"
    return words


def span_words(window: Window, office: OfficeTime) -> str:
    """Return a window with its clock times: 11-25 周三 15:00–16:00, 11-30 ~ 12-06."""
    today = office.today()
    start, end = (dates.to_local(at, office.zone) for at in (window.start, window.end))
    if start.date() != end.date():
        return shown.day_span(start.date(), end.date(), today)
    return f"{shown.day_week(start.date(), today)} {shown.clock(start)}–{shown.clock(end)}"


def holiday_words(window: Window, office: OfficeTime) -> str:
    """Return 元旦放假 when a window of one day lies in a holiday, else nothing."""
    first = dates.business_day(window.start, office.zone)
    if first != dates.business_day(window.end, office.zone):
        return ""
    holiday = office.hours.calendar.holiday_on(first)
    if holiday is None:
        return ""
    return _("{holiday}放假").format(holiday=labels.holiday(holiday.name))


class WhenField(ValueField[FuzzyTime]):
    """Take 周五前, 12-05 14:00, 月底 or a day of the calendar; show the resolved window."""

    def __init__(
        self, office: OfficeTime, *, name: str = "when", parent: QWidget | None = None
    ) -> None:
        super().__init__(name=name, spoken=_("其他时间"), parent=parent)
        theme = themes.current()
        self._office = office
        self._shown: FuzzyTime | None = None
        self.setPlaceholderText(_("周五前、12-05 14:00"))
        self.setTextMargins(theme.px(22), 0, 0, 0)
        self.setFixedWidth(theme.px(152))

    def read(self, text: str) -> FuzzyTime | None:
        """Return the time the words mean now; raise Unreadable."""
        if not text.strip():
            return None
        if self._shown is not None and text == self.show_value(self._shown):
            return self._shown
        office = self._office
        found = parse_when(text, office.now(), office.zone, office.hours)
        if found is None:
            raise Unreadable(N_("看不懂这个时间"), text)
        bucket, window = found
        return replace(_as_fuzzy(bucket, window, office), words=text.strip())

    def show_value(self, value: FuzzyTime) -> str:
        """Return the window."""
        self._shown = value
        return window_words(value.window, self._office)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the calendar on Alt+Down or F4."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_F4 or (alt and event.key() == Qt.Key.Key_Down):
            self.pick_day()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the calendar from its picture."""
        if event.position().x() <= themes.current().px(26):
            self.pick_day()
        else:
            super().mousePressEvent(event)

    def pick_day(self) -> None:
        """Open the calendar."""
        open_calendar(self, self._office.today(), self._take_day)

    def _take_day(self, day: date) -> None:
        self.setText(day.isoformat())
        self.settle()
        if self._value is not None:
            self.setText(self.show_value(self._value))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and its calendar picture."""
        super().paintEvent(event)
        theme = themes.current()
        box = QRectF(theme.px(7), 0, theme.px(18), self.height())
        icons.paint(QPainter(self), box, "calendar", "text2")


def _as_fuzzy(bucket: Bucket, window: Window, office: OfficeTime) -> FuzzyTime:
    first = dates.business_day(window.start, office.zone)
    clock = dates.to_local(window.start, office.zone).time() if window.has_clock else None
    if bucket != Bucket.date:
        own = clock is None and _is_own(bucket, window, office)
        return FuzzyTime(bucket, window, None, clock, own)
    same_day = first == dates.business_day(window.end, office.zone)
    plain = resolve(bucket, office.now(), office.zone, office.hours, day=first)[1]
    by_words = clock is None and (not same_day or window != plain)
    return FuzzyTime(bucket, window, first, clock, by_words)


def _is_own(bucket: Bucket, window: Window, office: OfficeTime) -> bool:
    """Tell whether a window is another one than its bucket alone would give now."""
    plain = resolve(bucket, office.now(), office.zone, office.hours)[1]
    # these two begin now, and now has moved on since
    begins_now = bucket in (Bucket.later_today, Bucket.this_week)
    return window.end != plain.end or (not begins_now and window.start != plain.start)


class TimePreview(Label):
    """Say what typed words mean and warn of a holiday; hidden when there is nothing to say."""

    def __init__(self, office: OfficeTime, *, quiet: bool = False) -> None:
        super().__init__("", "caption", "text2", wrap=True)
        self._office = office
        self._quiet = quiet
        self.setObjectName("when_preview")
        self.hide()

    def show_words(self, text: str, field: WhenField) -> None:
        """Show the meaning of words that are being typed."""
        if not text.strip():
            self._say("", "")
            return
        try:
            value = field.read(text)
        except Unreadable:
            self._say("", _("还看不懂，例如 {examples}").format(examples=_(EXAMPLES)))
            return
        if value is not None:
            meaning = span_words(value.window, self._office)
            self._say(f"{text.strip()} = {meaning}", holiday_words(value.window, self._office))

    def show_time(self, value: FuzzyTime | None) -> None:
        """Show what was typed for a chosen time, and its holiday."""
        if value is None:
            self._say("", "")
            return
        typed = f"{value.words} = {span_words(value.window, self._office)}" if value.words else ""
        self._say(typed, holiday_words(value.window, self._office))

    def _say(self, words: str, warning: str) -> None:
        both = " · ".join(part for part in (words, warning) if part)
        self.set_tone("warn" if warning else "text2")
        self.setText(both)
        self.setVisible(bool(both) and not self._quiet)


class FuzzyTimeEdit(QWidget):
    """Choose when: one of six words or anything the field understands; None while unchosen.

    On a Sunday 本周内 cannot be chosen by its chip, the tooltip says why.
    """

    changed = Signal(object)

    def __init__(
        self, office: OfficeTime, *, with_field: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._value: FuzzyTime | None = None
        row = QHBoxLayout()
        row.setSpacing(themes.current().px(8))
        self.chips = ChipGroup(self._choices(), name="when_chips", spoken=_("时间"))
        self.chips.changed.connect(self._on_chip)
        self.field = WhenField(office)
        self.field.changed.connect(self._on_field)
        self.field.textEdited.connect(self._preview)
        self.preview = TimePreview(office, quiet=not with_field)
        if not with_field:
            # never shown before it has a parent: it would be a window of its own for a moment
            self.field.hide()
        row.addWidget(self.chips, 1)
        row.addWidget(self.field)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(themes.current().px(4))
        rows.addLayout(row)
        rows.addWidget(self.preview)
        self.setFocusProxy(self.chips)

    def _choices(self) -> list[Choice]:
        sunday = self._office.today().weekday() == _SUNDAY
        return [
            Choice(
                bucket,
                labels.of(labels.BUCKET, bucket),
                str(key),
                enabled=not (sunday and bucket == Bucket.this_week),
                tip=_("今天就是周日") if sunday and bucket == Bucket.this_week else "",
            )
            for key, bucket in enumerate(CHIP_BUCKETS, 1)
        ]

    def value(self) -> FuzzyTime | None:
        """Return what was chosen."""
        if not self.field.isHidden():
            self.field.settle()
        return self._value

    def set_value(self, value: FuzzyTime | None) -> None:
        """Show a time without telling ``changed``."""
        self._value = value
        self.preview.show_time(value)
        chip = value is not None and value.clock is None and not value.by_words
        self.chips.set_value(value.bucket if value is not None and chip else None)
        self.field.set_value(value)

    def set_bucket(self, bucket: Bucket) -> None:
        """Choose a word, as its chip does."""
        office = self._office
        found, window = resolve(bucket, office.now(), office.zone, office.hours)
        self.set_value(FuzzyTime(found, window))

    def pick(self, key: str) -> bool:
        """Choose the chip of a digit."""
        return self.chips.pick(key)

    def _on_chip(self, bucket: object) -> None:
        if isinstance(bucket, Bucket):
            self.set_bucket(bucket)
            self.changed.emit(self._value)

    def _preview(self, text: str) -> None:
        """Show what the words mean while they are typed."""
        self.preview.show_words(text, self.field)

    def _on_field(self, value: object) -> None:
        self.preview.show_time(value if isinstance(value, FuzzyTime) else None)
        if value != self._value:
            self._value = value if isinstance(value, FuzzyTime) else None
            plain = self._value is not None and not self._value.by_words and not self._value.clock
            chosen = self._value.bucket if self._value is not None and plain else None
            self.chips.set_value(chosen if chosen in CHIP_BUCKETS else None)
            self.changed.emit(self._value)
