"""Drafts: what was typed into a form and not saved yet survives anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from app.models.store import first_page

if TYPE_CHECKING:
    from app.models.store.statements import Compiled
    from app.models.store.unit import Unit
    from app.services.context import Context


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A form left unfinished: whom it is about (0 when nobody was chosen) and when."""

    subject_id: int
    subject: str
    at: int


class Draftbox:
    """Keep one draft for each person, form and subject."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def keep(self, form: str, subject_id: int, payload: Mapping[str, Any]) -> None:
        """Keep what is typed now in place of what was kept before."""
        from app.models.tables.followups import Draft

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
        from sqlalchemy import select

        from app.models.tables.followups import Draft

        chosen = select(Draft.payload, Draft.updated_at).where(
            Draft.staff_id == self._context.actor.staff_id,
            Draft.form == form,
            Draft.subject_id == subject_id,
        )
        with self._context.read() as reader:
            row = reader.one(chosen)
        return (dict(json.loads(row[0])), row[1]) if row else None

    def unfinished(self, form: str) -> list[KeptDraft]:
        """Return what this person left unfinished in a form about customers, newest first."""
        with self._context.read() as reader:
            rows = first_page.unfinished(reader, self._context.actor.staff_id, form)
        return [KeptDraft(*row) for row in rows]

    def discard(self, form: str, subject_id: int) -> None:
        """Forget the draft of a form."""
        with self._context.write() as unit:
            discard(unit, form, subject_id)


def discard(unit: Unit, form: str, subject_id: int) -> None:
    """Forget the draft of a form within a unit."""
    whose = {"staff_id": unit.staff_id, "form": form, "subject_id": subject_id}
    unit.run_each(_forget(), [whose])


@cache
def _forget() -> Compiled:
    from sqlalchemy import bindparam, delete

    from app.models.store.statements import prepared
    from app.models.tables.followups import Draft

    mine = (
        Draft.staff_id == bindparam("staff_id"),
        Draft.form == bindparam("form"),
        Draft.subject_id == bindparam("subject_id"),
    )
    return prepared(Draft.__table__, delete(Draft).where(*mine))
