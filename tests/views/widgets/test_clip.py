"""Cells on the clipboard: texts stay texts, figures and days are what they are."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtGui import QGuiApplication

from app.models.values.forms import Form
from app.views.widgets.clip import copy_table, plain_cell, table_texts


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (46_000_050, Form.money, "460000.50"),
        (0.198, Form.rate, "0.198"),
        (7200, Form.hours, "2.00"),
        (12, Form.whole, "12"),
        (date(2026, 11, 3), Form.day, "2026-11-03"),
        (datetime.fromisoformat("2026-11-03T09:05"), Form.moment, "2026-11-03 09:05:00"),
        (None, Form.money, ""),
        ("两行\n一格\t字", Form.text, "两行 一格 字"),
        ("=1+1", Form.text, "'=1+1"),
        ("+86 138", Form.text, "'+86 138"),
        ("@SUM(A1)", Form.mixed, "'@SUM(A1)"),
    ],
)
def test_a_cell_is_written_as_it_is_typed(value, form, shown):
    assert plain_cell(value, form) == shown


def test_figures_days_and_texts_tell_a_spreadsheet_what_they_are():
    lines = [["公司", "金额", "日期", "编号"], ["恒<泰>", 46_000_050, date(2026, 11, 3), "0012"]]
    text, page = table_texts(lines, [Form.text, Form.money, Form.day, Form.text])
    assert text == "公司\t金额\t日期\t编号\n恒<泰>\t460000.50\t2026-11-03\t0012"
    assert "<td>恒&lt;泰&gt;</td>" in page
    assert 'x:num="460000.5">460000.50</td>' in page
    assert "yyyy" in page
    assert "mso-number-format:'\\@'\">0012</td>" in page


def test_a_figure_as_people_write_it_is_left_to_the_program():
    _text, page = table_texts([["19.8%"]], [Form.mixed], heads=0)
    assert "<td>19.8%</td>" in page


def test_both_forms_are_on_the_clipboard(qapp):
    assert copy_table([["名称"], ["恒泰"], ["华瑞"]]) == 2
    mime = QGuiApplication.clipboard().mimeData()
    assert (mime.hasHtml(), mime.text()) == (True, "名称\n恒泰\n华瑞")
