"""Habits 10, 15, 17 and 18: what stands in single cells."""

from datetime import date

import pytest

from app.models.values.dates import business_day
from tests.services.transfer.conftest import CHINA


def one(drafts):
    (draft,) = drafts
    return draft


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (
            "王芳3.5电话：有意向\n李明3.12拜访：已报价",
            [("2026-03-05", "phone", "王芳", "有意向"), ("2026-03-12", "visit", "李明", "已报价")],
        ),
        (
            "1、2025.3.5 打电话没人接 2、3.8加微信",
            [("2025-03-05", "phone", "", "打电话没人接"), ("2025-03-08", "wechat", "", "加微信")],
        ),
        (
            "2024年11月3日电话沟通；12月5日上门；1月8日签合同",
            [
                ("2024-11-03", "phone", "", "电话沟通"),
                ("2024-12-05", "visit", "", "上门"),
                ("2025-01-08", "other", "", "签合同"),
            ],
        ),
        (
            "【2025-03-05】电话沟通，要3.5米的料\n【2025-03-12】寄样",
            [
                ("2025-03-05", "phone", "", "要3.5米的料"),
                ("2025-03-12", "other", "", "寄样"),
            ],
        ),
    ],
)
def test_10_followups_with_their_authors_and_years(drafts, book, cell, told):
    found = one(drafts(book([["客户名称", "跟进记录"], ["甲公司", cell]])))
    assert told == [
        (business_day(f.at, CHINA).isoformat(), f.channel, f.staff, f.content)
        for f in found.followups
    ]


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("张三/总经理", [("张三", "总经理")]),
        ("张三,李四(财务)", [("张三", ""), ("李四", "财务")]),
        ("张三 采购经理", [("张三", "采购经理")]),
    ],
)
def test_15_a_title_behind_a_stroke_is_no_second_person(drafts, book, cell, people):
    found = one(drafts(book([["客户名称", "联系人"], ["甲公司", cell]])))
    assert [(contact.name, contact.title) for contact in found.contacts] == people


def test_17_a_column_in_which_everybody_wrote_days_another_way(read, book):
    days = {
        "2024年元月5日": date(2024, 1, 5),
        "二〇二四年一月五日": date(2024, 1, 5),
        "5-Jan-24": date(2024, 1, 5),
        "Jan 5, 2024": date(2024, 1, 5),
        "2024/1/5 星期五": date(2024, 1, 5),
        "2024-1-5。": date(2024, 1, 5),
        "24.01.05": date(2024, 1, 5),
        "12/20/2024": date(2024, 12, 20),
        "1/5/2024": date(2024, 1, 5),
        "45296": date(2024, 1, 5),
        "去年3月5日": date(2025, 3, 5),
        "今年3月": date(2026, 3, 1),
        "—": None,
    }
    vague = ["去年底", "3月初", "2024Q1", "2024年第一季度", "下半年"]
    rows = [[f"公司{at}", cell] for at, cell in enumerate([*days, *vague])]
    (sheet,) = read(book([["客户名称", "创建日期"], *rows])).sheets
    assert [draft.created_on for draft in sheet.drafts] == [*days.values(), *([None] * len(vague))]
    assert [one.value for one in sheet.problems if not one.fatal] == vague


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [
        ("(500)", -500),
        ("－500", -500),
        ("5万~8万元", 50_000),
        ("不含税12000", 12_000),
        ("10万左右", 100_000),
        ("1.5亿", 150_000_000),
        ("3万5", 35_000),
        ("壹万元整", 10_000),
    ],
)
def test_18_amounts_as_people_say_them(drafts, book, cell, yuan):
    rows = [["客户名称", "预计金额"], ["甲公司", cell]]
    assert one(drafts(book(rows))).expected_fen == yuan * 100
