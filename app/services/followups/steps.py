"""Next steps apart from follow-ups: schedule, postpone, cancel, and their record."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.errors import UserError
from app.i18n import N_
from app.models.tables.customers import Customer
from app.models.tables.followups import FollowUp, NextStep
from app.models.tables.staff import Staff
from app.models.values import dates, nextstep
from app.models.values.nextstep import Bucket, Window
from app.services.followups.drafts import SavedFollowup, StepRecord, StepView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.models.store.reader import Reader
    from app.models.store.unit import Unit
    from app.services.followups.drafts import FollowupDraft
    from app.services.followups.moment import OfficeTime

_VIEW = select(
    NextStep.id,
    NextStep.bucket,
    NextStep.plan_kind,
    NextStep.what,
    NextStep.window_start,
    NextStep.window_end,
    NextStep.has_clock,
    NextStep.state,
    func.coalesce(Staff.name, ""),
    NextStep.postpone_count,
    NextStep.done_at,
    NextStep.label,
).outerjoin(Staff, Staff.id == NextStep.staff_id)


def postpone(
    unit: Unit,
    step_id: int,
    bucket: Bucket,
    office: OfficeTime,
    *,
    day: date | None = None,
    clock: time | None = None,
    reason: str = "",
) -> SavedFollowup:
    """Replace an open step by a later one that keeps its chain (product.md 1.6)."""
    found, window = nextstep.resolve(
        bucket, unit.now, office.zone, office.hours, day=day, clock=clock
    )
    return put_off(unit, step_id, found, window, office, reason=reason)


def put_off(
    unit: Unit,
    step_id: int,
    found: Bucket,
    window: Window,
    office: OfficeTime,
    *,
    reason: str = "",
) -> SavedFollowup:
    """Replace an open step by one with another window; raises ``UserError`` step_closed."""
    old = unit.stored(NextStep, step_id)
    if old is None or old["state"] != "open":
        raise UserError(
            "step_closed",
            N_("这件事已经办过或取消了"),
            advice=N_("刷新今日工作台再看，没有改动"),
        )
    unit.change(NextStep, step_id, state="postponed", reason=reason, done_at=unit.now)
    kept = ("customer_id", "staff_id", "plan_kind", "what", "parent_followup_id")
    fresh_id = unit.add(
        NextStep,
        **{name: old[name] for name in kept},
        bucket=str(found),
        anchor_at=unit.now,
        window_start=window.start,
        window_end=window.end,
        has_clock=window.has_clock,
        zone=str(office.zone),
        remind_at=nextstep.remind_at(window, unit.now, office.zone, office.hours),
        postponed_from_id=step_id,
        postpone_count=old["postpone_count"] + 1,
    )
    return SavedFollowup(0, fresh_id, str(found), old["plan_kind"], window.start, window.end)


def move(unit: Unit, step_id: int, day: date, office: OfficeTime) -> SavedFollowup:
    """Put an open step on another day; its chain and the time of day stay."""
    old = unit.stored(NextStep, step_id)
    clock = None
    if old is not None and old["has_clock"]:
        clock = dates.to_local(old["window_start"], office.zone).time()
    today = dates.business_day(unit.now, office.zone)
    if day < today:
        raise UserError(
            "day_has_passed",
            N_("这一天已经过去了"),
            advice=N_("移到今天或以后；没有改动"),
        )
    return postpone(unit, step_id, Bucket.date, office, day=day, clock=clock)


def give(unit: Unit, step_ids: Sequence[int], staff_id: int) -> int:
    """Let another person do open steps; return how many changed hands.

    Raises ``UserError`` no_such_staff, step_closed; nothing has changed then.
    """
    person = unit.stored(Staff, staff_id)
    if person is None or person["deleted_at"]:
        raise UserError(
            "no_such_staff",
            N_("没有这位员工"),
            advice=N_("换一位再转交；没有改动"),
        )
    count = 0
    for step_id in step_ids:
        stored = unit.stored(NextStep, step_id)
        if stored is None or stored["state"] != "open":
            raise UserError(
                "step_closed",
                N_("这件事已经办过或取消了"),
                advice=N_("刷新今日工作台再看，没有改动"),
            )
        if stored["staff_id"] != staff_id:
            unit.change(NextStep, step_id, staff_id=staff_id)
            count += 1
    return count


def cancel(unit: Unit, step_id: int, reason: str) -> None:
    """Close an open step that will not be done, with the reason."""
    unit.change(NextStep, step_id, state="cancelled", reason=reason, done_at=unit.now)


def read_step(reader: Reader, step_id: int) -> StepView | None:
    """Return one next step, None if there is none."""
    row = reader.one(_VIEW.where(NextStep.id == step_id, NextStep.deleted_at == 0))
    return StepView(*row) if row else None


def read_record(reader: Reader, customer_id: int) -> StepRecord:
    """Return a customer's open steps and how punctual the closed ones were."""
    mine = (NextStep.customer_id == customer_id, NextStep.deleted_at == 0)
    opened = reader.rows(
        _VIEW.where(*mine, NextStep.state == "open").order_by(NextStep.window_end, NextStep.id)
    )
    on_time = NextStep.done_at <= NextStep.window_end
    counts: dict[Any, Any] = {
        (state, bool(punctual)): n
        for state, punctual, n in reader.rows(
            select(NextStep.state, on_time, func.count())
            .where(*mine, NextStep.state.in_(("done", "postponed")))
            .group_by(NextStep.state, on_time)
        )
    }
    return StepRecord(
        tuple(StepView(*row) for row in opened),
        done_count=counts.get(("done", True), 0) + counts.get(("done", False), 0),
        on_time_count=counts.get(("done", True), 0),
        postponed_count=counts.get(("postponed", True), 0) + counts.get(("postponed", False), 0),
        mean_gap_days=_mean_gap(reader, customer_id),
    )


def _mean_gap(reader: Reader, customer_id: int) -> float | None:
    span = reader.one(
        select(func.min(FollowUp.on), func.max(FollowUp.on), func.count()).where(
            FollowUp.customer_id == customer_id, FollowUp.deleted_at == 0
        )
    )
    if span is None or span[2] < 2 or span[0] is None or span[1] is None:
        return None
    return float((span[1] - span[0]).days) / (span[2] - 1)


def breaks_chain(reader: Reader, draft: FollowupDraft) -> bool:
    """Tell whether a follow-up would leave a live customer without a next step."""
    others = select(func.count(NextStep.id)).where(
        NextStep.customer_id == draft.customer_id,
        NextStep.state == "open",
        NextStep.deleted_at == 0,
        NextStep.id != draft.parent_step_id,
    )
    life = reader.one(select(Customer.life).where(Customer.id == draft.customer_id))
    if reader.scalar(others) or life is None or life[0] == "churned":
        return False
    from app.services.sequences.standing import goes_on

    return not goes_on(reader, draft.customer_id)
