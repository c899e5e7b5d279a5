"""How much alike names, codes and numbers make two customers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.people import read_firm
from app.services.customers.duplicates import likeness
from app.services.customers.duplicates.likeness import Reason, Why, party

GOOD_CODES = ("91350200776049653A", "91440101MA5CJQ4N59")


def _alike(one, other):
    found = likeness.by_name(read_firm(one), read_firm(other))
    return (found.why, found.percent) if found else None


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("恒锐精密机械（苏州）有限公司", "恒锐精密机械有限公司", (Why.name, 96)),
        ("苏州恒锐机械", "恒锐精密机械有限公司", (Why.name, 80)),
        ("温州百川", "温州百川鞋业有限公司", (Why.short, 88)),
        ("无锡启明自动化设备有限公司", "启明自动化", (Why.name, 83)),
        ("恒锐 机械（有限公司）", "恒锐机械(有限公司)", (Why.name, 97)),
        ("苏州恒锐机械有限公司", "苏州恒瑞机械有限公司", (Why.sound, 90)),
        ("江苏恒锐机械有限公司", "苏州恒锐机械股份有限公司", (Why.name, 96)),
        ("ABC Trading Ltd", "abc trading", (Why.name, 96)),
    ],
)
def test_names_that_may_be_one_firm(one, other, found):
    assert _alike(one, other) == _alike(other, one) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("华为技术有限公司", "华为科技有限公司"),
        ("宏达机械设备有限公司", "宏远机械设备有限公司"),
        ("杭州恒锐机械有限公司", "苏州恒锐机械有限公司"),
        ("恒锐机械有限公司上海分公司", "恒锐机械有限公司"),
        ("温州百川", "杭州百川鞋业有限公司"),
        ("海川", "百川"),
    ],
)
def test_names_of_two_firms(one, other):
    assert _alike(one, other) is None
    assert _alike(other, one) is None


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_is_the_same_both_ways_and_total_for_itself(one, other):
    assert _alike(one, other) == _alike(other, one)
    assert _alike(one, one) == ((Why.name, 97) if read_firm(one).key else None)


def test_people_are_alike_only_by_the_same_name():
    person = party("王芳", kind="person")
    assert likeness.by_names(person, person) == Reason(Why.name, 80)
    assert likeness.by_names(person, party("王方", kind="person")) is None


def test_a_short_name_is_another_name_of_the_firm():
    firm = party("苏州工业园区东方仪表厂", "恒锐机械")
    found = likeness.by_names(firm, party("恒锐精密机械有限公司"))
    assert found == Reason(Why.name, 80)


def test_a_short_name_stands_for_the_firm_of_its_place_only():
    here = party("苏州启明自动化设备有限公司", "启明自动化")
    there = party("杭州启明自动化设备有限公司", "启明自动化")
    assert likeness.by_names(here, there) is None
    assert likeness.by_names(here, party("启明自动化")) == Reason(Why.name, 96)


def test_one_code_is_one_firm_however_it_is_written():
    one, other = party("甲", uscc=GOOD_CODES[0]), party("乙", uscc=GOOD_CODES[0].lower() + " ")
    reason = likeness.by_code(one, other)
    assert reason == Reason(Why.uscc, 99, GOOD_CODES[0])
    assert likeness.certainty(one, other, [reason]) == 99
    assert likeness.by_code(party("甲"), party("乙")) is None


def test_two_sound_codes_are_two_firms_unless_the_name_is_the_same():
    one, other = (party("恒锐机械", uscc=code) for code in GOOD_CODES)
    assert likeness.certainty(one, other, [Reason(Why.name, 96)]) == 0
    assert likeness.certainty(one, other, [Reason(Why.phone, 90)]) == 0
    assert likeness.certainty(one, other, [Reason(Why.name, 97)]) == 80
    wrong = party("恒锐机械", uscc=GOOD_CODES[1][:-1] + "0")
    assert likeness.certainty(one, wrong, [Reason(Why.name, 96)]) == 96


def test_reasons_add_up_but_never_to_a_hundred():
    firm = party("甲")
    mobile, landline = likeness.by_phone("13812904417"), likeness.by_phone("051262884100")
    assert (mobile.percent, landline.percent) == (90, 82)
    assert likeness.certainty(firm, firm, [landline]) == 82
    assert likeness.certainty(firm, firm, [landline, Reason(Why.name, 81)]) == 97
    assert likeness.certainty(firm, firm, [mobile, Reason(Why.name, 96)]) == 99


def test_a_short_form_that_fits_many_says_nothing():
    short, name = Reason(Why.short, 88), Reason(Why.name, 96)
    assert not likeness.too_short([short], 3)
    assert likeness.too_short([short], 4)
    assert not likeness.too_short([short, name], 4)
