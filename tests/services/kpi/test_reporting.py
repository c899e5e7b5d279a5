"""Reports: what they hold, and workbooks whose numbers are numbers."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from app import i18n
from app.errors import UserError
from app.models.values.forms import scaled
from app.services.kpi.queries import KpiFilter, KpiQuery
from app.services.kpi.reporting import macro_tables
from app.services.kpi.reporting.monthly import month_before, monthly_report
from app.services.kpi.reporting.shapes import Form
from app.services.kpi.reporting.workbook import write_workbook


@pytest.fixture
def october(worked):
    return monthly_report(worked.office, "2026-10")


def _by_name(table):
    return {row[0]: row for row in table.rows}


def test_the_monthly_report_says_what_the_worked_data_says(october):
    heads, trend, _periods, money, people = october.tables
    deal = _by_name(heads)["首次客单价"]
    assert (deal[1].value, deal[1].form, deal[-1]) == (3_100_000.0, Form.money, 3)
    assert trend.charted == (1, 2)
    assert len(trend.rows) == 12
    assert _by_name(money)["2026-10"][1:] == (9_300_000, 2_000_000)
    assert people.rows[-1][0] == "合计"
    assert people.rows[-1][2] == 11_300_000
    assert people.totals == 1


def test_a_month_that_is_over_is_whole_and_compared_with_whole_months(worked, october):
    assert october.tables[1].rows[-1][0] == "2026-10"
    found = worked.office.kpi.macro(
        KpiQuery("2026-10", "2026-10", as_of=date(2026, 10, 31), align=False)
    )
    before = found.periods[0].metrics["cycle_days"].mom.base
    assert _by_name(october.tables[0])["跟单周期"][4].value == before
    running = monthly_report(worked.office, "2026-11")
    assert running.tables[1].rows[-1][0] == "2026-11 *"


def test_definitions_tell_formula_period_filter_and_day(october):
    rows = october.definitions.rows
    assert [row[0] for row in rows[:3]] == ["期间 2026-10", "筛选 全部", "算到 2026-10-31"]
    assert _by_name(october.definitions)["首次客单价"][1].startswith("期内首次签约客户")


def test_the_workbook_has_live_numbers_and_charts(october, tmp_path):
    path = tmp_path / "月报.xlsx"
    write_workbook(october, path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[0] == "2026-10"
    assert book.sheetnames[-1] == "指标说明"
    sheet = book["2026-10"]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=4)}
    deal = rows["首次客单价"][1]
    assert (deal.value, deal.number_format) == (31_000, "#,##0.00")
    share = rows["转化率"][1]
    assert isinstance(share.value, int | float)
    assert share.number_format == "0.0%"
    assert len(book["转化率趋势"]._charts) == 1
    assert not list(tmp_path.glob(".*.part"))


def test_a_text_that_looks_like_a_formula_stays_a_text(worked, tmp_path):
    found = macro_tables.filter_words(KpiFilter(source="=1+1"), staff="", team="")
    assert found == "来源 =1+1"
    made = monthly_report(worked.office, "2026-10")
    bad = type(made)(made.title, ("=1+1",), made.tables[:1], made.definitions)
    write_workbook(bad, tmp_path / "a.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_english_reports_have_no_han_but_names(worked):
    i18n.set_language("en")
    made = monthly_report(worked.office, "2026-10")
    assert made.title == "2026-10 monthly report"
    heads = [column.title for table in made.tables for column in table.columns]
    assert all(head.isascii() for head in heads)


def test_a_month_to_come_and_a_wrong_one_are_refused(worked):
    for label, code in (("2027-01", "not_yet"), ("2026-13", "bad_period")):
        with pytest.raises(UserError) as refused:
            monthly_report(worked.office, label)
        assert refused.value.code == code


def test_an_empty_office_has_a_report_too(office, tmp_path):
    made = monthly_report(office, "2026-10")
    assert _by_name(made.tables[0])["转化率"][1].value is None
    write_workbook(made, tmp_path / "empty.xlsx")
    assert (tmp_path / "empty.xlsx").stat().st_size > 1000


def test_a_workbook_that_cannot_be_written_is_told(october, tmp_path):
    with pytest.raises(UserError) as refused:
        write_workbook(october, tmp_path / "none" / "a.xlsx")
    assert refused.value.code == "export_failed"


def test_units_and_the_month_before():
    assert (scaled(150, Form.money), scaled(7200, Form.hours), scaled(0.5, Form.rate)) == (
        1.5, 2.0, 0.5,
    )  # fmt: skip
    assert month_before(date(2026, 1, 15)).label == "2025-12"
