"""Follow-ups and next steps from rows, and follow-ups from a cell's text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, tzinfo

from app.i18n import N_
from app.models.values import actions
from app.models.values.actions import Channel, Outcome
from app.models.values.dates import at_local, parse_instant
from app.services.transfer import words
from app.services.transfer.drafts import ImportedFollowup, ImportedStep
from app.services.transfer.parse.deals import require_customer
from app.services.transfer.records import Piece, split_records
from app.services.transfer.rows import RowView, SheetReader

_NOT_REACHED = re.compile(
    r"[没无未]人?接|未通|打不通|不在服务区|关机|停机|空号|占线|忙线|拒接|挂断|无应答"
)
_LEAD = re.compile(r"\s*([一-鿿A-Za-z]{2,6})(?=[\s,，:：、。;；]|$)[\s,，:：、。;；]*")
_AUTHOR = re.compile(r"\s*([一-鿿]{2,3})[:：]\s*")
_ANYWHERE = (
    (Channel.wechat, r"微信|企微"),
    (Channel.qq, r"QQ|qq"),
    (Channel.sms, r"短信"),
    (Channel.mail, r"邮件|邮箱|email|Email"),
    (Channel.visit, r"拜访|上门|面谈|登门|见面|走访|来访|到访|当面|面对面"),
    (Channel.meeting, r"会议|开会|研讨|技术会"),
    (Channel.expo, r"展会|展览"),
    (Channel.phone, r"电话|致电|通话|来电|去电|没人接|未接|接通|电访|外呼"),
)
_ANSWERED = re.compile(r"接通|接听")
_YES_NO = {"是": Outcome.connected, "否": Outcome.missed}


def parse_followups(reader: SheetReader) -> Iterator[ImportedFollowup]:
    """Yield the follow-ups of a table."""
    seen: Counter[tuple[object, ...]] = Counter()
    for view in reader.views():
        draft = _followup(view)
        if draft is None:
            continue
        key = (draft.customer, draft.customer_code, draft.at, draft.channel, draft.content)
        number = seen[key]
        seen[key] += 1
        yield draft if not number else _numbered(draft, number)


def _numbered(draft: ImportedFollowup, number: int) -> ImportedFollowup:
    return replace(draft, number=number)


def _followup(view: RowView) -> ImportedFollowup | None:
    customer, code = require_customer(view)
    moment = view.instant("at", required=True)
    content = view.long_text("content")
    outcome, rest = _outcome(view)
    duration_s = view.seconds("duration")
    channel = _channel(view, content)
    direction = view.known("direction", actions.direction_of)
    if view.failed or moment is None:
        return None
    return ImportedFollowup(
        row=view.number,
        at=moment[0],
        timed=moment[1],
        customer=customer,
        customer_code=code,
        channel=channel,
        direction=direction or actions.direction_of(view.text("channel")) or "",
        outcome=outcome,
        duration_s=duration_s,
        content="\n".join(filter(None, (content, rest))),
        staff=view.text("staff"),
        contact=view.text("contact"),
        plan_kind=view.text("plan_kind"),
        next_when=view.text("next_when"),
        next_plan=view.text("next_plan"),
        next_what=view.text("next_what"),
    )


def _channel(view: RowView, content: str) -> str:
    """Return the channel of its column, or the one the words tell."""
    written = view.text("channel")
    if not written:
        return channel_in(content) or Channel.other
    found = actions.channel_of(written) or channel_in(written)
    if not found:
        view.warn("channel", N_("不认识这种方式，记为“其他”，不算跟单次数"))
    return found or Channel.other


def _outcome(view: RowView) -> tuple[str, str]:
    """Return the outcome's code, and the column's words when they are no code."""
    written = view.text("outcome")
    found = actions.outcome_of(written)
    if found is None and _ANSWERED.search(view.reader.heading_of("outcome")):
        found = _YES_NO.get(written)
    if found is None:
        return (Outcome.missed if _NOT_REACHED.search(written) else "", written)
    return found, ""


def channel_in(text: str) -> str:
    """Return the channel that a free text names, empty when it names none."""
    for channel, pattern in _ANYWHERE:
        if re.search(pattern, text):
            return channel
    return ""


@dataclass(frozen=True, slots=True)
class NoteContext:
    """Where a cell with follow-ups stands: its row, its customer's first day, its author."""

    row: int
    tz: tzinfo
    latest: date
    earliest: date | None = None
    author: str = ""


def followups_of_text(text: str, where: NoteContext) -> tuple[list[ImportedFollowup], str]:
    """Split a cell or comment into follow-ups; what has no date comes back as a note."""
    found: list[ImportedFollowup] = []
    undated: list[str] = []
    seen: Counter[tuple[object, ...]] = Counter()
    for piece in split_records(text, latest=where.latest, earliest=where.earliest):
        if piece.on is None:
            undated.append(piece.text)
            continue
        draft = _from_piece(piece, piece.on, where)
        key = (draft.at, draft.channel, draft.content)
        found.append(_numbered(draft, seen[key]) if seen[key] else draft)
        seen[key] += 1
    return found, "\n".join(undated)


def _from_piece(piece: Piece, on: date, where: NoteContext) -> ImportedFollowup:
    author, words = _signed(piece.text)
    named, content = _lead(words)
    at = at_local(on, time(), where.tz)
    if piece.clock:
        at = parse_instant(f"{on.isoformat()} {piece.clock}", where.tz)
    return ImportedFollowup(
        row=where.row,
        at=at,
        timed=bool(piece.clock),
        channel=named or channel_in(words) or Channel.other,
        outcome=Outcome.missed if _NOT_REACHED.search(words) else Outcome.none,
        content=content or words,
        staff=piece.author or author or where.author,
    )


def _lead(words: str) -> tuple[str, str]:
    """Return the channel a record begins with and the rest, as in 电话,有意向."""
    found = _LEAD.match(words)
    named = actions.channel_of(found[1]) if found else None
    return (named, words[found.end() :].strip()) if found and named else ("", words)


def _signed(words: str) -> tuple[str, str]:
    """Return who signed a record and the rest, as in 王芳:电话,有意向."""
    found = _AUTHOR.match(words)
    if not found or actions.channel_of(found[1]) or not _lead(words[found.end() :])[0]:
        return "", words
    return found[1], words[found.end() :]


def parse_next_steps(reader: SheetReader) -> Iterator[ImportedStep]:
    """Yield the next steps of a table; the writer resolves when they are due."""
    for view in reader.views():
        customer, code = require_customer(view)
        entered, start, end, done = (
            view.instant(key) for key in ("entered_at", "window_start", "window_end", "done_at")
        )
        draft = ImportedStep(
            row=view.number,
            when=view.required_text("when") if end is None else view.text("when"),
            customer=customer,
            customer_code=code,
            plan_kind=view.text("plan_kind"),
            what=view.long_text("what"),
            staff=view.text("staff"),
            entered_at=entered[0] if entered else None,
            window_start=start[0] if start else None,
            window_end=end[0] if end else None,
            has_clock=view.flag("has_clock"),
            state=view.word("state", words.STEP_STATES) or "open",
            done_at=done[0] if done else None,
        )
        if not view.failed:
            yield draft
