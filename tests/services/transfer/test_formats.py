import json
import zipfile
from datetime import date

import pytest

from app.errors import UserError
from app.services.transfer import formats
from app.services.transfer.limits import Gate, Limits
from app.services.transfer.sheets import Comment, Merge, collect
from app.services.transfer.worker import open_source


def read(path, **options):
    source = open_source(path, options.pop("limits", Limits()), "", sparse=False)
    chosen = formats.choose(source)
    gate = Gate(source.name, source.limits, chosen.rows(source.limits))
    return collect(gate.pass_on(chosen.read(source)))


def test_every_module_is_a_format():
    assert [one.name for one in formats.all_formats()] == [
        "xls",
        "xlsx",
        "ods",
        "vcf",
        "json",
        "web page",
        "text",
    ]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"],
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_text_in_any_common_encoding_and_delimiter(write_csv, encoding, delimiter):
    rows = [["客户名称", "手机", "备注"], ["无锡明远机电有限公司", "13812904417", "朱镕先生,介绍"]]
    quoted = [[f'"{cell}"' if delimiter in cell else cell for cell in row] for row in rows]
    text = "\r\n".join(delimiter.join(row) for row in quoted)
    book = read(write_csv(text, encoding=encoding))
    assert book.sheets[0].rows == rows


def test_big5_is_not_taken_for_gbk(write_csv):
    text = "客戶名稱,聯絡人\n" + "台灣積體電路製造股份有限公司,劉德音\n" * 30
    book = read(write_csv(text, encoding="big5"))
    assert book.sheets[0].rows[1] == ["台灣積體電路製造股份有限公司", "劉德音"]


def test_line_breaks_and_quotes_inside_cells(write_csv):
    book = read(write_csv('客户名称,备注\n甲公司,"第一行\n第二行,含""引号"""\n乙公司,\n'))
    assert book.sheets[0].rows[1:] == [["甲公司", '第一行\n第二行,含"引号"'], ["乙公司"]]


def test_a_stray_quote_does_not_swallow_the_file(write_csv):
    lines = ["客户名称,规格", '甲公司,"3寸管', *[f"公司{at},{at}寸" for at in range(400)]]
    book = read(write_csv("\n".join(lines)))
    assert len(book.sheets[0].rows) == 402


def test_a_first_line_naming_the_delimiter_keeps_row_numbers(write_csv):
    book = read(write_csv("sep=;\n客户名称;手机\n甲公司;13800000000\n"))
    assert book.sheets[0].rows == [[], ["客户名称", "手机"], ["甲公司", "13800000000"]]


def test_control_characters_are_taken_out_and_counted(write_csv):
    book = read(write_csv("客户名称,备注\n甲\x01公司,好\x0b的\n"))
    assert book.sheets[0].rows[1] == ["甲公司", "好的"]
    assert book.notes.controls_removed_count == 2


def test_xlsx_keeps_places_types_and_what_stands_beside_cells(write_xlsx):
    def dress(book, sheet):
        if sheet.name == "旧":
            sheet.hide()
            return
        sheet.merge_range(2, 1, 3, 1, "甲公司")
        sheet.write_comment(2, 1, "王芳:\n2026-05-31 电话:先发样册", {"author": "王芳"})
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_column(5, 5, None, None, {"hidden": True})
        sheet.write_formula(2, 3, "=NA()", None, "#N/A")

    rows = [[], [None, "客户名称", "登记日期", "金额"], [None, "", date(2026, 1, 5), "", 1.5]]
    book = read(write_xlsx({"客户": rows, "旧": [["客户名称"]]}, dress=dress))
    sheet, old = book.sheets
    assert sheet.rows[1] == ["", "客户名称", "登记日期", "金额"]
    assert sheet.rows[2] == ["", "甲公司", date(2026, 1, 5), "", 1.5]
    assert sheet.merges == (Merge(2, 1, 3, 1),)
    assert sheet.comments == {(2, 1): Comment("王芳", "2026-05-31 电话:先发样册")}
    assert sheet.hidden_rows == {3}
    assert sheet.hidden_columns == {5}
    assert sheet.broken == {(2, 3): "#N/A"}
    assert (sheet.hidden, old.hidden) == (False, True)


def test_xlsx_counting_from_1904_says_so(write_xlsx):
    assert read(write_xlsx([["客户名称"]], date_1904=True)).notes.epoch_1904
    assert not read(write_xlsx([["客户名称"]], name="二.xlsx")).notes.epoch_1904


def test_a_used_range_blown_up_by_formats_costs_nothing(write_xlsx):
    def dress(book, sheet):
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bg_color": "yellow"}))

    book = read(write_xlsx([["客户名称"], ["甲公司"]], dress=dress))
    assert book.sheets[0].rows == [["客户名称"], ["甲公司"]]


