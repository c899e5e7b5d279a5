"""The row of conditions: chips that read as sentences, 加条件, order and row height."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QWidget

from app.i18n import N_, _, translate
from app.models.values.pages import Sort
from app.services.lists import Group, Part
from app.services.lists.saved import Layout
from app.views.core import theme as themes
from app.views.lists.vocabulary import Vocabulary
from app.views.widgets.buttons import Button
from app.views.widgets.chips import Chip, filter_chip
from app.views.widgets.flow_layout import FlowLayout
from app.views.widgets.text import Label

_HEIGHTS: tuple[tuple[str, str], ...] = (
    ("", N_("按外观设置")),
    ("compact", N_("紧凑")),
    ("normal", N_("适中")),
    ("roomy", N_("宽松")),
    ("two_line", N_("两行")),
)
_FROZEN = 3
"""So many columns can be frozen; more would leave no room for the others."""


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

    ``removed(place)`` for a cross, ``edit_wanted(place, chip)`` for a click on a chip,
    ``or_wanted(place, chip)`` for one more condition of which one must hold,
    ``add_wanted(button)``, ``groups_wanted``, ``sorted(sort)``,
    ``sort_dialog_wanted``, ``grouped(field)``, ``fold_all_wanted(folded)``,
    ``height_chosen(height)``, ``frozen_chosen(count)``,
    ``about_removed`` for the note of rows that were counted elsewhere.
    """

    removed = Signal(int)
    edit_wanted = Signal(int, object)
    or_wanted = Signal(int, object)
    add_wanted = Signal(object)
    groups_wanted = Signal()
    sorted = Signal(object)
    sort_dialog_wanted = Signal()
    grouped = Signal(str)
    height_chosen = Signal(str)
    frozen_chosen = Signal(int)
    fold_all_wanted = Signal(bool)
    about_removed = Signal()

    def __init__(self, sorts: Sequence[tuple[Sort, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.sorts = sorts
        self.setProperty("band", "below")
        self.setObjectName("filter_row")
        self.setAccessibleName(_("条件"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(9), theme.px(14), theme.px(9))
        row.setSpacing(theme.px(8))
        self._chips = _Chips(self)
        self._shown: list[QWidget] = []
        self._said: tuple[str, ...] = ()
        self._narrow = False
        self._has_groups = False
        self.add = Button(_("加条件"), "link", "plus", name="add_condition", height=24)
        self.add.clicked.connect(lambda: self.add_wanted.emit(self.add))
        self.groups = Button(_("组合…"), "link", name="condition_groups", height=24)
        self.groups.clicked.connect(self.groups_wanted)
        for button in (self.add, self.groups):
            self._chips.flow.addWidget(button)
        row.addWidget(self._chips, 1)
        self._label = Label(_("排序"), "small", "text3")
        row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        self.order = Button("", "ghost", name="sort_button", height=24)
        self.order.set_menu(self._sort_menu())
        row.addWidget(self.order, 0, Qt.AlignmentFlag.AlignTop)
        self.group = Button(_("分组"), "ghost", name="group_button", height=24)
        self.group.set_menu(QMenu(self.group))
        self.group.hide()
        row.addWidget(self.group, 0, Qt.AlignmentFlag.AlignTop)
        self.height_button = Button(_("行高"), "ghost", name="row_height", height=24)
        self.height_button.set_menu(self._height_menu())
        row.addWidget(self.height_button, 0, Qt.AlignmentFlag.AlignTop)
        self._label.setFixedHeight(theme.px(24))
        self._label.setAlignment(Qt.AlignmentFlag.AlignVCenter)

    def _sort_menu(self) -> QMenu:
        menu = QMenu(self)
        for sort, said in self.sorts:
            menu.addAction(translate(said), partial(self.sorted.emit, sort))
        menu.addSeparator()
        menu.addAction(_("多列排序…"), self.sort_dialog_wanted.emit)
        return menu

    def show_groups(self, choices: Sequence[tuple[str, str]], present: str) -> None:
        """Offer what the list can be grouped by, and name what it is grouped by."""
        menu = self.group.menu()
        menu.clear()
        for key, title in (("", _("不分组")), *choices):
            action = menu.addAction(title, partial(self.grouped.emit, key))
            action.setCheckable(True)
            action.setChecked(key == present)
        if present:
            menu.addSeparator()
            menu.addAction(_("全部收起"), partial(self.fold_all_wanted.emit, True))
            menu.addAction(_("全部展开"), partial(self.fold_all_wanted.emit, False))
        title = dict(choices).get(present, present)
        self.group.setText(_("分组：{field}").format(field=title) if present else _("分组"))
        self.group.setVisible(bool(choices) and not self._narrow)
        self._has_groups = bool(choices)

    def _height_menu(self) -> QMenu:
        menu = QMenu(self)
        for height, said in _HEIGHTS:
            action = menu.addAction(translate(said), partial(self.height_chosen.emit, height))
            action.setCheckable(True)
            action.setData(height)
        menu.addSeparator()
        for count in range(_FROZEN + 1):
            said = _("冻结前 {count} 列").format(count=count) if count else _("不冻结列")
            action = menu.addAction(said, partial(self.frozen_chosen.emit, count))
            action.setCheckable(True)
            action.setData(count)
        return menu

    def show_layout(self, layout: Layout) -> None:
        """Mark the height that rows have, and how many columns are frozen."""
        for action in self.height_button.menu().actions():
            action.setChecked(action.data() in (layout.height, layout.frozen))

    def show_state(
        self, where: Sequence[Part], sorted_by: str, vocabulary: Vocabulary, about: str = ""
    ) -> None:
        """Show the conditions and the words of the order of the list."""
        said = (about, *(vocabulary.sentence(part) for part in where))
        self.order.setText(sorted_by)
        if said == self._said:
            return  # a late count must not take the focus away from a chip
        self._said = said
        for widget in self._shown:
            self._chips.flow.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown = []
        for button in (self.add, self.groups):
            self._chips.flow.removeWidget(button)
        if about:
            self._show_about(about)
        for at, part in enumerate(where):
            self._show_chip(at, part, vocabulary)
        for button in (self.add, self.groups):
            self._chips.flow.addWidget(button)
        self.groups.setVisible(bool(where))
        self._chips.updateGeometry()
        self.setVisible(not self._narrow or bool(self._shown))

    def set_narrow(self, narrow: bool) -> None:
        """Go away in small windows while there are no conditions; the header adds them there."""
        self._narrow = narrow
        self.group.setVisible(self._has_groups and not narrow)
        self.height_button.setVisible(not narrow)
        self._label.setVisible(not narrow)
        self.setVisible(not narrow or bool(self._shown))

    def _show_chip(self, at: int, part: Part, vocabulary: Vocabulary) -> None:
        chip = filter_chip(vocabulary.sentence(part), at)
        chip.removed.connect(lambda: self.removed.emit(at))
        chip.clicked.connect(lambda _on=False: self._edit(chip, at))
        chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        chip.customContextMenuRequested.connect(lambda _at: self._menu(chip, at))
        name = "group" if isinstance(part, Group) else part.field
        self._add(chip, f"condition_{name}")

    def _edit(self, chip: Chip, at: int) -> None:
        chip.setChecked(True)
        self.edit_wanted.emit(at, chip)

    def _menu(self, chip: Chip, at: int) -> None:
        menu = QMenu(chip)
        menu.setObjectName("chip_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("改…"), lambda: self._edit(chip, at))
        menu.addAction(_("或者再加一个条件…"), lambda: self.or_wanted.emit(at, chip))
        menu.addAction(_("去掉"), lambda: self.removed.emit(at))
        menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))

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
