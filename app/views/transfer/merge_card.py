"""One duplicate field by field: what the book has beside what the file says."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.i18n import N_, _
from app.services.transfer.fields import Kind
from app.services.transfer.outcomes import FieldChange, RowPlan
from app.views.core import theme as themes
from app.views.itemmodels.column import Column
from app.views.itemmodels.transfer import RADIO, RowsTableModel
from app.views.transfer import words
from app.views.transfer.choice_table import ChoiceTable
from app.views.widgets.card import Card
from app.views.widgets.text import Label

_OLD, _NEW = 1, 2


def _columns(kind: Kind) -> tuple[Column[FieldChange], ...]:
    return (
        Column("field", N_("字段"), lambda row: words.field_label(kind, row.field), width=110),
        Column(
            "old",
            N_("现有的"),
            lambda row: words.of_field(row.field, row.old),
            width=270,
            kind=RADIO,
            value=lambda row: not row.taken,
            accessible=lambda row: _spoken(row.field, row.old, not row.taken),
        ),
        Column(
            "new",
            N_("文件里"),
            lambda row: words.of_field(row.field, row.new),
            width=270,
            kind=RADIO,
            value=lambda row: row.taken,
            accessible=lambda row: _spoken(row.field, row.new, row.taken),
        ),
    )


def _spoken(field: str, value: str, on: bool) -> str:
    shown = words.of_field(field, value) or "—"
    return _("{text}，选中").format(text=shown) if on else shown


class MergeTable(ChoiceTable):
    """Choose with ← and →, Enter confirms and goes to the next duplicate."""

    side_wanted = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the version."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.side_wanted.emit(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)


class MergeCard(Card):
    """Show the differing fields of a row; ``decided(row, taken keys)`` comes at each change."""

    decided = Signal(object, object)
    next_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(_("逐项合并"), padded=False, name="transfer_merge")
        self._row: RowPlan | None = None
        self.add_tool(Label(_("← → 选左右 · Enter 下一条"), "caption", "text2"))
        self.model: RowsTableModel[FieldChange] = RowsTableModel(_columns(Kind.customers))
        self.table = MergeTable(name="transfer_merge_fields", spoken=_("逐项合并"))
        self.table.setModel(self.model)
        self.table.side_wanted.connect(self._choose)
        self.table.activated_row.connect(lambda _row: self.next_wanted.emit())
        self.table.clicked.connect(self._clicked)
        self.body.addWidget(self.table)
        self.none = Label("", "small", "text2", wrap=True)
        theme = themes.current()
        self.none.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.none, 1)

    def show_row(self, row: RowPlan | None, taken: frozenset[str] | None) -> None:
        """Show a row, with the fields that the person has taken from the file."""
        self._row = row
        changes = row.changes if row is not None else ()
        if taken is not None:
            changes = tuple(replace(one, taken=one.field in taken) for one in changes)
        if row is not None and changes:
            self.title.setText(_("逐项合并 · 第 {row} 行").format(row=f"{row.key.row:,}"))
            self.model.set_columns(_columns(row.key.kind), changes)
            self.table.go_to(0)
        else:
            self.title.setText(_("逐项合并"))
            self.none.setText(
                _("选一行重复的，看现有的和文件里有什么不同")
                if row is None or not row.matched_by
                else _("文件里没有和现有资料不同的内容")
            )
        self.table.setVisible(bool(changes))
        self.none.setVisible(not changes)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() in (_OLD, _NEW):
            self._choose(index.column() == _NEW)

    def _choose(self, new: bool) -> None:
        at = self.table.currentIndex().row()
        if self._row is None or not 0 <= at < len(self.model.rows):
            return
        changes = list(self.model.rows)
        changes[at] = replace(changes[at], taken=new)
        self.model.set_rows(tuple(changes))
        self.decided.emit(self._row, frozenset(one.field for one in changes if one.taken))
