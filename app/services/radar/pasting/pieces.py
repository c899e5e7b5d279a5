"""The pieces of a pasted block: lines, the fields found so far, and values in normal form."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from app.models.values import dates, money
from app.models.values.numerals import from_han
from app.models.values.people.codes import check_uscc
from app.models.values.people.phones import ChannelKind, normal_phone, split_phones
from app.models.values.reasons import Unreadable
from app.models.values.text import fold

STATUSES = ("存续", "在业", "吊销", "注销", "迁出", "开业", "停业", "清算", "歇业")
OPEN_END = "长期"
MAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+", re.ASCII)
SITE = re.compile(
    r"(?:https?://)?(?:www\.)?[a-z0-9\-]+(?:\.[a-z0-9\-]+)+(?:/\S*)?", re.ASCII | re.IGNORECASE
)
BANK = re.compile(r"(.*(?:银行|信用社|联社|农商行).*?)[\s,，:：;；/]*((?:\d[ \-]?){9,30}\d)")
PHONE_TAIL = re.compile(
    r"[\s,，;；、/]*((?:\(?0(?:10|2\d|[3-9]\d{2})\)?[\- ]?\d{7,8}(?:\s*[转\-]\s*\d{1,6})?)"
    r"|(?:\+?86[\- ]?)?1[3-9]\d(?:[\- ]?\d{4}){2})\s*$",
    re.ASCII,
)
_DAY = re.compile(
    r"\d{4}\s*[年/.\-]\s*\d{1,2}\s*[月/.\-]\s*\d{1,2}日?|\d{8}(?!\d)"
    r"|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
_BUTTONS = re.compile(r"\s*(?:查看\S{0,4}地[图址]|附近(?:企业|公司)|复制)(?=\s|$)\s*")
_HAN_NUMBER = re.compile("[零〇一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億两]{2,}")
_NOISE = re.compile(
    "^[\\s丨|·•*■□●○◆◇▪▶►>#口－\\-—_=\u2600-\u27bf\ufe0f\U0001f300-\U0001faff]+(?=\\S)"
)
_SPACED = re.compile(
    r"(?<![\u4e00-\u9fff])([地电名手传邮税账帐住网姓类法])[ \u3000]+"
    r"([址话称机真编箱号所名型人])(?=\s*[:：])"
)
_CURRENCIES = (
    ("美元", "USD"), ("港元", "HKD"), ("港币", "HKD"), ("欧元", "EUR"), ("日元", "JPY"),
    ("英镑", "GBP"), ("新台币", "TWD"), ("台币", "TWD"), ("新加坡元", "SGD"), ("加元", "CAD"),
    ("澳元", "AUD"), ("韩元", "KRW"), ("瑞士法郎", "CHF"), ("人民币", "CNY"),
)  # fmt: skip
_CODES = re.compile(r"\b(USD|HKD|EUR|JPY|GBP|TWD|SGD|CAD|AUD|KRW|CHF|CNY|RMB)\b", re.IGNORECASE)


def lines_of(text: str) -> list[str]:
    """Return the lines without marks of lists and scans; labels lose blanks inside."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return [_SPACED.sub(r"\1\2", _NOISE.sub("", line.rstrip())) for line in plain.split("\n")]


