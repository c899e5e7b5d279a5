"""The words of the customer list: its fields, features and tags included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.i18n import N_, _, translate
from app.models.values.features import FieldType
from app.services.customers.fields import FEATURE, FIELDS, KINDS
from app.services.features.drafts import option_words
from app.services.lists.conditions import ID, YES_NO
from app.services.office import Office
from app.views.core import labels
from app.views.lists.vocabulary import Topic, Vocabulary

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
    "calibrated": N_("最近标定"),
    "team": N_("团队"),
    "size": N_("规模"),
    "kind": N_("类型"),
    "name": N_("客户名称"),
    "contact": N_("联系人"),
    "phone": N_("电话"),
    "plan": N_("计划"),
    "code": N_("编号"),
    "short_name": N_("简称"),
    "uscc": N_("统一信用代码"),
    "address": N_("地址"),
    "website": N_("网址"),
    "note": N_("备注"),
    "tag": N_("标签"),
    "radar": N_("雷达完整度"),
}
"""The fields every book has, the likeliest first."""

_COLUMN_OF: Mapping[str, str] = {"quality": "value", "grade": "value", "team": "owner"}
"""The column of a field where it has another name."""

_STEPS: Mapping[str, str] = {
    "none": N_("没有下步"),
    "open": N_("有下步"),
    "overdue": N_("已逾期"),
}
_GROUPS = ("owner", "team", "region", "stage", "life", "quality", "grade", "source", "industry",
           "size", "kind", "plan", "created", "touched", "expected_on")  # fmt: skip
_SORTED = (ID, YES_NO)
_CODES: Mapping[str, Mapping[str, str]] = {
    "life": labels.LIFE_CYCLE,
    "quality": labels.QUALITY,
    "grade": labels.GRADE,
    "kind": labels.CUSTOMER_KIND,
    "next": _STEPS,
    "plan": labels.PLAN_KIND,
}
_CALIBRATED = ("quality", "grade")
_LISTED = ("source", "industry", "size")


def customer_vocabulary(office: Office) -> Vocabulary:
    """Return the words of the customer list of an office."""
    words = _Words(office)
    return Vocabulary(office.context.today, words.topics, words.choices)


def groups(vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Return what customers can be grouped by, with words; features with options come last."""
    topics = {one.key: one for one in vocabulary.topics()}
    own = [key for key, one in topics.items() if key.startswith(FEATURE) and one.kind in _SORTED]
    return [(key, topics[key].title) for key in (*_GROUPS, *own)]


class _Words:
    def __init__(self, office: Office) -> None:
        self._office = office

    def topics(self) -> list[Topic]:
        """Return the fields every book has, then the features of this one."""
        found = [
            Topic(key, translate(title), FIELDS[key].kind, _COLUMN_OF.get(key, key))
            for key, title in TITLES.items()
        ]
        listed = (one for one in self._office.features.fields() if one.listed)
        for one in (one for one in listed if one.holds_value):
            key = f"{FEATURE}{one.id}"
            found.append(Topic(key, one.label, KINDS[one.type], key, _("业务特征")))
        return found

    def choices(self, field: str) -> Sequence[tuple[str, str]]:
        """Return the values of a field with their words."""
        if field in _CODES:
            found = [(code, translate(word)) for code, word in _CODES[field].items()]
            return [*found, ("", _("未标定"))] if field in _CALIBRATED else found
        if field in _LISTED:
            listed = [(one.label, one.label) for one in self._office.admin.choices(field)]
            return [*listed, ("", _("没填"))]
        if field.startswith(FEATURE):
            return self._of_feature(int(field[len(FEATURE) :]))
        return self._of_people(field)

    def _of_people(self, field: str) -> Sequence[tuple[str, str]]:
        office = self._office
        if field == "stage":
            return [(str(place), name) for place, name in enumerate(office.admin.stage_names())]
        if field == "owner":
            people = [(str(one.id), one.name) for one in office.staff.all(with_left=False)]
            return [*people, ("0", _("公海"))]
        if field == "team":
            return [(str(one.id), one.name) for one in office.staff.teams()]
        if field == "tag":
            tags = [(str(one.id), one.label) for one in office.customers.tags.all()]
            return [*tags, ("", _("没有标签"))]
        if field == "region":
            return [(one, one or _("没填")) for one in office.customers.used_regions()]
        return []

    def _of_feature(self, field_id: int) -> Sequence[tuple[str, str]]:
        fields = self._office.features.fields(with_archived=True)
        found = next((one for one in fields if one.id == field_id), None)
        if found is None:
            return []
        if found.type is FieldType.yes_no:
            return [("1", _("是")), ("0", _("否")), ("", _("没填"))]
        words = ((str(one.id), option_words(one, found.every_option)) for one in found.options)
        return [*words, ("", _("没填"))]
