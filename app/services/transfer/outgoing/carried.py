"""Read what only an export carries: features, what is known of them, radar facts, stage moves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from app.models.store.reader import Reader
from app.models.tables.customers import StageMove
from app.models.tables.features import FeatureField, FeatureOption, FeatureTalk, FeatureValue
from app.models.tables.radar import RadarItem
from app.models.values import features as rules
from app.models.values.features import COMPUTED, FieldType
from app.services.features import read_fields
from app.services.features.drafts import option_words
from app.services.transfer.outgoing.tables import (
    Values,
    Wanted,
    at_customer,
    by_name,
    grouped,
    in_time,
    labelled,
    paged,
    same,
    staff_name,
)

_PLAIN = same("id key label type unit help required importance archived")
SETUP = (
    "section", "initial", "least", "most", "places", "with_target", "expression",
    "required_when", "visible_when", "kinds", "industries", "single_use", "unasked",
    "before_signing", "unlisted", "in_radar", "unimported",
)  # fmt: skip
"""Columns of a feature that few need; they go as JSON."""
OPTION = ("label", "colour", "archived")


def definitions(reader: Reader, _wanted: Wanted) -> Iterator[Values]:
    """Yield the features of the office in order, hidden ones too.

    ``setup`` is JSON of what the plain columns do not tell: choices with colours and places
    in a cascade, limits, conditions, what to talk about.
    """
    chosen = select(*labelled(FeatureField, _PLAIN | same(" ".join(SETUP))))
    chosen = chosen.where(FeatureField.deleted_at == 0)
    page = by_name(chosen, reader.rows(chosen.order_by(FeatureField.position, FeatureField.id)))
    ids = [row["id"] for row in page]
    names = ("id", *OPTION, "parent_id", "merged_into_id")
    options = (
        select(FeatureOption.field_id, *(getattr(FeatureOption, name) for name in names))
        .where(FeatureOption.deleted_at == 0)
        .order_by(FeatureOption.position, FeatureOption.id)
    )
    talks = (
        select(FeatureTalk.field_id, FeatureTalk.condition, FeatureTalk.words, FeatureTalk.example)
        .where(FeatureTalk.deleted_at == 0)
        .order_by(FeatureTalk.position, FeatureTalk.id)
    )
    listed = grouped(reader, options, FeatureOption.field_id, ids)
    said = grouped(reader, talks, FeatureTalk.field_id, ids)
    for row in page:
        own = [dict(zip(names, one, strict=True)) for one in listed.get(row["id"], [])]
        setup: dict[str, Any] = {
            name: row[name] for name in SETUP if row[name] != "" and row[name] is not False
        }
        setup["options"] = [_option(one, own) for one in own]
        setup["talks"] = [list(one) for one in said.get(row["id"], [])]
        yield row | {
            "options": "\n".join(one["label"] for one in own if not one["archived"]),
            "setup": json.dumps(setup, ensure_ascii=False),
        }


def _option(one: Values, own: list[Values]) -> list[Any]:
    """Return a choice with the places of the one above it and of the one it went into, or -1."""
    places = {other["id"]: at for at, other in enumerate(own)}
    above, into = places.get(one["parent_id"], -1), places.get(one["merged_into_id"], -1)
    return [*(one[name] for name in OPTION), above, into]


def values(reader: Reader, wanted: Wanted) -> Iterator[Values]:
    """Yield what is known of each feature at each customer, as it would be typed."""
    staff, person, wrote = staff_name(FeatureValue.staff_id, "staff")
    query = (
        select(
            *labelled(FeatureValue, same("id customer_id field_id text number day learnt_on")),
            *labelled(FeatureField, same("key label type")),
            FeatureValue.option_id,
            staff,
        )
        .join(FeatureField, FeatureField.id == FeatureValue.field_id)
        .outerjoin(person, wrote)
        .where(FeatureField.deleted_at == 0, FeatureField.type.not_in(sorted(COMPUTED)))
    )
    options = _option_words(reader)
    chosen = at_customer(FeatureValue, query, wanted)
    by = (FeatureValue.customer_id, FeatureValue.field_id)
    last: Values | None = None
    for page in in_time(reader, FeatureValue, chosen, *by):
        for row in page:
            told = row | {"value": options.get(row["option_id"]) or _shown(row)}
            if last is not None and _of(last) == _of(told):
                last["value"] += f"、{told['value']}"
                continue
            if last is not None:
                yield last
            last = told
    if last is not None:
        yield last


def _option_words(reader: Reader) -> dict[int, str]:
    fields = read_fields(reader, with_archived=True)
    return {
        one.id: option_words(one, field.every_option)
        for field in fields
        for one in field.every_option
    }


def _of(row: Values) -> tuple[int, int]:
    return row["customer_id"], row["field_id"]


def _shown(row: Values) -> str:
    return rules.format_value(FieldType(row["type"]), row["text"], row["number"], row["day"])


def radar(reader: Reader, wanted: Wanted) -> Iterator[Values]:
    """Yield the facts about customers."""
    names = same("id section label value source found_on mark position tag expires_on confidence")
    staff, person, found = staff_name(RadarItem.staff_id, "staff")
    query = select(*labelled(RadarItem, names), staff).outerjoin(person, found)
    for page in paged(reader, RadarItem, at_customer(RadarItem, query, wanted)):
        yield from page


def moves(reader: Reader, wanted: Wanted) -> Iterator[Values]:
    """Yield the moves along the stage path in the order of their instants."""
    names = same("id at on reason source") | {"position": "to_position"}
    staff, person, moved = staff_name(StageMove.staff_id, "staff")
    query = select(*labelled(StageMove, names), staff).outerjoin(person, moved)
    chosen: Any = at_customer(StageMove, query, wanted)
    stages = wanted.stages
    for page in in_time(reader, StageMove, chosen, StageMove.at):
        for row in page:
            place = row["position"]
            yield row | {"stage": stages[place] if 0 <= place < len(stages) else ""}
