"""Invented customers: who they are, who works there, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app.models.tables.base import NO_DAY
from app.models.tables.customers import (
    Contact,
    ContactChannel,
    Customer,
    Employment,
    OwnerSpell,
)
from app.models.tables.radar import RadarItem
from app.models.values import people, pinyin
from app.services.admin.demo.scene import Player, Scene, Weighted

_MOBILE_STARTS = (
    "130",
    "135",
    "136",
    "137",
    "138",
    "139",
    "150",
    "158",
    "159",
    "177",
    "186",
    "189",
)


@dataclass(slots=True)
class Firm:
    """A customer as the story goes on: its people as (id, how they are called)."""

    id: int
    name: str
    created: int
    charm: float
    product: str
    rival: str
    contacts: list[tuple[int, str]]
    owners: list[tuple[int, Player]]

    def owner_on(self, day: int) -> Player:
        """Return who looked after the customer on a day."""
        found = self.owners[0][1]
        for since, player in self.owners:
            if since <= day:
                found = player
        return found


class Founding:
    """Make customers one after another, no two of the same name or phone."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._taken: set[str] = set()
        self._number = 0
        self._phone = 0

    @cached_property
    def _regions(self) -> Weighted[list[str]]:
        listed = self._scene.firms["regions"]
        return Weighted(listed, [one[3] for one in listed])

    @cached_property
    def _trades(self) -> Weighted[list[str]]:
        listed = self._scene.firms["trades"]
        return Weighted(listed, [one[2] for one in listed])

    @cached_property
    def _sources(self) -> Weighted[list[float]]:
        listed = self._scene.firms["sources"]
        return Weighted(listed, [one[1] for one in listed])

    @cached_property
    def _sizes(self) -> Weighted[list[str]]:
        listed = self._scene.firms["sizes"]
        return Weighted(listed, [one[1] for one in listed])

    def found(self, day: int) -> Firm:
        """Add a customer that came on a day, with its people and its owners."""
        scene, dice = self._scene, self._scene.dice
        owner = scene.seller_on(day)
        region, trade = self._regions.draw(dice), self._trades.draw(dice)
        source = self._sources.draw(dice)
        name, brand = self._name(region[0], trade[0])
        at = scene.days.at(day, 32_400 + dice.between(0, 30_000))
        self._number += 1
        firm_id = scene.piles.add(
            Customer,
            at,
            owner.id,
            code=f"KH{self._number:05d}",
            name=name,
            name_key=people.company_key(name),
            sort_key=pinyin.sort_key(name),
            short_name=f"{brand}{trade[0]}",
            source=source[0],
            industry=trade[1],
            size=self._sizes.draw(dice)[0],
            region_code=region[1],
            region=region[0],
            address=f"{region[0]}市{dice.pick(scene.firms['streets'])} {dice.between(1, 399)} 号",
            created_on=scene.days.iso[day],
        )
        rival, product = dice.pick(scene.firms["rivals"]), dice.pick(scene.firms["products"])
        firm = Firm(firm_id, name, day, source[2], product, rival, [], [(day, owner)])
        self._hire(firm, at, region[2])
        self._hand_on(firm)
        self._look_around(firm)
        return firm

    def _name(self, region: str, trade: str) -> tuple[str, str]:
        """Return a name nobody has yet, and the brand in it."""
        scene, tries = self._scene, 0
        while True:
            tries += 1
            brand = scene.dice.pick(scene.firms["first"]) + scene.dice.pick(scene.firms["second"])
            if tries > 20:
                brand += scene.dice.pick(scene.firms["second"])
            name = f"{region}{brand}{trade}{scene.dice.pick(scene.firms['suffixes'])}"
            if name not in self._taken:
                self._taken.add(name)
                return name, brand

    def _hire(self, firm: Firm, at: int, area: str) -> None:
        dice = self._scene.dice
        for place in range(1 + (dice.roll() < 0.3) + (dice.roll() < 0.1)):
            self._contact(firm, at, area, is_main=place == 0)

    def _contact(self, firm: Firm, at: int, area: str, *, is_main: bool) -> None:
        scene, dice, add = self._scene, self._scene.dice, self._scene.piles.add
        office, by = scene.office, firm.owners[0][1].id
        surname = dice.pick(office["surnames"])
        given = "".join(dice.pick(office["given"]) for _ in range(1 + dice.happens(0.7)))
        post = int(dice.roll() * len(office["titles"]))
        title = office["titles"][post]
        contact_id = add(Contact, at, by, name=surname + given)
        add(
            Employment,
            at,
            by,
            contact_id=contact_id,
            customer_id=firm.id,
            title=title,
            part=office["parts"][post],
            main=is_main,
            from_on=NO_DAY,
        )
        for kind, number in self._numbers(area, is_main=is_main):
            add(
                ContactChannel,
                at,
                by,
                contact_id=contact_id,
                customer_id=firm.id,
                kind=kind,
                raw=number,
                normal=number.replace("-", ""),
                preferred=kind == "mobile",
            )
        called = (
            "总" if title.endswith(("总", "总经理", "厂长")) else "工" if "工" in title else "经理"
        )
        firm.contacts.append((contact_id, surname + called))

    def _numbers(self, area: str, *, is_main: bool) -> Iterator[tuple[str, str]]:
        """Yield made-up addresses; the row of noughts shows that they are."""
        dice = self._scene.dice
        self._phone += 1
        block, tail = divmod(self._phone, 10_000)
        start = _MOBILE_STARTS[block % len(_MOBILE_STARTS)]
        yield "mobile", f"{start}{block // len(_MOBILE_STARTS):04d}{tail:04d}"
        if is_main and dice.happens(0.35):
            yield "phone", f"{area}-6000{dice.between(0, 9999):04d}"
        if dice.happens(0.25):
            yield "wechat", f"wx_{self._phone:07d}"
        if dice.happens(0.15):
            yield "email", f"sales{self._phone}@example.com"

    def _hand_on(self, firm: Firm) -> None:
        """Write the owner's spells: who leaves hands the customers on, some move for no reason."""
        scene, dice = self._scene, self._scene.dice
        owner, until = firm.owners[0][1], firm.owners[0][1].until_day
        if until > scene.days.today and dice.happens(0.03):
            until = firm.created + dice.between(30, 400)
        while until <= scene.days.today:
            owner = scene.seller_on(until, but=owner.id)
            if not owner.works_on(until):
                break
            firm.owners.append((until, owner))
            until = owner.until_day
        ends = [scene.days.iso[since] for since, _ in firm.owners[1:]]
        for (since, player), end in zip(firm.owners, [*ends, NO_DAY], strict=True):
            scene.piles.add(
                OwnerSpell,
                scene.days.at(since, 32_400),
                player.id,
                customer_id=firm.id,
                staff_id=player.id,
                from_on=scene.days.iso[since],
                to_on=end,
            )

    def _look_around(self, firm: Firm) -> None:
        """Write what one in four was found out about."""
        scene, dice = self._scene, self._scene.dice
        if not dice.happens(0.25):
            return
        day = min(firm.created + dice.between(0, 10), scene.days.today)
        by = firm.owner_on(day).id
        for place, (section, label, values, source) in enumerate(scene.firms["radar"]):
            if dice.happens(0.6):
                scene.piles.add(
                    RadarItem,
                    scene.days.at(day, 36_000),
                    by,
                    customer_id=firm.id,
                    section=section,
                    label=label,
                    value=dice.pick(values),
                    source=source,
                    found_on=scene.days.iso[day],
                    staff_id=by,
                    mark="verified" if dice.happens(0.6) else "unchecked",
                    position=place,
                )
