"""Conditions as sentences, and the words to choose from when one is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from app.i18n import N_, _, translate
from app.services.customers import Condition
from app.services.customers.conditions import CHOICE, COMING, FEN, FIELDS, NUMBER, PAST, REGION
from app.services.office import Office
from app.views.core import format as fmt
from app.views.core import labels

TITLES: Mapping[str, str] = {
    "region": N_("地区"),
    "quality": N_("定性"),
    "grade": N_("定级"),
    "stage": N_("阶段"),
    "owner": N_("负责人"),
    "touched": N_("最近跟单"),
    "next": N_("下步事务"),
    "life": N_("生命周期"),
    "source": N_("来源"),
    "industry": N_("行业"),
    "expected": N_("预计金额"),
    "expected_on": N_("预计签约日"),
    "created": N_("建档日"),
    "team": N_("团队"),
    "size": N_("规模"),
    "kind": N_("类型"),
}
"""The fields that take conditions, the likeliest first."""

COLUMN_OF: Mapping[str, str] = {
    "quality": "value",
    "grade": "value",
    "team": "owner",
    "expected_on": "expected_on",
}
"""The column of a field where it has another name."""

_STEPS: Mapping[str, str] = {
    "none": N_("没有下步"),
    "open": N_("有下步"),
    "overdue": N_("已逾期"),
}
_OPERATORS: Mapping[tuple[str, str], str] = {
    ("is", CHOICE): N_("是"),
    ("is_not", CHOICE): N_("不是"),
    ("is", NUMBER): N_("是"),
    ("is_not", NUMBER): N_("不是"),
    ("is", REGION): N_("属于"),
    ("is_not", REGION): N_("不属于"),
    ("within", PAST): N_("几天内"),
    ("over", PAST): N_("超过几天"),
    ("since", PAST): N_("从某天起"),
    ("until", PAST): N_("到某天止"),
    ("within", COMING): N_("几天内"),
    ("since", COMING): N_("从某天起"),
    ("until", COMING): N_("到某天止"),
    ("at_least", FEN): N_("不低于"),
    ("at_most", FEN): N_("不高于"),
    ("unknown", FEN): N_("没填"),
}
_SHOWN_VALUES = 3


def operator_words(field: str, operator: str) -> str:
    """Return the words of an operator of a field, empty where there is only one."""
    return translate(_OPERATORS.get((operator, FIELDS[field]), "")) if operator else ""


def column_of(field: str) -> str:
    """Return the key of the column that a field filters."""
    return COLUMN_OF.get(field, field)


class Vocabulary:
    """Know the values of every field of this office: code and word."""

    def __init__(self, office: Office, today: date) -> None:
        self._office = office
        self._today = today
        self._kept: dict[str, tuple[tuple[str, str], ...]] = {}

    def choices(self, field: str) -> tuple[tuple[str, str], ...]:
        """Return the values of a field of choices with their words."""
        if field not in self._kept:
            self._kept[field] = tuple(self._read(field))
        return self._kept[field]

    def forget(self) -> None:
        """Read the lists anew at the next question."""
        self._kept.clear()

    def _read(self, field: str) -> Sequence[tuple[str, str]]:
        fixed = {
            "life": labels.LIFE_CYCLE,
            "quality": labels.QUALITY,
            "grade": labels.GRADE,
            "kind": labels.CUSTOMER_KIND,
            "next": _STEPS,
        }
        if field in fixed:
            found = [(code, translate(word)) for code, word in fixed[field].items()]
            return [*found, ("", _("未标定"))] if field in ("quality", "grade") else found
        if field == "stage":
            names = self._office.admin.stage_names()
            return [(str(place), name) for place, name in enumerate(names)]
        if field == "owner":
            people = self._office.staff.all(with_left=False)
            return [*((str(one.id), one.name) for one in people), ("0", _("公海"))]
        if field == "team":
            return [(str(one.id), one.name) for one in self._office.staff.teams()]
        if field == "region":
            return [(one, one or _("没填")) for one in self._office.customers.used_regions()]
        listed = [(one.label, one.label) for one in self._office.admin.choices(field)]
        return [*listed, ("", _("没填"))]

    def word(self, field: str, value: str) -> str:
        """Return the word of a value; one that is on no list any more stands for itself."""
        if field == "region":
            return value or _("没填")
        return dict(self.choices(field)).get(value, value or _("没填"))

    def sentence(self, condition: Condition) -> str:
        """Return a condition as a chip reads: 地区 属于 苏州、无锡, 最近跟单 30 天内."""
        field, kind = condition.field, FIELDS[condition.field]
        title = translate(TITLES[field])
        if kind in (PAST, COMING):
            return f"{title} {self._days(condition)}"
        if kind == FEN:
            return f"{title} {self._money(condition)}"
        shown = [self.word(field, value) for value in condition.values[:_SHOWN_VALUES]]
        said = "、".join(shown)
        if len(condition.values) > _SHOWN_VALUES:
            said = _("{values} 等 {count} 项").format(values=said, count=len(condition.values))
        if field == "next":
            return f"{title} {said}"
        return f"{title} {operator_words(field, condition.operator)} {said}"

    def _days(self, condition: Condition) -> str:
        value = condition.values[0]
        if condition.operator == "within":
            return _("{count} 天内").format(count=value)
        if condition.operator == "over":
            if condition.field == "touched":
                return _("{count} 天没跟").format(count=value)
            return _("超过 {count} 天").format(count=value)
        shown = fmt.day(date.fromisoformat(value), self._today)
        if condition.operator == "since":
            return _("{day} 起").format(day=shown)
        return _("到 {day}").format(day=shown)

    def _money(self, condition: Condition) -> str:
        said = operator_words(condition.field, condition.operator)
        if condition.operator == "unknown":
            return said
        return f"{said} {fmt.money(int(condition.values[0]))}"
