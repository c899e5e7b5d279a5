"""Pasted rows: read from both forms of a clipboard, mapped, checked, changed, written as one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.services.lists import ListFilter
from app.services.transfer.choosing import with_column, with_kind
from app.services.transfer.clipboard import PASTE_MOST, clipboard_book
from app.services.transfer.fields import Kind
from app.services.transfer.outcomes import ImportOptions, Outcome, Policy
from app.services.transfer.pasted import is_headed, only_rows, with_cells, without_rows
from app.services.transfer.sheets import Merge
from app.views.widgets.clip import table_texts

HEADED = "单位名称\t手机\t来源\n恒泰机械有限公司\t13800000001\t展会\n华瑞电子厂\t1390000\t网上"
BARE = "恒泰机械有限公司\t13800000001\n华瑞电子厂\t13900000002"


def rows(text, page=""):
    return clipboard_book("粘贴", text, page).sheets[0].rows


def fields(plan):
    return [one.field if one.applies else "" for one in plan.matches]


# -- the clipboard ---------------------------------------------------------------------------


def test_text_with_tabs_keeps_lines_within_quotes():
    assert rows('a\t"两行\r\n""引""号"\r\nb\t') == [["a", '两行\n"引"号'], ["b"]]


def test_a_stray_quote_swallows_nothing():
    assert rows('5"管\tx\ny\tz') == [['5"管', "x"], ["y", "z"]]


EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td {x: y}</style>
</head><body><table><col width=72><tr height=19><td rowspan=2 class=xl65>华东</td>
<td x:num="13800000001">1.38E+10</td><td>第一行<br>
 第二行</td></tr><tr><td x:num="45296">2024/1/5</td><td>a &amp; b
 c</td></tr><tr><td colspan=2>合并</td><td>##</td></tr></table></body></html>"""


def test_a_page_of_a_spreadsheet_keeps_merges_lines_and_hidden_figures():
    book = clipboard_book("粘贴", "华东\t1.38E+10", EXCEL)
    sheet = book.sheets[0]
    assert sheet.rows == [
        ["华东", "13800000001", "第一行\n第二行"],
        ["", "2024/1/5", "a & b c"],
        ["合并", "", "##"],
    ]
    assert sheet.merges == (Merge(0, 0, 1, 0), Merge(2, 0, 2, 1))


def test_a_page_without_a_table_leaves_the_text():
    assert rows("a\tb", "<p>a b</p>") == [["a", "b"]]


def test_too_many_rows_are_for_a_file():
    assert len(rows("x\n" * PASTE_MOST)) == PASTE_MOST
    with pytest.raises(UserError) as raised:
        rows("x\n" * (PASTE_MOST + 1))
    assert raised.value.code == "import_too_large"


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=6)


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=4))
def test_a_copy_is_pasted_as_it_is(cells):
    text, page = table_texts(cells, heads=0)
    shown = [line.split("\t") for line in text.split("\n")]
    known = [[" ".join(cell.split()) for cell in row] for row in shown]
    found = [[*row, *[""] * (2 - len(row))] for row in rows(text, page)]
    assert [[" ".join(cell.split()) for cell in row] for row in found] == known


@given(st.text(max_size=60))
def test_no_page_breaks_the_reader(noise):
    assert rows("a\tb", f"<table><tr><td>{noise}</table>") is not None


# -- what it is -----------------------------------------------------------------------------


def test_headings_map_by_themselves(office):
    plan = office.transfer.paste(HEADED, "", Kind.contacts)
    assert (plan.kind, is_headed(plan)) == (Kind.customers, True)
    assert fields(plan) == ["name", "mobile", "source"]


def test_rows_without_headings_are_told_by_what_they_hold(office):
    plan = office.transfer.paste(BARE, "", Kind.customers)
    assert (plan.kind, is_headed(plan), fields(plan)) == (Kind.customers, False, ["name", "mobile"])
    assert [row.number for row in plan.table.rows] == [1, 2]


