"""The row of conditions: chips that read as sentences, 加条件, order and row height."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QWidget

from app.i18n import N_, _, translate
from app.models.values.pages import Sort
from app.services.customers import Condition
from app.views.core import theme as themes
from app.views.core.theme import Density
from app.views.customers.condition_words import Vocabulary
from app.views.widgets.buttons import Button
from app.views.widgets.chips import Chip, filter_chip
from app.views.widgets.flow_layout import FlowLayout
from app.views.widgets.text import Label

SORTS: tuple[tuple[Sort, str], ...] = (
    (Sort("last_touch_on", True), N_("最近跟单 新→旧")),
    (Sort("last_touch_on"), N_("最近跟单 旧→新")),
    (Sort("next_due_at"), N_("下步事务 先→后")),
    (Sort("expected_fen", True), N_("预计金额 大→小")),
    (Sort("stage", True), N_("阶段 后→先")),
    (Sort("name"), N_("名称 A→Z")),
    (Sort("created_on", True), N_("建档日 新→旧")),
    (Sort("region"), N_("地区")),
    (Sort("owner"), N_("负责人")),
)
_DENSITIES: tuple[tuple[Density, str], ...] = (
    ("compact", N_("紧凑")),
    ("normal", N_("适中")),
    ("roomy", N_("宽松")),
)


def sort_words(sort: Sort) -> str:
    """Return the words of an order."""
    for one, words in SORTS:
        if one == sort:
            return translate(words)
    for one, words in SORTS:
        if one.column == sort.column:
            return _("{column}（反序）").format(column=translate(words).split(" ")[0])
    return sort.column


class _Chips(QWidget):
    """Lay chips out in lines like words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.flow = FlowLayout(self, theme.px(8), theme.px(6))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Ask for the height that the width needs."""
        return QSize(self.width(), self.flow.heightForWidth(max(1, self.width())))


class FilterRow(QFrame):
    """Show the conditions of the list.

    ``removed(field)`` for a cross, ``edit_wanted(field, chip)`` for a click on a chip,
    ``add_wanted(button)``, ``sorted(sort)``, ``density(one)``, ``about_removed`` for the note
    of customers that were counted elsewhere.
    """

    removed = Signal(str)
    edit_wanted = Signal(str, object)
    add_wanted = Signal(object)
    sorted = Signal(object)
    about_removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setProperty("band", "below")
        self.setObjectName("filter_row")
        self.setAccessibleName(_("条件"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(9), theme.px(14), theme.px(9))
        row.setSpacing(theme.px(8))
        self._chips = _Chips(self)
        self._shown: list[QWidget] = []
        self._narrow = False
        self.add = Button(_("加条件"), "link", "plus", name="add_condition", height=24)
        self.add.clicked.connect(lambda: self.add_wanted.emit(self.add))
        self._chips.flow.addWidget(self.add)
        row.addWidget(self._chips, 1)
        self._label = Label(_("排序"), "small", "text3")
        row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        self.order = Button("", "ghost", name="sort_button", height=24)
        self.order.set_menu(self._sort_menu())
        row.addWidget(self.order, 0, Qt.AlignmentFlag.AlignTop)
        self.height_button = Button(_("行高"), "ghost", name="row_height", height=24)
        self.height_button.set_menu(self._density_menu())
        row.addWidget(self.height_button, 0, Qt.AlignmentFlag.AlignTop)
        self._label.setFixedHeight(theme.px(24))
        self._label.setAlignment(Qt.AlignmentFlag.AlignVCenter)

    def _sort_menu(self) -> QMenu:
        menu = QMenu(self)
        for sort, said in SORTS:
            menu.addAction(translate(said), partial(self.sorted.emit, sort))
        return menu

    def _density_menu(self) -> QMenu:
        menu = QMenu(self)
        for density, said in _DENSITIES:
            menu.addAction(translate(said), partial(themes.current().set_density, density))
        return menu

    def show_state(
        self, where: Sequence[Condition], sort: Sort, vocabulary: Vocabulary, about: str = ""
    ) -> None:
        """Show the conditions and the order of the list."""
        for widget in self._shown:
            self._chips.flow.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown = []
        self._chips.flow.removeWidget(self.add)
        if about:
            self._show_about(about)
        for condition in where:
            self._show_chip(condition, vocabulary)
        self._chips.flow.addWidget(self.add)
        self.order.setText(sort_words(sort))
        self._chips.updateGeometry()
        self.setVisible(not self._narrow or bool(self._shown))

    def set_narrow(self, narrow: bool) -> None:
        """Go away in small windows while there are no conditions; the header adds them there."""
        self._narrow = narrow
        self.height_button.setVisible(not narrow)
        self._label.setVisible(not narrow)
        self.setVisible(not narrow or bool(self._shown))

    def _show_chip(self, condition: Condition, vocabulary: Vocabulary) -> None:
        chip = filter_chip(vocabulary.sentence(condition), condition.field)
        field = condition.field
        chip.removed.connect(lambda: self.removed.emit(field))
        chip.clicked.connect(lambda _on=False, chip=chip: self._edit(chip, field))
        self._add(chip, f"condition_{field}")

    def _edit(self, chip: Chip, field: str) -> None:
        chip.setChecked(True)
        self.edit_wanted.emit(field, chip)

    def _show_about(self, about: str) -> None:
        chip = filter_chip(about, "about")
        chip.removed.connect(self.about_removed)
        chip.clicked.connect(lambda _on=False: chip.setChecked(True))
        self._add(chip, "condition_about")

    def _add(self, chip: Chip, name: str) -> None:
        chip.setObjectName(name)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._chips.flow.addWidget(chip)
        chip.show()
        self._shown.append(chip)
