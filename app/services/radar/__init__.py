"""客户雷达: what was found out about a customer, with source, day and mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.i18n import N_
from app.models.tables.radar import RadarItem
from app.models.tables.staff import Staff
from app.services.context import Context

if TYPE_CHECKING:
    from app.services.radar.comparing import PastedLine

MARKS = ("verified", "unchecked", "conflicting")
SECTIONS = ("identity", "phones", "background", "news")


@dataclass(frozen=True, slots=True)
class RadarView:
    """One fact as shown."""

    id: int
    section: str
    label: str
    value: str
    source: str
    found_on: date | None
    staff: str
    mark: str


@dataclass(frozen=True, slots=True)
class RadarDraft:
    """One fact as typed; ``found_on`` None is today."""

    label: str
    value: str
    section: str = "background"
    source: str = ""
    found_on: date | None = None
    mark: str = "unchecked"


class Radar:
    """Read and write what is known about a customer from outside."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def items(self, customer_id: int) -> list[RadarView]:
        """Return the facts of a customer in order."""
        chosen = (
            select(
                RadarItem.id,
                RadarItem.section,
                RadarItem.label,
                RadarItem.value,
                RadarItem.source,
                RadarItem.found_on,
                func.coalesce(Staff.name, ""),
                RadarItem.mark,
            )
            .outerjoin(Staff, Staff.id == RadarItem.staff_id)
            .where(RadarItem.customer_id == customer_id, RadarItem.deleted_at == 0)
            .order_by(RadarItem.position, RadarItem.id)
        )
        with self._context.read() as reader:
            return [RadarView(*row) for row in reader.rows(chosen)]

    def compare(self, customer_id: int, text: str) -> tuple[list[PastedLine], str]:
        """Read a pasted block; return its fields beside the present ones, and the rest."""
        from app.services.radar import comparing
        from app.services.radar.pasting import read_pasted

        pasted = read_pasted(text)
        with self._context.read() as reader:
            return comparing.compare(reader, customer_id, pasted), pasted.rest

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
        """Keep a new fact and return its id."""
        self._context.require("write")
        with self._context.write(N_("记一条雷达")) as unit:
            return unit.add(
                RadarItem,
                customer_id=customer_id,
                section=draft.section,
                label=draft.label.strip(),
                value=draft.value.strip(),
                source=draft.source.strip(),
                found_on=draft.found_on or unit.today,
                staff_id=unit.staff_id,
                mark=draft.mark,
            )

    def change(self, item_id: int, **fields: Any) -> None:
        """Change value, source or mark of a fact."""
        self._context.require("write")
        with self._context.write(N_("修改雷达")) as unit:
            unit.change(RadarItem, item_id, **fields)

    def remove(self, item_id: int) -> None:
        """Put a fact into the recycle bin."""
        self._context.require("write")
        with self._context.write(N_("删除雷达")) as unit:
            unit.remove(RadarItem, item_id)
