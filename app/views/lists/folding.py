"""Fold and unfold the groups of a list."""

from __future__ import annotations

from app.views.itemmodels.grouped import GroupedSource
from app.views.itemmodels.listed import ListModel
from app.views.widgets.table import TableView


def fold_only(
    model: ListModel, table: TableView, folded: set[str], keys: set[str], current: str
) -> None:
    """Fold just these groups of a table; the line of the current one stays where it is."""
    source = model.source
    if not isinstance(source, GroupedSource):
        return
    scrolled, column = table.verticalScrollBar().value(), table.current_column()
    folded.clear()
    folded.update(keys)
    source.lay_out()
    model.set_source(source)
    table.verticalScrollBar().setValue(scrolled)
    table.choose(max(0, source.head_of(current)), column)