def test_xls_gives_merged_cells_and_hidden_sheets(fixtures):
    book = read(fixtures / "客户.xls")
    sheet, old = book.sheets
    assert (book.notes.format, old.hidden) == ("xls", True)
    assert sheet.rows[2][:4] == [1, "无锡明远机电有限公司", "陆志远", 13812904417.0]
    assert sheet.rows[2][5] == date(2026, 1, 5)
    assert Merge(2, 1, 3, 1) in sheet.merges


def test_the_name_of_a_file_does_not_decide(fixtures, tmp_path, write_csv):
    renamed = tmp_path / "客户.xlsx"
    renamed.write_bytes((fixtures / "客户.xls").read_bytes())
    assert read(renamed).notes.format == "xls"
    assert read(write_csv("客户名称\t手机\n甲公司\t1\n", name="客户.xls")).notes.format == "text"


def test_ods_with_merged_cells_notes_and_repeats(write_ods):
    cell = (
        '<table:table-cell office:value-type="string"{extra}>{note}'
        "<text:p>{text}</text:p></table:table-cell>"
    )
    note = (
        "<office:annotation><dc:creator>王芳</dc:creator>"
        "<text:p>3.5 电话</text:p></office:annotation>"
    )
    rows = (
        "<table:table-row>"
        + "".join(cell.format(extra="", note="", text=text) for text in ("客户名称", "联系人"))
        + '</table:table-row><table:table-row table:number-rows-repeated="2">'
        '<table:table-cell table:number-columns-repeated="5"/></table:table-row>'
        '<table:table-row table:visibility="filter">'
        + cell.format(extra=' table:number-rows-spanned="2"', note=note, text="甲公司")
        + cell.format(extra="", note="", text="张三")
        + "</table:table-row><table:table-row><table:covered-table-cell/>"
        + cell.format(extra="", note="", text="李四")
        + "</table:table-row>"
    )
    sheet = read(write_ods(rows)).sheets[0]
    assert sheet.rows == [["客户名称", "联系人"], [], [], ["甲公司", "张三"], ["", "李四"]]
    assert sheet.merges == (Merge(3, 0, 4, 0),)
    assert sheet.comments == {(3, 0): Comment("王芳", "3.5 电话")}
    assert sheet.hidden_rows == {3}


def test_json_as_exported(tmp_path):
    path = tmp_path / "全部.json"
    rows = {"contracts": [{"code": "HT1", "amount_fen": 7_125_000, "note": None}, {"code": "HT2"}]}
    path.write_text(json.dumps(rows), "utf-8")
    sheet = read(path).sheets[0]
    assert (sheet.name, sheet.rows) == (
        "contracts",
        [["code", "amount_fen", "note"], ["HT1", 7_125_000], ["HT2"]],
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import_empty"),
        (b"\xef\xbb\xbf\r\n", "import_empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "import_format"),
        ("<html><p>客户名称</p></html>".encode("gbk"), "import_format"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook></Workbook>', "import_format"),
        (b"PK\x03\x04" + b"\x00" * 200, "import_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "import_damaged"),
    ],
)
def test_what_is_no_table_is_refused_by_name(write_csv, content, code):
    with pytest.raises(UserError) as refused:
        read(write_csv(content, name="照片.xlsx"))
    assert refused.value.code == code
    assert "照片.xlsx" in refused.value.text()


def test_a_truncated_workbook_is_damaged(write_xlsx):
    path = write_xlsx([["客户名称"], *[[f"公司{at}"] for at in range(500)]])
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])
    with pytest.raises(UserError) as refused:
        read(path)
    assert refused.value.code in ("import_damaged", "import_format")


def test_zip_with_too_many_members_is_refused(tmp_path):
    path = tmp_path / "炸.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for at in range(2_001):
            archive.writestr(f"x{at}", "")
    with pytest.raises(UserError) as refused:
        read(path)
    assert refused.value.code == "import_too_large"


def test_cells_and_columns_beyond_the_limits_are_cut_and_counted(write_csv):
    text = "客户名称," + ",".join(f"列{at}" for at in range(600)) + "\n" + "长" * 40_000 + ",乙\n"
    book = read(write_csv(text))
    assert len(book.sheets[0].rows[0]) == 512
    assert len(book.sheets[0].rows[1][0]) == 32_767
    assert book.notes.cut_count == 90


def test_too_many_rows_are_refused_not_cut(write_csv):
    with pytest.raises(UserError) as refused:
        read(write_csv("客户名称\n" + "甲\n" * 50), limits=Limits(text_rows=40))
    assert refused.value.code == "import_too_large"
    assert "40" in refused.value.text()
