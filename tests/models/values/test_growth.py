import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.growth import Case, Change, compare

figures = st.one_of(
    st.none(), st.integers(-(10**12), 10**12), st.floats(-1e9, 1e9, allow_subnormal=False)
)


@pytest.mark.parametrize(
    ("cur", "base", "change", "growth", "case"),
    [
        (5_100_000, 5_000_000, 100_000, 0.02, "normal"),
        (3_100_000, 5_100_000, -2_000_000, -0.392156862745098, "normal"),
        (5_000_000, 7_900_000, -2_900_000, -0.367088607594936, "normal"),
        (5_000_000, 4_900_000, 100_000, 0.0204081632653061, "normal"),
        (0, 79_000, -79_000, -1.0, "normal"),
        (5, 0, 5, None, "new"),
        (0, 0, 0, None, "flat"),
        (-5, 0, -5, None, "new"),
        (100, -50, 150, None, "negative_base"),
        (100, None, None, None, "no_base"),
        (None, None, None, None, "no_base"),
        (None, 100, None, None, "no_value"),
        (None, 0, None, None, "no_value"),
    ],
)
def test_cases_of_product_2_5(cur, base, change, growth, case):
    got = compare(cur, base, is_rate=False, aligned=True)
    assert (got.base, got.change, got.case, got.aligned) == (base, change, case, True)
    assert got.growth == (None if growth is None else pytest.approx(growth, rel=1e-12))


def test_rates_are_compared_in_points():
    got = compare(0.75, 2 / 3, is_rate=True, aligned=False)
    assert got.change == pytest.approx(1 / 12)
    assert (got.growth, got.case) == (None, Case.normal)
    assert compare(0.5, 0.0, is_rate=True, aligned=False).case is Case.new


def test_no_period_has_nothing_to_tell():
    none = Change(None, None, None, Case.no_period, aligned=False)
    assert compare(5, 3, is_rate=False, aligned=False, has_period=False) == none
    assert compare(None, None, is_rate=True, aligned=False, has_period=False) == none


@given(figures, figures, st.booleans())
def test_growth_only_over_a_positive_base(cur, base, is_rate):
    got = compare(cur, base, is_rate=is_rate, aligned=False)
    assert (got.growth is not None) == (got.case is Case.normal and not is_rate)
    assert (got.change is None) == (cur is None or base is None)
    if got.growth is not None:
        assert math.isclose(base * (1 + got.growth), cur, rel_tol=1e-6, abs_tol=1e-3)
        assert (got.growth > 0) == (cur > base)
