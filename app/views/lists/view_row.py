"""The row of views over the customer list: name, count, and whether it was changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QMenu, QSizePolicy, QWidget

from app.i18n import _, translate
from app.views.core import format as fmt
from app.views.core import theme as themes
from app.views.lists.state import OWN, ListView
from app.views.widgets.buttons import Button
from app.views.widgets.text import set_tip

HEIGHT = 40


class ViewTab(QAbstractButton):
    """Show one view: bold and tinted when it is the present one."""

    def __init__(self, view: ListView, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.count: int | None = None
        self.changed = False
        self.setCheckable(True)
        self.setText(title)
        self.setObjectName(f"view_{view.id}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._speak()

    def show_state(self, count: int | None, *, current: bool, changed: bool) -> None:
        """Show the count, or 已改动 instead while the view is not as it was saved."""
        self.count, self.changed = count, changed and current
        self.setChecked(current)
        policy = Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(policy)
        self._speak()
        self.updateGeometry()
        self.update()

    def _note(self) -> str:
        if self.changed:
            return _("已改动")
        return fmt.count(self.count) if self.count is not None else ""

    def _speak(self) -> None:
        shared = _("共享") if self.view.shared else ""
        parts = (self.text(), shared, self._note())
        self.setAccessibleName(" ".join(part for part in parts if part))
        set_tip(self, _("大家都看得到的视图") if self.view.shared else "")

    def sizeHint(self) -> QSize:
        """Return the size with bold words."""
        theme = themes.current()
        wide = QFontMetrics(theme.font("body_strong")).horizontalAdvance(self.text())
        note = QFontMetrics(theme.font("caption")).horizontalAdvance(self._note())
        room = theme.px(7) if note else 0
        return QSize(wide + note + room + theme.px(20), theme.px(28))

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw name and count."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.brush("accentTint" if on else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.px(4), theme.px(4))
        font = theme.font("body_strong" if on else "body")
        painter.setFont(font)
        painter.setPen(theme.color("accent" if on else "text2"))
        wide = QFontMetrics(font).horizontalAdvance(self.text())
        box = QRect(theme.px(10), 0, wide + 2, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("accent" if on else "text3"))
        note = QRect(box.right() + theme.px(6), 1, self.width(), self.height())
        painter.drawText(note, Qt.AlignmentFlag.AlignVCenter, self._note())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open what can be done with this view, once it is the present one."""
        row = self.parent()
        if self.isChecked() and isinstance(row, ViewRow):
            row.open_menu()
            event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the view beside this one with the arrows."""
        row = self.parent()
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and isinstance(row, ViewRow):
            row.step(self, step)
            return
        super().keyPressEvent(event)


class ViewRow(QFrame):
    """Hold the views, the ones without room in a menu, and the tools of the list at the right.

    ``chosen(view)`` for another view; ``save_wanted`` to keep the present list under a name,
    ``restore_wanted``, ``save_over_wanted``, ``rename_wanted``, ``share_wanted(shared)``,
    ``move_wanted(step)`` and ``drop_wanted`` for the present view.
    """

    chosen = Signal(object)
    save_wanted = Signal()
    save_over_wanted = Signal()
    restore_wanted = Signal()
    rename_wanted = Signal()
    share_wanted = Signal(bool)
    move_wanted = Signal(int)
    drop_wanted = Signal()
    columns_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setProperty("band", "below")
        self.setObjectName("view_row")
        self.setAccessibleName(_("视图"))
        self.setFixedHeight(theme.px(HEIGHT))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        self._row.setSpacing(theme.px(4))
        self._tabs: list[ViewTab] = []
        self._more = Button(_("更多"), "ghost", name="view_more")
        self._more.set_menu(QMenu(self._more))
        self._save = Button(_("存为视图"), "ghost", "plus", name="view_save")
        self._save.clicked.connect(self._save_pressed)
        self._save_menu = QMenu(self._save)
        self._save_menu.setObjectName("view_menu")
        self._restore = Button(_("还原"), "ghost", name="view_restore")
        self._restore.clicked.connect(self.restore_wanted)
        self.columns = Button(_("列"), "ghost", "columns", name="columns_button")
        self.columns.clicked.connect(self.columns_wanted)
        self.export = Button(_("导出"), "ghost", "export", name="export_button")
        self.export.clicked.connect(self.export_wanted)
        self._row.addWidget(self._more)
        self._row.addWidget(self._save)
        self._row.addWidget(self._restore)
        self._row.addStretch(1)
        self._row.addWidget(self.columns)
        self._row.addWidget(self.export)

    def set_views(self, views: Sequence[ListView]) -> None:
        """Show these views."""
        for tab in self._tabs:
            self._row.removeWidget(tab)
            tab.hide()
            tab.deleteLater()
        self._tabs = []
        for at, view in enumerate(views):
            own = view.id.startswith(OWN)
            tab = ViewTab(view, view.title if own else translate(view.title), self)
            tab.clicked.connect(lambda _on=False, view=view: self.chosen.emit(view))
            self._row.insertWidget(at, tab)
            self._tabs.append(tab)
            tab.show()
        self._fold()

    def show_state(self, current: str, changed: bool, counts: Mapping[str, int]) -> None:
        """Mark the present view and print the counts that are known."""
        for tab in self._tabs:
            now = tab.view.id == current
            tab.show_state(counts.get(tab.view.id), current=now, changed=changed)
        self._changed = changed
        self._save.setVisible(changed or self._own())
        self._save.setText(_("视图") if self._own() else _("存为视图"))
        self._restore.setVisible(changed)
        self._fold()

    _changed = False

    def _own(self) -> bool:
        tab = self.current_tab()
        return tab is not None and tab.view.id.startswith(OWN)

    def _save_pressed(self) -> None:
        if self._own():
            self.open_menu()
        else:
            self.save_wanted.emit()

    def open_menu(self) -> None:
        """Open what can be done with the present view."""
        tab, menu = self.current_tab(), self._save_menu
        if tab is None:
            return
        menu.clear()
        if tab.view.changeable and self._changed:
            menu.addAction(_("存到这个视图"), self.save_over_wanted.emit)
        menu.addAction(_("另存为视图…"), self.save_wanted.emit)
        if tab.view.changeable:
            self._add_keeping(menu, tab.view)
        menu.popup(self._save.mapToGlobal(self._save.rect().bottomLeft()))

    def _add_keeping(self, menu: QMenu, view: ListView) -> None:
        menu.addSeparator()
        menu.addAction(_("改名…"), self.rename_wanted.emit)
        said = _("不再共享") if view.shared else _("共享给大家")
        menu.addAction(said, lambda: self.share_wanted.emit(not view.shared))
        menu.addAction(_("往前移"), lambda: self.move_wanted.emit(-1))
        menu.addAction(_("往后移"), lambda: self.move_wanted.emit(1))
        menu.addSeparator()
        menu.addAction(_("删除视图"), self.drop_wanted.emit)

    def set_narrow(self, narrow: bool) -> None:
        """Show the tools at the right without words in small windows."""
        self.export.setVisible(not narrow)
        self.columns.setVisible(not narrow)
        self._fold()

    def current_tab(self) -> ViewTab | None:
        """Return the tab of the present view."""
        return next((tab for tab in self._tabs if tab.isChecked()), None)

    def step(self, tab: ViewTab, step: int) -> None:
        """Choose the view beside one."""
        shown = [one for one in self._tabs if not one.isHidden()]
        target = shown[(shown.index(tab) + step) % len(shown)]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        target.click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put views without room into the menu."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        theme = themes.current()
        buttons = (self.columns, self.export, self._save, self._restore)
        shown = (one for one in buttons if not one.isHidden())
        tools = sum(one.sizeHint().width() for one in shown) + theme.px(44)
        room = self.width() - tools
        fits: list[ViewTab] = []
        needed = 0
        for tab in sorted(self._tabs, key=lambda one: not one.isChecked()):
            needed += tab.sizeHint().width() + theme.px(4)
            last = len(fits) == len(self._tabs) - 1
            if needed <= room - (0 if last else self._more.sizeHint().width()):
                fits.append(tab)
        for tab in self._tabs:
            tab.setVisible(tab in fits)
        hidden = [tab for tab in self._tabs if tab not in fits]
        self._more.setVisible(bool(hidden))
        menu = self._more.menu()
        menu.clear()
        for tab in hidden:
            menu.addAction(tab.accessibleName(), tab.click)
