"""Next steps of the sample office: those that were done, and those around today."""

from __future__ import annotations

from datetime import time
from functools import cache

from app.models.tables.followups import NextStep
from app.models.values import nextstep
from app.models.values.nextstep import Bucket, Window
from app.services.admin.demo.firms import Firm
from app.services.admin.demo.scene import Player, Scene, Weighted

_PLANS = {
    1: ("keep_in_touch", "build_rapport", "find_opportunity"),
    2: ("nurture_need", "nurture_need", "find_opportunity"),
    3: ("nurture_need", "counter_rival", "build_rapport"),
    4: ("sign_collect", "sign_collect", "counter_rival"),
    5: ("sign_collect", "greeting", "keep_in_touch", "find_opportunity"),
}
_AROUND_TODAY = Weighted(
    ("overdue", "clock", "later_today", "tonight", "tomorrow", "this_week", "next_week",
     "next_month", "later"),
    (14, 12, 6, 4, 12, 15, 20, 13, 4),
)  # fmt: skip
_CLOCKS = tuple(time(hour, minute) for hour in (10, 11, 14, 15, 16) for minute in (0, 30))
MORNING = 32_700
"""When the day of the sample office has begun: 9:05, in seconds."""


class Steps:
    """Write next steps of one customer after another."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._window = cache(self._resolved)

    def plan(self, stage: int) -> str:
        """Return a plan that suits a stage."""
        return self._scene.dice.pick(_PLANS[min(max(stage, 1), 5)])

    def done(
        self, firm: Firm, by: Player, plan: str, opened: tuple[int, int], closed: tuple[int, int]
    ) -> int:
        """Write a step between two follow-ups, each (id, instant); return its id."""
        scene, days = self._scene, self._scene.days
        gap = days.of(closed[1]) - days.of(opened[1])
        bucket, window = self._between(opened[1], days.of(closed[1]), gap)
        chain = {"postponed_from_id": 0, "postpone_count": 0}
        at = opened[1]
        if gap > 6 and scene.dice.happens(0.15):
            put_off = days.at(days.of(at) + gap // 2, 61_200)
            earlier = self._between(at, days.of(put_off), gap // 2)
            first = self._add(
                firm, by, at, plan, earlier, opened[0], chain | _closed("postponed", put_off)
            )
            chain, at = {"postponed_from_id": first, "postpone_count": 1}, put_off
            bucket, window = self._between(at, days.of(closed[1]), gap - gap // 2)
        ending = _closed("done", closed[1], closed[0])
        return self._add(firm, by, at, plan, (bucket, window), opened[0], chain | ending)

    def open(self, firm: Firm, stage: int, last: tuple[int, int]) -> None:
        """Write what is to be done next after the last follow-up (id, instant)."""
        scene, days, today = self._scene, self._scene.days, self._scene.days.today
        by, kind = firm.owner_on(today), _AROUND_TODAY.draw(scene.dice)
        at, said = last[1], last[0]
        fresh = days.at(today, MORNING)
        if kind == "overdue":
            day = today - scene.dice.between(1, 9)
            if day < days.of(at):
                kind = "next_week"
            else:
                window = self._on(at, day)
        if kind == "clock":
            window = self._on(at, today, scene.dice.pick(_CLOCKS))
        elif kind == "later":
            window = self._on(at, today + scene.dice.between(70, 150))
        elif kind != "overdue":
            at, said = max(at, fresh), 0
            window = self._resolve(Bucket(kind), at)
        chain = {"postponed_from_id": 0, "postpone_count": 0, **_closed("open", 0)}
        self._add(firm, by, at, self.plan(stage), window, said, chain)

    def _add(
        self,
        firm: Firm,
        by: Player,
        at: int,
        plan: str,
        meant: tuple[Bucket, Window],
        said: int,
        chain: dict[str, object],
    ) -> int:
        bucket, window = meant
        return self._scene.piles.add(
            NextStep,
            at,
            by.id,
            customer_id=firm.id,
            staff_id=by.id,
            bucket=str(bucket),
            anchor_at=at,
            window_start=window.start,
            window_end=window.end,
            has_clock=window.has_clock,
            plan_kind=plan,
            what=self._scene.dice.pick(self._scene.talk["what"][plan]),
            parent_followup_id=said,
            **chain,
        )

    def _between(self, at: int, day: int, gap: int) -> tuple[Bucket, Window]:
        """Return the word that a person would have chosen for a day so many days ahead."""
        days = self._scene.days
        here = days.of(at)
        if gap == 0:
            return self._resolve(Bucket.later_today, at)
        if gap == 1:
            return self._resolve(Bucket.tomorrow, at)
        week_end = here + 6 - days.weekday(here)
        if day <= week_end:
            return self._resolve(Bucket.this_week, at)
        if day <= week_end + 7:
            return self._resolve(Bucket.next_week, at)
        return self._on(at, day)

    def _resolve(self, bucket: Bucket, at: int) -> tuple[Bucket, Window]:
        if bucket in (Bucket.later_today, Bucket.tonight, Bucket.this_week):
            return nextstep.resolve(bucket, at, self._scene.zone, self._scene.hours)
        return self._window(bucket, self._scene.days.of(at), 0, None)

    def _on(self, at: int, day: int, clock: time | None = None) -> tuple[Bucket, Window]:
        if day <= self._scene.days.of(at):
            return self._resolved(Bucket.date, 0, day, clock, at)
        return self._window(Bucket.date, 0, day, clock)

    def _resolved(
        self, bucket: Bucket, here: int, day: int, clock: time | None, at: int | None = None
    ) -> tuple[Bucket, Window]:
        """Resolve a word that means the same from any instant of a day (or from ``at``)."""
        days = self._scene.days
        return nextstep.resolve(
            bucket,
            days.at(here, MORNING) if at is None else at,
            self._scene.zone,
            self._scene.hours,
            day=days.dates[day] if bucket == Bucket.date else None,
            clock=clock,
        )


def _closed(state: str, at: int, followup_id: int = 0) -> dict[str, object]:
    return {"state": state, "done_at": at, "done_followup_id": followup_id, "reason": ""}
