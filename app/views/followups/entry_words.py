"""What a timeline entry is called, its sign and its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.i18n import _, translate
from app.views.core import format as formats
from app.views.core import labels
from app.views.followups import when_words
from app.views.widgets.timeline import TimelineRow

if TYPE_CHECKING:
    from app.services.followups.drafts import TimelineEntry
    from app.services.followups.moment import Moment

_CALLS = {"out": "call_outbound", "in": "call_inbound"}
_ICONS = {
    "calibration": "ribbon",
    "node": "flag",
    "stage": "flow",
    "contract": "handshake",
    "payment": "receipt",
    "owner": "person",
    "life": "info",
}
_ARROW = "→"
_CLEARED = -1


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A change of 定性 and 定级: (quality, grade) before and after."""

    old: tuple[str, str]
    new: tuple[str, str]


def icon_of(entry: TimelineEntry) -> str:
    """Return the sign of an entry."""
    if entry.kind != "followup":
        return _ICONS.get(entry.kind, "note")
    if entry.channel == "phone":
        if _missed(entry):
            return "call_missed"
        return _CALLS.get(entry.direction, "call")
    return labels.CHANNEL_ICON.get(entry.channel, "note")


def title_of(entry: TimelineEntry) -> str:
    """Return what an entry is called: 电话 · 去电 6 分 12 秒."""
    if entry.kind == "followup":
        return _followup_title(entry)
    if entry.kind == "calibration":
        return _("价值标定")
    if entry.kind == "node":
        return _("关键节点：{node}").format(node=entry.title)
    if entry.kind == "stage":
        return _("阶段：{old} → {new}").format(old=entry.old, new=entry.new)
    if entry.kind == "contract":
        return _("成交 · {name}").format(name=entry.title.strip())
    if entry.kind == "payment":
        return _("回款 {amount}").format(amount=formats.money_marked(entry.amount_fen))
    if entry.kind == "owner":
        return _("转给 {name}").format(name=entry.title)
    return labels.of(labels.LIFE_CYCLE, entry.title)


def _missed(entry: TimelineEntry) -> bool:
    return entry.outcome in ("missed", "rejected") or entry.duration_s == 0


def _followup_title(entry: TimelineEntry) -> str:
    channel = labels.of(labels.CHANNEL, entry.channel)
    if entry.channel != "phone":
        way = {"in": _("收到"), "out": _("发出")}.get(entry.direction, "")
        written = entry.channel in ("sms", "mail")
        return f"{channel} · {way}" if way and written else channel
    way = {"in": _("来电"), "out": _("去电")}.get(entry.direction, "")
    if _missed(entry):
        way = _("未接") if entry.outcome != "rejected" else _("拒接")
    length = formats.duration(entry.duration_s) if entry.duration_s > 0 else ""
    rest = " ".join(part for part in (way, length) if part)
    return f"{channel} · {rest}" if rest else channel


def body_of(entry: TimelineEntry) -> str:
    """Return the text of an entry."""
    if entry.kind == "calibration":
        return _calibration_body(entry)
    if entry.kind == "contract":
        return (
            _("签约 {amount}").format(amount=formats.money_marked(entry.amount_fen))
            if (entry.amount_fen)
            else _("框架合同")
        )
    if entry.kind in ("stage", "life"):
        return translate(entry.content)
    return entry.content.strip()


def value_change(entry: TimelineEntry) -> ValueChange | None:
    """Return how 定性 and 定级 changed, None when 定性 did not."""
    changed = _details(entry)
    if entry.kind != "calibration" or "quality" not in changed:
        return None
    old, new = changed["quality"]
    old_grade, new_grade = changed.get("grade", ("", ""))
    return ValueChange((old, old_grade), (new, new_grade))


def _details(entry: TimelineEntry) -> dict[str, tuple[str, str]]:
    found = {}
    for field, both in entry.details:
        old, _arrow, new = both.partition(_ARROW)
        found[field] = (old, new)
    return found


def _calibration_body(entry: TimelineEntry) -> str:
    changed = _details(entry)
    parts = []
    if "expected_to" in changed:
        parts.append(_("预计 {day} 签约").format(day=changed["expected_to"][1]))
    if "expected_fen" in changed:
        fen = changed["expected_fen"][1]
        known = fen.lstrip("-").isdigit() and int(fen) != _CLEARED
        parts.append(formats.money_marked(int(fen)) if known else _("清空了金额"))
    if "grade" in changed and "quality" not in changed:
        old, new = (labels.of(labels.GRADE, code) for code in changed["grade"])
        parts.append(f"{old or '—'} {_ARROW} {new or '—'}")
    if entry.content:
        parts.append(translate(entry.content))
    return " ".join(part for part in parts if part)


def last_contact(entry: TimelineEntry, ago: str) -> str:
    """Return how the last contact is told in a head line: 3 天前电话 6 分 12 秒."""
    channel = labels.of(labels.CHANNEL, entry.channel)
    length = formats.duration(entry.duration_s) if entry.duration_s > 0 else ""
    # a blank between a figure and a Chinese word, none between two words
    ago = f"{ago} " if ago[-1:].isascii() else ago
    return _("{ago}{channel} {length}").format(ago=ago, channel=channel, length=length).strip()


def row_of(entry: TimelineEntry, moment: Moment) -> TimelineRow:
    """Return an entry as the timeline shows it."""
    change = value_change(entry)
    return TimelineRow(
        entry.id,
        icon_of(entry),
        title_of(entry),
        _when(entry, moment),
        body_of(entry),
        tone="good" if entry.kind in ("contract", "payment") else "",
        rated=(change.old, change.new) if change is not None else None,
        source=entry,
    )


def _when(entry: TimelineEntry, moment: Moment) -> str:
    today = when_words.today_of(moment)
    if entry.on is None:
        return ""
    day = formats.day_week(entry.on, today)
    if entry.kind in ("followup", "calibration"):
        return f"{day} {when_words.clock_of(entry.at, moment)}"
    return day
