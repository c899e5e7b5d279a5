"""Next steps and their fuzzy time: words, windows, groups (product.md 1.6, ui.md 10)."""

from app.models.values.nextstep.typed import parse_when
from app.models.values.nextstep.windows import (
    Bucket,
    Group,
    IsWorkday,
    Label,
    OfficeHours,
    PlanKind,
    StepState,
    Timing,
    Window,
    group,
    next_workday,
    plan_of,
    resolve,
    resolve_label,
    timing,
)

__all__ = [
    "Bucket",
    "Group",
    "IsWorkday",
    "Label",
    "OfficeHours",
    "PlanKind",
    "StepState",
    "Timing",
    "Window",
    "group",
    "next_workday",
    "parse_when",
    "plan_of",
    "resolve",
    "resolve_label",
    "timing",
]
