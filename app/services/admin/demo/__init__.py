"""A believable office of any size, the same again for the same seed and day.

The story is told customer by customer and written many rows at a time past the rules
that hold at each commit; what those rules derive is then made set by set. A test holds
that nothing differs from what the rules would have made of it.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from app.i18n import N_, translate
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import Contact, Customer
from app.models.tables.deals import Contract, Opportunity, Payment
from app.models.tables.followups import FollowUp, NextStep
from app.models.values import dates
from app.models.values.clock import FixedClock
from app.models.values.ids import IdMaker
from app.services.admin import OfficeDraft, read_settings
from app.services.admin.demo.cast import cast_of, players_of
from app.services.admin.demo.courses import Courses
from app.services.admin.demo.fates import fate_of
from app.services.admin.demo.firms import Founding
from app.services.admin.demo.piles import Piles
from app.services.admin.demo.scene import Days, Dice, Scene, words
from app.services.admin.demo.signings import Signings
from app.services.admin.demo.steps import MORNING
from app.services.admin.demo.touches import Touches
from app.services.admin.setting_up import set_up
from app.services.context import Context
from app.services.customers import heads, lives, searching
from app.services.features import read_fields
from app.services.jobs import Progress
from app.services.kpi import rebuilding
from app.services.radar import standing
from app.services.staff import StaffDraft

_CHUNK = 1_000
_NODE = 1


@dataclass(frozen=True, slots=True)
class DemoDraft:
    """How large the office is to be, and the seed of its story."""

    customers: int = 600
    years: int = 3
    seed: int = 1
    staff: int = 9


@dataclass(frozen=True, slots=True)
class DemoCounts:
    """How many rows of each kind were made."""

    customers: int
    contacts: int
    followups: int
    next_steps: int
    calibrations: int
    opportunities: int
    contracts: int
    payments: int
    staff: int


def fill_demo(context: Context, draft: DemoDraft, progress: Progress | None = None) -> DemoCounts:
    """Fill an empty book; a failure or a stop on the way leaves it half filled."""
    told = progress or Progress()
    today = context.today()
    own = _own_context(context, today, draft.years)
    scene = _scene(own, draft, today)
    _tell(own, scene, draft, told)
    _derive(own, told)
    Courses(own, scene).write(told)
    count = scene.piles.counts
    return DemoCounts(
        customers=count[Customer],
        contacts=count[Contact],
        followups=count[FollowUp],
        next_steps=count[NextStep],
        calibrations=count[CalibrationEvent],
        opportunities=count[Opportunity],
        contracts=count[Contract],
        payments=count[Payment],
        staff=len(scene.players),
    )


def _own_context(context: Context, today: date, years: int) -> Context:
    """Return a context whose clock and ids depend on the day alone, before anybody's ids."""
    morning = dates.day_window(today, context.zone)[0] + MORNING * 1000
    begin = today - timedelta(days=366 * years + 31)
    make_id = IdMaker(_NODE, dates.day_window(begin, context.zone)[0])
    return Context(context.database, FixedClock(morning), context.zone, context.bus, make_id)


def _scene(context: Context, draft: DemoDraft, today: date) -> Scene:
    dice, days = Dice(draft.seed), Days(today, draft.years, context.zone)
    office = words("office")
    cast = cast_of(office, draft.staff, days, dice)
    with context.write() as unit:
        staff: tuple[StaffDraft, ...] = tuple(one.draft for one in cast)
        set_up(unit, OfficeDraft(office["company"], staff, office["template"]))
    with context.read() as reader:
        return Scene(
            dice,
            days,
            Piles(context.make_id),
            players_of(reader, cast),
            read_fields(reader),
            context.zone,
            read_settings(reader).hours(),
        )


def _tell(context: Context, scene: Scene, draft: DemoDraft, progress: Progress) -> None:
    founding, touches, signings = Founding(scene), Touches(scene), Signings(scene)
    days = _arrivals(scene, draft.customers)
    for start in range(0, len(days), _CHUNK):
        progress.step(start, len(days), translate(N_("正在编写客户的经过")))
        for day in days[start : start + _CHUNK]:
            firm = founding.found(day)
            fate = fate_of(scene, firm)
            touches.write(firm, fate)
            signings.write(firm, fate)
        with context.write() as unit:
            scene.piles.write(unit)
    progress.step(len(days), len(days))


def _arrivals(scene: Scene, count: int) -> list[int]:
    """Return the day on which each customer came, in order."""
    sums = list(accumulate(scene.days.arrivals()))
    return sorted(bisect(sums, scene.dice.roll() * sums[-1]) for _ in range(count))


def _derive(context: Context, progress: Progress) -> None:
    """Make everything that the rules before commit would have kept."""
    progress.step(0, 0, translate(N_("正在汇总客户的现状")))
    with context.write() as unit:
        heads.refresh_all(unit)
        lives.refresh_all(unit)
        standing.refresh_all(unit)
    progress.step(0, 0, translate(N_("正在建立搜索索引")))
    with context.write() as unit:
        searching.rebuild_search(unit, progress)
    progress.step(0, 0, translate(N_("正在汇总指标")))
    with context.write() as unit:
        rebuilding.rebuild(unit, progress)
