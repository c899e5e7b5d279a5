"""Read one typed line as a follow-up: 启明 电话 同意看样机 大单46万 月底签 /下周 打击竞品 带视频.

Rule-based and local. Every character of the line belongs to exactly one part, in order, so
that the parts joined are the line again and nothing typed is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from app.models.values import actions
from app.models.values.dates import business_day
from app.models.values.nextstep.typed import parse_when
from app.services.followups.named import WORD
from app.services.followups.recognise import RIVAL, Recognised, recognise

if TYPE_CHECKING:
    from app.models.values.nextstep import Bucket, Window
    from app.services.followups.moment import Moment
    from app.services.followups.recognise import Vocabulary

LONGEST = 2_000
"""Characters of a line that are read; what is behind them is plain text."""

TEXT = "text"
KINDS = (
    "customer", "contact", "channel", "quality", "grade", "amount", "expected", "time", "plan",
    "what",
)  # fmt: skip
"""What a part may be, apart from text."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the line from ``start`` to before ``end``, and what it was taken for."""

    start: int
    end: int
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class QuickLine:
    """What a line says; empty or None where it says nothing.

    ``parts`` cover the whole line. ``content`` is what goes into the history: the line without
    the customer and the channel before it. ``amount_fen`` in fen.
    """

    text: str = ""
    parts: tuple[Part, ...] = ()
    channel: str = ""
    direction: str = ""
    outcome: str = ""
    contact_id: int = 0
    quality: str = ""
    grade: str = ""
    amount_fen: int | None = None
    expected_on: date | None = None
    expected_label: str = ""
    bucket: Bucket | None = None
    window: Window | None = None
    when: str = ""
    plan: str = ""
    what: str = ""
    content: str = ""
    found: Recognised = field(default_factory=Recognised)

    def words(self, kind: str) -> str:
        """Return the words of the first part of a kind, empty without one."""
        return next((one.words for one in self.parts if one.kind == kind), "")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before reading: how many characters name the customer, and its people.

    ``refused`` are the kinds that the person has said are plain text.
    """

    customer_end: int = 0
    people: Mapping[str, int] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()


_BLANK = re.compile(r"[\s，,、。；;：:!！?？]+")
_TITLES = "总|董|经理|主任|部长|科长|厂长|处长|所长|院长|老师|工|先生|女士|小姐|哥|姐"
_QUALITY = {"有价值": "valuable", "无价值": "worthless", "没价值": "worthless", "不确定": "unsure"}
_GRADE = {"大单": "big", "正常单": "normal", "中单": "normal", "普通单": "normal", "小单": "small"}
_RATED = re.compile("|".join(sorted((*_QUALITY, *_GRADE), key=len, reverse=True)))
_SIGN = re.compile("(?:能|可以|会|就|左右)?(?:签约|签单|签合同|签下|签|成交|定下来)")
_BEFORE_DATE = re.compile(r"(?:预计|大概|估计|争取|计划)?$")
_SPENT = re.compile(
    "付|回款|到账|押金|定金|样品费|差旅|花了|罚|欠|退|工资|成本|运费|折扣|降|便宜|贵"
)
_LONGEST_DATE = 12
_MASK = "\ufffc"


def read_line(text: str, moment: Moment, vocabulary: Vocabulary, known: Known) -> QuickLine:
    """Return what a line says; the same line at the same moment gives the same."""
    line = text[:LONGEST]
    masked = _Masked(line)
    if known.customer_end:
        masked.take("customer", 0, min(known.customer_end, len(line)))
    for kind, find in _FINDERS:
        if kind not in known.refused:
            for start, end in find(masked.rest(), moment, known):
                masked.take(kind, start, end)
    found = _without(recognise(masked.rest(), moment, vocabulary), known.refused)
    _take_step(masked, found, known.refused)
    amount = None
    if "amount" not in known.refused:
        # read anew: 打击竞品 is now hidden, and no longer makes the amount a rival's
        amount = _take_amount(masked, recognise(masked.rest(), moment, vocabulary))
    parts = tuple(masked.parts(text))
    return _with_step(_meaning(text, parts, found, amount, moment, known), found, parts)


class _Masked:
    """A line in which the stretches already taken are hidden from the next reader."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._chars = list(line)
        self._taken: list[tuple[int, int, str]] = []

    def rest(self) -> str:
        """Return the line with marks in place of what is taken."""
        return "".join(self._chars)

    def take(self, kind: str, start: int, end: int) -> bool:
        """Give a stretch to a kind unless part of it is taken; tell whether it was."""
        if start >= end or _MASK in self._chars[start:end]:
            return False
        self._taken.append((start, end, kind))
        self._chars[start:end] = _MASK * (end - start)
        return True

    def parts(self, text: str) -> Iterator[Part]:
        """Yield the parts of the whole line in order, the rest as text."""
        at = 0
        for start, end, kind in sorted(self._taken):
            if start > at:
                yield Part(at, start, TEXT, text[at:start])
            yield Part(start, end, kind, text[start:end])
            at = end
        if at < len(text):
            yield Part(at, len(text), TEXT, text[at:])