def test_payments_and_followups_without_headings_find_day_amount_and_words(office):
    plan = office.transfer.paste("2026-3-1\t1.2万\n2026-4-1\t800", "", Kind.payments)
    assert fields(plan) == ["paid_on", "amount"]
    given_ = {"customer": "恒泰机械有限公司"}
    plan = office.transfer.paste("2026-3-1\t电话，有意向", "", Kind.followups, given_)
    assert fields(plan) == ["at", "content", "customer"]
    assert plan.table.rows[0].cells[-1] == "恒泰机械有限公司"


def test_a_header_can_be_denied_or_asked_for(office):
    denied = office.transfer.paste(HEADED, "", Kind.customers, headed=False)
    assert len(denied.table.rows) == 3
    asked = office.transfer.paste("甲\t乙\n1\t2", "", Kind.customers, headed=True)
    assert [column.heading for column in asked.table.columns] == ["甲", "乙"]


def test_an_empty_clipboard_is_told(office):
    for text in ("", "\t\n  \t"):
        with pytest.raises(UserError) as raised:
            office.transfer.paste(text, "", Kind.customers)
        assert raised.value.code == "paste_empty"


# -- checking and writing --------------------------------------------------------------------


def planned(office, plan, **options):
    return office.transfer.plan(office.transfer.read_pasted(plan), ImportOptions(**options))


def test_problems_name_row_and_column(office):
    plan = office.transfer.paste(
        "合同编号\t客户名称\t签约日期\t合同金额\nA1\t恒泰\t去年某天\t一堆\n\t\t\t",
        "",
        Kind.contracts,
    )
    found = planned(office, plan)
    told = {(one.row, one.column, one.fatal) for one in (*found.errors, *found.warnings)}
    assert (2, "合同金额", True) in told
    assert {row for row, _column, _fatal in told} == {2}


def test_a_cell_is_put_right_and_a_row_dropped(office):
    plan = office.transfer.paste("客户名称\t建档日期\n甲公司\t某天\n乙公司\t2026-1-2", "",
                                 Kind.customers)  # fmt: skip
    assert [one.row for one in planned(office, plan).errors] == [2]
    better = with_cells(plan, {(0, 1): "2026-1-3"})
    assert [row.outcome for row in planned(office, better).rows] == [Outcome.create] * 2
    assert [row.subject for row in planned(office, without_rows(plan, [2])).rows] == ["乙公司"]
    assert [row.cells[0] for row in only_rows(plan, [2]).table.rows] == ["甲公司"]
    assert plan.table.rows[0].cells[1] == "某天"


def test_columns_and_kind_are_changed_by_hand(office):
    plan = office.transfer.paste("随便\t叫法\n张三\t13800000001", "", Kind.contacts, headed=True)
    assert fields(with_column(plan, 0, "name")) == ["name", "mobile"]
    assert with_kind(plan, Kind.staff).kind is Kind.staff


def test_rows_are_one_batch_that_goes_back(office):
    before = office.customers.count(ListFilter())
    read = office.transfer.read_pasted(office.transfer.paste(BARE, "", Kind.customers))
    report = office.transfer.write(read, ImportOptions())
    assert (report.created, office.customers.count(ListFilter())) == (2, before + 2)
    (batch,) = [one for one in office.transfer.history() if one.id == report.batch_id]
    assert batch.name == "粘贴的内容"
    office.transfer.undo(report.batch_id)
    assert office.customers.count(ListFilter()) == before


@pytest.mark.parametrize(("policy", "source"), [(Policy.fill, "老客户"), (Policy.update, "展会")])
def test_known_rows_follow_the_policy(office, policy, source):
    office.transfer.write(
        office.transfer.read_pasted(
            office.transfer.paste("客户名称\t来源\n恒泰机械有限公司\t老客户", "", Kind.customers)
        )
    )
    plan = office.transfer.paste(HEADED, "", Kind.customers)
    report = office.transfer.write(office.transfer.read_pasted(plan), ImportOptions(policy=policy))
    assert report.updated == 1
    customer_id = office.customers.resolve("恒泰机械有限公司")
    assert office.customers.card(customer_id).source == source
