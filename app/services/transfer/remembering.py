"""Remember which column of a sheet went where, and know such a sheet again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from app.services.transfer.fields import FIELDS, Kind
from app.services.transfer.fields.custom import CustomField
from app.services.transfer.mapping import ColumnMatch, State

if TYPE_CHECKING:
    from app.services.transfer.read import ReadResult, SheetPlan

_LEAST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class RememberedColumn:
    """Where a column went, and what its words mean; an empty field is left out."""

    group: str
    heading: str
    field: str
    slot: int = 1
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Remembered:
    """The columns of one sheet as a person settled them in an import of the past."""

    name: str
    kind: Kind
    columns: tuple[RememberedColumn, ...]

    @property
    def places(self) -> frozenset[tuple[str, str]]:
        """Return groups and headings of the sheet."""
        return frozenset((one.group, one.heading) for one in self.columns)

    def knows(self, matches: Iterable[ColumnMatch]) -> bool:
        """Tell whether a sheet has all these headings; columns of its own do not matter."""
        return self.places <= {(one.group, one.heading) for one in matches}

    def is_near(self, matches: Iterable[ColumnMatch]) -> bool:
        """Tell whether at least half of these headings stand on a sheet."""
        there = self.places & {(one.group, one.heading) for one in matches}
        return bool(there) and len(there) >= _LEAST_SHARE * len(self.places)


def layouts_of(read: ReadResult) -> list[dict[str, Any]]:
    """Return the sheets in which a person settled something, as JSON keeps them."""
    return [
        {
            "name": sheet.plan.file,
            "kind": str(sheet.plan.kind),
            "columns": [
                [one.group, one.heading, one.field if one.applies else "", one.slot, one.words]
                for one in sheet.plan.matches
            ],
        }
        for sheet in read.sheets
        if any(_is_settled(one) for one in sheet.plan.matches)
    ]


def _is_settled(match: ColumnMatch) -> bool:
    return match.state in (State.given, State.recalled) or bool(match.words)


def remembered_of(reports: Iterable[Mapping[str, Any]]) -> Iterator[Remembered]:
    """Yield what reports of imports remember, newest first; of equal sheets only the newest."""
    seen: set[frozenset[tuple[str, str]]] = set()
    for report in reports:
        for layout in report.get("layouts", ()):
            found = _remembered(layout)
            if found.places and found.places not in seen:
                seen.add(found.places)
                yield found


def _remembered(layout: Mapping[str, Any]) -> Remembered:
    columns = (
        RememberedColumn(group, heading, key, slot, tuple((word, said) for word, said in words))
        for group, heading, key, slot, words in layout["columns"]
    )
    return Remembered(layout["name"], Kind(layout["kind"]), tuple(columns))


def recalled(plan: SheetPlan, remembered: Remembered) -> SheetPlan:
    """Send the columns of a sheet where those of the same heading went the last time."""
    kind = remembered.kind
    left = list(remembered.columns)
    matches = []
    for one in plan.columns({}, kind):
        at = next((at for at, old in enumerate(left) if _same(old, one)), -1)
        matches.append(one if at < 0 else _recalled(kind, plan.features, one, left.pop(at)))
    return replace(plan, kind=kind, matches=tuple(matches))


def _same(old: RememberedColumn, match: ColumnMatch) -> bool:
    return (old.group, old.heading) == (match.group, match.heading)


def _recalled(
    kind: Kind, features: Sequence[CustomField], match: ColumnMatch, old: RememberedColumn
) -> ColumnMatch:
    """Return the column as it was; one that would go there anyhow stays as it was found."""
    known = {one.key for one in FIELDS[kind]} | {one.key for one in features}
    if old.field and old.field not in known:
        return match
    here = match.field if match.applies else ""
    if (here, match.slot if here else 1, match.words) == (old.field, old.slot, old.words):
        return match
    return replace(
        match,
        field=old.field,
        slot=old.slot,
        words=old.words,
        state=State.recalled,
        applies=bool(old.field),
    )
