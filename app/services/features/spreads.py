"""What is known of a field over all customers: how often each value, and what it wins.

Win rate = customers that signed / (those that signed + those lost), among customers with the
value; options and yes/no as they are, days by year, texts by the commonest, figures in four
parts of about the same size.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.errors import UserError
from app.i18n import N_
from app.models.tables.customers import Customer
from app.models.tables.features import FeatureValue
from app.models.values.features import CHOSEN, FIGURES, FieldType, format_value
from app.services.features.drafts import FieldView, option_words
from app.services.features.reading import read_fields, shown_words

if TYPE_CHECKING:
    from app.models.store.reader import Reader

MOST = 12
PARTS = 4
FEW = 20
"""Below so many decided customers a win rate says little (样本不足)."""

_FIGURED = (*FIGURES, FieldType.money, FieldType.formula, FieldType.rollup)


@dataclass(frozen=True, slots=True)
class Slice:
    """One value or range of a field: at how many customers, how many of them signed or lost.

    ``label`` empty stands for all the rarer values together.
    """

    label: str
    count: int
    won: int
    lost: int

    @property
    def win_rate(self) -> float | None:
        """Return the share of the decided customers that signed, None without one."""
        decided = self.won + self.lost
        return self.won / decided if decided else None

    @property
    def few(self) -> bool:
        """Tell whether too few customers are decided to say anything."""
        return self.won + self.lost < FEW


@dataclass(frozen=True, slots=True)
class Spread:
    """The slices of a field in order, at how many customers it is known, and of how many."""

    field: FieldView
    slices: tuple[Slice, ...]
    known: int
    total: int


def spread_of(reader: Reader, field_id: int) -> Spread:
    """Return how the values of a field are spread; reads every value, so in a job."""
    field = next(
        (one for one in read_fields(reader, with_archived=True) if one.id == field_id), None
    )
    if field is None:
        raise UserError(
            "not_found", N_("这条记录已经不在了"), advice=N_("刷新列表再看，别的内容都还在")
        )
    rows = _rows(reader, field)
    living = (Customer.deleted_at == 0, Customer.merged_into_id == 0, Customer.trial.is_(False))
    total = len(reader.rows(select(Customer.id).where(*living)))
    slices = _in_parts(field, rows) if field.type in _FIGURED else _by_value(field, rows)
    return Spread(field, tuple(slices), len({row[2] for row in rows}), total)


def _rows(reader: Reader, field: FieldView) -> list[tuple[Any, str, int]]:
    """Return (value, life, customer) of every living value."""
    column: Any = FeatureValue.text
    if field.type in CHOSEN:
        column = FeatureValue.option_id
    elif field.type in _FIGURED or field.type is FieldType.yes_no:
        column = FeatureValue.number
    elif field.type in (FieldType.date, FieldType.moment, FieldType.span, FieldType.window):
        column = FeatureValue.day
    chosen = (
        select(column, Customer.life, Customer.id)
        .join(Customer, Customer.id == FeatureValue.customer_id)
        .where(
            FeatureValue.field_id == field.id,
            FeatureValue.deleted_at == 0,
            Customer.deleted_at == 0,
            Customer.merged_into_id == 0,
            Customer.trial.is_(False),
        )
    )
    return [tuple(row) for row in reader.rows(chosen)]


def _slice(label: str, lives: Iterable[str]) -> Slice:
    found = list(lives)
    won = sum(1 for life in found if life in ("signed", "repeat"))
    return Slice(label, len(found), won, sum(1 for life in found if life == "churned"))


def _by_value(field: FieldView, rows: Sequence[tuple[Any, str, int]]) -> list[Slice]:
    words = _words(field)
    by_label: defaultdict[str, list[str]] = defaultdict(list)
    for value, life, _customer in rows:
        by_label[words(value)].append(life)
    places = {option_words(one, field.every_option): at
              for at, one in enumerate(field.every_option)}  # fmt: skip
    common = sorted(by_label, key=lambda label: (-len(by_label[label]), label))
    shown, rare = common[:MOST], common[MOST:]
    if places:
        shown.sort(key=lambda label: places.get(label, len(places)))
    elif field.type not in (FieldType.text, FieldType.yes_no):
        shown.sort()
    found = [_slice(label, by_label[label]) for label in shown]
    if rare:
        found.append(_slice("", (life for label in rare for life in by_label[label])))
    return found


def _words(field: FieldView) -> Callable[[Any], str]:
    if field.type in CHOSEN:
        every = field.every_option
        labels = {one.id: option_words(one, every) for one in every}
        return lambda value: labels.get(value, "?")
    if field.type is FieldType.yes_no:
        return lambda value: "是" if value else "否"
    if field.type in (FieldType.date, FieldType.moment, FieldType.span, FieldType.window):
        return lambda value: str(value)[:4]
    return lambda value: str(value).split("\n", 1)[0][:40]


def _in_parts(field: FieldView, rows: Sequence[tuple[Any, str, int]]) -> list[Slice]:
    """Return four ranges of about the same number of customers, equal figures together."""
    ordered = sorted((int(value), life) for value, life, _customer in rows)
    if not ordered:
        return []
    edges = sorted({ordered[len(ordered) * part // PARTS][0] for part in range(PARTS)})
    found = []
    for at, low in enumerate(edges):
        high = edges[at + 1] if at + 1 < len(edges) else None
        mine = [one for one in ordered if low <= one[0] and (high is None or one[0] < high)]
        found.append(_slice(_range(field, mine[0][0], mine[-1][0]), (life for _v, life in mine)))
    return found


def _range(field: FieldView, low: int, high: int) -> str:
    kind = FieldType.money if field.type is FieldType.money else FieldType.number
    first, last = (format_value(kind, "", one, None) for one in (low, high))
    return shown_words(field, first if low == high else f"{first} ~ {last}")
