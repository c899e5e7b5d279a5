"""The sample office: every count its description promises."""

from collections import Counter
from datetime import date, timedelta, timezone

import pytest

from app.models.values import people
from app.models.values.actions import counts_for_kpi
from app.models.values.deals import EFFECTIVE
from app.services.transfer.body import LeftOut
from app.services.transfer.columns import Reading
from app.services.transfer.fields import Kind
from app.services.transfer.read import Skipped, read_files

BOOK = "客户资料-2026.xlsx"


@pytest.fixture(scope="module")
def result(samples):
    reading = Reading(date(2026, 11, 20), timezone(timedelta(hours=8)))
    return read_files(sorted(samples.iterdir()), reading)


def of_kind(result, kind):
    return [draft for sheet in result.sheets if sheet.plan.kind is kind for draft in sheet.drafts]


@pytest.fixture
def customers(result):
    return of_kind(result, Kind.customers)


@pytest.fixture
def own(result):
    """The customers of the salespersons' own sheets."""
    sheets = [sheet for sheet in result.sheets if sheet.plan.kind is Kind.customers]
    return [draft for sheet in sheets if sheet.plan.sheet != "展会补录" for draft in sheet.drafts]


def test_everything_is_read_and_nothing_refused(result):
    assert [file.refused for file in result.files] == [None] * 5
    assert [problem for sheet in result.sheets for problem in sheet.errors] == []
    assert Counter(sheet.plan.kind for sheet in result.sheets) == {
        Kind.staff: 1,
        Kind.customers: 8,
        Kind.contacts: 1,
        Kind.contracts: 1,
        Kind.payments: 1,
        Kind.followups: 1,
    }
    kinds = [sheet.plan.kind for sheet in result.sheets]
    assert kinds == sorted(kinds, key=list(Kind).index)


def test_the_cover_and_the_hidden_sheet_are_left_alone(result):
    skipped = [one for file in result.files for one in file.skipped]
    assert {one.sheet: one.why for one in skipped} == {
        "填表说明": Skipped.no_table,
        "旧数据(勿动)": Skipped.hidden,
    }


def test_staff(result):
    staff = of_kind(result, Kind.staff)
    assert len(staff) == 7
    assert sum(one.left_on is not None for one in staff) == 2
    assert staff[0].channels[0].raw == "13050794431"
    assert {one.department for one in staff} == {"一部", "二部", "三部"}


def test_customers_and_contacts(own, customers):
    assert len(own) == 300
    assert len({people.company_key(one.name) for one in own}) == 300
    assert len([contact for one in own for contact in one.contacts]) == 378
    assert sum(len(one.contacts) > 1 for one in own) == 60
    assert sum(one.created_on is None for one in own) == 5
    assert not any(" " in one.name or "\u00a0" in one.name for one in customers)


def test_the_late_sheet_holds_known_customers_only(own, customers):
    known = {people.company_key(one.name): one for one in own}
    late = [one for one in customers if one not in own]
    assert len(late) == 8
    for one in late:
        same = known[people.company_key(one.name)]
        numbers = {people.normal_phone(c.raw) for k in same.contacts for c in k.channels}
        assert one.contacts[0].name in {contact.name for contact in same.contacts}
        assert people.normal_phone(one.contacts[0].channels[0].raw) in numbers
        assert one.owner == same.owner_guess


def test_totals_are_no_customers(result, own):
    assert sum(one.expected_fen or 0 for one in own) == 1_677_000_000
    left_out = Counter()
    for sheet in result.sheets:
        if sheet.plan.kind is Kind.customers:
            left_out.update(sheet.left_out)
    assert left_out == {LeftOut.total: 8, LeftOut.footer: 7}


def test_credit_codes(result, own):
    codes = [one.uscc for one in own if one.uscc]
    assert len(codes) == 219
    assert sum(not people.check_uscc(code).valid for code in codes) == 8
    warned = [one for sheet in result.sheets for one in sheet.warnings]
    assert Counter(one.column for one in warned) == {"统一社会信用代码": 8}


