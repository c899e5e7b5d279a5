"""Recognise what a typed follow-up says about the next step, money and rivals (ui.md 13, 04).

Rule-based and local: words after a slash are certain, bare words are taken when they can
only mean the future. What the form fills from here never beats the person's own choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.models.values import money, nextstep
from app.models.values.actions import Outcome
from app.models.values.features import FieldType
from app.models.values.nextstep import Bucket, Window
from app.models.values.nextstep.typed import parse_when
from app.models.values.reasons import Unreadable
from app.services.features import FeatureDraft, FieldView

if TYPE_CHECKING:
    from app.services.followups.moment import Moment

RIVAL = "rival"
EXPECTED = "expected"
LONGEST_WHAT = 80


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of this office: times and plans in its language, rivals from its features."""

    times: Mapping[str, Bucket] = field(default_factory=dict)
    plans: Mapping[str, str] = field(default_factory=dict)
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One recognised stretch of the text, ``start`` to ``end`` (exclusive).

    ``kind``: time, plan, amount, rival, outcome; ``token`` is True after a slash.
    """

    start: int
    end: int
    kind: str
    words: str
    token: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money in fen; ``about`` is rival, expected or empty."""

    fen: int
    about: str
    clause: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """Everything a text says; empty where it says nothing.

    ``window`` is set when the time is no plain chip word (下周三, 月底前).
    """

    found: tuple[Found, ...] = ()
    bucket: Bucket | None = None
    window: Window | None = None
    when: str = ""
    plan: str = ""
    what: str = ""
    amounts: tuple[Amount, ...] = ()
    rivals: tuple[str, ...] = ()
    outcome: str = ""

    def amount(self, about: str) -> int | None:
        """Return the last amount of this meaning in fen, None without one."""
        return next((one.fen for one in reversed(self.amounts) if one.about == about), None)


_CLAUSE_END = "，。；！？,;!?\n"
_SENTENCE_END = "。！？!?\n"
_CLOCK = (
    r"(?:上午|早上|中午|下午|傍晚|晚上)?(?:\d{1,2}(?:[点时](?:半|一刻|三刻|\d{1,2}分?)?|:\d{2}))?"
)
_BARE_TIME = re.compile(
    rf"""(?:
      今天稍后|今晚|本周内|月底前|季末前|节后第一天
      |(?:大?后天|明天|明日){_CLOCK}
      |下{{1,2}}个?(?:周|星期|礼拜)(?:[一二三四五六日天](?![周个])|内)?{_CLOCK}
      |下个?月(?:\d{{1,2}}[号日])?
      |(?:这|本)周[一二三四五六日天]{_CLOCK}
      |(?:\d{{1,2}}|[一二两三四五六七八九十])(?:天|个?星期|周|个月)(?:后|以后|之后)
    )前?""",
    re.VERBOSE | re.ASCII,
)
_AMOUNT = re.compile(
    r"(?<![\d.])(?:[¥￥]\s*)?\d{1,3}(?:,\d{3})+(?:\.\d+)?\s*(?:[万亿千wWkK]|百万|千万)?元?"
    r"|(?<![\d.])\d+(?:\.\d+)?\s*(?:百万|千万|[万亿千](?!里|米|斤|台|个|次|人|件|瓦)|[wW](?![a-zA-Z]))元?"
    r"|(?<![\d.])[¥￥]\s*\d+(?:\.\d+)?"
    r"|(?<![\d.])\d{3,}(?:\.\d+)?\s*(?:元|块钱)",
    re.ASCII,
)
_RIVAL_WORDS = re.compile("对手|竞品|竞争|别家|另一家|友商|同行")
_EXPECTED_WORDS = re.compile("预算|预计|总价|合同|签约|签|订单|采购|金额|项目|投入|报价单|定金")
_MISSED = re.compile("未接|没接|没人接|无人接听|无人接|打不通|没打通|未接通|关机|停机|占线|空号")
_SUFFIX = re.compile(
    "(?:股份|有限|责任|科技|智能|技术|电子|设备|自动化|机械|仪器|软件|信息|集团|公司|实业|工业)+$"
)
_LEADING = re.compile(r"^[\s，。、；:：,.;\-—~]+")


