"""Whom a follow-up is about: everything the form shows of a customer, read in one go."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.values import nextstep
from app.models.values.nextstep import Group, Window
from app.services.customers.drafts import ContactView, CustomerCard
from app.services.features import FeatureView
from app.services.followups.drafts import StepView, TimelineEntry
from app.services.followups.moment import Moment
from app.services.followups.recognise import Vocabulary, rival_names
from app.services.office import Office
from app.views.core import labels
from app.views.followups.clock_select import words_of
from app.views.widgets.fuzzy_time_edit import CHIP_BUCKETS

_TODAY = (Group.overdue, Group.later_today, Group.tonight)


@dataclass(frozen=True, slots=True)
class Subject:
    """A customer as the form needs it; ``linked`` tells whether the step is ticked at first."""

    card: CustomerCard
    step: StepView | None
    linked: bool
    last: TimelineEntry | None
    features: tuple[FeatureView, ...]
    nodes: tuple[str, ...]

    @property
    def id(self) -> int:
        """Return the customer's id."""
        return self.card.id

    @property
    def name(self) -> str:
        """Return the short name when there is one."""
        return self.card.short_name or self.card.name

    def contact(self, contact_id: int) -> ContactView | None:
        """Return a contact by its id, the main one for 0, None without any."""
        chosen = (one for one in self.card.contacts if one.id == contact_id)
        return next(chosen, next(iter(self.card.contacts), None))


@dataclass(frozen=True, slots=True)
class Lists:
    """The office's words and people that the form offers."""

    plans: tuple[tuple[str, str], ...]
    nodes: tuple[tuple[str, str], ...]
    staff: tuple[tuple[int, str], ...]


def load_lists(office: Office) -> Lists:
    """Return plan kinds and key nodes as (code, words), and present staff."""
    plans = tuple(
        (one.code, labels.of(labels.PLAN_KIND, one.code) if one.code in labels.PLAN_KIND
         else one.label)
        for one in office.admin.choices("plan_kind")
    )  # fmt: skip
    nodes = tuple((one.code, one.label) for one in office.admin.choices("key_node"))
    staff = tuple((one.id, one.name) for one in office.staff.all(with_left=False))
    return Lists(plans, nodes, staff)


def load_subject(office: Office, customer_id: int, step_id: int, moment: Moment) -> Subject:
    """Return a customer with the step that a follow-up answers.

    Without ``step_id`` the earliest open step is offered, ticked when it is due by today.
    Raises ``UserError`` not_found.
    """
    card = office.customers.card(customer_id)
    step = office.followups.step(step_id) if step_id else None
    if step is not None and step.state != "open":
        step = None
    linked = step is not None
    if step is None:
        step = next(iter(office.followups.record(customer_id).open), None)
        linked = step is not None and _is_due(step, moment)
    entries = office.followups.timeline(customer_id, limit=10)
    return Subject(
        card,
        step,
        linked,
        next((one for one in entries if one.kind == "followup"), None),
        tuple(office.features.of_customer(customer_id)),
        tuple(mark.name for mark in office.calibration.nodes(customer_id)),
    )


def _is_due(step: StepView, moment: Moment) -> bool:
    window = Window(step.window_start, step.window_end, step.has_clock)
    return nextstep.group(window, moment.at, moment.zone, moment.hours) in _TODAY


def vocabulary(lists: Lists, subject: Subject | None) -> Vocabulary:
    """Return the words to recognise: times and plans as shown and in Chinese, and rivals."""
    times = {labels.BUCKET[bucket]: bucket for bucket in CHIP_BUCKETS}
    times |= {words_of(bucket): bucket for bucket in CHIP_BUCKETS}
    plans = {words: code for code, words in labels.PLAN_KIND.items()}
    plans |= {words: code for code, words in lists.plans}
    return Vocabulary(times, plans, _rivals(subject))


def _rivals(subject: Subject | None) -> tuple[str, ...]:
    if subject is None:
        return ()
    fields = [view.field for view in subject.features]
    options = rival_names(fields)
    written = [view.value for view in subject.features if _names_rival(view)]
    return tuple(dict.fromkeys([*options, *(word for word in written if word)]))


def _names_rival(view: FeatureView) -> bool:
    return view.field.type == "text" and "竞品" in view.field.label
