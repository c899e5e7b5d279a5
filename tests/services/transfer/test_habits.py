"""The 28 habits of office spreadsheets (product.md 5.8), those that a file shows by itself."""

from datetime import date

import pytest

from app.models.values import people
from app.services.transfer.body import LeftOut


def one(drafts):
    (draft,) = drafts
    return draft


def day(instant):
    return date.fromordinal(date(1970, 1, 1).toordinal() + (instant + 8 * 3_600_000) // 86_400_000)


def test_1_2_3_4_titles_two_row_headers_serials_and_totals(read, write_xlsx):
    def dress(book, sheet):
        sheet.merge_range(1, 1, 1, 6, "2024年客户资料表")
        sheet.merge_range(2, 3, 2, 4, "联系人信息")

    rows = [
        [],
        [None, ""],
        [None, "序号", "单位名称", "", "", "预计金额(万)", "备注"],
        [None, "", "", "姓名", "手机", "", ""],
        [None, 1, "甲公司", "张三", "13812904417", 1.5, ""],
        [None, 2, "乙公司", "李四", "13912904417", "2", ""],
        [None, "合计", "", "", "", 3.5, ""],
        [None, "制表人:王芳"],
    ]
    sheet = one(read(write_xlsx(rows, dress=dress)).sheets)
    assert [(d.row, d.name, d.contacts[0].name, d.expected_fen) for d in sheet.drafts] == [
        (5, "甲公司", "张三", 1_500_000),
        (6, "乙公司", "李四", 2_000_000),
    ]
    assert sheet.left_out == {LeftOut.total: 1, LeftOut.footer: 1}


@pytest.mark.parametrize("kind", ["merged", "blank"])
def test_5_one_customer_over_several_rows(drafts, write_xlsx, write_csv, kind):
    rows = [
        ["客户名称", "来源", "预计金额", "联系人", "手机"],
        ["甲公司", "展会", 5000, "张三", "13812904417"],
        ["", "", "", "李四", "13912904417"],
        ["", "", "", "王五", "13712904417"],
        ["乙公司", "同上", 100, "赵六", "13612904417"],
    ]
    if kind == "merged":

        def dress(book, sheet):
            for column, value in enumerate(["甲公司", "展会", 5000]):
                sheet.merge_range(1, column, 3, column, value)

        path = write_xlsx(rows, dress=dress)
    else:
        path = write_csv("\n".join(",".join(map(str, row)) for row in rows))
    found = drafts(path)
    assert [(d.name, d.source, d.expected_fen) for d in found] == [
        ("甲公司", "展会", 500_000),
        ("乙公司", "展会", 10_000),
    ]
    assert [contact.name for contact in found[0].contacts] == ["张三", "李四", "王五"]
    assert [contact.main for contact in found[0].contacts] == [True, False, False]


def test_6_a_sheet_for_each_salesperson(drafts, write_xlsx):
    rows = [["客户名称"], ["甲公司"]]
    found = drafts(write_xlsx({"何芳玉": rows, "1月": rows, "客户汇总": rows, "Sheet4": rows}))
    assert [draft.owner_guess for draft in found] == ["何芳玉", "", "", ""]


def test_7_hidden_sheets_stay_out_and_hidden_rows_come_in_and_are_counted(read, write_xlsx):
    def dress(book, sheet):
        if sheet.name == "旧":
            sheet.hide()
        sheet.set_row(2, None, None, {"hidden": True})

    rows = [["客户名称"], ["甲公司"], ["乙公司"]]
    path = write_xlsx({"新": rows, "旧": rows}, dress=dress)
    sheet = one(read(path).sheets)
    assert ([d.name for d in sheet.drafts], sheet.plan.hidden_row_count) == (
        ["甲公司", "乙公司"],
        1,
    )
    assert len(read(path, hidden_sheets=True).sheets) == 2
    assert one(read(path, sheet="旧").sheets).plan.sheet == "旧"


def test_8_comments_become_followups_or_notes(drafts, write_xlsx):
    def dress(book, sheet):
        sheet.write_comment(1, 0, "2026-05-31 电话:先发样册", {"author": "王芳"})
        sheet.write_comment(1, 1, "老板的同学", {"author": "王芳"})

    found = one(drafts(write_xlsx([["客户名称", "来源"], ["甲公司", "展会"]], dress=dress)))
    followup = one(found.followups)
    assert (followup.channel, followup.content, followup.staff) == ("phone", "先发样册", "王芳")
    assert day(followup.at) == date(2026, 5, 31)
    assert found.note == "老板的同学"


def test_9_colours_mean_nothing_to_the_import(drafts, write_xlsx):
    def dress(book, sheet):
        sheet.write(1, 0, "甲公司", book.add_format({"bg_color": "yellow"}))

    assert one(drafts(write_xlsx([["客户名称"], ["甲公司"]], dress=dress))).name == "甲公司"


def test_10_followups_in_one_cell(drafts, write_csv):
    cell = "2025.12.3 电话 没人接,再打;12.29 王芳:微信,发报价;1/5 拜访，看样品；要求月底供货"
    found = one(drafts(write_csv(f'客户名称,跟进情况\n甲公司,"{cell}"\n')))
    assert [(day(f.at), f.channel, f.outcome, f.staff, f.content) for f in found.followups] == [
        (date(2025, 12, 3), "phone", "missed", "", "没人接,再打"),
        (date(2025, 12, 29), "wechat", "", "王芳", "发报价"),
        (date(2026, 1, 5), "visit", "", "", "看样品；要求月底供货"),
    ]


@pytest.mark.parametrize(
    ("note", "days"),
    [
        ("2026.5.6 电话 催款;5.20拜访 看样品", ["2026-05-06", "2026-05-20"]),
        ("2026.5.6 电话 催款", []),
        ("欠款;2026.5.6 电话 催款;5.20拜访 看样品", []),
        ("2026.5.6 到货;2026.5.20 电话 催款", []),
        ("交期 5.6-5.20", []),
    ],
)
def test_10_a_remark_of_nothing_but_dated_follow_ups(drafts, write_csv, note, days):
    (draft,) = drafts(write_csv(f"客户名称,创建日期,备注\n甲公司,2026-03-01,{note}\n"))
    assert [day(one.at).isoformat() for one in draft.followups] == days
    assert draft.note == ("" if days else note)


def test_10_an_undated_cell_is_a_note_and_equal_records_are_numbered(drafts, write_csv):
    found = drafts(
        write_csv("客户名称,跟进情况\n甲公司,有意向\n乙公司,3.5 电话;3.5 电话;3.5 电话\n")
    )
    assert (found[0].followups, found[0].note) == ((), "有意向")
    assert [followup.number for followup in found[1].followups] == [0, 1, 2]


@pytest.mark.parametrize(
    "cell", ["13812904417、0510-85200000", "13812904417/051085200000", "13812904417 0510-85200000"]
)
def test_11_several_phones_in_a_cell(drafts, write_csv, cell):
    contact = one(one(drafts(write_csv(f'客户名称,联系电话\n甲公司,"{cell}"\n'))).contacts)
    numbers = [people.normal_phone(channel.raw).digits for channel in contact.channels]
    assert numbers == ["13812904417", "051085200000"]
    assert [channel.kind for channel in contact.channels] == ["mobile", "phone"]
    assert [channel.preferred for channel in contact.channels] == [True, False]


@pytest.mark.parametrize(
    ("cell", "digits"),
    [
        (13812904417.0, "13812904417"),
        ("13812904417.0", "13812904417"),
        (51085200000, "051085200000"),
        ("１３８１２９０４４１７", "13812904417"),
        ("\u200b138 1290\u00a04417", "13812904417"),
        ("+86 13812904417", "13812904417"),
        ("'13812904417", "13812904417"),
    ],
)
def test_12_13_14_phones_as_numbers_full_width_or_text(drafts, write_xlsx, cell, digits):
    found = one(drafts(write_xlsx([["客户名称", "手机"], ["甲公司", cell]])))
    channel = one(one(found.contacts).channels)
    assert people.normal_phone(channel.raw).digits == digits


def test_12_a_number_cut_by_the_spreadsheet_is_kept_and_noted(read, write_csv):
    sheet = one(read(write_csv("客户名称,手机\n甲公司,1.38E+10\n乙公司,1381290441\n")).sheets)
    assert len(sheet.drafts) == 2
    assert [(p.row, p.column, p.value, p.fatal) for p in sheet.problems] == [
        (2, "手机", "1.38E+10", False),
        (3, "手机", "1381290441", False),
    ]
    assert sheet.problems[0].reason != sheet.problems[1].reason


@pytest.mark.parametrize(
    ("cell", "name", "title", "gender"),
    [
        ("张总", "张总", "", ""),
        ("李经理", "李经理", "经理", ""),
        ("张三(采购)", "张三", "采购", ""),
        ("张三（采购部经理）", "张三", "采购部经理", ""),
        ("王女士", "王女士", "", "female"),
        ("王建明先生", "王建明", "", "male"),
        ("欧阳修", "欧阳修", "", ""),
    ],
)
def test_15_22_names_with_titles_and_gender(drafts, write_csv, cell, name, title, gender):
    contact = one(one(drafts(write_csv(f"客户名称,联系人\n甲公司,{cell}\n"))).contacts)
    assert (contact.name, contact.title, contact.gender) == (name, title, gender)


def test_15_several_names_in_a_cell_share_the_numbers(drafts, write_csv):
    text = '客户名称,联系人,手机\n甲公司,"张三、李四","13812904417、13912904417"\n'
    contacts = one(drafts(write_csv(text))).contacts
    assert [(c.name, c.channels[0].raw) for c in contacts] == [
        ("张三", "13812904417"),
        ("李四", "13912904417"),
    ]


def test_16_company_variants(drafts, write_csv):
    text = (
        "客户名称,曾用名\n 甲\u00a0乙 机械（苏州） 有限公司  ,\n"
        "丙机械有限公司（原丁机械有限公司）,\n戊公司,己公司\n"
    )
    found = drafts(write_csv(text))
    assert [(draft.name, draft.former_name) for draft in found] == [
        ("甲乙机械（苏州）有限公司", ""),
        ("丙机械有限公司", "丁机械有限公司"),
        ("戊公司", "己公司"),
    ]


def test_17_dates_mixed_in_one_column(read, write_xlsx):
    cells = ["2024.1.5", "24/1/5", "2024年1月5日", 45296, date(2024, 1, 5), "20240105", "2024年1月"]
    vague = ["待定", "去年底", ""]
    rows = [[f"公司{at}", cell] for at, cell in enumerate([*cells, *vague])]
    sheet = one(read(write_xlsx([["客户名称", "登记日期"], *rows])).sheets)
    days = [draft.created_on for draft in sheet.drafts]
    assert days == [date(2024, 1, 5)] * 6 + [date(2024, 1, 1)] + [None] * 3
    assert [(p.row, p.value, p.fatal) for p in sheet.problems] == [(10, "去年底", False)]


def test_17_days_of_1904(drafts, write_xlsx):
    path = write_xlsx([["客户名称", "登记日期"], ["甲公司", 43834]], date_1904=True)
    assert one(drafts(path)).created_on == date(2024, 1, 5)


def test_17_days_without_year_lie_in_the_year_of_the_title(drafts, write_csv):
    text = "2024年客户登记表\n客户名称,登记日期\n甲公司,1月5日\n乙公司,12.20\n"
    assert [draft.created_on for draft in drafts(write_csv(text))] == [
        date(2024, 1, 5),
        date(2024, 12, 20),
    ]


def test_17_american_days_are_read_by_the_whole_column(drafts, write_csv):
    text = "客户名称,登记日期\n甲公司,1/5/2024\n乙公司,12/20/2024\n"
    assert [draft.created_on for draft in drafts(write_csv(text))] == [
        date(2024, 1, 5),
        date(2024, 12, 20),
    ]


def test_18_amounts(read, write_csv):
    cells = [
        "1.2万",
        "3千",
        '"¥12,000.00"',
        "12000元",
        "约5万",
        "12000(含税)",
        "面议",
        "5-8万",
        "？？",
    ]
    lines = "\n".join(f"公司{at},{cell}" for at, cell in enumerate(cells))
    sheet = one(read(write_csv(f"客户名称,预计金额\n{lines}\n")).sheets)
    assert [draft.expected_fen for draft in sheet.drafts] == [
        1_200_000, 300_000, 1_200_000, 1_200_000, 5_000_000, 1_200_000, None, 5_000_000,
        None,
    ]  # fmt: skip
    assert [(p.row, p.value, p.fatal) for p in sheet.problems] == [
        (9, "5-8万", False),
        (10, "？？", False),
    ]


def test_18_the_unit_may_stand_above_the_table(drafts, write_csv):
    text = "客户表,,单位：万元\n客户名称,来源,预计金额\n甲公司,展会,12.5\n乙公司,展会,30000元\n"
    assert [draft.expected_fen for draft in drafts(write_csv(text))] == [12_500_000, 3_000_000]


@pytest.mark.parametrize("cell", ["甲:70,乙:30", "甲70%，乙30%", "甲：70；乙：30", "甲 70/乙 30"])
def test_19_shares_in_percent(drafts, write_csv, cell):
    text = f'合同编号,客户名称,签约日期,合同金额,业绩分成\nHT1,甲公司,2026-01-05,100,"{cell}"\n'
    shares = one(drafts(write_csv(text))).shares
    assert [(share.staff, share.weight) for share in shares] == [("甲", 70), ("乙", 30)]


@pytest.mark.parametrize(("cell", "main"), [("是", True), ("√", True), ("×", False), ("", False)])
def test_20_yes_and_no(drafts, write_csv, cell, main):
    text = f"客户名称,姓名,手机,主联系人\n甲公司,张三,13812904417,{cell}\n"
    assert one(drafts(write_csv(text))).main is main


def test_21_regions_in_one_cell_or_three(drafts, write_csv):
    whole = drafts(write_csv("客户名称,所在城市\n甲公司,江苏省苏州市\n", name="一.csv"))
    parts = drafts(write_csv("客户名称,省,市,区\n甲公司,江苏,苏州,吴中\n", name="二.csv"))
    assert (one(whole).region, one(parts).region) == ("江苏省苏州市", "江苏 苏州 吴中")


@pytest.mark.parametrize(
    ("cell", "grade"),
    [("A类", "big"), ("A级 ", "big"), (" 重点", "big"), ("Ｂ", "normal"), ("小单", "small")],
)
def test_23_stray_blanks_and_synonyms_in_choices(drafts, write_csv, cell, grade):
    assert one(drafts(write_csv(f"客户名称,级别\n甲公司,{cell}\n"))).grade == grade


def test_23_a_word_not_known_is_noted_and_left_out(read, write_csv):
    sheet = one(read(write_csv("客户名称,级别\n甲公司,钻石\n")).sheets)
    assert (one(sheet.drafts).grade, one(sheet.warnings).value) == ("", "钻石")


def test_24_old_excel_and_utf_16_tabs(drafts, fixtures, write_csv):
    found = drafts(fixtures / "客户.xls")
    assert [(d.name, d.created_on, d.expected_fen) for d in found] == [
        ("无锡明远机电有限公司", date(2026, 1, 5), 12_500_000),
        ("苏州合创五金厂", date(2025, 12, 9), 4_000_000),
    ]
    assert [contact.name for contact in found[0].contacts] == ["陆志远", "钱敏"]
    tabbed = write_csv("客户名称\t手机\r\n甲公司\t13812904417\r\n", encoding="utf-16")
    assert one(drafts(tabbed)).name == "甲公司"


def test_24_ods(drafts, write_ods):
    def row(*cells):
        inside = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in cells
        )
        return f"<table:table-row>{inside}</table:table-row>"

    found = drafts(write_ods(row("客户名称", "登记日期") + row("甲公司", "2024.1.5")))
    assert (one(found).name, one(found).created_on) == ("甲公司", date(2024, 1, 5))


