"""A list as it is shown goes to a file: exact values, no formula, whole or not at all."""

from __future__ import annotations

import csv
import json
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Cancelled, UserError
from app.models.values.forms import Form
from app.services.jobs import Progress
from app.services.lists.sheets import ListSheet, SheetColumn
from app.services.transfer.exporting import Encoding
from app.services.transfer.exporting import Form as FileForm
from app.services.transfer.marks import literal, marked, tidied
from app.services.transfer.outgoing import lists

COLUMNS = (
    SheetColumn("name", "客户名称"),
    SheetColumn("amount", "金额 ¥", Form.money),
    SheetColumn("on", "日期", Form.day),
    SheetColumn("share", "进度", Form.rate),
    SheetColumn("talk", "通话 时", Form.hours),
    SheetColumn("count", "次", Form.whole),
)
LINES = [
    ["恒泰", 46_000_050, date(2026, 11, 3), 0.5, 7200, 3],
    ["=1+1", -100, None, None, None, 0],
    ["𠮷野家（中国）", None, date(1899, 1, 2), 1.0, 0, None],
]
UTF8, GBK = Encoding.utf8, Encoding.gbk


def sheet(lines=LINES, columns=COLUMNS, title="客户"):
    return ListSheet(title, columns, len(lines), lambda _progress: iter(lines))


@pytest.mark.parametrize(("encoding", "codec"), [(UTF8, "utf-8-sig"), (GBK, "gb18030")])
def test_csv_holds_plain_numbers_and_marks_what_could_be_run(office, tmp_path, encoding, codec):
    path = tmp_path / "列表.csv"
    assert office.transfer.export_list(sheet(), path, FileForm.csv, encoding) == 3
    with path.open(encoding=codec, newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows == [
        ["客户名称", "金额 ¥", "日期", "进度", "通话 时", "次"],
        ["恒泰", "460000.50", "2026-11-03", "0.5", "2.00", "3"],
        ["'=1+1", "-1.00", "", "", "", "0"],
        ["𠮷野家（中国）", "", "1899-01-02", "1.0", "0.00", ""],
    ]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") is (encoding is UTF8)


def test_a_workbook_has_numbers_days_and_no_formula(office, tmp_path):
    path = tmp_path / "列表.xlsx"
    office.transfer.export_list(sheet(title="我的[客户]:*"), path)
    (page,) = openpyxl.load_workbook(path).worksheets
    assert page.title == "我的 客户"
    assert (page.freeze_panes, page.print_title_rows) == ("B2", "$1:$1")
    assert {cell.data_type for row in page for cell in row} <= {"s", "n", "d"}
    values = list(page.iter_rows(min_row=2, values_only=True))
    assert (*values[0][:2], values[0][2].date(), *values[0][3:]) == (
        "恒泰", 460_000.5, date(2026, 11, 3), 0.5, 2, 3,
    )  # fmt: skip
    assert values[1][:2] == ("'=1+1", -1)
    assert values[2][2] == "1899-01-02"


def test_json_holds_fen_seconds_and_nulls(office, tmp_path):
    path = tmp_path / "列表.json"
    office.transfer.export_list(sheet(), path, FileForm.json)
    first, second, _third = json.loads(path.read_text("utf-8"))
    assert first == {"name": "恒泰", "amount_fen": 46_000_050, "on": "2026-11-03", "share": 0.5,
                     "talk_s": 7200, "count": 3}  # fmt: skip
    assert (second["name"], second["on"]) == ("=1+1", None)
    office.transfer.export_list(sheet([]), path, FileForm.json)
    assert json.loads(path.read_text("utf-8")) == []


def test_a_full_sheet_goes_on_in_another(office, tmp_path, monkeypatch):
    monkeypatch.setattr(lists, "_SHEET_ROWS", 2)
    path = tmp_path / "长.xlsx"
    office.transfer.export_list(sheet(), path)
    book = openpyxl.load_workbook(path)
    assert [(page.title, page.max_row) for page in book] == [("客户", 3), ("客户 2", 2)]


@pytest.mark.parametrize("form", FileForm)
def test_a_stopped_export_leaves_the_file_of_before(office, tmp_path, form):
    def stopped(progress):
        yield LINES[0]
        progress.cancel()
        progress.step(1, 3)

    path = tmp_path / f"列表.{form}"
    path.write_bytes(b"before")
    cut = ListSheet("客户", COLUMNS, 3, stopped)
    with pytest.raises(Cancelled):
        office.transfer.export_list(cut, path, form, progress=Progress())
    assert [one.name for one in tmp_path.glob(f"*列表.{form}*")] == [path.name]
    assert path.read_bytes() == b"before"


@pytest.mark.parametrize("form", FileForm)
def test_a_place_that_is_not_there_is_refused(office, tmp_path, form):
    with pytest.raises(UserError) as raised:
        office.transfer.export_list(sheet(), tmp_path / "none" / f"x.{form}", form)
    assert raised.value.code == "export_failed"


RUNNABLE = st.tuples(
    st.sampled_from(["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", " =", "　@"]),
    st.text(max_size=8),
).map("".join)


@given(RUNNABLE)
def test_what_begins_like_a_formula_is_marked_and_comes_back(text):
    shown = marked(text)
    assert shown == f"'{text}"
    assert literal(shown) == text


@given(st.text(max_size=12))
def test_any_text_comes_back_from_a_cell(text):
    shown = marked(text)
    kept = literal(shown)
    assert (tidied(shown) if kept is None else kept) == text
