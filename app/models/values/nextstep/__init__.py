"""Next steps and their fuzzy time: words, windows, groups (product.md 1.6, ui.md 10).

What a person types is read by ``typed``, which Today's rows do not need.
"""

from app.models.values.nextstep.reminding import remind_at
from app.models.values.nextstep.windows import (
    Bucket,
    Group,
    Label,
    OfficeHours,
    PlanKind,
    StepState,
    Timing,
    Window,
    group,
    plan_of,
    resolve,
    resolve_label,
    timing,
)

__all__ = [
    "Bucket",
    "Group",
    "Label",
    "OfficeHours",
    "PlanKind",
    "StepState",
    "Timing",
    "Window",
    "group",
    "plan_of",
    "remind_at",
    "resolve",
    "resolve_label",
    "timing",
]