class Found:
    """The fields found so far; the first value of a key stays, mobiles gather."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def get(self, key: str) -> Any:
        """Return a value, None without one."""
        return self._values.get(key)

    def put(self, key: str, value: Any) -> bool:
        """Keep a value and tell whether it was taken; an empty one or a second one is not."""
        if value in (None, ""):
            return False
        if key == "mobile":
            kept = self._values.setdefault(key, [])
            if value not in kept:
                kept.append(value)
            return True
        if key in self._values:
            return bool(self._values[key] == value)
        self._values[key] = value
        return True

    def replace(self, key: str, value: Any) -> None:
        """Put a better value in the place of a former one."""
        self._values[key] = value

    def fields(self) -> dict[str, Any]:
        """Return every field; a single mobile is no list."""
        found = {key: value for key, value in self._values.items() if not key.startswith("_")}
        mobiles = found.get("mobile", [])
        if len(mobiles) == 1:
            found["mobile"] = mobiles[0]
        return found


# -- values ----------------------------------------------------------------------------------


def take_text(key: str) -> Callable[[Found, str], bool]:
    """Return a reader that keeps the words as they are."""

    def take(found: Found, value: str) -> bool:
        return found.put(key, value.strip(" \t\u3000,，;；"))

    return take


def take_uscc(found: Found, value: str) -> bool:
    """Keep 18 characters of a credit code, or the 15 digits of a registration number."""
    written = re.match(r"[0-9A-Za-z][0-9A-Za-z \-]{13,24}", fold(value), re.ASCII)
    plain = re.sub(r"[ \-]", "", written[0]).upper() if written else ""
    code = re.match(r"[0-9A-Z]{18}(?![0-9A-Z])", plain, re.ASCII)
    if code:
        return found.put("uscc", code[0])
    number = re.match(r"\d{15}(?!\d)", plain, re.ASCII)
    return bool(number) and found.put("reg_no", number[0] if number else "")


def take_registration(found: Found, value: str) -> bool:
    """Keep a registration number of 15 digits, or the credit code written in its place."""
    number = re.match(r"\d{15}(?!\d)", fold(value), re.ASCII)
    return found.put("reg_no", number[0]) if number else take_uscc(found, value)


def take_organisation(found: Found, value: str) -> bool:
    """Keep nine characters without the dash."""
    code = re.match(r"([0-9A-Z]{8})-?([0-9X])(?![0-9A-Z])", fold(value).upper(), re.ASCII)
    return bool(code) and found.put("org_code", f"{code[1]}{code[2]}" if code else "")


def take_capital(key: str) -> Callable[[Found, str], bool]:
    """Return a reader of capital: hundredths of its currency."""

    def take(found: Found, value: str) -> bool:
        plain = fold(value)
        fen = _fen_in(plain)
        code = _CODES.search(plain)
        word = next((code for name, code in _CURRENCIES if name in plain), "")
        currency = word or (code[1].upper().replace("RMB", "CNY") if code else "CNY")
        if fen is None or not found.put(key, int(fen)):
            return False
        found.put("capital_currency", currency)
        return True

    return take


def _fen_in(text: str) -> int | None:
    """Return the first amount of a text in hundredths, written in figures or in Han."""
    number = re.search(r"\d[\d,]*(?:\.\d+)?\s*[万亿千百]*", text, re.ASCII)
    if number is None:
        written = _HAN_NUMBER.search(text)
        whole = from_han(written[0]) if written else None
        return whole * 100 if whole is not None else None
    try:
        return money.parse_money(re.sub(r"\s", "", number[0]))
    except Unreadable:
        return None


def take_day(key: str) -> Callable[[Found, str], bool]:
    """Return a reader of one day; 长期 stays a word at the end of a term."""

    def take(found: Found, value: str) -> bool:
        return found.put(key, day_in(value))

    return take


def day_in(value: str) -> str:
    """Return the first day of a text in ISO form, 长期 for an open end, empty for neither."""
    plain = fold(value)
    written = _DAY.match(plain)
    if written is None:
        return OPEN_END if re.match(r"长期|永久|无固定期限|不约定期限", plain) else ""
    try:
        day = dates.parse_day(re.sub(r"\s", "", written[0]))
    except Unreadable:
        return ""
    return day.isoformat() if day else ""


def take_term(found: Found, value: str) -> bool:
    """Keep both ends of 营业期限."""
    parts = re.split(r"\s*(?:至|到|~|～|—{1,2}|--| - )\s*", fold(value), maxsplit=1)
    if len(parts) < 2:
        return day_in(value) == OPEN_END and found.put("term_to", OPEN_END)
    first, last = day_in(re.sub(r"^自\s*", "", parts[0])), day_in(parts[1])
    taken = found.put("term_from", first)
    return found.put("term_to", last) or taken


def take_status(found: Found, value: str) -> bool:
    """Keep the first word of the state."""
    plain = value.strip()
    return found.put("status", next((one for one in STATUSES if plain.startswith(one)), ""))


def take_insured(found: Found, value: str) -> bool:
    """Keep a number of people."""
    number = re.match(r"\s*(\d[\d,]*)\s*人?", fold(value), re.ASCII)
    return bool(number) and found.put("insured", int(number[1].replace(",", "")) if number else "")


def take_person(key: str) -> Callable[[Found, str], bool]:
    """Return a reader of a name: a person's, or a firm's that manages another one."""

    def take(found: Found, value: str) -> bool:
        plain = value.strip()
        person = re.match(r"[\u4e00-\u9fff·]{2,15}(?=$|[\s,，;；(（|/])", plain)
        latin = re.match(r"[A-Z][A-Za-z.'\-]+(?: [A-Z][A-Za-z.'\-]+){1,3}", plain)
        firm = re.match(r"[^\s,，;；]{4,40}(?:公司|合伙\)?|合伙）|中心|企业)", plain)
        chosen = firm or person or latin
        return bool(chosen) and found.put(key, chosen[0] if chosen else "")

    return take


def take_contact(found: Found, value: str) -> bool:
    """Keep whom to ask for, and the number written behind the name."""
    plain = value.strip()
    person = re.match(r"[\u4e00-\u9fff·]{2,6}(?=$|[\s,，;；(（|/:：\d+])", plain)
    if person is None:
        return take_person("person")(found, value)
    behind = PHONE_TAIL.search(plain)
    if behind and behind.start() >= person.end():
        take_phone(found, behind[1])
    return found.put("person", person[0])


def take_phone(found: Found, value: str) -> bool:
    """Keep every number of a text, mobiles apart from landlines."""
    taken = False
    for written in split_phones(re.sub(r"更多\d*", " ", value)):
        number = normal_phone(written)
        if number is None:
            continue
        if number.kind is ChannelKind.mobile:
            taken = found.put("mobile", number.digits) or taken
        else:
            digits = "-".join(filter(None, (number.digits, number.extension)))
            taken = found.put("phone", digits) or taken
    return taken


def take_fax(found: Found, value: str) -> bool:
    """Keep the number of a fax."""
    number = normal_phone(value)
    return number is not None and found.put("fax", number.digits)


def take_mail(found: Found, value: str) -> bool:
    """Keep an address of electronic mail."""
    written = MAIL.search(fold(value))
    return bool(written) and found.put("email", written[0] if written else "")


def take_site(found: Found, value: str) -> bool:
    """Keep a web address without its scheme."""
    written = SITE.match(fold(value))
    if written is None or "@" in value:
        return False
    site = re.sub(r"^https?://", "", written[0], flags=re.IGNORECASE).rstrip("/")
    return found.put("website", site)


def take_qq(found: Found, value: str) -> bool:
    """Keep the digits of a QQ number."""
    number = re.match(r"\d{5,12}(?!\d)", fold(value), re.ASCII)
    return bool(number) and found.put("qq", number[0] if number else "")


def take_wechat(found: Found, value: str) -> bool:
    """Keep a WeChat name: letters, digits, dash and underscore."""
    name = re.match(r"[A-Za-z0-9][\w\-]{4,29}", fold(value), re.ASCII)
    return bool(name) and found.put("wechat", name[0] if name else "")


def take_mobile_and_wechat(found: Found, value: str) -> bool:
    """Keep a number that is both."""
    return take_phone(found, value) and take_wechat(found, re.sub(r"[ \-]", "", value))


def take_address(found: Found, value: str) -> bool:
    """Keep an address; a number glued or written behind it is a phone."""
    plain = _BUTTONS.sub(" ", value).strip(" \t\u3000,，;；、")
    tail = PHONE_TAIL.search(plain)
    if tail and tail.start() > 0 and take_phone(found, tail[1]):
        plain = plain[: tail.start()].rstrip(" ,，;；、")
    post = re.search(r"[\s(（]+(?:邮编[:：]?)?(\d{6})[)）]?$", plain)
    if post:
        found.put("postcode", post[1])
        plain = plain[: post.start()].rstrip()
    return found.put("address", plain)


def take_bank(found: Found, value: str) -> bool:
    """Keep a bank, and the account written behind it."""
    both = BANK.match(fold(value))
    if both:
        found.put("bank", both[1].strip(" ,，:：;；/"))
        return take_account(found, both[2])
    return found.put("bank", value.strip(" \t,，;；"))


def take_account(found: Found, value: str) -> bool:
    """Keep the digits of an account."""
    written = re.match(r"\s*((?:\d[ \-]?){7,30}\d)", fold(value), re.ASCII)
    return bool(written) and found.put(
        "bank_account", re.sub(r"\D", "", written[1]) if written else ""
    )


def take_postcode(found: Found, value: str) -> bool:
    """Keep six digits."""
    code = re.match(r"\d{6}(?!\d)", fold(value), re.ASCII)
    return bool(code) and found.put("postcode", code[0] if code else "")


def sound_uscc(written: str) -> bool:
    """Tell whether a text without a label is a credit code with both checks right."""
    return (
        re.fullmatch(r"[0-9A-Z]{18}", written, re.ASCII) is not None and check_uscc(written).valid
    )
