"""Customers from the command line: search and show."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("typed", "rule"),
    [("恒锐精密", "name"), ("王建明", "contact"), ("13812904417", "phone"), ("hrjm", "pinyin")],
)
def test_search_finds_as_the_search_box_does(gendan, office, typed, rule):
    rows = gendan("search", typed, "--json").json
    assert rows[0]["name"] == "恒锐精密机械有限公司"
    assert rows[0]["rule"] == rule
    assert (rows[0]["contact"], rows[0]["phone"]) == ("王建明", "13812904417")


def test_search_stops_at_its_limit_and_may_find_nothing(gendan, office):
    assert len(gendan("search", "有限公司", "--limit", "3", "--json").json) == 3
    nothing = gendan("search", "没有的公司", "--json")
    assert (nothing.code, nothing.json) == (0, [])


def test_show_tells_everything(gendan, office):
    card = gendan("show", "无锡启明自动化设备有限公司", "--json").json
    assert card["stage"] == "方案"
    assert [one["name"] for one in card["stages"]][:2] == ["新客", "初访"]
    assert card["expected_fen"] == 46_000_000
    assert card["signed_fen"] == card["received_fen"] == 2_400_000
    assert card["contacts"][0]["channels"][0]["kind"]
    assert card["features"]
    assert card["uscc"] is None or card["uscc"]
    timeline = card["timeline"]
    assert {"followup", "calibration", "stage", "contract", "payment"} <= {
        one["kind"] for one in timeline
    }
    assert [one["at"] for one in timeline] == sorted((one["at"] for one in timeline), reverse=True)
    call = next(one for one in timeline if one["channel"] == "phone")
    assert set(call) >= {
        "at", "kind", "channel", "direction", "outcome", "duration_s", "content", "staff",
        "attachments",
    }  # fmt: skip
    assert call["direction"] in ("out", "in", None)
    assert isinstance(call["duration_s"], int)


def test_show_takes_name_code_and_id(gendan, office):
    by_name = gendan("show", "恒锐精密机械有限公司", "--json").json
    assert gendan("show", str(by_name["id"]), "--json").json == by_name
    half = gendan("show", "恒锐精密", "--json")
    assert (half.code, half.json["error"]["code"]) == (1, "no_such_customer")


def test_unknown_is_null(gendan, office):
    card = gendan("show", "华锐紧固件有限公司", "--json").json
    assert (card["quality"], card["expected_fen"], card["calibrated_at"]) == (None, None, None)


def test_people_read_the_card(gendan, office):
    shown = gendan("show", "无锡启明自动化设备有限公司").out
    assert "有价值 大单" in shown
    assert "460,000" in shown
    assert "恒锐精密机械有限公司" in gendan("search", "恒锐").out
