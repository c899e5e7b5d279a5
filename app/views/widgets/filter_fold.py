"""The filters of a page header: side by side, or folded into one button in narrow windows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.i18n import _
from app.views.core import theme as themes
from app.views.widgets.buttons import icon_button
from app.views.widgets.popup import PopUp
from app.views.widgets.text import Label


class FilterFold(QWidget):
    """Hold (words, filter) pairs; folded they stand with their words in a pop-up.

    ``more`` are further ones that always stand there.
    """

    def __init__(
        self,
        tools: Sequence[tuple[str, QWidget]],
        *,
        name: str,
        more: Sequence[tuple[str, QWidget]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._tools, self._more = tuple(tools), tuple(more)
        self._folded = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(8))
        for _words, tool in self._tools:
            self._row.addWidget(tool)
        self.button = icon_button("filter", _("筛选"), "default", name=name)
        self.button.clicked.connect(self._open)
        self.button.setVisible(bool(self._more))
        self._row.addWidget(self.button)
        self.popup = PopUp(f"{name}_popup", _("筛选"), self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(8))
        self.popup.body.addLayout(self._grid)
        self._labels = [Label(words, "small", "text2") for words, _tool in self._tools]
        for at, label in enumerate(self._labels):
            self._grid.addWidget(label, at, 0)
            label.hide()
        for at, (words, tool) in enumerate(self._more, len(self._tools)):
            self._grid.addWidget(Label(words, "small", "text2"), at, 0)
            self._grid.addWidget(tool, at, 1)

    @property
    def folded(self) -> bool:
        """Tell whether the filters are behind the button."""
        return self._folded

    def set_folded(self, folded: bool) -> None:
        """Put the filters behind the button, or side by side again."""
        if folded == self._folded:
            return
        self._folded = folded
        self.popup.hide()
        for at, (_words, tool) in enumerate(self._tools):
            if folded:
                self._row.removeWidget(tool)
                self._grid.addWidget(tool, at, 1)
            else:
                self._grid.removeWidget(tool)
                self._row.insertWidget(at, tool)
            tool.show()
            self._labels[at].setVisible(folded)
        self.button.setVisible(folded or bool(self._more))

    def mark(self, filtered: bool) -> None:
        """Tell on the button that something is filtered: its filters are out of sight."""
        self.button.set_role("primary" if filtered else "default")
        self.button.setAccessibleDescription(_("筛选中") if filtered else "")

    def _open(self) -> None:
        self.popup.show_under(self.button, right=True)
        shown = self._tools if self._folded else self._more
        if shown:
            shown[0][1].setFocus(Qt.FocusReason.PopupFocusReason)
