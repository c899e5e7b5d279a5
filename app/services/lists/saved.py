"""Saved views: a list under a name, kept in the book for one person or for everybody."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from app.errors import UserError
from app.i18n import N_
from app.models.tables.admin import ListView
from app.models.values.pages import Sort, joined_sort
from app.services.context import RIGHTS
from app.services.lists.conditions import Condition, Group, Part

if TYPE_CHECKING:
    from app.models.store.reader import Reader
    from app.models.store.unit import Unit
    from app.services.context import Context

HEIGHTS = ("compact", "normal", "roomy", "two_line")
"""The heights of rows a view may ask for; an empty one leaves it to the window."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns that are shown, in their order; widths in design pixels, set by hand only.

    No columns means those of a new book. The first ``frozen`` columns stay in sight.
    """

    columns: tuple[str, ...] = ()
    widths: tuple[tuple[str, int], ...] = ()
    frozen: int = 1
    height: str = ""


AS_NEW = Layout()
"""The columns of a new book."""


@dataclass(frozen=True, slots=True)
class ViewDraft:
    """A list as it is to be kept: conditions, order, the field it is grouped by, columns."""

    title: str
    where: tuple[Part, ...] = ()
    sort: Sort | None = None
    group: str = ""
    layout: Layout = AS_NEW
    shared: bool = False


@dataclass(frozen=True, slots=True)
class SavedView(ViewDraft):
    """A view of the book; ``mine`` is one this person saved, ``changeable`` one to change."""

    id: int = 0
    mine: bool = True
    changeable: bool = True


class SavedViews:
    """Keep views of lists; everybody sees the shared ones, only its owner a private one."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def all(self, list_name: str) -> tuple[SavedView, ...]:
        """Return the views of a list, the shared ones first; a damaged one is left out."""
        with self._context.read() as reader:
            rows = self._rows(reader, list_name)
        found = (self._view(row) for row in rows)
        return tuple(view for view in found if view is not None)

    def save(self, list_name: str, draft: ViewDraft) -> int:
        """Keep a new view at the end and return its id."""
        title = _title(draft.title)
        with self._context.write(N_("存视图")) as unit:
            last = select(func.max(ListView.position)).where(ListView.list_name == list_name)
            return unit.add(
                ListView,
                list_name=list_name,
                title=title,
                staff_id=self._context.actor.staff_id,
                shared=draft.shared,
                position=int(unit.scalar(last) or 0) + 1,
                body=_body(draft),
            )

    def change(self, view_id: int, draft: ViewDraft) -> None:
        """Bring a view to what is shown now; title and sharing stay. Raises no_such_view."""
        self._change(N_("改视图"), view_id, body=_body(draft))

    def rename(self, view_id: int, title: str) -> None:
        """Give a view another name."""
        self._change(N_("改视图名"), view_id, title=_title(title))

    def share(self, view_id: int, shared: bool) -> None:
        """Show a view to everybody, or only to its owner again."""
        self._change(N_("共享视图") if shared else N_("不再共享视图"), view_id, shared=shared)

    def remove(self, view_id: int) -> None:
        """Put a view into the recycle bin; the records in it stay."""
        with self._context.write(N_("删除视图")) as unit:
            self._own(unit, view_id)
            unit.remove(ListView, view_id)

    def order(self, ids: Sequence[int]) -> None:
        """Bring views into this order; those of others keep their places."""
        with self._context.write(N_("调整视图次序")) as unit:
            stored = unit.stored_many(ListView, ids)
            places = sorted(row["position"] for row in stored if self._may_change(row))
            mine = {row["id"] for row in stored if self._may_change(row)}
            for place, view_id in zip(_rising(places), (o for o in ids if o in mine), strict=True):
                unit.change(ListView, view_id, position=place)

    def _change(self, label: str, view_id: int, **values: Any) -> None:
        with self._context.write(label) as unit:
            self._own(unit, view_id)
            unit.change(ListView, view_id, **values)

    def _own(self, unit: Unit, view_id: int) -> None:
        stored = unit.stored(ListView, view_id)
        if stored is None or stored["deleted_at"] or not self._is_seen(stored):
            raise UserError(
                "no_such_view",
                N_("这个视图已经没有了"),
                advice=N_("换一个视图，或把现在的列表另存为视图"),
            )
        if not self._may_change(stored):
            raise UserError(
                "not_your_view",
                N_("「{title}」是别人共享的视图，不能改"),
                advice=N_("另存为自己的视图再改；共享的那一个没有动"),
                title=stored["title"],
            )

    def _is_seen(self, row: Mapping[str, Any]) -> bool:
        return bool(row["shared"]) or row["staff_id"] == self._context.actor.staff_id

    def _may_change(self, row: Mapping[str, Any]) -> bool:
        actor = self._context.actor
        manages = "manage" in RIGHTS.get(actor.role, RIGHTS["readonly"])
        return row["staff_id"] == actor.staff_id or bool(row["shared"] and manages)

    def _rows(self, reader: Reader, list_name: str) -> list[dict[str, Any]]:
        seen = or_(ListView.shared, ListView.staff_id == self._context.actor.staff_id)
        names = ("id", "title", "staff_id", "shared", "body")
        chosen = select(*(getattr(ListView, name) for name in names)).where(
            ListView.list_name == list_name, ListView.deleted_at == 0, seen
        )
        ordered = chosen.order_by(ListView.shared.desc(), ListView.position, ListView.id)
        return [dict(zip(names, row, strict=True)) for row in reader.rows(ordered)]

    def _view(self, row: Mapping[str, Any]) -> SavedView | None:
        try:
            draft = _draft(str(row["title"]), json.loads(row["body"]))
        except (KeyError, TypeError, ValueError):
            return None
        return SavedView(
            draft.title,
            draft.where,
            draft.sort,
            draft.group,
            draft.layout,
            bool(row["shared"]),
            int(row["id"]),
            row["staff_id"] == self._context.actor.staff_id,
            self._may_change(row),
        )


