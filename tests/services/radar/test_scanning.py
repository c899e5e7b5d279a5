"""Codes to scan: dial, SMS and card within 600 bytes, read back by a vCard reader."""

from __future__ import annotations

import vobject
from hypothesis import given
from hypothesis import strategies as st

from app.services.customers.drafts import ChannelView, ContactView
from app.services.radar.scanning import MOST_BYTES, dial, plain, sms, visiting_card


def contact(name="孙丽", title="工艺主管", *channels):
    views = tuple(ChannelView(at, kind, raw, raw, False, False) for at, (kind, raw) in
                  enumerate(channels))  # fmt: skip
    return ContactView(1, name, title, "", True, views)


def test_numbers_to_dial_and_to_write_to():
    assert dial("13805127746") == "tel:13805127746"
    assert sms("13805127746") == "SMSTO:13805127746:"
    assert sms("13805127746", "明天\n九点半") == "SMSTO:13805127746:明天 九点半"


def test_a_card_is_read_back():
    card = visiting_card(
        contact("孙丽", "主管;一部", ("phone", "051085217300"), ("mobile", "13805127746"),
                ("email", "sun@qiming.example"), ("qq", "338126")),
        "无锡启明,自动化", "无锡市新吴区",
    )  # fmt: skip
    read = vobject.readOne(card)
    assert read.fn.value == "孙丽"
    assert [one.value for one in read.contents["tel"]] == ["13805127746", "051085217300"]
    assert read.org.value == ["无锡启明,自动化"]
    assert read.title.value == "主管;一部"
    assert "qq" not in card.lower()


@given(
    st.text(max_size=300), st.text(max_size=300), st.text(max_size=400),
    st.lists(st.tuples(st.sampled_from(["mobile", "email"]), st.text(max_size=80)), max_size=8),
)  # fmt: skip
def test_no_code_is_larger_than_a_phone_reads(name, title, text, channels):
    card = visiting_card(contact(name, title, *channels), text, text)
    for code in (card, sms("13805127746", text * 4), plain(text * 4)):
        assert len(code.encode()) <= MOST_BYTES
    assert card.endswith("END:VCARD")
    assert card.count("BEGIN:VCARD") == 1 or "BEGIN:VCARD" in name + title + text
