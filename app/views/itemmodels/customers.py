"""The customer list: its columns, its rows, and where they come from."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PySide6.QtCore import Qt

from app.i18n import N_, _
from app.models.values import grams, pinyin
from app.models.values.features import FIGURES, MILLIONTHS, FieldType, parse_value
from app.models.values.forms import Exact, Form
from app.models.values.pages import Sort
from app.services.customers.bulk import Chosen
from app.services.customers.drafts import CustomerRow
from app.services.customers.fields import FEATURE
from app.services.features import FieldView
from app.services.lists import ListFilter
from app.views.core import format as fmt
from app.views.core import labels
from app.views.customers import words
from app.views.itemmodels.column import Column
from app.views.itemmodels.grouped import GroupedSource, GroupRow
from app.views.itemmodels.listed import ListModel

MARKED = "marked"
"""A column kind: the part of the name that answers the search is tinted."""
NEWEST = Sort("last_touch_on", True)
_FEATURE_FORMS = {
    **dict.fromkeys((*FIGURES, FieldType.rollup), Form.number),
    FieldType.money: Form.money,
    FieldType.date: Form.day,
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One line: the customer, and what is known of the features that are shown."""

    customer: CustomerRow
    features: Mapping[int, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()


@dataclass(slots=True)
class Words:
    """What the texts of the columns depend on beside the row."""

    calendar: words.Calendar
    stages: tuple[str, ...]
    query: str = ""

    @property
    def today(self) -> date:
        """Return the office's day now."""
        return self.calendar.today


def stage_tag(life: str, position: int, stages: Sequence[str]) -> tuple[str, str]:
    """Return word and tone of the stage: 失效 is grey, the last one is good, the first plain."""
    if life == "churned":
        return labels.of(labels.LIFE_CYCLE, life), "neutral"
    name = stages[position] if 0 <= position < len(stages) else "—"
    tone = "good" if position == len(stages) - 1 else "outline" if position == 0 else "accent"
    return name, tone


def customer_columns(known: Words, fields: Sequence[FieldView] = ()) -> tuple[Column[Listed], ...]:
    """Return all columns of the list; those of features come last and are hidden at first."""
    return (
        *_identity(known),
        *_value(known),
        *_contact_with(known),
        *_further(known),
        *(_feature(field) for field in fields if field.holds_value and field.listed),
    )


def _identity(known: Words) -> tuple[Column[Listed], ...]:
    return (
        Column("tick", "", lambda _row: "", align="center", width=36, kind="check"),
        Column(
            "name",
            N_("客户名称"),
            lambda row: row.customer.name,
            width=234,
            flex=1,
            least=140,
            under=("contact", "phone", "region"),
            sort_key="name",
            kind=MARKED,
            value=lambda row: grams.marked(known.query, row.customer.name) if known.query else None,
            accessible=lambda row: _spoken(row, known),
            elide_middle=True,
        ),
        Column("region", N_("地区"), lambda row: row.customer.region, width=96, sort_key="region"),
        Column("contact", N_("主联系人"), lambda row: row.customer.main_contact, width=74,
               sort_key="contact",
               tone=lambda row: "text" if row.customer.main_contact else "text3"),
        Column("phone", N_("电话"), lambda row: fmt.phone(row.customer.main_phone), width=132,
               sort_key="phone", exact=lambda row: row.customer.main_phone),
    )  # fmt: skip


def _spoken(row: Listed, known: Words) -> str:
    customer = row.customer
    parts = (
        customer.name,
        labels.value(customer.quality, customer.grade),
        stage_tag(customer.life, customer.stage_position, known.stages)[0],
        fmt.money(customer.expected_fen),
        known.calendar.due(customer.next_start_at, customer.next_due_at),
        customer.owner or _("公海"),
    )
    return "，".join(part for part in parts if part)


def _value(known: Words) -> tuple[Column[Listed], ...]:
    return (
        Column(
            "value",
            N_("价值"),
            lambda row: labels.value(row.customer.quality, row.customer.grade),
            width=118,
            sort_key="value",
            under=("stage",),
            kind="badge",
            value=lambda row: (row.customer.quality, row.customer.grade),
        ),
        Column(
            "stage",
            N_("阶段"),
            lambda row: _tag(row, known)[0],
            width=78,
            sort_key="stage",
            kind="tag",
            value=lambda row: _tag(row, known),
        ),
        Column(
            "expected",
            N_("预计金额 ¥"),
            lambda row: fmt.money(row.customer.expected_fen),
            align="right",
            width=92,
            under=("touched",),
            sort_key="expected_fen",
            exact=lambda row: row.customer.expected_fen,
            form=Form.money,
        ),
    )


def _tag(row: Listed, known: Words) -> tuple[str, str]:
    return stage_tag(row.customer.life, row.customer.stage_position, known.stages)


def _contact_with(known: Words) -> tuple[Column[Listed], ...]:
    def due(row: Listed) -> str:
        return known.calendar.due(row.customer.next_start_at, row.customer.next_due_at)

    def due_day(row: Listed) -> date | None:
        end = row.customer.next_due_at
        return known.calendar.day_of(end) if end < words.FAR else None

    def tone(row: Listed) -> str:
        end = row.customer.next_due_at
        return "text3" if end >= words.FAR else "bad" if end < known.calendar.now else "text"

    return (
        _touched(known),
        Column(
            "next",
            N_("下步事务"),
            due,
            width=96,
            sort_key="next_due_at",
            tone=tone,
            under=("owner",),
            exact=due_day,
            form=Form.day,
        ),
        Column(
            "owner",
            N_("负责人"),
            lambda row: row.customer.owner or _("公海"),
            width=96,
            sort_key="owner",
            kind="person",
            tone=lambda row: "text" if row.customer.owner else "text3",
        ),
    )


def _touched(known: Words) -> Column[Listed]:
    return Column(
        "touched",
        N_("最近跟单"),
        lambda row: fmt.day(row.customer.last_touch_on, known.today),
        width=92,
        sort_key="last_touch_on",
        exact=lambda row: row.customer.last_touch_on,
        form=Form.day,
    )


def _further(known: Words) -> tuple[Column[Listed], ...]:
    def plain(
        key: str, title: str, text: Callable[[Listed], str], width: int, sort_key: str = ""
    ) -> Column[Listed]:
        return Column(key, title, text, width=width, sort_key=sort_key, shown=False)

    def day(
        key: str, title: str, sort_key: str, of: Callable[[CustomerRow], date | None]
    ) -> Column[Listed]:
        return Column(
            key,
            title,
            lambda row: fmt.day(of(row.customer), known.today),
            width=96,
            sort_key=sort_key,
            shown=False,
            exact=lambda row: of(row.customer),
            form=Form.day,
        )

    return (
        plain("tag", N_("标签"), lambda row: _("、").join(row.tags), 140),
        plain("initials", N_("拼音首字母"), lambda row: pinyin.initials(row.customer.name), 110),
        plain("code", N_("编号"), lambda row: row.customer.code, 100, "code"),
        plain("life", N_("生命周期"),
              lambda row: labels.of(labels.LIFE_CYCLE, row.customer.life), 84, "life"),
        plain("plan", N_("计划"),
              lambda row: labels.of(labels.PLAN_KIND, row.customer.next_plan), 84, "plan"),
        day("expected_on", N_("预计签约日"), "expected_on", lambda customer: customer.expected_on),
        day("created", N_("建档日"), "created_on", lambda customer: customer.created_on),
        Column("radar", N_("雷达完整度"), lambda row: f"{row.customer.radar_score}%",
               align="right", width=92, sort_key="radar", shown=False,
               exact=lambda row: row.customer.radar_score,
               tone=lambda row: "text" if row.customer.radar_score else "text3"),
        plain("source", N_("来源"), lambda row: row.customer.source, 90, "source"),
        plain("industry", N_("行业"), lambda row: row.customer.industry, 90, "industry"),
        plain("size", N_("规模"), lambda row: row.customer.size, 90, "size"),
    )  # fmt: skip


def _feature(field: FieldView) -> Column[Listed]:
    return Column(
        f"{FEATURE}{field.id}",
        field.label,
        lambda row: row.features.get(field.id, ""),
        width=110,
        sort_key=f"{FEATURE}{field.id}",
        shown=False,
        exact=lambda row: _exact_feature(field, row.features.get(field.id, "")),
        form=_FEATURE_FORMS.get(field.type, Form.text),
    )


def _exact_feature(field: FieldView, shown: str) -> Exact:
    """Return a feature's value without its unit, None when nothing is known."""
    if not shown or field.type not in _FEATURE_FORMS:
        return shown or None
    if field.type is FieldType.rating:
        return len(shown)
    plain = shown.removesuffix("%").removesuffix(field.unit).strip()
    if " → " in plain or (field.type is FieldType.rollup and "-" in plain[1:]):
        return shown
    kind = FieldType.number if field.type is FieldType.rollup else field.type
    found = parse_value(kind, plain)
    if kind in FIGURES and isinstance(found, int):
        return found / MILLIONTHS
    return found


def _id_of(row: Listed | GroupRow) -> int:
    return row.customer.id if isinstance(row, Listed) else 0


class CustomersTableModel(ListModel):
    """Show the customer list; rows are ticked one by one, or the whole filter but for some."""

    def __init__(self, columns: Sequence[Column[Listed]], sort: Sort, parent: Any = None) -> None:
        super().__init__(columns, sort, carrier="name", row_id=_id_of, parent=parent)
        self._everything: ListFilter | None = None

    def tick_all(self, wanted: ListFilter) -> None:
        """Tick every customer of a filter, read or not; then ``ticked`` holds the exceptions."""
        self._everything = wanted
        self.ticked.clear()
        self._repaint()

    def untick_all(self) -> None:
        """Take every tick away."""
        self._everything = None
        self.ticked.clear()
        self._repaint()

    def forget(self, gone: set[Hashable]) -> None:
        """Drop customers from the ticks that are no longer there."""
        self.ticked -= gone

    @property
    def whole(self) -> bool:
        """Tell whether the whole filter is ticked (but for some)."""
        return self._everything is not None

    def ticked_count(self, total: int) -> int:
        """Return how many customers are ticked when the filter holds ``total``."""
        return max(0, total - len(self.ticked)) if self.whole else len(self.ticked)

    def chosen(self) -> Chosen:
        """Return the ticked customers for bulk work."""
        ids = frozenset(one for one in self.ticked if isinstance(one, int))
        if self._everything is not None:
            return Chosen(wanted=self._everything, without=ids)
        return Chosen(ids)

    def is_ticked(self, number: int) -> bool:
        """Tell whether a row is ticked."""
        return self._check(number) == Qt.CheckState.Checked

    def _check(self, number: int) -> Qt.CheckState:
        one = super()._check(number)
        if not self.whole:
            return one
        flipped = one == Qt.CheckState.Checked
        return Qt.CheckState.Unchecked if flipped else Qt.CheckState.Checked

    def setData(self, index: Any, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a row."""
        if self.whole and role == Qt.ItemDataRole.CheckStateRole:
            on = Qt.CheckState(value) == Qt.CheckState.Checked
            value = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
        return super().setData(index, value, role)

    def toggle(self, number: int) -> None:
        """Tick or untick a customer, or all of a group."""
        row: object = self.row(number)
        if not isinstance(row, GroupRow):
            super().toggle(number)
            return
        source = self.source
        if isinstance(source, GroupedSource):
            ids = set(source.ids_of(row.key))
            off = ids <= self.ticked
            self.ticked = self.ticked - ids if off else self.ticked | ids
            self._repaint()

    def _repaint(self) -> None:
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
