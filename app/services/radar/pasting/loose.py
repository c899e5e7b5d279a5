"""What speaks for itself without a label: firms, codes, numbers, people, addresses (5.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.models.values.people.places import PLACES, SURNAMES
from app.models.values.text import fold
from app.services.radar.pasting import pieces
from app.services.radar.pasting.pieces import Found

_FIRM = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9（）()·&]{2,40}(?:公司|合作社|经营部|事务所|工作室|研究院|研究所|集团|"
    r"(?<=[\u4e00-\u9fff]{3})(?:厂|店|商行|中心|医院|学校|超市))"
)
_TITLE = re.compile(
    r"[\u4e00-\u9fff]{0,8}(?:董事长|经理|总监|总裁|副总|总工|工程师|主任|主管|厂长|店长|部长|科长|处长|所长|院长"
    r"|校长|会计|出纳|采购员?|业务员|销售员?|专员|助理|顾问|秘书|代表|文员|技术员|客服|律师|教授)"
    r"|C[ETFOMI]O|[A-Z][a-z]+ (?:Manager|Director|Engineer)"
)
_NAME = r"[\u4e00-\u9fff]{2,4}"
_BESIDE = re.compile(rf"({_NAME})[\s|丨/,，·\u3000]+({_TITLE.pattern})")
_DEPARTMENT = re.compile(r"[\u4e00-\u9fff]{2,8}部")
_MUNICIPALITIES = ("北京市", "上海市", "天津市", "重庆市")
_PLACE = re.compile(
    r"(?P<province>[\u4e00-\u9fff]{2,8}?(?:省|自治区|特别行政区))?"
    r"(?P<city>[\u4e00-\u9fff]{2,8}?(?:市|自治州|盟|地区))?"
    r"(?P<district>(?:(?![路街道号村])[\u4e00-\u9fff]){1,8}?(?:新区|区|县|旗|市)(?<![小社校院厂景库]区))?"
    r"(?P<street>.+)"
)
_STREET = re.compile(r"[路街道巷弄村镇乡园区]|\d+号|大厦|广场")


def read(lines: Sequence[str], found: Found) -> list[str]:
    """Read what needs no label; return the lines that stay."""
    left: list[str] = []
    for at, line in enumerate(lines):
        plain = line.strip()
        if not plain or _take_whole(plain, found):
            continue
        if _take_person_line(plain, lines, at, found):
            continue
        left += _take_tokens(plain, found)
    return left


def _take_whole(line: str, found: Found) -> bool:
    """Take a line that is one thing from end to end."""
    code = re.sub(r"\s", "", fold(line)).upper()
    if pieces.sound_uscc(code):
        return found.put("uscc", code)
    firm = re.split(r"\s*[|丨/]\s*", line, maxsplit=1)[0]
    if _FIRM.fullmatch(firm):
        return found.put("name", firm)
    if pieces.BANK.fullmatch(fold(line)):
        return pieces.take_bank(found, line)
    if pieces.MAIL.fullmatch(fold(line)):
        return pieces.take_mail(found, line)
    if re.fullmatch(r"(?:https?://\S+|www\.\S+)", fold(line), re.IGNORECASE):
        return pieces.take_site(found, line)
    if _is_place(line) and " " not in line.strip():
        return pieces.take_address(found, line)
    return bool(pieces.PHONE_TAIL.fullmatch(line)) and pieces.take_phone(found, line)


def _take_person_line(line: str, lines: Sequence[str], at: int, found: Found) -> bool:
    """Take a name with its title, beside each other or on two lines."""
    beside = _BESIDE.fullmatch(line)
    if beside:
        return found.put("person", beside[1]) and found.put("title", beside[2].strip())
    if _TITLE.fullmatch(line) and "person" in found:
        return found.put("title", line)
    following = next((one.strip() for one in lines[at + 1 :] if one.strip()), "")
    name = re.sub(r"[ \u3000]+[A-Z][A-Za-z. \-]*$", "", line)
    if _is_name(name) and _TITLE.fullmatch(following):
        return found.put("person", name)
    return bool(_DEPARTMENT.fullmatch(line)) and "person" in found and found.put("department", line)


def _take_tokens(line: str, found: Found) -> list[str]:
    """Take the parts of a line that are surely something: a state, a shipping line's parts."""
    parts = [one for one in re.split(r"[\s\u3000,，、;；]+", line) if one]
    shipping = any(_is_place(one) for one in parts) and _has_mobile(line)
    if not shipping:
        taken = bool(parts) and parts[0] in pieces.STATUSES and found.put("status", parts[0])
        return [line] if not taken else [" ".join(parts[1:])]
    return [one for one in parts if not _take_token(one, found)]


