"""Match the columns of a file to fields, with a reason for every match."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.errors import UserError
from app.i18n import N_
from app.models.values.text import fold
from app.services.transfer import sniffing
from app.services.transfer.body import Column
from app.services.transfer.fields import FIELDS, Field, Kind, Shape, custom
from app.services.transfer.fields.custom import CustomField
from app.services.transfer.headings import SERIAL, bare, field_for, fields_by_word, slot_of
from app.services.transfer.layout import Table
from app.services.transfer.sheets import CellValue, is_blank

_SAMPLES = 3
_SNIFFED_ROWS = 200
_JOINED = (Shape.long_text, Shape.records)


class State(StrEnum):
    """Why a column goes to its field, from sure to not at all."""

    given = "given"
    recalled = "recalled"
    exact = "exact"
    synonym = "synonym"
    content = "content"
    guess = "guess"
    repeated = "repeated"
    serial = "serial"
    unknown = "unknown"


_CONFIDENCE = {
    State.given: 1.0,
    State.recalled: 1.0,
    State.exact: 1.0,
    State.synonym: 0.9,
    State.content: 0.8,
    State.guess: 0.5,
}


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """A column of the file and the field it goes to; ``field`` is empty for none.

    ``slot`` numbers the contacts of a row from 1. A guess is shown to the
    person and only used when ``applies`` says so. ``words`` pairs what cells say
    with what a person says it means, the empty text for nothing.
    """

    index: int
    heading: str
    group: str = ""
    field: str = ""
    slot: int = 1
    state: State = State.unknown
    applies: bool = False
    samples: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()

    @property
    def confidence(self) -> float:
        """Return how sure the match is, from 0 to 1."""
        return _CONFIDENCE.get(self.state, 0.0)


def match_columns(
    table: Table,
    kind: Kind,
    given: Mapping[str, str] | None = None,
    features: Sequence[CustomField] = (),
) -> tuple[ColumnMatch, ...]:
    """Match every column; ``given`` maps fields to columns and wins.

    A heading that is a feature of the office goes to it, if the kind is customers.

    A field may be named by key or label, a column by heading, letter or number
    from 1. Raise UserError when either does not exist.
    """
    own = {
        bare(word): one
        for one in (features if kind is Kind.customers else ())
        for word in (one.label, one.key)
    }
    asked = _asked(table, kind, given or {}, own)
    matches = [_own(_match(table, kind, column, asked), own) for column in table.columns]
    matches = _settle_owner(table, kind, matches)
    matches = _settle_repeats(kind, matches)
    matches = _sniff_contents(table, kind, matches)
    return tuple(_admit_guesses(kind, matches))


def missing_fields(kind: Kind, matches: Sequence[ColumnMatch]) -> list[Field]:
    """Return the required fields that no column goes to."""
    have = {one.field for one in matches if one.applies}
    if kind is Kind.customers and "contact" in have:
        have.add("name")
    return [field for field in FIELDS[kind] if field.required and field.key not in have]


def field_of(kind: Kind, key: str) -> Field:
    """Return a field by its key."""
    if custom.label_of(key):
        return custom.field_of_key(key)
    return next(field for field in FIELDS[kind] if field.key == key)


def column_values(table: Table, index: int, most: int = _SNIFFED_ROWS) -> list[CellValue]:
    """Return the filled cells of a column, from the first ``most`` rows."""
    cells = (row.cell(index) for row in table.rows[:most])
    return [cell for cell in cells if not is_blank(cell)]


def _own(match: ColumnMatch, own: Mapping[str, CustomField]) -> ColumnMatch:
    """Send a column to the feature of its name unless a field has that very name."""
    feature = own.get(bare(match.heading))
    if feature is None or match.group or match.state in (State.given, State.exact):
        return match
    return replace(match, field=feature.key, slot=1, state=State.exact, applies=True)


def _asked(
    table: Table, kind: Kind, given: Mapping[str, str], own: Mapping[str, CustomField]
) -> dict[int, Field]:
    known = fields_by_word(kind)
    asked: dict[int, Field] = {}
    for word, column in given.items():
        field = next((one for one in FIELDS[kind] if one.key == word), known.get(bare(word)))
        if bare(word) in own:
            field = field_of(kind, own[bare(word)].key)
        if field is None:
            raise UserError(
                "import_field",
                N_("没有“{field}”这个字段"),
                advice=N_("可以写：{names}"),
                field=word,
                names=" ".join(one.key for one in FIELDS[kind]),
            )
        asked[_column_index(table, column)] = field
    return asked


def _column_index(table: Table, wanted: str) -> int:
    for column in table.columns:
        if fold(wanted) in (column.heading, f"{column.group}/{column.heading}"):
            return column.index
    for column in table.columns:
        if bare(wanted) == bare(column.heading):
            return column.index
    if wanted.isdecimal() and int(wanted) >= 1:
        return int(wanted) - 1
    if re.fullmatch(r"[A-Za-z]{1,2}", wanted):
        number = 0
        for letter in wanted.upper():
            number = number * 26 + ord(letter) - ord("A") + 1
        return number - 1
    raise UserError(
        "import_column",
        N_("文件里没有“{column}”这一列"),
        advice=N_("用表头的文字、列的字母或从 1 起的序数来说是哪一列"),
        column=wanted,
    )


def _match(table: Table, kind: Kind, column: Column, asked: dict[int, Field]) -> ColumnMatch:
    samples = tuple(fold(str(cell))[:60] for cell in column_values(table, column.index)[:_SAMPLES])
    plain = ColumnMatch(column.index, column.heading, column.group, samples=samples)
    if column.index in asked:
        return replace(plain, field=asked[column.index].key, state=State.given, applies=True)
    words = bare(column.heading)
    if words in SERIAL:
        return replace(plain, state=State.serial)
    field = field_for(kind, column.heading, column.group)
    if field is None:
        guess = _guess(kind, words)
        return replace(plain, field=guess.key, state=State.guess) if guess else plain
    if field in asked.values() and not field.slotted:
        return replace(plain, state=State.repeated)
    exact = words in (bare(field.label), field.key)
    if (
        not exact
        and field.key == "code"
        and sniffing.counts_rows(column_values(table, column.index))
    ):
        return replace(plain, state=State.serial)
    return replace(
        plain,
        field=field.key,
        slot=slot_of(column.heading, column.group),
        state=State.exact if exact else State.synonym,
        applies=True,
    )


def _guess(kind: Kind, words: str) -> Field | None:
    """Guess by the end of a heading, where Chinese puts the noun: 主要客户名称."""
    known = fields_by_word(kind)
    ends = [word for word in known if len(word) > 1 and words.endswith(word)]
    return known[max(ends, key=len)] if ends else None


def _settle_owner(table: Table, kind: Kind, matches: list[ColumnMatch]) -> list[ColumnMatch]:
    """Decide whether 负责人 is our owner or the customer's contact (habit 28)."""
    if kind is not Kind.customers:
        return matches
    unclear = [
        one for one in matches if one.field == "owner" and bare(one.heading).endswith("负责人")
    ]
    have = Counter(one.field for one in matches if one.applies)
    if not unclear or have["contact"] or unclear[0].state is State.given:
        return matches
    values = [str(cell) for cell in column_values(table, unclear[0].index)]
    if have["owner"] > 1 or sniffing.look_like_contacts(values):
        return [
            replace(one, field="contact", state=State.content) if one is unclear[0] else one
            for one in matches
        ]
    return matches


