"""The words of an order, and the dialog that orders a list by up to three columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from app.i18n import _, translate
from app.models.values.pages import Sort, joined_sort
from app.views.core import theme as themes
from app.views.widgets.buttons import Select
from app.views.widgets.segmented import Segmented
from app.views.widgets.text import Label

MOST = 3


def sort_words(sort: Sort, known: Sequence[tuple[Sort, str]], titles: Mapping[str, str]) -> str:
    """Return the words of an order.

    ``known`` are orders with words of their own, ``titles`` the columns by their sort key.
    """
    for one, said in known:
        if one == sort:
            return translate(said)
    if sort.then:
        return _("、").join(
            f"{titles.get(one.column, one.column)} {'↓' if one.descending else '↑'}"
            for one in sort.parts
        )
    for one, said in known:
        if one.column == sort.column:
            return _("{column}（反序）").format(column=translate(said).split(" ")[0])
    title = titles.get(sort.column, sort.column)
    return _("{column}（反序）").format(column=title) if sort.descending else title


def also_by(sort: Sort, more: Sort) -> Sort:
    """Return an order that also looks at another column, or at one of its own the other way."""
    parts = [more if one.column == more.column else one for one in sort.parts]
    return joined_sort([*parts, more], most=MOST) or sort


class SortDialog(QDialog):
    """Choose up to three columns and the way of each; ``sort()`` is None for none."""

    def __init__(self, titles: Mapping[str, str], present: Sort, parent: QWidget) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("sort_dialog")
        self.setWindowTitle(_("多列排序"))
        rows = QVBoxLayout(self)
        side = theme.px(16)
        rows.setContentsMargins(side, side, side, theme.px(14))
        rows.setSpacing(theme.px(12))
        grid = QGridLayout()
        grid.setSpacing(theme.px(8))
        self.columns: list[Select] = []
        self.ways: list[Segmented] = []
        parts = list(present.parts)
        for at, said in enumerate((_("先按"), _("再按"), _("最后按"))):
            column, way = self._line(at, said, titles)
            if at < len(parts):
                column.set_value(parts[at].column)
                way.set_value(parts[at].descending)
            grid.addWidget(Label(said, "body", "text2"), at, 0)
            grid.addWidget(column, at, 1)
            grid.addWidget(way, at, 2)
        grid.setColumnStretch(1, 1)
        rows.addLayout(grid)
        rows.addStretch(1)
        rows.addWidget(self._make_buttons())
        self.setMinimumWidth(theme.px(420))
        self.columns[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, at: int, said: str, titles: Mapping[str, str]) -> tuple[Select, Segmented]:
        nothing = [] if not at else [("", _("不再排"))]
        column = Select([*nothing, *titles.items()], name=f"sort_column_{at}", spoken=said)
        ways = [(False, _("升序")), (True, _("降序"))]
        way = Segmented(ways, name=f"sort_way_{at}", spoken=_("次序"))
        self.columns.append(column)
        self.ways.append(way)
        return column, way

    def _make_buttons(self) -> QDialogButtonBox:
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        buttons.button(kinds.Ok).setText(_("排序"))
        buttons.button(kinds.Cancel).setText(_("取消"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def sort(self) -> Sort | None:
        """Return the chosen order."""
        lines = zip(self.columns, self.ways, strict=True)
        return joined_sort(
            Sort(str(column.value()), bool(way.value())) for column, way in lines if column.value()
        )
