"""Codes checked with no network: what is wrong and how to mend it (product.md 5.2, 5.3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.i18n import N_
from app.models.values.people.codes import check_uscc
from app.models.values.people.phones import ChannelKind, normal_phone
from app.models.values.text import fold
from app.services.radar import phone_table
from app.services.radar.regions import has_province, region_of

USCC, ORGANISATION, REGISTRATION = "uscc", "org_code", "reg_no"
CITIZEN, CARD, MOBILE, PHONE, UNKNOWN = "citizen_id", "bank_card", "mobile", "phone", "unknown"
INVOICE, E_INVOICE = "invoice_code", "e_invoice"

_LONGEST_PHONE, _SHORTEST_CODE = 13, 5

_USCC_SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_DIGITS = "0123456789"
_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_AUTHORITIES: Mapping[str, str] = {
    "1": N_("机构编制"), "2": N_("外交"), "3": N_("教育"), "4": N_("公安"), "5": N_("民政"),
    "6": N_("司法"), "7": N_("交通运输"), "8": N_("文化"), "9": N_("市场监管"),
    "A": N_("旅游"), "B": N_("宗教"), "C": N_("工会"), "D": N_("军队后勤"),
    "E": N_("省级政府"), "F": N_("市级政府"), "G": N_("县级政府"), "N": N_("农业农村"),
    "Y": N_("其他登记部门"),
}  # fmt: skip
_CATEGORIES: Mapping[str, Mapping[str, str]] = {
    "1": {"1": N_("机关"), "2": N_("事业单位"), "3": N_("群众团体"), "9": N_("其他机构")},
    "5": {"1": N_("社会团体"), "2": N_("民办非企业单位"), "3": N_("基金会"), "9": N_("其他机构")},
    "9": {"1": N_("企业"), "2": N_("个体工商户"), "3": N_("农民专业合作社")},
}
_OTHER_CATEGORIES = {one: N_("其他机构") for one in "1239"}
_CARD_SCHEMES = (
    (re.compile(r"62"), N_("银联")),
    (re.compile(r"4"), "Visa"),
    (re.compile(r"5[1-5]|2[2-7]"), "Mastercard"),
    (re.compile(r"35"), "JCB"),
)


@dataclass(frozen=True, slots=True)
class CodeReport:
    """A code in normal form: its kind, what is wrong, every one-character repair, its parts.

    ``problem`` is a message id filled with ``values``, empty for a sound code. ``decoded``
    holds message ids where the words are ours (``authority``, ``category``, ``scheme``).
    """

    code: str
    kind: str
    problem: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    decoded: Mapping[str, str] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        """Tell whether every check passes."""
        return not self.problem


@dataclass(frozen=True, slots=True)
class _Problem:
    """What is wrong with a code: a message id and its values."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)


Check = Callable[[str], _Problem | None]


def check_code(written: str) -> CodeReport:
    """Recognise a written code by its shape and check it; nothing raises."""
    plain = re.sub(r"[\s\-—_.·/]", "", fold(written)).upper()
    kind = _kind_of(plain, written)
    if kind in (MOBILE, PHONE):
        return _phone(plain, kind, written)
    if kind == UNKNOWN:
        return CodeReport(plain, kind, N_("看不出是哪一种号码"))
    check, symbols, size = _RULES[kind]
    if kind == USCC:
        plain = plain.translate(str.maketrans("OI", "01"))
    problem = check(plain)
    if problem is None:
        return CodeReport(plain, kind, decoded=_DECODERS[kind](plain))
    mended = {one: None for one in _repairs(plain, symbols, size) if not check(one)}
    # what the check itself asks for comes first, then from left to right
    first = sorted(mended, key=lambda one: one[:-1] != plain[:-1])
    return CodeReport(plain, kind, problem.text, problem.values, tuple(first))


def _repairs(code: str, symbols: str, size: int) -> Iterator[str]:
    """Give every code that differs in one character, or has one more or fewer if that is due."""
    if len(code) == size or not size:
        for at, former in enumerate(code):
            yield from (code[:at] + one + code[at + 1 :] for one in symbols if one != former)
    elif len(code) == size - 1:
        for at in range(size):
            yield from (code[:at] + one + code[at:] for one in symbols)
    elif len(code) == size + 1:
        yield from (code[:at] + code[at + 1 :] for at in range(len(code)))


# -- which kind it is ------------------------------------------------------------------------