def _settle_repeats(kind: Kind, matches: list[ColumnMatch]) -> list[ColumnMatch]:
    """Give repeated contact columns their own slot, keep the surest of other repeats."""
    surest: dict[tuple[str, int], ColumnMatch] = {}
    for one in sorted(matches, key=lambda match: -match.confidence):
        if one.applies:
            surest.setdefault((one.field, one.slot), one)
    taken: Counter[str] = Counter()
    settled: list[ColumnMatch] = []
    for one in matches:
        if not one.applies:
            settled.append(one)
            continue
        field = field_of(kind, one.field)
        taken[one.field] += 1
        if one is surest[one.field, one.slot] or field.shape in _JOINED:
            settled.append(one)
        elif field.slotted:
            settled.append(replace(one, slot=max(taken[one.field], one.slot + 1)))
        elif field.shape in (Shape.phones, Shape.handles):
            settled.append(one)
        else:
            settled.append(replace(one, field="", state=State.repeated, applies=False))
    return settled


def _sniff_contents(table: Table, kind: Kind, matches: list[ColumnMatch]) -> list[ColumnMatch]:
    """Recognise columns without a known heading by what they hold."""
    have = {one.field for one in matches if one.applies}
    keys = {field.key for field in FIELDS[kind]}
    settled: list[ColumnMatch] = []
    for one in matches:
        key = ""
        if not one.applies and one.state in (State.unknown, State.guess, State.repeated):
            values = column_values(table, one.index)
            key = sniffing.field_by_words(kind, values, have)
            if not key and one.state is not State.repeated:
                key = sniffing.field_by_content(values)
            key = "customer" if key == "name" and "customer" in keys else key
        if key in keys - have:
            have.add(key)
            settled.append(replace(one, field=key, state=State.content, applies=True))
        else:
            settled.append(one)
    return settled


def _admit_guesses(kind: Kind, matches: list[ColumnMatch]) -> list[ColumnMatch]:
    """Use a guess only where a required field would be missing otherwise."""
    wanted = {field.key for field in missing_fields(kind, matches)}
    settled: list[ColumnMatch] = []
    for one in matches:
        admitted = one.state is State.guess and one.field in wanted
        wanted.discard(one.field if admitted else "")
        settled.append(replace(one, applies=True) if admitted else one)
    return settled