# -- who and how ---------------------------------------------------------------------------------


def _channels(text: str, _moment: Moment, _known: Known) -> Iterator[tuple[int, int]]:
    """Find the channel among the first words, alone or before what happened (电话同意看样机)."""
    for place, found in enumerate(WORD.finditer(text)):
        if place > 3:
            return
        word = found[0].strip(_MASK)
        start = found.start() + found[0].find(word) if word else found.end()
        if word and actions.channel_of(word) is not None:
            yield start, start + len(word)
            return
    begins = WORD.search(text.replace(_MASK, " "))
    for length in (4, 3, 2):
        word = begins[0][:length] if begins else ""
        if begins and len(begins[0]) > length and actions.channel_of(word) is not None:
            yield begins.start(), begins.start() + length
            return


def _contacts(text: str, _moment: Moment, known: Known) -> Iterator[tuple[int, int]]:
    """Find one of the customer's people by full name, or by surname and title if only one fits."""
    for name in sorted(known.people, key=len, reverse=True):
        at = text.find(name) if len(name) > 1 else -1
        if at >= 0:
            yield at, at + len(name)
            return
    for found in re.finditer(rf"([\u4e00-\u9fff])({_TITLES})", text):
        if contact_named(found[0], known.people):
            yield found.span()
            return


def contact_named(words: str, people: Mapping[str, int]) -> int:
    """Return the person meant by a name or by surname and title, 0 for nobody or several."""
    if words in people:
        return people[words]
    meant = {one for name, one in people.items() if words and name.startswith(words[0])}
    return meant.pop() if len(meant) == 1 else 0


# -- value ---------------------------------------------------------------------------------------


def _rated(words: Mapping[str, str]) -> Callable[..., Iterator[tuple[int, int]]]:
    def find(text: str, _moment: Moment, _known: Known) -> Iterator[tuple[int, int]]:
        for found in _RATED.finditer(text):
            if found[0] in words:
                yield found.span()
                return

    return find


def _expected(text: str, moment: Moment, _known: Known) -> Iterator[tuple[int, int]]:
    """Find the day of signing: 月底签, 预计12-28签约, 下月能签."""
    for sign in _SIGN.finditer(text):
        for length in range(min(_LONGEST_DATE, sign.start()), 1, -1):
            start = sign.start() - length
            words = text[start : sign.start()]
            if _MASK in words or text[start - 1 : start] in ("/", "／"):
                continue
            if not _BLANK.search(words) and _day_of(words, moment):
                before = _BEFORE_DATE.search(text[:start])
                yield (before.start() if before else start), sign.end()
                return


def _day_of(words: str, moment: Moment) -> date | None:
    found = parse_when(words, moment.at, moment.zone, moment.hours)
    return business_day(found[1].end, moment.zone) if found else None


def _expected_meaning(words: str, moment: Moment) -> tuple[date | None, str]:
    """Return the last day that the words allow and the label they say it with."""
    signs = list(_SIGN.finditer(words))
    stem = words[: signs[-1].start()] if signs else words
    for start in range(len(stem)):
        day = _day_of(stem[start:], moment)
        if day is not None:
            return day, stem[start:]
    return None, ""


