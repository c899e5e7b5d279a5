"""Every figure opens: the rows behind it, the panels beside it, the JSON of it."""

from datetime import date

import pytest

from app.errors import UserError
from app.models.values.periods import By
from app.services.kpi import KpiFilter, KpiQuery
from app.services.kpi.as_json import macro_json, rows_json


def names(rows):
    return [row.customer[0] for row in rows]


METRICS = ("conversion", "conversion_90", "repurchase", "first_deal_fen", "cycle_days", "touches")


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("label", ["2026-08", "2026-09", "2026-10", "2026-11", "2026-Q3"])
@pytest.mark.parametrize("as_of", [None, date(2026, 10, 10)])
def test_rows_give_the_figure_they_stand_behind(office, worked, metric, label, as_of):
    period = office.kpi.period(label)
    found = office.kpi.rows(metric, period, as_of=as_of)
    report = office.kpi.macro(KpiQuery(label, label, by=period.by, as_of=as_of))
    figure = report.periods[0].metrics[metric]
    assert (found.value, found.n) == (figure.value, figure.n)


def test_rows_say_who_is_counted(office, worked):
    found = office.kpi.rows("conversion", office.kpi.period("2026-08"))
    assert [(row.customer[0], row.counted) for row in found.rows] == [
        ("A", True), ("B", True), ("C", False),
    ]  # fmt: skip
    assert found.rows[0].first_sign_on == "2026-08-24"
    assert found.rows[0].second_sign_on == "2026-10-15"
    assert "÷" in found.formula


def test_rows_say_what_was_left_out_and_why(office, worked):
    worked.customer("K", "08-25", historic=True)
    void = office.kpi.rows("first_deal_fen", office.kpi.period("2026-09"))
    assert [(row.customer[0], row.reason) for row in void.excluded] == [("C", "合同已作废")]
    unsigned = office.kpi.rows("repurchase", office.kpi.period("2026-08"))
    assert [(row.customer[0], row.reason) for row in unsigned.excluded] == [
        ("C", "还没签约"), ("K", "历史数据"),
    ]  # fmt: skip
    office.customers.remove((worked.ids["B"],))
    binned = office.kpi.rows("conversion", office.kpi.period("2026-08"))
    assert ("B", "在回收站里") in [(row.customer[0], row.reason) for row in binned.excluded]
    young = office.kpi.rows("conversion_90", office.kpi.period("2026-10"))
    assert {row.reason for row in young.excluded} == {"新增的天数还不够"}


def test_framework_contracts_are_named(office, worked):
    worked.customer("K", "10-02")
    worked.sign("K", "10-20", None)
    found = office.kpi.rows("first_deal_fen", office.kpi.period("2026-10"))
    assert [(row.customer[0], row.reason) for row in found.excluded] == [
        ("K", "首次签的是没有金额的框架合同"),
    ]


def test_an_unknown_kpi_or_period_is_told(office):
    with pytest.raises(UserError, match="没有这个指标"):
        office.kpi.rows("turnover", office.kpi.period("2026-08"))
    with pytest.raises(UserError, match="没有这个期间"):
        office.kpi.period("2026-13")
    with pytest.raises(UserError, match="没有这个期间"):
        office.kpi.macro(KpiQuery("2026-09", "2026-08"))


def test_a_label_tells_its_kind(office):
    kinds = {"2026-10": By.month, "2026-Q4": By.quarter, "2026-W47": By.week,
             "2026-H2": By.half, "2026": By.year, "2026-10-05": By.day}  # fmt: skip
    assert {label: office.kpi.period(label).by for label in kinds} == kinds


def test_stages_of_a_cohort(office, past):
    """The worked table of product.md 2.2: a skip counts, moving back takes nothing away."""
    for name in "XYZ":
        past.customer(name, "11-02")
    for name, place in (("X", 2), ("X", 3), ("X", 5), ("Y", 3), ("Z", 2)):
        office.customers.move_stage(past.ids[name], place)
    office.customers.move_stage(past.ids["Z"], 1, "还没想清楚")
    steps = office.kpi.stage_conversion(office.kpi.period("2026-11"))
    assert [(one.name, one.count) for one in steps] == [
        ("新客", 3), ("初访", 3), ("需求", 3), ("方案", 2), ("谈判", 1), ("成交", 1),
    ]  # fmt: skip
    need, solution, _, won = steps[2:]
    assert (need.onward, solution.onward, won.onward) == (1.0, 2 / 3, 1.0)
    assert won.count / solution.count == 0.5
    assert won.share == pytest.approx(1 / 3)
    assert [one.skipped for one in steps] == [0, 2, 1, 0, 1, 0], "Y 需求, X 谈判; X and Y 初访"
    assert [one.back for one in steps] == [0, 0, 1, 0, 0, 0]