def test_grades_sources_owners_and_regions(own):
    assert Counter(str(one.grade) for one in own) == {"big": 189, "normal": 53, "small": 58}
    assert not {"同上", ""} & {one.source for one in own} - {""}
    assert set(Counter(one.source for one in own)) == {
        *("搜索引擎", "陌拜", "转介绍", "电话咨询", "广告", "促销"),
        "",
    }
    assert len({one.owner_guess for one in own}) == 7


def test_phones(own):
    contacts = [contact for one in own for contact in one.contacts]
    mobiles = [[c for c in one.channels if c.kind == "mobile"] for one in contacts]
    assert sum(len(one) == 2 for one in mobiles) == 34
    assert all(mobiles)
    for contact in contacts:
        for channel in contact.channels:
            number = people.normal_phone(channel.raw)
            assert number is not None
            assert len(number.digits) == 11 or number.digits.startswith("0")


def test_titles_leave_the_names(own):
    contacts = [contact for one in own for contact in one.contacts]
    assert sum(contact.name.endswith("总") for contact in contacts) == 15
    assert not any(char in contact.name for contact in contacts for char in "（()）:：")
    from_names = [one for one in contacts if one.title and one.name]
    assert Counter(one.title for one in from_names) == {
        "主管": 74, "总监": 70, "工程师": 59, "财务": 57, "采购": 55, "经理": 48,
    }  # fmt: skip


def test_followups_in_cells_and_comments(own):
    written = [(one, followup) for one in own for followup in one.followups]
    comments = [followup for _, followup in written if followup.staff == "王芳"]
    cells = [followup for _, followup in written if followup.staff != "王芳"]
    assert (len(cells), len(comments)) == (46, 8)
    assert len({id(one) for one, followup in written if followup.staff != "王芳"}) == 18
    assert {str(one.channel) for one in comments} == {"phone"}
    assert {one.content for one in comments} == {"先发样册"}
    assert {str(one.channel) for one in cells} == {"phone", "wechat", "visit"}
    missed = [one for one in cells if one.outcome]
    assert {one.content for one in missed} == {"没人接,再打"}


def test_followups_of_the_log(result):
    followups = of_kind(result, Kind.followups)
    assert len(followups) == 3985
    assert all(one.timed for one in followups)
    folds = set()
    counting = 0
    for one in followups:
        day = (one.at + 8 * 3_600_000) // 86_400_000
        fold = (one.customer, one.channel, day)
        if not counts_for_kpi(one.channel, one.outcome, one.duration_s):
            continue
        if one.channel in ("wechat", "qq", "sms", "mail"):
            if fold in folds:
                continue
            folds.add(fold)
        counting += 1
    assert counting == 2625


def test_contracts(result):
    contracts = of_kind(result, Kind.contracts)
    assert len(contracts) == 254
    assert Counter(one.status for one in contracts)["void"] == 23
    assert Counter(one.kind for one in contracts)["supplement"] == 22
    effective = [one for one in contracts if one.status in EFFECTIVE]
    assert sum(one.amount_fen for one in effective) == 2_026_493_500
    assert sum(one.amount_fen for one in contracts if one.status == "void") == 204_180_000
    days = Counter((one.customer, one.signed_on) for one in effective if one.kind != "supplement")
    assert sum(count > 1 for count in days.values()) == 20


def test_payments(result):
    payments = of_kind(result, Kind.payments)
    refunds = [one for one in payments if one.amount_fen < 0]
    assert (len(payments), len(refunds)) == (343, 16)
    assert sum(one.amount_fen for one in payments) == 1_507_235_325
    assert sum(one.amount_fen for one in refunds) == -14_093_402


def test_cards(result, own):
    cards = of_kind(result, Kind.contacts)
    known = {people.company_key(one.name) for one in own}
    assert len(cards) == 30
    assert sum(people.company_key(one.customer) in known for one in cards) == 20
    assert all(one.name and one.channels for one in cards)
    assert sum(one.birthday == "--03-12" for one in cards) == 5
