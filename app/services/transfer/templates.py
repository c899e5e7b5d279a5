"""An empty sheet to fill in: every field with its heading, the office's own features last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from app.i18n import N_, translate
from app.models.values.features import COMPUTED, FieldType
from app.services.transfer.fields import FIELDS, Field, Kind, Shape
from app.services.transfer.fields.custom import CustomField
from app.services.transfer.outgoing.columns import COLUMNS, SHEETS
from app.services.transfer.outgoing.whole import close_workbook, new_workbook, written_whole

_GUIDE = N_("填写说明")
_GUIDE_HEADS = (N_("列"), N_("怎么填"))
_HANDLED = (
    "stage_on churned_on churn_reason historic region_code province city district parent "
    "last_at last_text entered_at window_start window_end has_clock done_at as_new replaces "
    "void_on void_reason"
)
_INTERNAL = frozenset(_HANDLED.split())
"""Fields that exports need and nobody fills in by hand."""
_HOW = {
    Shape.day: N_("日期，如 2026-03-05；2026.3.5、3月5日也认得"),
    Shape.moment: N_("日期和时间，如 2026-03-05 14:30"),
    Shape.money: N_("金额（元），1.2万、¥12,000 也认得"),
    Shape.seconds: N_("秒数，或 7分15秒"),
    Shape.phones: N_("号码；几个号码用顿号隔开"),
    Shape.handles: N_("几个用顿号隔开"),
    Shape.flag: N_("是 或 否"),
    Shape.shares: N_("如 甲:70,乙:30"),
    Shape.records: N_("一格里可以写几条，每条以日期开头：3.5 电话,有意向;3/12 拜访"),
    Shape.staff: N_("员工姓名"),
}
_HOW_OWN = {
    FieldType.number: N_("数字，单位可写可不写"),
    FieldType.money: _HOW[Shape.money],
    FieldType.date: _HOW[Shape.day],
    FieldType.yes_no: _HOW[Shape.flag],
    FieldType.span: N_("两个日期，例如 12-01 ~ 12-15"),
    FieldType.window: N_("日期，或者本月、下月、本季"),
    FieldType.lines: N_("一行一条，格子之间用 | 隔开"),
    FieldType.rating: N_("1 到 5"),
}
_REQUIRED = N_("必填")
_ROWS = 2_000
_LIST_MOST = 255


def write_template(path: Path, kind: Kind, features: Sequence[CustomField] = ()) -> Path:
    """Write the template of a kind; raise UserError where it cannot be written."""
    with written_whole(path) as draft:
        book = new_workbook(draft)
        _write(book, kind, features if kind is Kind.customers else ())
        close_workbook(book)
    return path


def _write(book: Any, kind: Kind, features: Sequence[CustomField]) -> None:
    sheet = book.add_worksheet(SHEETS[kind])
    guide = book.add_worksheet(translate(_GUIDE))
    head = book.add_format({"bold": True, "bg_color": "#EEF2F7", "border": 1})
    text = book.add_format({"num_format": "@"})
    for at, words in enumerate(_GUIDE_HEADS):
        guide.write_string(0, at, translate(words), head)
    guide.set_column(0, 0, 22)
    guide.set_column(1, 1, 60)
    lines = [*_fields(kind), *_own(features)]
    for at, (heading, how, choices, as_text) in enumerate(lines):
        sheet.write_string(0, at, heading, head)
        sheet.set_column(at, at, 16, text if as_text else None)
        if choices and len(",".join(choices)) <= _LIST_MOST:
            rule = {"validate": "list", "source": choices, "error_type": "warning"}
            sheet.data_validation(1, at, _ROWS, at, rule)
        guide.write_string(at + 1, 0, heading)
        guide.write_string(at + 1, 1, how)
    sheet.freeze_panes(1, 0)


_Line = tuple[str, str, list[str], bool]


def _fields(kind: Kind) -> Iterator[_Line]:
    """Yield heading, how to fill it in, choices and whether cells stay text."""
    words = {one.key: [*one.words.values()] for one in COLUMNS[kind]}
    for field in FIELDS[kind]:
        if field.key not in _INTERNAL:
            heading = f"{field.label}*" if field.required else field.label
            choices = words.get(field.key, [])
            yield heading, _how(field, choices), choices, _stays_text(field)


def _how(field: Field, choices: Sequence[str]) -> str:
    told = translate(_HOW[field.shape]) if field.shape in _HOW else "、".join(choices)
    return f"{translate(_REQUIRED)}  {told}".strip() if field.required else told


def _stays_text(field: Field) -> bool:
    return field.shape in (Shape.phones, Shape.uscc) or field.key.endswith("code")


def _own(features: Sequence[CustomField]) -> Iterator[_Line]:
    for one in (one for one in features if one.type not in COMPUTED):
        choices = ["是", "否"] if one.type is FieldType.yes_no else list(one.options)
        told = translate(_HOW_OWN[one.type]) if one.type in _HOW_OWN else "、".join(choices)
        shown = choices if one.type is not FieldType.multi else []
        yield one.label, f"{told} {one.unit}".strip(), shown, False
