"""Business features from the columns that go to them (product.md 1.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from app.i18n import N_
from app.models.values import features as rules
from app.models.values.features import CHOSEN, COMPUTED, FIGURES, FieldType
from app.models.values.money import MoneyRange, format_yuan
from app.models.values.reasons import Unreadable
from app.models.values.text import fold
from app.services.features import lines
from app.services.transfer import cells
from app.services.transfer.drafts import ImportedFeature
from app.services.transfer.fields.custom import CustomField
from app.services.transfer.rows import RowView
from app.services.transfer.sheets import CellValue

_SEVERAL = re.compile(r"[、,;，；/|\n]+")
_WITH_UNIT = re.compile(
    r"约?([+-]?[\d,]+(?:\.\d+)?)\s*(?:个|条|台|人|家|套|吨|米|平方米|㎡|kw|%|％|\D{1,3})?"
)
_TENTHS = re.compile(r"([一二两三四五六七八九十\d])成")
_RESOLVED = (FieldType.moment, FieldType.span, FieldType.window)
"""Types that mean the day of the import: kept as they were understood then."""

_HAN = {han: number for number, han in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}


def features_of(view: RowView) -> Iterator[ImportedFeature]:
    """Yield the features of a row; what cannot be read is noted and left out."""
    for key, feature in view.reader.features.items():
        if not view.reader.has(key) or feature.type in COMPUTED:
            continue
        cell = view.cell(key)
        written = cells.text_of(cell)
        if not written or not (view.text(key) or feature.type is FieldType.yes_no):
            continue
        try:
            value = _value(feature, cell, written, view)
        except MoneyRange as found:
            view.warn(key, N_("是一个范围，取了较低的数"))
            value = format_yuan(found.low)
        except Unreadable as problem:
            view.warn(key, problem.reason)
            continue
        yield ImportedFeature(feature.label, value)


def _value(feature: CustomField, cell: CellValue, written: str, view: RowView) -> str:
    """Return a cell as it would be typed into the feature; raise Unreadable when it cannot."""
    kind = feature.type
    if kind in CHOSEN:
        return _options(feature, written)
    if kind is FieldType.date:
        day = cells.day_of(cell, view.reader.rules[view.reader.index_of(feature.key)].days)
        return day.isoformat() if day else ""
    if kind is FieldType.lines:
        return lines.checked(lines.read_columns(feature.expression), written)
    plain = _number(feature, cell, written) if kind in FIGURES else written
    latest = view.reader.rules[view.reader.index_of(feature.key)].days.latest
    known = rules.known_of(kind, plain, feature.limits, today=latest)
    return known.text if kind in _RESOLVED else plain


def _options(feature: CustomField, written: str) -> str:
    known = {fold(label).lower(): label for label in feature.options}
    whole = known.get(fold(written).lower())
    if whole is not None:
        return whole
    parts = _SEVERAL.split(written) if feature.type is FieldType.multi else [written]
    found = [known.get(fold(part).lower()) for part in parts if part.strip()]
    if not found or None in found:
        raise Unreadable(N_("没有这个选项"), written)
    return "、".join(label for label in found if label)


def _number(feature: CustomField, cell: CellValue, written: str) -> str:
    """Return the number of 3条, 10% and 1成; a share of a percentage column is a percentage."""
    tenths = _TENTHS.fullmatch(fold(written))
    if tenths:
        return str(10 * (_HAN.get(tenths[1]) or int(tenths[1])))
    is_share = feature.type is FieldType.percent or feature.unit in ("%", "％")
    if is_share and isinstance(cell, float) and -1 < cell < 1:
        return f"{(Decimal(repr(cell)) * 100).normalize():f}"
    found = _WITH_UNIT.fullmatch(fold(written))
    return found[1] if found else written
