"""The measures of a sequence beside what was really done (product.md 1.7, screen 07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values.sequences import StepRule
from app.services.sequences.drafts import SequenceView

FEWEST_FINISHED = 30
"""Finished customers without which no paths are told."""

FEWEST_ON_PATH = 10
FEWEST_PER_VERSION = 20
WON, LOST, GOING = "won", "lost", "going"
SILENT_DAYS = 14


@dataclass(frozen=True, slots=True)
class ReportQuery:
    """Which customers to look at: created on these days, both inside, of one person or all.

    ``sequence_id`` 0 is the first sequence there is, ``staff_id`` 0 everybody, ``grade`` ""
    every grade.
    """

    first: date
    last: date
    sequence_id: int = 0
    staff_id: int = 0
    grade: str = ""


@dataclass(frozen=True, slots=True)
class StepMeasure:
    """One step over the customers looked at.

    ``alive`` came at least so far, ``lost`` of them no further; ``pass_rate`` is the share
    that went on, None for the last step. ``median_days`` runs from the step before.
    """

    place: int
    rule: StepRule
    alive: int
    lost: int
    pass_rate: float | None
    median_days: float | None
    n: int


@dataclass(frozen=True, slots=True)
class GapMeasure:
    """Median days from the step before to a step, of customers won and lost; None without any."""

    place: int
    won_days: float | None
    lost_days: float | None


@dataclass(frozen=True, slots=True)
class PathMeasure:
    """Customers that went the same way: ``deeds`` without the end, those won and those lost.

    ``cycle_days`` is the median to the end the path is listed for, ``deal_fen`` the mean first
    deal. ``silent`` tells that most of those lost heard nothing for two weeks before.
    """

    deeds: tuple[str, ...]
    won: tuple[int, ...]
    lost: tuple[int, ...]
    cycle_days: float | None
    deal_fen: int | None
    silent: bool = False

    @property
    def win_rate(self) -> float:
        """Return the share that was won of those finished."""
        return len(self.won) / (len(self.won) + len(self.lost))


@dataclass(frozen=True, slots=True)
class PersonMeasure:
    """How one person keeps to the steps that must be done.

    ``worst`` is the place of the step that is kept least, 0 for none; ``missed`` the share of
    due ones not done there, ``late_days`` the median lateness of those done late.
    """

    staff_id: int
    name: str
    due: int
    kept: int
    won: int
    lost: int
    worst: int = 0
    missed: float = 0.0
    late_days: float = 0.0

    @property
    def adherence(self) -> float | None:
        """Return the share kept of the due steps, None without any."""
        return self.kept / self.due if self.due else None

    @property
    def win_rate(self) -> float | None:
        """Return the share won of the finished customers, None without any."""
        finished = self.won + self.lost
        return self.won / finished if finished else None


@dataclass(frozen=True, slots=True)
class BandMeasure:
    """Customers whose steps were kept to a degree in [low, high): finished ones and won ones."""

    low: float
    high: float
    customers: int
    won: int
    finished: int

    @property
    def win_rate(self) -> float | None:
        """Return the share won of the finished customers, None without any."""
        return self.won / self.finished if self.finished else None


@dataclass(frozen=True, slots=True)
class Observation:
    """Among finished customers that came to step ``then``: step ``first`` before it or not.

    An association in the present data, no cause.
    """

    first: int
    then: int
    share_of_won: float
    rate_with: float
    rate_without: float
    n_with: int
    n_without: int


@dataclass(frozen=True, slots=True)
class VersionMeasure:
    """What came of those enrolled in a version (1.7): due steps, and conversion within W days.

    ``mature`` are those enrolled at least W days ago, ``converted`` those of them that signed
    within W.
    """

    version_id: int
    number: int
    role: str
    note: str
    window_days: int
    enrolled: int
    due: int
    done: int
    on_time: int
    skipped: int
    mature: int
    converted: int

    @property
    def enough(self) -> bool:
        """Tell whether there are enough customers to compare."""
        return self.enrolled >= FEWEST_PER_VERSION

    @property
    def completion(self) -> float | None:
        """Return done steps over due steps."""
        return self.done / self.due if self.due else None

    @property
    def punctuality(self) -> float | None:
        """Return steps done in time over due steps."""
        return self.on_time / self.due if self.due else None

    @property
    def skip_rate(self) -> float | None:
        """Return skipped steps over due steps."""
        return self.skipped / self.due if self.due else None

    @property
    def conversion(self) -> float | None:
        """Return the share of mature enrolments that signed within W days."""
        return self.converted / self.mature if self.mature else None


@dataclass(frozen=True, slots=True)
class SequenceReport:
    """Everything the page and ``gendan sequences report`` tell of one sequence and some days.

    ``coarse`` tells that paths count contacts alone, each kind the first time.
    """

    query: ReportQuery
    as_of: date
    sequence: SequenceView | None
    customers: int
    deeds: int
    won: int
    lost: int
    steps: tuple[StepMeasure, ...] = ()
    drop_place: int | None = None
    gaps: tuple[GapMeasure, ...] = ()
    won_paths: tuple[PathMeasure, ...] = ()
    lost_paths: tuple[PathMeasure, ...] = ()
    coarse: bool = False
    people: tuple[PersonMeasure, ...] = ()
    bands: tuple[BandMeasure, ...] = ()
    observation: Observation | None = None
    versions: tuple[VersionMeasure, ...] = ()

    @property
    def finished(self) -> int:
        """Return how many customers were won or lost."""
        return self.won + self.lost

    @property
    def enough(self) -> bool:
        """Tell whether enough customers are finished to tell paths."""
        return self.finished >= FEWEST_FINISHED
