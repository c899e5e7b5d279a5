"""What the palette finds among actions and screens: Chinese, pinyin, English words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.views.core.actions import Actions


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


def spans_of(text: str, query: str) -> tuple[tuple[int, int], ...]:
    """Return where the query stands in a text, for marking."""
    at = text.lower().find(query.lower()) if query else -1
    return ((at, len(query)),) if at >= 0 else ()


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
