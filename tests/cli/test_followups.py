"""The follow-up chain from the command line: follow and today."""

from __future__ import annotations

import pytest

BUCKETS = [
    "overdue", "later_today", "tonight", "tomorrow", "this_week", "next_week", "next_month",
    "later",
]  # fmt: skip
FIRM = "恒锐精密机械有限公司"


def _items(gendan, *words):
    groups = gendan(*words, "today", "--json").json["groups"]
    assert [group["bucket"] for group in groups] == BUCKETS
    return {group["bucket"]: group["items"] for group in groups}


@pytest.mark.parametrize(
    ("when", "bucket", "start", "end"),
    [
        ("later_today", "later_today", "2026-11-23T15:46:00+08:00", "2026-11-23T18:00:00+08:00"),
        ("tonight", "tonight", "2026-11-23T18:00:00+08:00", "2026-11-23T22:00:00+08:00"),
        ("tomorrow", "tomorrow", "2026-11-24T09:00:00+08:00", "2026-11-24T18:00:00+08:00"),
        ("this_week", "this_week", "2026-11-23T14:46:00+08:00", "2026-11-29T23:59:59.999+08:00"),
        ("next_week", "next_week", "2026-11-30T00:00:00+08:00", "2026-12-06T23:59:59.999+08:00"),
        ("next_month", "next_month", "2026-12-01T00:00:00+08:00", "2026-12-31T23:59:59.999+08:00"),
        ("2026-12-08", "date", "2026-12-08T09:00:00+08:00", "2026-12-08T18:00:00+08:00"),
        ("2026-12-08 15:30", "date", "2026-12-08T15:30:00+08:00", "2026-12-08T16:30:00+08:00"),
        ("下周三", "date", "2026-12-02T09:00:00+08:00", "2026-12-02T18:00:00+08:00"),
        ("明天", "tomorrow", "2026-11-24T09:00:00+08:00", "2026-11-24T18:00:00+08:00"),
        ("明天下午3点", "tomorrow", "2026-11-24T15:00:00+08:00", "2026-11-24T16:00:00+08:00"),
        ("12月25日", "date", "2026-12-25T09:00:00+08:00", "2026-12-25T18:00:00+08:00"),
        ("1月5日", "date", "2027-01-05T09:00:00+08:00", "2027-01-05T18:00:00+08:00"),
        ("周末", "date", "2026-11-28T00:00:00+08:00", "2026-11-29T23:59:59.999+08:00"),
        ("月底前", "date", "2026-11-23T14:46:00+08:00", "2026-11-30T23:59:59.999+08:00"),
        ("季度内", "date", "2026-11-23T14:46:00+08:00", "2026-12-31T23:59:59.999+08:00"),
        (
            "2026-12-08T15:30:00+09:00",
            "date",
            "2026-12-08T14:30:00+08:00",
            "2026-12-08T15:30:00+08:00",
        ),
    ],
)
def test_follow_resolves_the_next_step(gendan, office, when, bucket, start, end):
    answer = gendan("follow", FIRM, "--text", "谈了光源", "--next", when, "--json")
    assert answer.code == 0
    step = answer.json["next_step"]
    assert step["bucket"] == bucket
    assert step["window_start"].startswith(start[:19])
    assert step["window_end"].startswith(end[:19])
    assert step["window_start"].endswith("+08:00")


def test_a_follow_up_is_on_the_timeline_and_today(gendan, office):
    told = ("--text", "  约了看样机 ", "--channel", "微信", "--what", "看样机")
    saved = gendan("--actor", "陈立", "follow", "KH-nope", *told, "--json")
    assert (saved.code, saved.json["error"]["code"]) == (1, "no_such_customer")
    planned = ("--next", "tomorrow", "--plan", "培养需求")
    saved = gendan(
        "--actor", "陈立", "follow", "华锐紧固件有限公司", *told, *planned, "--json"
    ).json
    entry = gendan("show", "华锐紧固件有限公司", "--json").json["timeline"][0]
    assert entry["kind"] in ("followup", "stage")
    entry = next(
        one
        for one in gendan("show", str(saved["customer_id"]), "--json").json["timeline"]
        if one["kind"] == "followup"
    )
    assert (entry["content"], entry["channel"], entry["staff"]) == ("约了看样机", "wechat", "陈立")
    assert entry["at"] == "2026-11-23T14:46:00+08:00"
    mine = [one for one in _items(gendan)["tomorrow"] if one["customer"] == "华锐紧固件有限公司"]
    assert [(one["plan"], one["what"], one["staff"]) for one in mine] == [
        ("nurture_need", "看样机", "陈立")
    ]


