import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.quadrant import (
    Quadrant,
    mean_index,
    percentile_ranks,
    verdict,
    verdict_by_own,
)

NAMES = "甲乙丙丁戊"
EFFORT = [
    [180, 95, 60, 150, 40],
    [540, 400, 150, 300, 90],
    [120, 70, 45, 110, 30],
    [60, 30, 20, 20, 5],
]
RESULT = [
    [30_000, 160_000, 90_000, 120_000, 10_000], [20_000, 120_000, 60_000, 90_000, 15_000],
    [1, 4, 3, 4, 1], [0.05, 0.25, 0.30, 0.20, 0.10],
]  # fmt: skip


def indices(table):
    ranks = [percentile_ranks(row) for row in table]
    return [mean_index(column) for column in zip(*ranks, strict=True)]


def test_worked_table_of_product_2_7():
    effort, result = indices(EFFORT), indices(RESULT)
    assert effort == [90.0, 60.0, 32.5, 57.5, 10.0]
    assert result == [22.5, 82.5, 60.0, 67.5, 17.5]
    verdicts = [verdict(*pair) for pair in zip(effort, result, strict=True)]
    assert verdicts == ["model_worker", "benchmark", "efficient", "regular", "to_activate"]


def test_own_median_below_four_people():
    assert verdict_by_own(1.2, 0.8) is Quadrant.model_worker
    assert verdict_by_own(0.8, 1.2) is Quadrant.efficient
    assert verdict_by_own(1.19, 0.8) is Quadrant.regular
    assert verdict_by_own(None, 0.8) is None
    assert verdict(50, None) is None


def test_what_is_not_known_is_nobodys_peer():
    assert percentile_ranks([5, None, 5, 7]) == [pytest.approx(100 / 3), None,
    pytest.approx(100 / 3),
                                                 pytest.approx(250 / 3)]  # fmt: skip
    assert percentile_ranks([None]) == [None]
    assert mean_index([None, 20, 40]) == 30
    assert mean_index([None]) is None
    assert mean_index([]) is None


@given(st.lists(st.none() | st.integers(-100, 100), max_size=12))
def test_ranks_keep_the_order_and_average_fifty(values):
    ranks = percentile_ranks(values)
    pairs = list(zip(values, ranks, strict=True))
    known = [(v, r) for v, r in pairs if v is not None and r is not None]
    assert all((v is None) == (r is None) for v, r in pairs)
    for one, rank in known:
        for other, other_rank in known:
            assert (one < other) == (rank < other_rank)
    if known:
        assert sum(rank for _, rank in known) / len(known) == pytest.approx(50)


@given(st.floats(0, 100), st.floats(0, 100))
def test_verdicts_follow_the_bands(effort, result):
    found = verdict(effort, result)
    assert (found is Quadrant.model_worker) == (effort >= 60 and result <= 40)
    assert (found is Quadrant.regular) == (40 < effort < 60 or 40 < result < 60)
