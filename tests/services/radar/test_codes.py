"""Codes of product.md 5.2 and phones of 5.3: sound ones, precise problems, every repair."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.iso7064 import mod_11_2, mod_11_10

from app.services.radar.codes import check_code
from app.services.radar.regions import region_of

SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
SOUND = (
    "91350200776049653A", "91440101MA5CJQ4N59", "123502001549897397", "9135021359498494XQ",
)  # fmt: skip


@pytest.mark.parametrize("code", SOUND)
def test_sound_credit_codes_are_decoded(code):
    found = check_code(code)
    assert (found.kind, found.valid, found.suggestions) == ("uscc", True, ())
    assert found.decoded["org_code"] == code[8:17]
    assert found.decoded["region_code"] == code[2:8]


def test_the_parts_of_a_credit_code():
    found = check_code("9135021359498494XQ").decoded
    assert found["authority"] == "市场监管"
    assert found["category"] == "企业"
    assert found["region"] == "福建省厦门市翔安区"


def test_the_wrong_character_is_named_and_mended():
    found = check_code("91350203M0001QAY9B")
    assert found.problem.format(**found.values) == "第 18 位应为 9"
    assert found.suggestions[0] == "91350203M0001QAY99"


@pytest.mark.parametrize(
    "written",
    ["９１３５０２００７７６０４９６５３Ａ", " 9135 0200 7760-49653a ", "9I35O200776049653A"],
)
def test_width_blanks_case_and_lookalikes_are_put_right(written):
    assert check_code(written).code == "91350200776049653A"
    assert check_code(written).valid


def is_sound(code):
    """Check a code by the formulas of product.md 5.2, written anew."""
    if not code[2:8].isdigit() or region_of(code[2:8]) is None:
        return False
    if code[0] not in "123456789ABCDEFGNY" or code[1] not in {"9": "123"}.get(code[0], "1239"):
        return False
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    total = sum(SYMBOLS.index(one) * w for one, w in zip(code[:17], weights, strict=True))
    last = SYMBOLS[(31 - total % 31) % 31]
    body = zip(code[8:16], (3, 7, 9, 10, 5, 8, 4, 2), strict=True)
    rest = 11 - sum(int(one, 36) * w for one, w in body) % 11
    return code[17] == last and code[16] == {10: "X", 11: "0"}.get(rest, str(rest))


@given(at=st.integers(0, 17), symbol=st.sampled_from(SYMBOLS), code=st.sampled_from(SOUND))
@settings(max_examples=60)
def test_the_repairs_are_every_sound_code_one_character_away(at, symbol, code):
    wrong = code[:at] + symbol + code[at + 1 :]
    found = check_code(wrong)
    if found.kind != "uscc" or found.valid:
        return
    near = {wrong[:i] + one + wrong[i + 1 :] for i in range(18) for one in SYMBOLS}
    assert set(found.suggestions) == {one for one in near if is_sound(one)}
    assert code in found.suggestions


def test_a_missing_or_doubled_character_is_mended_too():
    assert "91350200776049653A" in check_code("9135020077604965A").suggestions
    assert "91350200776049653A" in check_code("913502007760496553A").suggestions


def test_places_that_cannot_be():
    told = {check_code(code).problem for code in ("H1350200776049653A", "95350200776049653A")}
    assert all(told)


def test_organisation_codes():
    assert check_code("77604965-3").kind == "org_code"
    assert check_code("77604965-3").valid
    assert check_code("59498494-X").valid
    wrong = check_code("77604965-4")
    assert wrong.problem.format(**wrong.values) == "第 9 位应为 3"
    assert wrong.suggestions[0] == "776049653"


def test_registration_numbers():
    code = "44030110309741"
    sound = code + mod_11_10.calc_check_digit(code)
    found = check_code(sound)
    assert (found.kind, found.valid, found.decoded["region"]) == ("reg_no", True, "广东省深圳市")
    wrong = sound[:-1] + str((int(sound[-1]) + 1) % 10)
    assert sound in check_code(wrong).suggestions


def test_citizen_ids():
    body = "32050319800101123"
    sound = body + mod_11_2.calc_check_digit(body)
    found = check_code(sound)
    assert (found.kind, found.valid) == ("citizen_id", True)
    assert found.decoded["birthday"] == "1980-01-01"
    assert found.decoded["sex"] == "男"
    assert found.decoded["region_note"]  # 平江区 is no more
    wrong = sound[:-1] + ("1" if sound[-1] != "1" else "2")
    told = check_code(wrong)
    assert told.problem.format(**told.values) == f"第 18 位应为 {sound[-1]}"
    assert sound in told.suggestions


@given(st.from_regex(r"62[0-9]{14}(?:[0-9]{3})?", fullmatch=True))
def test_bank_cards(body):
    card = body + luhn.calc_check_digit(body)
    found = check_code(card)
    if found.kind != "bank_card":
        return  # 18 digits may be another kind
    assert found.valid
    assert found.decoded["scheme"] == "银联"
    wrong = card[:-1] + str((int(card[-1]) + 1) % 10)
    assert card in check_code(wrong).suggestions


@pytest.mark.parametrize(
    ("written", "kind", "digits"),
    [
        ("+86 138-1234-5678", "mobile", "13812345678"),
        ("0512-62345678转806", "phone", "051262345678"),
        ("400 812 3456", "phone", "4008123456"),
        ("95588", "phone", "95588"),
    ],
)
def test_phones(written, kind, digits):
    found = check_code(written)
    assert (found.kind, found.valid, found.decoded["digits"]) == (kind, True, digits)


def test_phones_say_where_the_range_belongs_and_what_is_missing():
    assert "苏州" in check_code("0512-62345678转806").decoded["place"]
    assert check_code("0512-62345678转806").decoded["extension"] == "806"
    wrong = check_code("1381234567")
    assert wrong.problem.format(**wrong.values) == "还差 1 位，手机号应为 11 位"


@pytest.mark.parametrize("written", ["", "你好", "12", "<b>", "9" * 40, "1" * 18 + "Z" * 30])
def test_what_is_no_code_is_said(written):
    found = check_code(written)
    assert not found.valid
    assert found.suggestions == ()


def test_regions_of_old_divisions():
    assert region_of("320503").former
    assert region_of("100000").name == "国家"
    assert region_of("999999") is None


@pytest.mark.parametrize(
    ("written", "kind", "year", "place"),
    [
        ("26322000000123456789", "e_invoice", "2026", "江苏省"),
        ("032001900104", "invoice_code", "2019", "江苏省"),
        ("3200193130", "invoice_code", "2019", "江苏省"),
        ("1100 1931 30", "invoice_code", "2019", "北京市"),
    ],
)
def test_codes_of_invoices_are_told_by_their_shape(written, kind, year, place):
    found = check_code(written)
    assert (found.kind, found.valid, found.decoded["year"]) == (kind, True, year)
    assert found.decoded["region"].startswith(place)


@pytest.mark.parametrize("written", ["20322000000123456789", "26992000000123456789", "12345678"])
def test_other_digits_are_no_invoice(written):
    assert check_code(written).kind not in ("e_invoice", "invoice_code")


def test_a_mobile_that_lacks_a_digit_is_no_invoice():
    assert check_code("1381234567").kind == "mobile"
