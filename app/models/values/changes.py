"""What a write touched, told after the commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """A kind of record that a page can watch."""

    customer = "customer"
    contact = "contact"
    followup = "followup"
    next_step = "next_step"
    calibration = "calibration"
    feature = "feature"
    stage = "stage"
    contract = "contract"
    payment = "payment"
    opportunity = "opportunity"
    product = "product"
    radar = "radar"
    staff = "staff"
    setting = "setting"
    batch = "batch"
    draft = "draft"
    okr = "okr"
    touchpoint = "touchpoint"
    sequence = "sequence"
    target = "target"
    snapshot = "snapshot"


@dataclass(frozen=True, slots=True)
class Changes:
    """Records touched by one write; an empty set of ids means "some, unknown"."""

    ids: Mapping[Kind, frozenset[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", MappingProxyType(dict(self.ids)))

    def __bool__(self) -> bool:
        return bool(self.ids)

    def touches(self, kinds: Iterable[Kind]) -> bool:
        """Tell whether any of these kinds was touched."""
        return any(kind in self.ids for kind in kinds)

    def may_touch(self, kind: Kind, row_id: int) -> bool:
        """Tell whether this record was or may have been touched."""
        ids = self.ids.get(kind)
        return ids is not None and (not ids or row_id in ids)

    def merge(self, other: Changes) -> Changes:
        """Return both together; "some" together with known ids stays "some"."""
        both = dict(self.ids)
        for kind, ids in other.ids.items():
            mine = both.get(kind, ids)
            both[kind] = mine | ids if mine and ids else frozenset()
        return Changes(both)
