"""Contracts: status, kind, and the signing days they make (product.md 2.0.4, 2.0.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ContractStatus(StrEnum):
    """Where a contract stands."""

    draft = "draft"
    pending = "pending"
    rejected = "rejected"
    withdrawn = "withdrawn"
    active = "active"
    done = "done"
    ended = "ended"
    void = "void"


class ContractKind(StrEnum):
    """What a contract is to the ones before it."""

    new = "new"
    renewal = "renewal"
    supplement = "supplement"
    framework = "framework"


EFFECTIVE = (ContractStatus.active, ContractStatus.done, ContractStatus.ended)
SIGNING_KINDS = (ContractKind.new, ContractKind.renewal, ContractKind.framework)

STATUS_WORDS = {
    "草稿": ContractStatus.draft,
    "拟稿": ContractStatus.draft,
    "待审": ContractStatus.pending,
    "待审核": ContractStatus.pending,
    "待审批": ContractStatus.pending,
    "审核中": ContractStatus.pending,
    "待签": ContractStatus.pending,
    "未签": ContractStatus.pending,
    "审批中": ContractStatus.pending,
    "驳回": ContractStatus.rejected,
    "退回": ContractStatus.rejected,
    "已驳回": ContractStatus.rejected,
    "撤回": ContractStatus.withdrawn,
    "撤销": ContractStatus.withdrawn,
    "已撤销": ContractStatus.withdrawn,
    "已撤回": ContractStatus.withdrawn,
    "执行中": ContractStatus.active,
    "履行中": ContractStatus.active,
    "生效": ContractStatus.active,
    "已生效": ContractStatus.active,
    "生效中": ContractStatus.active,
    "执行": ContractStatus.active,
    "在执行": ContractStatus.active,
    "正在执行": ContractStatus.active,
    "履行": ContractStatus.active,
    "进行中": ContractStatus.active,
    "正常": ContractStatus.active,
    "有效": ContractStatus.active,
    "已签": ContractStatus.active,
    "已签约": ContractStatus.active,
    "已签订": ContractStatus.active,
    "签订": ContractStatus.active,
    "已完成": ContractStatus.done,
    "完成": ContractStatus.done,
    "履行完毕": ContractStatus.done,
    "执行完毕": ContractStatus.done,
    "已履行": ContractStatus.done,
    "已执行": ContractStatus.done,
    "已结清": ContractStatus.done,
    "已结束": ContractStatus.done,
    "结束": ContractStatus.done,
    "完结": ContractStatus.done,
    "已到期": ContractStatus.done,
    "已终止-部分履行": ContractStatus.ended,
    "已终止": ContractStatus.ended,
    "终止": ContractStatus.ended,
    "部分履行": ContractStatus.ended,
    "作废": ContractStatus.void,
    "已作废": ContractStatus.void,
    "废止": ContractStatus.void,
    "无效": ContractStatus.void,
    "取消": ContractStatus.void,
    "已取消": ContractStatus.void,
}
KIND_WORDS = {
    "": ContractKind.new,
    "新签": ContractKind.new,
    "新单": ContractKind.new,
    "首签": ContractKind.new,
    "首单": ContractKind.new,
    "新增": ContractKind.new,
    "续约": ContractKind.renewal,
    "续签": ContractKind.renewal,
    "续费": ContractKind.renewal,
    "续单": ContractKind.renewal,
    "续租": ContractKind.renewal,
    "补充协议": ContractKind.supplement,
    "补充": ContractKind.supplement,
    "增补": ContractKind.supplement,
    "增补协议": ContractKind.supplement,
    "变更协议": ContractKind.supplement,
    "变更": ContractKind.supplement,
    "框架": ContractKind.framework,
    "框架协议": ContractKind.framework,
    "框架合同": ContractKind.framework,
}


@dataclass(frozen=True, slots=True)
class SignedContract:
    """What a contract means for the KPIs; ``amount_fen`` None is a framework contract."""

    signed_on: date | None
    amount_fen: int | None
    status: str = ContractStatus.active
    kind: str = ContractKind.new
    as_new: bool = False

    @property
    def signs(self) -> bool:
        """Tell whether the contract is a signing event."""
        return is_signing(self.status, self.kind, self.as_new) and self.signed_on is not None


@dataclass(frozen=True, slots=True)
class FirstDeal:
    """A customer's first and second signing day and the first deal's amount.

    ``amount_fen`` is the sum over the first signing day, None when none is priced.
    """

    first_on: date | None = None
    second_on: date | None = None
    amount_fen: int | None = None


def is_signing(status: str, kind: str, as_new: bool = False) -> bool:
    """Tell whether a contract makes a signing day: effective, and no plain supplement."""
    return status in EFFECTIVE and (kind in SIGNING_KINDS or as_new)


def first_deal(contracts: Iterable[SignedContract]) -> FirstDeal:
    """Return the first deal of one customer's contracts; same-day contracts are one event."""
    signing = [one for one in contracts if one.signs]
    days = sorted({one.signed_on for one in signing if one.signed_on is not None})
    if not days:
        return FirstDeal()
    priced = [
        one.amount_fen for one in signing if one.signed_on == days[0] and one.amount_fen is not None
    ]
    return FirstDeal(days[0], days[1] if len(days) > 1 else None, sum(priced) if priced else None)
