"""Rows that were left out come back as a workbook that can be put right and imported."""

import openpyxl
import pytest

from app.services.transfer.problems import write_problems


@pytest.fixture
def back(office, tmp_path):
    """Plan files, write their problem rows and return the workbook's path."""

    def write(*paths):
        read = office.transfer.read(list(paths))
        plan = office.transfer.plan(read)
        target = tmp_path / "问题行.xlsx"
        write_problems((*plan.errors, *plan.warnings), target, read)
        return target

    return write


def test_a_row_put_right_is_imported_and_nothing_else(office, back, write_csv):
    text = (
        "2026年客户表,,,单位：万元\n客户名称,登记日期,手机,预计金额\n"
        "好一公司,2026-01-05,13812904417,2\n坏一公司,上周三,13912904417,3\n"
    )
    path = back(write_csv(text, "名单.csv"))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["问题行", "名单"]
    sheet = book["名单"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[1] == ["客户名称", "登记日期", "手机", "预计金额", "为什么没导入"]
    assert [row[0] for row in rows[2:]] == ["坏一公司"]
    assert rows[2][4].startswith("登记日期：")
    sheet["B3"] = "2026-03-04"
    book.save(path)
    again = office.transfer.read([path])
    (draft,) = [draft for one in again.sheets for draft in one.drafts]
    assert (draft.name, draft.expected_fen, str(draft.created_on)) == (
        "坏一公司",
        3_000_000,
        "2026-03-04",
    )


def test_contacts_in_the_rows_below_come_along(office, back, write_xlsx):
    def dress(_book, sheet):
        sheet.merge_range(1, 0, 2, 0, "坏二公司")
        sheet.merge_range(1, 1, 2, 1, "上周三")

    rows = [
        ["客户名称", "登记日期", "联系人", "手机"],
        ["", "", "张三", "13812904417"],
        ["", "", "李四", "13912904417"],
        ["好二公司", "2026-01-05", "王五", "13712904417"],
    ]
    sheet = openpyxl.load_workbook(back(write_xlsx({"王芳": rows}, dress=dress)))["王芳"]
    assert [row[2].value for row in sheet.iter_rows(min_row=2)] == ["张三", "李四"]


def test_headings_of_two_rows_become_one(office, back, write_xlsx):
    def dress(_book, sheet):
        sheet.merge_range(0, 2, 0, 3, "第一联系人")
        sheet.merge_range(0, 4, 0, 5, "第二联系人")

    rows = [
        ["客户名称", "登记日期", "", "", "", ""],
        ["", "", "姓名", "手机", "姓名", "手机"],
        ["坏三公司", "上周三", "张三", "13812904417", "李四", "13912904417"],
    ]
    path = back(write_xlsx(rows, dress=dress))
    book = openpyxl.load_workbook(path)
    book["Sheet1"]["B2"] = "2026-03-04"
    book.save(path)
    (draft,) = office.transfer.read([path]).sheets[0].drafts
    assert [contact.name for contact in draft.contacts] == ["张三", "李四"]


def test_formulas_stay_text(office, back, write_csv):
    path = back(write_csv("客户名称,登记日期,来源\n坏四公司,上周三,=1+1\n", "名单.csv"))
    cell = openpyxl.load_workbook(path)["名单"]["C2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
