"""What the sample office finds out in its talks: calibration, key nodes, features, losses."""

from __future__ import annotations

from typing import Any

from app.models.tables.base import NO_DAY
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import LifeSpell
from app.models.tables.features import FeatureValue
from app.models.values.features import MILLIONTHS, FieldType
from app.services.admin.demo.fates import Fate
from app.services.admin.demo.firms import Firm
from app.services.admin.demo.scene import Player, Scene, Weighted
from app.services.calibration import NODE
from app.services.features import FieldView

_NODES = {2: "需求确认", 3: "见到决策人", 4: "报价"}
_WHY = Weighted(("价格", "选了竞品", "没有预算", "需求消失", "联系不上"), (25, 25, 22, 14, 14))


class Findings:
    """Write what is known of one customer after another."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._firm_id = 0
        self._known: dict[str, str] = {}

    def note(self, firm: Firm, fate: Fate, stage: int, here: tuple[int, int], by: Player) -> None:
        """Judge, mark and fill in what a talk (id, instant) at a stage has shown."""
        dice = self._scene.dice
        if firm.id != self._firm_id:
            self._firm_id, self._known = firm.id, {}
        if not self._known and dice.happens(0.6):
            quality = "valuable" if dice.happens(0.6 if fate.wins else 0.25) else "unsure"
            self._judge(here, by, quality=quality, grade=fate.grade)
        elif stage >= 2 and "expected_fen" not in self._known and dice.happens(0.5):
            self._estimate(fate, here, by)
        elif stage >= 3 and fate.wins and dice.happens(0.3):
            self._judge(here, by, quality="valuable")
        elif self._scene.days.of(here[1]) > fate.silent_day - 15 and dice.happens(0.35):
            self._judge(here, by, quality="worthless")
        node = _NODES.get(stage, "")
        if node and NODE + node not in self._known and dice.happens(0.4):
            self._known[NODE + node] = node
            self._event(here, by, NODE, "", node)
        if stage >= 2 and "features" not in self._known:
            self._known["features"] = ""
            self._learn(here, by)

    def _estimate(self, fate: Fate, here: tuple[int, int], by: Player) -> None:
        """Write an expected amount and signing day, off the mark as estimates are."""
        dice, days = self._scene.dice, self._scene.days
        ahead = min(days.of(here[1]) + dice.between(10, 75), len(days.iso) - 1)
        fen = max(1, round(fate.amount_fen * dice.log_normal(0, 0.25) / 100_000)) * 100_000
        day = days.iso[ahead]
        found = {"expected_fen": str(fen), "expected_from": day, "expected_to": day}
        self._judge(here, by, quality="valuable" if fate.wins else "unsure", **found)

    def _judge(self, here: tuple[int, int], by: Player, **fields: str) -> None:
        for field, value in fields.items():
            old = self._known.get(field, "-1" if field == "expected_fen" else "")
            if old != value:
                self._known[field] = value
                self._event(here, by, field, old, value)

    def _event(
        self, here: tuple[int, int], by: Player, field: str, old: str, new: str, reason: str = ""
    ) -> None:
        days = self._scene.days
        self._scene.piles.add(
            CalibrationEvent,
            here[1],
            by.id,
            customer_id=self._firm_id,
            at=here[1],
            on=days.iso[days.of(here[1])],
            staff_id=by.id,
            field=field,
            old=old,
            new=new,
            reason=reason,
            followup_id=here[0],
        )

    def _learn(self, here: tuple[int, int], by: Player) -> None:
        """Fill in some of the office's features; who follows the chain well asks for more."""
        scene, dice = self._scene, self._scene.dice
        for field in scene.fields:
            if not dice.happens(0.25 + 0.5 * by.chain):
                continue
            scene.piles.add(
                FeatureValue,
                here[1],
                by.id,
                customer_id=self._firm_id,
                field_id=field.id,
                learnt_on=scene.days.iso[scene.days.of(here[1])],
                staff_id=by.id,
                followup_id=here[0],
                **self._value(field),
            )

    def _value(self, field: FieldView) -> dict[str, Any]:
        dice = self._scene.dice
        empty: dict[str, Any] = {"text": "", "number": 0, "day": NO_DAY, "option_id": 0}
        if field.options:
            return {**empty, "option_id": dice.pick(field.options).id}
        if field.type == FieldType.number:
            number = dice.between(1, 40)
            return {**empty, "number": number * MILLIONTHS, "text": str(number)}
        if field.type == FieldType.money:
            yuan = dice.between(4, 60) * 5_000
            return {**empty, "number": yuan * 100, "text": str(yuan)}
        if field.type == FieldType.yes_no:
            number = dice.between(0, 1)
            return {**empty, "number": number, "text": "否是"[number]}
        if field.type == FieldType.date:
            return {**empty, "day": self._scene.days.iso[-1 - dice.between(0, 300)]}
        return {**empty, "text": dice.pick(self._scene.firms["rivals"])}

    def give_up(self, firm: Firm, fate: Fate) -> None:
        """Write the spell of 失效 of a customer that was lost by today."""
        scene, days = self._scene, self._scene.days
        if fate.lost_day > days.today:
            return
        by, why = firm.owner_on(fate.lost_day), _WHY.draw(scene.dice)
        fen = int(self._known.get("expected_fen", "-1")) if firm.id == self._firm_id else -1
        scene.piles.add(
            LifeSpell,
            days.at(fate.lost_day, 61_000),
            by.id,
            customer_id=firm.id,
            state="churned",
            from_on=days.iso[fate.lost_day],
            reason=why,
            competitor=firm.rival if why == "选了竞品" else "",
            lost_fen=fen,
        )
