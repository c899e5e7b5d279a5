"""Rows of files become records: dates, authors, identity, policies."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import UserError
from app.models.values import dates
from app.services.customers.drafts import ChannelDraft, ContactDraft, CustomerDraft
from app.services.transfer.fields import Kind
from app.services.transfer.outcomes import ImportOptions, Match, Outcome, Policy, RowChoice
from app.services.transfer.read import Choices


@pytest.fixture
def bring(office, tmp_path):
    """Import a table written as lines; return the report."""

    def one(text, kind=None, name="表.csv", **options):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        read = office.transfer.read([path], Choices(kind=Kind(kind) if kind else None))
        return office.transfer.write(read, ImportOptions(**options))

    return one


@pytest.fixture
def known(office):
    """Keep a customer that was there before."""
    contact = ContactDraft("王建国", channels=(ChannelDraft("mobile", "13800000001"),))
    owner = office.staff.named("周敏").id
    draft = CustomerDraft(
        "恒泰机械有限公司", code="K1", created_on=date(2026, 1, 5), owner_id=owner,
        contacts=(contact,),
    )  # fmt: skip
    return office.customers.add(draft)


def counts(report):
    (tally,) = report.tallies
    return (tally.rows, tally.created, tally.updated, tally.skipped, len(tally.errors))


def reasons(issues):
    return [(one.row, one.column, one.value) for one in issues]


def named(office, name):
    return office.customers.card(office.customers.resolve(name))


def sound(office):
    assert [one.name for one in office.admin.check(deep=True) if not one.ok] == []
    return True


def noon(day):
    return dates.parse_instant(f"{day} 12:00", dates.zone("Asia/Shanghai"))


CUSTOMERS = "客户编号,客户名称,创建日期,来源,行业,区划码,负责人,联系人,手机,级别,预计金额,阶段\n"


def test_a_customer_keeps_its_day_owner_contact_and_value(office, bring):
    row = "K7,苏州甲公司,2025-03-04,展会,机械,320500,陈立,王芳,13800000001,A类,1.2万,方案\n"
    report = bring(CUSTOMERS + row)
    assert counts(report) == (1, 1, 0, 0, 0)
    card = named(office, "苏州甲公司")
    assert (card.code, card.created_on, card.owner) == ("K7", date(2025, 3, 4), "陈立")
    assert (card.source, card.industry, card.region_code) == ("展会", "机械", "320500")
    assert (card.grade, card.expected_fen, card.stage_position) == ("big", 1_200_000, 3)
    assert card.stage_since_on == date(2025, 3, 4)
    (contact,) = card.contacts
    assert (contact.name, contact.phone(), contact.main) == ("王芳", "13800000001", True)
    event = office.calibration.history(card.id)[0]
    assert (event.on, event.staff) == (date(2025, 3, 4), "陈立")
    assert sound(office)


def test_without_a_column_of_days_customers_are_new_today_but_an_empty_day_stays_open(
    office, bring
):
    bring("客户名称,来源\n甲公司,展会\n")
    bring("客户名称,创建日期\n乙公司,待定\n丙公司,\n")
    assert named(office, "甲公司").created_on == office.context.today()
    assert named(office, "乙公司").created_on is None
    assert named(office, "丙公司").created_on is None
    assert sound(office)


def test_the_same_firm_again_only_adds_its_new_contact(office, bring):
    head = "客户名称,联系人,手机\n"
    report = bring(
        head
        + "恒泰（中国）有限公司,王芳,13800000001\n"
        + "恒泰(中国) 有限公司,王芳,13800000001\n"
        + "恒泰（中国）有限公司,李强,13800000002\n"
        + "恒泰（中国）有限公司苏州分公司,赵四,13800000003\n"
    )
    assert counts(report) == (4, 2, 2, 0, 0)
    assert report.tallies[0].duplicates == 2
    names = [one.name for one in named(office, "恒泰(中国)有限公司").contacts]
    assert names == ["王芳", "李强"]
    assert len(named(office, "恒泰(中国)有限公司苏州分公司").contacts) == 1


def test_filling_leaves_what_is_known_and_updating_takes_the_row(office, bring, known):
    row = "K1,恒泰机械有限公司,2024-02-02,展会,机械,,陈立,,,B,,\n"
    assert counts(bring(CUSTOMERS + row)) == (1, 0, 1, 0, 0)
    card = office.customers.card(known)
    assert (card.created_on, card.owner) == (date(2026, 1, 5), "周敏")
    assert (card.source, card.grade) == ("展会", "normal")
    bring(CUSTOMERS + row.replace("展会", "官网"), policy=Policy.update)
    card = office.customers.card(known)
    assert (card.created_on, card.owner, card.source) == (date(2024, 2, 2), "陈立", "官网")
    assert sound(office)


def test_skipping_leaves_everything(office, bring, known):
    row = "K1,恒泰机械有限公司,,展会,,,,李强,13800000009,,,\n"
    report = bring(CUSTOMERS + row, policy=Policy.skip)
    assert counts(report) == (1, 0, 0, 1, 0)
    card = office.customers.card(known)
    assert (card.source, len(card.contacts)) == ("", 1)
    assert report.batch_id == 0
    assert office.transfer.history() == []


@pytest.mark.parametrize(
    ("match", "row", "outcome"),
    [
        (Match.auto, "K1,改了名字有限公司", Outcome.update),
        (Match.auto, "K2,恒泰机械有限公司", Outcome.update),
        (Match.code, "K2,恒泰机械有限公司", Outcome.create),
        (Match.name, "K1,改了名字有限公司", Outcome.create),
        (Match.phone, "K9,改了名字有限公司", Outcome.update),
    ],
)
def test_rows_are_found_by_the_key_asked_for(office, known, tmp_path, match, row, outcome):
    path = tmp_path / "表.csv"
    path.write_text(f"客户编号,客户名称,联系人,手机\n{row},王建国,138 0000 0001\n", "utf-8")
    plan = office.transfer.preview([path], None, ImportOptions(match=match))
    assert [one.outcome for one in plan.rows] == [outcome]


def test_a_plan_tells_field_by_field_and_obeys_a_choice_for_one_row(office, known, tmp_path):
    path = tmp_path / "表.csv"
    path.write_text("客户编号,客户名称,来源,创建日期\nK1,新名字有限公司,展会,2024-05-05\n", "utf-8")
    plan = office.transfer.preview([path])
    (row,) = plan.rows
    assert (row.matched_id, row.matched, row.matched_by) == (known, "恒泰机械有限公司", "code")
    found = {one.field: (one.old, one.new, one.taken) for one in row.changes}
    assert found == {
        "name": ("恒泰机械有限公司", "新名字有限公司", False),
        "source": ("", "展会", True),
        "created_on": ("2026-01-05", "2024-05-05", False),
    }
    choice = RowChoice(Policy.fill, frozenset({"name"}))
    office.transfer.write(plan.read, ImportOptions(rows={row.key: choice}))
    card = office.customers.card(known)
    assert (card.name, card.source) == ("新名字有限公司", "")


def test_a_historic_import_stays_out_of_cohorts(office, bring):
    bring("客户名称,创建日期\n甲公司,2026-10-01\n", historic=True)
    with office.context.read() as reader:
        from app.models.tables.customers import Customer

        assert reader.stored(Customer, office.customers.resolve("甲公司"))["historic"]


def test_unknown_people_are_told_and_the_owner_asked_for_gets_the_rest(office, bring):
    report = bring("客户名称,负责人\n甲公司,谁也不是\n乙公司,\n", owner="陈立")
    assert {named(office, name).owner for name in ("甲公司", "乙公司")} == {"陈立"}
    assert reasons(report.warnings) == [(2, "负责人", "谁也不是")]
    with pytest.raises(UserError) as raised:
        bring("客户名称\n丙公司\n", owner="没有这人")
    assert raised.value.code == "no_such_staff"


FOLLOWUPS = "客户名称,跟进时间,跟进方式,方向,结果,通话时长(秒),跟进内容,跟进人\n"


def test_follow_ups_keep_their_day_and_author_and_count_as_typed_ones(office, bring, known):
    name = "恒泰机械有限公司"
    bring(
        FOLLOWUPS
        + f"{name},2026-03-02 09:30,电话,去,接通,65,谈价格,陈立\n"
        + f"{name},2026-03-02 10:00,电话,去,接通,0,没人,陈立\n"
        + f"{name},2026-03-02 11:00,电话,去,未接,,没人,陈立\n"
        + f"{name},2026-03-03 09:00,微信,去,,,在吗,陈立\n"
        + f"{name},2026-03-03 18:00,微信,来,,,在的,陈立\n",
        "followups",
    )
    timeline = [one for one in office.followups.timeline(known) if one.kind == "followup"]
    assert [(one.content, one.staff) for one in timeline][-1] == ("谈价格", "陈立")
    from app.models.tables.followups import FollowUp

    with office.context.read() as reader:
        kept = [reader.stored(FollowUp, one.id) for one in reversed(timeline)]
    assert [row["counts"] for row in kept] == [True, False, False, True, False]
    assert kept[0]["on"] == date(2026, 3, 2)
    assert sound(office)


def test_equal_rows_of_a_file_are_kept_and_a_second_import_adds_none(office, bring, known):
    row = "恒泰机械有限公司,2026-03-02,电话,去,,,打过,陈立\n"
    assert counts(bring(FOLLOWUPS + row + row, "followups")) == (2, 2, 0, 0, 0)
    again = bring(FOLLOWUPS + row + row + row, "followups")
    assert counts(again) == (3, 1, 2, 0, 0)
    assert office.followups.count(known) == 3


def test_an_old_first_follow_up_moves_the_stage_at_its_own_day(office, bring, known):
    bring(FOLLOWUPS + "恒泰机械有限公司,2026-03-02 09:30,电话,,,,谈,陈立\n", "followups")
    card = office.customers.card(known)
    assert (card.stage_position, card.stage_since_on) == (1, date(2026, 3, 2))
    bring(FOLLOWUPS + "恒泰机械有限公司,2026-02-01 09:30,电话,,,,早,陈立\n", "followups")
    assert office.customers.card(known).stage_since_on == date(2026, 2, 1)
    bring("客户名称,签约日期,合同金额,签约人\n恒泰机械有限公司,2026-01-20,100,周敏\n", "contracts")
    card = office.customers.card(known)
    assert (card.stage_position, card.stage_since_on) == (5, date(2026, 1, 20))
    assert [one.reached_on for one in card.stages if one.reached_on] == [
        date(2026, 1, 5), date(2026, 1, 20),
    ]  # fmt: skip
    assert sound(office)


def test_a_stage_set_by_hand_later_stays(office, bring, known):
    office.customers.move_stage(known, 3)
    bring(FOLLOWUPS + "恒泰机械有限公司,2026-02-01 09:30,电话,,,,早,陈立\n", "followups")
    card = office.customers.card(known)
    assert card.stage_position == 3
    assert {one.position: one.reached_on for one in card.stages}[1] == date(2026, 2, 1)


def test_a_follow_up_opens_the_next_step_written_beside_it(office, bring, known):
    bring(
        "客户名称,跟进时间,跟进内容,下步时间,下步计划,下步事务\n"
        "恒泰机械有限公司,2026-11-20 10:00,谈,下周三,签约,带合同\n"
        "恒泰机械有限公司,2026-11-19 10:00,谈,改天再说吧,,\n",
        "followups",
    )
    (step,) = office.followups.record(known).open
    assert (step.plan_kind, step.what, step.bucket) == ("sign_collect", "带合同", "date")
    assert dates.business_day(step.window_end, office.context.zone) == date(2026, 11, 25)


def test_contracts_with_shares_framework_void_and_supplement(office, bring, known):
    bring(
        "合同编号,客户名称,合同名称,签约日期,合同金额,合同状态,合同性质,签约人,业绩分成\n"
        "A1,恒泰机械有限公司,设备,2026-02-03,10000,执行中,新签,周敏,\"周敏:70,陈立:30\"\n"
        "A2,恒泰机械有限公司,框架,2026-02-04,,执行中,,周敏,\n"
        "A3,恒泰机械有限公司,作废,2026-02-05,500,作废,新签,陈立,\n"
        "A4,恒泰机械有限公司,补,2026-02-06,-300,已完成,补充协议,陈立,\n",
        "contracts",
    )  # fmt: skip
    found = {one.code: one for one in office.deals.contracts(known).rows}
    shares = office.deals.shares(found["A1"].id)
    assert [(one.staff, one.weight) for one in shares] == [("周敏", 70), ("陈立", 30)]
    assert found["A2"].amount_fen is None
    assert (found["A2"].kind, found["A3"].status) == ("framework", "void")
    assert [(one.staff, one.weight) for one in office.deals.shares(found["A4"].id)] == [
        ("陈立", 100)
    ]
    card = office.customers.card(known)
    assert (card.signed_fen, card.life) == (970_000, "repeat")
    assert sound(office)


def test_contracts_without_a_code_get_one_and_are_known_by_content(office, bring, known):
    text = (
        "客户名称,合同名称,签约日期,合同金额,合同编号\n"
        "恒泰机械有限公司,设备,2026-02-03,10000,\n"
        "恒泰机械有限公司,设备,2026-02-03,10000,\n"
        "恒泰机械有限公司,备件,2026-02-09,100,HT-2602-001\n"
    )
    assert counts(bring(text, "contracts")) == (3, 3, 0, 0, 0)
    codes = sorted(one.code for one in office.deals.contracts(known).rows)
    assert codes == ["HT-2602-001", "HT-2602-002", "HT-2602-003"]
    assert counts(bring(text, "contracts")) == (3, 0, 3, 0, 0)


def test_a_code_of_another_customer_keeps_the_row_out(office, bring, known):
    bring("合同编号,客户名称,签约日期,合同金额\nA1,恒泰机械有限公司,2026-02-03,1\n", "contracts")
    office.customers.add(CustomerDraft("别家公司"))
    report = bring("合同编号,客户名称,签约日期,合同金额\nA1,别家公司,2026-02-03,1\n", "contracts")
    assert counts(report) == (1, 0, 0, 0, 1)
    assert reasons(report.errors) == [(2, "合同编号", "A1")]


def test_payments_find_their_contract_and_refunds_say_so(office, bring, known):
    bring("合同编号,客户名称,签约日期,合同金额,签约人\nA1,恒泰机械有限公司,2026-02-03,10000,陈立\n",
          "contracts")  # fmt: skip
    text = (
        "回款编号,合同编号,客户名称,回款日期,回款金额,备注\n"
        "P1,A1,恒泰机械有限公司,2026-03-01,6000,\n"
        "P2,A1,,2026-03-05,-500,\n"
        "P3,,恒泰机械有限公司,2026-03-06,70,预付\n"
        ",A1,恒泰机械有限公司,2026-03-07,80,\n"
        "P4,B9,恒泰机械有限公司,2026-03-08,90,\n"
        "P5,B9,,2026-03-08,90,\n"
    )
    report = bring(text, "payments")
    assert counts(report) == (6, 5, 0, 0, 1)
    assert [one[0] for one in reasons(report.errors)] == [7]
    assert [one[0] for one in reasons(report.warnings)] == [6]
    found = {one.code: one for one in office.deals.payments(known).rows}
    assert (found["P2"].note, found["P2"].amount_fen, found["P2"].staff) == (
        "退款",
        -50_000,
        "陈立",
    )
    assert found["P3"].contract_id == 0
    assert found["P1"].contract_code == found[""].contract_code == "A1"
    assert counts(bring(text, "payments")) == (6, 0, 5, 0, 1)
    assert sound(office)


def test_rows_of_a_customer_nobody_knows_stay_out(office, bring):
    for kind, text in {
        "contracts": "客户名称,签约日期,合同金额\n没有这家,2026-02-03,1\n",
        "followups": FOLLOWUPS + "没有这家,2026-02-03,电话,,,,谈,\n",
        "opportunities": "商机名称,客户名称,预计金额\n设备,没有这家,1\n",
        "next_steps": "客户名称,下步时间\n没有这家,明天\n",
    }.items():
        report = bring(text, kind)
        assert counts(report) == (1, 0, 0, 0, 1)
        assert reasons(report.errors) == [(2, "客户名称", "没有这家")]
        assert report.batch_id == 0


def test_opportunities_and_next_steps(office, bring, known):
    text = (
        "商机名称,客户名称,预计金额,创建日期,负责人\n"
        "设备,恒泰机械有限公司,5万,2026-05-06,陈立\n设备,恒泰机械有限公司,6万,2026-06-06,陈立\n"
    )
    assert counts(bring(text, "opportunities")) == (2, 2, 0, 0, 0)
    assert counts(bring(text, "opportunities")) == (2, 0, 2, 0, 0)
    head = "客户名称,下步时间,计划类型,下步事务,负责人\n"
    steps = head + "恒泰机械有限公司,2026/12/1,挖掘机会,打样,陈立\n"
    assert counts(bring(steps, "next_steps")) == (1, 1, 0, 0, 0)
    assert counts(bring(steps, "next_steps")) == (1, 0, 1, 0, 0)
    (step,) = office.followups.record(known).open
    assert (step.what, step.staff, step.plan_kind) == ("打样", "陈立", "find_opportunity")
    report = bring("客户名称,下步时间\n恒泰机械有限公司,随便吧\n", "next_steps")
    assert reasons(report.errors) == [(2, "下步时间", "随便吧")]
    assert sound(office)


def test_staff_with_addresses_and_products(office, bring):
    head = "工号,姓名,部门,岗位,手机,邮箱,入职日期,离职日期\n"
    text = head + "1,新人,三部,销售,13912345678,a@b.cn,2025-01-01,\n"
    assert counts(bring(text)) == (1, 1, 0, 0, 0)
    found = office.staff.named("新人")
    assert (found.team, found.post, found.joined_on) == ("三部", "销售", date(2025, 1, 1))
    assert counts(bring(text.replace("2025-01-01,", "2025-01-01,2026-01-01"))) == (1, 0, 1, 0, 0)
    assert office.staff.named("新人").left_on == date(2026, 1, 1)
    from app.models.tables.staff import StaffAddress

    with office.context.read() as reader:
        from sqlalchemy import select

        rows = reader.rows(select(StaffAddress.kind, StaffAddress.normal))
    assert {tuple(row) for row in rows} >= {("mobile", "13912345678"), ("email", "a@b.cn")}
    goods = "产品编号,产品名称,单位,单价\nC1,泵,台,1200\nC1,泵,台,1300\n"
    assert counts(bring(goods, policy=Policy.update)) == (2, 1, 1, 0, 0)


CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nTEL;TYPE=CELL:{phone}\nORG:{firm}\nEND:VCARD\n"


def test_cards_join_a_known_firm_and_others_stand_alone(office, bring, known):
    text = (
        CARD.format(name="李强", phone="13900000001", firm="恒泰机械 有限公司")
        + CARD.format(name="赵四", phone="13900000002", firm="没有这家公司")
        + CARD.format(name="孙五", phone="13900000003", firm="").replace("ORG:\n", "")
    )
    report = bring(text, name="名片.vcf")
    assert counts(report) == (3, 3, 0, 0, 0)
    assert [one[2] for one in reasons(report.warnings)] == ["没有这家公司"]
    assert [one.name for one in office.customers.card(known).contacts] == ["王建国", "李强"]
    assert office.customers.search("没有这家公司") == []
    assert counts(bring(text, name="名片.vcf")) == (3, 0, 3, 0, 0)
    assert sound(office)


def test_a_contact_is_told_by_address_or_name_and_learns_what_is_new(office, bring, known):
    head = "客户名称,姓名,职务,手机,微信\n"
    bring(head + "恒泰机械有限公司,王建国,经理,13800000001、13800000007,wx1\n")
    bring(head + "恒泰机械有限公司,王总,,13800000007,\n")
    bring(head + "恒泰机械有限公司,李强,,13800000001,\n")
    card = office.customers.card(known)
    first, second = card.contacts
    assert (first.name, first.title, len(first.channels)) == ("王建国", "经理", 3)
    assert (second.name, second.main) == ("李强", False)
