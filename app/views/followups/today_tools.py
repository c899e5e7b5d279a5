"""The tools in Today's header: search, plan type, whose steps, and 写跟单."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.i18n import _
from app.views.core import theme as themes
from app.views.followups.search_launcher import SearchLauncher
from app.views.widgets.buttons import Button, icon_button

if TYPE_CHECKING:
    from app.views.core.page import WidthMode

MINE = -1
EVERYBODY = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What Today shows: whose steps (MINE, EVERYBODY or a staff id) and which plan kind."""

    whose: int = MINE
    plan_kind: str = ""


class TodayTools(QWidget):
    """Hold the header's controls; narrow windows fold both filters into one button."""

    search_wanted = Signal(str)
    write_wanted = Signal()
    detail_wanted = Signal()
    changed = Signal(object)

    def __init__(self, keys: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.wanted = Wanted()
        self._plans: Sequence[tuple[str, str]] = ()
        self._staff: Sequence[tuple[int, str]] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        hint = _("找客户、电话、拼音首字母")
        self.search = SearchLauncher(hint, keys.get("go_to", ""))
        self.search.wanted.connect(self.search_wanted)
        self.lens = icon_button("search", hint, "default", name="today_find")
        self.lens.clicked.connect(lambda: self.search_wanted.emit(""))
        self.plan = Button(_("全部计划类型"), name="today_plan")
        self.whose = Button(_("我的"), name="today_whose")
        self.both = icon_button("filter", _("筛选"), "default", name="today_filter")
        self.detail = icon_button("panel_right", _("详情窗格"), "default", name="today_detail")
        self.detail.clicked.connect(self.detail_wanted)
        self.write = Button(_("写跟单"), "primary", "edit", key=keys.get("quick_line", ""),
                            name="today_write")  # fmt: skip
        self._write_key = keys.get("quick_line", "")
        self.write.clicked.connect(self.write_wanted)
        for tool in (self.search, self.lens, self.plan, self.whose, self.both, self.detail,
                     self.write):  # fmt: skip
            row.addWidget(tool)
        self.adapt("full")

    def set_choices(
        self, plans: Sequence[tuple[str, str]], staff: Sequence[tuple[int, str]]
    ) -> None:
        """Offer these plan kinds (code, words) and these people (id, name)."""
        if (plans, staff) != (self._plans, self._staff):
            self._plans, self._staff = plans, staff
            self._make_menus()
        self._show()

    def set_wanted(self, wanted: Wanted) -> None:
        """Choose without telling ``changed``."""
        self.wanted = wanted
        self._show()

    def adapt(self, mode: WidthMode) -> None:
        """Fold the filters in narrow windows."""
        compact = mode == "compact"
        for tool in (self.search, self.plan, self.whose):
            tool.setVisible(not compact)
        for tool in (self.lens, self.both, self.detail):
            tool.setVisible(compact)
        self.write.set_key("" if compact else self._write_key)

    # -- menus ----------------------------------------------------------------------------

    def _make_menus(self) -> None:
        self.plan.set_menu(self._menu(self._plan_entries(), self.plan))
        self.whose.set_menu(self._menu(self._whose_entries(), self.whose))
        both = QMenu(self.both)
        self._fill(both, self._plan_entries())
        both.addSeparator()
        self._fill(both, self._whose_entries())
        both.aboutToShow.connect(lambda: self._tick(both))
        self.both.setMenu(both)

    def _plan_entries(self) -> list[tuple[str, Wanted]]:
        first = (_("全部计划类型"), Wanted(MINE, ""))
        return [first, *((words, Wanted(MINE, code)) for code, words in self._plans)]

    def _whose_entries(self) -> list[tuple[str, Wanted]]:
        first = [(_("我的"), Wanted(MINE, "?")), (_("全部"), Wanted(EVERYBODY, "?"))]
        return [*first, *((name, Wanted(staff_id, "?")) for staff_id, name in self._staff)]

    def _menu(self, entries: list[tuple[str, Wanted]], opener: QWidget) -> QMenu:
        menu = QMenu(opener)
        self._fill(menu, entries)
        menu.aboutToShow.connect(lambda: self._tick(menu))
        return menu

    def _fill(self, menu: QMenu, entries: list[tuple[str, Wanted]]) -> None:
        group = QActionGroup(menu)
        for words, meant in entries:
            action = menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setData(meant)
            group.addAction(action)
            action.triggered.connect(lambda _on, meant=meant: self._choose(meant))

    def _tick(self, menu: QMenu) -> None:
        for action in menu.actions():
            meant = action.data()
            if isinstance(meant, Wanted):
                action.setChecked(self._is_chosen(meant))

    def _is_chosen(self, meant: Wanted) -> bool:
        if meant.plan_kind == "?":
            return meant.whose == self.wanted.whose
        return meant.plan_kind == self.wanted.plan_kind

    def _choose(self, meant: Wanted) -> None:
        if meant.plan_kind == "?":
            self.wanted = Wanted(meant.whose, self.wanted.plan_kind)
        else:
            self.wanted = Wanted(self.wanted.whose, meant.plan_kind)
        self._show()
        self.changed.emit(self.wanted)

    def _show(self) -> None:
        plans = dict(self._plans)
        names = {MINE: _("我的"), EVERYBODY: _("全部"), **dict(self._staff)}
        self.plan.setText(plans.get(self.wanted.plan_kind) or _("全部计划类型"))
        self.whose.setText(names.get(self.wanted.whose, _("我的")))
        filtered = self.wanted != Wanted()
        self.both.set_role("primary" if filtered else "default")
        self.plan.setAccessibleDescription(_("按计划类型筛选"))
        self.whose.setAccessibleDescription(_("看谁的下步事务"))
