"""The rows behind the chosen figure, what was left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import _, translate
from app.models.values.pages import Sort
from app.models.values.periods import Period
from app.prefs import Prefs
from app.services.kpi.queries import KpiRow, KpiRows
from app.views.core import format as words
from app.views.itemmodels.kpi import row_columns, sort_value
from app.views.itemmodels.paged import PagedTableModel
from app.views.itemmodels.rows import ListSource
from app.views.widgets.buttons import Button
from app.views.widgets.card import Card
from app.views.widgets.segmented import Segmented
from app.views.widgets.table import TableView
from app.views.widgets.text import set_tip

SIGNED, OPEN, LOST, EXCLUDED = "signed", "open", "lost", "excluded"


class RowsCard(Card):
    """Show customers behind a figure; Enter opens one."""

    customer_wanted = Signal(object)
    list_wanted = Signal(object)

    def __init__(self, prefs: Prefs, today: date, parent: QWidget | None = None) -> None:
        super().__init__(_("明细"), " ", name="rows_card", padded=False, parent=parent)
        self._parts: dict[str, list[KpiRow]] = {}
        self.choice = Segmented(
            [(SIGNED, _("已签"))], name="rows_part", spoken=_("看哪些"), height=24
        )
        self.choice.changed.connect(lambda _part: self._show_part())
        self.add_tool(self.choice)
        self.to_list = Button(_("在客户列表打开"), icon="open", height=24, name="rows_to_list")
        self.to_list.clicked.connect(lambda: self.list_wanted.emit(self._ids()))
        self.add_tool(self.to_list)
        self.table = TableView(name="kpi_rows", spoken=_("明细"), prefs=prefs)
        self.model = PagedTableModel(row_columns(today), Sort("first_sign_on"), parent=self.table)
        self.table.setModel(self.model)
        self.table.activated_row.connect(self._open)
        self.body.addWidget(self.table, 1)

    def show_rows(self, found: KpiRows, period: Period) -> None:
        """Show the rows of a figure by part."""
        signed = [row for row in found.rows if row.first_sign_on]
        self._parts = {
            SIGNED: signed,
            OPEN: [r for r in found.rows if not r.first_sign_on and r.life != "churned"],
            LOST: [r for r in found.rows if not r.first_sign_on and r.life == "churned"],
            EXCLUDED: list(found.excluded),
        }
        names = {
            SIGNED: _("已签"),
            OPEN: _("在跟"),
            LOST: _("失败"),
            EXCLUDED: _("未计入"),
        }
        kept = self.choice.value()
        self.choice.set_choices(
            [
                (part, f"{names[part]} {len(rows)}")
                for part, rows in self._parts.items()
                if rows or part == SIGNED
            ]
        )
        if self._parts.get(str(kept)):
            self.choice.set_value(kept)
        self.title.setText(f"{_('明细')} · {period.label} {translate(found.label)}")
        total = sum(row.first_deal_fen or 0 for row in signed)
        self.subtitle.setText(
            _("{count} 家 · 首单合计 ¥{total}").format(
                count=words.count(found.n), total=words.money(total)
            )
        )
        set_tip(self.title, translate(found.formula))
        self._show_part()

    def _show_part(self) -> None:
        self.model.set_source(ListSource(self._rows(), sort_value))
        self.to_list.setEnabled(bool(self._rows()))

    def _rows(self) -> Sequence[KpiRow]:
        return self._parts.get(str(self.choice.value()), ())

    def _ids(self) -> tuple[int, ...]:
        return tuple(row.customer_id for row in self._rows())

    def _open(self, row: KpiRow | None) -> None:
        if row is not None:
            self.customer_wanted.emit(row.customer_id)
