"""Figures from the command line: shapes, filters, refusals."""

from __future__ import annotations

import pytest

METRICS = [
    "conversion", "conversion_90", "repurchase", "first_deal_fen", "cycle_days", "touches",
]  # fmt: skip
CHANGE = {"base", "change", "growth", "case", "aligned"}


def test_kpi_has_the_shape_of_the_contract(gendan, office):
    words = ("kpi", "--from", "2026-10", "--to", "2026-11", "--by", "month")
    answer = gendan(*words, "--as-of", "2026-11-20", "--json").json
    assert (answer["as_of"], answer["by"], answer["filters"]) == ("2026-11-20", "month", {})
    last = answer["periods"][-1]
    assert [one["period"] for one in answer["periods"]] == ["2026-10", "2026-11"]
    assert (last["from"], last["to"], last["complete"]) == ("2026-11-01", "2026-11-30", False)
    assert list(last["metrics"]) == METRICS
    for name, figure in last["metrics"].items():
        assert {"value", "n", "mom", "yoy"} <= set(figure)
        assert set(figure["mom"]) == set(figure["yoy"]) == CHANGE
        assert ("median" in figure) == (name in METRICS[3:])
    assert last["metrics"]["first_deal_fen"]["n"] == 3


@pytest.mark.parametrize(
    ("by", "first", "last", "labels"),
    [
        ("week", "2026-W46", "2026-W47", ["2026-W46", "2026-W47"]),
        ("quarter", "2026-Q3", "2026-Q4", ["2026-Q3", "2026-Q4"]),
        ("half", "2026-H1", "2026-H2", ["2026-H1", "2026-H2"]),
        ("year", "2025", "2026", ["2025", "2026"]),
        ("quarter", "FY2026-Q3", "FY2026-Q4", ["2026-Q3", "2026-Q4"]),
        ("range", "2026-10-05", "2026-11-10", ["2026-10-05..2026-11-10"]),
    ],
)
def test_kpi_takes_every_kind_of_period(gendan, office, by, first, last, labels):
    found = gendan("kpi", "--from", first, "--to", last, "--by", by, "--json").json["periods"]
    assert [one["period"] for one in found] == labels


def test_kpi_filters_by_owner_and_source(gendan, office):
    words = ("kpi", "--from", "2026-06", "--to", "2026-06", "--json")

    def created(*where):
        return gendan(*words, *where).json["periods"][0]["metrics"]["conversion"]["n"]

    everybody = created()
    assert everybody > created("--staff", "周敏") > 0
    assert created("--team", "销售一部") + created("--team", "销售二部") == everybody
    assert created("--source", "展会") == everybody
    assert created("--source", "月球") == created("--region", "999999") == 0


def test_filters_of_kind_grade_and_owner_combine(gendan, office):
    words = ("kpi", "--from", "2026", "--to", "2026", "--by", "year", "--json")

    def created(*where):
        return gendan(*words, *where).json["periods"][0]["metrics"]["conversion"]["n"]

    everybody = created()
    assert created("--kind", "企业") == created("--kind", "company") == everybody > 0
    assert created("--kind", "个人") == created("--grade", "没有这一级") == 0
    grades = [created("--grade", grade) for grade in ("大单", "normal", "小单", "")]
    assert 0 < grades[0] < everybody
    with_staff = created("--staff", "周敏", "--grade", "大单")
    assert with_staff <= min(grades[0], created("--staff", "周敏"))
    rows = gendan("kpi-rows", "conversion", "2026", "--grade", "big", "--json").json
    assert rows["n"] == grades[0]
    lens = gendan(*words, "--staff", "周敏", "--present-owner").json
    assert lens["filters"]["by_present_owner"] is True


def test_kpi_rows_of_a_range_of_days(gendan, office):
    found = gendan("kpi-rows", "conversion", "2026-10-05..2026-11-10", "--json").json
    assert (found["from"], found["to"]) == ("2026-10-05", "2026-11-10")


def test_other_ways_to_compare_are_told(gendan, office):
    words = ("kpi", "--from", "2026-W53", "--to", "2026-W53", "--by", "week", "--json")

    def yoy(*ways):
        return gendan(*words, *ways).json["periods"][0]["metrics"]["conversion"]["yoy"]

    assert yoy()["case"] == "no_period"
    shifted = yoy("--shift")
    assert (shifted["basis"], shifted["from"]) == ("shifted", "2025-12-29")
    words = ("kpi", "--from", "2026-02", "--to", "2026-02", "--json")
    festive = yoy("--festival")
    assert (festive["basis"], festive["from"], festive["to"]) == (
        "festival", "2025-01-13", "2025-02-09",
    )  # fmt: skip


