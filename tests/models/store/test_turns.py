"""Turns: one thread at a time, in the order of asking."""

from __future__ import annotations

import threading

import pytest

from app.models.store.turns import Turns

WAIT_S = 60


def waiting(turns: Turns, count: int) -> None:
    """Return when so many threads wait."""
    while len(turns._waiting) < count:
        threading.Event().wait(0.001)


def test_who_waits_comes_before_who_asks_again():
    turns, came = Turns(), []

    def save(name):
        with turns:
            came.append(name)

    first = threading.Thread(target=save, args=("save",))
    second = threading.Thread(target=save, args=("other save",))
    with turns:
        came.append("chunk 1")
        first.start()
        waiting(turns, 1)
        second.start()
        waiting(turns, 2)
    with turns:
        came.append("chunk 2")
    first.join(WAIT_S)
    second.join(WAIT_S)
    assert came == ["chunk 1", "save", "other save", "chunk 2"]


def test_who_is_in_may_enter_again_and_keeps_others_out_until_it_has_left():
    turns, came = Turns(), []
    other = threading.Thread(target=lambda: came.append(turns.__enter__()))
    with turns:
        with turns:
            other.start()
            waiting(turns, 1)
        assert came == []
    other.join(WAIT_S)
    assert came == [None]


def test_an_error_inside_gives_the_turn_on():
    turns = Turns()
    with pytest.raises(ValueError, match="no"), turns:
        raise ValueError("no")
    found = []
    other = threading.Thread(target=lambda: found.append(turns.__enter__()))
    other.start()
    other.join(WAIT_S)
    assert found == [None]


def test_no_two_threads_are_in_at_once():
    turns, inside, most = Turns(), [0], [0]

    def work():
        for _ in range(200):
            with turns:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(WAIT_S)
    assert most == [1]
    assert inside == [0]


def test_one_that_gives_up_waiting_is_not_waited_for():
    turns = Turns()
    gone = (1, threading.Event())
    with turns:
        turns._waiting.append(gone)
        turns._step_out(gone)
        turns._waiting.append(gone)
    turns._step_out(gone)  # its turn had come already
    with turns:
        assert not turns._waiting
