"""What F2 does in each column of the customer list."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.i18n import _, translate
from app.models.values import money
from app.models.values.features import CHOSEN, FieldType
from app.services.customers.drafts import CustomerRow
from app.services.customers.editing import is_editable
from app.services.customers.fields import FEATURE
from app.services.lists.conditions import FEN, TEXT
from app.views.core.page import ViewContext
from app.views.core.undoing import said
from app.views.itemmodels.column import Column
from app.views.itemmodels.customers import Listed
from app.views.itemmodels.paged import COLUMN, ROW
from app.views.lists.cell_fields import CellEdit
from app.views.lists.name_dialog import ask_name
from app.views.lists.vocabulary import Vocabulary

_VALUES: Mapping[str, Callable[[CustomerRow], str]] = {
    "name": lambda row: row.name,
    "region": lambda row: row.region,
    "contact": lambda row: row.main_contact,
    "phone": lambda row: row.main_phone,
    "code": lambda row: row.code,
    "source": lambda row: row.source,
    "industry": lambda row: row.industry,
    "size": lambda row: row.size,
    "owner": lambda row: str(row.owner_id),
    "stage": lambda row: str(row.stage_position),
    "expected": lambda row: "" if row.expected_fen is None else str(row.expected_fen),
    "expected_on": lambda row: str(row.expected_on or ""),
}
"""The columns that are edited in their place, and what they hold now."""

_LARGE = (FieldType.lines, FieldType.long_text, FieldType.rich_text)
"""Features of several lines, which no cell has room for."""


class ListEdits:
    """Tell what a cell edits, and write it; every write can be taken back."""

    def __init__(self, view: ViewContext, vocabulary: Vocabulary, parent: QWidget) -> None:
        self._view = view
        self._vocabulary = vocabulary
        self._parent = parent

    def edit_of(self, index: QModelIndex) -> CellEdit | None:
        """Return what a cell edits, None when it is not edited in its place."""
        row, column = index.data(ROW), index.data(COLUMN)
        if not isinstance(row, Listed) or not isinstance(column, Column):
            return None
        if column.key.startswith(FEATURE):
            return self._feature(row.customer.id, column)
        if column.key not in _VALUES or not is_editable(column.key):
            return None
        value = _VALUES[column.key](row.customer)
        title, kind = translate(column.title), self._vocabulary.topic(column.key).kind
        free = kind in (TEXT, FEN) or column.key == "region"
        choices = () if free else self._vocabulary.choices(column.key)
        return CellEdit(row.customer.id, column.key, title, kind, value, choices)

    def _feature(self, customer_id: int, column: Column[Listed]) -> CellEdit | None:
        field_id = int(column.key[len(FEATURE) :])
        views = self._view.office.features.of_customer(customer_id)
        known = next((one for one in views if one.field.id == field_id), None)
        if known is None:
            return None
        kind = self._vocabulary.topic(column.key).kind
        value, several = known.value, known.field.type is FieldType.multi
        choices: tuple[tuple[str, str], ...] = ()
        if not known.field.typed or known.field.type in _LARGE:
            return None
        if known.field.type in CHOSEN or known.field.type is FieldType.yes_no:
            choices = self._vocabulary.choices(column.key)
            value = ",".join(map(str, known.option_ids))
        if several:
            choices = tuple(one for one in choices if one[0])
        if known.field.type is FieldType.yes_no:
            value = {"是": "1", "否": "0"}.get(known.value, "")
        elif kind == FEN and value:
            value = str(money.parse_money(value))
        return CellEdit(customer_id, column.key, column.title, kind, value, choices, several)

    def save(self, edit: CellEdit, text: str) -> None:
        """Write a cell; a stage that goes back asks why first."""
        customers = self._view.office.customers
        try:
            customers.edit(edit.row_id, edit.field, text)
        except UserError as error:
            if error.code != "reason_missing":
                raise
            why = ask_name(self._parent, _("退回阶段"), _("为什么退回"))
            if not why:
                return
            customers.edit(edit.row_id, edit.field, text, why)
        said(self._view, _("已改{column}").format(column=edit.title))
