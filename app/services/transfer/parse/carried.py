"""Features, what is known of them, radar facts and stage moves from rows of an export."""

from __future__ import annotations

from collections.abc import Iterator

from app.services.transfer import words
from app.services.transfer.drafts import (
    ImportedDefinition,
    ImportedMove,
    ImportedRadar,
    ImportedValue,
)
from app.services.transfer.parse.deals import require_customer
from app.services.transfer.rows import RowView, SheetReader


def parse_definitions(reader: SheetReader) -> Iterator[ImportedDefinition]:
    """Yield the features that an office defined; each option stands on a line of its own."""
    for view in reader.views():
        draft = ImportedDefinition(
            row=view.number,
            key=view.text("key"),
            label=view.required_text("label"),
            type=view.known(
                "type", lambda word: words.code_of(words.FEATURE_TYPES, word), strict=True
            )
            or "text",
            unit=view.long_text("unit"),
            help=view.long_text("help"),
            required=view.flag("required"),
            importance=_whole(view, "importance", 1),
            options=_lines(view, "options"),
            archived=view.flag("archived"),
            setup=view.long_text("setup"),
        )
        if not view.failed:
            yield draft


def parse_values(reader: SheetReader) -> Iterator[ImportedValue]:
    """Yield what is known of features."""
    for view in reader.views():
        customer, code = require_customer(view)
        draft = ImportedValue(
            row=view.number,
            customer=customer,
            customer_code=code,
            key=view.text("key"),
            label=view.required_text("label"),
            value=view.long_text("value"),
            learnt_on=view.day("learnt_on", strict=False),
            staff=view.text("staff"),
        )
        if not view.failed and draft.value:
            yield draft


def parse_radar(reader: SheetReader) -> Iterator[ImportedRadar]:
    """Yield the facts about customers."""
    for view in reader.views():
        customer, code = require_customer(view)
        draft = ImportedRadar(
            row=view.number,
            customer=customer,
            customer_code=code,
            section=view.word("section", words.RADAR_SECTIONS) or "background",
            label=view.required_text("label"),
            value=view.long_text("value"),
            source=view.long_text("source"),
            found_on=view.day("found_on", strict=False),
            staff=view.text("staff"),
            mark=view.word("mark", words.RADAR_MARKS) or "unchecked",
            position=_whole(view, "position", 0),
            tag=view.text("tag"),
            expires_on=view.day("expires_on", strict=False),
            confidence=view.text("confidence"),
        )
        if not view.failed:
            yield draft


def parse_moves(reader: SheetReader) -> Iterator[ImportedMove]:
    """Yield the moves along the stage path."""
    for view in reader.views():
        customer, code = require_customer(view)
        at = view.instant("at", required=True)
        if view.failed or at is None:
            continue
        yield ImportedMove(
            row=view.number,
            customer=customer,
            customer_code=code,
            at=at[0],
            on=view.day("on", strict=False),
            stage=view.text("stage"),
            position=_whole(view, "position", -1),
            reason=view.long_text("reason"),
            source=view.word("source", words.MOVE_SOURCES) or "import",
            staff=view.text("staff"),
        )


def _lines(view: RowView, key: str) -> tuple[str, ...]:
    return tuple(line for line in view.long_text(key).split("\n") if line)


def _whole(view: RowView, key: str, default: int) -> int:
    written = view.text(key)
    return int(written) if written.isdecimal() else default
