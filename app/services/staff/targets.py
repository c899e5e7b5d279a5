"""Targets per person and team and month for any metric, and how far they are (2.6, 1.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import select

from app.errors import UserError
from app.i18n import N_
from app.models.store.reader import Reader
from app.models.store.unit import Unit
from app.models.tables.staff import Staff, Target, Team
from app.models.values import periods
from app.models.values.periods import By, Period
from app.models.values.targets import SCALE, need_today, share_done
from app.services.context import Context
from app.services.kpi import macro, spans
from app.services.kpi.metric import Metric
from app.services.kpi.metric import Unit as In
from app.services.kpi.queries import KpiFilter, KpiQuery
from app.services.kpi.registry import all_metrics
from app.services.kpi.workdays import workdays_in
from app.services.staff.summary import (
    ByPerson,
    SummaryQuery,
    Totals,
    read_columns,
    total_of,
)


def _column(name: str, label: str, unit: In) -> Metric:
    return Metric(name=name, label=label, formula=label, unit=unit, place=0, adds_up=True)


COLUMNS: tuple[Metric, ...] = (
    _column("signed_fen", N_("签约额"), In.fen),
    _column("received_fen", N_("回款额"), In.fen),
    _column("contracts", N_("签约合同"), In.times),
    _column("signed_customers", N_("签约客户"), In.customers),
    _column("won_customers", N_("成功客户"), In.customers),
    _column("new_customers", N_("新增客户"), In.customers),
    _column("calls", N_("电话量"), In.times),
    _column("connected", N_("接通数"), In.times),
    _column("visits", N_("拜访"), In.times),
    _column("followups", N_("跟进次数"), In.times),
    _column("customers_touched", N_("跟进客户"), In.customers),
    _column("sms", N_("短信量"), In.times),
    _column("emails", N_("邮件"), In.times),
    _column("chats", N_("微信/QQ 会话日"), In.times),
    _column("opportunities", N_("新机会"), In.times),
    _column("opportunities_fen", N_("新机会金额"), In.fen),
    _column("projects", N_("新项目"), In.times),
    _column("projects_fen", N_("新项目金额"), In.fen),
)
"""The columns of the summary that a target may be set for."""


@cache
def targetable() -> tuple[Metric, ...]:
    """Return every metric a target may be set for: columns of the summary, then KPIs."""
    known = {one.name for one in COLUMNS}
    others = [one for one in all_metrics() if one.name not in known]
    return (*COLUMNS, *(one for one in others if not getattr(one, "missing", "")))


def _named(name: str) -> Metric:
    found = next((one for one in targetable() if one.name == name), None)
    if found is None:
        raise UserError(
            "no_such_kpi",
            N_("没有这个指标：{name}"),
            advice=N_("可用的有 {known}"),
            name=name,
            known=" ".join(one.name for one in targetable()),
        )
    return found


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """A target as typed: for a person or a team; ``value`` None takes it away.

    Money is in fen, rates are fractions.
    """

    metric: str
    value: float | None
    staff_id: int = 0
    team_id: int = 0


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target of a month as shown; ``who`` is the name of the person or team."""

    id: int
    metric: Metric
    value: float
    staff_id: int
    team_id: int
    who: str


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """How far a target is: ``share`` may pass 1; ``need`` is None for what does not add up.

    ``days_left`` are working days to the end of the month, today inside; ``passed`` is the
    part of its working days that is over.
    """

    target: TargetView
    done: float | None
    share: float | None
    need: int | None
    days_left: int
    passed: float


