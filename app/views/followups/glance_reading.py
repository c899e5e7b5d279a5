"""Show the customer of the current row beside the list, once the hand rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.errors import UserError
from app.views.followups import acts
from app.views.followups.glance_pane import ENTRIES, Glance, GlancePane

if TYPE_CHECKING:
    from app.views.core.page import ViewContext
    from app.views.followups.agenda_view import AgendaView
    from app.views.followups.detail_split import DetailSplit

STILL_MS = 120


class GlanceReading(QObject):
    """Fill the pane from the office; ``rest`` begins anew whenever the selection moves."""

    def __init__(
        self, view: ViewContext, rows: AgendaView, pane: GlancePane, split: DetailSplit
    ) -> None:
        super().__init__(split)
        self._view = view
        self._list = rows
        self._pane = pane
        self._split = split
        self._still = QTimer(self, singleShot=True, interval=STILL_MS)
        self._still.timeout.connect(self.show)

    def rest(self) -> None:
        """Show the customer once the selection has stood still."""
        self._still.start()

    def show(self) -> None:
        """Show the customer of the current row now, nothing for a heading."""
        row = self._list.current_step()
        if row is None:
            self._pane.clear()
            return
        if not self._split.detail_shown() or not self._split.isVisible():
            return
        office = self._view.office
        customer_id = row.item.customer_id
        try:
            card = office.customers.card(customer_id)
        except UserError:
            self._pane.clear()
            return
        entries = office.followups.timeline(customer_id, limit=ENTRIES)
        count = office.followups.count(customer_id)
        talk = office.sequences.talk_of(row.item.step_id)
        glance = Glance(card, tuple(entries), count, talk)
        self._pane.show_glance(row, glance, acts.moment_of(self._view))
