"""The office: one attribute per capability; all that a delivery ever holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.models.store.book import Book
from app.models.values import dates
from app.models.values.changes import Changes, Kind
from app.models.values.dates import Clock
from app.services import admin
from app.services.admin import Admin
from app.services.bus import Bus, Listener
from app.services.calibration import Calibration
from app.services.context import Context
from app.services.customers import Customers
from app.services.customers.heads import keep_heads
from app.services.customers.lives import keep_lives
from app.services.customers.searching import keep_search
from app.services.deals import Deals
from app.services.features import Features
from app.services.followups import FollowUps
from app.services.followups.saving import keep_folds
from app.services.kpi import Kpi
from app.services.kpi.facts import keep_facts
from app.services.radar import Radar
from app.services.security import Security
from app.services.staff import Staff
from app.services.staff.teams import keep_team_spells
from app.services.undo import Undo

if TYPE_CHECKING:
    from app.services.transfer.importing import Transfer


@dataclass(frozen=True, slots=True)
class Office:
    """Every capability over one open book."""

    folder: Path
    book: Book
    context: Context
    bus: Bus
    admin: Admin
    staff: Staff
    customers: Customers
    followups: FollowUps
    calibration: Calibration
    features: Features
    radar: Radar
    deals: Deals
    kpi: Kpi
    undo: Undo
    security: Security

    @property
    def transfer(self) -> Transfer:
        """Return import and export; their readers and writers load when they are first used."""
        from app.services.transfer.importing import Transfer

        return Transfer(self.context, self.undo)

    def close(self) -> None:
        """Close the book; the office is of no use afterwards."""
        self.book.close()


def run_office(book: Book, clock: Clock) -> Office:
    """Return the office of an open book, with the rules that hold at each commit."""
    bus = Bus()
    with book.database.read() as reader:
        settings = admin.read_settings(reader)
    context = Context(book.database, clock, dates.zone(settings.zone), bus)
    rules = (keep_folds, keep_team_spells, keep_heads, keep_lives, keep_search, keep_facts)
    for rule in rules:
        context.before_commit(rule)
    undo = Undo(context)
    office = Office(
        folder=book.folder,
        book=book,
        context=context,
        bus=bus,
        admin=Admin(context),
        staff=Staff(context),
        customers=Customers(context),
        followups=FollowUps(context, settings.hours()),
        calibration=Calibration(context),
        features=Features(context),
        radar=Radar(context),
        deals=Deals(context),
        kpi=Kpi(context, settings.fiscal_start_month),
        undo=undo,
        security=Security(context, book),
    )
    bus.subscribe(_follow_hours(office))
    office.staff.act_as_first()
    return office


def _follow_hours(office: Office) -> Listener:
    """Return a listener that lets changed working hours hold at once."""

    def hear(changes: Changes) -> None:
        if changes.touches((Kind.setting,)):
            office.followups.use_hours(office.admin.settings().hours())

    return hear
