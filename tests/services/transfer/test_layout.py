import pytest

from app.services.transfer.body import LeftOut
from app.services.transfer.layout import find_table
from app.services.transfer.sheets import Merge, Sheet


def table(rows, **more):
    return find_table(Sheet("表", [list(row) for row in rows], **more))


def headings(found):
    return [column.heading for column in found.columns]


def cells(found, index):
    return [row.cell(index) for row in found.rows]


def test_titles_blank_rows_and_blank_columns_stand_before_the_table():
    found = table(
        [
            [],
            ["", "2024年客户资料表"],
            ["", "制表:王芳", "", "单位:万元"],
            [],
            ["", "客户名称", "手机", "来源"],
            ["", "甲公司", "13800000000", "展会"],
        ]
    )
    assert (found.header_row, headings(found)) == (5, ["客户名称", "手机", "来源"])
    assert [(row.number, row.cell(1)) for row in found.rows] == [(6, "甲公司")]
    assert "单位:万元" in found.above


def test_two_row_header_with_merged_group():
    found = table(
        [
            ["客户名称", "联系人信息", "", "", "开票信息", "", "备注"],
            ["", "姓名", "职务", "手机", "电话", "地址", ""],
            ["甲公司", "张三", "经理", "13800000000", "0510", "某路", ""],
        ],
        merges=(Merge(0, 1, 0, 3), Merge(0, 4, 0, 5), Merge(0, 0, 1, 0), Merge(0, 6, 1, 6)),
    )
    assert found.header_row == 2
    assert [(column.heading, column.group) for column in found.columns] == [
        ("客户名称", ""),
        ("姓名", "联系人信息"),
        ("职务", "联系人信息"),
        ("手机", "联系人信息"),
        ("电话", "开票信息"),
        ("地址", "开票信息"),
        ("备注", ""),
    ]


def test_two_row_header_in_a_text_file_without_merges():
    found = table(
        [
            ["序号", "客户名称", "联系人信息", "", "备注"],
            ["", "", "联系人", "手机", ""],
            ["1", "甲公司", "张三", "13800000000"],
        ]
    )
    assert [(column.heading, column.group) for column in found.columns][2:4] == [
        ("联系人", "联系人信息"),
        ("手机", "联系人信息"),
    ]
    assert len(found.rows) == 1


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["合计", "", "", 2_766_000], LeftOut.total),
        (["", "小计", "", 100], LeftOut.total),
        (["", "2024年12月小计", "", 100], LeftOut.total),
        (["总 计：", "", "", 1], LeftOut.total),
        (["", "Total", "", 1], LeftOut.total),
        (["制表人:王芳", "", "", "审核:"], LeftOut.footer),
        (["备注：以上数据截至昨天"], LeftOut.footer),
        (["序号", "客户名称", "手机", "预计金额"], LeftOut.header),
        ([12, "", "", ""], LeftOut.number_only),
        (["  ", "\u00a0"], LeftOut.blank),
    ],
)
def test_rows_that_are_no_rows_are_left_out_and_counted(row, why):
    found = table(
        [
            ["序号", "客户名称", "手机", "预计金额"],
            [1, "合计机械有限公司", "13800000000", 5],
            row,
            [2, "乙公司", "13900000000", 6],
        ]
    )
    assert cells(found, 1) == ["合计机械有限公司", "乙公司"]
    assert found.left_out == {why: 1}


def test_a_band_across_the_table_is_no_row():
    found = table(
        [["客户名称", "手机", "来源"], ["华东区", "", ""], ["甲公司", "138", "展会"]],
        merges=(Merge(1, 0, 1, 2),),
    )
    assert cells(found, 0) == ["甲公司"]
    assert found.left_out == {LeftOut.section: 1}


def test_merged_cells_reach_down_and_empty_ones_stay_empty():
    found = table(
        [
            ["客户名称", "来源", "联系人"],
            ["甲公司", "展会", "张三"],
            ["乙公司", "", "李四"],
            ["", "", "王五"],
        ],
        merges=(Merge(2, 0, 3, 0), Merge(2, 1, 3, 1)),
    )
    assert cells(found, 0) == ["甲公司", "乙公司", "乙公司"]
    assert cells(found, 1) == ["展会", "", ""]
    assert [row.continues for row in found.rows] == [frozenset(), frozenset(), frozenset({0, 1})]


@pytest.mark.parametrize("ditto", ["同上", "〃", "″", '"', " 同上 ", "ditto"])
def test_ditto_takes_the_last_value_of_its_column(ditto):
    found = table(
        [
            ["客户名称", "来源"],
            ["甲公司", "展会"],
            ["乙公司", ditto],
            ["丙公司", ""],
            ["丁公司", ditto],
        ]
    )
    assert cells(found, 1) == ["展会", "展会", "", "展会"]


def test_a_sheet_without_known_headings_has_no_table():
    assert table([["填表说明"], ["1. 每人一页"], ["2. 金额可写万"]]) is None
    assert table([["a", "b"], ["c", "d"]]) is None
    assert table([]) is None


def test_a_header_may_be_named():
    rows = [["客户名称", "旧表头"], ["甲", "乙"], ["单位", "手机号"], ["丙公司", "138"]]
    found = find_table(Sheet("表", rows), header_row=3)
    assert (headings(found), cells(found, 0)) == (["单位", "手机号"], ["丙公司"])