class Targets:
    """Set targets and tell how far they are."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def metrics(self) -> tuple[Metric, ...]:
        """Return every metric a target may be set for."""
        return targetable()

    def save(self, month: str, drafts: Sequence[TargetDraft]) -> None:
        """Bring targets of a month to drafts, as one act.

        Raises ``UserError`` bad_period, no_such_kpi, bad_target; nothing is kept then.
        """
        self._context.require("manage")
        label = self._month(month).label
        for draft in drafts:
            _check(draft)
        with self._context.write(N_("设定目标")) as unit:
            for draft in drafts:
                _keep(unit, label, draft)

    def of_month(self, month: str) -> list[TargetView]:
        """Return the targets of a month: teams first, then people, in the order of metrics."""
        label = self._month(month).label
        with self._context.read() as reader:
            return _read(reader, label)

    def progress(self, month: str = "", staff_id: int | None = None) -> list[TargetProgress]:
        """Return how far the targets of a month (this one by default) are by today.

        With ``staff_id`` those of one person and of nobody else.
        """
        today = self._context.today()
        period = self._month(month or periods.period_of(today, By.month).label)
        with self._context.read() as reader:
            wanted = _read(reader, period.label)
            if staff_id is not None:
                wanted = [one for one in wanted if one.staff_id == staff_id]
            return _Progress(reader, period, today).of(wanted) if wanted else []

    def copy(self, month: str) -> int:
        """Take over the targets of the month before where there are none; return how many."""
        before = periods.previous(self._month(month)).label
        have = {_key(one) for one in self.of_month(month)}
        drafts = [
            TargetDraft(one.metric.name, one.value, one.staff_id, one.team_id)
            for one in self.of_month(before)
            if _key(one) not in have
        ]
        if drafts:
            self.save(month, drafts)
        return len(drafts)

    def _month(self, label: str) -> Period:
        with self._context.read() as reader:
            from app.services.admin import read_settings

            return spans.named_period(label, By.month, read_settings(reader).calendar())


def _key(one: TargetView) -> tuple[str, int, int]:
    return one.metric.name, one.staff_id, one.team_id


def _check(draft: TargetDraft) -> None:
    _named(draft.metric)
    nobody = bool(draft.staff_id) == bool(draft.team_id)
    if nobody or (draft.value is not None and not 0 < draft.value < 1e15):
        raise UserError(
            "bad_target",
            N_("目标要大于零，而且是给一个人或一个部门的"),
            advice=N_("改成一个正数，或空着不设；还没有存"),
        )


def _stored(metric: Metric, value: float) -> int:
    return round(value if _is_counted(metric) else value * SCALE)


def _is_counted(metric: Metric) -> bool:
    return metric in COLUMNS or metric.unit in (In.fen, In.customers)


def _keep(unit: Unit, month: str, draft: TargetDraft) -> None:
    known = unit.scalar(
        select(Target.id).where(
            Target.month == month,
            Target.staff_id == draft.staff_id,
            Target.team_id == draft.team_id,
            Target.metric == draft.metric,
            Target.deleted_at == 0,
        )
    )
    if draft.value is None:
        if known:
            unit.remove(Target, int(known))
        return
    amount = _stored(_named(draft.metric), draft.value)
    if known:
        unit.change(Target, int(known), amount=amount)
    else:
        unit.add(
            Target,
            month=month,
            staff_id=draft.staff_id,
            team_id=draft.team_id,
            metric=draft.metric,
            amount=amount,
        )


def _read(reader: Reader, month: str) -> list[TargetView]:
    place = {one.name: at for at, one in enumerate(targetable())}
    chosen = (
        select(
            Target.id, Target.metric, Target.amount, Target.staff_id, Target.team_id,
            Staff.name, Team.name,
        )
        .outerjoin(Staff, Staff.id == Target.staff_id)
        .outerjoin(Team, Team.id == Target.team_id)
        .where(Target.month == month, Target.deleted_at == 0)
    )  # fmt: skip
    found = []
    for target_id, name, amount, staff_id, team_id, staff, team in reader.rows(chosen):
        if name in place:
            metric = targetable()[place[name]]
            value = amount if _is_counted(metric) else amount / SCALE
            view = TargetView(target_id, metric, value, staff_id, team_id, staff or team or "")
            found.append(view)
    return sorted(found, key=lambda one: (not one.team_id, one.who, place[one.metric.name]))


class _Progress:
    """Compute how far targets of one month are, reading the summary's columns once."""

    def __init__(self, reader: Reader, period: Period, today: date) -> None:
        self._reader, self._period, self._today = reader, period, today
        whole = workdays_in(period.start, period.end)
        started = max(period.start, today)
        self.days_left = workdays_in(started, period.end) if started <= period.end else 0
        self.passed = 1 - self.days_left / whole if whole else 1.0
        self._columns: ByPerson | None = None

    def of(self, wanted: Sequence[TargetView]) -> list[TargetProgress]:
        """Return the progress of each target."""
        return [self._one(target) for target in wanted]

    def _one(self, target: TargetView) -> TargetProgress:
        metric = target.metric
        done = self._column(target) if metric in COLUMNS else self._figure(target)
        left = max(1, self.days_left)
        return TargetProgress(
            target=target,
            done=done,
            share=share_done(done, target.value, higher_is_better=metric.higher_is_better),
            need=need_today(target.value, done, left) if metric.adds_up else None,
            days_left=self.days_left,
            passed=self.passed,
        )

    def _column(self, target: TargetView) -> float:
        if self._columns is None:
            days = self._period.start, self._period.end
            self._columns = read_columns(self._reader, *days, self._today)
        found: Totals
        if target.staff_id:
            found = self._columns.of(target.staff_id)
        else:
            query = SummaryQuery(self._period.start, self._period.end, target.team_id, self._today)
            mates = select(Staff.id).where(Staff.team_id == target.team_id)
            team = {int(row[0]) for row in self._reader.rows(mates)}
            found = total_of(self._reader, query, self._columns, team)
        return float(getattr(found, target.metric.name))

    def _figure(self, target: TargetView) -> float | None:
        where = KpiFilter(staff_id=target.staff_id or None, team_id=target.team_id or None)
        query = KpiQuery(where=where, medians=False, metrics=(target.metric.name,))
        found = macro.read_macro(self._reader, query, [self._period], self._today)
        return found.periods[0].metrics[target.metric.name].value
