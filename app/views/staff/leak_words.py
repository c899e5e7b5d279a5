"""Figures of leaks as words, and the sentence that names the first ones to mend."""

from __future__ import annotations

from collections.abc import Sequence

from app.i18n import _, translate
from app.services.staff.leaks import LeakLine, LeakUnit
from app.views.core import format as words

_MOST_NAMED = 3


def figure(unit: LeakUnit, value: float | None) -> str:
    """Return a figure in its unit, a dash for none."""
    if value is None:
        return "—"
    if unit is LeakUnit.rate:
        return words.percent(value)
    if unit is LeakUnit.seconds:
        return words.duration(value)
    if unit is LeakUnit.hours:
        return _("{count} 小时").format(count=words.number(value))
    return _("{count} 天").format(count=words.number(value))


def label(line: LeakLine) -> str:
    """Return the name of a measure, with its stage where there is one."""
    name = translate(line.label)
    return f"{name} · {line.step}" if line.step else name


def beside(line: LeakLine) -> str:
    """Say how a figure stands to the peers', or why there is none."""
    if line.missing:
        return translate(line.missing)
    if line.value is None:
        return _("期内没有可算的记录")
    if line.worse is None:
        return _("没有同岗可比")
    if line.value == line.peers:
        return _("持平")
    return _("不如同岗") if line.worse else _("好于同岗")


def first_to_mend(lines: Sequence[LeakLine]) -> str:
    """Name the measures that fall behind, in the order of the chain; empty without any."""
    behind = [label(one) for one in lines if one.worse]
    if not behind:
        return ""
    return _("先补：{names}").format(names=_("、").join(behind[:_MOST_NAMED]))
