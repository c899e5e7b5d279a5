"""Contacts with customers: channels, outcomes, what counts as a follow-up (product.md 2.4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from app.models.values.reasons import N_, Unreadable
from app.models.values.text import fold, is_nothing


class Channel(StrEnum):
    """How a customer was met or reached."""

    phone = "phone"
    sms = "sms"
    mail = "mail"
    wechat = "wechat"
    qq = "qq"
    visit = "visit"
    meeting = "meeting"
    expo = "expo"
    other = "other"


class Direction(StrEnum):
    """Who made the contact: 去, 来, 双向."""

    out = "out"
    incoming = "in"
    both = "both"


class Outcome(StrEnum):
    """What came of it; ``none`` when nobody said."""

    none = ""
    connected = "connected"
    missed = "missed"
    rejected = "rejected"
    read = "read"
    replied = "replied"


COLLAPSING = frozenset({Channel.sms, Channel.mail, Channel.wechat, Channel.qq})
"""Channels whose messages of one day are one conversation (会话日)."""

NOT_REACHED = frozenset({Outcome.missed, Outcome.rejected})

_CHANNELS = {
    Channel.phone: "电话 手机 座机 通话 致电 来电 去电 呼入 呼出 打电话 电话沟通 电话回访 电话拜访"
    " 陌电 电销 语音 call",
    Channel.sms: "短信 彩信 发短信 短讯 message",
    Channel.mail: "邮件 邮箱 电子邮件 发邮件 email e-mail",
    Channel.wechat: "微信 企业微信 企微 微信群 微信沟通 微信聊天 weixin wx",
    Channel.qq: "qq群 腾讯qq qq聊天 扣扣",
    Channel.visit: "拜访 上门 面谈 见面 见面拜访 上门拜访 登门 登门拜访 陌拜 陌生拜访 实地拜访 面访"
    " 走访 来访 客户来访 外勤 现场 会面 约见 接待 出差",
    Channel.meeting: "会议 开会 视频会议 线上会议 腾讯会议 技术会 视频 研讨会 会谈",
    Channel.expo: "展会 展览 参展 展览会 博览会",
    Channel.other: "其他 其它 别的",
}
_DIRECTIONS = {
    Direction.out: "去 呼出 主叫 拨出 去电 发出 发送 已发 出 我方 外呼 去访",
    Direction.incoming: "来 呼入 被叫 来电 接入 接收 收到 已收 incoming 进 对方 来访 客户来访 到访",
    Direction.both: "双向 往来 互相",
}
_OUTCOMES = {
    Outcome.connected: "接通 已接 已接通 接听 通了 已通话 answered 成功",
    Outcome.missed: "未接 未接通 没接 无人接听 没人接 未通 关机 停机 忙线 占线 空号 打不通",
    Outcome.rejected: "拒接 拒绝 挂断 拒听 已拒接",
    Outcome.read: "已读 已阅 已看",
    Outcome.replied: "已回 已回复 回复 有回复",
}
Word = TypeVar("Word", bound=StrEnum)


def _named(text: str, words: Mapping[Word, str]) -> Word | None:
    """Return the member whose code or one of whose words the text is."""
    word = fold(text).lower()
    for member, listed in words.items():
        if word == member.value or word in listed.split():
            return member
    return None


def channel_of(text: str) -> Channel | None:
    """Return the channel of a code or word, None for a word not known."""
    return _named(text, _CHANNELS)


def direction_of(text: str) -> Direction | None:
    """Return the direction of a code or word, None for a word not known."""
    return _named(text, _DIRECTIONS)


def outcome_of(text: str) -> Outcome | None:
    """Return the outcome of a code or word, ``none`` for nothing, None for a word not known."""
    return Outcome.none if is_nothing(text) else _named(text, _OUTCOMES)


_SPOKEN = re.compile(
    r"(?:(\d+)(?:小时|时|h))?(?:(\d+)(?:分钟|分|min|m))?(?:(\d+)(?:\.\d+)?(?:秒钟|秒|sec|s)?)?",
    re.ASCII,
)
_CLOCKED = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{1,2})(?:\.\d+)?", re.ASCII)


def parse_duration(text: str) -> int | None:
    """Read seconds from 7分15秒, 1小时2分, 3:05, 1:02:03, 125 or 125秒; None for nothing."""
    if is_nothing(text):
        return None
    plain = fold(text).lower().replace(" ", "")
    found = _CLOCKED.fullmatch(plain) or _SPOKEN.fullmatch(plain)
    if not found or len(plain) > 20:
        raise Unreadable(N_("不是通话时长"), text)
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def counts_for_kpi(
    channel: str, outcome: str = "", duration_s: int | None = None, direction: str = ""
) -> bool:
    """Tell whether a contact is a follow-up for the KPIs (product.md 2.4).

    Not when nobody was reached (未接, 拒接, a call of 0 seconds), nor on no contact channel
    (其他). A call whose seconds are not known (None or below 0) was written by hand and
    counts. Sent and received count alike, so the direction makes no difference.
    """
    del direction
    if outcome in NOT_REACHED or channel not in _CONTACT_CHANNELS:
        return False
    return not (channel == Channel.phone and duration_s == 0)


_CONTACT_CHANNELS = frozenset(channel.value for channel in Channel if channel != Channel.other)


def collapse_key(
    channel: str, customer_id: int, contact_id: int | None, day: date, thread: str | None = None
) -> str | None:
    """Return what one conversation of a day has in common, None if each contact counts.

    Mail has one a thread and day; SMS, WeChat and QQ, and mail without a thread, one a
    contact and day, or a customer and day when no contact is named (product.md 2.4).
    """
    if channel not in COLLAPSING:
        return None
    part = f"t{thread}" if thread and channel == Channel.mail else f"{contact_id or 0}"
    return f"{channel}:{customer_id}:{part}:{day.isoformat()}"


def moved_key(key: str, customer_id: int, contact_id: int) -> str:
    """Return the key of a conversation after it went to another customer and contact."""
    if not key:
        return ""
    channel, _customer, *part, day = key.split(":")
    kept = ":".join(part)
    return f"{channel}:{customer_id}:{kept if kept.startswith('t') else contact_id}:{day}"


def is_missed_incoming(channel: str, outcome: str, duration_s: int | None, direction: str) -> bool:
    """Tell whether it is an incoming call nobody took, which 电话量 leaves out (product.md 2.6)."""
    unanswered = outcome in NOT_REACHED or duration_s == 0
    return channel == Channel.phone and direction == Direction.incoming and unanswered
