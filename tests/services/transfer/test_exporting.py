"""An export imports again without loss, and no cell of it can be run."""

from __future__ import annotations

import csv
import json
import string
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import i18n
from app.bootstrap import demo_office, new_office
from app.errors import Cancelled, UserError
from app.models.values.clock import FixedClock
from app.models.values.dates import parse_instant, zone
from app.models.values.people import company_key
from app.models.values.text import fold
from app.services.admin import OfficeDraft
from app.services.admin.demo import DemoDraft
from app.services.customers.drafts import ChannelDraft, ContactDraft, CustomerDraft
from app.services.deals import ContractDraft, PaymentDraft, ShareDraft
from app.services.followups.drafts import FollowupDraft, NextStepDraft
from app.services.jobs import Progress
from app.services.staff import StaffDraft
from app.services.transfer.exporting import Form, form_of
from app.services.transfer.fields import FIELDS, Kind
from app.services.transfer.marks import literal, marked, needs_mark, tidied
from app.services.transfer.outgoing.columns import COLUMNS, SHEETS, headings, is_export

CLOCK = FixedClock(parse_instant("2026-11-20 18:00", zone("Asia/Shanghai")))
ALL = list(Kind)


def place(folder, form, name="all"):
    return folder / name if form is Form.csv else folder / f"{name}.{form}"


def rows_of(office, folder, name="rows.json"):
    """Return everything in a book, in no order."""
    path = folder / name
    office.transfer.export(ALL, path, Form.json)
    found = json.loads(path.read_text("utf-8"))
    return {
        kind: sorted(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
        for kind, rows in found.items()
    }


def imported(path, folder):
    """Import an export into a new book; return its office and the report."""
    office, _ = new_office(folder, OfficeDraft(company="新"), passphrase=None, clock=CLOCK)
    return office, office.transfer.write(office.transfer.read([path]))


@pytest.fixture
def full(office):
    """Fill a book with one of everything."""
    staff = {one.name: one.id for one in office.staff.all()}
    owner = staff["陈立"]
    contact = ContactDraft(
        "王经理", title="", part="决策人", gender="", main=True, note="爱喝茶",
        channels=(ChannelDraft("mobile", "+86 138 0000 0001"), ChannelDraft("wechat", "wx_1")),
    )  # fmt: skip
    customer_id = office.customers.add(CustomerDraft(
        "=恒泰(原老厂机械)有限公司", code="-1", source="@展会", note="第一行\n  第二行",
        owner_id=owner,
        created_on=date(2026, 1, 5), contacts=(contact, ContactDraft("王经理二")), historic=True,
    ))  # fmt: skip
    office.customers.add(CustomerDraft("无日期", created_on=None, owner_id=owner))
    shares = (ShareDraft(owner, 70), ShareDraft(staff["周敏"], 30))
    contract = office.deals.add_contract(
        ContractDraft(customer_id, date(2026, 2, 3), 1_000_050, "A1", "设备", shares=shares)
    )
    office.deals.add_contract(ContractDraft(customer_id, date(2026, 2, 4), None, kind="framework"))
    office.deals.add_payment(
        PaymentDraft(customer_id, date(2026, 3, 1), 5_001, contract, method="电汇")
    )
    step = NextStepDraft("next_week", "sign_collect", "带合同", staff_id=owner)
    office.followups.save(FollowupDraft(customer_id, "同上", outcome="connected", duration_s=61,
                                        staff_id=owner, next_step=step))  # fmt: skip
    office.customers.mark_churned(customer_id, "价格")
    return office


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_of_everything_comes_back(full, tmp_path, form, language):
    before = rows_of(full, tmp_path)
    i18n.set_language(language)
    path = place(tmp_path, form)
    counts = full.transfer.export(ALL, path, form).counts
    assert {str(kind): count for kind, count in counts.items()} == {
        kind: len(rows) for kind, rows in before.items()
    }
    again, report = imported(path, tmp_path / "again.gendan")
    assert report.errors == ()
    assert rows_of(again, tmp_path, "again.json") == before
    again.close()


@pytest.mark.parametrize("form", Form)
def test_a_whole_office_comes_back(tmp_path, form):
    office, _, _ = demo_office(
        tmp_path / "demo.gendan", DemoDraft(customers=60, seed=5), passphrase=None, clock=CLOCK
    )
    before = rows_of(office, tmp_path)
    path = place(tmp_path, form)
    office.transfer.export(ALL, path, form)
    office.close()
    again, report = imported(path, tmp_path / "again.gendan")
    after = rows_of(again, tmp_path, "again.json")
    assert [one for one in again.admin.check(deep=True) if not one.ok] == []
    again.close()
    assert report.errors == ()
    assert {kind for kind in before if before[kind] != after[kind]} <= {"customers"}
    assert len(set(before["customers"]) ^ set(after["customers"])) <= 4  # stages moved by hand


NASTY = st.text(
    st.sampled_from(
        "=+-@＝＋－＠'\"\t ,;|\n　 同上无合计〃#N/A:_x000D_&<>%😀é一二" + string.digits
    ),
    max_size=12,
)


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(NASTY, NASTY, NASTY, NASTY), min_size=1, max_size=8), st.sampled_from(Form)
)
def test_nasty_texts_come_back_as_they_are(texts, form):
    with TemporaryDirectory() as place_:
        folder = Path(place_)
        staff = (StaffDraft("林建国", role="boss"),)
        office, _ = new_office(
            folder / "a.gendan",
            OfficeDraft(company="旧", staff=staff),
            passphrase=None,
            clock=CLOCK,
        )
        keys = set()
        for number, (name, source, note, content) in enumerate(texts):
            full_name = fold(f"{name}公司{number}")
            if company_key(full_name) in keys:
                continue
            keys.add(company_key(full_name))
            customer_id = office.customers.add(
                CustomerDraft(
                    full_name, code=f"K{number}", source=source, note=note, short_name=name
                )
            )
            office.followups.save(FollowupDraft(customer_id, content))
        before = rows_of(office, folder)
        path = place(folder, form)
        office.transfer.export(ALL, path, form)
        office.close()
        again, report = imported(path, folder / "b.gendan")
        assert report.errors == ()
        assert rows_of(again, folder, "again.json") == before
        again.close()


