"""Read a heading as people write it: 手机号码*, 预计金额（万元）, 联系人2."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from app.models.values.text import fold
from app.services.transfer.fields import CARRIED, FIELDS, Field, Kind, Shape

SERIAL = frozenset({"序号", "序", "no", "no.", "#", "行号", "项次", "sn"})
"""Headings of a column that only counts the rows."""

_BRACKET = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_EDGES = re.compile(r"^[*＊★:：\s'\"]+|[*＊★:：\s'\"]+$")
_SLOT = re.compile(
    r"(?P<rest>.*[^\d第])(?P<digit>[1-9一二三四五])|第(?P<place>[1-9一二三四五])(?:位|个)?(?P<of>.+)"
)
_BEFORE = re.compile(
    r"^(?:所在|所属|相关|关联|对应|对方|我方|主要|首要|最新|目前|当前|客户的?|公司|单位|企业|联系人的?)"
)
_AFTER_NAME = re.compile(r"(?:名称|姓名)$")
_AFTER_TEXT = re.compile(r"(?:信息|资料|情况|内容|明细|名称|姓名)$")
_PERSON = re.compile(r"(?:人员|者)$")
_THEIRS = re.compile(r"客户|对方|甲方|联系人")
_PARTS = re.compile(r"[、/,，和与及|]+")
_TENS = re.compile(r"万")
_THOUSANDS = re.compile(r"千元")
_CONTACT_GROUP = re.compile(r"联系人|联系方式|联络")
_FOREIGN_GROUP = re.compile(r"开票|发票|收货|银行|账户|物流|税务|法人")
_GROUP_TAIL = re.compile(r"(信息|资料|情况|方式|明细)$")
_HAN_DIGITS = "一二三四五"
_NAMES = (Shape.company, Shape.person, Shape.staff)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading taken apart: the bare words, the money factor, the slot from 1."""

    words: str
    factor: int = 1
    slot: int = 1


def whole(text: str) -> str:
    """Return the words of a heading with its brackets: 通话时间(秒) is no time of day."""
    return _EDGES.sub("", fold(text)).lower().replace(" ", "")


def bare(text: str) -> str:
    """Return the words of a heading without blanks, brackets, stars and colons."""
    plain = _EDGES.sub("", fold(text)).lower()
    without = _BRACKET.sub("", plain)
    return _EDGES.sub("", without or plain).replace(" ", "")


def money_factor(text: str) -> int:
    """Return how many yuan one unit of the heading counts: 10,000 for 万元, else 1."""
    if _TENS.search(text):
        return 10_000
    return 1_000 if _THOUSANDS.search(text) else 1


def read_heading(text: str) -> Heading:
    """Take a heading apart; a number at its end is the slot if the rest is known."""
    words = bare(text)
    slot = 1
    found = _SLOT.fullmatch(words)
    if found and words not in _all_words():
        rest, digit = found["rest"] or found["of"], found["digit"] or found["place"]
        if rest in _all_words():
            words = rest
            slot = int(digit) if digit.isdigit() else _HAN_DIGITS.index(digit) + 1
    return Heading(words, money_factor(fold(text)), slot)


def is_known(text: str) -> bool:
    """Tell whether any kind knows this heading."""
    return read_heading(text).words in _all_words()


_PLAIN = tuple(kind for kind in Kind if kind not in CARRIED)


@cache
def fields_by_word(kind: Kind) -> dict[str, Field]:
    """Return the fields of a kind by every heading they go by; plain headings win."""
    found: dict[str, Field] = {}
    for field in FIELDS[kind]:
        found.setdefault(bare(field.label), field)
    for field in FIELDS[kind]:
        for word in field.headings:
            found.setdefault(whole(word), field)
    for field in FIELDS[kind]:
        for word in field.headings:
            found.setdefault(bare(word), field)
    return found


@cache
def _all_words() -> frozenset[str]:
    return SERIAL.union(*(fields_by_word(kind) for kind in _PLAIN))


def is_beside(kind: Kind, field: Field) -> bool:
    """Tell whether a field only stands beside what a kind is about: the next step of a customer."""
    return kind is Kind.customers and field.key in ("next_when", "next_what")


@cache
def _spread() -> Counter[str]:
    return Counter(
        word
        for kind in _PLAIN
        for word, field in fields_by_word(kind).items()
        if not is_beside(kind, field)
    )


def distinctiveness(word: str) -> int:
    """Return how much a heading speaks for one kind: 3 for a word of its own."""
    return max(1, 4 - _spread()[word])


def field_for(kind: Kind, heading: str, group: str) -> Field | None:
    """Find the field a heading stands for, together with the group above it."""
    known = fields_by_word(kind)
    if not group and whole(heading) in known:
        return known[whole(heading)]
    words = read_heading(heading).words
    candidates = _candidates(words, read_heading(group).words if group else "")
    for candidate in candidates:
        if candidate in known:
            return known[candidate]
    others = (known.get(other) for one in candidates for other in _other_words(one, _AFTER_NAME))
    named = next((field for field in others if field), None)
    if named and not (named.shape is Shape.staff and _THEIRS.match(words)):
        return named
    others = (known.get(other) for one in candidates for other in _other_words(one, _AFTER_TEXT))
    return next((field for field in others if field and field.shape not in _NAMES), None)


def _other_words(words: str, tail: re.Pattern[str]) -> Iterator[str]:
    """Yield what a heading comes to without words that add nothing: 所在行业, 跟进人员.

    时间 and 日期 stand for each other, and 省、市、区 for its parts run together.
    """
    plain = _PARTS.sub("", words)
    for one in (plain, plain.replace("时间", "日期"), plain.replace("日期", "时间")):
        before, after = _BEFORE.sub("", one), tail.sub("", one)
        yield from (one, before, _PERSON.sub("人", one), _PERSON.sub("人", before))
        yield from (after, tail.sub("", before))


def _candidates(words: str, group: str) -> list[str]:
    if not group:
        return [words]
    joined = _GROUP_TAIL.sub("", group) + words
    if _CONTACT_GROUP.search(group):
        return [joined, "联系人" + words, words]
    return [joined] if _FOREIGN_GROUP.search(group) else [joined, words + group, words]


def slot_of(heading: str, group: str) -> int:
    """Return which of several contacts a column belongs to, from 1."""
    own = read_heading(heading).slot
    return own if own > 1 or not group else read_heading(group).slot
