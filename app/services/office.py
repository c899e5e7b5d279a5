"""The office: one attribute per capability; all that a delivery ever holds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.models.values import dates
from app.models.values.changes import Changes, Kind
from app.services import admin, rules
from app.services.admin import Admin, Settings
from app.services.bus import Bus, Listener
from app.services.context import Context
from app.services.followups import FollowUps
from app.services.staff import Staff

if TYPE_CHECKING:
    from app.models.store.book import Book
    from app.models.values.clock import Clock
    from app.services.calibration import Calibration
    from app.services.calibration.forecast import Forecasts
    from app.services.customers import Customers
    from app.services.deals import Deals
    from app.services.features import Features
    from app.services.kpi import Kpi
    from app.services.lists.listing import Listing
    from app.services.lists.saved import SavedViews
    from app.services.lists.spec import ListSpec
    from app.services.radar import Radar
    from app.services.security import Security
    from app.services.sequences import Sequences
    from app.services.staff.handover import Handover
    from app.services.staff.targets import Targets
    from app.services.transfer.importing import Transfer
    from app.services.undo import Undo
    from app.services.undo.bin import Bin
    from app.services.undo.history import History


class Office:
    """Every capability over one open book.

    What Today's first rows need is there at once; the rest is imported when it is first used,
    or by ``load_all`` on a thread behind the window.
    """

    def __init__(self, book: Book, context: Context, settings: Settings) -> None:
        self.folder: Path = book.folder
        self.book = book
        self.context = context
        self.bus = context.bus
        self.admin = Admin(context)
        self.staff = Staff(context)
        self.followups = FollowUps(context, settings.hours())

    @cached_property
    def customers(self) -> Customers:
        """Return customers, contacts, stages and search."""
        from app.services.customers import Customers

        return Customers(self.context)

    @cached_property
    def calibration(self) -> Calibration:
        """Return 价值标定."""
        from app.services.calibration import Calibration

        return Calibration(self.context)

    @cached_property
    def forecasts(self) -> Forecasts:
        """Return the weighted forecast."""
        from app.services.calibration.forecast import Forecasts

        return Forecasts(self.context)

    @cached_property
    def features(self) -> Features:
        """Return 业务特征."""
        from app.services.features import Features

        return Features(self.context)

    @cached_property
    def radar(self) -> Radar:
        """Return 客户雷达."""
        from app.services.radar import Radar

        return Radar(self.context)

    @cached_property
    def deals(self) -> Deals:
        """Return contracts and payments."""
        from app.services.deals import Deals

        return Deals(self.context)

    @cached_property
    def kpi(self) -> Kpi:
        """Return 宏观KPI."""
        from app.services.kpi import Kpi

        return Kpi(self.context)

    @cached_property
    def records(self) -> Mapping[str, Listing[Any]]:
        """Return the lists of next steps, follow-ups, contracts and payments by name."""
        from app.services.deals.lined import contracts_spec, payments_spec
        from app.services.followups.listing import followups_spec, steps_spec
        from app.services.lists.listing import Listing

        specs: dict[str, ListSpec[Any]] = {
            "next_steps": steps_spec(self.context.zone),
            "followups": followups_spec(),
            "contracts": contracts_spec(),
            "payments": payments_spec(),
        }
        return {name: Listing(self.context, spec) for name, spec in specs.items()}

    @cached_property
    def views(self) -> SavedViews:
        """Return the saved views of lists."""
        from app.services.lists.saved import SavedViews

        return SavedViews(self.context)

    @cached_property
    def targets(self) -> Targets:
        """Return the targets of months."""
        from app.services.staff.targets import Targets

        return Targets(self.context)

    @cached_property
    def handover(self) -> Handover:
        """Return what hands over the customers of a leaver."""
        from app.services.staff.handover import Handover

        return Handover(self.context)

    @cached_property
    def sequences(self) -> Sequences:
        """Return 动作序列."""
        from app.services.sequences import Sequences

        return Sequences(self.context)

    @cached_property
    def undo(self) -> Undo:
        """Return what takes acts back."""
        from app.services.undo import Undo

        return Undo(self.context)

    @cached_property
    def bin(self) -> Bin:
        """Return the recycle bin."""
        from app.services.undo.bin import Bin

        return Bin(self.context)

    @cached_property
    def history(self) -> History:
        """Return 变更记录."""
        from app.services.undo.history import History

        return History(self.context)

    @cached_property
    def security(self) -> Security:
        """Return passphrase, recovery code and keyring."""
        from app.services.security import Security

        return Security(self.context, self.book)

    @property
    def transfer(self) -> Transfer:
        """Return import and export."""
        from app.services.transfer.importing import Transfer

        return Transfer(self.context, self.undo)

    @property
    def encrypted(self) -> bool:
        """Tell whether the book is encrypted."""
        return self.book.envelope.encrypted

    def load_all(self) -> None:
        """Import what is not loaded yet, so that no click and no first save waits for it."""
        rules.load()
        loaded = (
            self.customers, self.calibration, self.features, self.radar, self.deals, self.kpi,
            self.targets, self.undo, self.bin, self.history, self.handover, self.security,
            self.views, self.sequences,
        )  # fmt: skip
        assert all(loaded)

    def close(self) -> None:
        """Close the book; the office is of no use afterwards."""
        self.book.close()


def run_office(book: Book, clock: Clock) -> Office:
    """Return the office of an open book, with the rules that hold at each commit."""
    bus = Bus()
    with book.database.read() as reader:
        settings = admin.read_settings(reader)
        facts_due = admin.facts_are_due(reader)
    context = Context(book.database, clock, dates.zone(settings.zone), bus)
    context.before_commit(rules.keep)
    office = Office(book, context, settings)
    bus.subscribe(_follow_hours(office))
    office.staff.act_as_first()
    if facts_due:
        office.kpi.rebuild()
    return office


def _follow_hours(office: Office) -> Listener:
    """Return a listener that lets changed working hours hold at once."""

    def hear(changes: Changes) -> None:
        if changes.touches((Kind.setting,)):
            office.followups.use_hours(office.admin.settings().hours())

    return hear
