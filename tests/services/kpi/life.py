"""A random life of an office: acts by numbers, each taking what there is."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from app.errors import UserError
from app.models.store.book import create_book, open_book
from app.models.tables.base import Row
from app.models.tables.customers import Customer
from app.models.tables.deals import Contract, Opportunity, Payment
from app.models.tables.followups import FollowUp
from app.models.values.clock import FixedClock
from app.models.values.dates import at_local, zone
from app.services.calibration import CalibrationDraft
from app.services.customers import CustomerDraft
from app.services.deals import ContractDraft, PaymentDraft, ShareDraft
from app.services.followups.drafts import FollowupDraft
from app.services.office import run_office
from app.services.staff import StaffDraft

SHANGHAI = zone("Asia/Shanghai")
START = date(2025, 8, 20)
SPAN = 500
numbers = st.integers(0, 2**16)
WEIGHTS = {
    "customer": 3, "sign": 3, "follow": 4, "pay": 1, "void": 1, "redate": 1, "reshare": 1,
    "remove": 1, "restore": 1, "trial": 1, "merge": 1, "give": 1, "calibrate": 1, "churn": 1,
    "back": 1, "team": 1, "undo": 1, "repoint": 1, "many": 1, "historic": 1, "chance": 1,
}  # fmt: skip
acts = st.sampled_from([act for act, weight in WEIGHTS.items() for _ in range(weight)])
histories = st.lists(st.tuples(acts, numbers, numbers, numbers), min_size=4, max_size=40)


class Life:
    """Act on a book by numbers: every act takes what there is, or does nothing."""

    def __init__(self, folder: Path):
        self.clock = FixedClock(0)
        self.office = run_office(open_book(folder), self.clock)
        self.today = START + timedelta(60)
        self.at(self.today)
        for name, team in (("甲", "一"), ("乙", "一"), ("丙", "二")):
            self.office.staff.add(StaffDraft(name, team=team, role="boss"))
        self.office.staff.act_as_first()
        self.staff = [one.id for one in self.office.staff.all()]
        self.ids: dict[type[Row], list[int]] = {
            kind: [] for kind in (Customer, Contract, FollowUp, Payment)
        }

    def at(self, day: date) -> None:
        self.clock.instant = at_local(day, time(10), SHANGHAI)

    def pick(self, kind, number):
        found = self.ids[kind]
        return found[number % len(found)] if found else None

    def do(self, act: str, a: int, b: int, c: int) -> None:
        self.today += timedelta(a % 9)
        self.at(self.today)
        if act in ("customer", "many") or self.ids[Customer]:
            with contextlib.suppress(UserError):  # a refused act changes nothing
                getattr(self, f"_{act}")(a, b, c)

    def day(self, number: int) -> date:
        return START + timedelta(number % SPAN)

    def write(self, act) -> None:
        with self.office.context.write() as unit:
            act(unit)

    # -- acts -------------------------------------------------------------

    def _customer(self, a, b, c):
        draft = CustomerDraft(
            f"第{len(self.ids[Customer])}号公司",
            owner_id=self.staff[a % 3],
            created_on=self.day(b),
            source=("展会", "官网", "")[c % 3],
            region_code=("320500", "", "310000")[c % 3],
            region=("苏州", "无锡", "上海")[a % 3],
            industry=("IT", "生产")[b % 2],
            kind=("company", "person")[c % 2],
        )
        self.ids[Customer].append(self.office.customers.add(draft))
        if c % 11 == 0:
            newest = self.ids[Customer][-1]
            self.write(lambda unit: unit.change(Customer, newest, created_on=None))

    def _sign(self, a, b, c):
        kind = ("new", "new", "renewal", "supplement", "framework")[a % 5]
        fen = None if kind == "framework" else (b % 1000) * 33
        shares = tuple(ShareDraft(self.staff[(c + at) % 3], 1 + at) for at in range(c % 3))
        draft = ContractDraft(
            self.pick(Customer, a),
            self.day(b * 7 + c),
            fen,
            kind=kind,
            status=("active", "done", "ended", "draft", "active")[c % 5],
            shares=shares,
            as_new=a % 7 == 0,
            signer_id=self.staff[b % 3],
        )
        self.ids[Contract].append(self.office.deals.add_contract(draft))

    def _follow(self, a, b, c):
        draft = FollowupDraft(
            self.pick(Customer, a),
            content="聊",
            channel=("visit", "phone", "phone", "sms", "wechat", "mail", "other", "phone")[c % 8],
            direction=("out", "in")[b % 2],
            outcome=("", "connected", "missed")[a % 3],
            duration_s=(-1, 0, 45)[c % 3],
            at=at_local(self.day(b * 3 + a), time(9 + c % 9), SHANGHAI),
            staff_id=self.staff[c % 3],
        )
        self.ids[FollowUp].append(self.office.followups.save(draft).followup_id)

    def _chance(self, a, b, c):
        begun = self.day(b)
        state = ("open", "won", "lost")[c % 3]
        row = {
            "customer_id": self.pick(Customer, a),
            "owner_id": self.staff[b % 3] if b % 4 else 0,
            "expected_fen": -1 if c % 5 == 0 else c,
            "created_on": begun,
            "closed_on": None if state == "open" else begun + timedelta(a % 200),
            "state": state,
        }
        self.write(lambda unit: unit.add(Opportunity, **row))

    def _pay(self, a, b, c):
        contract = self.pick(Contract, c) if c % 2 else None
        draft = PaymentDraft(
            self.pick(Customer, a), self.day(b), 1 + b % 977, contract or 0,
            staff_id=self.staff[a % 3],
        )  # fmt: skip
        self.ids[Payment].append(self.office.deals.add_payment(draft))

    def _void(self, a, _b, _c):
        if contract := self.pick(Contract, a):
            self.office.deals.void_contract(contract, "客户取消")

    def _redate(self, a, b, c):
        if contract := self.pick(Contract, a):
            self.office.deals.change_contract(contract, signed_on=self.day(b), amount_fen=c)

    def _reshare(self, a, b, c):
        if contract := self.pick(Contract, a):
            shares = [ShareDraft(self.staff[(b + at) % 3], 1 + (c + at) % 4) for at in range(b % 4)]
            self.office.deals.change_contract(contract, shares)

    def _remove(self, a, b, _c):
        kind = (Customer, Contract, FollowUp, Payment)[a % 4]
        if row := self.pick(kind, b):
            self.write(lambda unit: unit.remove(kind, row))

    def _restore(self, a, b, _c):
        kind = (Customer, Contract, FollowUp, Payment)[a % 4]
        if row := self.pick(kind, b):
            self.write(lambda unit: unit.bring_back(kind, row))

    def _trial(self, a, b, _c):
        row = self.pick(Customer, a)
        self.write(lambda unit: unit.change(Customer, row, trial=bool(b % 2)))

    def _historic(self, a, b, _c):
        row = self.pick(Customer, a)
        self.write(lambda unit: unit.change(Customer, row, historic=bool(b % 2)))

    def _merge(self, a, b, _c):
        survivor, twin = self.pick(Customer, a), self.pick(Customer, b)
        if survivor == twin:
            return

        self.office.customers.duplicates.merge((survivor, twin))

    def _give(self, a, b, _c):
        self.office.customers.give_to((self.pick(Customer, a),), self.staff[b % 3])

    def _calibrate(self, a, b, c):
        draft = CalibrationDraft(
            ("valuable", "worthless", "unsure")[b % 3], ("big", "normal", "small")[c % 3], c
        )
        self.office.calibration.save(self.pick(Customer, a), draft)

    def _churn(self, a, _b, _c):
        self.office.customers.mark_churned(self.pick(Customer, a), "没有预算")

    def _back(self, a, _b, _c):
        self.office.customers.win_back(self.pick(Customer, a))

    def _team(self, a, b, _c):
        self.office.staff.change(self.staff[a % 3], team=("一", "二", "三")[b % 3])

    def _undo(self, _a, _b, _c):
        act = self.office.undo.last()
        if act is not None:
            self.office.undo.take_back(act.id)

    def _repoint(self, a, b, _c):
        row, to = self.pick(FollowUp, a), self.pick(Customer, b)
        if row:
            self.write(lambda unit: unit.change(FollowUp, row, customer_id=to))

    def _many(self, a, b, c):
        """Import a chunk: customers with spells, contracts and follow-ups in one unit."""

        def act(unit):
            customers = unit.add_many(
                Customer,
                [
                    {"name": f"进{a}-{at}", "created_on": self.day(b + at * 31), "source": "官网",
                     "owner_id": self.staff[at % 3], "historic": at % 4 == 3}
                    for at in range(1 + a % 4)
                ],
            )  # fmt: skip
            self.ids[Customer] += customers
            self.ids[Contract] += unit.add_many(
                Contract,
                [
                    {"customer_id": one, "signed_on": self.day(c + one % 300), "amount_fen": 100,
                     "status": "active", "signer_id": self.staff[c % 3]}
                    for one in customers
                ],
            )  # fmt: skip
            self.ids[FollowUp] += unit.add_many(
                FollowUp,
                [
                    {"customer_id": one, "on": self.day(a + at * 17), "counts": True,
                     "channel": "visit", "staff_id": self.staff[at % 3]}
                    for one in (*customers, *self.ids[Customer][:2]) for at in range(3)
                ],
            )  # fmt: skip

        self.write(act)


@cache
def empty_book() -> Path:
    """Make one empty book; every life begins in a copy of it."""
    made = create_book(Path(tempfile.mkdtemp()) / "life.gendan", passphrase=None).book
    made.close()
    return made.folder


def lived(history):
    folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    place = Path(folder.name) / "life.gendan"
    shutil.copytree(empty_book(), place)
    life = Life(place)
    for step in history:
        life.do(*step)
    return folder, life
