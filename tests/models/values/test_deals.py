from datetime import date, timedelta
from statistics import mean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.deals import (
    EFFECTIVE,
    KIND_WORDS,
    STATUS_WORDS,
    ContractKind,
    ContractStatus,
    FirstDeal,
    SignedContract,
    first_deal,
    is_signing,
)

WORKED = """
A 08-24 50000 active
A 10-15 20000 active
B 09-09 80000 active
B 09-09 10000 active
C 09-30 30000 void
D 09-11 12000 active
D 11-05 15000 active
E 10-07 60000 active
G 10-28 24000 active
H 10-12 9000 active
"""


def deals():
    found: dict[str, list[SignedContract]] = {name: [] for name in "ABCDEFGHIJ"}
    for line in WORKED.strip().splitlines():
        name, day, yuan, status = line.split()
        signed = date.fromisoformat(f"2026-{day}")
        found[name].append(SignedContract(signed, int(yuan) * 100, status))
    return {name: first_deal(contracts) for name, contracts in found.items()}


def test_first_deals_of_product_2_1():
    found = deals()
    assert found["A"] == FirstDeal(date(2026, 8, 24), date(2026, 10, 15), 5_000_000)
    assert found["B"] == FirstDeal(date(2026, 9, 9), None, 9_000_000)
    assert found["D"].second_on == date(2026, 11, 5)
    assert found["C"] == found["F"] == found["I"] == FirstDeal()


@pytest.mark.parametrize(
    ("month", "amounts", "average", "middle"),
    [(8, [50_000], 50_000, 50_000), (9, [90_000, 12_000], 51_000, 51_000),
     (10, [60_000, 24_000, 9_000], 31_000, 24_000), (11, [], None, None)],
)  # fmt: skip
def test_first_deal_value_of_product_2_3(month, amounts, average, middle):
    first = [d for d in deals().values() if d.first_on and d.first_on.month == month]
    yuan = [d.amount_fen // 100 for d in first]
    assert yuan == amounts
    assert (mean(yuan) if yuan else None, median(yuan) if yuan else None) == (average, middle)


def test_edge_cases_of_product_2_10():
    day, later = date(2026, 8, 1), date(2026, 9, 1)
    framework = SignedContract(day, None, kind=ContractKind.framework)
    assert first_deal([framework]) == FirstDeal(day, None, None)
    assert first_deal([framework, SignedContract(day, 500)]).amount_fen == 500
    supplement = SignedContract(later, 100, kind=ContractKind.supplement)
    assert first_deal([SignedContract(day, 500), supplement]) == FirstDeal(day, None, 500)
    as_new = SignedContract(later, 100, kind=ContractKind.supplement, as_new=True)
    assert first_deal([SignedContract(day, 500), as_new]) == FirstDeal(day, later, 500)
    renewal = SignedContract(later, 100, kind=ContractKind.renewal)
    assert first_deal([renewal, SignedContract(day, 500)]) == FirstDeal(day, later, 500)
    voided = SignedContract(day, 500, ContractStatus.void)
    assert first_deal([voided, renewal]) == FirstDeal(later, None, 100)
    assert first_deal([SignedContract(None, 500)]) == FirstDeal()


def test_which_contracts_are_effective():
    effective = {status for status in ContractStatus if is_signing(status, "new")}
    assert effective == set(EFFECTIVE) == {"active", "done", "ended"}
    assert not is_signing("active", "supplement")
    assert is_signing("active", "supplement", as_new=True)
    assert not is_signing("void", "supplement", as_new=True)


def test_words_of_files():
    statuses = "草稿 待审 驳回 撤回 执行中 已完成 已终止-部分履行 作废"
    assert [STATUS_WORDS[word] for word in statuses.split()] == list(ContractStatus)
    assert [KIND_WORDS[word] for word in ("新签", "续约", "补充协议", "框架", "")] == [
        "new", "renewal", "supplement", "framework", "new",
    ]  # fmt: skip


contracts = st.builds(
    SignedContract,
    st.none() | st.integers(0, 20).map(lambda n: date(2026, 1, 1) + timedelta(days=n)),
    st.none() | st.integers(0, 10**9),
    st.sampled_from(ContractStatus),
    st.sampled_from(ContractKind),
    st.booleans(),
)


@given(st.lists(contracts, max_size=8))
def test_the_first_deal_agrees_with_a_plain_count(made):
    found = first_deal(made)
    signing = [c for c in made if c.signs]
    days = sorted({c.signed_on for c in signing})
    assert [day for day in (found.first_on, found.second_on) if day] == days[:2]
    priced = [c.amount_fen for c in signing if c.signed_on in days[:1] and c.amount_fen is not None]
    assert found.amount_fen == (sum(priced) if priced else None)
    assert found == first_deal(list(reversed(made)))
