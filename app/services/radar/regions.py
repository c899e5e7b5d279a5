"""行政区划: six-digit codes with their past names (product.md 5.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

_SPELL = re.compile(r"\[(\d{4})?-(\d{4})?\]([^\[]+)")
_NATION = "100000"
_NO_PLACE = ("市辖区", "县", "省直辖县级行政区划")


@dataclass(frozen=True, slots=True)
class Region:
    """A division: its code, its name with the province, and whether it exists no more."""

    code: str
    name: str
    former: bool = False


@cache
def _table() -> Any:
    from stdnum import numdb

    return numdb.get("cn/loc")


def has_province(code: str) -> bool:
    """Tell whether six digits begin with a province, or are the nation."""
    whole = re.fullmatch(r"\d{6}", code, re.ASCII) is not None
    return code == _NATION or (whole and bool(_parts(f"{code[:2]}0000")))


def region_of(code: str) -> Region | None:
    """Return the division of a six-digit code, its province alone when only that is known."""
    if code == _NATION:
        return Region(code, "国家")
    parts = _parts(code)
    if not parts:
        return None
    names, former = [parts[0]], False
    city = _parts(f"{code[:4]}00")
    if len(city) > 1:
        names.append(_newest(city[1])[0])
    if len(parts) > 1 and not code.endswith("00"):
        name, former = _newest(parts[1])
        names.append(name)
    shown = [name for name in dict.fromkeys(names) if name not in _NO_PLACE]
    return Region(code, "".join(shown), former)


def _parts(code: str) -> list[str]:
    """Return the names that the table knows for the parts of a code."""
    if not re.fullmatch(r"\d{6}", code, re.ASCII):
        return []
    found = [attributes for _digits, attributes in _table().info(code)]
    return [name for one in found for name in one.values()]


def _newest(spells: str) -> tuple[str, bool]:
    """Return the last of the names that a code has had, and whether it has ended."""
    found = _SPELL.findall(spells)
    if not found:
        return spells, False
    _since, until, name = found[-1]
    return name.strip(), bool(until)
