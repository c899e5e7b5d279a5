from hypothesis import given
from hypothesis import strategies as st

from app.views.core.charts.scale import from_zero, near

FIGURES = st.lists(st.floats(-1e9, 1e9, allow_nan=False), max_size=40)


@given(FIGURES)
def test_every_value_lies_on_the_axis(values):
    for scale in (from_zero(values), near(values)):
        assert all(scale.low - 1e-6 <= value <= scale.high + 1e-6 * abs(value) for value in values)
        assert 2 <= len(scale.lines()) <= 12


@given(FIGURES)
def test_bars_always_hold_zero(values):
    scale = from_zero(values)
    assert scale.low <= 0 <= scale.high


def test_a_line_may_begin_above_zero_when_values_lie_close():
    assert near([0.18, 0.19, 0.2]).low > 0
    assert near([0.01, 0.9]).low == 0
