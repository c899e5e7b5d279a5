"""What every service works with: the database, the clock, the actor and the bus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import TYPE_CHECKING, TypeAlias

from app.errors import UserError
from app.i18n import N_
from app.models.store.stamp import Stamp
from app.models.values import dates
from app.models.values.ids import new_id

if TYPE_CHECKING:
    from app.models.store.database import Database
    from app.models.store.reader import Reader
    from app.models.store.unit import Unit
    from app.models.values.clock import Clock
    from app.services.bus import Bus

Rule: TypeAlias = "Callable[[Unit], None]"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who uses the program: staff id (0 before there is staff), name and role."""

    staff_id: int = 0
    name: str = ""
    role: str = "boss"


RIGHTS: dict[str, frozenset[str]] = {
    "boss": frozenset({"read", "write", "manage", "import", "money"}),
    "lead": frozenset({"read", "write", "manage", "import", "money"}),
    "sales": frozenset({"read", "write", "import", "money"}),
    "finance": frozenset({"read", "money"}),
    "readonly": frozenset({"read"}),
}


class Context:
    """Open the only two doors to the data and keep the rules that hold at each commit."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        zone: tzinfo,
        bus: Bus,
        make_id: Callable[[], int] = new_id,
    ) -> None:
        self.database = database
        self.clock = clock
        self.zone = zone
        self.bus = bus
        self.make_id = make_id
        self.actor = Actor()
        self._rules: list[Rule] = []
        self.last_act_id = 0

    def before_commit(self, rule: Rule) -> None:
        """Run a rule inside every unit just before it is committed, in the order added."""
        self._rules.append(rule)

    def act_as(self, actor: Actor) -> None:
        """Let later writes be signed by another person."""
        self.actor = actor

    def now(self) -> int:
        """Return the instant now in UTC milliseconds."""
        return self.clock.now()

    def today(self) -> date:
        """Return the business day now."""
        return dates.business_day(self.clock.now(), self.zone)

    def allows(self, right: str) -> bool:
        """Tell whether the actor's role has a right."""
        return right in RIGHTS.get(self.actor.role, RIGHTS["readonly"])

    def require(self, right: str) -> None:
        """Raise ``UserError`` not_allowed unless the actor's role has the right."""
        if not self.allows(right):
            raise UserError(
                "not_allowed",
                N_("{name} 没有这项权限"),
                advice=N_("让管理者来做，或在设置里改角色；数据没有改动"),
                name=self.actor.name,
            )

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """Open a snapshot for reading."""
        with self.database.read() as reader:
            yield reader

    @contextmanager
    def write(self, label: str = "", *, batch_id: int = 0) -> Iterator[Unit]:
        """Open a unit of work; after its commit the bus announces what changed.

        ``label`` is the message id of the act as a person would name it; a unit
        with a label can be undone. ``last_act_id`` is then its id, 0 when nothing was written.
        """
        stamp = Stamp(self.now(), self.today(), self.actor.staff_id, batch_id, label, self.make_id)
        with self.database.write(stamp) as unit:
            yield unit
            for rule in self._rules:
                rule(unit)
        if label and not batch_id:
            self.last_act_id = unit.unit_id if unit.noted else 0
        if unit.changes:
            self.bus.publish(unit.changes)
