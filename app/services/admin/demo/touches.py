"""Follow-ups of the sample office, and what is learnt, judged and moved by them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.models.tables.customers import StageMove
from app.models.tables.followups import FollowUp
from app.models.values import actions
from app.services.admin.demo.fates import Fate
from app.services.admin.demo.findings import Findings
from app.services.admin.demo.firms import Firm
from app.services.admin.demo.scene import NEVER, Player, Scene, Weighted
from app.services.admin.demo.steps import MORNING, Steps

_CHANNELS = {
    # by stage: phone, wechat, visit, mail, sms, qq, meeting
    1: Weighted(("phone", "wechat", "visit", "mail", "sms", "qq"), (62, 14, 8, 6, 8, 2)),
    2: Weighted(("phone", "wechat", "visit", "mail", "sms", "qq"), (48, 24, 14, 8, 4, 2)),
    3: Weighted(("phone", "wechat", "visit", "mail", "meeting", "sms"), (42, 24, 18, 9, 4, 3)),
    4: Weighted(("phone", "wechat", "visit", "mail", "meeting"), (48, 24, 18, 6, 4)),
    5: Weighted(("phone", "wechat", "visit", "sms", "mail"), (46, 30, 12, 8, 4)),
}
_TOPICS = {1: "first", 2: "need", 3: "solution", 4: "negotiation", 5: "after"}
_REASONS = {1: "有了第一次跟单", 2: "记下了需求", 5: "签了合同"}
_LONGEST = 400


@dataclass(slots=True)
class Course:
    """How far a customer has come while its story is told."""

    firm: Firm
    fate: Fate
    stage: int = 0
    top: int = 4
    last: tuple[int, int] = (0, 0)
    step_id: int = 0
    told: set[tuple[str, int]] = field(default_factory=set)
    line: str = ""


class Touches:
    """Write the follow-ups of one customer after another."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._steps = Steps(scene)
        self._findings = Findings(scene)

    def write(self, firm: Firm, fate: Fate) -> None:
        """Write the whole chain of a customer, with the step that is open now."""
        dice = self._scene.dice
        course = Course(firm, fate, top=4 if fate.wins else dice.pick((1, 1, 2, 2, 3, 4)))
        moments = self._moments(firm, fate)
        ids = [self._scene.piles.make_id() for _ in moments]
        for place, at in enumerate(moments):
            after = (ids[place + 1], moments[place + 1]) if place + 1 < len(moments) else None
            self._touch(course, (ids[place], at), place / max(1, len(moments) - 1), after)
        if moments and self._goes_on(fate, moments[-1]):
            self._steps.open(firm, course.stage, course.last)
        self._findings.give_up(firm, fate)

    def _moments(self, firm: Firm, fate: Fate) -> list[int]:
        """Return the instants of all follow-ups in order, the first one soon after creation."""
        dice, days = self._scene.dice, self._scene.days
        activity = firm.owners[0][1].activity
        end = min(fate.first_sign, fate.due_day, fate.silent_day, days.today)
        keen = 2.2 if fate.wins else 1.35
        before = min(_LONGEST, int(dice.pareto(1.7) * keen * activity + dice.roll() * 1.5))
        span = max(0, end - firm.created)
        found = [firm.created + int(span * dice.roll() ** 1.4) for _ in range(before)]
        found.append(min(firm.created + int(dice.wait(0.6)), end))
        found += fate.signed
        last = min(fate.silent_day, days.today)
        if fate.signed and last > fate.first_sign:
            since = last - fate.first_sign
            again = min(_LONGEST, int(since / 65 * activity**0.4 * dice.log_normal(0, 0.5)))
            found += [fate.first_sign + 1 + int(since * dice.roll()) for _ in range(again)]
        return sorted(self._moment(min(day, last)) for day in found)

    def _moment(self, day: int) -> int:
        dice, days = self._scene.dice, self._scene.days
        day = days.work(day) if not dice.happens(0.04) else day
        if day >= days.today:
            return days.at(days.today, MORNING - 1_500 + int(dice.roll() * 1_500))
        return days.at(day, 32_400 + int(dice.roll() * 32_000))

    def _touch(
        self, course: Course, here: tuple[int, int], progress: float, after: tuple[int, int] | None
    ) -> None:
        scene, dice = self._scene, self._scene.dice
        day = scene.days.of(here[1])
        by = course.firm.owner_on(day)
        answered, course.step_id = course.step_id, 0
        plan = ""
        if after is not None and dice.happens(by.chain):
            plan = self._steps.plan(course.stage)
            course.step_id = self._steps.done(course.firm, by, plan, here, after)
        reached = self._say(course, here, by, answered, plan)
        if reached:
            self._advance(course, here, progress, by)
        course.last = here

    def _say(
        self, course: Course, here: tuple[int, int], by: Player, answered: int, plan: str
    ) -> bool:
        """Write the follow-up itself; tell whether somebody was reached."""
        scene, dice = self._scene, self._scene.dice
        day = scene.days.of(here[1])
        channel = self._channel(course, day)
        missed = channel == "phone" and dice.happens(0.22)
        contact_id, who = dice.pick(course.firm.contacts)
        if channel in actions.COLLAPSING and dice.happens(0.6):
            contact_id = 0
        self._add(
            course,
            here,
            by,
            channel=channel,
            direction=self._direction(channel, missed=missed),
            outcome="missed" if missed else "connected" if channel == "phone" else "",
            duration_s=0 if missed else self._seconds(channel, by),
            content=self._words(course, channel, who, day, missed=missed),
            plan_kind=plan,
            parent_step_id=answered,
            contact_id=contact_id,
        )
        if channel in ("wechat", "sms") and dice.happens(0.10):
            self._chat_on(course, here, by, channel, contact_id, who)
        return not missed

    def _add(self, course: Course, here: tuple[int, int], by: Player, **values: Any) -> None:
        """Write a follow-up that counts as the rule says (product.md 2.4)."""
        days, firm_id = self._scene.days, course.firm.id
        day = days.of(here[1])
        channel = values["channel"]
        fold = actions.collapse_key(channel, firm_id, values["contact_id"], days.dates[day]) or ""
        counts = actions.counts_for_kpi(
            channel, values["outcome"], values["duration_s"], values["direction"]
        )
        if fold:
            counts = counts and (fold, day) not in course.told
            course.told.add((fold, day))
        self._scene.piles.add(
            FollowUp,
            here[1],
            by.id,
            here[0],
            customer_id=firm_id,
            at=here[1],
            on=days.iso[day],
            staff_id=by.id,
            counts=counts,
            fold_key=fold,
            **values,
        )

    def _chat_on(
        self,
        course: Course,
        here: tuple[int, int],
        by: Player,
        channel: str,
        contact_id: int,
        who: str,
    ) -> None:
        """Write the further messages of a conversation, one day's all together one contact."""
        scene = self._scene
        for number in range(1, scene.dice.between(1, 3) + 1):
            at = here[1] + number * 60_000 * scene.dice.between(1, 9)
            course.last = (scene.piles.make_id(), at)
            self._add(
                course,
                course.last,
                by,
                channel=channel,
                direction="in" if number % 2 else "out",
                outcome="",
                duration_s=-1,
                content=self._filled(course, scene.talk[channel], who),
                plan_kind="",
                parent_step_id=0,
                contact_id=contact_id,
            )

    def _channel(self, course: Course, day: int) -> str:
        if course.stage == 0 and self._scene.dice.happens(0.10):
            return "expo"
        if day in course.fate.signed and self._scene.dice.happens(0.6):
            return "visit"
        return _CHANNELS[min(max(course.stage, 1), 5)].draw(self._scene.dice)

    def _direction(self, channel: str, *, missed: bool) -> str:
        if channel in ("visit", "meeting", "expo"):
            return "both"
        return "out" if missed or self._scene.dice.happens(0.78) else "in"

    def _seconds(self, channel: str, by: Player) -> int:
        if channel != "phone":
            return -1
        usual = 170 if by.activity < 2 else 95
        return max(6, int(usual * self._scene.dice.log_normal(0, 0.75)))

    def _words(self, course: Course, channel: str, who: str, day: int, *, missed: bool) -> str:
        talk, fate = self._scene.talk, course.fate
        if missed:
            return self._filled(course, talk["missed"], who)
        if day in fate.signed:
            return self._filled(course, talk["sign"], who)
        if channel in ("expo", "sms", "mail", "wechat"):
            return self._filled(course, talk[channel], who)
        if not fate.signed and fate.silent_day != NEVER and day > fate.silent_day - 20:
            return self._filled(course, talk["cooling"], who)
        return self._filled(course, talk[_TOPICS[min(max(course.stage, 1), 5)]], who)

    def _filled(self, course: Course, lines: list[str], who: str) -> str:
        dice, firm = self._scene.dice, course.firm
        line = dice.pick(lines)
        if line == course.line:  # nobody writes the same twice running
            line = lines[lines.index(line) - 1]
        course.line = line
        return line.format(who=who, product=firm.product, rival=firm.rival, n=dice.between(2, 36))

    def _advance(self, course: Course, here: tuple[int, int], progress: float, by: Player) -> None:
        """Move the stage as far as the story has come, and note what was found out."""
        day = self._scene.days.of(here[1])
        signed = course.fate.signed and day >= course.fate.first_sign
        before = course.fate.signed and not signed
        reach = (
            5
            if signed
            else min(course.top, 1 + int(progress * (course.top + (1 if before else 0))))
        )
        if reach > course.stage:
            self._move(course, here, reach, by)
        self._findings.note(course.firm, course.fate, course.stage, here, by)

    def _move(self, course: Course, here: tuple[int, int], reach: int, by: Player) -> None:
        days = self._scene.days
        self._scene.piles.add(
            StageMove,
            here[1],
            by.id,
            customer_id=course.firm.id,
            from_position=course.stage,
            to_position=reach,
            at=here[1],
            on=days.iso[days.of(here[1])],
            staff_id=by.id,
            reason=_REASONS.get(reach, ""),
            source="auto" if reach in _REASONS else "manual",
            followup_id=here[0],
        )
        course.stage = reach

    def _goes_on(self, fate: Fate, last: int) -> bool:
        """Tell whether somebody has planned to get in touch again."""
        days, dice = self._scene.days, self._scene.dice
        if fate.lost_day <= days.today or fate.silent_day < days.today - 20:
            return False
        quiet = days.today - days.of(last)
        return dice.happens(0.85 if quiet <= 30 else 0.45 if quiet <= 90 else 0.12)
