"""Rows of every kind: what comes in, what stays out and why."""

from datetime import UTC, date, datetime

import pytest

from app.services.transfer.drafts import ImportedShare


def one(drafts):
    (draft,) = drafts
    return draft


def local(instant):
    return datetime.fromtimestamp(instant / 1000 + 8 * 3600, UTC).strftime("%Y-%m-%d %H:%M")


CONTRACT = "合同编号,客户名称,合同名称,签约日期,合同金额,合同状态,合同性质,签约人,业绩分成\n"


def contract(row, name="合同.csv"):
    return CONTRACT + row + "\n"


def test_a_contract_with_every_column(drafts, write_csv):
    row = (
        'HT1,甲公司,供货合同,2025.1.7,"¥76,000.00",已终止-部分履行,续约,郑洋鹏,'
        '"郑洋鹏:70,何芳玉:30"'
    )
    found = one(drafts(write_csv(contract(row))))
    assert (found.code, found.customer, found.name) == ("HT1", "甲公司", "供货合同")
    assert (found.signed_on, found.amount_fen) == (date(2025, 1, 7), 7_600_000)
    assert (found.status, found.kind, found.signer) == ("ended", "renewal", "郑洋鹏")
    assert found.shares == (ImportedShare("郑洋鹏", 70), ImportedShare("何芳玉", 30))


@pytest.mark.parametrize(
    ("row", "status", "kind", "amount"),
    [
        ("HT1,甲公司,,2025-01-07,100,,,,", "active", "new", 10_000),
        ("HT1,甲公司,,2025-01-07,,,,,", "active", "framework", None),
        ("HT1,甲公司,,2025-01-07,,执行中,新签,,", "active", "new", None),
        ("HT1,甲公司,,2025-01-07,-19940,执行中,补充协议,,", "active", "supplement", -1_994_000),
        ("HT1,甲公司,,,100,草稿,,,", "draft", "new", 10_000),
        ("HT1,甲公司,,2025-01-07,100,void,renewal,,", "void", "renewal", 10_000),
    ],
)
def test_what_a_contract_means_when_cells_are_empty(drafts, write_csv, row, status, kind, amount):
    found = one(drafts(write_csv(contract(row))))
    assert (found.status, found.kind, found.amount_fen) == (status, kind, amount)


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("HT1,甲公司,,2025-13-07,100,,,,", "签约日期", "2025-13-07"),
        ("HT1,甲公司,,,100,执行中,,,", "签约日期", ""),
        ("HT1,甲公司,,2025-01-07,一百块钱多点,,,,", "合同金额", "一百块钱多点"),
        ("HT1,甲公司,,2025-01-07,5-8万,,,,", "合同金额", "5-8万"),
        ("HT1,甲公司,,2025-01-07,-100,,新签,,", "合同金额", "-100"),
        ("HT1,甲公司,,2025-01-07,100,快好了,,,", "合同状态", "快好了"),
        ("HT1,,,2025-01-07,100,,,,", "客户名称", ""),
        ("HT1,甲公司,,2025-01-07,100,,,,甲:70 乙", "业绩分成", "甲:70 乙"),
    ],
)
def test_a_bad_contract_stays_out_with_row_column_value_and_reason(
    read, write_csv, row, column, value
):
    good = "HT0,乙公司,,2025-01-07,100,,,,"
    sheet = one(read(write_csv(contract(f"{good}\n{row}"))).sheets)
    problem = one(sheet.errors)
    assert [draft.code for draft in sheet.drafts] == ["HT0"]
    assert (problem.row, problem.column, problem.value) == (3, column, value)
    assert problem.reason


@pytest.mark.parametrize("heading", ["执行情况", "履约状态", "现在怎样"])
def test_a_void_contract_is_void_under_any_heading(drafts, write_csv, heading):
    text = (
        f"合同号,甲方,签订日期,合同总额,{heading},什么性质\n"
        "A,甲公司,2026-03-05,1,作废,新签合同\nB,甲公司,2026-03-06,1,履行中,补充\n"
    )
    found = drafts(write_csv(text))
    assert [(one.status, one.kind) for one in found] == [("void", "new"), ("active", "supplement")]


