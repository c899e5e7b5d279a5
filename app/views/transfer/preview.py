"""How the first rows of a sheet will look once they are in the book."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from app.i18n import N_, _
from app.services.transfer.columns import Reading
from app.services.transfer.fields import FIELDS, Kind
from app.services.transfer.read import SheetResult
from app.views.core import format as fmt
from app.views.core import labels
from app.views.itemmodels.column import Column
from app.views.itemmodels.transfer import FILL
from app.views.transfer import words

SHOWN_ROWS = 3
_MOST_COLUMNS = 9
_OF_STAFF = frozenset({"owner", "staff", "signer"})
_MONEY = frozenset({"expected_fen", "amount_fen", "price_fen", "cost_fen"})

_OF_PERSON = frozenset(
    ["contact", "title", "mobile", "phone", "email", "qq", "wechat", "gender", "birthday"]
)

# field key: attribute of the draft, where they differ
_ATTRIBUTE = {
    "expected": "expected_fen",
    "expected_amount": "expected_fen",
    "amount": "amount_fen",
    "price": "price_fen",
    "cost": "cost_fen",
    "contact": "contacts",
    "next_step": "next_what",
    "duration": "duration_s",
    "province": "region",
}
_ORDER = (
    *("name", "customer", "contact", "mobile", "phone", "at", "content", "region", "quality"),
    *("grade", "expected_amount", "amount", "owner"),
)


def preview_columns(
    result: SheetResult, guessed: Collection[str], staff: Collection[str], reading: Reading
) -> list[Column[Any]]:
    """Return the columns of the mapped fields that the first rows fill, the telling ones first."""
    kind = result.plan.kind
    drafts = result.drafts[:SHOWN_ROWS]
    mapped = [one.field for one in result.plan.matches if one.applies]
    mapped += [key for key in guessed if key not in mapped]
    keys = [field.key for field in FIELDS[kind] if field.key in mapped]
    if "grade" in keys and "quality" in keys:
        keys.remove("grade")
    keys.sort(key=lambda key: _ORDER.index(key) if key in _ORDER else len(_ORDER))
    found = [_column(kind, key, guessed, staff, reading) for key in keys]
    filled = [one for one in found if any(one.text(draft) for draft in drafts)]
    return filled[:_MOST_COLUMNS]


def fitting(columns: Sequence[Column[Any]], width: int) -> list[Column[Any]]:
    """Return as many of the first columns as a width in design pixels has room for."""
    shown: list[Column[Any]] = []
    for column in columns:
        width -= column.width
        if width < 0 and len(shown) > 1:
            break
        shown.append(column)
    return shown


def _column(
    kind: Kind,
    key: str,
    guessed: Collection[str],
    staff: Collection[str],
    reading: Reading,
) -> Column[Any]:
    label = next(field.label for field in FIELDS[kind] if field.key == key)
    text = _text(key, reading)
    if kind is Kind.customers and key in ("quality", "grade"):
        return Column(
            "value",
            N_("价值"),
            lambda draft: (
                labels.value(draft.quality, draft.grade) if draft.quality else _("未标定")
            ),
            width=126,
            kind="badge",
            value=lambda draft: (draft.quality or None, draft.grade or None),
        )
    if key in _OF_STAFF:
        return _staff_column(key, label, text, staff)
    money = _ATTRIBUTE.get(key, key) in _MONEY
    strong = key in ("name", "customer")
    return Column(
        key,
        label,
        text,
        width=_width(key),
        align="right" if money else "left",
        flex=1 if strong else 0,
        kind="strong" if strong else FILL,
        value=(lambda _draft: ("warn", False)) if key in guessed else None,
        tone=(lambda draft: "warn" if text(draft) else "text3") if key in guessed else None,
        elide_middle=strong,
    )


def _width(key: str) -> int:
    if key in ("content", "note", "address", "name", "customer"):
        return 200
    return 92 if key in ("contact", "amount", "expected_amount", "title") else 112


def _staff_column(
    key: str, label: str, text: Callable[[Any], str], staff: Collection[str]
) -> Column[Any]:
    def missing(draft: Any) -> bool:
        name = text(draft)
        return bool(name) and name not in staff

    def shown(draft: Any) -> str:
        name = text(draft)
        return _("{name} · 不存在").format(name=name) if missing(draft) else name

    return Column(
        key,
        label,
        shown,
        width=116,
        kind=FILL,
        value=lambda draft: ("bad", True) if missing(draft) else None,
        tone=lambda draft: "bad" if missing(draft) else "text2",
    )


def _text(key: str, reading: Reading) -> Callable[[Any], str]:
    if key in _OF_PERSON:
        return lambda draft: _of_person(draft, key)
    attribute = _ATTRIBUTE.get(key, key)
    return lambda draft: _plain(getattr(draft, attribute, ""), attribute, reading)


def _of_person(draft: Any, key: str) -> str:
    people: Sequence[Any] = getattr(draft, "contacts", None) or (draft,)
    if key == "contact":
        return str(getattr(draft, "contact", "") or getattr(people[0], "name", ""))
    if key in ("title", "gender", "birthday"):
        return str(getattr(people[0], key, ""))
    channels = (one for person in people[:1] for one in getattr(person, "channels", ()))
    kinds = {"phone": ("phone", "other")}.get(key, (key,))
    return next((fmt.phone(one.raw) for one in channels if one.kind in kinds), "")


def _plain(value: Any, attribute: str, reading: Reading) -> str:
    if value is None or value in ("", ()):
        return ""
    if attribute in _MONEY:
        return fmt.money(value)
    if attribute in ("at", "entered_at"):
        return fmt.moment(value, reading.tz, reading.today, week=False)
    if attribute in words.CODES:
        return words.of_field(attribute, str(value))
    if attribute == "duration_s":
        return fmt.duration(value) if value >= 0 else ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"{len(value):,}"
    return str(value)
