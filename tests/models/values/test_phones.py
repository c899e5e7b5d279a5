import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.people import lost_digits, normal_phone, split_phones

TABLE = """
13800138000 | mobile | 13800138000 |
138 0013 8000 | mobile | 13800138000 |
138-0013-8000 | mobile | 13800138000 |
１３８００１３８０００ | mobile | 13800138000 |
+86 13800138000 | mobile | 13800138000 |
+86-138-0013-8000 | mobile | 13800138000 |
0086 13800138000 | mobile | 13800138000 |
86 13800138000 | mobile | 13800138000 |
013800138000 | mobile | 13800138000 |
1795113800138000 | mobile | 13800138000 |
13800138000.0 | mobile | 13800138000 |
'13800138000 | mobile | 13800138000 |
手机：13800138000 | mobile | 13800138000 |
13800138000(微信同号) | mobile | 13800138000 |
1.3800138000E+10 | mobile | 13800138000 |
19912345678 | mobile | 19912345678 |
0571-87654321 | phone | 057187654321 |
(0571)87654321 | phone | 057187654321 |
（0571）8765 4321 | phone | 057187654321 |
57187654321 | phone | 057187654321 |
571-87654321 | phone | 057187654321 |
+86 571 87654321 | phone | 057187654321 |
+86 (0)571 87654321 | phone | 057187654321 |
8657187654321 | phone | 057187654321 |
2882544696 | phone | 02882544696 |
028-82544696 | phone | 02882544696 |
010-65432100 | phone | 01065432100 |
1065432100 | phone | 01065432100 |
0574-7934797 | phone | 05747934797 |
0571-87654321转802 | phone | 057187654321 | 802
0571-87654321 分机 802 | phone | 057187654321 | 802
0571-87654321 ext.802 | phone | 057187654321 | 802
0571-87654321-802 | phone | 057187654321 | 802
(0571)87654321-802 | phone | 057187654321 | 802
0571-87654321*802 | phone | 057187654321 | 802
87654321转8 | phone | 87654321 | 8
87654321 | phone | 87654321 |
8765432 | phone | 8765432 |
400-820-8820 | phone | 4008208820 |
4008208820转1 | phone | 4008208820 | 1
800-810-0000 | phone | 8008100000 |
95588 | phone | 95588 |
10086 | phone | 10086 |
12345 | phone | 12345 |
110 | phone | 110 |
96110 | phone | 96110 |
10690123456789 | phone | 10690123456789 |
+1 415 555 2671 | phone | 0014155552671 |
+852 2123 4567 | phone | 0085221234567 |
"""


@pytest.mark.parametrize("row", TABLE.strip().splitlines())
def test_numbers_as_people_write_them(row):
    raw, kind, digits, extension = (part.strip() for part in row.split("|"))
    number = normal_phone(raw)
    assert number is not None
    assert (number.kind, number.digits, number.extension) == (kind, digits, extension)


@pytest.mark.parametrize(
    "raw",
    ["", "—", "无", "王总", "1380013800", "138001380001", "12", "abc13800138000x", "1.38E+10",
     "0000000000",
     "wang@qq.com", "2026-11-23 10:30", "1" * 30, "023", "1234567"],
)  # fmt: skip
def test_what_is_no_number(raw):
    assert normal_phone(raw) is None


def test_numbers_of_a_sheet():
    for raw in (13800138000, 13800138000.0):
        number = normal_phone(raw)
        assert number is not None
        assert (number.kind, number.digits) == ("mobile", "13800138000")
    landline = normal_phone(57478855624.0)
    assert landline is not None
    assert landline.digits == "057478855624"
    assert normal_phone(1380013800.5) is None
    assert normal_phone(float("nan")) is None
    assert lost_digits("1.38E+10")
    assert not lost_digits("1.3800138000E+10")
    assert not lost_digits("13800138000")


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("13800138000、13900139000", ["13800138000", "13900139000"]),
        ("13800138000/13900139000", ["13800138000", "13900139000"]),
        ("13800138000;13900139000", ["13800138000", "13900139000"]),
        ("13800138000，13900139000", ["13800138000", "13900139000"]),
        ("13800138000 13900139000", ["13800138000", "13900139000"]),
        ("13800138000\n13900139000", ["13800138000", "13900139000"]),
        ("13800138000或13900139000", ["13800138000", "13900139000"]),
        ("1380013800013900139000", ["13800138000", "13900139000"]),
        ("138 0013 8000 139 0013 9000", ["138 0013 8000", "139 0013 9000"]),
        ("手机13800138000 座机0571-87654321转802", ["手机13800138000", "座机0571-87654321转802"]),
        ("0571 87654321", ["0571 87654321"]),
        ("0571-87654321转802", ["0571-87654321转802"]),
        ("0571-87654321转13800138000", ["0571-87654321", "13800138000"]),
        ("0571-65696328/27", ["0571-65696328", "0571-65696327"]),
        ("王总13800138000", ["13800138000"]),
        ("13800138000(王总)、13900139000(李工)", ["13800138000(王总)", "13900139000(李工)"]),
        ("13800138000,13800138000", ["13800138000"]),
        ("1380013800", ["1380013800"]),
        ("13800138000、139001390", ["13800138000", "139001390"]),
        ("１３８００１３８０００", ["13800138000"]),
        ("1.38E+10", ["1.38E+10"]),
        ("王总", []), ("", []), ("—", []),
    ],
)  # fmt: skip
def test_several_numbers_in_a_cell(cell, numbers):
    assert split_phones(cell) == numbers


mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
landlines = st.from_regex(
    r"0(10|2[0-9])-[2-9][0-9]{7}|0[3-9][0-9]{2}-[2-9][0-9]{6,7}", fullmatch=True
)
SEPARATORS = ["、", ";", "/", ",", "，", "\n", " / ", "；", "\t", " "]


@given(
    st.lists(mobiles | landlines, min_size=1, max_size=4, unique=True), st.sampled_from(SEPARATORS)
)
def test_joined_numbers_come_apart_again(numbers, separator):
    assert split_phones(separator.join(numbers)) == numbers


@given(mobiles | landlines)
def test_the_normal_form_stays(raw):
    number = normal_phone(raw)
    assert number is not None
    assert normal_phone(number.digits) == number
    assert normal_phone(f"+86 {number.digits}") == number


@given(st.text(max_size=40))
def test_any_text_is_numbers_or_none(text):
    for raw in (text, *split_phones(text)):
        number = normal_phone(raw)
        assert number is None or (number.digits.isascii() and number.digits.isdigit())
