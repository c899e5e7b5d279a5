"""What a file gives, row by row, before anything of it is in the book.

Names stand for people and firms; the writer looks them up. Text is empty and
days, amounts and instants are None where the file says nothing. ``row`` is the
spreadsheet's row number, from 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from app.models.values.clock import Instant
from app.services.customers.drafts import ChannelDraft


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a cell; ``reason`` is a message id.

    A ``fatal`` problem keeps the row out; otherwise only the value is left out,
    or kept as it is.
    """

    row: int
    column: str
    value: str
    reason: str
    fatal: bool = True


@dataclass(frozen=True, slots=True)
class ImportedContact:
    """A person, at a customer if the file says so."""

    row: int
    name: str
    title: str = ""
    department: str = ""
    part: str = ""
    gender: str = ""
    birthday: str = ""
    note: str = ""
    main: bool = False
    channels: tuple[ChannelDraft, ...] = ()
    customer: str = ""
    customer_code: str = ""


@dataclass(frozen=True, slots=True)
class ImportedFollowup:
    """One contact with a customer.

    ``timed`` tells that the file gives the time of day, ``number`` counts equal
    records of one cell or row from 0, so that a second import finds each again.
    """

    row: int
    at: Instant
    customer: str = ""
    customer_code: str = ""
    timed: bool = False
    channel: str = "other"
    direction: str = ""
    outcome: str = ""
    duration_s: int = -1
    content: str = ""
    staff: str = ""
    contact: str = ""
    plan_kind: str = ""
    next_when: str = ""
    next_plan: str = ""
    next_what: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class ImportedFeature:
    """What a row tells of one business feature, as it would be typed."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ImportedCustomer:
    """A firm or person with its contacts and the follow-ups written beside it.

    ``owner_guess`` is the sheet's name when no column names the owner; it holds
    only if the office has such a person.
    """

    row: int
    name: str
    code: str = ""
    short_name: str = ""
    former_name: str = ""
    kind: str = "company"
    uscc: str = ""
    parent: str = ""
    source: str = ""
    industry: str = ""
    size: str = ""
    region_code: str = ""
    region: str = ""
    address: str = ""
    website: str = ""
    note: str = ""
    created_on: date | None = None
    owner: str = ""
    owner_guess: str = ""
    stage: str = ""
    stage_on: date | None = None
    life: str = ""
    churned_on: date | None = None
    churn_reason: str = ""
    historic: bool = False
    grade: str = ""
    quality: str = ""
    tags: tuple[str, ...] = ()
    expected_fen: int | None = None
    expected_on: date | None = None
    contacts: tuple[ImportedContact, ...] = ()
    followups: tuple[ImportedFollowup, ...] = ()
    features: tuple[ImportedFeature, ...] = ()
    next_when: str = ""
    next_what: str = ""


@dataclass(frozen=True, slots=True)
class ImportedStep:
    """A next step: when as written, or the window of an earlier export."""

    row: int
    when: str
    customer: str = ""
    customer_code: str = ""
    plan_kind: str = ""
    what: str = ""
    staff: str = ""
    entered_at: Instant | None = None
    window_start: Instant | None = None
    window_end: Instant | None = None
    has_clock: bool = False
    state: str = "open"
    done_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class ImportedOpportunity:
    """A deal in sight."""

    row: int
    name: str
    customer: str = ""
    customer_code: str = ""
    expected_fen: int | None = None
    created_on: date | None = None
    expected_on: date | None = None
    owner: str = ""
    state: str = "open"
    closed_on: date | None = None
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ImportedShare:
    """A member of staff's part in a contract, as a weight."""

    staff: str
    weight: int


@dataclass(frozen=True, slots=True)
class ImportedContract:
    """A contract; no amount makes it a framework contract."""

    row: int
    customer: str = ""
    customer_code: str = ""
    code: str = ""
    name: str = ""
    signed_on: date | None = None
    amount_fen: int | None = None
    status: str = "active"
    kind: str = "new"
    as_new: bool = False
    signer: str = ""
    shares: tuple[ImportedShare, ...] = ()
    replaces: str = ""
    void_on: date | None = None
    void_reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ImportedPayment:
    """Money received, negative for a refund."""

    row: int
    paid_on: date
    amount_fen: int
    customer: str = ""
    customer_code: str = ""
    contract_code: str = ""
    code: str = ""
    method: str = ""
    staff: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ImportedProduct:
    """Something the office sells."""

    row: int
    name: str
    code: str = ""
    category: str = ""
    spec: str = ""
    unit: str = ""
    price_fen: int | None = None
    cost_fen: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ImportedStaff:
    """A person of the office with the addresses of that person's own."""

    row: int
    name: str
    code: str = ""
    department: str = ""
    post: str = ""
    role: str = ""
    joined_on: date | None = None
    left_on: date | None = None
    channels: tuple[ChannelDraft, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ImportedDefinition:
    """A business feature as an office defined it; options are labels in order."""

    row: int
    label: str
    key: str = ""
    type: str = "text"
    unit: str = ""
    help: str = ""
    required: bool = False
    importance: int = 1
    options: tuple[str, ...] = ()
    archived: bool = False
    setup: str = ""


@dataclass(frozen=True, slots=True)
class ImportedValue:
    """What is known of a feature at a customer, as it would be typed."""

    row: int
    label: str
    value: str
    key: str = ""
    customer: str = ""
    customer_code: str = ""
    learnt_on: date | None = None
    staff: str = ""


@dataclass(frozen=True, slots=True)
class ImportedRadar:
    """A fact found out about a customer."""

    row: int
    label: str
    value: str
    section: str = "background"
    customer: str = ""
    customer_code: str = ""
    source: str = ""
    found_on: date | None = None
    staff: str = ""
    mark: str = "unchecked"
    position: int = 0
    tag: str = ""
    expires_on: date | None = None
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class ImportedMove:
    """A move along the stage path; ``position`` serves where no stage is so called."""

    row: int
    at: Instant
    on: date | None = None
    customer: str = ""
    customer_code: str = ""
    stage: str = ""
    position: int = -1
    reason: str = ""
    source: str = "import"
    staff: str = ""


Draft: TypeAlias = (
    ImportedCustomer
    | ImportedContact
    | ImportedFollowup
    | ImportedStep
    | ImportedOpportunity
    | ImportedContract
    | ImportedPayment
    | ImportedProduct
    | ImportedStaff
    | ImportedDefinition
    | ImportedValue
    | ImportedRadar
    | ImportedMove
)
