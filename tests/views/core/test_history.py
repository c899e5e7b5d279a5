"""Back and forward keep order, and a new way forgets the old one ahead."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.views.core.history import History, Place


def test_a_new_place_forgets_what_was_ahead():
    history = History()
    history.leave(Place("a"))
    assert history.back(Place("b")) == Place("a")
    assert history.can_forward()
    history.leave(Place("a"))
    assert not history.can_forward()


@given(st.lists(st.text("abc", min_size=1, max_size=1), min_size=1, max_size=50))
def test_going_back_and_forth_ends_where_it_began(names):
    history = History()
    for name in names[:-1]:
        history.leave(Place(name))
    present = Place(names[-1])
    walked = [present]
    while history.can_back():
        walked.append(history.back(walked[-1]))
    assert [place.page_id for place in reversed(walked)] == names
    here = walked[-1]
    while history.can_forward():
        here = history.forward(here)
    assert here == present


def test_it_does_not_grow_for_ever():
    history = History()
    for number in range(500):
        history.leave(Place(str(number)))
    steps = 0
    while history.back(Place("x")) is not None:
        steps += 1
    assert steps < 100