def test_a_backdated_follow_up_keeps_its_time(gendan, office):
    answer = gendan("follow", FIRM, "--text", "补记", "--at", "2026-11-19T09:05:00+08:00", "--json")
    assert answer.json["next_step"] is None
    entries = gendan("show", FIRM, "--json").json["timeline"]
    assert [one["at"] for one in entries if one["content"] == "补记"] == [
        "2026-11-19T09:05:00+08:00"
    ]


def test_a_step_is_answered_by_its_number(gendan, office):
    step = _items(gendan)["overdue"][0]
    words = ("follow", step["customer"], "--text", "办好了", "--step", str(step["id"]))
    assert gendan(*words, "--next", "next_week", "--json").code == 0
    assert step["id"] not in [one["id"] for one in _items(gendan)["overdue"]]


def test_only_an_open_step_of_the_customer_is_answered(gendan, office):
    step = _items(gendan)["overdue"][0]
    other = ("follow", "华锐紧固件有限公司", "--text", "x", "--step", str(step["id"]), "--json")
    refused = gendan(*other)
    assert (refused.code, refused.json["error"]["code"]) == (1, "no_such_step")
    mine = ("follow", step["customer"], "--text", "办好了", "--step", str(step["id"]), "--json")
    assert gendan(*mine).code == 0
    assert gendan(*mine).json["error"]["code"] == "no_such_step"
    words = [one["content"] for one in gendan("show", FIRM, "--json").json["timeline"]]
    assert words.count("办好了") == (step["customer"] == FIRM)


def test_today_holds_the_groups_of_the_picture(gendan, office):
    items = _items(gendan)
    assert [one["customer"] for one in items["overdue"]] == [
        "恒锐精密机械有限公司", "宏泰模具有限公司", "海川塑胶制品有限公司",
    ]  # fmt: skip
    first = items["tonight"][0]
    assert first["has_clock"] is True
    assert first["window_start"] == "2026-11-23T20:00:00+08:00"
    assert (first["quality"], first["grade"], first["plan"]) == ("valuable", "big", "build_rapport")


def test_today_of_one_person(gendan, office):
    everybody, mine = _items(gendan), gendan("today", "--staff", "陈立", "--json").json
    names = {one["staff"] for group in mine["groups"] for one in group["items"]}
    assert names == {"陈立"}
    assert sum(map(len, everybody.values())) > sum(len(one["items"]) for one in mine["groups"])
    assert gendan("today", "--staff", "没有人", "--json").json["error"]["code"] == "no_such_staff"


@pytest.mark.parametrize(
    "words",
    [
        ("--next", "someday"),
        ("--channel", "pigeon"),
        ("--plan", "nothing", "--next", "tomorrow"),
        ("--plan", "greeting"),
        ("--at", "whenever"),
        ("--at", "1900-01-01"),
        ("--next", "2026-02-30"),
        ("--step", "99999999999999999999"),
    ],
)
def test_what_is_not_understood_is_wrong_use(gendan, office, words):
    before = len(gendan("show", FIRM, "--json").json["timeline"])
    answer = gendan("follow", FIRM, "--text", "x", *words, "--json")
    assert (answer.code, answer.json["error"]["code"]) == (2, "usage")
    assert len(gendan("show", FIRM, "--json").json["timeline"]) == before


def test_people_read_the_agenda_in_words(gendan, office):
    shown = gendan("today").out
    assert "逾期 3" in shown
    assert "2026-11-22 18:00" in shown
    saved = gendan("follow", FIRM, "--text", "谈了", "--next", "tonight", "--plan", "greeting").out
    assert "今晚 普通问候" in saved
    assert "没有下步" in gendan("follow", FIRM, "--text", "再谈").out