def recognise(text: str, moment: Moment, vocabulary: Vocabulary) -> Recognised:
    """Return what the text says; the same text at the same moment gives the same."""
    tokens = list(_tokens(text, moment, vocabulary))
    taken = [(one.start, one.end) for one in tokens]
    bare = [*_bare_times(text, moment, taken), *_bare_plans(text, vocabulary, taken)]
    times = [one for one in tokens if one.kind == "time"] or [
        one for one in bare if one.kind == "time"
    ]
    plans = [one for one in tokens if one.kind == "plan"] or [
        one for one in bare if one.kind == "plan"
    ]
    chosen = [*times[-1:], *plans[-1:]]
    rivals = list(_rivals(text, vocabulary.rivals))
    amounts = list(_amounts(text, [name for _found, name in rivals]))
    outcome = _MISSED.search(text)
    marks = [
        *tokens,
        *(one for one in chosen if not one.token),
        *(one for one, _name in rivals),
        *(one for one, _amount in amounts),
    ]
    if outcome:
        marks.append(Found(*outcome.span(), "outcome", outcome[0]))
    bucket, window = _meaning(times[-1].words, moment, vocabulary) if times else (None, None)
    return Recognised(
        found=_apart(marks),
        bucket=bucket,
        window=window,
        when=times[-1].words if times else "",
        plan=vocabulary.plans.get(plans[-1].words, "") if plans else "",
        what=_what(text, tokens, times[-1] if times else None),
        amounts=tuple(amount for _found, amount in amounts),
        rivals=tuple(dict.fromkeys(name for _found, name in rivals)),
        outcome=str(Outcome.missed) if outcome else "",
    )


# -- times and plans ---------------------------------------------------------------------------


def _tokens(text: str, moment: Moment, vocabulary: Vocabulary) -> Iterator[Found]:
    """Yield the words after slashes that mean a time or a plan."""
    known = {**dict.fromkeys(vocabulary.times, "time"), **dict.fromkeys(vocabulary.plans, "plan")}
    by_length = sorted(known, key=len, reverse=True)
    end = 0
    for slash in re.finditer("[/／]", text):
        at = slash.end()
        if slash.start() < end or (
            text[slash.start() - 1 : slash.start()].isalnum() and text[slash.start() - 1].isascii()
        ):
            continue
        spelled = _spelled_time(text[at : at + 16], moment)
        word = _longest_start(text[at:], by_length)
        if len(spelled) > len(word):
            yield Found(slash.start(), at + len(spelled), "time", spelled, token=True)
            end = at + len(spelled)
        elif word:
            yield Found(slash.start(), at + len(word), known[word], word, token=True)
            end = at + len(word)


def _longest_start(text: str, words: Iterable[str]) -> str:
    lower = text.casefold()
    return next((word for word in words if word and lower.startswith(word.casefold())), "")


def _spelled_time(text: str, moment: Moment) -> str:
    """Return the longest beginning that reads as a time, empty if none does."""
    words = re.split(r"[\s/，。；,;！!？?]", text, maxsplit=1)[0]
    for length in range(len(words), 1, -1):
        if parse_when(words[:length], moment.at, moment.zone, moment.hours):
            return words[:length]
    return ""


def _meaning(
    words: str, moment: Moment, vocabulary: Vocabulary
) -> tuple[Bucket | None, Window | None]:
    if words in vocabulary.times:
        return vocabulary.times[words], None
    read = parse_when(words, moment.at, moment.zone, moment.hours)
    if read is None:
        return None, None
    plain = (
        nextstep.resolve(read[0], moment.at, moment.zone, moment.hours)
        if (read[0] is not Bucket.date)
        else None
    )
    return (read[0], None) if plain == read else read


def _bare_times(text: str, moment: Moment, taken: Sequence[tuple[int, int]]) -> Iterator[Found]:
    for found in _BARE_TIME.finditer(text):
        if _overlaps(found.span(), taken):
            continue
        if parse_when(found[0], moment.at, moment.zone, moment.hours):
            yield Found(*found.span(), "time", found[0])