def test_25_formulas_without_a_result(read, write_xlsx, write_csv):
    def dress(book, sheet):
        sheet.write_formula(1, 1, "=NA()", None, "#N/A")
        sheet.write_formula(2, 1, "=A1", None, "")

    rows = [["客户名称", "来源"], ["甲公司", ""], ["乙公司", ""]]
    sheet = one(read(write_xlsx(rows, dress=dress)).sheets)
    assert [draft.source for draft in sheet.drafts] == ["", ""]
    assert [(p.row, p.column, p.value, p.fatal) for p in sheet.problems] == [
        (2, "来源", "#N/A", False)
    ]
    text = one(read(write_csv("客户名称,登记日期,来源\n甲公司,#N/A,#REF!\n")).sheets)
    assert (one(text.drafts).created_on, one(text.drafts).source) == (None, "")


def test_26_27_pictures_and_a_blown_up_range(drafts, write_xlsx):
    def dress(book, sheet):
        sheet.insert_textbox(3, 3, "名片")
        sheet.write_blank(1_000_000, 300, None, book.add_format({"bold": True}))

    assert one(drafts(write_xlsx([["客户名称"], ["甲公司"]], dress=dress))).name == "甲公司"


def test_28_headings_twice_and_in_other_words(drafts, write_csv):
    text = (
        "公司,联系人,手机,联系人,手机,备注,备注\n"
        "甲公司,张三,13812904417,李四,13912904417,老客户,要发票\n"
    )
    found = one(drafts(write_csv(text)))
    assert [(c.name, c.channels[0].raw) for c in found.contacts] == [
        ("张三", "13812904417"),
        ("李四", "13912904417"),
    ]
    assert found.note == "老客户\n要发票"
