"""预测准确度: what was expected 30 days before a signing, beside what came (product.md 2.9).

For signings in the period: the mean of |定量金额 as it stood 30 days before - amount| / amount
(MAPE), and the mean of signing day - expected day (the last day of the expected window).
Contracts of one customer and day are one signing (2.0.5); without an estimate it is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.i18n import N_
from app.models.store.reader import Reader
from app.services.kpi.derive import days_between
from app.services.kpi.indicators import Case, Indicator, Moment, mean
from app.services.kpi.indicators._past import Calibrated
from app.services.kpi.indicators._reading import Signed, signed
from app.services.kpi.metric import Unit
from app.services.kpi.queries import Detail

BEFORE_DAYS = 30


def _estimated(reader: Reader, moment: Moment, field: str) -> Iterator[tuple[Signed, str]]:
    """Return signings with a calibrated value as it stood 30 days before."""
    found = [one for one in signed(reader, moment.first, moment.last, moment.chosen) if one.signing]
    known = Calibrated(reader, {one.customer_id for one in found}, (field,))
    for one in found:
        day = date.fromisoformat(one.on) - timedelta(BEFORE_DAYS)
        yield one, known.on(one.customer_id, field, day.isoformat())


def _amounts(reader: Reader, moment: Moment) -> Iterator[Case]:
    for one, estimate in _estimated(reader, moment, "expected_fen"):
        fen = int(estimate or -1)
        reason = ""
        if fen < 0:
            reason = N_("签约前 30 天没有预计金额")
        elif one.amount_fen <= 0:
            reason = N_("签约没有金额")
        off = abs(fen - one.amount_fen) / one.amount_fen if not reason else 0
        details = () if fen < 0 else (Detail(N_("预计"), Unit.fen, fen),)
        yield Case(
            one.customer_id, one.on, one.staff_id, off, 1, reason, fen=one.amount_fen,
            details=details,
        )  # fmt: skip


def _days(reader: Reader, moment: Moment) -> Iterator[Case]:
    for one, expected in _estimated(reader, moment, "expected_to"):
        late = days_between(expected, one.on)
        reason = N_("签约前 30 天没有预计日期") if late is None else ""
        yield Case(one.customer_id, one.on, one.staff_id, late or 0, 1, reason, fen=one.amount_fen)


INDICATORS = [
    Indicator(
        name="forecast_error",
        label=N_("预测误差"),
        formula=N_("期内签约的｜签约前 30 天的预计金额－签约金额｜÷ 签约金额，取平均"),
        brief=N_("预计金额偏离签约金额"),
        unit=Unit.rate,
        place=80,
        read=_amounts,
        figure=mean,
        higher_is_better=False,
    ),
    Indicator(
        name="forecast_days",
        label=N_("预测日期偏差"),
        formula=N_("期内签约的签约日－签约前 30 天的预计签约日，取平均；正数是晚了"),
        brief=N_("签约比预计晚的天数"),
        unit=Unit.days,
        place=81,
        read=_days,
        figure=mean,
        higher_is_better=False,
        family="forecast_error",
    ),
]
