"""Random histories: the facts stay equal to a rebuild, the figures to a slow oracle."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.models.values import periods
from app.models.values.periods import By
from app.services.kpi import KpiFilter, KpiQuery, spans
from app.services.kpi.measures import all_measures
from app.services.staff.summary import COLUMNS, SummaryQuery
from tests.services.kpi import oracle, oracle_indicators
from tests.services.kpi.life import SPAN, START, histories, lived

pytestmark = pytest.mark.timeout(1800)  # of many offices, not of one
METRICS = (*(measure.name for measure in all_measures()), *oracle_indicators.BY_NAME)

filters = st.fixed_dictionaries(
    {},
    optional={
        "staff_id": st.integers(0, 2),
        "team_id": st.integers(0, 2),
        "source": st.sampled_from(["展会", "官网", "没有"]),
        "region": st.sampled_from(["320500", "无锡", "990000", "32", "3205"]),
        "industry": st.sampled_from(["IT", "生产"]),
        "kind": st.sampled_from(["company", "person"]),
        "grade": st.sampled_from(["big", ""]),
        "by_present_owner": st.booleans(),
    },
)
ROUNDS = settings(
    max_examples=int(os.environ.get("GENDAN_OFFICES", "50")),
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking whole books takes minutes
)


@ROUNDS
@given(histories)
def test_the_facts_equal_a_rebuild(history):
    folder, life = lived(history)
    with folder:
        assert life.office.kpi.differences() == []
        life.office.kpi.rebuild()
        assert life.office.kpi.differences() == []
        life.office.close()


KINDS = (By.month, By.week, By.quarter, By.half, By.year)
kinds = st.one_of(
    st.tuples(st.sampled_from(KINDS), st.just(1)),
    st.tuples(st.sampled_from(KINDS[2:]), st.integers(2, 12)),
    st.tuples(st.none(), st.integers(1, 70)),
)
"""A kind of period with its fiscal month, or a range of so many days."""
ways = st.fixed_dictionaries(
    {"align": st.booleans(), "festival": st.booleans(), "shift": st.booleans()}
)


def asked_for(kind, first, calendar):
    """Return the periods of a kind from a day, and what asks for them."""
    by, number = kind
    if by is None:
        newest = spans.own_range(first, first + timedelta(number - 1))
        asked = {"from_on": newest.start, "to_on": newest.end, "back": 2}
        return [periods.previous(periods.previous(newest)), periods.previous(newest), newest], asked
    begin = calendar.period_of(first, by, fiscal=number > 1)
    end = periods.following(periods.following(begin))
    asked = {"first_label": begin.label, "last_label": end.label, "by": by}
    return [begin, periods.following(begin), end], asked


@ROUNDS
@given(histories, filters, kinds, st.integers(0, SPAN), st.integers(0, SPAN), ways)
def test_the_figures_equal_the_oracle(history, where, kind, first, as_of, ways):
    folder, life = lived(history)
    with folder:
        compare_all(life, where, kind, (first, as_of), ways)
        life.office.close()


def compare_all(life, where, kind, days, ways):
    """Compare every metric for some periods of a kind with the slow figures."""
    office = life.office
    office.admin.change_settings(fiscal_start_month=kind[1] if kind[0] else 1)
    first, newest = (START + timedelta(one) for one in days)
    wanted, asked = asked_for(kind, first, office.kpi.calendar())
    query = KpiQuery(
        **asked, **ways, as_of=newest, where=chosen_of(life, where), metrics=METRICS
    )  # fmt: skip
    compare(office, query, newest, wanted)


def chosen_of(life, where):
    """Return a filter for the people of a life."""
    where, teams = dict(where), [one.id for one in life.office.staff.teams()]
    if "staff_id" in where:
        where["staff_id"] = life.staff[where["staff_id"]]
    if "team_id" in where:
        where["team_id"] = teams[where["team_id"] % len(teams)]
    return KpiFilter(**where)


def compare(office, query, as_of, wanted):
    rows = oracle.Rows(office)
    members = oracle.population(rows)

    def figure(metric, period, last):
        if metric in oracle_indicators.BY_NAME:
            return oracle_indicators.figure(rows, members, metric, query.where, period, last, as_of)
        days = (period.start, last)
        return oracle.figure(rows, members, metric, query.where, days, as_of)

    report = office.kpi.macro(query)
    assert [one.period for one in report.periods] == wanted
    for shown in report.periods:
        period = shown.period
        assert shown.complete == (as_of > period.end)
        before = oracle.year_before(period, query)
        for metric, found in shown.metrics.items():
            value, n, values = figure(metric, period, period.end)
            assert (metric, period.label, found.n) == (metric, period.label, n)
            assert same(found.value, value), (metric, period.label, found.value, value)
            if values:
                assert same(found.median, oracle.middle(values))
            for base, change in ((periods.previous(period), found.mom), (before, found.yoy)):
                if base is None:
                    assert change.case == "no_period"
                    continue
                cut = query.align and as_of <= period.end
                passed = max(0, min((as_of - period.start).days + 1, period.days))
                if cut and not passed:
                    assert found.value is None  # it has not begun: there is nothing to compare
                    continue
                last = min(base.end, base.start + timedelta(passed - 1)) if cut else base.end
                expected, _, _ = figure(metric, base, last)
                assert change.aligned == cut, (metric, period.label)
                assert same(change.base, expected), (metric, period.label, base, change, expected)


def same(found, wanted):
    if found is None or wanted is None:
        return found is None and wanted is None
    return found == pytest.approx(float(wanted))


@ROUNDS
@given(histories, st.integers(0, SPAN), st.integers(0, 200))
def test_the_summary_equals_the_oracle(history, first, length):
    folder, life = lived(history)
    with folder:
        begin = START + timedelta(first)
        end = begin + timedelta(length)
        rows = oracle.Rows(life.office)
        members = oracle.population(rows)
        wanted = oracle.summary(rows, members, begin, end)
        found = life.office.staff.summary(SummaryQuery(begin, end))
        for row in found.rows:
            mine = wanted.get(row.staff_id, {})
            for name in COLUMNS:
                if not name.startswith("opportunities") and name not in OF_ESTIMATES:
                    assert (name, getattr(row.totals, name)) == (name, mine.get(name, 0))
        check_totals(found.total, wanted, members, begin, end)
        life.office.close()


OF_ESTIMATES = ("projects_fen", "new_customers_fen", "lost_fen")
ADDING = (
    "signed_fen", "received_fen", "calls", "connected", "talk_seconds", "sms", "emails", "chats",
    "visits", "followups", "projects", "new_customers", "won_customers", "won_fen",
)  # fmt: skip


def check_totals(total, wanted, members, begin, end):
    for name in ADDING:
        assert getattr(total, name) == sum(mine.get(name, 0) for mine in wanted.values())
    signed = [
        (member.id, one["id"]) for member in members for one in member.effective
        if begin <= one["signed_on"] <= end
    ]  # fmt: skip
    assert total.contracts == len(signed)
    assert total.signed_customers == len({customer for customer, _ in signed})
