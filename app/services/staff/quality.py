"""The quality columns of the summary: how people work, not how much (product.md 2.6, 2.8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from sqlalchemy import select

from app.models.store.reader import Reader
from app.models.tables.followups import NextStep
from app.services.jobs import Progress
from app.services.staff.leaks import LeakDays, leak_named

EVERYBODY = 0
FROM_LEAKS = ("broken_chain", "recalibrated", "feature_fill")
OVERDUE = "overdue_steps"


@dataclass(frozen=True, slots=True)
class Quality:
    """The four shares of one person, or of everybody: the true share, no mean of shares.

    None where there is nothing to divide (2.0.9).
    """

    broken_chain: float | None = None
    recalibrated: float | None = None
    feature_fill: float | None = None
    overdue_steps: float | None = None


def read_quality(
    reader: Reader, days: LeakDays, progress: Progress | None = None
) -> dict[int, Quality]:
    """Return the quality of everybody by staff id, ``EVERYBODY`` for all together."""
    found: dict[str, Mapping[int, float]] = {}
    for done, name in enumerate(FROM_LEAKS):
        if progress is not None:
            progress.step(done, len(FROM_LEAKS) + 1)
        leak = leak_named(name)
        cases = [] if leak.read is None else leak.read(reader, days)
        found[name] = _shares((one.staff_id, one.amount) for one in cases)
    found[OVERDUE] = _shares(_steps(reader, days))
    people = {staff_id for shares in found.values() for staff_id in shares}
    return {one: Quality(**{name: found[name].get(one) for name in found}) for one in people}


def _shares(cases: Iterable[tuple[int, float]]) -> dict[int, float]:
    by_staff: defaultdict[int, list[float]] = defaultdict(list)
    for staff_id, amount in cases:
        by_staff[staff_id].append(amount)
        by_staff[EVERYBODY].append(amount)
    return {staff_id: fmean(amounts) for staff_id, amounts in by_staff.items()}


def _steps(reader: Reader, days: LeakDays) -> list[tuple[int, float]]:
    """Return the next steps due in the days by whose they are: 1 when late, 0 in time.

    A step is late when it was done after its window, or is open after it; steps given up or
    put off are neither.
    """
    end = min(days.end_ms(days.last), days.end_ms(days.as_of))
    chosen = select(NextStep.staff_id, NextStep.state, NextStep.window_end, NextStep.done_at).where(
        NextStep.window_end >= days.start_ms(days.first),
        NextStep.window_end < end,
        NextStep.state.in_(("open", "done")),
        NextStep.deleted_at == 0,
    )
    return [
        (staff_id, float(state == "open" or done_at > window_end))
        for staff_id, state, window_end, done_at in reader.rows(chosen)
    ]
