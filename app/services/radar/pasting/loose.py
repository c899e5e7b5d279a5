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
_ONE_TITLE = (
    r"(?:[\u4e00-\u9fff]{0,8}(?:董事长|经理|总监|总裁|副总|总工|工程师|主任|主管|厂长|店长|部长|科长|处长"
    r"|所长|院长|校长|会计|出纳|采购员?|业务员|销售员?|专员|助理|顾问|秘书|代表|文员|技术员|客服|律师|教授"
    r"|法务|合伙人|创始人)"
    r"|C[ETFOMI]O|(?:[A-Z][a-z]+ ){1,3}(?:Manager|Director|Engineer|Officer|President)"
    r"|(?:Manager|Director|President|Engineer))"
)
_TITLE = re.compile(rf"{_ONE_TITLE}(?:\s*[/、&,，|丨]\s*{_ONE_TITLE})*")
_NAME = r"[\u4e00-\u9fff]{2,4}"
_CALLED = re.compile(r"[\u4e00-\u9fff]{1,3}(?:先生|女士|小姐|师傅|老师|经理|总|工)")
_BESIDE = re.compile(rf"({_NAME})[\s|/丨,，·\u3000]+({_TITLE.pattern})")
_REVERSED = re.compile(rf"({_ONE_TITLE})[\s:：|丨\u3000]+({_NAME})")
_POST = re.compile(rf"([\u4e00-\u9fff]{{2,8}}部)[\s·|丨/\u3000]+({_TITLE.pattern})")
_WITH_NUMBER = re.compile(rf"({_NAME})[\s:：,，]*(\+?[\d(][\d\- ()+]{{9,20}})")
_DEPARTMENT = re.compile(r"[\u4e00-\u9fff]{2,8}部")
_MUNICIPALITIES = ("北京市", "上海市", "天津市", "重庆市")
_PLACE = re.compile(
    r"(?P<province>[\u4e00-\u9fff]{2,8}?(?:省|自治区|特别行政区))?"
    r"(?P<city>[\u4e00-\u9fff]{2,8}?(?:市|自治州|盟|地区))?"
    r"(?P<district>(?:(?![路街道号村])[\u4e00-\u9fff]){1,8}?(?:新区|区|县|旗|市)(?<![小社校院厂景库]区))?"
    r"(?P<street>.+)"
)
_STREET = re.compile(r"[路街道巷弄村镇乡园区]|\d+号|大厦|广场")
_SPACED_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2,}[省市区县州盟旗](?: ?[\u4e00-\u9fff\w\-#（）()]+)*?"
    r"(?:路|街|道|号|大厦|园|村|镇|栋|幢|室|楼)[\w\-#（）()]*(?: [\w\-#（）()]+){0,3}"
)
_NUMBER = re.compile(
    r"(?<![\d\-])(?:\+?86[\- ]?)?(?:1[3-9]\d(?:[\- ]?\d{4}){2}(?:-\d{3,4})?"
    r"|\(?0(?:10|2\d|[3-9]\d{2})\)?[\- ]?[2-9]\d{6,7}(?:\s*(?:转|ext\.?|-)\s*\d{1,6})?)(?![\d\-])",
    re.ASCII,
)
_CARD = re.compile(r"银行(?:卡|账号|帐号|账户)")
_RECEIVES = re.compile(r"[(（]?收[)）]?$")
_BARS = re.compile(r"\s*[|丨]\s*|[ \u3000]{2,}|\u3000|\t+")
_OF_A_FIRM = re.compile(r"(?:公司|单位|企业|机构)[ \u3000]+(?=\S)")
_TAGS = re.compile(r"^(?:[\[［][^\]］]{1,12}[\]］]\s*)+")
_LATIN_AROUND = re.compile(
    r"^[A-Za-z][A-Za-z0-9.,&'()\- ]*[ \u3000]+(?=[\u4e00-\u9fff])|[ \u3000]+[A-Z][A-Za-z. \-]*$"
)


def read(lines: Sequence[str], found: Found) -> list[str]:
    """Read what needs no label; return the lines that stay."""
    left: list[str] = []
    for at, line in enumerate(lines):
        plain = line.strip()
        if not plain or _take_shipping(plain, found, left) or _take_whole(plain, found):
            continue
        following = next((one.strip() for one in lines[at + 1 :] if one.strip()), "")
        if _take_person_line(plain, following, found):
            continue
        left += _take_parts(plain, found)
    return left


def _take_whole(line: str, found: Found) -> bool:
    """Take a line, or a part of one, that is one thing from end to end."""
    code = re.sub(r"\s", "", fold(line)).upper()
    if pieces.sound_uscc(code):
        return found.put("uscc", code)
    firm = _firm_in(line)
    if firm:
        return found.put("name", firm)
    if pieces.BANK.fullmatch(fold(line)) and not _CARD.match(line):
        return pieces.take_bank(found, line)
    if pieces.MAIL.fullmatch(fold(line)):
        return pieces.take_mail(found, line)
    if re.fullmatch(r"(?:https?://\S+|www\.\S+)", fold(line), re.IGNORECASE):
        return pieces.take_site(found, line)
    if _is_place_line(line):
        return pieces.take_address(found, line)
    return bool(pieces.PHONE_TAIL.fullmatch(line)) and pieces.take_phone(found, line)


def _firm_in(line: str) -> str:
    """Return the firm a line consists of, beside its foreign name perhaps."""
    plain = _TAGS.sub("", line)
    plain = _OF_A_FIRM.sub("", plain, count=1) if _OF_A_FIRM.match(plain) else plain
    for written in (plain, re.split(r"\s*[|丨/]\s*", plain, maxsplit=1)[0]):
        firm = _LATIN_AROUND.sub("", written)
        if _FIRM.fullmatch(firm):
            return firm
    return ""


def _is_place_line(line: str) -> bool:
    """Tell whether a line is an address, with a number behind it perhaps."""
    tail = pieces.PHONE_TAIL.search(line)
    plain = line[: tail.start()].strip(" ,，;；、") if tail and tail.start() > 0 else line
    if not _is_place(plain):
        return False
    return " " not in plain or _SPACED_PLACE.fullmatch(plain) is not None


def _take_person_line(line: str, following: str, found: Found) -> bool:
    """Take a name with its title, beside each other or on two lines."""
    beside = _BESIDE.fullmatch(line)
    if beside and _is_name(beside[1]):
        return found.put("person", beside[1]) and found.put("title", beside[2].strip())
    turned = _REVERSED.fullmatch(line)
    if turned and _is_name(turned[2]):
        return found.put("person", turned[2]) and found.put("title", turned[1])
    if _TITLE.fullmatch(line) and "person" in found:
        return found.put("title", _own_words(line))
    if _take_named(line, following, found):
        return True
    return bool(_DEPARTMENT.fullmatch(line)) and "person" in found and found.put("department", line)


def _take_named(line: str, following: str, found: Found) -> bool:
    """Take a name above its title, a name with its number, a department with a title."""
    post = _POST.fullmatch(line)
    if post and "person" in found:
        return found.put("department", post[1]) and found.put("title", _own_words(post[2]))
    titled = _TITLE.fullmatch(following) or _POST.fullmatch(following)
    name = _LATIN_AROUND.sub("", line)
    if titled and _is_name(name) and not _TITLE.fullmatch(name):
        return found.put("person", name)
    numbered = _WITH_NUMBER.fullmatch(line)
    called = numbered is not None and (_is_name(numbered[1]) or _is_addressee(numbered[1]))
    return (
        numbered is not None
        and called
        and _NUMBER.fullmatch(numbered[2].strip()) is not None
        and pieces.take_phone(found, numbered[2])
        and found.put("person", numbered[1])
    )


def _own_words(title: str) -> str:
    """Return a title without its translation beside a bar."""
    parts = re.split(r"\s*[|丨]\s*", title)
    chinese = [one for one in parts if re.search(r"[\u4e00-\u9fff]", one)]
    return chinese[-1] if chinese and len(parts) > 1 else title


def _take_parts(line: str, found: Found) -> list[str]:
    """Take the parts of a line that are surely something; return what stays of it."""
    parts = [one for one in _BARS.split(line) if one]
    if len(parts) > 1:
        left = [one for at, one in enumerate(parts)
                if not _take_part(one, parts[at + 1 : at + 2], found)]  # fmt: skip
        return [" ".join(left)] if len(left) < len(parts) else _take_status(line, found)
    return _take_status(line, found)


def _take_part(part: str, following: Sequence[str], found: Found) -> bool:
    after = following[0] if following else ""
    return (
        _take_whole(part, found)
        or _take_person_line(part, after, found)
        or (part in pieces.STATUSES and found.put("status", part))
    )


def _take_status(line: str, found: Found) -> list[str]:
    words = [one for one in re.split(r"[\s\u3000,，、;；]+", line) if one]
    if len(words) > 1 and words[1] in pieces.STATUSES and _FIRM.fullmatch(words[0]):
        taken = found.put("name", words[0])
        words = words[1:] if taken else words
    if words and words[0] in pieces.STATUSES and found.put("status", words[0]):
        return [" ".join(words[1:])]
    return [line]


# -- shipping lines -------------------------------------------------------------------------


def _take_shipping(line: str, found: Found, left: list[str]) -> bool:
    """Take the parts of a shipping line: a number, an address and who it goes to."""
    number = _NUMBER.search(line)
    bare = _NUMBER.sub(" ", line)
    parts = [one for one in re.split(r"[\s\u3000,，;；]+", bare) if one]
    places = [at for at, one in enumerate(parts) if _is_place(one)]
    if number is None or len(places) != 1:
        return False
    people = [one for one in parts if _is_addressee(one)]
    if len(parts) > len(people) + 1 and not people:
        return False
    for one in _NUMBER.findall(line):
        pieces.take_phone(found, one)
    stays = [one for one in parts if not _take_token(one, found)]
    if stays:
        left.append(" ".join(stays))
    return True


def _is_addressee(text: str) -> bool:
    part = _RECEIVES.sub("", text)
    return _is_name(part) or (_CALLED.fullmatch(part) is not None and part[0] in SURNAMES)


def _take_token(part: str, found: Found) -> bool:
    if _is_place(part):
        return pieces.take_address(found, part)
    if _is_addressee(part):
        return found.put("person", _RECEIVES.sub("", part))
    return bool(re.fullmatch(r"\d{6}", part, re.ASCII)) and found.put("postcode", part)


def _is_name(text: str) -> bool:
    """Tell whether two to four characters begin with a surname."""
    return re.fullmatch(_NAME, text) is not None and (text[0] in SURNAMES or text[:2] in SURNAMES)


def _is_place(text: str) -> bool:
    """Tell whether a text is an address: a known place first, a street or number behind it."""
    known = any(text[:size] in PLACES for size in _PLACE_SIZES)
    return known and len(text) >= _SHORTEST_PLACE and bool(_STREET.search(text))


def _in_full(address: str) -> str:
    """Return an address with 省 and 市 behind the places that were written without."""
    full = next((one for one in _PROVINCES if address.startswith(_SHORT.sub("", one))), "")
    province, rest = "", address
    if full:
        short = _SHORT.sub("", full)
        for written in (full, f"{short}自治区", short):
            if address.startswith(written):
                province, rest = full, address[len(written) :]
                break
    if province in _MUNICIPALITIES:
        return province + rest.removeprefix("市")
    known = (one for one in PLACES if rest.startswith(one) and not one.endswith(_WHOLE))
    city = max(known, key=len, default="")
    behind = rest[len(city) :]
    if city and not _CITY_END.match(behind):
        rest = f"{city}市{behind}"
    return province + rest


_PLACE_SIZES = sorted({len(one) for one in PLACES})
_SHORTEST_PLACE = 8
_WHOLE = ("市", "区", "县", "旗", "盟", "自治州")
_CITY_END = re.compile(
    r"[省市区县旗盟州]|地区|(?:藏族|回族|彝族|苗族|侗族|傣族|白族|[\u4e00-\u9fff]{1,8}?族)自治州"
)
_PROVINCES = (
    "北京市", "上海市", "天津市", "重庆市", "河北省", "山西省", "辽宁省", "吉林省", "黑龙江省",
    "江苏省", "浙江省", "安徽省", "福建省", "江西省", "山东省", "河南省", "湖北省", "湖南省",
    "广东省", "海南省", "四川省", "贵州省", "云南省", "陕西省", "甘肃省", "青海省", "台湾省",
    "内蒙古自治区", "广西壮族自治区", "西藏自治区", "宁夏回族自治区", "新疆维吾尔自治区",
)  # fmt: skip
_SHORT = re.compile("(?:壮族|回族|维吾尔)?(?:省|市|自治区)$")


def split_shipping(found: Found) -> None:
    """Split the address of a shipping line; other blocks keep theirs whole."""
    area = found.get("_area")
    if area:
        found.replace("address", f"{area}{found.get('address') or ''}")
    if "address" not in found or "person" not in found or "name" in found or "email" in found:
        return
    whole = re.sub(r"\s", "", str(found.get("address")))
    parts = _PLACE.fullmatch(_in_full(whole))
    if parts is None or not (parts["city"] or parts["district"]):
        return
    city = parts["city"] or ""
    if parts["province"] and city not in _MUNICIPALITIES:
        found.put("province", parts["province"])
    for key in ("city", "district", "street"):
        found.put(key, parts[key])
