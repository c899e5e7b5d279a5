"""Columns of one person's leaks, and of the rows behind one of them."""

from __future__ import annotations

from datetime import date

from app.i18n import N_, translate
from app.services.staff.leaking import LeakRow
from app.services.staff.leaks import LeakLine, LeakUnit
from app.views.core import format as words
from app.views.itemmodels.column import Column
from app.views.staff import leak_words


def leak_columns() -> list[Column[LeakLine]]:
    """Return the columns of the comparison with the peers."""
    return [
        Column("name", N_("漏点"), leak_words.label, width=190, kind="strong",
               tip=lambda one: translate(one.formula)),
        Column("mine", N_("本人"), lambda one: leak_words.figure(one.unit, one.value),
               "right", 110),
        Column("peers", N_("同岗中位"), lambda one: leak_words.figure(one.unit, one.peers),
               "right", 110),
        Column("n", "n", lambda one: words.count(one.n), "right", 60),
        Column("beside", N_("说明"), leak_words.beside, width=200,
               tone=lambda one: "warn" if one.worse else ""),
    ]  # fmt: skip


def leak_row_columns(unit: LeakUnit, today: date) -> list[Column[LeakRow]]:
    """Return the columns of the rows behind a figure; a rate says yes or no."""

    def amount(row: LeakRow) -> str:
        if unit is not LeakUnit.rate:
            return leak_words.figure(unit, row.amount)
        return words.percent(row.amount, 0)

    return [
        Column("customer", N_("客户"), lambda row: row.customer, width=240, kind="strong"),
        Column("on", N_("日期"), lambda row: words.day(row.on, today) if row.on else "",
               width=110),
        Column("step", N_("阶段"), lambda row: row.step, width=110),
        Column("amount", N_("计入"), amount, "right", 110),
    ]  # fmt: skip
