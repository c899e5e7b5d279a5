"""下次联系时间 in a sheet of customers becomes the next step of each."""

from datetime import date

import pytest

from app.models.values.dates import business_day
from app.services.lists import ListFilter


@pytest.fixture
def bring(office, write_csv):
    def write(rows):
        head = "客户名称,行业,最后跟进时间,最后跟进记录,下次联系时间,下一步计划\n"
        return office.transfer.write(office.transfer.read([write_csv(head + rows)]))

    return write


def steps(office):
    listing = office.records["next_steps"]
    rows = listing.rows(listing.ids(ListFilter()))
    zone = office.context.zone
    return {one.customer: (business_day(one.window_end, zone), one.what) for one in rows}


def test_days_and_fuzzy_words_become_next_steps(office, bring):
    report = bring(
        "甲公司,机械,2026.11.2,电话聊了,2026-12-01,送样品\n乙公司,机械,,,下月,\n丙公司,机械,,,,\n"
    )
    assert report.errors == ()
    assert steps(office) == {
        "甲公司": (date(2026, 12, 1), "送样品"),
        "乙公司": (date(2026, 12, 31), ""),
    }


def test_a_day_that_was_met_since_opens_nothing(office, bring):
    bring("甲公司,机械,2026.11.2,电话聊了,2026-10-20,回访\n")
    assert steps(office) == {}


def test_the_same_sheet_again_opens_no_second_step(office, bring):
    row = "甲公司,机械,,,2026-12-01,送样品\n"
    bring(row)
    bring(row)
    listing = office.records["next_steps"]
    assert listing.count(ListFilter()) == 1


def test_words_that_are_no_time_are_told(office, bring):
    report = bring("甲公司,机械,,,等老板回来,送样品\n")
    assert [one.value for one in report.warnings] == ["等老板回来"]
    assert steps(office) == {}