def _kind_of(code: str, written: str) -> str:
    if re.fullmatch(r"[0-9A-Z]{8}-[0-9X]", fold(written).upper(), re.ASCII):
        return ORGANISATION
    number = normal_phone(written)
    if number is not None and len(number.digits) <= _LONGEST_PHONE:
        return MOBILE if number.kind is ChannelKind.mobile else PHONE
    if re.search(r"[^0-9A-Z]", code) or len(code) < _SHORTEST_CODE:
        return UNKNOWN
    digits = code.isdigit()
    shapes = (
        (CITIZEN, len(code) == 18 and _is_citizen(code)),
        (USCC, 17 <= len(code) <= 19 and not digits),
        (USCC, len(code) == 18 and not _uscc_problem(code)),
        (USCC, len(code) == 18 and code[0] in "159" and code[1] in "1239"),
        (ORGANISATION, len(code) == 9),
        (REGISTRATION, len(code) == 15 and digits),
        (E_INVOICE, digits and len(code) == 20 and _is_e_invoice(code)),
        (INVOICE, digits and _is_invoice(code)),
        (MOBILE, digits and 10 <= len(code) <= 12 and code[0] == "1"),
        (CARD, 12 < len(code) <= 19 and digits),
    )
    return next((kind for kind, fits in shapes if fits), UNKNOWN)


def _is_e_invoice(code: str) -> bool:
    """Tell whether 20 digits are a 数电票 number: year, province, then its own digits."""
    return int(code[:2]) >= _FIRST_E_INVOICE and has_province(f"{code[2:4]}0000")


def _is_invoice(code: str) -> bool:
    """Tell whether 10 or 12 digits are a 发票代码: place, year, kind (no check digit)."""
    if len(code) == 10 and not re.match(r"1[3-9]", code):  # such ones lack a digit of a mobile
        return has_province(f"{code[:4]}00") and int(code[4:6]) <= _LAST_INVOICE
    return (
        len(code) == 12
        and code[0] == "0"
        and has_province(f"{code[1:5]}00")
        and int(code[5:7]) <= _LAST_INVOICE
    )


_FIRST_E_INVOICE, _LAST_INVOICE = 21, 35
"""Years of two digits: 数电票 began in 2021, codes of invoices do not outlive it for long."""


def _is_citizen(code: str) -> bool:
    """Tell whether 18 characters are built like a citizen id rather than a credit code."""
    if not re.fullmatch(r"\d{17}[\dX]", code, re.ASCII) or not has_province(code[:6]):
        return False
    return _born(code) is not None and bool(_uscc_problem(code))


# -- the checks ------------------------------------------------------------------------------


def _uscc_problem(code: str) -> _Problem | None:
    found = check_uscc(code)
    if found.place == 17:
        return _Problem(N_("第 17 位（组织机构代码校验）应为 {expected}"),
                        {"expected": found.expected})  # fmt: skip
    if found.place == 18:
        return _Problem(N_("第 18 位应为 {expected}"), {"expected": found.expected})
    if found.problem and len(code) != 18:
        return _Problem(N_("统一社会信用代码应为 18 位，这里是 {count} 位"), {"count": len(code)})
    if found.problem:
        at = next(at for at, one in enumerate(code, 1) if one not in _USCC_SYMBOLS)
        return _Problem(N_("第 {place} 位的 {found} 不会出现在代码里"),
                        {"place": at, "found": code[at - 1]})  # fmt: skip
    if code[0] not in _AUTHORITIES:
        return _Problem(N_("第 1 位（登记管理部门）没有 {found}"), {"found": code[0]})
    if code[1] not in _CATEGORIES.get(code[0], _OTHER_CATEGORIES):
        return _Problem(N_("第 2 位（机构类别）没有 {found}"), {"found": code[1]})
    if not has_province(code[2:8]):
        return _Problem(N_("第 3 到 8 位（行政区划）没有 {found}"), {"found": code[2:8]})
    return None


def _organisation_problem(code: str) -> _Problem | None:
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code, re.ASCII):
        return _Problem(N_("组织机构代码是 8 位数字或字母加 1 位校验"))
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(_ALPHANUMERIC.index(one) * w for one, w in zip(code[:8], weights, strict=True))
    expected = "0123456789X0"[11 - total % 11]
    if code[8] != expected:
        return _Problem(N_("第 9 位应为 {expected}"), {"expected": expected})
    return None


def _registration_problem(code: str) -> _Problem | None:
    from stdnum.iso7064 import mod_11_10

    if not re.fullmatch(r"\d{15}", code, re.ASCII):
        return _Problem(N_("工商注册号应为 15 位数字"))
    expected = mod_11_10.calc_check_digit(code[:14])
    if code[14] != expected:
        return _Problem(N_("第 15 位应为 {expected}"), {"expected": expected})
    return None


def _citizen_problem(code: str) -> _Problem | None:
    from stdnum.iso7064 import mod_11_2

    if not re.fullmatch(r"\d{17}[\dX]", code, re.ASCII):
        return _Problem(N_("身份证号应为 18 位"))
    if not has_province(code[:6]):
        return _Problem(N_("第 1 到 6 位（行政区划）没有 {found}"), {"found": code[:6]})
    if _born(code) is None:
        return _Problem(N_("第 7 到 14 位不是日期"))
    expected = mod_11_2.calc_check_digit(code[:17])
    if code[17] != expected:
        return _Problem(N_("第 18 位应为 {expected}"), {"expected": expected})
    return None


def _born(code: str) -> date | None:
    try:
        found = date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        return None
    return found if 1850 <= found.year <= 2099 else None


