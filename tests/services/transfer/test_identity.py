"""Everything exported, imported into a new book and exported again is the same, byte for byte."""

from __future__ import annotations

import json
import string
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.bootstrap import demo_office, new_office
from app.models.tables.customers import Customer
from app.models.values.clock import FixedClock
from app.models.values.dates import parse_instant, zone
from app.services.admin import OfficeDraft
from app.services.admin.demo import DemoDraft
from app.services.transfer.exporting import Encoding, Form
from app.services.transfer.fields import Kind

CLOCK = FixedClock(parse_instant("2026-11-20 18:00", zone("Asia/Shanghai")))
ALL = list(Kind)
WHOLE = (Kind.products, Kind.customers, Kind.opportunities, Kind.contracts, Kind.payments)
"""Kinds of which every row drawn is one of its own; talks of a day may fold into one."""
FORMS = (
    (Form.xlsx, Encoding.utf8),
    (Form.csv, Encoding.utf8),
    (Form.csv, Encoding.gbk),
    (Form.json, Encoding.utf8),
)
START = date(2024, 1, 1)

LETTERS = st.sampled_from("=+-@＝＋'\" ,;|\n　上同无合计#é甲乙丙丁😀" + string.ascii_letters)
TEXT = st.text(LETTERS, max_size=8).map(str.strip)
WORD = st.text(st.sampled_from("甲乙丙丁戊己庚辛ABC"), min_size=2, max_size=5)
DAY = st.integers(0, 1_050).map(lambda days: (START + timedelta(days)).isoformat())
FEN = st.integers(0, 10**9)
SECONDS = st.integers(1, 4_000)
MOMENT = st.integers(0, 1_050 * 24 * 60).map(
    lambda minutes: (
        f"{START + timedelta(minutes // 1440)}T{minutes // 60 % 24:02d}:{minutes % 60:02d}:00+08:00"
    )
)
STAFF = ("林建国", "周敏", "陈立")
MOBILES = st.integers(0, 10**8 - 1).map(lambda tail: f"138{tail:08d}")


def maybe(values):
    return st.one_of(st.none(), values)


def choice(*values):
    return st.sampled_from([None, *values])


@st.composite
def documents(draw):
    """Draw everything of a small office as an export to JSON writes it."""
    staff = [{"name": name, "department": draw(maybe(WORD)), "post": draw(maybe(WORD)),
              "role": role, "joined_on": draw(maybe(DAY))}
             for name, role in zip(STAFF, ("boss", "sales", "lead"), strict=True)]  # fmt: skip
    names = [f"{word}公司{at}" for at, word in enumerate(draw(st.lists(WORD, max_size=4)))]
    customers = [draw(customer(name, at)) for at, name in enumerate(names)]
    return {
        "staff": staff,
        "products": [draw(product(at)) for at in range(draw(st.integers(0, 2)))],
        "customers": customers,
        "contacts": [draw(contact(one, f"{draw(WORD)}{at}")) for one in customers
                     for at in range(draw(st.integers(0, 2)))],
        "opportunities": [draw(opportunity(one, at)) for one in customers
                          for at in range(draw(st.integers(0, 2)))],
        "contracts": [draw(contract(one, at)) for one in customers
                      for at in range(draw(st.integers(0, 2)))],
        "payments": [draw(payment(one, at)) for one in customers
                     for at in range(draw(st.integers(0, 2)))],
        "followups": [draw(followup(one)) for one in customers
                      for _at in range(draw(st.integers(0, 2)))],
        "next_steps": [draw(step(one)) for one in customers
                       for _at in range(draw(st.integers(0, 1)))],
        "features": FEATURES,
        "feature_values": [draw(value(one, feature)) for one in customers for feature in FEATURES
                           if feature["type"] in VALUES and draw(st.booleans())],
        "radar": [draw(fact(one, at)) for one in customers
                  for at in range(draw(st.integers(0, 2)))],
        "stage_moves": [draw(move(one)) for one in customers
                        for _at in range(draw(st.integers(0, 3)))],
    }  # fmt: skip


def customer(name, at):
    return st.fixed_dictionaries(
        {
            "code": st.just(f"K{at}"), "name": st.just(name), "short_name": maybe(TEXT),
            "kind": st.sampled_from(["company", "person", "public", "other"]),
            "industry": maybe(WORD), "source": maybe(TEXT), "size": maybe(WORD),
            "address": maybe(TEXT), "website": maybe(WORD), "created_on": DAY,
            "owner": st.sampled_from(STAFF), "grade": choice("big", "normal", "small"),
            "quality": choice("valuable", "worthless", "unsure"), "expected_fen": maybe(FEN),
            "expected_on": maybe(DAY), "region": choice("江苏苏州", "上海"),
            "parent": choice(None, "总公司"),
            "life": choice("churned"), "churned_on": DAY, "churn_reason": maybe(WORD),
            "historic": st.booleans(), "note": maybe(TEXT),
            "tags": st.lists(WORD, max_size=3, unique_by=str.lower).map("、".join),
        }
    ).map(alive)  # fmt: skip