@pytest.mark.parametrize("cell", ["框架", "据实结算", "面议", ""])
def test_a_word_in_place_of_an_amount_makes_a_framework(drafts, write_csv, cell):
    found = one(drafts(write_csv(contract(f"HT1,甲公司,,2025-01-07,{cell},,,,"))))
    assert (found.amount_fen, found.kind) == (None, "framework")


def test_payments_and_refunds(read, write_csv):
    text = (
        "回款编号,合同编号,客户名称,回款日期,回款金额,回款方式,备注\n"
        'HK1,HT1,甲公司,2025-01-20,24510.00,电汇,\nHK2,HT1,,2025/2/2,"(14,250.00)",微信支付,退款\n'
        "HK3,,,2025/2/2,5,,\nHK4,HT1,,,5,,\nHK5,HT1,,2025/2/2,,,\n"
    )
    sheet = one(read(write_csv(text)).sheets)
    assert [(d.code, d.paid_on, d.amount_fen, d.note) for d in sheet.drafts] == [
        ("HK1", date(2025, 1, 20), 2_451_000, ""),
        ("HK2", date(2025, 2, 2), -1_425_000, "退款"),
    ]
    assert [(p.row, p.column) for p in sheet.errors] == [
        (4, "客户名称"),
        (5, "回款日期"),
        (6, "回款金额"),
    ]


def test_followups_with_plain_headings(read, write_csv):
    text = (
        "客户名称,跟进时间,跟进方式,方向,结果,通话时长(秒),跟进内容,跟进人\n"
        "甲公司,2024/11/22 12:40,电话,去,接通,372,谈了价格,郭勇博\n"
        "甲公司,2024-11-23,微信,来,,,发了资料,郭勇博\n"
        "甲公司,2024-11-23 9:00,传真,来,客户很满意,,收到,\n"
        "甲公司,昨晚,电话,去,,,x,\n"
        ",2024-11-23,电话,去,,,x,\n"
    )
    sheet = one(read(write_csv(text)).sheets)
    first, second, third = sheet.drafts
    assert (local(first.at), first.timed, first.duration_s) == ("2024-11-22 12:40", True, 372)
    assert (first.channel, first.direction, first.outcome) == ("phone", "out", "connected")
    assert (first.staff, first.content) == ("郭勇博", "谈了价格")
    assert (local(second.at), second.timed, second.duration_s) == ("2024-11-23 00:00", False, -1)
    assert (second.channel, second.direction) == ("wechat", "in")
    assert (third.channel, third.outcome, third.content) == ("other", "", "收到\n客户很满意")
    assert [(p.row, p.column, p.value) for p in sheet.errors] == [
        (5, "跟进时间", "昨晚"),
        (6, "客户名称", ""),
    ]


@pytest.mark.parametrize(
    ("heading", "cell", "outcome"),
    [
        ("是否接通", "是", "connected"),
        ("是否接通", "否", "missed"),
        ("结果", "打不通,再打", "missed"),
    ],
)
def test_outcomes_in_other_words(drafts, write_csv, heading, cell, outcome):
    text = f'客户名称,跟进时间,跟进方式,{heading},跟进内容\n甲公司,2024-11-23,电话,"{cell}",x\n'
    assert one(drafts(write_csv(text))).outcome == outcome


def test_a_follow_up_sheet_in_other_words(drafts, write_csv):
    text = (
        "日期,单位名称,联系方式,去/来,通话时间(秒),沟通内容,记录人\n"
        "2026-03-08 14:20,甲公司,电话,去电,125,谈了价格,周敏\n"
        "2026-03-11,甲公司,来电,,0,没接到,周敏\n"
        "2026-03-12,甲公司,客户来访,,,看样机,周敏\n"
        "2026-03-15,甲公司,当面,,,,周敏\n"
    )
    found = drafts(write_csv(text))
    told = [(one.channel, one.direction, one.duration_s) for one in found]
    assert told == [
        ("phone", "out", 125),
        ("phone", "in", 0),
        ("visit", "in", -1),
        ("visit", "", -1),
    ]


