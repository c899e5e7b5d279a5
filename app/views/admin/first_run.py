"""The wizard of the first use: seven steps, then a book (picture 13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app import i18n
from app.i18n import _, translate
from app.prefs import LANGUAGE, Prefs
from app.views.admin.first_run_begin import LooksStep, WelcomeStep
from app.views.admin.first_run_end import BeginStep, EndStep
from app.views.admin.first_run_making import make_book, read_ready
from app.views.admin.first_run_password import PasswordStep
from app.views.admin.first_run_people import PeopleStep
from app.views.admin.first_run_rail import Rail
from app.views.admin.first_run_step import IMPORT, Answers, Step
from app.views.admin.first_run_template import TemplateStep
from app.views.core import theme as themes
from app.views.core.runner import run_job
from app.views.widgets.buttons import Button
from app.views.widgets.text import Label

if TYPE_CHECKING:
    from pathlib import Path

    from app.models.values.clock import Clock
    from app.services.office import Office
    from app.views.core.start_books import Bootstrap

STEPS: tuple[type[Step], ...] = (
    WelcomeStep, LooksStep, PeopleStep, PasswordStep, TemplateStep, BeginStep, EndStep,
)  # fmt: skip
_KEPT = "first_run"
SIZE = (1080, 716)
_RAIL_FROM = 900


class FirstRun(QDialog):
    """Ask seven things and make a book; ``made`` carries its office and the action to go on with.

    Leaving keeps what was typed, secrets excepted, for the next time.
    """

    made = Signal(object, str)
    open_wanted = Signal()

    def __init__(
        self, bootstrap: Bootstrap, prefs: Prefs, clock: Clock, folder: Path,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._bootstrap = bootstrap
        self._prefs = prefs
        self._clock = clock
        self._at = 0
        self._making = False
        self.answers = Answers(folder)
        self.answers.take(prefs.get(_KEPT))
        self.setObjectName("first_run")
        self._around = QVBoxLayout(self)
        self._around.setContentsMargins(0, 0, 0, 0)
        self._around.setSpacing(0)
        self._build()
        self._fit()
        run_job(self, lambda _progress: read_ready(bootstrap), self._take_ready)

    # -- building ----------------------------------------------------------------------------

    def _build(self) -> None:
        theme = themes.current()
        self.setWindowTitle(_("跟单 — 首次使用"))
        self._place = QWidget()
        rows = QVBoxLayout(self._place)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self._rail = Rail([translate(step.TITLE) for step in STEPS])
        self._rail.chosen.connect(self._go_back_to)
        self._stack = QStackedWidget()
        self._steps = [step(self.answers) for step in STEPS]
        for step in self._steps:
            step.changed.connect(self._refresh)
            self._stack.addWidget(step)
        self._connect()
        middle.addWidget(self._rail)
        middle.addWidget(self._stack, 1)
        rows.addLayout(middle, 1)
        rows.addWidget(self._footer(theme.size("dialog_footer")))
        self._around.addWidget(self._place)
        self._adapt()
        self._show()

    def _connect(self) -> None:
        for step in self._steps:
            if isinstance(step, WelcomeStep):
                step.open_wanted.connect(self.open_wanted)
            elif isinstance(step, LooksStep):
                step.language_chosen.connect(self._use_language)
                step.mode_chosen.connect(self._use_mode)
                step.scale_chosen.connect(self._use_scale)

    def _footer(self, height: int) -> QFrame:
        theme = themes.current()
        footer = QFrame()
        footer.setProperty("band", "footer")
        footer.setFixedHeight(height)
        row = QHBoxLayout(footer)
        row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        row.setSpacing(theme.px(12))
        self._where = Label("", "small", "text2")
        self.back = Button(_("上一步"), name="first_run_back")
        self.later = Button(_("以后再设"), "link", name="first_run_later")
        self.next = Button("", "primary", name="first_run_next")
        self.back.clicked.connect(lambda: self._go(self._at - 1))
        self.later.clicked.connect(self._skip)
        self.next.clicked.connect(self.go_on)
        self.next.setDefault(True)
        row.addWidget(self._where)
        row.addStretch(1)
        for button in (self.back, self.later, self.next):
            row.addWidget(button)
        return footer

    def _fit(self) -> None:
        theme = themes.current()
        wide, high = (theme.px(side) for side in SIZE)
        room = self.screen().availableGeometry()
        self.resize(min(wide, room.width()), min(high, room.height() - 32))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the steps at the left where the questions need the room."""
        super().resizeEvent(event)
        self._adapt()

    def _adapt(self) -> None:
        self._rail.setVisible(self.width() >= themes.current().px(_RAIL_FROM))

    # -- going -------------------------------------------------------------------------------

    @property
    def step(self) -> Step:
        """Return the step on the screen."""
        return self._steps[self._at]

    def go_on(self) -> None:
        """Go to the next step when this one is right, or make the book after the last."""
        if self._making or not self.step.may_go_on() or not self.step.check():
            return
        self.step.keep()
        if self._at + 1 < len(self._steps):
            self._go(self._at + 1)
        else:
            self._make()

    def _skip(self) -> None:
        self.step.skip()
        self.step.keep()
        self._go(self._at + 1)

    def _go_back_to(self, at: int) -> None:
        if at <= self._at:
            self._go(at)
            return
        while self._at < at and self.step.may_go_on() and self.step.check():
            self.step.keep()
            self._go(self._at + 1)

    def _go(self, at: int) -> None:
        if self._making or not 0 <= at < len(self._steps):
            return
        if at < self._at:
            self.step.keep()
        self._at = at
        self._prefs.set(_KEPT, self.answers.kept())
        self._show()

    def _show(self) -> None:
        self.step.arrive()
        self._stack.setCurrentIndex(self._at)
        self._rail.go(self._at)
        self._refresh()
        # the fields of a page that has just been shown take the focus in the next turn
        QTimer.singleShot(0, self.step, self._focus)

    def _focus(self) -> None:
        if self.step.FIELDS:
            self.step.focus_first()
        else:
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh(self) -> None:
        count, step = len(STEPS), self._steps[self._at]
        last = self._at + 1 == count
        words = _("第 {at} 步，共 {count} 步").format(at=self._at + 1, count=count)
        if step.MINUTES:
            words += _(" · 约剩 {count} 分钟").format(count=step.MINUTES)
        self._where.setText(words)
        self.back.setVisible(self._at > 0)
        self.later.setVisible(step.CAN_SKIP)
        self.next.setText(_("开始使用") if last else _("继续 →"))
        self.next.setAccessibleName(_("开始使用") if last else _("继续"))
        self.next.setEnabled(step.may_go_on() and not self._making)

    def _take_ready(self, ready: Answers) -> None:
        self.answers.templates = ready.templates
        self.answers.recovery_code = ready.recovery_code
        self.answers.keyring_works = ready.keyring_works
        self.step.arrive()

    # -- looks -------------------------------------------------------------------------------

    def _use_language(self, code: str) -> None:
        i18n.set_language(code)
        self._prefs.set(LANGUAGE, code)
        self._rebuild()

    def _use_mode(self, mode: themes.Mode) -> None:
        self._prefs.set("theme", mode)
        themes.current().use(mode)
        self._rebuild()

    def _use_scale(self, scale: int) -> None:
        self._prefs.set("scale", scale)
        themes.current().use(scale=scale)
        self._rebuild()
        self._fit()

    def _rebuild(self) -> None:
        for step in self._steps:
            step.keep()
        old = self._place
        self._around.removeWidget(old)
        old.hide()
        old.deleteLater()
        self._build()

    # -- making ------------------------------------------------------------------------------

    def _make(self) -> None:
        end = self.step
        assert isinstance(end, EndStep)
        end.error.clear()
        self._making = True
        self.next.setText(_("正在生成"))
        self._refresh_busy(True)
        answers = self.answers
        run_job(
            self,
            lambda progress: make_book(self._bootstrap, answers, self._clock, progress),
            self._on_made,
            self._on_failed,
            progress=lambda done, total, text: self._where.setText(
                text or (f"{done:,} / {total:,}" if total else "")
            ),
            title=_("生成数据"),
            writing=True,
        )

    def _on_made(self, office: Office) -> None:
        self._making = False
        self._prefs.set(_KEPT, None)
        self.made.emit(office, "import" if self.answers.begin == IMPORT else "")
        self.accept()

    def _on_failed(self, error: BaseException) -> None:
        self._making = False
        self._refresh_busy(False)
        self._refresh()
        end = self.step
        assert isinstance(end, EndStep)
        end.error.show_error(error, self.go_on)

    def _refresh_busy(self, busy: bool) -> None:
        for button in (self.back, self.next):
            button.setEnabled(not busy)
        self._rail.setEnabled(not busy)

    def reject(self) -> None:
        """Leave, unless the book is being made just now."""
        if self._making:
            return
        self.step.keep()
        self._prefs.set(_KEPT, self.answers.kept())
        super().reject()