def alive(one):
    """Return a customer without the end that only one who left has."""
    if one["life"] is None:
        one |= {"churned_on": None, "churn_reason": None}
    return one


def of(one):
    return {"customer_code": st.just(one["code"]), "customer": st.just(one["name"])}


def product(at):
    return st.fixed_dictionaries(
        {"code": st.just(f"P{at}"), "name": WORD.map(lambda word: f"{word}{at}"),
         "category": maybe(WORD), "spec": maybe(TEXT), "unit": maybe(WORD),
         "price_fen": maybe(FEN), "cost_fen": maybe(FEN), "note": maybe(TEXT)}
    )  # fmt: skip


def contact(one, name):
    return st.fixed_dictionaries(
        of(one) | {"name": st.just(name), "title": maybe(WORD), "part": maybe(WORD),
                   "gender": choice("male", "female"), "mobile": maybe(MOBILES),
                   "qq": maybe(st.integers(10_000, 10**9).map(str)), "birthday": maybe(DAY),
                   "note": maybe(TEXT)}
    )  # fmt: skip


def opportunity(one, at):
    return st.fixed_dictionaries(
        of(one) | {"name": WORD.map(lambda word: f"{word}{at}"), "amount_fen": maybe(FEN),
                   "created_on": DAY, "owner": st.sampled_from(STAFF),
                   "expected_on": maybe(DAY), "note": maybe(TEXT)}
    )  # fmt: skip


def contract(one, at):
    return st.fixed_dictionaries(
        of(one) | {"code": st.just(f"{one['code']}-{at}"), "name": maybe(TEXT),
                   "signed_on": DAY, "amount_fen": maybe(FEN),
                   "status": st.sampled_from(["draft", "active", "done", "ended"]),
                   "kind": st.sampled_from(["new", "renewal", "supplement"]),
                   "signer": st.sampled_from(STAFF),
                   "shares": choice("周敏:70,陈立:30", "林建国:1,陈立:2"), "note": maybe(TEXT),
                   "void": st.booleans(), "void_on": DAY, "void_reason": maybe(WORD)}
    ).map(voided)  # fmt: skip


def voided(one):
    """Return a contract that is void as a whole, or not at all."""
    if one.pop("void"):
        return one | {"status": "void"}
    return one | {"void_on": None, "void_reason": None}


def payment(one, at):
    return st.fixed_dictionaries(
        of(one) | {"code": st.just(f"{one['code']}/{at}"), "paid_on": DAY,
                   "amount_fen": st.integers(-10**7, 10**8), "method": maybe(WORD),
                   "staff": st.sampled_from(STAFF), "note": WORD}
    )  # fmt: skip


def followup(one):
    return st.fixed_dictionaries(
        of(one) | {"at": MOMENT, "channel": st.sampled_from(["phone", "visit", "wechat", "mail"]),
                   "direction": st.sampled_from(["out", "in"]),
                   "outcome": choice("connected", "missed"), "duration_s": maybe(SECONDS),
                   "content": TEXT.map(lambda text: f"谈{text}"), "staff": st.sampled_from(STAFF)}
    )  # fmt: skip


def step(one):
    return st.fixed_dictionaries(
        of(one) | {"when": st.sampled_from(["tomorrow", "this_week", "next_week", "next_month"]),
                   "plan_kind": choice("keep_in_touch", "sign_collect"), "what": maybe(TEXT),
                   "staff": st.sampled_from(STAFF), "state": choice("open", "done", "cancelled"),
                   "done_at": maybe(MOMENT)}
    )  # fmt: skip


def defined(at, kind, **more):
    plain = {"key": f"f{at}", "label": f"特征{at}", "type": kind, "unit": "", "help": "",
             "required": False, "importance": 1, "options": "", "setup": "",
             "archived": False}  # fmt: skip
    return plain | more


