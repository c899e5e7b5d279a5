"""The office's settings, its editable lists, and setting up a new book."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import time
from typing import TYPE_CHECKING, Any

from app.errors import BookError
from app.i18n import N_
from app.models.store import first_page
from app.models.values import calibration, dossier
from app.models.values.nextstep import OfficeHours
from app.services.admin import holidays
from app.services.jobs import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from app.models.store.reader import Reader
    from app.models.values.calendars import Calendar
    from app.models.values.workdays import HolidayYear
    from app.services.admin.checks import Check
    from app.services.context import Context
    from app.services.features import FieldDraft
    from app.services.staff import StaffDraft


@dataclass(frozen=True, slots=True)
class Settings:
    """What the whole office shares; times of day as HH:MM, Monday is day 0 of the week.

    ``radar_weights`` are the items a dossier must have and what each counts,
    ``link_schemes`` what links may begin with beside the usual ones, apart by blanks.
    ``win_chances`` are the chances (0 to 1) of a 有价值 customer by stage (product.md 1.4).
    """

    company: str = ""
    zone: str = "Asia/Shanghai"
    day_start: str = "09:00"
    day_end: str = "18:00"
    evening_end: str = "22:00"
    tomorrow_is_workday: bool = False
    fiscal_start_month: int = 1
    fiscal_named_by_end: bool = False
    week_start: int = 0
    template: str = ""
    holidays: dict[str, Any] = field(default_factory=dict)
    radar_weights: Mapping[str, int] = field(default_factory=lambda: dict(dossier.WEIGHTS))
    radar_stale_days: int = dossier.STALE_DAYS
    citizen_ids: bool = False
    link_schemes: str = ""
    win_chances: Sequence[float] = calibration.VALUABLE_CHANCES
    grade_big_fen: int = calibration.DEFAULT_BANDS[0][1]
    grade_normal_fen: int = calibration.DEFAULT_BANDS[1][1]
    recalibrate_days: int = calibration.RECALIBRATE_DAYS

    def bands(self) -> tuple[tuple[calibration.Grade, int], ...]:
        """Return from which amount on (fen) a customer is of a grade; 0 suggests none."""
        big, normal = self.grade_big_fen, self.grade_normal_fen
        return ((calibration.Grade.big, big), (calibration.Grade.normal, normal)) if big else ()

    def calendar(self) -> Calendar:
        """Return how the office cuts time."""
        from app.models.values.calendars import Calendar

        return Calendar(self.week_start, self.fiscal_start_month, self.fiscal_named_by_end)

    def hours(self) -> OfficeHours:
        """Return the office hours for fuzzy time."""
        return OfficeHours(
            time.fromisoformat(self.day_start),
            time.fromisoformat(self.day_end),
            time.fromisoformat(self.evening_end),
            self.tomorrow_is_workday,
            holidays.calendar_of(self.holidays),
        )


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A word of an editable list."""

    id: int
    code: str
    label: str
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """An industry template: feature fields to begin with."""

    code: str
    name: str
    fields: tuple[FieldDraft, ...]


@dataclass(frozen=True, slots=True)
class OfficeDraft:
    """What the first-run wizard asks: company, first staff, template."""

    company: str = ""
    staff: tuple[StaffDraft, ...] = ()
    template: str = ""
    settings: Settings = field(default_factory=Settings)


def read_settings(reader: Reader) -> Settings:
    """Return the settings of a book; unknown keys are left for newer programs."""
    stored = {key: json.loads(value) for key, value in first_page.settings(reader)}
    known = {one.name for one in fields(Settings)}
    return Settings(**{key: value for key, value in stored.items() if key in known})


FACTS_DUE = "facts_due"
"""Setting that an upgrade of a book leaves when its facts are to be made anew."""


def facts_are_due(reader: Reader) -> bool:
    """Tell whether an upgrade asked for facts made anew."""
    return any(key == FACTS_DUE for key, _ in first_page.settings(reader))


