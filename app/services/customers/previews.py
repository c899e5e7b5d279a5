"""What a bulk write would change, counted before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.services.customers.tags import TagDraft
from app.services.lists import Condition, ListFilter

if TYPE_CHECKING:
    from app.services.customers.bulk import Chosen
    from app.services.lists.listing import Listing

_GROUP_OF = {"expected_on": "expected_day"}
EDITABLE = ("owner", "region", "source", "industry", "size", "kind", "quality", "grade", "stage",
            "expected", "expected_on")  # fmt: skip
"""The fields that many customers may be brought to one value in; features come besides."""


@dataclass(frozen=True, slots=True)
class Preview:
    """How many customers are chosen, how many of them change, and what they hold now.

    ``before`` are values as text with the number of customers, the most frequent first.
    """

    total: int
    changing: int
    before: tuple[tuple[str, int], ...] = ()


def of_edit(listing: Listing[Any], chosen: Chosen, field: str, value: str) -> Preview:
    """Return what bringing a field to a value changes."""
    wanted, without = _filters(chosen)
    counts = _counts(listing, wanted, field)
    if without is not None:
        for key, count in _counts(listing, without, field).items():
            counts[key] = counts.get(key, 0) - count
    total = sum(counts.values())
    before = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    kept = tuple(one for one in before if one[1] > 0 and one[0] != value)
    return Preview(total, total - counts.get(value, 0), kept)


def of_tags(
    listing: Listing[Any], chosen: Chosen, draft: TagDraft, known: dict[str, int]
) -> Preview:
    """Return what putting tags on, or taking them off, changes; ``known`` are ids by word."""
    wanted, without = _filters(chosen)
    total = listing.count(wanted) - (listing.count(without) if without is not None else 0)
    adding = [known.get(word.casefold(), 0) for word in draft.add]
    if 0 in adding:
        return Preview(total, total)
    has_all = Condition("tag", "all", tuple(map(str, adding)))
    has_none = Condition("tag", "is_not", tuple(map(str, draft.remove)))
    same = tuple(one for one in (has_all, has_none) if one.values)
    if not same:
        return Preview(total, 0)
    kept = listing.count(ListFilter((*wanted.where, *same), wanted.ids))
    if without is not None:
        kept -= listing.count(ListFilter((*without.where, *same), without.ids))
    return Preview(total, total - kept)


def _filters(chosen: Chosen) -> tuple[ListFilter, ListFilter | None]:
    if chosen.wanted is None:
        return ListFilter(ids=tuple(chosen.ids) or (0,)), None
    left = ListFilter(ids=tuple(chosen.without)) if chosen.without else None
    return chosen.wanted, left


def _counts(listing: Listing[Any], wanted: ListFilter, field: str) -> dict[str, int]:
    group = _GROUP_OF.get(field, field)
    return {one.key: one.count for one in listing.subtotals(wanted, group)}
