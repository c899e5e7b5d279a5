"""Completeness and freshness of a dossier by the formula of product.md 1.3."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.dossier import Finding, Standing, is_stale, standing

TODAY = date(2026, 11, 23)
WEIGHTS = {"统一代码": 3, "主营": 2, "员工规模": 1}


def days_ago(count):
    return TODAY - timedelta(days=count)


@pytest.mark.parametrize(
    ("ages", "score"),
    [
        ({}, 0),
        ({"统一代码": 0}, 50),
        ({"统一代码": 180}, 50),
        ({"统一代码": 181}, 25),
        ({"统一代码": 0, "主营": 0, "员工规模": 0}, 100),
        ({"统一代码": 400, "主营": 400, "员工规模": 400}, 50),
        ({"主营": 0, "员工规模": 200}, 42),
        ({"别的": 0}, 0),
    ],
)
def test_filled_items_count_by_weight_and_stale_ones_half(ages, score):
    findings = [Finding(label, days_ago(age)) for label, age in ages.items()]
    assert standing(findings, WEIGHTS, TODAY, 180).score == score


def test_the_newest_value_of_an_item_counts():
    found = standing(
        [Finding("统一代码", TODAY), Finding("统一代码", days_ago(400))],
        {"统一代码": 1},
        TODAY,
        180,
    )
    assert found == Standing(100, 1, 0, TODAY + timedelta(days=181))


def test_an_item_past_its_own_last_day_is_stale_before_the_office_says_so():
    news = Finding("主营", days_ago(3), expires_on=days_ago(1))
    assert is_stale(news, TODAY, 180)
    assert standing([news], WEIGHTS, TODAY, 180) == Standing(17, 1, 1, None)


def test_without_a_day_nobody_knows_and_it_is_stale():
    assert is_stale(Finding("主营", None), TODAY, 180)


def test_without_weights_there_is_no_score():
    assert standing([Finding("主营", TODAY)], {"主营": 0}, TODAY, 180) == Standing()


@given(
    ages=st.dictionaries(st.sampled_from([*WEIGHTS, "别的"]), st.integers(0, 500)),
    later=st.integers(0, 400),
)
def test_the_score_stays_until_the_day_it_fades(ages, later):
    findings = [Finding(label, days_ago(age)) for label, age in ages.items()]
    now = standing(findings, WEIGHTS, TODAY, 180)
    then = standing(findings, WEIGHTS, TODAY + timedelta(days=later), 180)
    assert then.score <= now.score
    faded = now.fades_on is not None and TODAY + timedelta(days=later) >= now.fades_on
    assert (then.score < now.score or then.stale > now.stale) == faded
