"""Groups of customers that may be one, as rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.i18n import N_, _
from app.services.customers.duplicates import Group
from app.views.core import format as fmt
from app.views.itemmodels.column import Column


def owners(group: Group) -> str:
    """Return whose customers they are, each person once."""
    return _("、").join(dict.fromkeys(one.owner for one in group.members if one.owner))


_SORTS: dict[str, Callable[[Group], Any]] = {
    "name": lambda group: group.members[0].name,
    "count": lambda group: len(group.members),
    "certainty": lambda group: group.certainty,
    "owner": owners,
}


def sort_value(group: Group, column: str) -> Any:
    """Return what a group is sorted by."""
    return _SORTS[column](group)


def columns(why: Callable[[Group], str]) -> Sequence[Column[Group]]:
    """Return the columns; ``why`` puts the reasons into words."""
    return (
        Column("name", N_("客户"), lambda group: "  |  ".join(_names(group)), width=420,
               sort_key="name", flex=3, least=200, kind="strong",
               accessible=lambda group: _("、").join(_names(group)), under=("why",)),
        Column("count", N_("家数"), lambda group: fmt.count(len(group.members)), width=64,
               align="right", sort_key="count"),
        Column("certainty", N_("把握"), lambda group: f"{group.certainty}%", width=72,
               align="right", sort_key="certainty"),
        Column("why", N_("为什么疑似"), why, width=260, flex=2, least=140,
               tone=lambda _group: "warn"),
        Column("owner", N_("负责人"), owners, width=120, sort_key="owner"),
    )  # fmt: skip


def _names(group: Group) -> list[str]:
    return [one.name for one in group.members]