def test_columns_without_a_known_heading_are_told_by_their_words(drafts, write_csv):
    text = (
        "跟进时间,客户名称,甲,乙,丙,通话时间,跟进内容\n"
        "2026-03-08,甲公司,电话,呼出,接通,2分15秒,谈了价格\n"
        "2026-03-09,甲公司,电话,呼入,未接,0:00,\n"
    )
    found = drafts(write_csv(text))
    told = [(one.channel, one.direction, one.outcome, one.duration_s) for one in found]
    assert told == [("phone", "out", "connected", 135), ("phone", "in", "missed", 0)]


def test_an_unknown_way_of_contact_is_noted(read, write_csv):
    rows = "2026-03-08,甲公司,飞鸽,谈了\n2026-03-09,甲公司,其他,谈了\n"
    text = f"跟进时间,客户名称,跟进方式,跟进内容\n{rows}"
    sheet = one(read(write_csv(text)).sheets)
    assert [draft.channel for draft in sheet.drafts] == ["other", "other"]
    assert [(note.row, note.value) for note in sheet.warnings] == [(2, "飞鸽")]


def test_a_followup_without_channel_column_tells_it_by_its_words(drafts, write_csv):
    text = "客户名称,跟进日期,跟进内容\n甲公司,2024-11-23,上门演示\n甲公司,2024-11-24,电话确认\n"
    assert [str(draft.channel) for draft in drafts(write_csv(text))] == ["visit", "phone"]


def test_equal_followups_of_a_file_are_numbered(drafts, write_csv):
    row = "甲公司,2024-11-23 10:00,电话,谈价格\n"
    found = drafts(write_csv("客户名称,跟进时间,跟进方式,跟进内容\n" + row * 3))
    assert [draft.number for draft in found] == [0, 1, 2]


def test_next_steps(read, write_csv):
    text = (
        "客户名称,下步时间,计划类型,下步事务,负责人\n甲公司,下周,签约回款,催款,王芳\n"
        "乙公司,2026-12-01 10:00,,回访,\n丙公司,,,x,\n"
    )
    sheet = one(read(write_csv(text)).sheets)
    assert [(d.customer, d.when, d.plan_kind, d.what, d.staff) for d in sheet.drafts] == [
        ("甲公司", "下周", "签约回款", "催款", "王芳"),
        ("乙公司", "2026-12-01 10:00", "", "回访", ""),
    ]
    assert one(sheet.errors).column == "下步时间"


def test_opportunities(drafts, write_csv):
    text = "商机名称,客户名称,预计金额,创建日期,负责人\n二期扩产,甲公司,12万,2026-01-05,王芳\n"
    found = one(drafts(write_csv(text)))
    assert (found.name, found.customer, found.expected_fen) == ("二期扩产", "甲公司", 12_000_000)
    assert (found.created_on, found.owner, found.state) == (date(2026, 1, 5), "王芳", "open")


def test_products(drafts, write_csv):
    text = "产品编号,产品名称,规格型号,单位,单价\nP1,轴承,6204,只,12.5\n"
    found = one(drafts(write_csv(text)))
    assert (found.code, found.name, found.spec, found.unit, found.price_fen) == (
        "P1", "轴承", "6204", "只", 1250,
    )  # fmt: skip


def test_staff_with_their_own_addresses(read, write_csv):
    text = (
        "姓名,部门,岗位,入职日期,离职日期,手机,邮箱,QQ,微信\n"
        "王芳,一部,销售,2023-08-21,,13050794431,wf@a.cn,12345,wf_1\n"
        "李想,二部,销售,2023.8.21,2026/3/23,,,,\n,二部,,,,,,,\n"
    )
    sheet = one(read(write_csv(text)).sheets)
    first, second = sheet.drafts
    assert [(c.kind, c.raw) for c in first.channels] == [
        ("mobile", "13050794431"), ("email", "wf@a.cn"), ("qq", "12345"), ("wechat", "wf_1"),
    ]  # fmt: skip
    assert (first.department, first.post, first.joined_on) == ("一部", "销售", date(2023, 8, 21))
    assert second.left_on == date(2026, 3, 23)
    assert one(sheet.errors).column == "姓名"


