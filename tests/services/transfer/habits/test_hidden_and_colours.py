"""Habits 7, 9 and 26: what is hidden, what only a colour says, what is a picture."""

import base64
import io

import pytest
import xlwt
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color

from app.services.transfer.choosing import with_hidden

ROWS = [["客户名称", "手机"], ["甲公司", "13812904417"], ["乙公司", "13912904417"]]
MANY = [["客户名称", "备注"], *([f"公司{at}", "x"] for at in range(6))]
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)


def names(result):
    return [draft.name for sheet in result.sheets for draft in sheet.drafts]


def fill(sheet, places, colour):
    for place in places.split():
        sheet[place].fill = PatternFill("solid", fgColor=colour)


def test_7_filtered_rows_are_counted_and_may_be_left_out(read, book):
    def dress(sheet):
        sheet.auto_filter.ref = "A1:B3"
        sheet.row_dimensions[3].hidden = True

    path = book(ROWS, dress)
    (sheet,) = read(path).sheets
    assert (sheet.plan.hidden_row_count, names(read(path))) == (1, ["甲公司", "乙公司"])
    assert names(read(path, hidden_rows=False)) == ["甲公司"]
    without = with_hidden(sheet.plan, wanted=False)
    assert [row.number for row in without.table.rows] == [2]
    assert [row.number for row in with_hidden(without, wanted=True).table.rows] == [2, 3]


def test_7_hidden_rows_and_sheets_of_old_workbooks(read, old_book):
    def dress(made, sheet):
        sheet.row(2).hidden = True
        other = made.add_sheet("旧")
        other.visibility = 1
        other.write(0, 0, "客户名称")
        other.write(1, 0, "丙公司")

    path = old_book(ROWS, dress)
    assert names(read(path, hidden_rows=False)) == ["甲公司"]
    assert names(read(path, hidden_sheets=True)) == ["甲公司", "乙公司", "丙公司"]


def test_7_hidden_rows_of_open_document_sheets(read, write_ods):
    def row(text, more=""):
        cell = f'<table:table-cell office:value-type="string"><text:p>{text}</text:p>'
        return f"<table:table-row{more}>{cell}</table:table-cell></table:table-row>"

    hidden = ' table:visibility="filter"'
    path = write_ods(row("客户名称") + row("甲公司") + row("乙公司", hidden))
    assert names(read(path, hidden_rows=False)) == ["甲公司"]


def test_9_colours_are_offered_and_taken_only_when_somebody_says_so(read, book):
    path = book(ROWS, lambda sheet: fill(sheet, "A2 B2", "FFFF00"))
    (sheet,) = read(path).sheets
    offered = sheet.plan.matches[-1]
    assert (offered.heading, offered.samples, offered.applies) == ("底色", ("黄色",), False)
    told = read(path, mapping={"grade": "底色"}, words={"底色": {"黄色": "重点"}}).sheets[0]
    assert [draft.grade for draft in told.drafts] == ["big", ""]
    assert not told.problems


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("FF0000", "红色"),
        ("FFC7CE", "红色"),
        ("92D050", "绿色"),
        ("00B0F0", "青色"),
        ("FFC000", "橙色"),
        ("D9D9D9", "灰色"),
        (Color(theme=4, tint=0.5999), "蓝色"),
        (Color(indexed=13), "黄色"),
    ],
)
def test_9_colours_go_by_the_names_people_use(read, book, colour, name):
    path = book(ROWS, lambda sheet: fill(sheet, "A2 B2", colour))
    assert read(path).sheets[0].plan.matches[-1].samples == (name,)


@pytest.mark.parametrize(
    "places",
    ["A1 B1", "B2 B3 B4 B5 B6 B7", "A2 B2 A4 B4 A6 B6", "A3 B3 A5 B5 A7 B7"],
)
def test_9_headers_whole_columns_and_stripes_say_nothing(read, book, places):
    path = book(MANY, lambda sheet: fill(sheet, places, "DDEBF7"))
    assert [one.heading for one in read(path).sheets[0].plan.matches] == ["客户名称", "备注"]


def test_9_colours_of_old_workbooks(read, old_book):
    yellow = xlwt.easyxf("pattern: pattern solid, fore_colour yellow")
    red = xlwt.easyxf("pattern: pattern solid, fore_colour red")
    path = old_book(ROWS, styles={(1, 0): yellow, (2, 0): red, (2, 1): red})
    assert read(path).sheets[0].plan.matches[-1].samples == ("黄色", "红色")


def test_26_pictures_over_cells_are_counted(read, write_xlsx):
    def dress(_made, sheet):
        sheet.insert_image("D2", "card.png", {"image_data": io.BytesIO(base64.b64decode(PIXEL))})

    (sheet,) = read(write_xlsx(ROWS, dress=dress)).sheets
    assert sheet.plan.table.sheet.picture_count == 1
    assert len(sheet.drafts) == 2
