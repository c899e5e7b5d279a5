"""The chips of 定性 and 定级, the same everywhere, and a calibration in words."""

from __future__ import annotations

from collections.abc import Sequence

from app.i18n import _, translate
from app.services.calibration import CalibrationChange, CalibrationDraft
from app.views.core import format as fmt
from app.views.core import labels
from app.views.customers.words import Calendar
from app.views.widgets.chips import Choice

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
        parts.append(draft.expected_on.isoformat())
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
