"""A sequence learnt from what wins: the most frequent winning path with its usual times."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, tzinfo
from statistics import median
from typing import TYPE_CHECKING

from app.errors import UserError
from app.i18n import N_
from app.models.values.sequences import Anchor, Applies, Deed, StepRule
from app.services.jobs import Progress
from app.services.sequences import measuring, paths
from app.services.sequences.chains import Chain, read_chains
from app.services.sequences.drafts import VersionDraft
from app.services.sequences.shapes import ReportQuery

if TYPE_CHECKING:
    from app.models.store.reader import Reader

NAMES = {
    Deed.phone: "电话",
    Deed.sms: "短信",
    Deed.mail: "邮件",
    Deed.wechat: "微信",
    Deed.qq: "QQ",
    Deed.visit: "拜访",
    Deed.meeting: "会议",
    Deed.expo: "展会",
    Deed.radar: "客户雷达",
    Deed.calibrate: "价值标定",
    Deed.need: "确认需求",
    Deed.quote: "报价",
    Deed.sign: "签约",
}
"""Names of learnt steps, as a manager of the office would write them."""


def learn(
    reader: Reader, query: ReportQuery, as_of: date, zone: tzinfo, progress: Progress
) -> VersionDraft:
    """Return the wording that the most frequent winning path suggests.

    Raises ``UserError`` too_few_wins without a path of ten won customers.
    """
    chains = read_chains(reader, query, Applies(), zone, progress)
    won, _lost, _coarse = paths.mine(chains)
    if not won:
        raise UserError(
            "too_few_wins",
            N_("结束的客户还太少，看不出常走的赢单路径"),
            advice=N_("把日期放宽，或先用一个模板；没有改动"),
        )
    return _draft(won[0].deeds, chains, set(won[0].won), as_of)


def _draft(
    deeds: Sequence[str], chains: Sequence[Chain], ids: Collection[int], as_of: date
) -> VersionDraft:
    steps = [StepRule(NAMES[Deed(deed)], deed) for deed in (*deeds, Deed.sign)]
    mine = [one for one in chains if one.customer_id in ids]
    walked = measuring.walk(mine, steps, as_of, Progress())
    timed = []
    for place, step in enumerate(steps):
        days = [d for one in walked if (d := one.days_before(place)) is not None]
        usual = round(median(days)) if days else 1
        timed.append(
            StepRule(
                step.name,
                str(step.deed),
                offset=max(0, usual),
                limit=max(1, usual),
                anchor=Anchor.previous if place else Anchor.start,
                plan_kind="sign_collect" if step.deed == Deed.sign else step.plan_kind,
            )
        )
    return VersionDraft(tuple(timed))
