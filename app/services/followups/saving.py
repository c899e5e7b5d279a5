"""Save a follow-up with everything it carries in one unit of work."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from app.errors import UserError
from app.i18n import N_
from app.models.store.statements import prepared
from app.models.tables.customers import Customer
from app.models.tables.followups import FollowUp, FollowUpContact, NextStep
from app.models.values import actions, dates, nextstep
from app.services import calibration, features
from app.services.customers import stages
from app.services.followups.drafts import FollowupDraft, NextStepDraft, SavedFollowup

if TYPE_CHECKING:
    from app.models.store.unit import Unit
    from app.services.followups.moment import OfficeTime

_MEETING_NODE = "需求确认"


def save_followup(unit: Unit, draft: FollowupDraft, office: OfficeTime) -> SavedFollowup:
    """Keep the follow-up, close the step it answers, and open the next one."""
    _require_customer(unit, draft.customer_id)
    followup_id = add_followup(unit, draft, office)
    if draft.parent_step_id:
        close_step(unit, draft.parent_step_id, followup_id)
    if draft.calibration is not None:
        calibration.calibrate(unit, draft.customer_id, draft.calibration, followup_id)
    for feature in draft.features:
        features.learn(unit, draft.customer_id, feature, followup_id)
    _advance_stage(unit, draft, followup_id)
    if draft.next_step is None:
        return SavedFollowup(followup_id)
    return open_step(unit, draft.customer_id, draft.next_step, office, followup_id)


_ALIVE = prepared(
    Customer.__table__,
    select(Customer.id).where(Customer.id == bindparam("row_id", 0), Customer.deleted_at == 0),
)


def _require_customer(unit: Unit, customer_id: int) -> None:
    if not unit.prepared_rows(_ALIVE, {"id": customer_id}):
        raise UserError(
            "customer_gone",
            N_("这家客户已经不在了，跟单没有存"),
            advice=N_("草稿还在；从回收站恢复客户，或换一家再存"),
        )


def add_followup(unit: Unit, draft: FollowupDraft, office: OfficeTime) -> int:
    """Insert the follow-up itself, deciding whether it counts (product.md 2.4)."""
    at = unit.now if draft.at is None else draft.at
    day = dates.business_day(at, office.zone)
    contact_id = draft.contact_ids[0] if draft.contact_ids else 0
    fold_key = actions.collapse_key(draft.channel, draft.customer_id, contact_id, day) or ""
    counts = actions.counts_for_kpi(
        draft.channel, draft.outcome, draft.duration_s, draft.direction
    ) and not (fold_key and _is_folded(unit, fold_key))
    followup_id = unit.add(
        FollowUp,
        customer_id=draft.customer_id,
        at=at,
        on=day,
        staff_id=draft.staff_id or unit.staff_id,
        channel=draft.channel,
        direction=draft.direction,
        outcome=draft.outcome,
        duration_s=draft.duration_s,
        content=draft.content.strip(),
        plan_kind=draft.next_step.plan_kind if draft.next_step else "",
        parent_step_id=draft.parent_step_id,
        counts=counts,
        fold_key=fold_key,
        source=draft.source,
        contact_id=contact_id,
    )
    for other in draft.contact_ids[1:]:
        unit.add(FollowUpContact, followup_id=followup_id, contact_id=other)
    return followup_id


_FOLDED = select(func.count(FollowUp.id)).where(
    FollowUp.fold_key == bindparam("fold_key"),
    FollowUp.fold_key != "",
    FollowUp.counts,
    FollowUp.deleted_at == 0,
)


def _is_folded(unit: Unit, fold_key: str) -> bool:
    return bool(unit.scalar(_FOLDED, {"fold_key": fold_key}))


def keep_folds(unit: Unit) -> None:
    """Let exactly the earliest living follow-up of a fold count (a rule before commit)."""
    touched: set[str] = set()
    for change in unit.trail:
        if change.entity is FollowUp and change.before is not None:
            touched.update(row["fold_key"] for row in (change.before, change.after) if row)
    for fold_key in touched - {""}:
        _elect(unit, fold_key)


def _elect(unit: Unit, fold_key: str) -> None:
    living = (
        select(FollowUp.id, FollowUp.counts, FollowUp.channel, FollowUp.outcome)
        .where(FollowUp.fold_key == fold_key, FollowUp.deleted_at == 0)
        .order_by(FollowUp.at, FollowUp.id)
    )
    elected = False
    for row_id, counts, channel, outcome in unit.rows(living):
        wanted = not elected and actions.counts_for_kpi(channel, outcome, -1, "")
        elected = elected or wanted
        if bool(counts) != wanted:
            unit.change(FollowUp, row_id, counts=wanted)


def close_step(unit: Unit, step_id: int, followup_id: int) -> None:
    """Complete the next step that a follow-up answers; one closed meanwhile stays as it is."""
    stored = unit.stored(NextStep, step_id)
    if stored is None or stored["state"] != "open":
        return
    unit.change(NextStep, step_id, state="done", done_at=unit.now, done_followup_id=followup_id)


def open_owners_step(
    unit: Unit, customer_id: int, draft: NextStepDraft, office: OfficeTime
) -> SavedFollowup:
    """Insert a next step for the customer's owner, unless the draft names somebody."""
    owner = unit.scalar(select(Customer.owner_id).where(Customer.id == customer_id))
    mine = draft if draft.staff_id else replace(draft, staff_id=int(owner or 0))
    return open_step(unit, customer_id, mine, office)


def open_step(
    unit: Unit, customer_id: int, draft: NextStepDraft, office: OfficeTime, followup_id: int = 0
) -> SavedFollowup:
    """Insert a next step with its window resolved once (product.md 1.6)."""
    bucket, window = draft.bucket, draft.window
    if window is None:
        bucket, window = nextstep.resolve(
            draft.bucket, unit.now, office.zone, office.hours, day=draft.day, clock=draft.clock
        )
    step_id = unit.add(
        NextStep,
        customer_id=customer_id,
        staff_id=draft.staff_id or unit.staff_id,
        bucket=str(bucket),
        anchor_at=unit.now,
        window_start=window.start,
        window_end=window.end,
        has_clock=window.has_clock,
        plan_kind=draft.plan_kind,
        what=draft.what.strip(),
        parent_followup_id=followup_id,
        label=draft.label.strip(),
        zone=str(office.zone),
        remind_at=nextstep.remind_at(window, unit.now, office.zone, office.hours),
    )
    return SavedFollowup(
        followup_id, step_id, str(bucket), draft.plan_kind, window.start, window.end
    )


def _advance_stage(unit: Unit, draft: FollowupDraft, followup_id: int) -> None:
    """Let evidence move the stage: a first contact, a confirmed need (design settled 1)."""
    nodes = draft.calibration.nodes if draft.calibration else ()
    if _MEETING_NODE in nodes or draft.features:
        stages.advance_to(
            unit,
            draft.customer_id,
            stages.NEED,
            reason=N_("记下了需求"),
            followup_id=followup_id,
        )
    else:
        stages.advance_to(
            unit,
            draft.customer_id,
            stages.FIRST_VISIT,
            reason=N_("有了第一次跟单"),
            followup_id=followup_id,
        )