@given(NASTY)
def test_a_mark_comes_off_as_it_went_on(text):
    shown = marked(text)
    kept = literal(shown)
    assert (kept if kept is not None else tidied(shown)) == text
    assert shown in (text, f"'{text}")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        " =1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "\r=1",
        "'=1",
        "''",
    ],
)
def test_what_could_be_run_is_marked(text):
    assert marked(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["王芳", "第一行\n第二行", "A-1", "价格：5万", "设计院", "13800000001", "'"]
)
def test_what_is_plain_is_left_alone(text):
    assert not needs_mark(text)


def test_a_workbook_holds_texts_days_and_amounts_but_no_formula(full, tmp_path):
    path = tmp_path / "all.xlsx"
    full.transfer.export(ALL, path, Form.xlsx)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [SHEETS[kind] for kind in Kind]
    for sheet in book:
        assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "d", "b"}
    customer = next(book["客户"].iter_rows(min_row=2, values_only=True))
    assert customer[:2] == ("'-1", "'=恒泰(原老厂机械)有限公司")
    contract = next(book["合同"].iter_rows(min_row=2, values_only=True))
    assert (contract[0], contract[5], contract[4].date()) == ("A1", 10_000.5, date(2026, 2, 3))
    phone = next(book["联系人"].iter_rows(min_row=2, values_only=True))[6]
    assert phone == "'+86 138 0000 0001"


def test_csv_speaks_to_spreadsheet_programs(full, tmp_path):
    path = tmp_path / "合同.csv"
    full.transfer.export([Kind.contracts], path, Form.csv)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        head, first, second = csv.reader(stream)
    assert head == headings(Kind.contracts)
    row = dict(zip(head, first, strict=True))
    assert (row["合同金额"], row["合同状态"], row["业绩分成"]) == (
        "10000.50",
        "执行中",
        "陈立:70,周敏:30",
    )
    assert dict(zip(head, second, strict=True))["合同金额"] == ""


def test_json_speaks_to_programs(full, tmp_path):
    path = tmp_path / "x.json"
    full.transfer.export([Kind.contracts], path, Form.json)
    first, second = json.loads(path.read_text("utf-8"))
    assert (first["amount_fen"], first["signed_on"], first["status"]) == (
        1_000_050,
        "2026-02-03",
        "active",
    )
    assert second["amount_fen"] is None
    full.transfer.export([Kind.followups], path, Form.json)
    (row,) = json.loads(path.read_text("utf-8"))
    assert (row["at"], row["duration_s"], row["channel"]) == (
        "2026-11-23T10:00:00+08:00",
        61,
        "phone",
    )
    full.transfer.export([Kind.products], path, Form.json)
    assert json.loads(path.read_text("utf-8")) == []


def test_only_the_customers_asked_for(full, tmp_path):
    wanted = full.customers.resolve("无日期")
    path = tmp_path / "x.json"
    report = full.transfer.export(ALL, path, Form.json, customer_ids=[wanted])
    found = {str(kind): count for kind, count in report.counts.items()}
    assert (found["customers"], found["contacts"], found["contracts"]) == (1, 0, 0)


def test_a_stopped_export_leaves_the_file_of_before(full, tmp_path):
    class Stopped(Progress):
        def step(self, done, total, text=""):
            raise Cancelled

    path = tmp_path / "x.xlsx"
    path.write_bytes(b"before")
    with pytest.raises(Cancelled):
        full.transfer.export(ALL, path, Form.xlsx, progress=Stopped())
    assert path.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir() if "part" in one.name] == []


def test_an_export_overwrites_only_an_export(full, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "photo.jpg").write_bytes(b"x")
    for path, form in (
        (tmp_path / "mine", Form.csv),
        (tmp_path / "mine", Form.xlsx),
        (tmp_path / "none" / "x.xlsx", Form.xlsx),
    ):
        with pytest.raises(UserError) as raised:
            full.transfer.export(ALL, path, form)
        assert raised.value.code == "export_place"
    assert (tmp_path / "mine" / "photo.jpg").read_bytes() == b"x"
    full.transfer.export(ALL, tmp_path / "out", Form.csv)
    full.transfer.export(ALL, tmp_path / "out", Form.csv)
    assert len(list((tmp_path / "out").iterdir())) == len(ALL)


def test_every_column_is_a_field_and_heads_tell_an_export():
    for kind in Kind:
        keys = [column.key for column in COLUMNS[kind]]
        assert set(keys) <= {field.key for field in FIELDS[kind]}
        assert len(set(keys)) == len(keys)
        assert is_export(kind, headings(kind))
        assert is_export(kind, headings(kind, "en"))
        assert not is_export(kind, headings(kind)[:-1])


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.csv", Form.csv), ("a.JSON", Form.json), ("a", Form.xlsx), ("a.x", Form.xlsx)],
)
def test_a_name_asks_for_a_form(name, form):
    assert form_of(Path(name)) is form
