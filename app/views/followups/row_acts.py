"""What can be done with the rows of Today: complete, put off, open, copy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.views.followups import acts
from app.views.followups.agenda_model import DROP_BUCKETS, AgendaModel
from app.views.followups.agenda_rows import StepRow
from app.views.widgets.text import copy_text

if TYPE_CHECKING:
    from app.models.values.nextstep import Bucket, Group
    from app.views.core.page import ViewContext
    from app.views.followups.agenda_view import AgendaView


class RowActs(QObject):
    """Act on the rows of one list; after each act the selection is on the next row."""

    def __init__(
        self,
        view: ViewContext,
        rows: AgendaView,
        model: AgendaModel,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._view = view
        self._list = rows
        self._model = model
        self._page = page
        rows.completed.connect(self.complete)
        rows.postponed.connect(self.postpone)
        rows.opened.connect(self._open_step)
        rows.rated.connect(lambda _id: view.actions.run("calibrate"))
        rows.dropped.connect(self._dropped)
        rows.menu_wanted.connect(self._menu)

    def _rows(self, ids: Sequence[int] | None) -> list[StepRow]:
        if ids is None:
            return self._list.selected_steps()
        found = (self._model.step_of(step_id) for step_id in ids)
        return [row for row in found if row is not None]

    # -- open and copy --------------------------------------------------------------------

    def open_current(self) -> None:
        """Open the customer of the current row."""
        row = self._list.current_step()
        if row is not None:
            self._view.navigate("customer", customer_id=row.item.customer_id)

    def _open_step(self, step_id: int) -> None:
        for row in self._rows([step_id]):
            self._view.navigate("customer", customer_id=row.item.customer_id)

    def copy(self) -> None:
        """Copy the selected rows as a table."""
        lines = []
        for row in self._list.selected_steps():
            item = row.item
            what = item.what.replace("\n", " ").replace("\t", " ")
            cells = (row.when(), row.plan(), item.customer, item.contact, what, row.amount())
            lines.append("\t".join(cells))
        copy_text("\n".join(lines))

    def _menu(self, point: QPoint) -> None:
        from app.views.followups.row_menu import row_menu

        row_menu(self._view, self._page).exec(point)

    # -- write ----------------------------------------------------------------------------

    def write(self) -> None:
        """Write a follow-up for the current row, or ask for whom."""
        row = self._list.current_step()
        if row is not None and not row.done:
            self.complete(row.item.step_id)
        else:
            self.resume(0)

    def resume(self, customer_id: int) -> None:
        """Write a follow-up for a customer, 0 asks for whom."""
        from app.views.followups.form import write_followup

        write_followup(self._view, customer_id or None)

    def complete(self, step_id: int | None = None) -> None:
        """Open 写跟单 with a step linked, the current one for None."""
        from app.views.followups.form import write_followup

        row = self._list.current_step()
        if step_id is not None:
            row = next(iter(self._rows([step_id])), None)
        if row is None or row.done:
            return
        item = row.item
        write_followup(
            self._view, item.customer_id, step_id=item.step_id, following=self._following
        )

    def _following(self) -> tuple[int, int] | None:
        """Select the next row and return its customer and step, None when none is left."""
        place = self._model.next_step(self._list.currentIndex().row())
        row = self._model.step(place)
        if row is None:
            return None
        self._list.choose_row(place)
        return row.item.customer_id, row.item.step_id

    # -- put off --------------------------------------------------------------------------

    def postpone(self, ids: Sequence[int] | None = None) -> None:
        """Ask until when and put the selected steps off."""
        from app.views.followups.postpone_popup import PostponePopup

        rows = self._rows(ids)
        if not rows:
            return
        popup = PostponePopup(rows, acts.moment_of(self._view), self._page)
        step_ids = [row.item.step_id for row in rows]

        def decided(bucket: Bucket, clock: Any, reason: str) -> None:
            try:
                self._put_off(step_ids, bucket, clock, reason)
            except UserError as error:
                popup.complain(error.text())
            else:
                popup.close()

        popup.decided.connect(decided)
        popup.open_at(self._list.step_rect(step_ids[-1]))

    def _put_off(
        self, ids: Sequence[int], bucket: Bucket, clock: Any = None, reason: str = ""
    ) -> None:
        place = self._model.place_of(ids[-1])
        row = self._model.step(self._model.next_step(place))
        acts.postpone(self._view, ids, bucket, clock, reason)
        if row is not None:
            self._list.choose(row.item.step_id)

    def _dropped(self, ids: list[int], group: Group) -> None:
        try:
            self._put_off(ids, DROP_BUCKETS[group])
        except UserError as error:
            from app.views.core.errors import show_error

            show_error(self._page, error)
