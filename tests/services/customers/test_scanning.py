"""The look through the whole book: groups with reasons, told apart, merged, and back."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import Cancelled, UserError
from app.services.customers import ChannelDraft, ContactDraft, CustomerDraft
from app.services.customers.duplicates import Typed, Why
from app.services.jobs import Progress
from app.services.lists import ListFilter
from app.services.staff import StaffDraft

CODE = "91350200776049653A"


def _add(office, name, *channels, **fields):
    contact = ContactDraft("王建明", channels=tuple(ChannelDraft(*one) for one in channels))
    return office.customers.add(
        CustomerDraft(name, contacts=(contact,) if channels else (), **fields)
    )


def _groups(office):
    return office.customers.duplicates.scan(Progress()).groups


def _found(office):
    return [
        (group.ids, group.certainty, [reason.why for reason in group.reasons])
        for group in _groups(office)
    ]


def test_each_reason_makes_a_group(office):
    add = office.customers.add
    name = (_add(office, "恒锐精密机械有限公司"), _add(office, "恒锐精密机械（苏州）有限公司"))
    sound = (_add(office, "青禾食品有限公司"), _add(office, "清荷食品有限公司"))
    phone = (
        _add(office, "甲一公司", ("mobile", "138 1290 4417")),
        _add(office, "乙二公司", ("mobile", "+86 13812904417")),
    )
    line = (
        _add(office, "丙三公司", ("phone", "0512-62884100")),
        _add(office, "丁四公司", ("phone", "051262884100")),
    )
    mail = (
        _add(office, "戊五公司", ("email", "wang@Example.com")),
        _add(office, "己六公司", ("email", "wang@example.com")),
    )
    code = add(CustomerDraft("庚七", uscc=CODE)), add(CustomerDraft("辛八", uscc=CODE.lower()))
    person = (
        add(CustomerDraft("王芳", kind="person")),
        add(CustomerDraft("王芳", kind="person")),
    )
    assert sorted(_found(office)) == sorted([
        (name, 96, [Why.name]),
        (sound, 90, [Why.sound]),
        (phone, 90, [Why.phone]),
        (line, 82, [Why.phone]),
        (mail, 88, [Why.mail]),
        (code, 99, [Why.uscc]),
        (person, 80, [Why.name]),
    ])  # fmt: skip
    assert [group.certainty for group in _groups(office)] == [99, 96, 90, 90, 88, 82, 80]


def test_reasons_add_up_and_three_make_one_group(office):
    ids = (
        _add(office, "恒锐机械有限公司", ("mobile", "13812904417"), region="苏州",
             created_on=date(2026, 3, 1)),
        _add(office, "苏州恒锐机械有限责任公司", ("mobile", "13812904417")),
        _add(office, "恒锐机械（苏州）"),
    )  # fmt: skip
    (group,) = _groups(office)
    assert (group.ids, group.certainty) == (ids, 96)
    assert [(one.why, one.percent) for one in group.reasons] == [(Why.name, 96), (Why.phone, 90)]
    first = group.members[0]
    assert (first.name, first.region, first.contact, first.phone, first.created_on) == (
        "恒锐机械有限公司", "苏州", "王建明", "13812904417", date(2026, 3, 1),
    )  # fmt: skip


def test_a_number_of_a_crowd_is_nobodys_own(office):
    for at in range(13):
        _add(office, f"第{'甲乙丙丁戊己庚辛壬癸子丑寅'[at]}家", ("phone", "051262884100"))
    assert _found(office) == []


def test_two_sound_codes_speak_against_a_number(office):
    for name, code in (("甲一", CODE), ("乙二", "91440101MA5CJQ4N59")):
        _add(office, name, ("mobile", "13812904417"), uscc=code)
    assert _found(office) == []


def test_a_short_form_of_many_stands_for_none(office):
    for trade in ("鞋业", "服饰", "物流", "食品"):
        _add(office, f"百川{trade}有限公司")
    _add(office, "百川")
    assert _found(office) == []


def test_the_bin_and_test_records_are_not_looked_at(office):
    _add(office, "恒锐机械有限公司")
    gone = _add(office, "恒锐机械公司")
    trial = _add(office, "恒锐机械")
    office.customers.change(trial, trial=True)
    office.customers.remove((gone,))
    assert _found(office) == []


def test_what_was_told_apart_is_not_offered_again_until_it_is_taken_back(office):
    one, two = _add(office, "恒锐机械有限公司"), _add(office, "苏州恒锐机械")
    duplicates = office.customers.duplicates
    (group,) = _groups(office)
    assert duplicates.still_open([group]) == (group,)
    act = duplicates.tell_apart((two, one))
    assert _groups(office) == duplicates.still_open([group]) == ()
    assert duplicates.suspects(Typed("恒锐机械", own_id=one)) == []
    assert [found.id for found in duplicates.suspects(Typed("恒锐机械"))] == [one, two]
    assert duplicates.tell_apart((one, two)) == 0
    office.undo.take_back(act)
    assert [found.ids for found in _groups(office)] == [(one, two)]
    assert duplicates.still_open([group]) == (group,)


def test_two_told_apart_do_not_meet_by_way_of_a_third(office):
    one, two, three = (
        _add(office, name) for name in ("恒锐机械有限公司", "苏州恒锐机械", "杭州恒锐机械")
    )
    office.customers.duplicates.tell_apart((one, two))
    assert [group.ids for group in _groups(office)] == [(one, three)]


def test_what_was_told_apart_goes_along_with_a_merge(office):
    one, two, three = (
        _add(office, name) for name in ("恒锐机械有限公司", "苏州恒锐机械", "恒锐机械厂有限公司")
    )
    duplicates = office.customers.duplicates
    duplicates.tell_apart((two, three))
    duplicates.tell_apart((one, three))
    act = duplicates.merge((one, two))
    assert one not in {at for group in _groups(office) for at in group.ids}
    office.undo.take_back(act)
    assert [group.ids for group in _groups(office)] == [(one, two)]


def test_a_group_that_was_merged_is_open_again_when_the_merge_is_taken_back(office):
    _add(office, "恒锐机械有限公司")
    _add(office, "苏州恒锐机械")
    duplicates = office.customers.duplicates
    (group,) = _groups(office)
    act = duplicates.merge(group.ids)
    assert _groups(office) == duplicates.still_open([group]) == ()
    office.undo.take_back(act)
    assert duplicates.still_open([group]) == (group,) == _groups(office)


def test_it_tells_how_far_it_is_and_stops_when_asked(office):
    _add(office, "恒锐机械有限公司")
    steps = []
    found = office.customers.duplicates.scan(Progress(lambda *step: steps.append(step)))
    assert found.customers == 1
    assert {words for _done, _total, words in steps} >= {"正在读客户名称", "正在比较名称"}
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        office.customers.duplicates.scan(progress)


def test_who_may_only_read_cannot_tell_apart_or_merge(office):
    ids = _add(office, "恒锐机械有限公司"), _add(office, "苏州恒锐机械")
    office.staff.add(StaffDraft("阅", role="readonly"))
    office.staff.act_as("阅")
    for act in (office.customers.duplicates.tell_apart, office.customers.duplicates.merge):
        with pytest.raises(UserError) as refused:
            act(ids)
        assert refused.value.code == "not_allowed"
    assert len(_groups(office)) == 1


def test_a_customer_told_apart_or_merged_into_can_be_erased(office):
    one, two, three = (
        _add(office, name) for name in ("恒锐机械有限公司", "苏州恒锐机械", "海川塑胶有限公司")
    )
    duplicates = office.customers.duplicates
    duplicates.tell_apart((one, two))
    duplicates.merge((one, three))
    office.customers.remove((one,))
    assert office.bin.purge([("customer", one)])
    assert office.customers.count(ListFilter()) == 1
    assert [check.name for check in office.admin.check() if not check.ok] == []
