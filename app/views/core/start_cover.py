"""Cover the whole window with one page, so that nothing of the book can be seen or reached."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from app.views.core import theme as themes
from app.views.core.shell import Shell
from app.views.widgets.text import Label

_STILL_ALLOWED = frozenset({"quit", "zoom_in", "zoom_out", "zoom_reset"})


class Cover(QWidget):
    """Lie over menus, navigation, page and status bar of a window and hold one page."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._page: QWidget | None = None
        self._title = self._title_under = ""
        self._dialogs: list[QDialog] = []
        self._focus: QWidget | None = None
        self.setObjectName("cover")
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setAutoFillBackground(True)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addWidget(_bottom())
        shell.installEventFilter(self)
        shell.rebuilt.connect(self._hide_window)
        shell.windowTitleChanged.connect(self._keep_title)
        self.hide()

    @property
    def page(self) -> QWidget | None:
        """Return the page that lies over the window, None while the window is open."""
        return self._page

    def lay(self, page: QWidget, title: str) -> None:
        """Put a page over the window; open dialogs are hidden and keep what was typed."""
        self._drop_page()
        if not self.isVisible():
            self._focus = QApplication.focusWidget()
            self._hide_dialogs()
        self._page = page
        self._rows.insertWidget(0, page, 1)
        if not self._title:
            self._title_under = self._shell.windowTitle()
        self._title = title
        self.setGeometry(self._shell.rect())
        self._hide_window()
        self.show()
        self.raise_()
        self._shell.setWindowTitle(title)

    def lift(self) -> None:
        """Show the window again, with its dialogs as they were."""
        if self._page is None:
            return
        self._drop_page()
        self._title = ""
        self._shell.setWindowTitle(self._title_under)
        self.hide()
        self._shell.menuBar().show()
        central = self._shell.centralWidget()
        if central is not None:
            central.show()
        self._shell.actions_.relax()
        for dialog in self._dialogs:
            # not QDialog's own show: that would be seen as a new start of the dialog
            QWidget.setVisible(dialog, True)
        self._dialogs.clear()
        if self._focus is not None and shiboken6.isValid(self._focus):
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus = None

    def drop_dialogs(self) -> None:
        """Close the hidden dialogs: their drafts are kept, their person has left."""
        for dialog in self._dialogs:
            dialog.reject()
        self._dialogs.clear()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._shell.rect())
        return False

    # -- hiding ---------------------------------------------------------------------------

    def _drop_page(self) -> None:
        if self._page is not None:
            self._rows.removeWidget(self._page)
            self._page.hide()
            self._page.deleteLater()
            self._page = None

    def _hide_window(self) -> None:
        if self._page is None:
            return
        self._shell.menuBar().hide()
        central = self._shell.centralWidget()
        if central is not None:
            central.hide()
        self._shell.palette_box.hide()
        for action in self._shell.actions_:
            made = self._shell.actions_.qaction(action.id)
            if made is not None:
                made.setEnabled(action.id in _STILL_ALLOWED)
        self.raise_()

    def _hide_dialogs(self) -> None:
        popup = QApplication.activePopupWidget()
        while popup is not None:
            popup.close()
            popup = QApplication.activePopupWidget()
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                # QDialog.hide would end a dialog that waits in exec: only its window goes
                QWidget.setVisible(widget, False)
                self._dialogs.append(widget)

    def _keep_title(self, title: str) -> None:
        if self._page is not None and title != self._title:
            self._title_under = title
            self._shell.setWindowTitle(self._title)


def _bottom() -> QFrame:
    theme = themes.current()
    bar = QFrame()
    bar.setProperty("band", "above")
    bar.setFixedHeight(theme.size("status_bar") + 1)
    row = QHBoxLayout(bar)
    row.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
    row.addWidget(Label(_("离线运行"), "caption", "text2"), 1, Qt.AlignmentFlag.AlignRight)
    return bar
