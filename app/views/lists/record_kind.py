"""What makes a list of records: its columns, words, orders, groups and first views."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.i18n import N_, _, translate
from app.models.values.pages import Sort
from app.services.context import Actor
from app.services.lists.conditions import STEP, YES_NO
from app.services.office import Office
from app.views.core import labels
from app.views.itemmodels.column import Column
from app.views.lists.state import ListView
from app.views.lists.vocabulary import Topic, Vocabulary

CARRIER = "customer"
"""The column that every list of records has, where the words of groups stand."""

_ABOUT: Mapping[str, str] = {
    "customer": N_("客户名称"),
    "owner": N_("客户负责人"),
    "region": N_("地区"),
    "life": N_("生命周期"),
    "grade": N_("定级"),
}
_CODES: Mapping[str, Mapping[str, str]] = {"life": labels.LIFE_CYCLE, "grade": labels.GRADE}
_PEOPLE = ("owner", "staff", "signer")


@dataclass(frozen=True, slots=True, eq=False)
class RecordKind:
    """One kind of record.

    ``name`` names it in the office, ``titles`` are its fields, ``codes`` the words of fields
    that hold codes, ``listed`` the editable list behind a field. ``sorted_by`` gives the sort
    key of a column, ``searched`` the fields that typing looks in. ``views`` makes the views
    that everybody has; the first one shows everything. ``orders`` have words of their own.
    """

    name: str
    title: str
    columns: Callable[[Office], Sequence[Column[Any]]]
    titles: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    sorted_by: Mapping[str, str]
    groups: tuple[str, ...]
    searched: tuple[str, ...]
    newest: Sort
    views: Callable[[Actor, date], tuple[ListView, ...]]
    listed: Mapping[str, str]
    orders: tuple[tuple[Sort, str], ...] = ()

    def all_titles(self) -> Mapping[str, str]:
        """Return the words of every field, those about the customer last."""
        return {**self.titles, **{k: v for k, v in _ABOUT.items() if k not in self.titles}}


def record_vocabulary(office: Office, kind: RecordKind) -> Vocabulary:
    """Return the words of a list of records."""
    kinds = office.records[kind.name].kinds()

    def topics() -> list[Topic]:
        return [
            Topic(key, translate(title), kinds[key], key)
            for key, title in kind.all_titles().items()
        ]

    def choices(field: str) -> Sequence[tuple[str, str]]:
        codes = {**_CODES, **kind.codes}.get(field)
        if codes is not None:
            words = [(code, translate(word)) for code, word in codes.items()]
            return words if kinds[field] in (STEP, YES_NO) else [*words, ("", _("没填"))]
        if field in kind.listed:
            known = office.admin.choices(kind.listed[field])
            return [*((one.label, one.label) for one in known), ("", _("没填"))]
        if field in _PEOPLE:
            people = ((str(one.id), one.name) for one in office.staff.all())
            return [*people, ("0", _("公海") if field == "owner" else _("没填"))]
        if field == "region":
            return [(one, one or _("没填")) for one in office.customers.used_regions()]
        return []

    return Vocabulary(office.context.today, topics, choices)
