"""The people of the sample office: some busy, some clever, some gone, some new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.models.store.reader import Reader
from app.services.admin.demo.scene import NEVER, Days, Dice, Player
from app.services.staff import StaffDraft
from app.services.staff.writing import names_of


@dataclass(frozen=True, slots=True)
class Part:
    """A part to be played: the member of staff and the habits."""

    draft: StaffDraft
    habits: Mapping[str, Any]
    from_day: int
    until_day: int


def cast_of(office: Mapping[str, Any], count: int, days: Days, dice: Dice) -> list[Part]:
    """Return so many people, the first one in charge."""
    written: Sequence[Mapping[str, Any]] = office["cast"]
    found: list[Part] = []
    names = {one["name"] for one in written}
    for number in range(max(1, count)):
        if number < len(written):
            found.append(_part(written[number], days, dice))
            continue
        habits = written[2 + (number - 2) % (len(written) - 2)]
        name = _new_name(office, names, dice)
        team = office["teams"][number // 8 % len(office["teams"])]
        found.append(_part({**habits, "name": name, "team": team}, days, dice))
    return found


def _part(habits: Mapping[str, Any], days: Days, dice: Dice) -> Part:
    today, joined, left = days.today, 0, NEVER
    if "joined_months" in habits:
        joined = max(0, today - 30 * habits["joined_months"] - dice.between(0, 12))
    if "left_months" in habits:
        left = max(joined + 30, today - 30 * habits["left_months"] - dice.between(0, 12))
    draft = StaffDraft(
        habits["name"],
        team=habits["team"],
        post=habits["post"],
        role=habits["role"],
        joined_on=days.dates[joined],
        left_on=days.dates[left] if left < NEVER else None,
    )
    return Part(draft, habits, joined, left)


def _new_name(office: Mapping[str, Any], taken: set[str], dice: Dice) -> str:
    while True:
        name = "".join(dice.pick(office[word]) for word in ("surnames", "given", "given"))
        if name not in taken:
            taken.add(name)
            return name


def players_of(reader: Reader, cast: Sequence[Part]) -> list[Player]:
    """Return the people with the ids they have in the book."""
    ids = {name: staff_id for staff_id, name in names_of(reader).items()}
    return [
        Player(
            ids[part.draft.name],
            part.draft.name,
            activity=part.habits["activity"],
            skill=part.habits["skill"],
            chain=part.habits["chain"],
            share=part.habits["share"],
            from_day=part.from_day,
            until_day=part.until_day,
        )
        for part in cast
    ]
