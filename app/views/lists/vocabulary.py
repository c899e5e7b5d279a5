"""Conditions as sentences, and the words to choose from when one is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.i18n import N_, _, translate
from app.models.values.features import FieldType, format_value
from app.services.lists import Condition, Group, Part
from app.services.lists.conditions import (
    AMOUNT,
    COMING,
    DAY,
    FEN,
    OPERATORS,
    PAST,
    REGION,
    STEP,
    TAG,
    TEXT,
    YES_NO,
)
from app.views.core import format as fmt

_WORDS: Mapping[str, str] = {
    "is": N_("为"),
    "is_not": N_("不是"),
    "contains": N_("包含"),
    "lacks": N_("不含"),
    "equals": N_("正好是"),
    "begins": N_("开头是"),
    "unknown": N_("没填"),
    "known": N_("填了"),
    "within": N_("几天内"),
    "over": N_("超过几天"),
    "ahead": N_("往后几天"),
    "since": N_("从某天起"),
    "until": N_("到某天止"),
    "between": N_("在…之间"),
    "at_least": N_("不低于"),
    "at_most": N_("不高于"),
    "all": N_("全都有"),
}
_OWN_WORDS: Mapping[tuple[str, str], str] = {
    ("is", REGION): N_("属于"),
    ("is_not", REGION): N_("不属于"),
    ("is", TAG): N_("有"),
    ("is_not", TAG): N_("没有"),
}
_SHOWN_VALUES = 3
DAYS = (PAST, COMING, DAY)


@dataclass(frozen=True, slots=True)
class Topic:
    """A field that takes conditions: its words, its kind, and the column it filters."""

    key: str
    title: str
    kind: str
    column: str = ""
    note: str = ""


def operator_words(kind: str, operator: str) -> str:
    """Return the words of an operator of a kind of field."""
    return translate(_OWN_WORDS.get((operator, kind), _WORDS.get(operator, "")))


class Vocabulary:
    """Know the fields of a list and the values of each: code and word.

    ``topics`` and ``words`` read them from the office; both are asked again after ``forget``.
    """

    def __init__(
        self,
        today: Callable[[], date],
        topics: Callable[[], Sequence[Topic]],
        words: Callable[[str], Sequence[tuple[str, str]]],
    ) -> None:
        self.today = today
        self._read_topics = topics
        self._read_words = words
        self._topics: dict[str, Topic] = {}
        self._kept: dict[str, tuple[tuple[str, str], ...]] = {}

    def topics(self) -> tuple[Topic, ...]:
        """Return the fields that take conditions, the likeliest first."""
        if not self._topics:
            self._topics = {one.key: one for one in self._read_topics()}
        return tuple(self._topics.values())

    def topic(self, field: str) -> Topic:
        """Return a field; one that is gone stands for itself."""
        self.topics()
        return self._topics.get(field, Topic(field, field, ""))

    def choices(self, field: str) -> tuple[tuple[str, str], ...]:
        """Return the values of a field of choices with their words."""
        if field not in self._kept:
            self._kept[field] = tuple(self._read_words(field))
        return self._kept[field]

    def forget(self) -> None:
        """Read the lists anew at the next question."""
        self._kept.clear()
        self._topics.clear()

    def columns_of(self, parts: Sequence[Part]) -> set[str]:
        """Return the keys of the columns that some conditions filter."""
        found: set[str] = set()
        for part in parts:
            if isinstance(part, Group):
                found |= self.columns_of(part.parts)
            else:
                found.add(self.topic(part.field).column or part.field)
        return found

    def word(self, field: str, value: str) -> str:
        """Return the word of a value; one that is on no list any more stands for itself."""
        if self.topic(field).kind == REGION:
            return value or _("没填")
        return dict(self.choices(field)).get(value, value or _("没填"))

    def value_words(self, field: str, value: str) -> str:
        """Return a value of any field as words: an amount, a day, the word of a code."""
        kind = self.topic(field).kind
        if not value:
            return dict(self.choices(field)).get("", _("没填"))
        if kind in (FEN, AMOUNT):
            return fmt.money(int(value)) if kind == FEN else plain_number(int(value))
        if kind in DAYS:
            return fmt.day(date.fromisoformat(value), self.today())
        if kind == TEXT:
            return value
        words = (self.word(field, one) for one in value.split(","))
        return _("、").join(words)

    def group_words(self, field: str, value: str) -> str:
        """Return the words of a group; days are grouped by month, YYYY-MM."""
        kind = self.topic(field).kind
        if kind in DAYS:
            return value or _("没填")
        if value == "0" and kind != YES_NO and "0" not in dict(self.choices(field)):
            return _("没填")
        return self.value_words(field, value)

    # -- sentences ------------------------------------------------------------------------

    def sentence(self, part: Part) -> str:
        """Return a condition as a chip reads: 地区 属于 苏州、无锡, 最近跟单 30 天内."""
        if isinstance(part, Group):
            return self._joined(part)
        topic = self.topic(part.field)
        if topic.kind not in OPERATORS:
            return _("{field} 已停用").format(field=topic.title)
        return f"{topic.title} {self._said(part, topic.kind)}"

    def _joined(self, group: Group) -> str:
        said = [
            f"（{self.sentence(one)}）" if isinstance(one, Group) else self.sentence(one)
            for one in group.parts
        ]
        return (_(" 且 ") if group.all else _(" 或 ")).join(said) or _("没有条件")

    def _said(self, condition: Condition, kind: str) -> str:
        if condition.operator in ("unknown", "known"):
            return operator_words(kind, condition.operator)
        if kind in DAYS:
            return self._days(condition)
        if kind in (FEN, AMOUNT):
            return self._range(condition, kind)
        shown = [self._value(condition.field, kind, one) for one in condition.values]
        said = _("、").join(shown[:_SHOWN_VALUES])
        if len(shown) > _SHOWN_VALUES:
            said = _("{values} 等 {count} 项").format(values=said, count=len(shown))
        return said if kind == STEP else f"{operator_words(kind, condition.operator)} {said}"

    def _value(self, field: str, kind: str, value: str) -> str:
        return value if kind == TEXT else self.word(field, value)

    def _days(self, condition: Condition) -> str:
        value = condition.values[0]
        counted = {
            "within": _("{count} 天内"),
            "over": _("{count} 天没跟") if condition.field == "touched" else _("超过 {count} 天"),
            "ahead": _("往后 {count} 天内"),
        }
        if condition.operator in counted:
            return counted[condition.operator].format(count=value)
        days = [fmt.day(date.fromisoformat(one), self.today()) for one in condition.values]
        if condition.operator == "between":
            return _("{start} 到 {end}").format(start=days[0], end=days[-1])
        said = _("{day} 起") if condition.operator == "since" else _("到 {day}")
        return said.format(day=days[0])

    def _range(self, condition: Condition, kind: str) -> str:
        def figure(value: str) -> str:
            number = int(value)
            return fmt.money(number) if kind == FEN else plain_number(number)

        shown = [figure(value) for value in condition.values]
        if condition.operator == "between":
            return _("{start} 到 {end}").format(start=shown[0], end=shown[-1])
        return f"{operator_words(kind, condition.operator)} {shown[0]}"


def plain_number(millionths: int) -> str:
    """Return a number of a feature as it is typed."""
    return format_value(FieldType.number, "", millionths, None)