def test_contacts_with_and_without_a_firm(read, write_csv):
    text = (
        "客户名称,姓名,职务,手机,电话,邮箱,QQ,微信\n"
        "甲公司,张三,经理,13812904417,0510-85200000,a@b.cn;c@d.cn,123,abc\n"
        ",李四,,13912904417,,,,\n甲公司,,,13712904417,,,,\n甲公司,,,,,,,\n"
    )
    sheet = one(read(write_csv(text)).sheets)
    first, second, third = sheet.drafts
    assert [(c.kind, c.raw) for c in first.channels] == [
        ("mobile", "13812904417"), ("phone", "0510-85200000"), ("email", "a@b.cn"),
        ("email", "c@d.cn"), ("qq", "123"), ("wechat", "abc"),
    ]  # fmt: skip
    assert (second.name, second.customer) == ("李四", "")
    assert third.name == "13712904417"
    assert one(sheet.errors).row == 5


def test_customers_with_plain_headings_and_a_person(read, write_csv):
    text = (
        "客户编号,客户名称,创建日期,来源,行业,区划码,负责人,联系人,手机\n"
        "K1,甲公司,2026-01-05,展会,生产,320500,王芳,张三,13812904417\n"
        "K2,,2026-01-05,展会,,,,,\n"
    )
    sheet = one(read(write_csv(text)).sheets)
    found = one(sheet.drafts)
    assert (found.code, found.region_code, found.owner) == ("K1", "320500", "王芳")
    assert (found.created_on, found.source, found.industry) == (date(2026, 1, 5), "展会", "生产")
    assert (found.contacts[0].name, found.contacts[0].channels[0].raw) == ("张三", "13812904417")
    assert (one(sheet.errors).row, one(sheet.errors).column) == (3, "客户名称")


def test_a_list_of_persons_makes_them_customers(drafts, write_csv):
    text = "姓名,手机,来源,负责人,登记日期\n张三,13812904417,抖音,王芳,2026-01-05\n"
    found = one(drafts(write_csv(text)))
    assert (found.name, found.kind, found.owner) == ("张三", "person", "王芳")
    assert found.contacts[0].channels[0].raw == "13812904417"


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("周生 13812340099", ["周生"]),
        ("13812340099（李工）", ["李工"]),
        ("张三：13812340099、李四 13912340099", ["张三", "李四"]),
        ("手机13812340099", [""]),
        ("采购部0512-65550001", [""]),
        ("13812340099微信同号", [""]),
        ("0512-65550001转8008", [""]),
    ],
)
def test_a_name_beside_a_number_is_the_contact(drafts, write_csv, cell, names):
    found = one(drafts(write_csv(f"公司,联系方式\n甲公司,{cell}\n")))
    assert [person.name for person in found.contacts] == names
    assert all(person.channels for person in found.contacts)


@pytest.mark.parametrize(
    ("heading", "cell", "fen"),
    [
        ("预算（万元）", "3-5", 3_000_000),
        ("预算（万元）", "3-5万", 3_000_000),
        ("预算", "3-5万", 3_000_000),
        ("预算", "看情况吧", None),
    ],
)
def test_a_vague_budget_does_not_keep_a_customer_out(read, write_csv, heading, cell, fen):
    sheet = one(read(write_csv(f"公司,手机,{heading}\n甲公司,13812340099,{cell}\n")).sheets)
    assert one(sheet.drafts).expected_fen == fen
    assert [note.value for note in sheet.warnings] == [cell]


def test_calibration_of_customers(drafts, write_csv):
    text = "客户名称,定性,定级,预计金额,预计签约日期\n甲公司,有价值,大单,10万,2026-12-31\n"
    found = one(drafts(write_csv(text)))
    assert (found.quality, found.grade, found.expected_fen, found.expected_on) == (
        "valuable", "big", 10_000_000, date(2026, 12, 31),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("word", "quality"),
    [("待定", "unsure"), ("无", "worthless"), ("有意向", "valuable"), ("", ""), ("—", "")],
)
def test_a_word_for_nothing_may_be_an_answer(drafts, write_csv, word, quality):
    found = one(drafts(write_csv(f"客户名称,意向,来源\n甲公司,{word},待定\n")))
    assert found.quality == quality
    assert found.source == ""
