"""Also the maker of the table: run this file to print it from the installed pypinyin."""

import sys

import pytest
from pypinyin import Style, pinyin

from app.models.values.pinyin import full, initials, known_syllables, readings, sort_key, syllables

FIRST, LAST = 0x4E00, 0x9FFF


def of_the_library(char):
    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(one.replace("ê", "e") for one in (found[0] if found else [])))


def table():
    entries = ["/".join(of_the_library(chr(code))) or "-" for code in range(FIRST, LAST + 1)]
    return "\n".join(" ".join(entries[at : at + 64]) for at in range(0, len(entries), 64)) + "\n"


def test_every_reading_of_the_library_comes_first_and_in_order():
    for code in range(FIRST, LAST + 1):
        expected = of_the_library(chr(code))
        assert readings(chr(code))[: len(expected)] == expected
        beyond = readings(chr(code))[len(expected) :]
        assert len(beyond) <= 2
    assert readings("a") == readings("Ａ") == readings("\u3400") == ()


def test_the_table_is_what_the_library_makes():
    from importlib.resources import files

    assert (files("app.models.values") / "pinyin.txt").read_text("ascii") == table()


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("曾国藩", "zeng guo fan"), ("仇和", "qiu he"), ("单雄信", "shan xiong xin"),
        ("区海", "ou hai"),
        ("查良镛", "zha liang yong"), ("解缙", "xie jin"), ("盖叫天", "ge jiao tian"),
        ("朴树", "piao shu"),
        ("尉迟恭", "yu chi gong"), ("万俟卨", "mo qi xie"), ("卜算", "bu suan"),
        ("任正非", "ren zheng fei"),
        ("重庆银行", "chong qing yin hang"), ("厦门大学", "xia men da xue"), ("长沙", "chang sha"),
        ("成都", "cheng du"), ("乐山", "le shan"), ("佛山", "fo shan"),
        ("单县建材市场", "dan xian jian cai shi chang"),
        ("ABC科技", "a b c ke ji"), ("3M中国", "3 m zhong guo"), ("", ""),
    ],
)  # fmt: skip
def test_names_are_read_as_people_read_them(name, read):
    assert " ".join(syllables(name)) == read
    assert full(name) == read.replace(" ", "")
    assert initials(name) == "".join(one[0] for one in read.split())


def test_names_in_order():
    names = [
        "王明",
        "曾强",
        "安徽恒锐",
        "陈晨",
        "重庆银行",
        "张三",
        "西安航天",
        "先锋",
        "陈成",
        "ABC",
    ]
    assert sorted(names, key=sort_key) == [
        "ABC", "安徽恒锐", "陈晨", "陈成", "重庆银行", "王明", "西安航天", "先锋", "曾强", "张三",
    ]  # fmt: skip
    assert sort_key("陈晨") != sort_key("陈辰")


def test_syllables_that_can_be_typed():
    assert {"zhang", "an", "lv", "lu", "nv", "e"} <= known_syllables()
    assert all(one.isascii() and one.isalpha() for one in known_syllables())
    assert readings("吕") == ("lv", "lu")


if __name__ == "__main__":
    sys.stdout.write(table())
