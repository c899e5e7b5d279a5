"""加权预测: what is expected to be signed, month by month (product.md 1.4).

Customers in play with a 定性 and an expected amount, by the last day of their expected window.
Who has reached the last stage has signed, and is not counted again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Float, case, cast, func, select

from app.models.tables.base import NO_DAY
from app.models.tables.customers import Customer
from app.models.values.calibration import Quality, win_chance
from app.models.values.forecast import Band, Pile, band_of
from app.services.admin import read_settings
from app.services.calibration.accuracy import Accuracy, accuracies

if TYPE_CHECKING:
    from app.models.store.reader import Reader
    from app.services.context import Context
    from app.services.jobs import Progress

PAST, UNDATED = "past", ""
"""The months of expected days that have gone by, and of customers without one."""


@dataclass(frozen=True, slots=True)
class ForecastMonth:
    """What is expected of one month (YYYY-MM), of days gone by, or of no day."""

    month: str
    band: Band


@dataclass(frozen=True, slots=True)
class Forecast:
    """Months in order, all of them together, and how far people's ratings can be trusted.

    ``chances`` are those of 有价值 by stage; ``weighted`` tells whether people's weights count.
    """

    months: tuple[ForecastMonth, ...]
    whole: Band
    people: tuple[Accuracy, ...]
    chances: tuple[float, ...]
    weighted: bool


def read_forecast(
    reader: Reader, today: date, *, owner_id: int | None = None, weighted: bool = True
) -> Forecast:
    """Return the forecast of the office or of one person's customers."""
    chances = tuple(read_settings(reader).win_chances)
    people = accuracies(reader, today)
    by_id = {one.staff_id: one for one in people} if weighted else {}
    piles: dict[str, list[Pile]] = {}
    for month, owner, quality, stage, count, fen, squares in _sums(reader, today, owner_id):
        person = by_id.get(owner, Accuracy(owner, ""))
        chance = win_chance(quality, stage, chances) * person.weight
        pile = Pile(count, fen, squares, chance, person.amount_error)
        piles.setdefault(month, []).append(pile)
    months = tuple(
        ForecastMonth(month, band_of(piles[month])) for month in sorted(piles, key=_place)
    )
    whole = band_of(one for mine in piles.values() for one in mine)
    return Forecast(months, whole, tuple(people), chances, weighted)


def _place(month: str) -> tuple[int, str]:
    return (0 if month == PAST else 2 if month == UNDATED else 1, month)


def _sums(
    reader: Reader, today: date, owner_id: int | None
) -> Sequence[tuple[str, int, str, int, int, int, float]]:
    expected = Customer.expected_to
    month = case(
        (expected == NO_DAY, UNDATED),
        (expected < today, PAST),
        else_=func.substr(expected, 1, 7),
    )
    fen = Customer.expected_fen
    last = len(read_settings(reader).win_chances) - 1
    chosen = (
        select(
            month,
            Customer.owner_id,
            Customer.quality,
            Customer.stage_position,
            func.count(),
            func.sum(fen),
            func.sum(cast(fen, Float) * fen),
        )
        .where(
            Customer.deleted_at == 0,
            Customer.merged_into_id == 0,
            Customer.trial.is_(False),
            Customer.life != "churned",
            Customer.quality.in_((Quality.valuable, Quality.unsure)),
            fen >= 0,
            Customer.stage_position < last,
        )
        .group_by(month, Customer.owner_id, Customer.quality, Customer.stage_position)
    )
    if owner_id is not None:
        chosen = chosen.where(Customer.owner_id == owner_id)
    return [tuple(row) for row in reader.rows(chosen)]


class Forecasts:
    """Read the weighted forecast; a job at the size of an office."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def read(
        self,
        progress: Progress | None = None,
        *,
        owner_id: int | None = None,
        weighted: bool = True,
    ) -> Forecast:
        """Return the forecast seen from today."""
        del progress
        with self._context.read() as reader:
            return read_forecast(
                reader, self._context.today(), owner_id=owner_id, weighted=weighted
            )