def test_kpi_shows_the_metrics_asked_for(gendan, office):
    words = ("kpi", "--from", "2026-10", "--to", "2026-10", "--json")
    found = gendan(*words, "--metric", "conversion_30", "--metric", "conversion_365").json
    assert list(found["periods"][0]["metrics"]) == ["conversion_30", "conversion_365"]
    assert gendan(*words, "--metric", "wealth").json["error"]["code"] == "no_such_kpi"


@pytest.mark.parametrize(
    ("words", "code", "name"),
    [
        (("kpi", "--from", "2026-13", "--to", "2026-13"), 1, "bad_period"),
        (("kpi", "--from", "2026-10", "--to", "2026-10", "--staff", "没有"), 1, "no_such_staff"),
        (("kpi", "--from", "2026-10", "--to", "2026-10", "--team", "没有"), 1, "no_such_team"),
        (("kpi", "--from", "2026-10"), 2, "usage"),
        (("kpi", "--from", "2026-11-02", "--to", "2026-11-01", "--by", "range"), 1, "bad_period"),
        (("kpi", "--from", "FY2026-Q1", "--to", "2026-Q", "--by", "quarter"), 1, "bad_period"),
        (("kpi-rows", "conversion", "2026-10-05..2026-10-01"), 1, "bad_period"),
        (("kpi", "--from", "2026-10", "--to", "2026-10", "--by", "day"), 2, "usage"),
        (("kpi", "--from", "2026-10", "--to", "2026-10", "--as-of", "today"), 2, "usage"),
        (("kpi", "--from", "2026-10", "--to", "2026-10", "--as-of", "0001-01-01"), 1, "bad_period"),
        (("kpi-rows", "touches", "2026-10", "--as-of", "9999-12-31"), 1, "bad_period"),
        (("staff-summary", "--from", "2026-02-01", "--to", "2026-01-01"), 1, "bad_period"),
        (("staff-summary", "--from", "0001-01-01", "--to", "9999-12-31"), 1, "bad_period"),
        (("kpi-rows", "wealth", "2026-10"), 1, "no_such_kpi"),
        (("kpi-rows", "conversion", "october"), 1, "bad_period"),
        (("staff-summary", "--from", "2026-10-01"), 2, "usage"),
    ],
)
def test_a_wrong_question_is_refused(gendan, office, words, code, name):
    answer = gendan(*words, "--json")
    assert (answer.code, answer.json["error"]["code"]) == (code, name)


def test_kpi_rows_tell_what_was_left_out(gendan, office):
    found = gendan("kpi-rows", "first_deal_fen", "2026-11", "--json").json
    assert found["n"] == len([row for row in found["rows"] if row["first_deal_fen"] is not None])
    assert {"customer", "owner", "first_sign_on"} <= set(found["rows"][0])
    assert found["formula"]
    assert all(row["reason"] for row in found["excluded"])


def test_staff_summary_has_the_shape_of_the_contract(gendan, office):
    words = ("staff-summary", "--from", "2026-07-01", "--to", "2026-11-23")
    found = gendan(*words, "--json").json
    assert (found["from"], found["to"]) == ("2026-07-01", "2026-11-23")
    row = next(row for row in found["rows"] if row["staff"] == "王晓燕")
    assert list(row) == [
        "staff", "team", "left", "signed_fen", "received_fen", "contracts", "signed_customers",
        "calls", "connected", "talk_seconds", "sms", "emails", "chats", "visits", "followups",
        "customers_touched", "opportunities", "opportunities_fen", "projects", "projects_fen",
        "new_customers", "new_customers_fen", "won_customers", "won_fen", "lost_customers",
        "lost_fen", "effort", "result", "quadrant",
    ]  # fmt: skip
    assert (row["signed_fen"], row["received_fen"]) == (22_400_000, 12_000_000)
    assert found["total"]["signed_fen"] == sum(row["signed_fen"] for row in found["rows"])
    assert "王晓燕" in gendan(*words).out


def test_people_read_figures_in_words(gendan, office):
    shown = gendan("kpi", "--from", "2026-10", "--to", "2026-11").out
    assert "转化率" in shown
    assert "还没过完" in shown
    assert "首次签约" in gendan("kpi-rows", "conversion", "2026-06").out
