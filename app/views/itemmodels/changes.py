"""Columns of a change history, and its values as people read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any

from app.i18n import N_, _, translate
from app.models.values.dates import NEVER_AT
from app.services.undo.changes import Change
from app.views.core import format as fmt
from app.views.core import labels
from app.views.itemmodels.bin import source_words
from app.views.itemmodels.column import Column

if TYPE_CHECKING:
    from app.services.office import Office

_LABELS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("customer", "kind"): labels.CUSTOMER_KIND,
    ("contact", "gender"): labels.GENDER,
    ("employment", "part"): labels.DECISION_PART,
    ("contact_channel", "kind"): labels.CONTACT_KIND,
    ("life_spell", "state"): labels.LIFE_CYCLE,
    ("followup", "channel"): labels.CHANNEL,
    ("followup", "direction"): labels.DIRECTION,
    ("followup", "outcome"): labels.OUTCOME,
    ("next_step", "plan_kind"): labels.PLAN_KIND,
    ("next_step", "state"): labels.STEP_STATE,
    ("calibration_event", "quality"): labels.QUALITY,
    ("calibration_event", "grade"): labels.GRADE,
    ("radar_item", "mark"): labels.RADAR_MARK,
    ("contract", "kind"): labels.CONTRACT_KIND,
    ("contract", "status"): labels.CONTRACT_STATUS,
}
_INSTANTS = frozenset({"at", "window_start", "window_end"})


@dataclass(frozen=True, slots=True)
class Sayer:
    """Say stored values: amounts, days, moments, codes and stages in words."""

    zone: tzinfo
    today: Callable[[], date]
    stages: tuple[str, ...]

    def words(self, change: Change, value: str) -> str:
        """Return a value of a change as people read it."""
        column = change.column
        known = _LABELS.get((change.table, column))
        if known is not None:
            return labels.of(known, value)
        if column.endswith("_fen"):
            return fmt.money_marked(int(value)) if value not in ("", "-1") else ""
        if column in _INSTANTS:
            return self._moment(value)
        if column == "to_position":
            return self.stages[int(value)] if int(value or 0) < len(self.stages) else value
        if value in ("True", "False"):
            return _("是") if value == "True" else _("否")
        return self._day(column, value)

    def _moment(self, value: str) -> str:
        at = int(value or 0)
        return fmt.moment(at, self.zone, self.today(), week=False) if 0 < at < NEVER_AT else ""

    def _day(self, column: str, value: str) -> str:
        is_day = column.endswith("_on") or column in ("on", "day", "expected_from")
        return fmt.day(date.fromisoformat(value), self.today()) if is_day and value else value


def sayer(office: Office) -> Sayer:
    """Return what says the values of an office."""
    context = office.context
    return Sayer(context.zone, context.today, tuple(office.admin.stage_names()))


def change_columns(say: Sayer) -> tuple[Column[Change], ...]:
    """Return the columns: when, who, which value, from what to what, by which act."""

    def moment(row: Change) -> str:
        return fmt.moment(row.at, say.zone, say.today(), week=False)

    return (
        Column("at", N_("时间"), moment, width=112, sort_key="at"),
        Column("staff", N_("谁"), lambda row: row.staff, width=88, kind="person",
               sort_key="staff"),
        Column("record", N_("记录"), record_words, width=140, flex=1, least=90,
               sort_key="record"),
        Column("field", N_("字段"), lambda row: translate(row.word), width=100, kind="strong",
               sort_key="field"),
        Column("old", N_("原来"), lambda row: say.words(row, row.old), width=130, flex=2,
               least=70, tone=lambda _row: "text2"),
        Column("new", N_("改成"), lambda row: say.words(row, row.new), width=130, flex=2,
               least=70),
        Column("source", N_("来源"), origin_words, width=130, flex=1, least=80,
               sort_key="source"),
    )  # fmt: skip


def record_words(row: Change) -> str:
    """Return which record was changed: its kind and its title."""
    noun = translate(row.named.noun)
    if row.table == "customer" or not row.named.title or row.column in row.named.title:
        return noun
    return f"{noun} {row.named.title}"


def origin_words(row: Change) -> str:
    """Return where a value came from: by hand with its act, an import, a rule."""
    origin = row.origin
    if origin.file and not origin.undoing:
        return _("导入 {name}").format(name=origin.file)
    if origin.undoing and not origin.label:
        return _("按规则")
    return source_words(origin)


def sort_value(row: Change, column: str) -> Any:
    """Return what a row is ordered by in a column."""
    from app.models.values import pinyin

    words: dict[str, Callable[[Change], str]] = {
        "staff": lambda one: one.staff,
        "record": record_words,
        "field": lambda one: translate(one.word),
        "source": origin_words,
    }
    return pinyin.sort_key(words[column](row)) if column in words else row.at
