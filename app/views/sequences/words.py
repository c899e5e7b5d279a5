"""Words and signs of what is done, of standards, deviations and observations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.i18n import N_, _, translate
from app.models.values.sequences import StepRule
from app.services.sequences.shapes import (
    SILENT_DAYS,
    Observation,
    PathMeasure,
    PersonMeasure,
    StepMeasure,
)
from app.views.core import format as words
from app.views.core import labels

DEED: Mapping[str, str] = {
    **{code: word for code, word in labels.CHANNEL.items() if code != "other"},
    "contact": N_("任一联系"),
    "radar": N_("雷达"),
    "calibrate": N_("标定"),
    "need": N_("确认需求"),
    "quote": N_("报价"),
    "sign": N_("签约"),
    "lost": N_("失败"),
}
DEED_ICON: Mapping[str, str] = {
    **labels.CHANNEL_ICON,
    "contact": "people",
    "radar": "search",
    "calibrate": "ribbon",
    "need": "lightbulb",
    "quote": "document",
    "sign": "handshake",
    "lost": "error_circle",
    "silent": "clock",
}
UNIT: Mapping[str, str] = {"day": N_("天"), "workday": N_("工作日")}
ANCHOR: Mapping[str, str] = {"start": N_("从开始起"), "previous": N_("上一步完成后")}
EXIT: Mapping[str, str] = {
    "signed": N_("已签约"),
    "worthless": N_("判为无价值"),
    "replied": N_("对方回复"),
    "refused": N_("对方拒绝"),
    "stopped": N_("手动退出"),
}
STATE: Mapping[str, str] = {
    "waiting": N_("未到"),
    "open": N_("待办"),
    "done": N_("完成"),
    "short": N_("特征没填全"),
    "skipped": N_("跳过"),
    "running": N_("进行中"),
    "finished": N_("走完"),
    "left": N_("已退出"),
}
ROLE: Mapping[str, str] = {
    "current": N_("现行"),
    "trial": N_("试行"),
    "former": N_("旧版"),
}


def deed(code: str) -> str:
    """Return the word of what is done; 沉默 names its days."""
    if code == "silent":
        return _("沉默 {days} 天").format(days=SILENT_DAYS)
    return translate(DEED.get(code, code))


def days(value: float | None) -> str:
    """Return a number of days, in hours below one; a dash for none."""
    if value is None:
        return "—"
    if 0 < value < 1:
        return _("{hours} 时").format(hours=max(1, round(value * 24)))
    return _("{days} 天").format(days=words.number(value))


def standard(rule: StepRule) -> str:
    """Return within which time a step is to be done."""
    text = _("标准 {days} 个工作日内") if rule.unit == "workday" else _("标准 {days} 天内")
    return text.format(days=rule.standard)


def drop_off(steps: Sequence[StepMeasure], place: int | None) -> str:
    """Return where most customers are lost, empty when nobody is."""
    if place is None:
        return ""
    before, here = steps[place - 2], steps[place - 1]
    return _("流失最大：{before} → {here}，{rate}").format(
        before=before.rule.name,
        here=here.rule.name,
        rate=words.percent(before.lost / before.alive),
    )


def path_text(path: PathMeasure, *, wins: bool) -> str:
    """Return a path in words, with its end."""
    return " → ".join(deed(one) for one in path_deeds(path, wins=wins))


def path_deeds(path: PathMeasure, *, wins: bool) -> tuple[str, ...]:
    """Return the deeds of a path with its end."""
    if wins:
        return (*path.deeds, "sign")
    return (*path.deeds, *(("silent",) if path.silent else ()), "lost")


def deviation(person: PersonMeasure, steps: Sequence[StepMeasure]) -> str:
    """Return where a person keeps least to the steps: left out, or late."""
    if not person.worst:
        return "—"
    name = steps[person.worst - 1].rule.name
    if person.missed > 0:
        return _("{step}漏 {rate}").format(step=name, rate=words.percent(person.missed, 0))
    if person.late_days:
        return _("{step}晚 {days} 天").format(step=name, days=words.number(person.late_days, 0))
    return _("{step}没按次序").format(step=name)


def observation(found: Observation, steps: Sequence[StepMeasure]) -> str:
    """Return what goes with winning; it says that it holds in the present data alone."""
    return _(
        "在已有数据里，赢单中 {share} 在{then}前有过{first}；没有的赢单率 {without}，有的 {rate}"
    ).format(
        share=words.percent(found.share_of_won, 0),
        then=steps[found.then - 1].rule.name,
        first=steps[found.first - 1].rule.name,
        without=words.percent(found.rate_without),
        rate=words.percent(found.rate_with),
    )
