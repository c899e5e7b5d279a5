"""Customers from rows, with the contacts, follow-ups and notes written beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.models.values import people
from app.models.values.actions import Channel
from app.models.values.dates import business_day
from app.models.values.text import fold, is_nothing
from app.services.customers.tags import GAP
from app.services.transfer import words
from app.services.transfer.drafts import ImportedContact, ImportedCustomer, ImportedFollowup
from app.services.transfer.parse.chain import NoteContext, channel_in, followups_of_text
from app.services.transfer.parse.features import features_of
from app.services.transfer.parse.people import contacts_of
from app.services.transfer.rows import RowView, SheetReader
from app.services.transfer.sheets import is_blank

_SHEET_PERSON = re.compile(r"[㐀-鿿]{2,4}")
_BLANK_BESIDE_HAN = re.compile(r"(?<=[㐀-鿿()（）])\s+|\s+(?=[㐀-鿿()（）])")
_FORMER = re.compile(
    r"(.{4,}?)(?:[(（](?:原名?|曾用名|前身)[:：]?(.{4,}?)[)）]|\s(?:原名?|曾用名|前身)[:：]?\s*(\S{4,}))"
)
_BRACKETS = re.compile(r"[(（].*?[)）]")
_NO_PERSON = re.compile(
    r"客户|资料|表|名单|汇总|台账|公司|区|部|组|月|年|季度|其他|补录|记录|新|旧"
)


def parse_customers(reader: SheetReader) -> Iterator[ImportedCustomer]:
    """Yield the customers of a table; rows of one merged name are one customer."""
    group: list[RowView] = []
    for view in reader.views():
        if group and _belongs(view, group[-1]):
            group.append(view)
            continue
        yield from _customer(group)
        group = [view]
    yield from _customer(group)


def _belongs(view: RowView, above: RowView) -> bool:
    """Tell whether a row adds a contact to the customer above it.

    Either its name is merged with the one above, or the name is left blank
    right below, as a merged name is in a text file.
    """
    index = view.reader.index_of("name")
    if index < 0 or view.number != above.number + 1:
        return False
    if index in view.row.continues:
        return True
    unnamed = is_blank(view.cell("name")) and is_blank(view.cell("code"))
    return unnamed and _has_contact(view)


def _has_contact(view: RowView) -> bool:
    keys = ("contact", "mobile", "phone")
    return any(not is_blank(view.cell(key, slot)) for key in keys for slot in view.reader.slots)


def _customer(group: Sequence[RowView]) -> Iterator[ImportedCustomer]:
    if not group:
        return
    draft = _read(group[0], _contacts(group))
    if not any(view.failed for view in group):
        yield _with_notes(draft, group)


def _read(first: RowView, contacts: Sequence[ImportedContact]) -> ImportedCustomer:
    (name, former), kind = _names_and_kind(first, contacts)
    return ImportedCustomer(
        row=first.number,
        name=name,
        kind=kind,
        code=first.text("code"),
        short_name=first.text("short_name"),
        former_name=first.text("former_name") or former,
        uscc=_uscc(first),
        parent=first.text("parent"),
        source=fold(first.text("source")),
        industry=fold(first.text("industry")),
        size=first.text("size"),
        region_code=first.text("region_code"),
        region=_region(first),
        address=first.text("address"),
        website=first.text("website"),
        created_on=first.day("created_on"),
        owner=first.text("owner"),
        owner_guess=_owner_guess(first.reader),
        stage=first.text("stage"),
        stage_on=first.day("stage_on", strict=False),
        life=first.word("life", words.LIVES),
        churned_on=first.day("churned_on", strict=False),
        churn_reason=first.text("churn_reason"),
        historic=first.flag("historic"),
        grade=first.word("grade", words.GRADES),
        quality=first.word("quality", words.QUALITIES),
        tags=_tags(first),
        expected_fen=first.fen("expected_amount", low_of_range=True, strict=False),
        expected_on=first.day("expected_on", strict=False),
        contacts=tuple(contacts),
        features=tuple(features_of(first)),
        next_when=first.text("next_when"),
        next_what=first.text("next_what"),
    )


def _contacts(group: Sequence[RowView]) -> list[ImportedContact]:
    found: list[ImportedContact] = []
    for view in group:
        found.extend(contacts_of(view, first=not found))
    return found


def _names_and_kind(
    view: RowView, contacts: Sequence[ImportedContact]
) -> tuple[tuple[str, str], str]:
    """Return present and former name; a table without firms lists persons by their names."""
    kind = view.word("kind", words.CUSTOMER_KINDS)
    if not view.reader.has("name") and contacts:
        return (contacts[0].name or view.required_text("contact"), ""), kind or "person"
    name = view.required_text("name")
    return (name, "") if view.reader.exact else names_apart(name), kind or "company"


def names_apart(written: str) -> tuple[str, str]:
    """Return a firm's name and its former one, as in 甲公司(原乙公司).

    Blanks that slip in between Chinese characters are taken out.
    """
    found = _FORMER.fullmatch(written)
    name, former = (found[1], found[2] or found[3]) if found else (written, "")
    return _BLANK_BESIDE_HAN.sub("", name), _BLANK_BESIDE_HAN.sub("", former)


def _uscc(view: RowView) -> str:
    """Return the credit code; a wrong check character is noted and kept (product.md 5.2)."""
    written = view.text("uscc")
    if is_nothing(written):
        return ""
    found = people.check_uscc(written)
    if found.problem:
        view.warn("uscc", found.problem)
    return found.code


def _region(view: RowView) -> str:
    parts = (view.text("province"), view.text("city"), view.text("district"))
    return fold(view.text("region")) or " ".join(part for part in parts if part)


def _tags(view: RowView) -> tuple[str, ...]:
    parts = (fold(part) for part in GAP.split(view.long_text("tags")))
    return tuple(dict.fromkeys(part for part in parts if part and not is_nothing(part)))


def _owner_guess(reader: SheetReader) -> str:
    """Return the sheet's name if it could be a person's and no column names the owner."""
    name = _BRACKETS.sub("", fold(reader.table.sheet.name))
    if reader.has("owner") or not _SHEET_PERSON.fullmatch(name) or _NO_PERSON.search(name):
        return ""
    return name


def _with_notes(draft: ImportedCustomer, group: Sequence[RowView]) -> ImportedCustomer:
    """Add follow-ups from cells and comments, and what stays a note."""
    followups: list[ImportedFollowup] = []
    notes: list[str] = []
    for view in group:
        if note := _own(view, "note"):
            found = _records_in_note(view, draft, note)
            followups.extend(found)
            if not found:
                notes.append(note)
        for author, text in _written_beside(view):
            dated, rest = followups_of_text(text, _where(view, draft, author))
            followups.extend(dated)
            if rest:
                notes.append(rest)
        followups.extend(_last_followup(view, followups))
    if not followups and not notes:
        return draft
    return replace(draft, followups=tuple(followups), note="\n".join(notes))


def _last_followup(view: RowView, known: Sequence[ImportedFollowup]) -> Iterator[ImportedFollowup]:
    """Yield the newest contact where columns of its own tell it, unless it is known already.

    Without words of its own the heading says what it was: 最后联系.
    """
    found = view.instant("last_at", strict=False) if view.reader.has("last_at") else None
    if found is None:
        return
    words = _own(view, "last_text") if view.reader.has("last_text") else ""
    tz = view.reader.reading.tz
    day = business_day(found[0], tz)
    if not words and any(business_day(one.at, tz) == day for one in known):
        return
    yield ImportedFollowup(
        row=view.number,
        at=found[0],
        timed=found[1],
        channel=channel_in(words) or Channel.other,
        content=words or view.reader.heading_of("last_at"),
    )


def _records_in_note(view: RowView, draft: ImportedCustomer, note: str) -> list[ImportedFollowup]:
    """Return the follow-ups of a note that holds nothing else: two or more, each with its way."""
    if view.reader.exact:
        return []
    dated, rest = followups_of_text(note, _where(view, draft, ""))
    told = not rest and len(dated) > 1 and all(one.channel != Channel.other for one in dated)
    return dated if told else []


def _own(view: RowView, key: str) -> str:
    """Return a field's text, unless a merged cell only repeats the row above."""
    merged = view.reader.index_of(key) in view.row.continues
    return "" if merged else view.long_text(key)


def _written_beside(view: RowView) -> Iterator[tuple[str, str]]:
    if view.reader.has("followups") and (text := _own(view, "followups")):
        yield "", text
    if not view.reader.has("last_at") and (text := _own(view, "last_text")):
        yield "", text
    comments = view.reader.table.sheet.comments
    if not comments:
        return
    width = max((column.index for column in view.reader.table.columns), default=-1) + 1
    for index in range(width):
        comment = comments.get((view.number - 1, index))
        if comment and comment.text.strip():
            yield comment.author, comment.text


def _where(view: RowView, draft: ImportedCustomer, author: str) -> NoteContext:
    reading = view.reader.reading
    return NoteContext(view.number, reading.tz, reading.today, draft.created_on, author)
