"""A whole office acted on by numbers, through the services as people do it."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from app.bootstrap import new_office, open_office
from app.errors import UserError
from app.models.tables.base import Base, Row
from app.models.values.clock import FixedClock
from app.models.values.dates import at_local, zone
from app.models.values.nextstep import Bucket
from app.services.admin import OfficeDraft
from app.services.calibration import CalibrationDraft
from app.services.customers import ChannelDraft, ContactDraft, CustomerDraft
from app.services.customers.bulk import Chosen
from app.services.deals import ContractDraft, PaymentDraft, ShareDraft
from app.services.features import FeatureDraft
from app.services.followups.drafts import FollowupDraft, NextStepDraft
from app.services.jobs import Progress
from app.services.lists import ListFilter
from app.services.radar import RadarDraft
from app.services.staff import StaffDraft
from app.services.staff.handover import Rule, Sharing
from app.services.transfer.exporting import Form
from app.services.transfer.fields import Kind

SHANGHAI = zone("Asia/Shanghai")
START = date(2026, 3, 2)
ACTS = (
    "customer", "customer", "follow", "follow", "sign", "pay", "change", "rename", "contact",
    "recontact", "uncontact", "give", "remove", "calibrate", "learn", "stage", "churn", "back",
    "step", "postpone", "cancel", "void", "reshare", "unfollow", "unsign", "unpay", "radar",
    "bulk_give", "bulk_remove", "bulk_rate", "team", "word", "field", "settings", "bring", "merge",
    "bulk_edit", "restore", "value", "hand_over",
)  # fmt: skip


@cache
def empty_book() -> Path:
    """Make one office; every life begins in a copy of it."""
    folder = Path(tempfile.mkdtemp()) / "life.gendan"
    people = ("甲", "乙", "丙")
    staff = tuple(StaffDraft(name, team="一", role="boss") for name in people)
    draft = OfficeDraft(company="启明", staff=staff, template="manufacturing")
    office, _ = new_office(folder, draft, passphrase=None, clock=FixedClock(0))
    office.close()
    return folder


class Life:
    """Act on a copy of the book: every act takes what there is, or does nothing."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.clock = FixedClock(at_local(START, time(10), SHANGHAI))
        shutil.copytree(empty_book(), place / "life.gendan")
        self.office = open_office(place / "life.gendan", clock=self.clock)
        self.staff = [one.id for one in self.office.staff.all()]
        self.files = 0

    def reopen(self) -> None:
        """Close the book and open it again."""
        self.office.close()
        self.office = open_office(self.place / "life.gendan", clock=self.clock)

    def do(self, act: str, a: int, b: int, c: int) -> None:
        """Do one act, a while after the one before."""
        self.clock.instant += 3_600_000 * (1 + a % 50)
        with contextlib.suppress(UserError):  # a refused act changes nothing
            getattr(self, f"_{act}")(a, b, c)

    def pick(self, number: int) -> int:
        """Return a living customer, making one when there is none."""
        found = self.office.customers.ids(ListFilter())
        return found[number % len(found)] if found else self._customer(number, 0, 0)

    def day(self, number: int) -> date:
        return START - timedelta(number % 400)

    # -- what people do --------------------------------------------------------------------

    def _customer(self, a: int, b: int, c: int) -> int:
        phone = ChannelDraft("mobile", f"138{a:04d}{b % 10_000:04d}")
        contact = ContactDraft(f"孙{a % 9}", "经理", channels=(phone,))
        draft = CustomerDraft(
            f"第{a}号公司", code=f"K{b}" if c % 2 else "", source=("展会", "")[b % 2],
            owner_id=self.staff[c % 3], created_on=self.day(b), contacts=(contact,) * (a % 3),
        )  # fmt: skip
        return self.office.customers.add(draft)

    def _change(self, a: int, b: int, c: int) -> None:
        fields = ({"source": "官网"}, {"note": f"备注{c}"}, {"region": "苏州", "size": "大"})
        self.office.customers.change(self.pick(a), **fields[b % 3])

    def _rename(self, a: int, b: int, _c: int) -> None:
        self.office.customers.change(self.pick(a), name=f"改名{b}公司")

    def _contact(self, a: int, b: int, c: int) -> None:
        phone = ChannelDraft("phone", f"0512-{b % 10_000_000:07d}")
        draft = ContactDraft(f"李{b % 7}", main=bool(c % 2), channels=(phone,))
        self.office.customers.add_contact(self.pick(a), draft)

    def _person(self, a: int, b: int) -> tuple[int, int]:
        customer = self.pick(a)
        people = self.office.customers.contacts(customer)
        if not people:
            raise UserError("nobody", "没有联系人")
        return customer, people[b % len(people)].id

    def _recontact(self, a: int, b: int, c: int) -> None:
        phone = ChannelDraft("mobile", f"139{c:08d}")
        draft = ContactDraft(f"王{c % 5}", "总监", main=bool(c % 2), channels=(phone,))
        self.office.customers.change_contact(*self._person(a, b), draft)

    def _uncontact(self, a: int, b: int, _c: int) -> None:
        self.office.customers.remove_contact(*self._person(a, b))

    def _give(self, a: int, b: int, _c: int) -> None:
        self.office.customers.give_to((self.pick(a),), self.staff[b % 3])

    def _remove(self, a: int, _b: int, _c: int) -> None:
        self.office.customers.remove((self.pick(a),))

    def _calibrate(self, a: int, b: int, c: int) -> None:
        quality = ("valuable", "worthless", "unsure")[b % 3]
        nodes = (("需求确认",), (), ("报价",))[c % 3]
        draft = CalibrationDraft(quality, ("big", "normal")[c % 2], c, nodes=nodes)
        self.office.calibration.save(self.pick(a), draft)

    def _learn(self, a: int, b: int, c: int) -> None:
        fields = self.office.features.fields()
        field = fields[b % len(fields)]
        options = tuple(one.id for one in field.options[: 1 + c % 2])
        self.office.features.learn(self.pick(a), [FeatureDraft(field.id, f"{c}", options)])

    def _stage(self, a: int, b: int, _c: int) -> None:
        self.office.customers.move_stage(self.pick(a), b % 6, "改主意")

    def _churn(self, a: int, _b: int, _c: int) -> None:
        self.office.customers.mark_churned(self.pick(a), "价格")

    def _back(self, a: int, _b: int, _c: int) -> None:
        self.office.customers.win_back(self.pick(a))

    def _follow(self, a: int, b: int, c: int) -> None:
        step = NextStepDraft(Bucket.tomorrow, "keep_in_touch", f"第{b}次") if c % 2 else None
        at = at_local(self.day(b), time(9 + c % 9), SHANGHAI)
        channel = ("phone", "visit", "wechat", "sms")[b % 4]
        draft = FollowupDraft(
            self.pick(a), f"聊{c}", channel, outcome=("", "connected")[a % 2], at=at, next_step=step
        )
        self.office.followups.save(draft)

    def _step(self, a: int, b: int, _c: int) -> None:
        draft = NextStepDraft((Bucket.next_week, Bucket.next_month)[b % 2], "greeting")
        self.office.followups.schedule(self.pick(a), draft)

    def _open_step(self, a: int) -> int:
        opened = self.office.followups.record(self.pick(a)).open
        if not opened:
            raise UserError("none", "没有下步")
        return opened[0].id

    def _postpone(self, a: int, _b: int, _c: int) -> None:
        self.office.followups.postpone(self._open_step(a), Bucket.next_month)

    def _cancel(self, a: int, _b: int, _c: int) -> None:
        self.office.followups.cancel(self._open_step(a), "不用了")

    def _unfollow(self, a: int, b: int, _c: int) -> None:
        chain = [e for e in self.office.followups.timeline(self.pick(a)) if e.kind == "followup"]
        if chain:
            self.office.followups.remove(chain[b % len(chain)].id)

    def _sign(self, a: int, b: int, c: int) -> None:
        shares = tuple(ShareDraft(self.staff[(c + at) % 3], 1 + at) for at in range(c % 3))
        kind = ("new", "renewal", "framework")[b % 3]
        amount = None if kind == "framework" else b
        self.office.deals.add_contract(
            ContractDraft(self.pick(a), self.day(c), amount, kind=kind, shares=shares)
        )

    def _contract(self, a: int) -> int:
        rows = self.office.deals.contracts(self.pick(a)).rows
        if not rows:
            raise UserError("none", "没有合同")
        return int(rows[0].id)

    def _void(self, a: int, _b: int, _c: int) -> None:
        self.office.deals.void_contract(self._contract(a), "客户取消")

    def _reshare(self, a: int, b: int, c: int) -> None:
        shares = [ShareDraft(self.staff[b % 3], 1 + c % 4)]
        self.office.deals.change_contract(self._contract(a), shares, amount_fen=c)

    def _unsign(self, a: int, _b: int, _c: int) -> None:
        self.office.deals.remove_contract(self._contract(a))

    def _pay(self, a: int, b: int, c: int) -> None:
        contract = self._contract(a) if c % 2 else 0
        self.office.deals.add_payment(PaymentDraft(self.pick(a), self.day(b), 1 + c, contract))

    def _unpay(self, a: int, b: int, _c: int) -> None:
        rows = self.office.deals.payments(self.pick(a)).rows
        if rows:
            self.office.deals.remove_payment(rows[b % len(rows)].id)

    def _radar(self, a: int, b: int, c: int) -> None:
        items = self.office.radar.items(self.pick(a))
        if not items or b % 3 == 0:
            self.office.radar.add(self.pick(a), RadarDraft("法人", f"张{c}"))
        elif b % 3 == 1:
            self.office.radar.correct(items[0].id, RadarDraft("法人", f"李{c}", mark="verified"))
        else:
            self.office.radar.remove(items[0].id)

    def _chosen(self, a: int) -> Chosen:
        return Chosen(wanted=ListFilter(), without=frozenset((self.pick(a),)))

    def _bulk_give(self, a: int, b: int, _c: int) -> None:
        self.office.customers.bulk.give_to(self._chosen(a), self.staff[b % 3], Progress())

    def _bulk_remove(self, a: int, _b: int, _c: int) -> None:
        self.office.customers.bulk.remove(self._chosen(a), Progress())

    def _bulk_rate(self, a: int, b: int, _c: int) -> None:
        draft = CalibrationDraft(("valuable", "unsure")[b % 2])
        bulk = self.office.customers.bulk
        self.office.calibration.save_many(bulk, self._chosen(a), draft, Progress())

    def _team(self, a: int, b: int, _c: int) -> None:
        self.office.staff.change(self.staff[a % 3], team=("一", "二", "三")[b % 3])

    def _word(self, a: int, b: int, _c: int) -> None:
        words = self.office.admin.choices("source")
        self.office.admin.rename_choice(words[a % len(words)].id, f"来源{b}")

    def _field(self, a: int, b: int, _c: int) -> None:
        fields = self.office.features.fields()
        self.office.features.change_field(fields[a % len(fields)].id, label=f"特征{b}")

    def _settings(self, a: int, _b: int, _c: int) -> None:
        self.office.admin.change_settings(company=f"公司{a}", fiscal_start_month=1 + a % 12)

    def _bring(self, a: int, b: int, c: int) -> None:
        """Import a sheet with new firms and some that are there."""
        self.files += 1
        path = self.place / f"{self.files}.csv"
        names = [f"进{a % 40}公司", f"进{b % 40}公司", f"第{c}号公司"]
        rows = [f"{name},{('展会', '')[a % 2]},赵{a % 5},137{b:08d}\n" for name in names]
        path.write_text("客户名称,来源,联系人,手机\n" + "".join(rows), "utf-8")
        self.office.transfer.write(self.office.transfer.read([path]))

    def _merge(self, a: int, b: int, c: int) -> None:
        """Merge a customer into another one, some fields from the one, some from the other."""
        kept, other = self.pick(a), self.pick(b)
        if kept != other:
            fields = ("name", "source", "owner")[: c % 4]
            self.office.customers.duplicates.merge((kept, other), dict.fromkeys(fields, other))

    def _bulk_edit(self, a: int, b: int, c: int) -> None:
        field, value = (("source", "官网"), ("size", "大"), ("grade", "small"))[b % 3]
        self.office.customers.bulk.edit(self._chosen(a), field, f"{value}", Progress(), f"{c}")

    def _restore(self, a: int, _b: int, _c: int) -> None:
        rows = self.office.bin.rows().rows
        if rows:
            self.office.bin.restore([rows[a % len(rows)].picked])

    def _value(self, a: int, b: int, _c: int) -> None:
        """Put back one value that was changed before."""
        changes = self.office.history.of_customer(self.pick(a))
        possible = [one for one in changes if one.restorable]
        if possible:
            self.office.history.restore(possible[b % len(possible)])

    def _hand_over(self, a: int, b: int, _c: int) -> None:
        leaver, *others = self.staff[a % 3 :] + self.staff[: a % 3]
        rule = tuple(Rule)[b % len(Rule)]
        estate = self.office.handover.estate(leaver)
        self.office.handover.run(estate, Sharing(rule, tuple(others)), Progress())

    # -- what there is ---------------------------------------------------------------------

    def exported(self) -> bytes:
        """Return everything that can be exported, as a file."""
        path = self.place / "all.json"
        self.office.transfer.export(list(Kind), path, Form.json)
        return path.read_bytes()

    def rows(self) -> dict[str, Any]:
        """Return the living rows of every table of people's records, without their stamps."""
        from sqlalchemy import select

        stamps = {"updated_at", "updated_by", "created_at", "created_by", "batch_id"}
        found: dict[str, Any] = {}
        with self.office.context.read() as reader:
            for entity in tables():
                table = entity.__table__
                kept = [column for column in table.c if column.name not in stamps]
                alive = select(*kept).where(table.c.deleted_at == 0).order_by(table.c.id)
                found[table.name] = [tuple(row) for row in reader.rows(alive)]
            found["settings"] = self.office.admin.settings()
        del found["import_batch"]
        return found

    def unsound(self) -> list[str]:
        """Return the checks of the book that fail."""
        return [one.name for one in self.office.admin.check() if not one.ok]


def tables() -> list[type[Row]]:
    """Return the tables of people's records."""
    every = Base.entities.values()
    return [one for one in every if issubclass(one, Row) and one.KIND is not None]


def as_text(value: Any) -> str:
    """Return a value as text, to be compared and shown."""
    return json.dumps(value, ensure_ascii=False, default=str)
