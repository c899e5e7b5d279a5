"""The boss's report of one month: the KPIs, the year behind them, money, people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from app.errors import UserError
from app.i18n import N_, _
from app.models.values import periods
from app.models.values.periods import By, Period
from app.services.kpi.measures import measure_named
from app.services.kpi.queries import EVERYBODY, KpiQuery
from app.services.kpi.reporting import macro_tables, staff_tables
from app.services.kpi.reporting.shapes import Report, Table
from app.services.staff.summary import SummaryQuery

if TYPE_CHECKING:
    from app.services.office import Office

_MONTHS = 12


def month_before(day: date) -> Period:
    """Return the month before that of a day: the newest whole one."""
    return periods.previous(periods.period_of(day, By.month))


def monthly_report(office: Office, label: str) -> Report:
    """Return the report of a month; raise bad_period, or not_yet for a month to come."""
    month = office.kpi.period(label, By.month)
    today = office.context.today()
    if month.start > today:
        raise UserError(
            "not_yet",
            N_("{label} 还没到"),
            advice=N_("选一个已经开始的月份"),
            label=label,
        )
    first = month
    for _step in range(_MONTHS - 1):
        first = periods.previous(first)
    as_of = min(month.end, today)
    over = month.end < today
    query = KpiQuery(first.label, month.label, By.month, as_of=as_of, align=not over)
    found = office.kpi.macro(query)
    if over:  # its last day is the as-of day, and over all the same
        whole = tuple(replace(one, complete=True) for one in found.periods)
        found = replace(found, periods=whole)
    splits = office.kpi.purchases([one.period for one in found.periods], as_of=as_of)
    summary = office.staff.summary(SummaryQuery(month.start, month.end, today=as_of))
    notes = macro_tables.notes_of(month.label, macro_tables.filter_words(EVERYBODY), as_of)
    names = list(found.periods[-1].metrics)
    definitions = macro_tables.definitions_table(notes, names)
    people = staff_tables.staff_definitions(())
    return Report(
        _("{month} 经营月报").format(month=month.label),
        notes,
        (
            macro_tables.headline_table(found, month.label),
            macro_tables.trend_table(found, measure_named("conversion")),
            macro_tables.period_table(found, [measure_named(name) for name in names]),
            macro_tables.purchase_table(splits),
            staff_tables.staff_table(summary),
        ),
        Table(definitions.title, definitions.columns, (*definitions.rows, *people.rows)),
    )
