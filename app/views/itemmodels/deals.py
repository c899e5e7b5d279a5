"""Columns of contracts and payments, and where their rows come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from app.i18n import N_
from app.models.values.forms import Form
from app.models.values.pages import Key, Page, Sort
from app.services.deals import ContractView, DealFilter, PaymentView
from app.services.jobs import Progress
from app.services.office import Office
from app.views.core import format as fmt
from app.views.core import labels
from app.views.deals import states
from app.views.itemmodels.column import Column
from app.views.itemmodels.paged import Window

BAR = "bar"
"""A column kind: a plain bar of a share from 0 to 1."""


def _customer(width: int, under: tuple[str, ...]) -> Column[Any]:
    return Column("customer", N_("客户名称"), lambda row: row.customer, width=width, flex=2,
                  least=130, under=under, kind="strong", elide_middle=True)  # fmt: skip


def contract_columns(today: Callable[[], date]) -> tuple[Column[ContractView], ...]:
    """Return the columns of the list of contracts."""
    return (
        _customer(width=212, under=("code", "name")),
        Column("code", N_("编号"), lambda row: row.code, width=112, sort_key="code"),
        Column(
            "name",
            N_("合同名称"),
            lambda row: row.name,
            width=118,
            tone=lambda row: "text" if row.name else "text3",
        ),
        Column("kind", N_("性质"), lambda row: labels.of(labels.CONTRACT_KIND, row.kind), width=76),
        Column(
            "signed",
            N_("签约"),
            lambda row: fmt.day(row.signed_on, today()),
            width=84,
            sort_key="signed_on",
            exact=lambda row: row.signed_on,
            form=Form.day,
        ),
        *_money_columns(),
        Column(
            "status",
            N_("状态"),
            lambda row: states.status_tag(row)[0],
            width=92,
            under=("kind",),
            kind="tag",
            value=states.status_tag,
        ),
        Column("signer", N_("签约人"), lambda row: row.signer, width=90, kind="person",
               under=("note",)),
        Column("note", N_("备注"), lambda row: row.void_reason or row.note, width=100,
               flex=1, least=64),
    )  # fmt: skip


def _money(
    key: str, title: str, of: Callable[[Any], int | None], width: int, under: tuple[str, ...] = ()
) -> Column[Any]:
    return Column(key, title, lambda row: fmt.money(of(row)), "right", width, under=under,
                  exact=of, form=Form.money)  # fmt: skip


def _money_columns() -> tuple[Column[ContractView], ...]:
    return (
        _money("amount", N_("金额 ¥"), lambda row: row.amount_fen, 92, ("signed",)),
        _money("received", N_("已回 ¥"), lambda row: row.received_fen, 90, ("outstanding",)),
        Column("share", N_("进度"), _share_words, width=76, kind=BAR, value=states.share_received,
               exact=states.share_received, form=Form.rate),
        _money("outstanding", N_("未回 ¥"), lambda row: row.outstanding_fen or None, 90),
    )  # fmt: skip


def _share_words(row: ContractView) -> str:
    share = states.share_received(row)
    return "" if share is None else fmt.percent(share, 0)


def payment_columns(today: Callable[[], date]) -> tuple[Column[PaymentView], ...]:
    """Return the columns of the list of payments."""
    return (
        Column(
            "paid",
            N_("日期"),
            lambda row: fmt.day(row.paid_on, today()),
            width=96,
            under=("sign",),
            sort_key="paid_on",
            exact=lambda row: row.paid_on,
            form=Form.day,
        ),
        _customer(width=220, under=("contract", "code")),
        Column(
            "sign",
            N_("类型"),
            lambda row: states.sign_of(row)[0],
            width=72,
            kind="tag",
            value=states.sign_of,
        ),
        _money("amount", N_("金额 ¥"), lambda row: row.amount_fen, 110, ("method",)),
        Column("contract", N_("合同编号"), lambda row: row.contract_code, width=124),
        Column("method", N_("方式"), lambda row: row.method, width=100),
        Column("code", N_("编号"), lambda row: row.code, width=124, sort_key="code"),
        Column("staff", N_("经手人"), lambda row: row.staff, width=96, kind="person",
               under=("note",)),
        Column("note", N_("备注"), lambda row: row.note, width=220, flex=1, least=90),
    )  # fmt: skip


class DealSource:
    """Serve the contracts or payments of one filter; the total is read beforehand."""

    def __init__(self, office: Office, listed: Any, wanted: DealFilter, total: int) -> None:
        self._office = office
        self._listed = listed
        self._wanted = wanted
        self._total = total

    def fetch(self, window: Window) -> Page[Any]:
        """Return the rows of a window in list order."""
        return self._office.deals.page(
            self._listed,
            self._wanted,
            window.sort,
            key=window.key,
            backward=window.backward,
            inclusive=window.inclusive,
            skip=window.skip,
            limit=window.limit,
        )

    def count(self) -> int:
        """Return the number of rows."""
        return self._total

    def anchors(self, sort: Sort, every: int, progress: Progress) -> Iterator[Key]:
        """Yield the keys of the anchor rows."""
        return self._office.deals.anchors(self._listed, self._wanted, sort, every, progress)
