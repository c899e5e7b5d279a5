"""What becomes of a customer: won, bought again, lost, or still in the air."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.services.admin.demo.firms import Firm
from app.services.admin.demo.scene import NEVER, Scene

_GRADES = {
    # share, median yuan, spread, median days to sign, ease
    "big": (0.15, 320_000, 0.5, 70, 0.8),
    "normal": (0.55, 90_000, 0.4, 36, 1.0),
    "small": (0.30, 24_000, 0.45, 16, 1.15),
}
_CHANCE = 0.34


@dataclass(slots=True)
class Fate:
    """Days of a customer's life; ``NEVER`` is a day that did not come.

    ``silent_day`` is the last day anybody gets in touch.
    """

    grade: str
    amount_fen: int
    wins: bool
    signed: list[int] = field(default_factory=list)
    due_day: int = NEVER
    silent_day: int = NEVER
    lost_day: int = NEVER

    @property
    def first_sign(self) -> int:
        """Return the first signing day."""
        return self.signed[0] if self.signed else NEVER


def fate_of(scene: Scene, firm: Firm) -> Fate:
    """Decide what becomes of a customer."""
    dice, owner = scene.dice, firm.owners[0][1]
    grade = _grade(dice.roll())
    _share, yuan, spread, days, ease = _GRADES[grade]
    usual = yuan * (0.5 + 0.5 * min(1.0, owner.skill))
    fen = round(usual * dice.log_normal(0, spread) / 100) * 10_000
    wins = dice.happens(min(0.85, _CHANCE * owner.skill * firm.charm * ease))
    fate = Fate(grade, fen, wins)
    if wins:
        lag = int(days * dice.log_normal(0, 0.6) / min(1.3, max(0.7, owner.skill)))
        _win(scene, fate, scene.days.work(firm.created + lag), owner.skill)
    else:
        fate.silent_day = firm.created + 8 + int(dice.wait(1 / 55) * max(1.0, owner.activity))
        if dice.happens(0.45):
            fate.lost_day = fate.silent_day + dice.between(3, 40)
    return fate


def _grade(roll: float) -> str:
    for grade, (share, *_rest) in _GRADES.items():
        if roll < share:
            return grade
        roll -= share
    return "small"


def _win(scene: Scene, fate: Fate, day: int, skill: float) -> None:
    """Write the signing days up to today; what comes later is still in the air."""
    dice, today = scene.dice, scene.days.today
    fate.due_day = day
    while day <= today:
        fate.signed.append(day)
        if not dice.happens(min(0.7, 0.36 * skill**0.5)):
            break
        day = scene.days.work(day + dice.between(50, 330))
    if fate.signed and dice.happens(0.05):
        fate.silent_day = fate.signed[-1] + dice.between(60, 300)
        fate.lost_day = fate.silent_day + dice.between(5, 60)
