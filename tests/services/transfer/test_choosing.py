from pathlib import Path

import pytest

from app.errors import UserError
from app.services.transfer import choosing
from app.services.transfer.fields import Kind
from app.services.transfer.mapping import State
from app.services.transfer.outcomes import RowIssue
from app.services.transfer.problems import write_problems
from app.services.transfer.read import Choices, parse_sheet, read_file
from app.services.transfer.sandbox import read_workbook

ROWS = "客户名称,联系人,电话,备注,第二备注\n甲公司,王明,13800001234,老客户,展会\n"


@pytest.fixture
def plan(write_csv, reading):
    return read_file(write_csv(ROWS), reading, Choices()).sheets[0].plan


def field_of(plan, index):
    match = plan.matches[index]
    return match.field if match.applies else ""


def test_a_column_goes_where_it_is_sent(plan, reading):
    sent = choosing.with_column(plan, 4, "address")
    assert field_of(sent, 4) == "address"
    assert sent.matches[4].state is State.given
    assert parse_sheet(sent, reading).drafts[0].address == "展会"


def test_a_column_that_is_left_out_is_not_read(plan, reading):
    without = choosing.with_column(plan, 3, "")
    assert field_of(without, 3) == ""
    assert "老客户" not in parse_sheet(without, reading).drafts[0].note


def test_a_field_of_one_value_moves_to_the_chosen_column(plan):
    moved = choosing.with_column(plan, 4, "name")
    assert field_of(moved, 4) == "name"
    assert field_of(moved, 0) == ""
    assert moved.matches[0].state is State.repeated


def test_a_second_contact_gets_a_place_of_its_own(plan, reading):
    second = choosing.with_column(plan, 4, "contact")
    assert (second.matches[1].slot, second.matches[4].slot) == (1, 2)
    names = [one.name for one in parse_sheet(second, reading).drafts[0].contacts]
    assert names == ["王明", "展会"]


def test_another_header_row_is_taken_or_refused(write_csv, reading):
    path = write_csv("客户名称,电话\n单位名称,手机\n甲公司,13800001234\n")
    plan = read_file(path, reading, Choices(header_row=1)).sheets[0].plan
    moved = choosing.with_header(plan, 2)
    assert moved.table.header_row == 2
    assert [one.heading for one in moved.table.columns] == ["单位名称", "手机"]
    for row in (0, 99):
        with pytest.raises(UserError) as refused:
            choosing.with_header(plan, row)
        assert refused.value.code == "import_header"


def test_another_kind_matches_the_columns_anew(plan):
    contacts = choosing.with_kind(plan, Kind.contacts)
    assert contacts.kind is Kind.contacts
    assert field_of(contacts, 0) == "customer"


def test_files_are_ordered_by_what_they_need():
    names = ["通讯录.vcf", "回款.xlsx", "跟进.csv", "名单.xlsx", "staff.csv", "价目表.xlsx"]
    ordered = [path.name for path in choosing.suggested_order(map(Path, names))]
    expected = ["staff.csv", "价目表.xlsx", "名单.xlsx", "回款.xlsx", "跟进.csv", "通讯录.vcf"]
    assert ordered == expected


def test_problem_rows_are_written_as_text(tmp_path):
    issues = [
        RowIssue("a.csv", "", 7, "金额", "=1+1", "不是金额"),
        RowIssue("a.csv", "", 9, "手机", "138", "号码位数不对，照原样留下", fatal=False),
    ]
    path = tmp_path / "问题.xlsx"
    assert write_problems(issues, path) == 2
    rows = read_workbook(path).sheets[0].rows
    assert rows[1][2:5] == ["7", "金额", "=1+1"]
    assert rows[1][6] == "没有导入这一行"
    assert rows[2][6] == "照样导入"
