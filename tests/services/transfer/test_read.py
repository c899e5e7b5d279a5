"""Which sheets are read as what, what a person may decide, and what is refused."""

import json
from datetime import date, timedelta, timezone

import pytest

from app.errors import Cancelled, UserError
from app.services.jobs import Progress
from app.services.transfer.columns import Reading
from app.services.transfer.fields import Kind
from app.services.transfer.read import Choices, Skipped, read_files

CHINA = timezone(timedelta(hours=8))


def refusal(read, path, **choices):
    with pytest.raises(UserError) as refused:
        read(path, **choices)
    return refused.value


def test_several_kinds_in_one_workbook(read, write_xlsx):
    path = write_xlsx(
        {
            "说明": [["请按格式填写"]],
            "客户": [["客户名称"], ["甲公司"]],
            "合同": [["客户名称", "签约日期", "合同金额"], ["甲公司", "2026-01-05", 5]],
            "空": [],
        }
    )
    result = read(path)
    assert [sheet.plan.kind for sheet in result.sheets] == [Kind.customers, Kind.contracts]
    assert {one.sheet: one.why for one in result.skipped} == {
        "说明": Skipped.no_table,
        "空": Skipped.empty,
    }
    asked = read(path, kind=Kind.contracts)
    assert [sheet.plan.kind for sheet in asked.sheets] == [Kind.contracts]
    assert {one.sheet: one.why for one in asked.skipped}["客户"] is Skipped.other_kind


def test_an_asked_kind_wins_over_the_headings(read, write_csv):
    path = write_csv("客户名称,联系人,手机\n甲公司,张三,13812904417\n")
    assert read(path).sheets[0].plan.kind is Kind.customers
    assert read(path, kind=Kind.contacts).sheets[0].plan.kind is Kind.contacts


def test_a_missing_column_is_named(read, write_csv):
    error = refusal(read, write_csv("客户名称,金额\n甲公司,5\n"), kind=Kind.contracts)
    assert error.code == "import_missing_column"
    assert "签约日期" in error.text()


@pytest.mark.parametrize("text", ["甲,乙\n1,2\n", "随便写点什么\n", "手机\n13812904417\n"])
def test_a_file_without_known_headings_is_refused(read, write_csv, text):
    assert refusal(read, write_csv(text)).code == "import_no_table"


def test_a_workbook_of_empty_sheets_is_empty(read, write_xlsx):
    assert refusal(read, write_xlsx({"一": [], "二": []})).code == "import_empty"


def test_a_header_without_rows_gives_nothing(read, write_csv):
    sheet = read(write_csv("客户名称,手机\n")).sheets[0]
    assert (sheet.drafts, sheet.problems) == ([], [])


def test_a_sheet_that_is_not_there(read, write_xlsx):
    error = refusal(read, write_xlsx({"客户": [["客户名称"]]}), sheet="客户表")
    assert error.code == "import_sheet"
    assert "客户" in error.advice_text()


def test_mapping_makes_a_strange_file_readable(read, write_csv):
    path = write_csv("代号,抬头,打给谁\nx1,甲公司,13812904417\n")
    sheet = read(path, kind=Kind.customers, mapping={"客户名称": "抬头", "mobile": "C"}).sheets[0]
    assert [(d.name, d.contacts[0].channels[0].raw) for d in sheet.drafts] == [
        ("甲公司", "13812904417")
    ]


@pytest.mark.parametrize(
    ("mapping", "kind"),
    [
        ({"name": "代号", "mobile": "C"}, Kind.customers),
        ({"customer": "代号", "at": "抬头", "content": "C"}, Kind.followups),
        ({"customer": "代号", "signed_on": "抬头", "amount": "C"}, Kind.contracts),
    ],
)
def test_a_mapping_tells_the_kind_of_a_strange_file(read, write_csv, mapping, kind):
    path = write_csv("代号,抬头,号\n甲,2026-03-05,13812904417\n")
    assert [sheet.plan.kind for sheet in read(path, mapping=mapping).sheets] == [kind]
    assert refusal(read, path, mapping={"mobile": "C"}).code == "import_no_table"


