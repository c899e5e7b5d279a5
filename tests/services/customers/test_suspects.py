"""The check on entry: who may be the customer that is typed."""

from __future__ import annotations

import random

import pytest

from app.models.values.people import read_firm
from app.services.customers import ChannelDraft, ContactDraft, CustomerDraft
from app.services.customers.duplicates import Typed, Why, likeness

CODE = "91350200776049653A"
OTHER_CODE = "91440101MA5CJQ4N59"


@pytest.fixture
def known(office):
    """Keep four customers and return their ids by a word."""
    people = {one.name: one.id for one in office.staff.all()}
    add = office.customers.add
    wang = ContactDraft("王建明", channels=(ChannelDraft("mobile", "138 1290 4417"),))
    return {
        "恒锐": add(
            CustomerDraft(
                "恒锐精密机械有限公司",
                region="苏州",
                owner_id=people["周敏"],
                contacts=(wang,),
            )
        ),
        "青禾": add(CustomerDraft("杭州青禾食品有限公司", uscc=CODE)),
        "百川": add(CustomerDraft("温州百川鞋业有限公司")),
        "王芳": add(CustomerDraft("王芳", kind="person")),
    }


def _found(office, *, limit=5, **typed):
    return [
        (one.id, one.certainty, [reason.why for reason in one.reasons])
        for one in office.customers.duplicates.suspects(Typed(**typed), limit)
    ]


def test_a_name_and_a_number_add_up(office, known):
    found = office.customers.duplicates.suspects(
        Typed("恒锐精密机械（苏州）有限公司", phones=("+86 138-1290-4417",))
    )
    assert [(one.id, one.name, one.region, one.owner, one.contact) for one in found] == [
        (known["恒锐"], "恒锐精密机械有限公司", "苏州", "周敏", "王建明")
    ]
    assert found[0].certainty == 99
    assert [(r.why, r.percent, r.words) for r in found[0].reasons] == [
        (Why.name, 96, ""),
        (Why.phone, 90, "13812904417"),
    ]


@pytest.mark.parametrize(
    ("typed", "word", "certainty", "why"),
    [
        ({"name": "苏州恒锐机械"}, "恒锐", 80, Why.name),
        ({"name": "恒瑞精密机械有限公司"}, "恒锐", 90, Why.sound),
        ({"name": "百川"}, "百川", 88, Why.short),
        ({"name": "王芳", "kind": "person"}, "王芳", 80, Why.name),
        ({"name": "别的名字", "uscc": CODE.lower()}, "青禾", 99, Why.uscc),
        ({"phones": ("13812904417",)}, "恒锐", 90, Why.phone),
    ],
)
def test_one_reason_is_enough(office, known, typed, word, certainty, why):
    assert _found(office, **typed) == [(known[word], certainty, [why])]


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "恒锐精密机械有限公司", "own_id": "恒锐"},
        {"name": "杭州青禾食品有限公司分店", "uscc": OTHER_CODE},
        {"name": "杭州青禾食品股份有限公司", "uscc": OTHER_CODE},
        {"name": "杭州百川鞋业"},
        {"name": "恒锐精密机械有限公司苏州分公司"},
        {"name": ""},
        {"name": "锐"},
        {"name": " ()", "uscc": "-", "phones": ("12", "")},
        {"name": '" OR "x'},
    ],
)
def test_nobody_is_suspected_without_a_reason(office, known, typed):
    own = {"own_id": known[typed["own_id"]]} if "own_id" in typed else {}
    assert _found(office, **{**typed, **own}) == []


def test_the_bin_is_not_looked_at(office, known):
    office.customers.remove((known["恒锐"],))
    assert _found(office, name="恒锐精密机械有限公司", phones=("13812904417",)) == []


def test_the_short_name_it_goes_by_is_a_name(office, known):
    office.customers.change(known["百川"], short_name="老百川")
    assert _found(office, name="老百川") == [(known["百川"], 96, [Why.name])]


def test_a_short_form_that_fits_many_is_left_out(office, known):
    for trade in ("服饰", "物流", "食品"):
        office.customers.add(CustomerDraft(f"百川{trade}有限公司"))
    assert _found(office, name="百川") == []
    assert len(_found(office, name="百川鞋业", limit=9)) == 1


def test_of_many_alike_those_with_most_in_common_are_shown(office):
    for number in range(80):
        office.customers.add(CustomerDraft(f"百川第{number}精密机械有限公司"))
    nearest = office.customers.add(CustomerDraft("百川精密机械厂"))
    heard = office.customers.add(CustomerDraft("佰川精密机械有限公司"))
    found = [one[0] for one in _found(office, name="百川精密机械有限公司", limit=2)]
    assert found == [nearest, heard]


def test_the_index_misses_nothing_that_comparing_all_would_find(office):
    """Against every name of a book with many alike."""
    dice = random.Random(5)
    brands = ["恒锐", "恒瑞", "衡锐", "宏达", "鸿达", "宏远", "海川", "百川", "恒锐达", "3M", "abc"]
    trades = ["机械", "精密机械", "机械设备", "食品", "鞋业", ""]
    forms = ["有限公司", "股份有限公司", "", "（苏州）有限公司"]
    places = ["苏州", "杭州", "江苏", ""]
    parts = [(a, b, c, d) for a in places for b in brands for c in trades for d in forms]
    names = ["".join(one) for one in dice.sample(parts, 250)]
    ids = {office.customers.add(CustomerDraft(name)): name for name in names}
    for typed in dice.sample(names, 40):
        found = _found(office, name=typed, limit=1000)
        alike = {
            customer_id: reason
            for customer_id, name in ids.items()
            if (reason := likeness.by_name(read_firm(typed), read_firm(name))) is not None
        }
        short = [one for one in alike.values() if one.why is Why.short]
        wanted = {
            customer_id: reason.percent
            for customer_id, reason in alike.items()
            if reason.why is not Why.short or len(short) <= 3
        }
        assert {one[0]: one[1] for one in found} == wanted


def test_a_mail_address_tells_too_however_it_is_written(office, known):
    mail = ContactDraft("赵六", channels=(ChannelDraft("email", "Zhao.Liu@QingHe.cn"),))
    office.customers.add_contact(known["青禾"], mail)
    found = _found(office, name="完全不同的一家", mails=(" zhao.liu@qinghe.CN ",))
    assert found == [(known["青禾"], 88, [Why.mail])]
    assert _found(office, name="完全不同的一家", mails=("zhao.liu", "@")) == []
    assert office.customers.same_phone("ZHAO.LIU@qinghe.cn") == [
        (known["青禾"], "杭州青禾食品有限公司")
    ]