def _title(title: str) -> str:
    kept = title.strip()
    if not kept:
        raise UserError("name_missing", N_("视图还没有名称"), advice=N_("填上名称再存，列表没有变"))
    return kept


def _rising(places: Sequence[int]) -> list[int]:
    """Return places that differ, also where two views were saved at one."""
    risen: list[int] = []
    for place in places:
        risen.append(max(place, risen[-1] + 1) if risen else place)
    return risen


# -- as it is kept ----------------------------------------------------------------------------


def _body(draft: ViewDraft) -> str:
    """Return a view as JSON."""
    layout = draft.layout
    plain = {
        "where": [plain_part(one) for one in draft.where],
        "sort": [[one.column, one.descending] for one in draft.sort.parts] if draft.sort else [],
        "group": draft.group,
        "columns": list(layout.columns),
        "widths": dict(layout.widths),
        "frozen": layout.frozen,
        "height": layout.height,
    }
    return json.dumps(plain, ensure_ascii=False)


def _draft(title: str, plain: Mapping[str, Any]) -> ViewDraft:
    where = tuple(part_of(one) for one in plain["where"])
    sort = joined_sort(Sort(str(column), bool(falling)) for column, falling in plain["sort"])
    return ViewDraft(title, where, sort, str(plain.get("group", "")), layout_of(plain))


def layout_of(plain: Mapping[str, Any]) -> Layout:
    """Return the layout that plain values tell; what is unknown is as in a new book."""
    height = str(plain.get("height", ""))
    return Layout(
        tuple(str(one) for one in plain.get("columns", ())),
        tuple((str(key), int(wide)) for key, wide in plain.get("widths", {}).items()),
        max(0, int(plain.get("frozen", 1))),
        height if height in HEIGHTS else "",
    )


def plain_part(part: Part) -> list[Any]:
    """Return a condition or group as plain lists."""
    if isinstance(part, Group):
        return ["all" if part.all else "any", [plain_part(one) for one in part.parts]]
    return [part.field, part.operator, list(part.values)]


def part_of(plain: Any) -> Part:
    """Return the condition or group of plain lists; raise ValueError or TypeError."""
    if len(plain) == 2:
        joined, parts = plain
        return Group(tuple(part_of(one) for one in parts), str(joined) == "all")
    field, operator, values = plain
    return Condition(str(field), str(operator), tuple(str(value) for value in values))
