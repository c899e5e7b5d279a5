"""Measures whose rows the book does not keep yet: quotes (product.md 2.8.10)."""

from __future__ import annotations

from app.i18n import N_
from app.services.staff.leaks import Leak, LeakUnit

LEAKS = [
    Leak(
        name="quote_silence",
        label=N_("报价后沉默"),
        formula=N_("报价后三个工作日内没有联系的报价 ÷ 全部报价"),
        unit=LeakUnit.rate,
        place=100,
        missing=N_("还没有报价记录"),
        higher_is_better=False,
    ),
]