def test_a_signing_has_reached_the_last_stage(office, worked):
    steps = office.kpi.stage_conversion(office.kpi.period("2026-09"))
    assert (steps[0].count, steps[-1].count) == (4, 3)
    earlier = office.kpi.stage_conversion(office.kpi.period("2026-09"), as_of=date(2026, 9, 30))
    assert (earlier[0].count, earlier[-1].count) == (4, 1)


def test_first_and_repeat_money(office, worked):
    periods = [office.kpi.period(f"2026-{month:02d}") for month in (8, 9, 10, 11)]
    found = office.kpi.purchases(periods)
    yuan = [(one.first_fen // 100, one.repeat_fen // 100) for one in found]
    assert yuan == [(50_000, 0), (102_000, 0), (93_000, 20_000), (0, 15_000)]
    assert [one.complete for one in found] == [True, True, True, False]
    weeks = office.kpi.purchases([office.kpi.period("2026-W42")])
    assert [(one.first_fen, one.repeat_fen) for one in weeks] == [(900_000, 2_000_000)]
    early = office.kpi.purchases(periods[2:3], as_of=date(2026, 10, 14))
    assert [(one.first_fen, one.repeat_fen) for one in early] == [(6_900_000, 0)]


def test_by_person(office, past):
    for name, owner in (("A", "周敏"), ("B", "周敏"), ("C", "陈立")):
        past.customer(name, "10-05", owner)
    past.sign("A", "10-08", 100)
    found = office.kpi.by_person("conversion", office.kpi.period("2026-10"))
    assert [(one.staff, one.value, one.n) for one in found] == [("周敏", 0.5, 2), ("陈立", 0.0, 1)]


def test_trend_carries_last_year(office, past):
    for name, created in (("A", "2025-10-05"), ("B", "2025-10-06"), ("C", "10-05")):
        past.customer(name, created)
    past.sign("A", "2025-10-08", 100)
    report = office.kpi.macro(KpiQuery("2026-09", "2026-11"))
    points = office.kpi.trend(report, "conversion")
    assert [(one.value, one.last_year) for one in points] == [
        (None, None),
        (0.0, 0.5),
        (None, None),
    ]


def test_json_of_the_contract(office, worked):
    report = macro_json(office.kpi.macro(KpiQuery("2026-10", "2026-11")))
    assert report["as_of"] == "2026-11-23"
    assert report["by"] == "month"
    october = report["periods"][0]
    assert {key: october[key] for key in ("period", "from", "to", "complete")} == {
        "period": "2026-10", "from": "2026-10-01", "to": "2026-10-31", "complete": True,
    }  # fmt: skip
    assert tuple(october["metrics"]) == METRICS
    conversion = october["metrics"]["conversion"]
    assert (conversion["value"], conversion["n"], conversion["signed"]) == (0.5, 2, 1)
    assert conversion["mom"] == {
        "base": 0.75, "change": -0.25, "growth": None, "case": "normal", "aligned": False,
    }  # fmt: skip
    assert conversion["yoy"]["case"] == "no_base"
    deal = october["metrics"]["first_deal_fen"]
    assert (deal["value"], deal["median"], deal["n"]) == (3_100_000, 2_400_000, 3)
    assert isinstance(deal["value"], int)
    assert october["metrics"]["touches"]["value"] == 2.6666666666666665
    rows = rows_json(office.kpi.rows("touches", office.kpi.period("2026-10")))
    assert [(row["customer"][0], row["touches"]) for row in rows["rows"]] == [
        ("E", 5), ("H", 1), ("G", 2),
    ]  # fmt: skip


def test_filters_narrow_by_the_owner_of_the_day(office, past):
    past.customer("A", "10-05", "周敏", source="展会", industry="IT", region_code="320500")
    past.customer("B", "10-06", "陈立", source="展会", region_code="320100", region="南京")
    past.customer("C", "10-07", "周敏", source="官网")
    past.sign("A", "11-02", 100)

    def n(**where):
        query = KpiQuery("2026-10", "2026-10", where=KpiFilter(**where))
        return office.kpi.macro(query).periods[0].metrics["conversion"].n

    zhou = past.staff["周敏"]
    assert (n(), n(staff_id=zhou), n(source="展会"), n(source="没有这个")) == (3, 2, 2, 0)
    assert (n(staff_id=zhou, source="展会"), n(industry="IT"), n(region="320500")) == (1, 1, 1)
    assert (n(region="32"), n(region="3201"), n(region="南京"), n(region="999999")) == (2, 1, 1, 0)
    assert n(team_id=office.staff.teams()[0].id) == 3
