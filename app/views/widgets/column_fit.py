"""How wide columns are: all in sight where there is room, none narrower than its words need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """What a column asks for in pixels; ``flex`` is its share of room to spare or to save."""

    width: int
    least: int
    flex: int = 0


def fitted(wishes: Sequence[Wish], room: int) -> list[int]:
    """Return a width for each column; the sum is the room wherever the flexible ones allow it.

    Without a flexible column the last one takes what is left over.
    """
    widths = [wish.width for wish in wishes]
    spare = room - sum(widths)
    if not widths or not spare:
        return widths
    if not any(wish.flex for wish in wishes):
        widths[-1] += max(0, spare)
        return widths
    return _grown(widths, wishes, spare) if spare > 0 else _shrunk(widths, wishes, -spare)


def _grown(widths: list[int], wishes: Sequence[Wish], spare: int) -> list[int]:
    whole = sum(wish.flex for wish in wishes)
    shares = [spare * wish.flex // whole for wish in wishes]
    grown = [width + share for width, share in zip(widths, shares, strict=True)]
    first = next(at for at, wish in enumerate(wishes) if wish.flex)
    grown[first] += spare - sum(shares)
    return grown


def _shrunk(widths: list[int], wishes: Sequence[Wish], over: int) -> list[int]:
    shrunk = list(widths)
    while over > 0:
        giving = [at for at, wish in enumerate(wishes) if wish.flex and shrunk[at] > wish.least]
        if not giving:
            break
        whole = sum(wishes[at].flex for at in giving)
        for at in giving:
            share = -(-over * wishes[at].flex // whole)
            given = min(share, shrunk[at] - wishes[at].least, over)
            shrunk[at] -= given
            over -= given
            whole -= wishes[at].flex
            if not over or not whole:
                break
    return shrunk
