"""安排下步: open a next step without writing a follow-up (Ctrl+T)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QVBoxLayout, QWidget

from app.errors import UserError
from app.i18n import _
from app.views.core import theme as themes
from app.views.core import undoing
from app.views.core.errors import ErrorBar, show_error
from app.views.core.forms import EnterMoves, ErrorLine, is_enter
from app.views.core.page import ViewContext
from app.views.followups import acts
from app.views.followups.form import give_back_focus, window_of
from app.views.followups.next_step_panel import NextStepPanel
from app.views.followups.subject import Subject, load_lists, load_subject
from app.views.followups.subject_line import SubjectLine
from app.views.widgets.buttons import Button


class StepDialog(QDialog):
    """Choose when, what for and who; ``scheduled(SavedFollowup)`` comes after the save."""

    scheduled = Signal(object)

    def __init__(self, view: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self._moment = acts.moment_of(view)
        self._subject: Subject | None = None
        self.setObjectName("step_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        enter = EnterMoves(self, lambda: bool(view.prefs.get("enter_moves", True)))
        me = view.office.context.actor.staff_id
        self.line = SubjectLine(view.office, with_step=False)
        self.line.picked.connect(self._load)
        self.next = NextStepPanel(self._moment, load_lists(view.office), me, enter)
        self.problem = ErrorLine()
        self.error = ErrorBar()
        self._lay_out()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.save)
        self.next.changed.connect(lambda: self.problem.say(""))

    def _lay_out(self) -> None:
        theme = themes.current()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.line)
        body = QVBoxLayout()
        body.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(14))
        body.setSpacing(theme.px(8))
        body.addWidget(self.next)
        body.addWidget(self.problem)
        body.addWidget(self.error)
        body.addStretch(1)
        rows.addLayout(body, 1)
        footer = QFrame()
        footer.setProperty("band", "footer")
        foot = QVBoxLayout(footer)
        foot.setContentsMargins(theme.px(16), theme.px(11), theme.px(16), theme.px(11))
        foot.addWidget(self._buttons())
        rows.addWidget(footer)
        wide = min(theme.px(720), self.screen().availableGeometry().width() - 16)
        self.resize(wide, theme.px(264))

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.go = Button(_("安排"), "primary", "checkmark", key="Ctrl+Enter", name="step_save")
        self.go.clicked.connect(self.save)
        cancel = Button(_("取消"), name="step_cancel")
        cancel.clicked.connect(self.reject)
        box.addButton(self.go, role.AcceptRole)
        box.addButton(cancel, role.RejectRole)
        return box

    def open_for(self, customer_id: int | None) -> None:
        """Show the dialog for a customer, or ask for whom."""
        self._load(customer_id)
        self.open()
        self._focus_start()

    def _load(self, customer_id: int | None) -> None:
        office = self.view.office
        self._subject = load_subject(office, customer_id, 0, self._moment) if customer_id else None
        self.line.show_subject(self._subject, self._moment)
        name = self._subject.card.name if self._subject is not None else ""
        self.setWindowTitle(" — ".join(part for part in (_("安排下步"), name) if part))
        if self._subject is not None:
            self._focus_start()

    def _focus_start(self) -> None:
        target = self.line.field if self._subject is None else self.next.when.chips
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Open the step and close."""
        self.error.clear()
        if self._subject is None:
            self.line.ask()
            return
        draft = self.next.draft()
        if draft is None:
            self.problem.say(self.next.problem() or _("还没选时间，按 1–6 选一个"))
            self.next.when.chips.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            saved = self.view.office.followups.schedule(self._subject.id, draft)
        except UserError as error:
            self.error.show_error(error, self.save, _("再存一次"))
            return
        words = _("已安排下步：{next}").format(next=acts.next_words(saved, self._moment))
        undoing.said(self.view, words)
        self.scheduled.emit(saved)
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let plain Enter do nothing more; nothing here is a default button."""
        if is_enter(event):
            event.accept()
        else:
            super().keyPressEvent(event)


def plan_next_step(view: ViewContext, customer_id: int | None = None) -> StepDialog | None:
    """Open 安排下步 for a customer, or ask for whom; None when the customer is gone."""
    dialog = StepDialog(view, window_of(view))
    give_back_focus(dialog)
    try:
        dialog.open_for(customer_id)
    except UserError as error:
        dialog.deleteLater()
        show_error(window_of(view), error)
        return None
    return dialog
