"""客户雷达: what was found out about a customer, with source, day and mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from app.i18n import N_
from app.models.tables.radar import RadarItem
from app.services.radar import citizens, dossier, standing
from app.services.radar.drafts import (
    CONFIDENCES,
    MARKS,
    NEWS,
    SECTIONS,
    TAGS,
    Dossier,
    RadarDraft,
    RadarView,
)
from app.services.radar.links import Link, Links

if TYPE_CHECKING:
    from app.models.store.unit import Unit
    from app.services.context import Context
    from app.services.radar.comparing import PastedLine
    from app.services.radar.decoding import Decoded

__all__ = [
    "CONFIDENCES", "MARKS", "SECTIONS", "TAGS", "Dossier", "Link", "Radar", "RadarDraft",
    "RadarView",
]  # fmt: skip


class Radar:
    """Read and write what is known about a customer from outside."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.links = Links(context)

    # -- reading -------------------------------------------------------------------------

    def dossier(self, customer_id: int) -> Dossier:
        """Return the present value of every item, the score, and what is missing."""
        with self._context.read() as reader:
            return dossier.read_dossier(reader, customer_id, self._context.today())

    def items(self, customer_id: int) -> list[RadarView]:
        """Return the present value of every item of a customer in order."""
        return list(self.dossier(customer_id).items)

    def history(self, customer_id: int, label: str) -> list[RadarView]:
        """Return every value an item has had, the newest first."""
        with self._context.read() as reader:
            return dossier.read_history(reader, customer_id, label)

    def decoded(self, customer_id: int) -> Decoded:
        """Return what code and phones of a customer say."""
        from app.services.radar import decoding

        with self._context.read() as reader:
            return decoding.decode(reader, customer_id)

    def compare(self, customer_id: int, text: str) -> tuple[list[PastedLine], str]:
        """Read a pasted block; return its fields beside the present ones, and the rest."""
        from app.services.radar import comparing
        from app.services.radar.pasting import read_pasted

        pasted = read_pasted(text)
        with self._context.read() as reader:
            return comparing.compare(reader, customer_id, pasted), pasted.rest

    # -- writing -------------------------------------------------------------------------

    def accept(
        self,
        customer_id: int,
        values: Sequence[tuple[str, str]],
        *,
        source: str,
        found_on: date | None = None,
        mark: str = "unchecked",
    ) -> int:
        """Keep values of a pasted block in one act that can be undone; return how many."""
        from app.services.radar import comparing

        self._context.require("write")
        with self._context.write(N_("写入雷达")) as unit:
            return comparing.accept(
                unit, customer_id, values, source=source, found_on=found_on, mark=mark
            )

    def add(self, customer_id: int, draft: RadarDraft) -> int:
        """Keep a value and return its id; earlier values of the item stay in its history."""
        self._context.require("write")
        with self._context.write(N_("记一条雷达")) as unit:
            return _add(unit, customer_id, draft)

    def correct(self, item_id: int, draft: RadarDraft) -> int:
        """Change what is said of a value; another value is added and the former one stays."""
        self._context.require("write")
        with self._context.write(N_("修改雷达")) as unit:
            before = unit.stored(RadarItem, item_id) or {}
            former = str(before.get("value", ""))
            stands = draft.value.strip() in (former, citizens.masked(former))
            if stands:
                draft = replace(draft, value=former)
            if before and not stands and not draft.tag and before["label"] == draft.label.strip():
                return _add(unit, before["customer_id"], draft, before["position"])
            unit.change(RadarItem, item_id, **_columns(unit, draft))
            return item_id

    def mark(self, item_id: int, mark: str) -> None:
        """Say whether a value is verified, unchecked or in conflict."""
        self._context.require("write")
        with self._context.write(N_("修改雷达")) as unit:
            unit.change(RadarItem, item_id, mark=mark)

    def remove(self, item_id: int) -> None:
        """Put a value into the recycle bin; the earlier one is the present one again."""
        self._context.require("write")
        with self._context.write(N_("删除雷达")) as unit:
            unit.remove(RadarItem, item_id)

    def fade(self) -> int:
        """Let the scores fall that are due to by today; return how many did."""
        with self._context.write() as unit:
            return standing.fade(unit)


def _add(unit: Unit, customer_id: int, draft: RadarDraft, position: int = 0) -> int:
    return unit.add(
        RadarItem,
        customer_id=customer_id,
        staff_id=unit.staff_id,
        position=position,
        **_columns(unit, draft),
    )


def _columns(unit: Unit, draft: RadarDraft) -> dict[str, Any]:
    citizens.require_allowed(unit, draft.value)
    return {
        "section": NEWS if draft.tag else draft.section,
        "label": draft.label.strip(),
        "value": draft.value.strip(),
        "source": draft.source.strip(),
        "found_on": draft.found_on or unit.today,
        "mark": draft.mark,
        "tag": draft.tag,
        "expires_on": draft.expires_on,
        "confidence": draft.confidence,
    }
