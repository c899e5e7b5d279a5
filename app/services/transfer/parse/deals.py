"""Opportunities, contracts, payments and products from rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.i18n import N_
from app.models.values.deals import EFFECTIVE, ContractKind
from app.models.values.text import fold
from app.services.transfer import words
from app.services.transfer.drafts import (
    ImportedContract,
    ImportedOpportunity,
    ImportedPayment,
    ImportedProduct,
    ImportedShare,
)
from app.services.transfer.rows import RowView, SheetReader

_SHARE = re.compile(
    r"\s*([^\d\s::,,;、/%]+)\s*:?\s*(\d+(?:\.\d{1,2})?)?\s*%?\s*(?:[,;、/+]|\s|$)\s*"
)
_OPEN_AMOUNT = frozenset(
    (
        "框架",
        "框架协议",
        "框架合同",
        "据实结算",
        "按实结算",
        "实报实销",
        "另议",
        "开口",
        "按订单",
        "以订单为准",
    )
)
"""Words in place of an amount that an office writes for a framework contract."""


def require_customer(view: RowView) -> tuple[str, str]:
    """Return a row's customer by name and code; without both the row stays out."""
    code = view.text("customer_code")
    name = view.text("customer") if code else view.required_text("customer")
    return name, code


def parse_opportunities(reader: SheetReader) -> Iterator[ImportedOpportunity]:
    """Yield the opportunities of a table."""
    for view in reader.views():
        customer, code = require_customer(view)
        draft = ImportedOpportunity(
            row=view.number,
            name=view.required_text("name"),
            customer=customer,
            customer_code=code,
            expected_fen=view.fen("amount", low_of_range=True),
            created_on=view.day("created_on"),
            expected_on=view.day("expected_on", strict=False),
            owner=view.text("owner"),
            state=view.word("state", words.OPPORTUNITY_STATES) or "open",
            closed_on=view.day("closed_on"),
            reason=view.text("reason"),
            note=view.long_text("note"),
        )
        if not view.failed:
            yield draft


def parse_contracts(reader: SheetReader) -> Iterator[ImportedContract]:
    """Yield the contracts of a table; without a status a contract is 执行中."""
    for view in reader.views():
        customer, customer_code = require_customer(view)
        status = view.known(
            "status", lambda word: words.code_of(words.CONTRACT_STATUSES, word), strict=True
        )
        amount = None if fold(str(view.cell("amount"))) in _OPEN_AMOUNT else view.fen("amount")
        signed = view.day("signed_on", required=(status or "active") in EFFECTIVE)
        draft = ImportedContract(
            row=view.number,
            customer=customer,
            customer_code=customer_code,
            code=view.text("code"),
            name=view.text("name"),
            signed_on=signed,
            amount_fen=amount,
            status=status or "active",
            kind=_contract_kind(view, amount),
            as_new=view.flag("as_new"),
            signer=view.text("signer"),
            shares=_shares(view),
            replaces=view.text("replaces"),
            void_on=view.day("void_on", strict=False),
            void_reason=view.text("void_reason"),
            note=view.long_text("note"),
        )
        if not view.failed:
            yield draft


def _contract_kind(view: RowView, amount: int | None) -> str:
    """Return the kind; an empty one is 新签, or a framework when no amount is named."""
    kind = view.word("kind", words.CONTRACT_KINDS)
    if amount is not None and amount < 0 and kind != ContractKind.supplement:
        view.fail("amount", N_("只有补充协议的金额可以是负数"))
    if kind:
        return kind
    return ContractKind.new if amount is not None else ContractKind.framework


def _shares(view: RowView) -> tuple[ImportedShare, ...]:
    """Read 甲:70,乙:30, 甲70% 乙30% or just 甲、乙 for equal parts."""
    written = fold(view.text("shares"))
    found = list(_SHARE.finditer(written))
    if not written:
        return ()
    weights = [part[2] for part in found]
    whole = "".join(part[0] for part in found) == written
    if not whole or (any(weights) and not all(weights)):
        view.fail("shares", N_("看不懂的业绩分成，要写成“甲:70,乙:30”"))
        return ()
    numbers = [round(float(weight or 1) * 100) for weight in weights]
    even = all(number % 100 == 0 for number in numbers)
    return tuple(
        ImportedShare(part[1], number // 100 if even else number)
        for part, number in zip(found, numbers, strict=True)
    )


def parse_payments(reader: SheetReader) -> Iterator[ImportedPayment]:
    """Yield the payments of a table; negative amounts are refunds."""
    for view in reader.views():
        contract_code = view.text("contract_code")
        amount = view.fen("amount")
        if amount is None and not view.failed:
            view.fail("amount", N_("没有填"))
        paid_on = view.day("paid_on", required=True)
        customer, code = view.text("customer"), view.text("customer_code")
        if not (contract_code or customer or code):
            view.fail("customer", N_("没有填"))
        if view.failed or amount is None or paid_on is None:
            continue
        yield ImportedPayment(
            row=view.number,
            paid_on=paid_on,
            amount_fen=amount,
            customer=customer,
            customer_code=code,
            contract_code=contract_code,
            code=view.text("code"),
            method=view.text("method"),
            staff=view.text("staff"),
            note=view.long_text("note"),
        )


def parse_products(reader: SheetReader) -> Iterator[ImportedProduct]:
    """Yield the products of a table."""
    for view in reader.views():
        draft = ImportedProduct(
            row=view.number,
            name=view.required_text("name"),
            code=view.text("code"),
            category=view.text("category"),
            spec=view.text("spec"),
            unit=view.text("unit"),
            price_fen=view.fen("price", low_of_range=True),
            cost_fen=view.fen("cost", low_of_range=True),
            note=view.long_text("note"),
        )
        if not view.failed:
            yield draft
