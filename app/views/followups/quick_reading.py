"""A quick line as it stands: the customer it names, what it says, and what was corrected."""

from __future__ import annotations

from typing import Any

from app.i18n import _
from app.models.values import nextstep
from app.models.values.actions import Channel
from app.models.values.nextstep import Bucket, Window
from app.services.calibration import CalibrationDraft
from app.services.customers.drafts import Hit
from app.services.features import FeatureDraft
from app.services.followups.drafts import FollowupDraft, NextStepDraft
from app.services.followups.moment import Moment
from app.services.followups.named import Meant, find_meant
from app.services.followups.quickline import Known, QuickLine, read_line
from app.services.followups.recognise import learnt
from app.services.office import Office
from app.views.core import format as formats
from app.views.core import labels
from app.views.followups import when_words
from app.views.followups.clock_select import words_of
from app.views.followups.quick_chips import QuickChip
from app.views.followups.subject import Subject, load_lists, load_subject, vocabulary
from app.views.widgets.fuzzy_time_edit import CHIP_BUCKETS
from app.views.widgets.text import cut

_MOST_HITS = 6
_MOST_WORDS = 24


class QuickReading:
    """Read a line anew whenever it or a correction changes."""

    def __init__(self, office: Office, moment: Moment, current_id: int | None) -> None:
        self._office = office
        self._moment = moment
        self._current_id = current_id or 0
        self._lists = load_lists(office)
        self._subjects: dict[int, Subject] = {}
        self._hits: dict[str, tuple[Hit, ...]] = {}
        self._chosen: dict[str, Any] = {}
        self._refused: frozenset[str] = frozenset()
        self.meant = Meant()
        self.subject: Subject | None = None
        self.line = QuickLine()
        self.read("")

    # -- reading -----------------------------------------------------------------------------

    def read(self, text: str) -> QuickLine:
        """Read the line; raises ``UserError`` when the customer has gone."""
        if not text.strip():
            self._chosen, self._refused = {}, frozenset()
        self.meant = (
            Meant()
            if "customer" in self._refused
            else find_meant(self._search, text, anybody=not self._current_id)
        )
        self.subject = self._load(self._customer_id())
        people = {one.name: one.id for one in self.subject.card.contacts} if self.subject else {}
        self.line = read_line(
            text,
            self._moment,
            vocabulary(self._lists, self.subject),
            Known(self.meant.end, people, self._refused),
        )
        return self.line

    def choose(self, kind: str, value: Any) -> None:
        """Take a value of a kind in place of what was read."""
        self._chosen[kind] = value

    def refuse(self, kind: str) -> None:
        """Take what was read as a kind for plain text."""
        self._chosen.pop(kind, None)
        self._refused |= {kind}

    def _search(self, word: str) -> tuple[Hit, ...]:
        if word not in self._hits:
            self._hits[word] = tuple(self._office.customers.search(word, _MOST_HITS))
        return self._hits[word]

    def _customer_id(self) -> int:
        ids = [one.id for one in self.meant.hits]
        chosen = self._chosen.get("customer")
        if isinstance(chosen, int) and (chosen in ids or not ids):
            return chosen
        return self._current_id if self._current_id in ids or not ids else ids[0]

    def _load(self, customer_id: int) -> Subject | None:
        if not customer_id:
            return None
        if customer_id not in self._subjects:
            self._subjects[customer_id] = load_subject(self._office, customer_id, 0, self._moment)
        return self._subjects[customer_id]

    def _value(self, kind: str, read: Any) -> Any:
        return self._chosen.get(kind, read)

    # -- what comes of it --------------------------------------------------------------------

    def draft(self) -> FollowupDraft | None:
        """Return the follow-up, None without a customer."""
        if self.subject is None:
            return None
        line, step = self.line, self.subject.step if self.links() else None
        contact_id = int(self._value("contact", line.contact_id) or 0)
        channel = self.channel()
        return FollowupDraft(
            self.subject.id,
            content=line.content,
            channel=channel,
            direction=line.direction or "out",
            outcome=line.outcome if channel == Channel.phone else "",
            contact_ids=(contact_id,) if contact_id else (),
            parent_step_id=step.id if step is not None else 0,
            calibration=self._calibration(),
            features=self._features(self.subject),
            next_step=self._next_step(),
        )

    def channel(self) -> str:
        """Return the channel read or chosen, the phone without one."""
        return str(self._value("channel", self.line.channel) or Channel.phone)

    def links(self) -> bool:
        """Tell whether the follow-up completes the open step that is due."""
        subject = self.subject
        return subject is not None and bool(self._value("step", subject.linked))

    def _calibration(self) -> CalibrationDraft | None:
        line = self.line
        made = CalibrationDraft(
            quality=self._value("quality", line.quality) or None,
            grade=self._value("grade", line.grade) or None,
            expected_fen=line.amount_fen,
            expected_on=line.expected_on,
            expected_label=line.expected_label,
        )
        return None if made == CalibrationDraft() else made

    def _features(self, subject: Subject) -> tuple[FeatureDraft, ...]:
        return learnt(self.line.found, [view.field for view in subject.features])

    def step_time(self) -> tuple[Bucket, Window] | None:
        """Return bucket and window of the next step, None without one."""
        bucket = self._value("time", self.line.bucket)
        if bucket is None:
            return None
        if "time" not in self._chosen and self.line.window is not None:
            return bucket, self.line.window
        at = self._moment
        return nextstep.resolve(bucket, at.at, at.zone, at.hours)

    def _next_step(self) -> NextStepDraft | None:
        found = self.step_time()
        if found is None:
            return None
        plan = str(self._value("plan", self.line.plan) or "")
        own = self.line.window is not None and "time" not in self._chosen
        label = self.line.when if "time" not in self._chosen else ""
        return NextStepDraft(
            found[0], plan, self.line.what, window=found[1] if own else None, label=label
        )

    # -- chips -------------------------------------------------------------------------------

    def chips(self) -> list[QuickChip]:
        """Return what was recognised, in the order of the form."""
        made = [self._customer_chip(), *self._happened_chips(), *self._value_chips(),
                *self._step_chips()]  # fmt: skip
        return [one for one in made if one is not None]

    def _customer_chip(self) -> QuickChip:
        others = tuple((one.id, one.name) for one in self.meant.hits)
        if self.subject is None:
            return QuickChip("customer", _("哪家客户？写在开头"), others, False, asks=True)
        written = self.meant.end > 0
        return QuickChip("customer", self.subject.name, others, written)

    def _happened_chips(self) -> list[QuickChip | None]:
        line, subject = self.line, self.subject
        contact_id = int(self._value("contact", line.contact_id) or 0)
        people = subject.card.contacts if subject else ()
        person = next((one.name for one in people if one.id == contact_id), "")
        step = subject.step if subject else None
        channels = tuple((str(one), labels.of(labels.CHANNEL, one)) for one in Channel)
        done = _("完成：{step}") if self.links() else _("不完成：{step}")
        return [
            QuickChip("contact", person, tuple((one.id, one.name) for one in people))
            if person else None,
            QuickChip("channel", labels.of(labels.CHANNEL, self.channel()), channels,
                      bool(line.channel)),
            QuickChip("outcome", _("结果：未接"), (), False)
            if line.outcome and self.channel() == Channel.phone else None,
            QuickChip("step", done.format(step=self._step_words(step)),
                      ((True, _("完成这件下步")), (False, _("不完成，留着"))), False)
            if step is not None and (subject is not None and subject.linked) else None,
        ]  # fmt: skip

    def _step_words(self, step: Any) -> str:
        window = Window(step.window_start, step.window_end, step.has_clock)
        plan = labels.of(labels.PLAN_KIND, step.plan_kind)
        return f"{plan} {when_words.due_words(window, self._moment)}".strip()

    def _value_chips(self) -> list[QuickChip | None]:
        line = self.line
        quality = self._value("quality", line.quality)
        grade = self._value("grade", line.grade)
        day = (
            formats.day(line.expected_on, when_words.today_of(self._moment))
            if line.expected_on
            else ""
        )
        return [
            QuickChip("quality", labels.of(labels.QUALITY, quality), _pairs(labels.QUALITY))
            if quality else None,
            QuickChip("grade", labels.of(labels.GRADE, grade), _pairs(labels.GRADE))
            if grade else None,
            QuickChip("amount", _("预计金额：{amount}").format(
                amount=formats.money_marked(line.amount_fen, 0)))
            if line.amount_fen is not None else None,
            QuickChip("expected", _("预计签约：{day}").format(day=day)) if day else None,
        ]  # fmt: skip

    def _step_chips(self) -> list[QuickChip | None]:
        found = self.step_time()
        plan = str(self._value("plan", self.line.plan) or "")
        if found is None:
            return []
        times = tuple((bucket, words_of(bucket)) for bucket in CHIP_BUCKETS)
        what = self.line.what
        return [
            QuickChip("time", self._time_words(*found), times),
            QuickChip("plan", _plan_words(plan, self._lists.plans), self._lists.plans,
                      bool(self.line.plan)),
            QuickChip("what", _("做什么：{what}").format(what=cut(what, _MOST_WORDS)))
            if what else None,
        ]  # fmt: skip

    def _time_words(self, bucket: Bucket, window: Window) -> str:
        own = "time" not in self._chosen and self.line.window is not None
        word = self.line.when if own else words_of(bucket)
        days = when_words.window_words(window, self._moment)
        return _("下步：{when}（{days}）").format(when=word, days=days)


def _pairs(words: Any) -> tuple[tuple[str, str], ...]:
    return tuple((code, labels.of(words, code)) for code in words if code)


def _plan_words(plan: str, plans: Any) -> str:
    return dict(plans).get(plan) or _("计划？")