class Admin:
    """Settings, lists, and the first filling of a book."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def settings(self) -> Settings:
        """Return the office's settings."""
        with self._context.read() as reader:
            return read_settings(reader)

    def change_settings(self, **changed: Any) -> Settings:
        """Change some settings and return all; working hours hold for later next steps.

        Raises ``UserError``: bad_hours, bad_chances.
        """
        from app.services.admin import setting_up

        self._context.require("manage")
        fresh = Settings(**(asdict(self.settings()) | changed))
        setting_up.require_hours(fresh)
        setting_up.require_chances(fresh)
        with self._context.write(N_("修改设置")) as unit:
            setting_up.write_settings(unit, fresh)
        return fresh

    def holiday_years(self, first: int, last: int) -> list[tuple[HolidayYear, bool]]:
        """Return the known holiday years of a range, each with whether the office imported it."""
        return holidays.known_years(self.settings().holidays, first, last)

    def read_holidays(self, text: str) -> Sequence[HolidayYear]:
        """Return what a pasted notice or list of days tells; raise ``UserError`` bad_notice."""
        return holidays.read_notice(text, self._context.today().year)

    def read_holiday_file(self, path: Path) -> str:
        """Return the text of a file of days off; raise ``UserError`` bad_notice."""
        return holidays.read_file(path)

    def import_holidays(self, text: str) -> Sequence[HolidayYear]:
        """Keep the holidays of a pasted notice for later next steps, and return them."""
        years = self.read_holidays(text)
        self._keep_holidays(holidays.with_years(self.settings().holidays, years))
        return years

    def forget_holidays(self, year: int) -> None:
        """Go back to the shipped holidays of a year."""
        kept = self.settings().holidays
        self._keep_holidays({key: one for key, one in kept.items() if key != str(year)})

    def _keep_holidays(self, kept: dict[str, Any]) -> None:
        from app.services.admin import setting_up

        self._context.require("manage")
        fresh = replace(self.settings(), holidays=kept)
        with self._context.write(N_("修改放假安排")) as unit:
            setting_up.write_settings(unit, fresh)

    def set_up(self, draft: OfficeDraft) -> None:
        """Fill a new book."""
        from app.services.admin import setting_up

        with self._context.write() as unit:
            setting_up.set_up(unit, draft)

    def choices(self, list_name: str, *, with_archived: bool = False) -> list[ChoiceView]:
        """Return the words of a list in order; hidden ones on request only."""
        with self._context.read() as reader:
            rows = first_page.choices(reader, list_name)
        found = [ChoiceView(row[0], row[1], row[2], bool(row[3])) for row in rows]
        return [one for one in found if with_archived or not one.archived]

    def stage_names(self) -> tuple[str, ...]:
        """Return the words of the stage path in order."""
        return tuple(choice.label for choice in self.choices("stage"))

    def add_choice(self, list_name: str, label: str) -> int:
        """Add a word at the end of a list."""
        from app.services.admin import setting_up

        self._context.require("manage")
        with self._context.write(N_("新增选项")) as unit:
            return setting_up.add_choice(unit, list_name, label)

    def rename_choice(self, choice_id: int, label: str) -> None:
        """Change the word; its code and everything that uses it stay."""
        from app.models.tables.admin import Choice

        self._context.require("manage")
        with self._context.write(N_("改选项名")) as unit:
            unit.change(Choice, choice_id, label=label)

    def order_choices(self, ids: Sequence[int]) -> None:
        """Bring the words of a list into this order."""
        from app.models.tables.admin import Choice

        self._context.require("manage")
        with self._context.write(N_("调整次序")) as unit:
            for place, choice_id in enumerate(ids):
                unit.change(Choice, choice_id, position=place)

    def bring_back_choice(self, choice_id: int) -> None:
        """Offer a hidden word again."""
        from app.models.tables.admin import Choice

        self._context.require("manage")
        with self._context.write(N_("启用选项")) as unit:
            unit.change(Choice, choice_id, archived=False)

    def archive_choices(self, ids: Sequence[int]) -> None:
        """Hide words from later choosing."""
        from app.models.tables.admin import Choice

        self._context.require("manage")
        with self._context.write(N_("停用选项")) as unit:
            for choice_id in ids:
                unit.change(Choice, choice_id, archived=True)

    def check(self, *, deep: bool = False, progress: Progress | None = None) -> list[Check]:
        """Check pages, schema, derived columns, search index, facts and audit of the book."""
        from app.services.admin.checks import check_book

        return check_book(self._context, deep=deep, progress=progress or Progress())

    @property
    def needs_check(self) -> bool:
        """Tell whether the book was not closed in order and nobody has looked at it since."""
        return self._context.database.needs_check

    def check_pages(self, progress: Progress | None = None) -> None:
        """Look whether every page is sound; raise ``BookError`` damaged_book, and write no more."""
        from app.services.admin.soundness import check_pages

        check_pages(self._context, progress or Progress())

    def when_damaged(self, hear: Callable[[BookError], None]) -> None:
        """Be told of damage met while the book is open, on the thread that met it.

        What was met before is told at once.
        """
        database = self._context.database
        database.when_damaged = hear
        if database.damage is not None:
            hear(database.damage)

    def templates(self) -> list[Template]:
        """Return the industry templates that are shipped."""
        from app.services.admin import setting_up

        return setting_up.templates()
