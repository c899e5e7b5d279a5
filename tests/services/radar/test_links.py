"""Link templates (product.md 5.5): variables, encodings, allowed schemes, what was opened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.services.customers import CustomerDraft
from app.services.customers.drafts import ChannelDraft, ContactDraft
from app.services.radar.links import DEFAULTS, SCHEMES, Link, address_of, check, lacking, values_of
from app.services.staff import StaffDraft


@pytest.fixture
def card(office):
    channels = (
        ChannelDraft("mobile", "138 0512 7746"),
        ChannelDraft("email", "sun@qiming.example"),
    )
    number = office.customers.add(
        CustomerDraft(
            "无锡启明（自动化）",
            uscc="91350200776049653A",
            region="江苏无锡",
            contacts=(ContactDraft("孙丽", channels=channels),),
        )
    )
    return office.customers.card(number)


def test_every_variable_has_its_value(card):
    assert values_of(card) == {
        "name": "无锡启明(自动化)", "short": "无锡启明(自动化)", "uscc": "91350200776049653A",
        "mobile": "13805127746", "phone": "13805127746", "qq": "", "email": "sun@qiming.example",
        "city": "江苏无锡", "contact": "孙丽",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("address", "encoding", "expected"),
    [
        ("https://a.cn/s?q={contact}", "utf-8", "https://a.cn/s?q=%E5%AD%99%E4%B8%BD"),
        ("https://a.cn/s?q={contact|gbk}", "utf-8", "https://a.cn/s?q=%CB%EF%C0%F6"),
        ("https://a.cn/s?q={contact}", "gbk", "https://a.cn/s?q=%CB%EF%C0%F6"),
        ("https://a.cn/{uscc|raw}", "utf-8", "https://a.cn/91350200776049653A"),
        ("tel:{mobile|digits}", "utf-8", "tel:13805127746"),
        ("mailto:{email|raw}", "utf-8", "mailto:sun@qiming.example"),
    ],
)
def test_values_are_written_in_their_encoding(card, address, encoding, expected):
    link = Link("一个", address, encoding=encoding)
    assert address_of(link, values_of(card), SCHEMES) == expected


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "file:///etc/passwd", "data:text/html,a", "a.cn/{name}", "",
        "https://a.cn/{nobody}", "https://a.cn/{name|latin}", "https:///{name}", "https://a.cn/ b",
        "https://a.cn/{name", "vbscript:x", "ms-settings:x", "{name}://a.cn",
    ],
)  # fmt: skip
def test_what_may_not_be_opened_is_refused(card, address):
    with pytest.raises(UserError) as told:
        address_of(Link("一个", address), values_of(card), SCHEMES)
    assert told.value.code == "bad_link"
    assert told.value.advice


@given(st.text(max_size=60))
def test_no_value_changes_where_a_link_goes(value):
    found = address_of(Link("一个", "https://a.cn/s?q={name}"), {"name": value}, SCHEMES)
    assert found.startswith("https://a.cn/s?q=")
    assert found.isascii()
    assert " " not in found


def test_a_raw_value_cannot_break_out(card):
    link = Link("一个", "https://a.cn/{name|raw}")
    with pytest.raises(UserError):
        address_of(link, {"name": "a b\nc"}, SCHEMES)


def test_what_a_customer_lacks_is_told(card):
    assert lacking(Link("一个", "tencent:{qq}/{name}"), values_of(card)) == ["qq"]


def test_the_ones_a_book_begins_with_are_sound(office):
    for link in DEFAULTS:
        check(link, SCHEMES)
        assert link.address.startswith("https://")
    assert office.radar.links.all() == list(DEFAULTS)


def test_links_are_changed_ordered_removed_and_brought_back(office):
    links = office.radar.links
    links.save([Link("只有这个", "https://a.cn/{name}", digit=1), DEFAULTS[0]])
    first, second = links.all()
    assert (first.title, first.digit, second.title) == ("只有这个", 1, DEFAULTS[0].title)
    links.save([second])
    assert [one.id for one in links.all()] == [second.id]
    office.undo.take_back(office.context.last_act_id)
    assert [one.title for one in links.all()] == ["只有这个", DEFAULTS[0].title]


def test_one_bad_link_writes_none(office):
    with pytest.raises(UserError):
        office.radar.links.save([Link("好", "https://a.cn"), Link("坏", "file:///x")])
    assert office.radar.links.all() == list(DEFAULTS)


def test_the_manager_adds_a_scheme(office, card):
    link = Link("加 QQ", "tencent://message/?uin={qq}")
    with pytest.raises(UserError):
        office.radar.links.save([link])
    office.admin.change_settings(link_schemes="tencent weixin")
    office.radar.links.save([link])
    assert office.radar.links.all()[0].title == "加 QQ"


def test_what_was_opened_is_kept_and_is_no_follow_up(office, card):
    link = office.radar.links.all()[1]
    address = office.radar.links.address(link, card)
    office.radar.links.note_opened(card.id, link, address)
    (opened,) = office.radar.links.opened(card.id)
    assert (opened.title, opened.address, opened.at) == (link.title, address, office.context.now())
    assert office.customers.card(card.id) == card
    assert all(one.ok for one in office.admin.check())


def test_a_seller_uses_links_and_does_not_change_them(office, card):
    office.staff.add(StaffDraft("小王", role="sales"))
    office.staff.act_as("小王")
    links = office.radar.links
    links.note_opened(card.id, DEFAULTS[0], DEFAULTS[0].address)
    with pytest.raises(UserError) as told:
        links.save([])
    assert told.value.code == "not_allowed"
