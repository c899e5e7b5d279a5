"""号段归属: a table in the layout of product.md 5.3, installed, damaged, asked."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.services.radar import phone_table
from app.services.radar.codes import check_code
from app.services.radar.phone_table import PhoneTable


def made(rows):
    """Build a table of (prefix, record, type)."""
    records, offsets = b"", {}
    for _prefix, record, _kind in rows:
        if record not in offsets:
            offsets[record] = 8 + len(records)
            records += record.encode() + b"\0"
    index = b"".join(struct.pack("<iiB", p, offsets[r], k) for p, r, k in sorted(rows))
    return struct.pack("<4si", b"2601", 8 + len(records)) + records + index


ROWS = [
    (1380512, "江苏|苏州|215000|0512", 1),
    (1390000, "北京|北京|100000|010", 2),
    (1920000, "四川|成都|610000|028", 7),
    (1700000, "广东|深圳|518000|0755", 4),
]


def test_ranges_are_found_with_place_and_first_issuer():
    table = PhoneTable(made(ROWS))
    assert (table.version, table.count) == ("2601", 4)
    found = table.find("13805127746")
    assert (found.province, found.city, found.area_code, found.issuer) == (
        "江苏", "苏州", "0512", "中国移动",
    )  # fmt: skip
    assert table.find("19200001234").issuer == "中国广电"
    assert table.find("17000001234").issuer == "电信虚拟运营商"


@pytest.mark.parametrize("digits", ["13805137746", "10086", "", "1380512774", "051262345678", "x"])
def test_what_is_not_in_it_is_none(digits):
    assert PhoneTable(made(ROWS)).find(digits) is None


@given(st.sets(st.integers(1_300_000, 1_999_999), min_size=1, max_size=80), st.integers(0, 9_999))
def test_every_range_is_found_and_no_other(prefixes, tail):
    table = PhoneTable(made([(one, f"省|市{one}|1|2", 1) for one in prefixes]))
    for one in prefixes:
        assert table.find(f"{one}{tail:04}").city == f"市{one}"
        if one + 1 not in prefixes:
            assert table.find(f"{one + 1}{tail:04}") is None


@pytest.mark.parametrize(
    "content",
    [b"", b"1234", b"PK\3\4" * 50, made(ROWS)[:-3], made(ROWS).replace("江苏|".encode(), b"x" * 7),
     made(ROWS).replace("广东|深圳".encode(), b"\xff" * 13)],
)  # fmt: skip
def test_another_file_is_refused(content):
    with pytest.raises(UserError) as told:
        PhoneTable(content)
    assert told.value.code == "bad_phone_table"


def test_it_is_installed_used_and_said_by_check(tmp_path, monkeypatch):
    monkeypatch.setenv("GENDAN_CONFIG_DIR", str(tmp_path / "config"))
    before = check_code("13805127746").decoded
    assert phone_table.installed() is None
    file = tmp_path / "given.dat"
    file.write_bytes(made(ROWS))
    assert phone_table.install(file).count == 4
    decoded = check_code("13805127746").decoded
    assert (decoded["place"], decoded["carrier"], decoded["class"]) == (
        "江苏苏州",
        "中国移动",
        "手机",
    )
    assert check_code("13805137746").decoded == check_code("13805137746").decoded
    file.write_bytes(b"nothing")
    with pytest.raises(UserError):
        phone_table.install(file)
    assert phone_table.installed().count == 4
    phone_table.table_file().write_bytes(b"damaged")
    assert check_code("13805127746").decoded == before


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(UserError) as told:
        phone_table.install(tmp_path / "none.dat")
    assert told.value.code == "unreadable_phone_table"


@pytest.mark.parametrize(
    ("written", "words"),
    [("138 0512 7746", "手机"), ("0512-62345678", "固话"), ("4008201234", "客服热线"),
     ("95588", "服务短号"), ("10086", "服务短号"), ("1069000012345", "短信平台"),
     ("+1 650 253 0000", "境外")],
)  # fmt: skip
def test_the_class_of_a_number(written, words):
    assert check_code(written).decoded["class"] == words
