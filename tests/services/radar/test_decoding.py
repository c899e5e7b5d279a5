"""What code and phones of a customer say: region, names, places, the same number elsewhere."""

from __future__ import annotations

from app.services.customers import CustomerDraft
from app.services.customers.drafts import ChannelDraft, ContactDraft
from app.services.radar import RadarDraft
from app.services.radar.decoding import place_in
from app.services.staff import StaffDraft


def add(office, name, *numbers, **more):
    channels = tuple(ChannelDraft("mobile", one) for one in numbers)
    contacts = (ContactDraft("孙丽", channels=channels),) if numbers else ()
    return office.customers.add(CustomerDraft(name, contacts=contacts, **more))


def test_the_code_is_decoded_beside_name_and_address(office):
    number = add(
        office, "厦门鹭影光电有限公司", uscc="9135021359498494XQ", address="厦门市翔安区安岭路1号"
    )
    found = office.radar.decoded(number).identity
    assert found.report.valid
    assert found.report.decoded["region"] == "福建省厦门市翔安区"
    assert (found.names_differ, found.elsewhere) == ("", "")


def test_another_name_and_another_place_are_said(office):
    number = add(office, "厦门鹭影光电有限公司", region="江苏苏州")
    office.radar.add(number, RadarDraft("统一代码", "9135021359498494XQ"))
    office.radar.add(number, RadarDraft("企业名称", "厦门别家光电有限公司"))
    found = office.radar.decoded(number).identity
    assert found.names_differ == "厦门别家光电有限公司"
    assert found.elsewhere == "苏州"


def test_a_wrong_code_says_which_character(office):
    number = add(office, "常州恒力", uscc="91350203M0001QAY9B")
    report = office.radar.decoded(number).identity.report
    assert report.problem.format(**report.values) == "第 18 位应为 9"
    assert "91350203M0001QAY99" in report.suggestions


def test_a_landline_of_another_city_is_in_conflict(office):
    number = add(office, "苏州明远", address="苏州市工业园区星湖街328号")
    office.radar.add(number, RadarDraft("电话", "028-85123456、0512-62345678"))
    away, home = office.radar.decoded(number).phones
    assert (away.digits, away.conflict, away.kind) == ("02885123456", "苏州", "固话")
    assert "成都" in away.place
    assert home.conflict == ""


def test_the_same_number_elsewhere_is_named(office):
    one = add(office, "苏州明远", "13805127746")
    add(office, "常州恒力", "138-0512-7746")
    office.staff.add(StaffDraft("小王", addresses=(("mobile", "13805127746"),)))
    (phone,) = office.radar.decoded(one).phones
    assert (phone.person, phone.kind) == ("孙丽", "手机")
    assert phone.also_at == ("常州恒力", "小王")


def test_nothing_is_said_of_nothing(office):
    found = office.radar.decoded(add(office, "空"))
    assert found.identity is None
    assert found.phones == ()
    assert office.radar.decoded(1) == found


def test_places_in_words():
    assert place_in("江苏省苏州市工业园区") == "苏州"
    assert place_in("江苏") == "江苏"
    assert place_in("某地") == ""
