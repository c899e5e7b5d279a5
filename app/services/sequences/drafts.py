"""What the editor of sequences hands over, and what is shown of sequences and enrolments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.models.values.sequences import Applies, StepRule

CURRENT, TRIAL, FORMER = "current", "trial", "former"
"""What a version is to its sequence now."""


@dataclass(frozen=True, slots=True)
class VersionDraft:
    """A wording of a sequence as typed; a conversion counts within ``window_days``."""

    steps: tuple[StepRule, ...]
    applies: Applies = field(default_factory=Applies)
    window_days: int = 90
    note: str = ""


@dataclass(frozen=True, slots=True)
class SequenceDraft:
    """A new sequence; ``auto`` enrols customers that come to fit it."""

    name: str
    version: VersionDraft
    auto: bool = False


@dataclass(frozen=True, slots=True)
class VersionView:
    """A wording as kept; ``step_ids`` go with ``steps``, ``role`` is current, trial or former."""

    id: int
    sequence_id: int
    number: int
    note: str
    applies: Applies
    window_days: int
    made_at: int
    made_by: str
    role: str
    steps: tuple[StepRule, ...]
    step_ids: tuple[int, ...]

    def draft(self) -> VersionDraft:
        """Return the wording as it can be edited."""
        return VersionDraft(self.steps, self.applies, self.window_days)


@dataclass(frozen=True, slots=True)
class SequenceView:
    """A sequence with the wording that holds, and the one on trial beside it, if any."""

    id: int
    name: str
    auto_from: date | None
    archived: bool
    current: VersionView
    trial: VersionView | None = None
    running: int = 0

    @property
    def auto(self) -> bool:
        """Tell whether customers that fit are enrolled by rule."""
        return self.auto_from is not None


@dataclass(frozen=True, slots=True)
class EnrolledStepView:
    """A step at one customer: its words and how it stands."""

    id: int
    rule: StepRule
    state: str
    planned_on: date | None
    due_on: date | None
    done_on: date | None
    attempts: int
    next_step_id: int


@dataclass(frozen=True, slots=True)
class EnrolmentView:
    """A customer's way through a version of a sequence."""

    id: int
    customer_id: int
    sequence_id: int
    sequence: str
    number: int
    trial: bool
    started_on: date | None
    state: str
    ended_on: date | None
    reason: str
    by_rule: bool
    steps: tuple[EnrolledStepView, ...]


@dataclass(frozen=True, slots=True)
class TalkTrack:
    """What a next step of a sequence asks for: where it stands, what to say, what to find out."""

    sequence: str
    number: int
    place: int
    count: int
    name: str
    deed: str
    talk: str
    features: tuple[str, ...] = ()
    outcome: str = ""
    attempts: int = 0
    most_attempts: int = 0
