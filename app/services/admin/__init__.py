"""The office's settings, its editable lists, and setting up a new book."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select

from app import paths
from app.errors import BookError, UserError
from app.i18n import N_
from app.models.tables.admin import Choice, Setting
from app.models.values.calendars import Calendar
from app.models.values.changes import Kind
from app.models.values.nextstep import OfficeHours
from app.services.jobs import Progress

if TYPE_CHECKING:
    from app.models.store.unit import Reader, Unit
    from app.services.admin.checks import Check
    from app.services.context import Context
    from app.services.features import FieldDraft
    from app.services.staff import StaffDraft

SETTINGS = Setting.__tablename__
"""What audit entries of settings name as their table; their row id is 0."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the whole office shares; times of day as HH:MM, Monday is day 0 of the week."""

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

    def calendar(self) -> Calendar:
        """Return how the office cuts time."""
        return Calendar(self.week_start, self.fiscal_start_month, self.fiscal_named_by_end)

    def hours(self) -> OfficeHours:
        """Return the office hours for fuzzy time."""
        return OfficeHours(
            time.fromisoformat(self.day_start),
            time.fromisoformat(self.day_end),
            time.fromisoformat(self.evening_end),
            self.tomorrow_is_workday,
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
    stored = {
        key: json.loads(value) for key, value in reader.rows(select(Setting.key, Setting.value))
    }
    known = {one.name for one in fields(Settings)}
    return Settings(**{key: value for key, value in stored.items() if key in known})


def write_settings(unit: Unit, settings: Settings) -> None:
    """Bring the settings of a book to these; what differs is noted and can be taken back."""
    fresh = {name: json.dumps(one, ensure_ascii=False) for name, one in asdict(settings).items()}
    put_settings(unit, fresh)


def put_settings(unit: Unit, values: Mapping[str, str]) -> None:
    """Write settings as they are stored, JSON by key; an empty value takes the key away."""
    stored = {row[0]: row[1] for row in unit.rows(select(Setting.key, Setting.value))}
    fresh = {key: value for key, value in values.items() if stored.get(key, "") != value}
    if not fresh:
        return
    unit.run(delete(Setting).where(Setting.key.in_(fresh)))
    rows = [{"key": key, "value": value} for key, value in fresh.items() if value]
    if rows:
        unit.run(Setting.__table__.insert(), rows)
    unit.note("change", SETTINGS, 0, {key: stored.get(key, "") for key in fresh}, fresh)
    unit.touch(Kind.setting)


def _require_hours(settings: Settings) -> None:
    try:
        settings.hours()
    except ValueError as error:
        raise UserError(
            "bad_hours",
            N_("上班、下班、晚上要一个比一个晚"),
            advice=N_("改成例如 09:00、18:00、22:00；没有改动"),
        ) from error


def templates() -> list[Template]:
    """Return the industry templates that are shipped, in order of file name."""
    from app.services.features import FieldDraft

    found = []
    for file in sorted((paths.resources() / "seed" / "templates").glob("*.json")):
        content = json.loads(file.read_text("utf-8"))
        drafts = tuple(
            FieldDraft(**{**one, "options": tuple(one.get("options", ()))})
            for one in content["fields"]
        )
        found.append(Template(content["code"], content["name"], drafts))
    return found


def set_up(unit: Unit, draft: OfficeDraft) -> None:
    """Fill a new book with its lists, settings, first staff and template."""
    from app.services.features import add_field
    from app.services.staff import add_staff

    lists = json.loads((paths.resources() / "seed" / "choices.json").read_text("utf-8"))
    for list_name, words in lists.items():
        for place, (code, label) in enumerate(words):
            unit.add(Choice, list_name=list_name, code=code, label=label, position=place)
    chosen = asdict(draft.settings) | {"company": draft.company, "template": draft.template}
    write_settings(unit, Settings(**chosen))
    for person in draft.staff:
        add_staff(unit, person)
    template = next((one for one in templates() if one.code == draft.template), None)
    for place, feature in enumerate(template.fields if template else ()):
        add_field(unit, feature, place)


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

        Raises ``UserError`` bad_hours.
        """
        self._context.require("manage")
        fresh = Settings(**(asdict(self.settings()) | changed))
        _require_hours(fresh)
        with self._context.write(N_("修改设置")) as unit:
            write_settings(unit, fresh)
        return fresh

    def set_up(self, draft: OfficeDraft) -> None:
        """Fill a new book."""
        with self._context.write() as unit:
            set_up(unit, draft)

    def choices(self, list_name: str, *, with_archived: bool = False) -> list[ChoiceView]:
        """Return the words of a list in order; hidden ones on request only."""
        chosen = select(Choice.id, Choice.code, Choice.label, Choice.archived).where(
            Choice.list_name == list_name, Choice.deleted_at == 0
        )
        if not with_archived:
            chosen = chosen.where(Choice.archived.is_(False))
        with self._context.read() as reader:
            return [ChoiceView(*row) for row in reader.rows(chosen.order_by(Choice.position))]

    def stage_names(self) -> tuple[str, ...]:
        """Return the words of the stage path in order."""
        return tuple(choice.label for choice in self.choices("stage"))

    def add_choice(self, list_name: str, label: str) -> int:
        """Add a word at the end of a list."""
        self._context.require("manage")
        last = select(func.max(Choice.position)).where(Choice.list_name == list_name)
        with self._context.write(N_("新增选项")) as unit:
            place = (unit.scalar(last) or 0) + 1
            code = f"c{unit.stamp.make_id():x}"
            return unit.add(Choice, list_name=list_name, code=code, label=label, position=place)

    def rename_choice(self, choice_id: int, label: str) -> None:
        """Change the word; its code and everything that uses it stay."""
        self._context.require("manage")
        with self._context.write(N_("改选项名")) as unit:
            unit.change(Choice, choice_id, label=label)

    def order_choices(self, ids: Sequence[int]) -> None:
        """Bring the words of a list into this order."""
        self._context.require("manage")
        with self._context.write(N_("调整次序")) as unit:
            for place, choice_id in enumerate(ids):
                unit.change(Choice, choice_id, position=place)

    def bring_back_choice(self, choice_id: int) -> None:
        """Offer a hidden word again."""
        self._context.require("manage")
        with self._context.write(N_("启用选项")) as unit:
            unit.change(Choice, choice_id, archived=False)

    def archive_choices(self, ids: Sequence[int]) -> None:
        """Hide words from later choosing."""
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
        return templates()
