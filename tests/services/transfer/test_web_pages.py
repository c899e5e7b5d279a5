"""Tables that programs export as web pages or XML under the name of a spreadsheet."""

import pytest

from app.services.transfer.read import Choices, read_file

UF = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312">
<style>td {mso-number-format:"@"}</style>
</head><body><table border=1><tr><td colspan=3>客户资料表</td></tr>
<tr><th>客户编号</th><th>客户名称</th><th>联系人</th><th>手机</th><th>签约时间<br>备注</th></tr>
<tr><td>0001</td><td rowspan=2>恒一&nbsp;精密机械有限公司</td><td>张三</td>
<td x:num="13800001111">1.38E+10</td></tr>
<tr style="display: none"><td></td><td>李四</td><td>13900002222</td></tr>
<tr><td>0002</td><td>镕达&lt;苏州&gt;公司</td><td>王五</td><td>13700003333</td></tr>
</table><script>var a = "<tr>";</script></body></html>"""

XML = """<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="合同"><Table><Row ss:Index="2">
<Cell><Data ss:Type="String">合同编号</Data></Cell>
<Cell><Data ss:Type="String">客户名称</Data></Cell>
<Cell ss:Index="4"><Data ss:Type="String">合同金额</Data></Cell>
<Cell><Data ss:Type="String">签约日期</Data></Cell>
</Row><Row><Cell><Data ss:Type="String">HT-1</Data></Cell>
<Cell ss:MergeAcross="1"><Data ss:Type="String">恒一公司</Data></Cell>
<Cell><Data ss:Type="Number">12000.5</Data></Cell>
<Cell><Data ss:Type="DateTime">2026-03-05T00:00:00.000</Data></Cell></Row></Table></Worksheet>
<Worksheet ss:Name="空"><Table/></Worksheet></Workbook>"""


@pytest.fixture
def read(tmp_path, reading):
    def read_text(text, name="客户.xls", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return read_file(path, reading, Choices())

    return read_text


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig", "utf-16"])
def test_a_page_named_xls_is_read_in_its_own_encoding(read, encoding):
    (sheet,) = read(UF, encoding=encoding).sheets
    assert [one.code for one in sheet.drafts] == ["0001", "0002"]
    assert [one.name for one in sheet.drafts] == ["恒一精密机械有限公司", "镕达<苏州>公司"]
    people = [(one.name, one.channels[0].raw) for one in sheet.drafts[0].contacts]
    assert people == [("张三", "13800001111"), ("李四", "13900002222")]
    assert sheet.plan.hidden_row_count == 1


def test_a_page_that_says_a_wrong_encoding_is_read_as_it_looks(read):
    (sheet,) = read(UF.replace("gb2312", "utf-8"), encoding="gb18030").sheets
    assert sheet.drafts[0].name == "恒一精密机械有限公司"


def test_xml_of_a_spreadsheet_keeps_places_numbers_and_days(read):
    found = read(XML)
    (sheet,) = found.sheets
    (contract,) = sheet.drafts
    assert (contract.code, contract.customer, contract.amount_fen) == (
        "HT-1",
        "恒一公司",
        1_200_050,
    )
    assert contract.signed_on.isoformat() == "2026-03-05"
    assert (sheet.plan.sheet, contract.row) == ("合同", 3)


def test_two_tables_of_a_page_are_two_sheets(read):
    row = "<tr><td>{}</td><td>{}</td></tr>"
    head = row.format("客户名称", "手机")
    table = f"<table>{head}{row}</table>"
    page = "".join(table.format(name, "13800001111") for name in ("甲公司", "乙公司"))
    found = read(f"<html><body>{page}</body></html>", "名单.html")
    assert [one.plan.sheet for one in found.sheets] == ["名单", "名单 2"]
    assert [one.drafts[0].name for one in found.sheets] == ["甲公司", "乙公司"]


@pytest.mark.parametrize(
    "page",
    ["<html><body>请先登录</body></html>", "<html><table></table>", "<?xml version='1.0'?><a/>"],
)
def test_a_page_without_a_table_is_refused_with_what_to_do(read, page):
    from app.errors import UserError

    with pytest.raises(UserError) as refused:
        read(page)
    assert refused.value.code == "import_format"


def test_a_broken_page_gives_what_it_holds(read):
    (sheet,) = read(UF[: UF.index("<tr><td>0002")]).sheets
    assert [one.name for one in sheet.drafts] == ["恒一精密机械有限公司"]
    assert read(XML[: XML.index('<Cell><Data ss:Type="DateTime')]).sheets[0].drafts == []