def _card_problem(code: str) -> _Problem | None:
    from stdnum import luhn

    if not re.fullmatch(r"\d{13,19}", code, re.ASCII):
        return _Problem(N_("银行卡号应为 13 到 19 位数字"))
    expected = luhn.calc_check_digit(code[:-1])
    if code[-1] != expected:
        return _Problem(N_("第 {place} 位（校验位）应为 {expected}"),
                        {"place": len(code), "expected": expected})  # fmt: skip
    return None


# -- what they say ---------------------------------------------------------------------------


def _uscc_parts(code: str) -> dict[str, str]:
    categories = _CATEGORIES.get(code[0], _OTHER_CATEGORIES)
    found = {"authority": _AUTHORITIES[code[0]], "category": categories[code[1]]}
    return found | _place(code[2:8]) | {"org_code": code[8:17]}


def _place(code: str) -> dict[str, str]:
    region = region_of(code)
    found = {"region_code": code}
    if region is not None:
        found["region"] = region.name
        if region.former:
            found["region_note"] = N_("旧区划，今已撤并")
    return found


def _registration_parts(code: str) -> dict[str, str]:
    return _place(code[:6])


def _citizen_parts(code: str) -> dict[str, str]:
    born = _born(code)
    sex = N_("男") if int(code[16]) % 2 else N_("女")
    return _place(code[:6]) | {"birthday": born.isoformat() if born else "", "sex": sex}


def _e_invoice_parts(code: str) -> dict[str, str]:
    return {"year": f"20{code[:2]}"} | _place(f"{code[2:4]}0000")


def _invoice_parts(code: str) -> dict[str, str]:
    body = code[-10:] if len(code) == 10 else code[1:]
    return {"year": f"20{body[4:6]}"} | _place(f"{body[:4]}00")


def _sound(_code: str) -> _Problem | None:
    return None


def _card_parts(code: str) -> dict[str, str]:
    scheme = next((name for shape, name in _CARD_SCHEMES if shape.match(code)), "")
    return {"scheme": scheme} if scheme else {}


def _nothing(_code: str) -> dict[str, str]:
    return {}


_RULES: Mapping[str, tuple[Check, str, int]] = {
    USCC: (_uscc_problem, _USCC_SYMBOLS, 18),
    ORGANISATION: (_organisation_problem, _ALPHANUMERIC, 9),
    REGISTRATION: (_registration_problem, _DIGITS, 15),
    CITIZEN: (_citizen_problem, f"{_DIGITS}X", 18),
    CARD: (_card_problem, _DIGITS, 0),
    INVOICE: (_sound, _DIGITS, 0),
    E_INVOICE: (_sound, _DIGITS, 20),
}
_DECODERS: Mapping[str, Callable[[str], dict[str, str]]] = {
    USCC: _uscc_parts,
    ORGANISATION: _nothing,
    REGISTRATION: _registration_parts,
    CITIZEN: _citizen_parts,
    CARD: _card_parts,
    INVOICE: _invoice_parts,
    E_INVOICE: _e_invoice_parts,
}


# -- phones ----------------------------------------------------------------------------------


def _phone(code: str, kind: str, written: str) -> CodeReport:
    number = normal_phone(written)
    if number is None:
        missing = 11 - len(code)
        text = N_("还差 {count} 位，手机号应为 11 位") if missing > 0 else N_(
            "不是手机号：应为 11 位，以 13 到 19 开头"
        )  # fmt: skip
        return CodeReport(code, kind, text, {"count": missing})
    decoded = {"digits": number.digits, "class": _class_of(number.digits)}
    if number.extension:
        decoded["extension"] = number.extension
    return CodeReport(number.digits, kind, decoded=decoded | _attribution(number.digits))


def _class_of(digits: str) -> str:
    """Return the class of a number in normal form (product.md 5.3)."""
    return next((words for shape, words in _PHONE_CLASSES if shape.match(digits)), N_("固话"))


_PHONE_CLASSES = (
    (re.compile(r"1[3-9]\d{9}$"), N_("手机")),
    (re.compile(r"00"), N_("境外")),
    (re.compile(r"400|800"), N_("客服热线")),
    (re.compile(r"9[56]\d{3,6}$|100\d{2,3}$|1010\d{4}$|12\d{3}$|1[12]\d$"), N_("服务短号")),
    (re.compile(r"106"), N_("短信平台")),
)


def _attribution(digits: str) -> dict[str, str]:
    """Return 号段归属: where a number range belongs and who issued it first.

    The table of this computer is asked before the coarser one of the library.
    """
    table = phone_table.installed()
    found = table.find(digits) if table is not None else None
    if found is not None:
        place = found.province + (found.city if found.city != found.province else "")
        return {"place": place, "carrier": found.issuer}
    import phonenumbers
    from phonenumbers import carrier, geocoder

    try:
        parsed = phonenumbers.parse(digits, "CN")
    except phonenumbers.NumberParseException:
        return {}
    place = geocoder.description_for_number(parsed, "zh")
    issuer = carrier.name_for_number(parsed, "zh")
    return {name: words for name, words in (("place", place), ("carrier", issuer)) if words}
