"""Reminders of the open book: a bar in the window, the tray of the system, and what was missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QBoxLayout, QSystemTrayIcon, QWidget

from app.i18n import N_, _
from app.views.core.actions import Action
from app.views.core.runner import run_job
from app.views.followups import acts
from app.views.followups.reminder_bar import ReminderBar, calls_words, hidden_words
from app.views.widgets.text import plain_tip

if TYPE_CHECKING:
    from app.services.followups.reminding import Call
    from app.services.office import Office
    from app.views.core.shell import Shell

LOOK_MS = 20_000
FIRST_MS = 3_000


class ReminderDesk(QObject):
    """Look every twenty seconds for steps that call, as long as one book is open."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell)
        self.setObjectName("reminder_desk")
        self._shell = shell
        self._office = office
        self._opened_at = office.context.now()
        self._told: frozenset[int] = frozenset()
        self.calls: tuple[Call, ...] = ()
        self.tray: QSystemTrayIcon | None = None
        self.bar = self._make_bar()
        shell.rebuilt.connect(self._built_anew)
        self._add_actions()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Look once the first clicks are over, and then every twenty seconds."""
        self._timer.start()
        QTimer.singleShot(FIRST_MS, self, self.look)

    def _make_bar(self) -> ReminderBar:
        bar = ReminderBar()
        bar.wanted.connect(self.go)
        bar.snoozed.connect(self.snooze)
        bar.seen.connect(self.dismiss)
        central = self._shell.centralWidget()
        layout = central.layout() if central is not None else None
        assert isinstance(layout, QBoxLayout)
        layout.insertWidget(0, bar)
        return bar

    def _built_anew(self) -> None:
        self.bar = self._make_bar()
        self._add_actions()
        self._show()

    def _add_actions(self) -> None:
        add = self._shell.actions_.add
        add(Action("reminder_go", N_("去办提醒的事"), self.go, "qb tixing reminder do",
                   "Ctrl+Shift+G", icon="bell", enabled=lambda: bool(self.calls)))  # fmt: skip
        add(Action("reminder_later", N_("10 分钟后再提醒"), self._snooze_shortly,
                   "shtx shaohou tixing snooze reminder", "Ctrl+Shift+D", icon="clock",
                   enabled=lambda: bool(self.calls)))  # fmt: skip

    # -- looking -----------------------------------------------------------------------------

    def look(self) -> None:
        """Ask the book what calls now; with the book closed, be gone."""
        if self._shell.office is not self._office:
            self.end()
            return
        followups, staff_id = self._office.followups, self._office.context.actor.staff_id
        # what is wrong with a book is said by the page that reads it
        run_job(
            self,
            lambda _progress: followups.calls(staff_id),
            self._take,
            lambda _error: None,
        )

    def _take(self, calls: tuple[Call, ...]) -> None:
        if self._shell.office is self._office:
            self.calls = calls
            self._show()

    def end(self) -> None:
        """Stop: the book is no longer open."""
        self._timer.stop()
        if self.tray is not None:
            self.tray.hide()
        if shiboken6.isValid(self.bar):
            self.bar.hide()
            self.bar.deleteLater()
        self.deleteLater()

    def locked(self) -> bool:
        """Tell whether the window is locked: then only counts are told."""
        pages = self._shell.findChildren(QWidget, "lock_page")
        return any(page.isVisible() for page in pages)

    def words(self) -> str:
        """Return what is told: names only in an unlocked window."""
        if self.locked():
            return hidden_words(len(self.calls))
        missed = all(one.due_at < self._opened_at for one in self.calls)
        view = self._shell.view
        assert view is not None
        return calls_words(self.calls, acts.moment_of(view), missed=missed)

    def _show(self) -> None:
        view = self._shell.view
        if not self.calls or view is None:
            self.bar.hide()
            self._told = frozenset()
            return
        words = self.words()
        self.bar.show_calls(words, acts.moment_of(view))
        fresh = frozenset(one.step_id for one in self.calls)
        if not fresh <= self._told:
            self._tell_tray(words)
        self._told = fresh

    def _tell_tray(self, words: str) -> None:
        """Tell through the system as well while the window is not the active one."""
        if self._shell.isActiveWindow() or not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self.tray is None:
            self.tray = QSystemTrayIcon(self._shell.windowIcon(), self)
            self.tray.setToolTip(plain_tip(_("跟单")))
            self.tray.activated.connect(lambda _why: self._come_forward())
            self.tray.messageClicked.connect(self._come_forward)
        self.tray.show()
        self.tray.showMessage(_("跟单提醒"), words, self._shell.windowIcon())

    def _come_forward(self) -> None:
        self._shell.showNormal()
        self._shell.raise_()
        self._shell.activateWindow()

    # -- what the person does ----------------------------------------------------------------

    def go(self) -> None:
        """Write about the one step that calls, or go to Today for several."""
        view, calls = self._shell.view, self.calls
        if view is None or not calls or self.locked():
            return
        self.dismiss()
        if len(calls) == 1:
            from app.views.followups.form import write_followup

            write_followup(view, calls[0].customer_id, step_id=calls[0].step_id)
        else:
            view.navigate("today", step_id=calls[0].step_id)

    def snooze(self, until: int) -> None:
        """Let what calls now call again at an instant; the steps stay where they are."""
        self._office.followups.snooze([one.step_id for one in self.calls], until)
        self.look()

    def _snooze_shortly(self) -> None:
        self.snooze(self._office.context.now() + 10 * 60_000)

    def dismiss(self) -> None:
        """Put away what calls now."""
        self._office.followups.saw_calls([one.step_id for one in self.calls])
        self.look()