def test_the_header_row_may_be_chosen(read, write_csv):
    path = write_csv("客户名称,手机\n单位,号码\n客户名称,联系人\n甲公司,张三\n")
    sheet = read(path, header_row=3).sheets[0]
    assert [(draft.row, draft.name) for draft in sheet.drafts] == [(4, "甲公司")]


def test_an_encoding_may_be_chosen(read, write_csv):
    path = write_csv("客户名称\n甲公司\n".encode("gb18030"))
    assert read(path, encoding="gb18030").sheets[0].drafts[0].name == "甲公司"
    assert refusal(read, path, encoding="utf-8").code == "import_encoding"


def test_a_plan_may_be_matched_anew(read, write_csv, reading):
    from app.services.transfer.read import parse_sheet

    plan = read(write_csv("客户名称,甲列\n甲公司,展会\n")).sheets[0].plan
    again = parse_sheet(plan.matched({"source": "甲列"}), reading)
    assert again.drafts[0].source == "展会"


def test_one_bad_file_does_not_stop_the_others(reading, write_csv, tmp_path):
    good = write_csv("客户名称\n甲公司\n")
    result = read_files([tmp_path / "没有.csv", good], reading)
    assert [file.refused is None for file in result.files] == [False, True]
    assert [draft.name for sheet in result.sheets for draft in sheet.drafts] == ["甲公司"]


def test_stopping_stops_everything(reading, write_csv):
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        read_files([write_csv("客户名称\n甲\n")], reading, progress=progress)


def test_json_as_exported_comes_back_without_a_kind(reading, tmp_path):
    rows = {
        "customers": [{"name": "甲公司", "code": "K1", "expected_fen": 1250, "grade": "big"}],
        "contracts": [
            {
                "customer": "甲公司",
                "signed_on": "2026-01-05",
                "amount_fen": 123456,
                "status": "done",
            }
        ],
        "next_steps": [
            {
                "customer": "甲公司",
                "when": "next_week",
                "window_start": "2026-11-23T00:00:00+08:00",
                "window_end": "2026-11-29T23:59:59+08:00",
            }
        ],
    }
    path = tmp_path / "全部.json"
    path.write_text(json.dumps(rows), "utf-8")
    result = read_files([path], reading)
    customers, contracts, steps = result.sheets
    assert customers.drafts[0].expected_fen == 1250
    assert (contracts.drafts[0].amount_fen, contracts.drafts[0].status) == (123456, "done")
    assert steps.drafts[0].window_end == 1_795_967_999_000


def test_tallies_tell_how_each_column_was_read(read, write_csv):
    text = "客户名称,登记日期\n甲公司,2026-01-05\n乙公司,\n丙公司,去年底\n"
    sheet = read(write_csv(text)).sheets[0]
    tally = sheet.tallies[1]
    assert (tally.filled_count, tally.empty_count, tally.problem_count) == (2, 1, 1)
    assert [(one.row, one.value) for one in tally.outliers] == [(4, "去年底")]


def test_kinds_come_in_the_order_in_which_they_need_each_other(write_csv, write_xlsx):
    reading = Reading(date(2026, 11, 20), CHINA)
    log = write_csv("客户名称,跟进时间,跟进内容\n甲公司,2026-01-05,电话\n", name="1.csv")
    firms = write_csv("客户名称\n甲公司\n", name="2.csv")
    staff = write_csv("姓名,部门\n王芳,一部\n", name="3.csv")
    result = read_files([log, firms, staff], reading, Choices())
    assert [sheet.plan.kind for sheet in result.sheets] == [
        Kind.staff,
        Kind.customers,
        Kind.followups,
    ]
