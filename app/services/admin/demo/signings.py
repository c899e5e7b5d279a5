"""Opportunities, contracts with their shares, and payments of the sample office."""

from __future__ import annotations

from collections import Counter
from typing import Any

from app.models.tables.base import NO_DAY
from app.models.tables.deals import Contract, ContractShare, Opportunity, Payment
from app.services.admin.demo.fates import Fate
from app.services.admin.demo.firms import Firm
from app.services.admin.demo.scene import Player, Scene

_METHODS = ("电汇", "网上转账", "网上转账", "支票", "微信支付", "支付宝")
_STEPS = ((100,), (30, 60, 10), (50, 50), (30, 30, 30, 10))


class Signings:
    """Write the deals of one customer after another."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._codes: Counter[str] = Counter()

    def write(self, firm: Firm, fate: Fate) -> None:
        """Write everything that was signed and paid at a customer."""
        dice = self._scene.dice
        self._opportunity(firm, fate)
        for number, day in enumerate(fate.signed):
            kind = "new" if number == 0 or dice.happens(0.5) else "renewal"
            fen = fate.amount_fen if number == 0 else _varied(dice.roll(), fate.amount_fen)
            framework = dice.happens(0.03)
            self._contract(firm, day, None if framework else fen, kind=kind)
            if dice.happens(0.05) and not framework:
                self._contract(firm, day, _varied(dice.roll() / 3, fen), kind="new")
            if dice.happens(0.10) and not framework:
                self._supplement(firm, day, fen)
        if dice.happens(0.05):
            self._void(firm, fate)
        elif fate.wins and not fate.signed and dice.happens(0.25):
            self._pending(firm, fate)

    def _opportunity(self, firm: Firm, fate: Fate) -> None:
        scene, dice = self._scene, self._scene.dice
        opened = firm.created + dice.between(1, 20)
        closed = min(fate.first_sign, fate.lost_day)
        if opened > min(scene.days.today, closed) or not dice.happens(0.75 if fate.wins else 0.4):
            return
        ended = closed <= scene.days.today
        owner, days = firm.owner_on(opened), scene.days
        scene.piles.add(
            Opportunity,
            days.at(opened, 37_000),
            owner.id,
            customer_id=firm.id,
            name=dice.pick(scene.talk["projects"]),
            owner_id=owner.id,
            expected_fen=_varied(dice.roll(), fate.amount_fen),
            expected_on=days.iso[min(opened + dice.between(20, 90), len(days.iso) - 1)],
            created_on=days.iso[opened],
            state=("won" if fate.signed else "lost") if ended else "open",
            closed_on=days.iso[closed] if ended else NO_DAY,
        )

    def _contract(self, firm: Firm, day: int, fen: int | None, *, kind: str, **more: Any) -> None:
        scene, dice, days = self._scene, self._scene.dice, self._scene.days
        signer = firm.owner_on(day)
        paid = more.get("status", "active") == "active" and fen is not None
        plan = self._payments(day, fen or 0) if paid else []
        settled = paid and len(plan) > 0 and plan[-1][2]
        values = {
            "status": "done" if settled else "active",
            "void_on": NO_DAY,
            "void_reason": "",
            **more,
        }
        if values["status"] == "active" and fen is not None and dice.happens(0.01):
            values["status"] = "ended"
        contract_id = scene.piles.add(
            Contract,
            days.at(day, 54_000 + dice.between(0, 9_000)),
            signer.id,
            customer_id=firm.id,
            code=self._code("HT", day),
            name=firm.product,
            kind="framework" if fen is None else kind,
            signed_on=days.iso[day],
            amount_fen=fen,
            signer_id=signer.id,
            **values,
        )
        self._share(contract_id, day, signer)
        for paid_day, part, _last in plan:
            if paid_day <= days.today:
                self._payment(firm, contract_id, paid_day, part, signer)

    def _share(self, contract_id: int, day: int, signer: Player) -> None:
        scene = self._scene
        weights = [(signer, 100)]
        if scene.dice.happens(0.12):
            other = scene.seller_on(day, but=signer.id)
            weights = [(signer, 70), (other, 30)] if other is not signer else weights
        for player, weight in weights:
            scene.piles.add(
                ContractShare,
                scene.days.at(day, 63_000),
                signer.id,
                contract_id=contract_id,
                staff_id=player.id,
                weight=weight,
            )

    def _payments(self, day: int, fen: int) -> list[tuple[int, int, bool]]:
        """Return when how much is paid, and whether that was the last of it by today."""
        dice, days = self._scene.dice, self._scene.days
        shares = dice.pick(_STEPS)
        found, rest, when = [], fen, day
        for place, percent in enumerate(shares):
            last = place == len(shares) - 1
            part = rest if last else fen * percent // 10_000 * 100
            rest -= part
            wait = dice.between(0, 12) if place == 0 else dice.between(25, 75)
            when = days.work(when + wait)
            if dice.happens(0.04):  # some never pay the rest
                break
            found.append((when, part, last and when <= days.today))
        return found

    def _payment(
        self, firm: Firm, contract_id: int, day: int, fen: int, signer: Player, note: str = ""
    ) -> None:
        scene, dice, days = self._scene, self._scene.dice, self._scene.days
        scene.piles.add(
            Payment,
            days.at(day, 36_000 + dice.between(0, 24_000)),
            signer.id,
            customer_id=firm.id,
            contract_id=contract_id,
            code=self._code("HK", day),
            paid_on=days.iso[day],
            amount_fen=fen,
            method=dice.pick(_METHODS),
            staff_id=signer.id,
            note=note,
        )
        if not note and dice.happens(0.02):
            back = min(days.work(day + dice.between(3, 30)), days.today)
            refund = -(fen // dice.between(8, 20) // 100 * 100)
            why = dice.pick(scene.talk["refund"])
            self._payment(firm, contract_id, back, refund, signer, why)

    def _supplement(self, firm: Firm, signed: int, fen: int) -> None:
        dice, days = self._scene.dice, self._scene.days
        day = days.work(signed + dice.between(10, 80))
        if day <= days.today:
            part = _varied(dice.roll() / 4, fen) * (-1 if dice.happens(0.15) else 1)
            self._contract(firm, day, part, kind="supplement", **({} if part > 0 else _SETTLED))

    def _void(self, firm: Firm, fate: Fate) -> None:
        """Write a contract that was signed and then fell through."""
        dice, days = self._scene.dice, self._scene.days
        day = days.work(firm.created + dice.between(10, 120))
        void = days.work(day + dice.between(3, 40))
        if void <= days.today and void < fate.silent_day:
            self._contract(
                firm,
                day,
                fate.amount_fen,
                kind="new",
                status="void",
                void_on=days.iso[void],
                void_reason=dice.pick(self._scene.talk["void"]),
            )

    def _pending(self, firm: Firm, fate: Fate) -> None:
        status = "pending" if self._scene.dice.happens(0.5) else "draft"
        self._contract(firm, self._scene.days.today, fate.amount_fen, kind="new", status=status)

    def _code(self, letters: str, day: int) -> str:
        prefix = f"{letters}-{self._scene.days.dates[day]:%y%m}"
        self._codes[prefix] += 1
        return f"{prefix}-{self._codes[prefix]:03d}"


_SETTLED = {"status": "done"}


def _varied(roll: float, fen: int) -> int:
    """Return another amount in whole hundreds of yuan, from a third of it to a third more."""
    return max(1, round(fen * (0.33 + roll) / 10_000)) * 10_000
