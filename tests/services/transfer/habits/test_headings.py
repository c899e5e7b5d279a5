"""Habits 1, 2, 6, 16, 21, 23 and 28: headings and words that no list holds as they stand."""

import pytest


def one(drafts):
    (draft,) = drafts
    return draft


def fields(result):
    (sheet,) = result.sheets
    return {match.heading: match.field for match in sheet.plan.matches if match.applies}


def test_1_title_rows_and_headings_with_words_that_add_nothing(read, book):
    rows = [
        [],
        ["华东大区2024年客户资料登记表"],
        [None, "填表日期：2024-3-5", None, "制表人：王芳"],
        [None, "客户全称", "所在行业", "主要联系人", "联系电话", "跟进人员", "最新进展"],
        [None, "甲机械厂", "机械", "张三", "13812904417", "王芳", "3.5 电话,有意向;3/12 拜访"],
    ]
    result = read(book(rows))
    assert fields(result) == {
        "客户全称": "name",
        "所在行业": "industry",
        "主要联系人": "contact",
        "联系电话": "mobile",
        "跟进人员": "owner",
        "最新进展": "followups",
    }
    assert len(one(result.sheets[0].drafts).followups) == 2


def test_2_two_row_header_with_a_first_and_a_second_contact(drafts, book):
    def dress(sheet):
        for merged in ("A1:A2", "B1:D1", "E1:G1", "H1:I1"):
            sheet.merge_cells(merged)

    rows = [
        ["公司名称", "第一联系人", None, None, "第二联系人", None, None, "金额(万元)", None],
        [None, "姓名", "职务", "手机", "姓名", "职务", "手机", "预计", "已签"],
        ["甲公司", "张三", "经理", "13812904417", "李四", "主管", "13912904417", 12, 3],
    ]
    found = one(drafts(book(rows, dress)))
    assert [(c.name, c.title, c.channels[0].raw) for c in found.contacts] == [
        ("张三", "经理", "13812904417"),
        ("李四", "主管", "13912904417"),
    ]
    assert found.expected_fen == 12_000_000


def test_6_a_sheet_named_after_somebody_who_left(drafts, book):
    found = drafts(book([["客户名称"], ["甲公司"]], title="李明(离职)"))
    assert one(found).owner_guess == "李明"


@pytest.mark.parametrize(
    ("written", "name", "former"),
    [
        ("甲乙机械有限公司 原乙甲机械厂", "甲乙机械有限公司", "乙甲机械厂"),
        ("甲乙机械有限公司（曾用名：乙甲机械厂）", "甲乙机械有限公司", "乙甲机械厂"),
        ("甲 乙 机械有限公司", "甲乙机械有限公司", ""),
    ],
)
def test_16_a_former_name_behind_a_blank(drafts, book, written, name, former):
    found = one(drafts(book([["客户名称"], [written]])))
    assert (found.name, found.former_name) == (name, former)


@pytest.mark.parametrize("heading", ["省/市/区", "省、市、区", "所在省市区县", "省市区"])
def test_21_one_column_of_regions_under_any_heading(drafts, book, heading):
    rows = [["客户名称", heading], ["甲公司", "江苏省,苏州市,吴中区"]]
    assert one(drafts(book(rows))).region == "江苏省,苏州市,吴中区"


@pytest.mark.parametrize(
    ("cell", "grade"), [("A（重点客户）", "big"), ("B(普通客户)", "normal"), ("C类 ", "small")]
)
def test_23_a_choice_explained_in_brackets(drafts, book, cell, grade):
    assert one(drafts(book([["客户名称", "客户级别"], ["甲公司", cell]]))).grade == grade


def test_28_the_customers_own_signer_is_no_colleague(drafts, book):
    rows = [
        ["合同编号*", "客户名称*", "下单时间*", "合同金额", "客户签约人姓名", "公司签约人"],
        ["HT001", "甲公司", "2026-03-05", "12000.00", "张三", "王芳"],
    ]
    assert one(drafts(book(rows))).signer == "王芳"


@pytest.mark.parametrize(
    ("heading", "people", "field"),
    [
        ("客户负责人", ["张总", "李经理"], "contact"),
        ("客户负责人", ["王芳", "王芳"], "owner"),
        ("企业负责人", ["王芳", "李明"], "contact"),
    ],
)
def test_28_whose_person_in_charge_it_is(read, book, heading, people, field):
    rows = [["公司", heading], *([f"公司{at}", name] for at, name in enumerate(people))]
    assert fields(read(book(rows)))[heading] == field


def test_28_the_last_contact_in_columns_of_its_own_is_a_followup(drafts, book):
    rows = [
        ["客户名称", "最后跟进时间", "最后跟进记录", "跟进情况"],
        ["甲公司", "2026-03-05 10:00", "电话沟通，要报价", ""],
        ["乙公司", "2026/3/6", "", ""],
        ["丙公司", "2026/3/7", "", "2026.3.7 拜访"],
    ]
    told = [
        [(f.channel, f.content, f.timed) for f in draft.followups] for draft in drafts(book(rows))
    ]
    assert told == [
        [("phone", "电话沟通，要报价", True)],
        [("other", "最后跟进时间", False)],
        [("visit", "拜访", False)],
    ]
