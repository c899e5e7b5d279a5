"""The chips of 定性 and 定级, the same everywhere, and a calibration in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.i18n import _, translate
from app.models.values.day_windows import DayWindow
from app.services.calibration import CalibrationChange, CalibrationDraft
from app.services.customers.drafts import CustomerCard
from app.views.core import format as fmt
from app.views.core import labels
from app.views.customers.words import Calendar
from app.views.widgets.chips import Choice
from app.views.widgets.expected_edit import known_window, quick_labels, window_words

QUALITIES = ("valuable", "unsure", "worthless")
GRADES = ("big", "normal", "small")
_RATED = ("quality", "grade")


def quality_choices() -> list[Choice]:
    """Return the three 定性 with the digits 1 to 3."""
    return [
        Choice(code, translate(labels.QUALITY[code]), key=str(at))
        for at, code in enumerate(QUALITIES, 1)
    ]


def grade_choices() -> list[Choice]:
    """Return the three 定级 with the digits 4 to 6."""
    return [
        Choice(code, translate(labels.GRADE[code]), key=str(at))
        for at, code in enumerate(GRADES, 4)
    ]


def when_choices() -> list[Choice]:
    """Return the windows a signing is expected in: digits 7 to 9 pick the quick ones."""
    return [
        Choice(label, labels.of(labels.EXPECTED, label), key=str(at) if at < 10 else "")
        for at, label in enumerate(quick_labels(), 7)
    ]


def window_fields(window: DayWindow | None, card: CustomerCard | None) -> dict[str, Any]:
    """Return the fields of a draft that bring a customer to a window, none when it is known."""
    known = None
    if card is not None:
        known = known_window(card.expected_from, card.expected_to, card.expected_label)
    if window is None or window == known:
        return {}
    return {"expected_on": window.last, "expected_from": window.first,
            "expected_label": window.label}  # fmt: skip


def saved_words(draft: CalibrationDraft) -> str:
    """Return what was calibrated: 已标定 有价值 · 大单 · ¥46.00万 · 2026-12-28."""
    parts = []
    if draft.quality:
        parts.append(labels.quality(draft.quality))
    if draft.grade:
        parts.append(labels.of(labels.GRADE, draft.grade))
    if draft.expected_fen is not None:
        cleared = draft.expected_fen < 0
        parts.append(_("清空预计金额") if cleared else fmt.money_marked(draft.expected_fen))
    if draft.expected_on is not None:
        first = draft.expected_from or draft.expected_on
        window = DayWindow(first, draft.expected_on, draft.expected_label)
        parts.append(window_words(window))
    parts += list(draft.nodes)
    return _("已标定 {value}").format(value=" · ".join(parts))


def path_words(
    changes: Sequence[CalibrationChange], created: str, calendar: Calendar, most: int = 3
) -> str:
    """Return how the value went: 未标定 08-15 → 不确定·正常 09-02 → 有价值·大单 11-20."""
    steps: list[tuple[int, str]] = []
    known = {"quality": "", "grade": ""}
    for change in reversed(changes):
        if change.field not in _RATED:
            continue
        known[change.field] = change.new
        shown = labels.value(known["quality"], known["grade"]).replace(" ", "")
        said = f"{shown} {fmt.day(change.on, calendar.today)}"
        if steps and steps[-1][0] == change.at:
            steps.pop()
        steps.append((change.at, said))
    if not steps:
        return ""
    begin = f"{labels.quality('')} {created}".strip()
    return " → ".join([begin, *(said for _at, said in steps)][-most:])
