"""Drafts: what was typed into a form and not saved yet survives anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, delete, select

from app.models.store.unit import Unit
from app.models.tables.followups import Draft
from app.services.context import Context


class Draftbox:
    """Keep one draft for each person, form and subject."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def keep(self, form: str, subject_id: int, payload: Mapping[str, Any]) -> None:
        """Keep what is typed now in place of what was kept before."""
        with self._context.write() as unit:
            discard(unit, form, subject_id)
            unit.add(
                Draft,
                staff_id=unit.staff_id,
                form=form,
                subject_id=subject_id,
                payload=json.dumps(payload, ensure_ascii=False),
            )

    def find(self, form: str, subject_id: int) -> tuple[dict[str, Any], int] | None:
        """Return the draft and the instant it was kept, None if there is none."""
        chosen = select(Draft.payload, Draft.updated_at).where(
            *_of(self._context.actor.staff_id, form, subject_id)
        )
        with self._context.read() as reader:
            row = reader.one(chosen)
        return (dict(json.loads(row[0])), row[1]) if row else None

    def discard(self, form: str, subject_id: int) -> None:
        """Forget the draft of a form."""
        with self._context.write() as unit:
            discard(unit, form, subject_id)


def discard(unit: Unit, form: str, subject_id: int) -> None:
    """Forget the draft of a form within a unit."""
    unit.run(_FORGET, {"who": unit.staff_id, "which": form, "whom": subject_id})


_FORGET = delete(Draft).where(
    Draft.staff_id == bindparam("who"),
    Draft.form == bindparam("which"),
    Draft.subject_id == bindparam("whom"),
)


def _of(staff_id: int, form: str, subject_id: int) -> tuple[Any, ...]:
    return (Draft.staff_id == staff_id, Draft.form == form, Draft.subject_id == subject_id)
