"""Whatever was done: taking all of it back leaves what was there, doing it again brings it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.services.undo.lives import ACTS, Life

numbers = st.integers(0, 2**12)
steps = st.tuples(st.sampled_from(ACTS), numbers, numbers, numbers)
ROUNDS = settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking whole books takes minutes
)


def take_all_back(office):
    """Press Ctrl+Z until nothing is left; return how often."""
    count = 0
    while (act := office.undo.last()) is not None:
        undone = office.undo.take_back(act.id)
        assert undone.conflicts == (), (act.label, undone.conflicts)
        count += 1
    return count


def do_all_again(office):
    """Press Ctrl+Y until nothing is left; return how often."""
    count = 0
    while (act := office.undo.next_again()) is not None:
        undone = office.undo.do_again(act.id)
        assert undone.conflicts == (), (act.label, undone.conflicts)
        count += 1
    return count


@ROUNDS
@given(st.lists(steps, max_size=6), st.lists(steps, min_size=1, max_size=22))
def test_all_goes_back_and_comes_again(before, after):
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        life = Life(Path(folder))
        for step in before:
            life.do(*step)
        life.office.staff.act_as("乙")  # what 甲 did stays
        was, rows = life.exported(), life.rows()
        for step in after:
            life.do(*step)
        became, fresh = life.exported(), life.rows()
        count = take_all_back(life.office)
        assert life.exported() == was
        assert life.rows() == rows
        assert life.unsound() == []
        life.reopen()
        life.office.staff.act_as("乙")
        assert do_all_again(life.office) == count
        assert life.exported() == became
        assert life.rows() == fresh
        assert take_all_back(life.office) == count
        assert (life.exported(), life.rows()) == (was, rows)
        life.office.close()


BEFORE = (
    ("customer", 7, 3, 1),
    ("customer", 8, 4, 2),
    ("customer", 9, 5, 0),
    *((act, one, 1, 1) for act in ("follow", "contact", "churn") for one in (0, 1)),
    ("sign", 0, 0, 2),
    ("sign", 1, 0, 1),
    ("pay", 0, 3, 2),
    ("pay", 1, 3, 2),
    ("radar", 0, 0, 0),
    ("radar", 1, 0, 0),
    ("unfollow", 0, 0, 0),
    *(("follow", one, 2, 1) for one in range(3)),
)


@pytest.mark.parametrize("act", sorted(set(ACTS)))
def test_each_act_writes_goes_back_and_comes_again(act, tmp_path):
    life = Life(tmp_path)
    for step in BEFORE:
        life.do(*step)
    newest, was = life.office.undo.last(), life.exported()
    life.do(act, 0, 2, 3)
    done = life.office.undo.last()
    assert done is not None
    assert done != newest, "the act did nothing"
    fresh = life.exported()
    assert life.office.undo.take_back(done.id).conflicts == ()
    assert (life.exported(), life.office.undo.last()) == (was, newest)
    assert life.office.undo.next_again().id == done.id
    life.office.undo.do_again(done.id)
    assert life.exported() == fresh
    assert life.office.undo.last().id == done.id
    assert life.unsound() == []
    life.office.close()
