"""What the 写跟单 form hands over, and what the timeline shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.models.values.nextstep import Bucket, Window
    from app.services.calibration import CalibrationDraft
    from app.services.features import FeatureDraft


@dataclass(frozen=True, slots=True)
class NextStepDraft:
    """A next step as chosen: a bucket word, or a day with perhaps a clock time.

    ``window`` is set when words were read that are neither (月底前, 下周三下午), ``label`` are
    the words that were typed.
    """

    bucket: Bucket
    plan_kind: str = ""
    what: str = ""
    day: date | None = None
    clock: time | None = None
    staff_id: int = 0
    window: Window | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class FollowupDraft:
    """One contact with a customer as typed.

    ``at`` is UTC milliseconds (None is now), ``duration_s`` -1 is unknown,
    ``staff_id`` 0 is the person who writes.
    """

    customer_id: int
    content: str = ""
    channel: str = "phone"
    direction: str = "out"
    outcome: str = ""
    duration_s: int = -1
    at: int | None = None
    contact_ids: tuple[int, ...] = ()
    parent_step_id: int = 0
    staff_id: int = 0
    source: str = "typed"
    calibration: CalibrationDraft | None = None
    features: tuple[FeatureDraft, ...] = ()
    next_step: NextStepDraft | None = None


@dataclass(frozen=True, slots=True)
class SavedFollowup:
    """What was kept: ids, and the window of the next step in UTC milliseconds."""

    followup_id: int
    next_step_id: int = 0
    bucket: str = ""
    plan_kind: str = ""
    window_start: int = 0
    window_end: int = 0


@dataclass(frozen=True, slots=True)
class StepView:
    """A next step on a customer's page."""

    id: int
    bucket: str
    plan_kind: str
    what: str
    window_start: int
    window_end: int
    has_clock: bool
    state: str
    staff: str
    postpone_count: int
    done_at: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class StepRecord:
    """A customer's next steps: open ones first due first, and the record of done ones."""

    open: tuple[StepView, ...] = ()
    done_count: int = 0
    on_time_count: int = 0
    postponed_count: int = 0
    mean_gap_days: float | None = None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One event of a customer's history, newest first.

    ``kind``: followup, calibration, stage, node, contract, payment, owner, life.
    """

    kind: str
    id: int
    at: int
    on: date | None
    staff: str
    title: str = ""
    content: str = ""
    channel: str = ""
    direction: str = ""
    outcome: str = ""
    duration_s: int = -1
    amount_fen: int | None = None
    old: str = ""
    new: str = ""
    details: tuple[tuple[str, str], ...] = field(default=())