def _take_token(part: str, found: Found) -> bool:
    if _is_place(part):
        return pieces.take_address(found, part)
    if _is_name(part):
        return found.put("person", part)
    if re.fullmatch(r"\d{6}", part, re.ASCII):
        return found.put("postcode", part)
    return pieces.take_phone(found, part)


def _has_mobile(line: str) -> bool:
    return re.search(r"(?<!\d)1[3-9]\d(?:[\- ]?\d{4}){2}(?!\d)", line, re.ASCII) is not None


def _is_name(text: str) -> bool:
    """Tell whether two to four characters begin with a surname."""
    return re.fullmatch(_NAME, text) is not None and (text[0] in SURNAMES or text[:2] in SURNAMES)


def _is_place(text: str) -> bool:
    """Tell whether a text is an address: a known place first, a street or number behind it."""
    known = any(text.startswith(one) for one in PLACES)
    return known and len(text) >= _SHORTEST_PLACE and bool(_STREET.search(text))


def _in_full(address: str) -> str:
    """Return an address with 省 and 市 behind the places that were written without."""
    full = next((one for one in _PROVINCES if address.startswith(one[:2])), "")
    province, rest = "", address
    if full:
        short = full.removesuffix("省").removesuffix("市")
        for written in (full, short):
            if address.startswith(written):
                province, rest = full, address[len(written) :]
                break
    if province in _MUNICIPALITIES:
        return province + rest.removeprefix("市")
    known = (one for one in PLACES if rest.startswith(one) and not one.endswith(_WHOLE))
    city = max(known, key=len, default="")
    behind = rest[len(city) :]
    if city and not behind.startswith(_CITY_ENDS):
        rest = f"{city}市{behind}"
    return province + rest


_SHORTEST_PLACE = 8
_WHOLE = ("市", "区", "县", "旗", "盟", "自治州")
_CITY_ENDS = ("省", "市", "区", "县", "旗", "盟", "州", "地区", "自治州")
_PROVINCES = (
    "北京市", "上海市", "天津市", "重庆市", "河北省", "山西省", "辽宁省", "吉林省", "黑龙江省",
    "江苏省", "浙江省", "安徽省", "福建省", "江西省", "山东省", "河南省", "湖北省", "湖南省",
    "广东省", "海南省", "四川省", "贵州省", "云南省", "陕西省", "甘肃省", "青海省", "台湾省",
)  # fmt: skip


def split_shipping(found: Found) -> None:
    """Split the address of a shipping line; other blocks keep theirs whole."""
    area = found.get("_area")
    if area:
        found.replace("address", f"{area}{found.get('address') or ''}")
    if "address" not in found or "person" not in found or "name" in found or "email" in found:
        return
    parts = _PLACE.fullmatch(_in_full(str(found.get("address"))))
    if parts is None or not (parts["city"] or parts["district"]):
        return
    city = parts["city"] or ""
    if parts["province"] and city not in _MUNICIPALITIES:
        found.put("province", parts["province"])
    for key in ("city", "district", "street"):
        found.put(key, parts[key])
