"""漏在哪: one person's leaks beside the peers, each opening its rows (product.md 2.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.i18n import _, translate
from app.models.values.pages import Sort
from app.services.staff.leaking import LeakRow
from app.services.staff.leaks import LeakLine
from app.services.staff.summary import SummaryQuery
from app.views.core import format as words
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.page import ViewContext
from app.views.core.runner import run_job
from app.views.itemmodels.leaks import leak_columns, leak_row_columns
from app.views.itemmodels.paged import PagedTableModel
from app.views.itemmodels.rows import ListSource
from app.views.staff import leak_words
from app.views.widgets.buttons import Button
from app.views.widgets.card import Card
from app.views.widgets.table import TableView
from app.views.widgets.text import Label, set_tip

if TYPE_CHECKING:
    from app.services.sequences.drafts import SequenceView, VersionDraft
    from app.views.sequences.editor import SequenceEditor

_WIDTH, _HEIGHT, _LINES_HEIGHT = 760, 640, 330


class LeakDialog(QDialog):
    """Show every measure and the rows of the chosen one; Enter on a row opens the customer."""

    customer_wanted = Signal(object)

    def __init__(
        self,
        view: ViewContext,
        query: SummaryQuery,
        person: tuple[int, str],
        lines: Sequence[LeakLine],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._view, self._query, self._lines = view, query, tuple(lines)
        self._staff_id, name = person
        self._today: date = view.office.context.today()
        self.shown = ""
        self._proposal: tuple[SequenceView, VersionDraft] | None = None
        theme = themes.current()
        self.setObjectName("leak_dialog")
        self.setWindowTitle(_("{name}：漏在哪").format(name=name))
        self.resize(theme.px(_WIDTH), theme.px(_HEIGHT))
        rows = QVBoxLayout(self)
        days = words.day_span(query.first, min(query.last, self._today))
        told = _("{days}，与同岗的中位数并排；先看不如同岗的").format(days=days)
        rows.addWidget(Label(told, "small", "text2"))
        rows.addWidget(self._line_table(theme.px(_LINES_HEIGHT)))
        self.error_bar = ErrorBar()
        rows.addWidget(self.error_bar)
        rows.addWidget(self._row_card(), 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.trial = Button(_("试行改进…"), icon="flow", name="leak_trial")
        self.trial.setEnabled(False)
        self.trial.clicked.connect(self.open_trial)
        buttons.addButton(self.trial, QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(_("关闭"))
        close.setObjectName("leak_close")
        buttons.rejected.connect(self.reject)
        rows.addWidget(buttons)
        self.lines.setFocus()

    def _line_table(self, high: int) -> TableView:
        self.lines = TableView(name="leak_lines", spoken=_("漏点"), several=False)
        self.lines.setMinimumHeight(high)
        model: PagedTableModel[LeakLine] = PagedTableModel(
            leak_columns(), Sort(""), row_id=lambda one: one.name, parent=self.lines
        )
        model.set_source(ListSource(self._lines))
        self.lines.setModel(model)
        self.lines.current_row.connect(self._choose)
        return self.lines

    def _row_card(self) -> Card:
        self.card = Card(_("明细"), " ", name="leak_rows_card", padded=False)
        self.rows = TableView(name="leak_rows", spoken=_("明细"), several=False)
        self.rows.activated_row.connect(self._open)
        self.card.body.addWidget(self.rows, 1)
        return self.card

    def choose(self, name: str) -> None:
        """Choose a measure by name, the first one when there is none such."""
        names = [one.name for one in self._lines]
        self.lines.selectRow(names.index(name) if name in names else 0)

    def _choose(self, line: object) -> None:
        if not isinstance(line, LeakLine):
            return
        staff, query, mine, name = self._view.office.staff, self._query, self._staff_id, line.name
        run_job(
            self,
            lambda _progress: staff.leak_rows(query, mine, name),
            lambda found: self._show(line, found),
            lambda error: self.error_bar.show_error(error, lambda: self._choose(line)),
        )

    def _show(self, line: LeakLine, found: Sequence[LeakRow]) -> None:
        current = self.lines.current_object()
        if isinstance(current, LeakLine) and current.name != line.name:
            return  # another one was chosen meanwhile
        self.shown = line.name
        self._offer_trial(line)
        self.card.title.setText(leak_words.label(line))
        told = translate(line.missing) if line.missing else translate(line.formula)
        self.card.subtitle.setText(told)
        model: PagedTableModel[LeakRow] = PagedTableModel(
            leak_row_columns(line.unit, self._today), Sort(""), parent=self.rows
        )
        wanted = [row for row in found if not line.step or row.step == line.step]
        model.set_source(ListSource(wanted))
        self.rows.setModel(model)

    def _offer_trial(self, line: LeakLine) -> None:
        """Offer to try a changed sequence where the person falls behind."""
        found = self._view.office.sequences.proposal(line.name) if line.worse else None
        self._proposal = found
        self.trial.setEnabled(found is not None)
        set_tip(self.trial, translate(found[1].note) if found else "")

    def open_trial(self) -> SequenceEditor | None:
        """Open the changed sequence, to be tried as a version beside the present one."""
        if self._proposal is None:
            return None
        from app.views.sequences.acts import try_change

        here, draft = self._proposal
        note = _("针对{leak}：{change}").format(
            leak=self.card.title.text(), change=translate(draft.note)
        )
        return try_change(self._view, here, replace(draft, note=note), self)

    def _open(self, row: object) -> None:
        if isinstance(row, LeakRow):
            self.customer_wanted.emit(row.customer_id)
            self.accept()
