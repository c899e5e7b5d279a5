"""标定准确度: how each person's ratings and amounts came true (product.md 2.9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.models.tables.staff import Staff
from app.models.values.calibration import Quality
from app.models.values.forecast import USUAL_ERROR, person_weight
from app.models.values.periods import By, period_of
from app.services.kpi.filters import Chosen
from app.services.kpi.indicators import Case, Moment, rating_hit
from app.services.kpi.indicators import forecast as forecast_error

if TYPE_CHECKING:
    from app.models.store.reader import Reader

LOOK_BACK_DAYS = 3 * 365
FEW = 20
"""Below so many ratings or signings a figure says little (样本不足)."""


@dataclass(frozen=True, slots=True)
class Accuracy:
    """What a person's ratings came to.

    ``rated`` 有价值 ratings of at least 180 days ago, ``hits`` of them signed; ``error`` is the
    mean share by which amounts were off over ``signed`` signings, None without one.
    """

    staff_id: int
    name: str
    rated: int = 0
    hits: int = 0
    signed: int = 0
    error: float | None = None
    weight: float = 1.0

    @property
    def share(self) -> float | None:
        """Return the share of ratings that came true, None without one."""
        return self.hits / self.rated if self.rated else None

    @property
    def amount_error(self) -> float:
        """Return the error that a forecast reckons with: the usual one while none is known."""
        return USUAL_ERROR if self.error is None else self.error


def accuracies(reader: Reader, today: date) -> list[Accuracy]:
    """Return everybody's accuracy over the last three years, best known first."""
    first = today - timedelta(LOOK_BACK_DAYS)
    moment = Moment(first, today, period_of(first, By.month), today, Chosen(()))
    rated = _by_person(
        one for one in rating_hit.INDICATORS[0].read(reader, moment)
        if not one.reason and one.part == Quality.valuable
    )  # fmt: skip
    amounts = _by_person(
        one for one in forecast_error.INDICATORS[0].read(reader, moment) if not one.reason
    )
    every = [one for cases in rated.values() for one in cases]
    office_hits = int(sum(one.top for one in every))
    names = dict(reader.rows(select(Staff.id, Staff.name)))
    found = []
    for staff_id in {*rated, *amounts} & set(names):
        mine, signed = rated.get(staff_id, []), amounts.get(staff_id, [])
        hits = int(sum(one.top for one in mine))
        found.append(
            Accuracy(
                staff_id,
                names[staff_id],
                len(mine),
                hits,
                len(signed),
                sum(one.top for one in signed) / len(signed) if signed else None,
                person_weight(hits, len(mine), office_hits, len(every)),
            )
        )
    return sorted(found, key=lambda one: (-one.rated, -one.signed, one.staff_id))


def _by_person(cases: Iterable[Case]) -> dict[int, list[Case]]:
    found: defaultdict[int, list[Case]] = defaultdict(list)
    for one in cases:
        found[one.staff_id].append(one)
    return dict(found)
