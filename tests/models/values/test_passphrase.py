"""How strong a passphrase is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.passphrase import SHORTEST, Strength, estimate, length


@pytest.mark.parametrize(
    ("passphrase", "strength"),
    [
        ("", Strength.too_short),
        ("Tr0ub4dor", Strength.too_short),
        ("密码", Strength.too_short),
        ("aaaaaaaaaaaa", Strength.weak),
        ("1234567890", Strength.weak),
        ("password2026", Strength.weak),
        ("woaini1314520", Strength.weak),
        ("zhangwei19850612", Strength.weak),
        ("qwertyuiopasdf", Strength.weak),
        ("lanhai-7392x", Strength.strong),
        ("correct horse battery staple", Strength.very_strong),
        ("老地方见面喝龙井茶", Strength.very_strong),
    ],
)
def test_people_are_told_the_truth(passphrase, strength):
    assert estimate(passphrase).strength is strength


def test_a_chinese_character_counts_twice():
    assert length("跟单 ab") == 7
    assert estimate("春江花月夜").strength is not Strength.too_short


@given(st.text(max_size=60))
def test_any_text_has_an_estimate(passphrase):
    found = estimate(passphrase)
    assert found.bits >= 0
    assert (found.strength is Strength.too_short) == (length(passphrase) < SHORTEST)


@given(st.text(alphabet="abcxyz0189 !", min_size=1, max_size=30))
def test_a_longer_one_is_never_weaker_for_its_last_unusual_sign(passphrase):
    assert estimate(passphrase + "汉").bits >= estimate(passphrase).bits
