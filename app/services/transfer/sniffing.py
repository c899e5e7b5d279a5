"""Tell what a column holds from its cells alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

from app.models.values import actions
from app.models.values.reasons import Unreadable
from app.models.values.text import fold
from app.services.transfer import words
from app.services.transfer.fields import Kind
from app.services.transfer.sheets import CellValue

_MOBILE = re.compile(r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?:\D.*)?", re.DOTALL)
_USCC = re.compile(r"[0-9A-HJ-NP-RTUWXY]{18}")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_COMPANY = re.compile(
    r".*(?:公司|厂|店|集团|中心|事务所|合作社|商行|经营部|工作室|学校|医院|银行|研究院|局|委员会)(?:[(（].*[)）])?"
)
_TITLED = re.compile(r".{1,3}(?:总|经理|主任|工|厂长|老板|主管|科长|处长|先生|女士|老师)")
_SHARE = 0.6


def _share(values: Sequence[CellValue], pattern: re.Pattern[str]) -> float:
    texts = [plain_text(value) for value in values]
    return sum(bool(pattern.fullmatch(text)) for text in texts) / len(texts) if texts else 0.0


def plain_text(value: CellValue) -> str:
    """Return a cell as folded text; whole numbers lose their .0 and exponent."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return fold(str(value))


def field_by_content(values: Sequence[CellValue]) -> str:
    """Return the key of the field whose form most cells have, empty for none."""
    for key, pattern in (
        ("mobile", _MOBILE),
        ("uscc", _USCC),
        ("email", _MAIL),
        ("name", _COMPANY),
    ):
        if _share(values, pattern) >= _SHARE:
            return key
    return ""


def _is_duration(text: str) -> bool:
    """Tell whether a text can only be how long a call was: 2分15秒, 0:35."""
    try:
        return not text.isdecimal() and actions.parse_duration(text) is not None
    except Unreadable:
        return False


_Known = Callable[[str], object]
_WORDED: dict[Kind, tuple[tuple[str, _Known], ...]] = {
    Kind.followups: (
        ("channel", actions.channel_of),
        ("direction", actions.direction_of),
        ("outcome", actions.outcome_of),
        ("duration", _is_duration),
    ),
    Kind.contracts: (
        ("status", lambda text: words.code_of(words.CONTRACT_STATUSES, text)),
        ("kind", lambda text: words.code_of(words.CONTRACT_KINDS, text)),
    ),
}


def field_by_words(kind: Kind, values: Sequence[CellValue], have: Collection[str]) -> str:
    """Return the key of a missing field whose words all cells are, empty for none.

    What a heading in other words holds may decide whether a row counts at all: 作废, 未接.
    """
    texts = {plain_text(value) for value in values}
    for key, known in _WORDED.get(kind, ()) if texts else ():
        if key not in have and all(map(known, texts)):
            return key
    return ""


def is_company(text: str) -> bool:
    """Tell whether a text ends as the names of firms do."""
    return bool(_COMPANY.fullmatch(fold(text)))


def counts_rows(values: Sequence[CellValue]) -> bool:
    """Tell whether a column only counts 1, 2, 3 and so on."""
    texts = [plain_text(value) for value in values]
    if len(texts) < 2 or not all(text.isdecimal() and len(text) < 7 for text in texts):
        return False
    numbers = [int(text) for text in texts]
    return numbers[0] <= 2 and all(b - a == 1 for a, b in pairwise(numbers))


def look_like_contacts(values: Sequence[str]) -> bool:
    """Tell whether names are people at customers: titles, or hardly any name twice.

    An office has few owners, so their names repeat; customers' people do not.
    """
    names = [fold(value) for value in values]
    if not names:
        return False
    if _share(names, _TITLED) >= 0.3:
        return True
    return len(names) >= 12 and len(set(names)) / len(names) > 0.7
