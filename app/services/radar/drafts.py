"""What forms hand to the radar, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.i18n import N_
from app.models.values.dossier import Standing

MARKS = ("verified", "unchecked", "conflicting")
SECTIONS = ("identity", "phones", "background", "news")
NEWS = "news"
TAGS = (N_("工商"), N_("产品"), N_("财务"), N_("舆情"), N_("人脉"), N_("招投标"))
CONFIDENCES = ("", "high", "medium", "low")


@dataclass(frozen=True, slots=True)
class RadarView:
    """One value of an item as shown.

    ``differs_from`` is the verified value that the present one contradicts, ``former`` how
    many earlier values the item has.
    """

    id: int
    section: str
    label: str
    value: str
    source: str
    found_on: date | None
    staff: str
    mark: str
    tag: str = ""
    expires_on: date | None = None
    confidence: str = ""
    stale: bool = False
    former: int = 0
    differs_from: str = ""


@dataclass(frozen=True, slots=True)
class RadarDraft:
    """One fact as typed; ``found_on`` None is today, a tag makes it a free 情报 item."""

    label: str
    value: str
    section: str = "background"
    source: str = ""
    found_on: date | None = None
    mark: str = "unchecked"
    tag: str = ""
    expires_on: date | None = None
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything known about a customer: present values, how they stand, what is missing."""

    items: tuple[RadarView, ...] = ()
    standing: Standing = field(default_factory=Standing)
    missing: tuple[str, ...] = ()
    newest_on: date | None = None
