"""Waiting after wrong passphrases, and secrets that do not show."""

from __future__ import annotations

from app.models.values.unlocking import Secret, delay_seconds


def test_the_wait_grows_to_half_a_minute():
    assert [delay_seconds(count) for count in range(9)] == [0, 0, 1, 2, 4, 8, 16, 30, 30]


def test_a_secret_is_not_printed():
    assert "abc" not in repr(Secret("abc1", "abc2", "abc3"))
