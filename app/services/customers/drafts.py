"""What forms and importers hand to the customers service, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class ChannelDraft:
    """One address of a contact as written."""

    kind: str
    raw: str
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """A person at a customer."""

    name: str
    title: str = ""
    part: str = ""
    gender: str = ""
    main: bool = False
    channels: tuple[ChannelDraft, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class CustomerDraft:
    """A customer as typed; empty text and None mean unknown.

    ``owner_id`` 0 is the person who writes, ``created_on`` None is today.
    """

    name: str
    code: str = ""
    short_name: str = ""
    kind: str = "company"
    uscc: str = ""
    source: str = ""
    industry: str = ""
    size: str = ""
    region_code: str = ""
    region: str = ""
    address: str = ""
    website: str = ""
    note: str = ""
    owner_id: int = 0
    created_on: date | None = None
    historic: bool = False
    contacts: tuple[ContactDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class ChannelView:
    """One address of a contact as shown."""

    id: int
    kind: str
    raw: str
    normal: str
    preferred: bool
    invalid: bool


@dataclass(frozen=True, slots=True)
class ContactView:
    """A contact as shown on a customer's card."""

    id: int
    name: str
    title: str
    part: str
    main: bool
    channels: tuple[ChannelView, ...]

    def phone(self) -> str:
        """Return the first phone in normal form, empty if there is none."""
        return next((c.normal for c in self.channels if c.kind in ("mobile", "phone")), "")


@dataclass(frozen=True, slots=True)
class StageView:
    """One stage of the path: its word and the day it was first reached, if it was."""

    position: int
    name: str
    reached_on: date | None


@dataclass(frozen=True, slots=True)
class LifeView:
    """One spell of the life cycle."""

    state: str
    from_on: date | None
    to_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """Everything the head of a customer's page shows."""

    id: int
    code: str
    name: str
    short_name: str
    kind: str
    uscc: str
    source: str
    industry: str
    size: str
    region_code: str
    region: str
    address: str
    website: str
    note: str
    created_on: date | None
    life: str
    owner_id: int
    owner: str
    quality: str
    grade: str
    expected_fen: int | None
    expected_from: date | None
    expected_to: date | None
    expected_label: str
    calibrated_at: int
    calibrated_by: str
    stage_position: int
    stage_since_on: date | None
    stages: tuple[StageView, ...]
    contacts: tuple[ContactView, ...]
    lives: tuple[LifeView, ...]
    signed_fen: int
    received_fen: int
    updated_at: int
    tags: tuple[TagView, ...] = ()


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag: its id in the list, and its word."""

    id: int
    label: str


class CustomerRow(NamedTuple):
    """One line of the customer list as stored; what is shown of an amount and days is derived.

    A named tuple of what the driver gives, because a page makes hundreds of them and shows
    some dozen: ``fen`` is -1 and days are empty where nothing is known.
    """

    id: int
    name: str
    region: str
    main_contact: str
    main_phone: str
    quality: str
    grade: str
    stage_position: int
    life: str
    fen: int
    next_step_id: int
    next_start_at: int
    next_due_at: int
    owner_id: int
    owner: str
    source: str
    industry: str
    code: str
    size: str
    next_plan: str
    radar_score: int
    touched: str
    created: str
    expected: str

    @property
    def expected_fen(self) -> int | None:
        """Return the expected amount in fen."""
        return None if self.fen < 0 else self.fen

    @property
    def last_touch_on(self) -> date | None:
        """Return the day of the last follow-up."""
        return _day(self.touched)

    @property
    def created_on(self) -> date | None:
        """Return the first day."""
        return _day(self.created)

    @property
    def expected_on(self) -> date | None:
        """Return the day a contract is expected by."""
        return _day(self.expected)


@lru_cache(maxsize=8_192)
def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class Matches:
    """What a search for the list found: ids, whether there are more, and the best rule."""

    ids: tuple[int, ...] = ()
    more: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One customer a search found, and by which rule: name, phone, contact, pinyin."""

    id: int
    name: str
    contact: str
    phone: str
    region: str
    owner: str
    quality: str
    grade: str
    rule: str
