"""Whom the beginning of a line names: 启明 电话 …, 启明电话同意…"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.models.values import actions

if TYPE_CHECKING:
    from app.services.customers.drafts import Hit

WORD = re.compile(r"[^\s，,、。；;：:!！?？/／]+")
"""A word of a line: anything between blanks, marks and slashes."""


def first_words(text: str) -> Iterator[tuple[int, str]]:
    """Yield what may name the customer at the beginning, longest first, each with its end.

    The first word; without a blank in sight (启明电话同意…) its beginnings down to two characters.
    """
    found = WORD.search(text[:60])
    if found is None or text[: found.start()].strip():
        return
    word = found[0]
    if actions.channel_of(word) is not None:
        return
    yield found.end(), word
    for length in range(min(len(word) - 1, 12), 1, -1):
        yield found.start() + length, word[:length]


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom the beginning of a line names: candidates, best first, and where the name ends."""

    hits: tuple[Hit, ...] = ()
    end: int = 0


def find_meant(search: Callable[[str], Sequence[Hit]], text: str, *, anybody: bool) -> Meant:
    """Return the customers that the first words name.

    With a customer already at hand (``anybody`` False) only a written name counts, so that a
    word of the report is not taken for pinyin of another customer.
    """
    for place, (end, word) in enumerate(first_words(text)):
        if len(word) < 2:
            continue
        hits = tuple(search(word))
        named = tuple(one for one in hits if word in one.name or word == one.contact)
        if named:
            return Meant(named, end)
        if hits and anybody and place == 0:
            return Meant(hits, end)
    return Meant()
