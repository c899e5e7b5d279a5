"""What the palette finds among actions and screens: Chinese, pinyin, English words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from app.i18n import N_, translate
from app.models.values.grams import marked
from app.views.core.actions import Actions
from app.views.core.commands import find, resolve
from app.views.core.format import phone

CUSTOMERS = N_("客户与联系人")
COMMANDS = N_("动作")
PLACES = N_("去哪里")
POOL = N_("公海")
FOLLOW_UP = "follow_up"
NEXT_STEP = "next_step"
_ABOUT = ((FOLLOW_UP, N_("写跟单：{name}")), (NEXT_STEP, N_("给 {name} 安排下步")))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the palette; ``spans`` are (start, length) of the matched characters."""

    group: str
    title: str
    note: str = ""
    icon: str = ""
    key: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    run: Callable[[], object] | None = None
    customer_id: int | None = None


def rank(query: str, title: str, keywords: str) -> tuple[int, tuple[tuple[int, int], ...]] | None:
    """Return how well words match (0 is best) and where in the title, None for not at all.

    Every word of the query must match: in the title, at the start of a keyword, or inside one.
    """
    words = query.lower().split()
    if not words:
        return 9, ()
    low, keys = title.lower(), keywords.lower().split()
    worst, spans = 0, []
    for word in words:
        at = low.find(word)
        if at >= 0:
            spans.append((at, len(word)))
            worst = max(worst, 0 if at == 0 else 1)
        elif any(key.startswith(word) for key in keys):
            worst = max(worst, 2)
        elif any(word in key for key in keys if len(word) > 1):
            worst = max(worst, 3)
        else:
            return None
    return worst, tuple(spans)


def find_actions(
    actions: Actions, query: str, title_of: Callable[[str], str], limit: int
) -> list[tuple[str, str, str, str, tuple[tuple[int, int], ...]]]:
    """Return (id, title, icon, keys, spans) of the possible actions that match, best first."""
    found = []
    for order, action in enumerate(actions):
        if not action.in_palette or not actions.possible(action.id):
            continue
        title = title_of(action.title)
        match = rank(query, title, action.keywords)
        if match is not None:
            keys = actions.shortcut_text(action.id)
            found.append((match[0], order, (action.id, title, action.icon, keys, match[1])))
    return [row for _rank, _order, row in sorted(found, key=lambda one: one[:2])][:limit]


def customer_row(hit: Any, query: str) -> Row:
    """Return the line of a found customer, its matched characters marked (also by pinyin)."""
    place = marked(query, hit.name) if query else None
    parts = (hit.contact, phone(hit.phone), hit.owner or translate(POOL))
    return Row(
        CUSTOMERS,
        hit.name,
        " · ".join(part for part in parts if part),
        "building",
        spans=((place[0], place[1] - place[0]),) if place is not None else (),
        customer_id=hit.id,
    )


def about_customer(actions: Actions, row: Row, act: Callable[[str, int], None]) -> list[Row]:
    """Return what can be done with the first customer found."""
    found = []
    for command_id, words in (
        (FOLLOW_UP, N_("写跟单：{name}")),
        (NEXT_STEP, N_("给 {name} 安排下步")),
    ):
        action = actions.get(command_id)
        if action is None or row.customer_id is None or not resolve(find(command_id).target):
            continue
        title = translate(words).format(name=row.title)
        keys = actions.shortcut_text(command_id)
        run = partial(act, command_id, row.customer_id)
        found.append(Row(COMMANDS, title, icon=action.icon, key=keys, run=run))
    return found


def grouped(rows: Iterable[Row]) -> list[Row | str]:
    """Return the rows with a group name before each group."""
    listed: list[Row | str] = []
    group = ""
    for row in rows:
        if row.group != group:
            group = row.group
            listed.append(group)
        listed.append(row)
    return listed
