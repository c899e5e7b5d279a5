"""设置: a list with search at the left, one page at the right (picture 14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _, translate
from app.models.values.changes import Kind
from app.views.admin.section import SECTIONS, Section, SectionSpec, load
from app.views.admin.side_list import SideList
from app.views.core import theme as themes
from app.views.core.forms import line
from app.views.core.page import Command, Page, ViewContext, WidthMode
from app.views.widgets.search_field import SearchField

_LAST = "settings_section"
_MANAGERS = ("boss", "lead")


class SettingsPage(Page):
    """Show one page of the settings at a time; each is made when it is first chosen."""

    PAGE_ID = "settings"
    WATCHES = frozenset({Kind.setting, Kind.staff, Kind.feature})

    def __init__(self, view: ViewContext) -> None:
        super().__init__(view)
        header = self.add_header(_("设置"))
        header.set_subtitle(_("改动立即生效，可撤销 Ctrl+Z"))
        self._sections: dict[str, Section] = {}
        manages = view.office.context.actor.role in _MANAGERS
        self._specs = [spec for spec in SECTIONS if manages or not spec.manages]
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self._side = self._make_side()
        middle.addWidget(self._side)
        middle.addWidget(line(upright=True))
        self._stack = QStackedWidget()
        self._stack.setObjectName("settings_stack")
        middle.addWidget(self._stack, 1)
        self.body.addLayout(middle, 1)
        self._at = ""
        self._mode: WidthMode = "full"
        self.show_section(str(view.prefs.get(_LAST, "")))

    def _make_side(self) -> QWidget:
        theme = themes.current()
        side = QFrame()
        side.setFixedWidth(theme.px(188))
        rows = QVBoxLayout(side)
        rows.setContentsMargins(0, theme.px(12), 0, theme.px(12))
        rows.setSpacing(theme.px(8))
        self.search = SearchField(_("找设置"), name="settings_search", width=188)
        self.search.searched.connect(self._filter)
        self.search.went_down.connect(self._into_list)
        self.search.entered.connect(self._into_list)
        around = QHBoxLayout()
        around.setContentsMargins(theme.px(10), 0, theme.px(10), 0)
        around.addWidget(self.search)
        rows.addLayout(around)
        self.list = SideList(name="settings_list", spoken=_("设置"))
        self.list.chosen.connect(self.show_section)
        rows.addWidget(self.list, 1)
        self._fill(self._specs)
        return side

    def _fill(self, specs: Sequence[SectionSpec]) -> None:
        self.list.set_choices([(spec.id, translate(spec.title), spec.icon) for spec in specs])

    # -- choosing ----------------------------------------------------------------------------

    def show_section(self, section_id: object) -> None:
        """Show a page of the settings; an unknown id shows the first one."""
        known = [spec for spec in self._specs if spec.id == section_id] or self._specs[:1]
        spec = known[0]
        if spec.id == self._at:
            return
        self._at = spec.id
        section = self._sections.get(spec.id)
        if section is None:
            section = self._sections[spec.id] = load(spec, self.view)
            self._stack.addWidget(section)
        self._stack.setCurrentWidget(section)
        self.list.set_value(spec.id)
        self.view.prefs.set(_LAST, spec.id)
        section.adapt(self._mode)
        section.reload()
        self.status_changed.emit()

    @property
    def section(self) -> Section:
        """Return the page that is shown."""
        return self._sections[self._at]

    def _filter(self, text: str) -> None:
        words = text.lower().split()
        found = [
            spec
            for spec in self._specs
            if all(word in f"{translate(spec.title)} {spec.keywords}".lower() for word in words)
        ]
        self._fill(found)
        if found and self._at not in [spec.id for spec in found]:
            self.show_section(found[0].id)
        else:
            self.list.set_value(self._at)

    def _into_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    # -- the page ----------------------------------------------------------------------------

    def reload(self) -> None:
        """Show what is kept now."""
        self.section.reload()

    def open(self, **params: Any) -> None:
        """Take the page to show."""
        if "section" in params:
            self.show_section(params["section"])

    def params(self) -> dict[str, Any]:
        """Return the page that is shown."""
        return {"section": self._at}

    def commands(self) -> Mapping[str, Command]:
        """Offer the search."""
        return {"find": self._find}

    def _find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def focus_first(self) -> None:
        """Put the focus into the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> Sequence[QWidget]:
        """Return list and page."""
        return (self.list, *self.section.panes())

    def status_left(self) -> str:
        """Return the name of the page that is shown."""
        return translate(self.section.spec.title) if self._at else ""

    def adapt(self, mode: WidthMode) -> None:
        """Make the list narrower in small windows."""
        self._mode = mode
        if self._at:
            self.section.adapt(mode)
        self._side.setFixedWidth(themes.current().px(148 if mode == "compact" else 188))