OPTIONS = [["大、中", "red", False, -1, -1], ["小", "", False, 0, -1], ["旧的", "", True, -1, 1]]
FLAT = [[*one[:3], -1, one[4]] for one in OPTIONS]
"""Label, colour, archived, the place of the one above it and of the one it went into."""
FEATURES = [
    defined(0, "text", help="用在哪\n怎么用", required=True),
    defined(1, "number", unit="条", importance=5),
    defined(2, "money"),
    defined(3, "date", archived=True),
    defined(
        4,
        "single",
        setup=json.dumps(
            {
                "options": FLAT,
                "places": 0,
                "single_use": True,
                "talks": [["[f1] > 3", "谈产量", "某厂"]],
            }
        ),
    ),
    defined(5, "multi", options="甲\n甲、乙\n乙"),
    defined(6, "yes_no"),
    defined(7, "cascade", setup=json.dumps({"options": OPTIONS})),
    defined(8, "number", setup=json.dumps({"options": [], "with_target": True, "most": "9"})),
    defined(9, "formula", setup=json.dumps({"options": [], "expression": "[f1] * 2"})),
    defined(10, "customer"),
    defined(11, "licence"),
]
VALUES = {
    "cascade": st.sampled_from(["大、中", "大、中 / 小", "旧的"]),
    "customer": WORD,
    "licence": WORD,
    "text": TEXT.map(lambda text: f"值{text}"),
    "number": st.integers(-(10**6), 10**6).map(lambda tenths: f"{tenths}.5"),
    "money": st.integers(0, 10**6).map(str),
    "date": DAY,
    "single": st.sampled_from(["大、中", "小", "旧的"]),
    "multi": st.sampled_from(["甲", "甲、乙", "甲、甲、乙", "乙"]),
    "yes_no": st.sampled_from(["是", "否"]),
}


def value(one, feature):
    return st.fixed_dictionaries(
        of(one) | {"key": st.just(feature["key"]), "label": st.just(feature["label"]),
                   "value": VALUES[feature["type"]], "learnt_on": DAY,
                   "staff": st.sampled_from(STAFF)}
    )  # fmt: skip


def fact(one, at):
    return st.fixed_dictionaries(
        of(one) | {"section": st.sampled_from(["identity", "phones", "background", "news"]),
                   "label": WORD.map(lambda word: f"{word}{at}"), "value": TEXT, "source": TEXT,
                   "found_on": DAY, "staff": st.sampled_from(STAFF),
                   "mark": st.sampled_from(["verified", "unchecked", "conflicting"]),
                   "position": st.integers(0, 9), "tag": maybe(WORD), "expires_on": maybe(DAY),
                   "confidence": choice("high", "low")}
    )  # fmt: skip


def move(one):
    return st.fixed_dictionaries(
        of(one) | {"at": MOMENT, "stage": st.sampled_from(["初访", "方案", "成交"]),
                   "source": st.sampled_from(["manual", "auto"]), "reason": maybe(WORD),
                   "staff": st.sampled_from(STAFF)}
    )  # fmt: skip


def filled(folder, source):
    """Import a file into a new book; return its office."""
    office, _ = new_office(folder, OfficeDraft(company="办"), passphrase=None, clock=CLOCK)
    report = office.transfer.write(office.transfer.read([source]))
    assert report.errors == ()
    return office


def moved_back(office):
    """Move every customer that got anywhere back to the start by hand."""
    with office.context.read() as reader:
        moved = reader.rows(select(Customer.id).where(Customer.stage_position > 0))
    for (customer_id,) in moved:
        office.customers.move_stage(customer_id, 0, reason="重新来过")


def place(folder, form):
    return folder / "all" if form is Form.csv else folder / f"all.{form}"


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(documents(), st.sampled_from(FORMS))
def test_an_export_fills_a_new_book_with_the_same(found, chosen):
    form, encoding = chosen
    with TemporaryDirectory() as place_:
        folder = Path(place_)
        first = folder / "drawn.json"
        first.write_text(json.dumps(found, ensure_ascii=False), "utf-8")
        office = filled(folder / "a.gendan", first)
        again = None
        try:
            moved_back(office)
            before, carried = folder / "before.json", place(folder, form)
            counts = office.transfer.export(ALL, before, Form.json).counts
            assert {kind: counts[kind] for kind in WHOLE} == {
                kind: len(found[kind]) for kind in WHOLE
            }
            office.transfer.export(ALL, carried, form, encoding=encoding)
            again = filled(folder / "b.gendan", carried)
            after = folder / "after.json"
            again.transfer.export(ALL, after, Form.json)
            assert after.read_text("utf-8") == before.read_text("utf-8")
        finally:
            office.close()
            if again is not None:
                again.close()


def test_an_office_of_years_keeps_its_order(tmp_path):
    made = demo_office(
        tmp_path / "a.gendan", DemoDraft(customers=60, seed=3), passphrase=None, clock=CLOCK
    )
    office = made[0]
    before = tmp_path / "before.json"
    office.transfer.export(ALL, before, Form.json)
    office.close()
    again = filled(tmp_path / "b.gendan", before)
    after = tmp_path / "after.json"
    again.transfer.export(ALL, after, Form.json)
    again.close()
    assert after.read_text("utf-8") == before.read_text("utf-8")
