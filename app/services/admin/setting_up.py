"""Fill a new book, and write the settings and words of an office."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from app import paths
from app.errors import UserError
from app.i18n import N_
from app.models.tables.admin import Choice, Setting
from app.models.values.calibration import VALUABLE_CHANCES
from app.models.values.changes import Kind
from app.services.admin import OfficeDraft, Settings, Template
from app.services.staff.writing import add_staff

if TYPE_CHECKING:
    from app.models.store.unit import Unit

SETTINGS = Setting.__tablename__
"""What audit entries of settings name as their table; their row id is 0."""


def write_settings(unit: Unit, settings: Settings) -> None:
    """Bring the settings of a book to these; what differs is noted and can be taken back."""
    fresh = {name: json.dumps(one, ensure_ascii=False) for name, one in asdict(settings).items()}
    put_settings(unit, fresh)


def put_settings(unit: Unit, values: Mapping[str, str]) -> None:
    """Write settings as they are stored, JSON by key; an empty value takes the key away."""
    from app.services.radar import standing

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
    if standing.NEEDS & fresh.keys():
        standing.refresh_all(unit)


def require_hours(settings: Settings) -> None:
    """Raise ``UserError`` bad_hours unless day start, day end and evening come in order."""
    try:
        settings.hours()
    except ValueError as error:
        raise UserError(
            "bad_hours",
            N_("上班、下班、晚上要一个比一个晚"),
            advice=N_("改成例如 09:00、18:00、22:00；没有改动"),
        ) from error


def require_chances(settings: Settings) -> None:
    """Raise ``UserError`` bad_chances unless chances are 0 to 1 and bands come in order."""
    chances = settings.win_chances
    sound = len(chances) == len(VALUABLE_CHANCES) and all(0 <= one <= 1 for one in chances)
    if not sound or settings.grade_big_fen < settings.grade_normal_fen:
        raise UserError(
            "bad_chances",
            N_("概率是 0% 到 100%，大单的金额不小于正常"),
            advice=N_("改好再存；没有改动"),
        )


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


def add_choice(unit: Unit, list_name: str, label: str) -> int:
    """Insert a word at the end of a list and return its id."""
    last = unit.scalar(select(func.max(Choice.position)).where(Choice.list_name == list_name))
    code = f"c{unit.stamp.make_id():x}"
    place = (last or 0) + 1
    return unit.add(Choice, list_name=list_name, code=code, label=label, position=place)