def _bare_plans(text: str, vocabulary: Vocabulary, taken: Sequence[tuple[int, int]]) -> list[Found]:
    found = [
        Found(one.start(), one.end(), "plan", word)
        for word in vocabulary.plans
        if word
        for one in re.finditer(re.escape(word), text)
        if not _overlaps(one.span(), taken)
    ]
    return sorted(found, key=lambda one: one.start)


def _overlaps(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)


def _what(text: str, tokens: Sequence[Found], time: Found | None) -> str:
    """Return what is to be done: the words after the last token, or the clause of a bare time."""
    if tokens:
        rest = text[tokens[-1].end :]
        stop = min((at for mark in _SENTENCE_END if (at := rest.find(mark)) >= 0), default=None)
        return _LEADING.sub("", rest[:stop]).rstrip("，,;； ")[:LONGEST_WHAT]
    if time is None:
        return ""
    start, end = _clause(text, time.start, time.end)
    return _LEADING.sub("", text[start : time.start] + text[time.end : end]).strip()[:LONGEST_WHAT]


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the clause around a stretch begins and ends."""
    first = max((text.rfind(mark, 0, start) for mark in _CLAUSE_END), default=-1) + 1
    ends = [at for mark in _CLAUSE_END if (at := text.find(mark, end)) >= 0]
    return first, min(ends, default=len(text))


# -- money and rivals --------------------------------------------------------------------------


def _rivals(text: str, names: Iterable[str]) -> Iterator[tuple[Found, str]]:
    for name in names:
        stem = _SUFFIX.sub("", name)
        for word in (name, stem):
            at = text.find(word) if len(word) > 1 else -1
            if at >= 0:
                yield Found(at, at + len(word), "rival", word), name
                break


def _amounts(text: str, rivals: Sequence[str]) -> Iterator[tuple[Found, Amount]]:
    for found in _AMOUNT.finditer(text):
        try:
            fen = money.parse_money(found[0])
        except Unreadable:
            continue
        if not fen:
            continue
        start, end = _clause(text, *found.span())
        clause = text[start:end]
        yield (
            Found(*found.span(), "amount", found[0].strip()),
            Amount(int(fen), _about(clause, rivals), clause),
        )


def _about(clause: str, rivals: Sequence[str]) -> str:
    named = any(name in clause or (_SUFFIX.sub("", name) or name) in clause for name in rivals)
    if named or _RIVAL_WORDS.search(clause):
        return RIVAL
    return EXPECTED if _EXPECTED_WORDS.search(clause) else ""


def _apart(found: Iterable[Found]) -> tuple[Found, ...]:
    """Return the stretches in order without overlaps, the longer one first of two."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda mark: (not mark.token, mark.start - mark.end, mark.start)):
        if not _overlaps((one.start, one.end), [(mark.start, mark.end) for mark in kept]):
            kept.append(one)
    return tuple(sorted(kept, key=lambda mark: mark.start))


# -- features ----------------------------------------------------------------------------------


def rival_names(fields: Iterable[FieldView]) -> tuple[str, ...]:
    """Return the options of the fields that name rivals."""
    return tuple(
        option.label
        for one in fields
        if one.type in (FieldType.single, FieldType.multi) and _RIVAL_WORDS.search(one.label)
        for option in one.options
    )


def learnt(found: Recognised, fields: Iterable[FieldView]) -> tuple[FeatureDraft, ...]:
    """Return the features that the text tells: named rivals, their price, amounts by label."""
    drafts = []
    for one in fields:
        if one.type in (FieldType.single, FieldType.multi):
            wanted = [option.id for option in one.options if option.label in found.rivals]
            if wanted and _RIVAL_WORDS.search(one.label):
                ids = wanted if one.type is FieldType.multi else wanted[-1:]
                drafts.append(FeatureDraft(one.id, option_ids=tuple(ids)))
        elif one.type is FieldType.money:
            fen = _amount_for(found, one.label)
            if fen is not None:
                drafts.append(FeatureDraft(one.id, money.format_yuan(fen)))
    return tuple(drafts)


def _amount_for(found: Recognised, label: str) -> int | None:
    if _RIVAL_WORDS.search(label):
        return found.amount(RIVAL)
    named = [one.fen for one in found.amounts if label in one.clause and one.about != RIVAL]
    return named[-1] if named else None
