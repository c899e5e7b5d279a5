"""Which names are compared: no pair that is alike is missed, and few others are looked at."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from app.models.values.people import read_firm
from app.services.customers.duplicates import likeness
from app.services.customers.duplicates.blocks import (
    CROWD,
    Names,
    brand_keys,
    brand_pairs,
    pairs_between,
    pairs_of,
)
from app.services.customers.duplicates.likeness import Why


def _alike(names):
    kept, told = Names(), []
    for at, name in enumerate(names):
        kept.add_firm(at, likeness.party(name).firms)
    found = {}
    for pair, reason in kept.alike(lambda done, total: told.append((done, total))):
        found[pair] = max(found.get(pair, 0), reason.percent)
    assert told == [(at, len(told)) for at in range(len(told))]
    return found


@pytest.mark.parametrize(
    ("one", "other", "percent"),
    [
        ("恒锐机械有限公司", "恒锐机械有限责任公司", 96),
        ("恒锐机械（苏州）有限公司", "恒锐机械(苏州)有限公司", 97),
        ("ＡＢＣ机械有限公司", "abc机械有限公司", 97),
        ("苏州恒锐机械有限公司", "江苏省苏州市恒锐机械", 96),
        ("苏州恒锐机械有限公司", "苏州恒瑞机械有限公司", 90),
        ("恒锐达机械", "恒锐机械", 80),
        ("恒锐集团股份有限公司", "恒锐", 96),
        ("百川", "温州百川鞋业有限公司", 88),
    ],
)
def test_names_of_one_firm_meet(one, other, percent):
    found = _alike([one, "别的食品厂", other]).get((0, 2))
    assert found is not None
    assert found >= percent


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("苏州恒锐机械有限公司", "杭州恒锐机械有限公司"),
        ("恒锐机械有限公司上海分公司", "恒锐机械有限公司"),
        ("华为技术有限公司", "华为科技有限公司"),
    ],
)
def test_names_of_two_firms_do_not(one, other):
    assert _alike([one, other]) == {}


def test_nothing_is_missed_that_comparing_all_would_find():
    dice = random.Random(9)
    brands = ["恒锐", "恒瑞", "衡锐", "恒锐达", "宏达", "鸿达", "宏远", "3M", "中石化工程"]
    brands += ["abctrade", "abctrades", "中石化建工程"]
    trades = ["机械", "精密机械", "机械设备", "食品", ""]
    forms = ["有限公司", "股份有限公司", "", "（苏州）有限公司", "有限公司杭州分公司"]
    places = ["苏州", "杭州", "江苏", ""]
    parts = [(a, b, c, d) for a in places for b in brands for c in trades for d in forms]
    names = ["".join(one) for one in dice.sample(parts, 300)]
    firms = [read_firm(name) for name in names]
    wanted = {
        (a, b): reason.percent
        for (a, one), (b, other) in combinations(enumerate(firms), 2)
        if (reason := likeness.by_name(one, other)) is not None
    }
    found = _alike(names)
    missed = {two for two in wanted if two not in found}
    crowds = {two for two in missed if wanted[two] >= likeness.SAME_CORE}
    assert missed == crowds, "only of a crowd with one name are some left to the first one"
    assert {two: found[two] for two in wanted if two in found} == {
        two: wanted[two] for two in wanted if two in found
    }
    assert set(found) <= set(wanted)


def test_a_name_shares_a_key_with_what_differs_by_a_character():
    assert set(brand_keys("恒锐达")) == {"恒锐达", "恒锐", "恒达", "锐达", "♪hengruida"}
    assert set(brand_keys("恒锐")) == {"恒锐", "♪hengrui"}
    assert set(brand_keys("x")) == {"x"}
    assert len(set(brand_keys("internationaltrade"))) == 3
    assert brand_pairs(["恒锐", "恒瑞", "海川", "恒锐达"]) == [("恒锐", "恒锐达"), ("恒瑞", "恒锐")]


def test_of_a_crowd_each_is_beside_the_first_one():
    many = range(CROWD + 1)
    assert len(list(pairs_of(many[:-1]))) == CROWD * (CROWD - 1) // 2
    assert list(pairs_of(many)) == [(0, at) for at in many[1:]]
    assert list(pairs_of([3, 3])) == []
    assert list(pairs_between([5], [2, 5])) == [(2, 5)]
    assert len(set(pairs_between(range(100), range(100, 200)))) == 199


def test_the_same_name_of_two_people_counts_while_few_have_it():
    for count, pairs in ((3, 3), (4, 0)):
        names = Names()
        for at in range(count):
            names.add_person(at, read_firm("王芳"))
        found = list(names.alike(lambda _done, _total: None))
        assert [reason.why for _pair, reason in found] == [Why.name] * pairs