_FINDERS: tuple[tuple[str, Callable[..., Iterator[tuple[int, int]]]], ...] = (
    ("channel", _channels),
    ("contact", _contacts),
    ("quality", _rated(_QUALITY)),
    ("grade", _rated(_GRADE)),
    ("expected", _expected),
)


def _take_amount(masked: _Masked, found: Recognised) -> int | None:
    """Take the last amount that is the size of the deal: not a rival's, not one spent."""
    marks = [one for one in found.found if one.kind == "amount"]
    for mark, amount in reversed(list(zip(marks, found.amounts, strict=False))):
        if amount.about == RIVAL or _SPENT.search(amount.clause.replace(_MASK, "")):
            continue
        return amount.fen if masked.take("amount", mark.start, mark.end) else None
    return None


# -- the next step -------------------------------------------------------------------------------


def _without(found: Recognised, refused: frozenset[str]) -> Recognised:
    """Return what was recognised without the kinds that the person refused."""
    if "time" in refused:
        found = replace(found, bucket=None, window=None, when="")
    if "plan" in refused:
        found = replace(found, plan="")
    if "what" in refused or found.bucket is None:
        found = replace(found, what="")
    return found


def _take_step(masked: _Masked, found: Recognised, refused: frozenset[str]) -> None:
    """Take time, plan, and what is to be done behind the last token."""
    tokens = [one for one in found.found if one.token]
    for one in found.found:
        if one.kind in ("time", "plan") and one.kind not in refused and _has(found, one.kind):
            masked.take(one.kind, one.start, one.end)
    if found.bucket is not None and "what" not in refused and tokens:
        _take_what(masked, tokens[-1].end)


def _take_what(masked: _Masked, start: int) -> None:
    """Take what is to be done: the words behind the last part, up to the end of a sentence."""
    rest = masked.rest()
    ends = (at for at in range(start, len(rest)) if rest[at] in "。！？!?\n")
    end = next(ends, len(rest))
    start = max(start, rest.rfind(_MASK, start, end) + 1)
    words = rest[start:end]
    inner = words.strip(" \t，,；;、:：-—~")
    first = start + words.find(inner)
    masked.take("what", first, first + len(inner))


def _has(found: Recognised, kind: str) -> bool:
    return bool(found.when if kind == "time" else found.plan)


# -- the meaning ---------------------------------------------------------------------------------


def _meaning(
    text: str,
    parts: Sequence[Part],
    found: Recognised,
    amount: int | None,
    moment: Moment,
    known: Known,
) -> QuickLine:
    line = QuickLine(text, tuple(parts))
    channel = line.words("channel")
    day, label = _expected_meaning(line.words("expected"), moment)
    return replace(
        line,
        channel=str(actions.channel_of(channel) or "") if channel else "",
        direction=str(actions.direction_of(channel) or "") if channel else "",
        outcome=found.outcome,
        contact_id=contact_named(line.words("contact"), known.people),
        quality=_QUALITY.get(line.words("quality"), ""),
        grade=_GRADE.get(line.words("grade"), ""),
        amount_fen=amount,
        expected_on=day,
        expected_label=label,
        content=_content(parts),
    )


def _with_step(line: QuickLine, found: Recognised, parts: Iterable[Part]) -> QuickLine:
    what = next((one.words for one in parts if one.kind == "what"), "")
    return replace(
        line,
        bucket=found.bucket,
        window=found.window,
        when=found.when,
        plan=found.plan,
        what=what or _plain(found.what),
        found=found,
    )


def _plain(words: str) -> str:
    return words.replace(_MASK, "").strip()


def _content(parts: Sequence[Part]) -> str:
    """Return what goes into the history: all but the customer and a channel before the rest."""
    kept: list[str] = []
    for one in parts:
        early = not "".join(kept).strip()
        if one.kind == "customer" or (one.kind == "channel" and early):
            continue
        kept.append(one.words)
    return "".join(kept).strip()
