"""Decide what becomes of a row, and by which keys its customer is found."""

from __future__ import annotations

from typing import Any

from app.i18n import N_
from app.services.transfer.outcomes import Outcome, Policy
from app.services.transfer.writing.desk import RowRefusedError
from app.services.transfer.writing.lookup import Customers, Key, name_key


def decide(policy: Policy, *, known: bool) -> Outcome:
    """Return what to do with a row under a policy."""
    if not known or policy is Policy.create:
        return Outcome.create
    return Outcome.skip if policy is Policy.skip else Outcome.update


def key_of_row(draft: Any) -> list[Key]:
    """Return the keys by which a row names its customer: code first, then name."""
    keys: list[Key] = [("code", draft.customer_code)] if draft.customer_code else []
    return [*keys, name_key(draft.customer)] if draft.customer else keys


def require_customer(customers: Customers, draft: Any) -> int:
    """Return the customer a row names; raise ``RowRefusedError`` when it is not known."""
    customer_id, _ = customers.find(key_of_row(draft))
    if not customer_id:
        named = "customer" if draft.customer else "customer_code"
        shown = draft.customer or draft.customer_code
        raise RowRefusedError(named, shown, N_("没有这家客户，先导入客户"))
    return customer_id
