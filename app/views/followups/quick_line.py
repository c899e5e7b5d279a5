"""一行快记: one typed line becomes a follow-up, its parts shown as chips (Ctrl+J)."""

from __future__ import annotations

from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
)

from app.errors import UserError
from app.i18n import _
from app.services.followups import QUICK_FORM
from app.services.followups.drafts import FollowupDraft
from app.services.followups.quickline import LONGEST
from app.views.core import theme as themes
from app.views.core import undoing
from app.views.core.errors import ErrorBar, show_error
from app.views.core.forms import ComposeGuard, ErrorLine, is_enter
from app.views.core.page import ViewContext
from app.views.followups import acts
from app.views.followups.followup_form import FollowupForm
from app.views.followups.form import give_back_focus, window_of, write_followup
from app.views.followups.form_bars import ChainBar
from app.views.followups.form_draft import FormDraft
from app.views.followups.quick_chips import QuickChips
from app.views.followups.quick_reading import QuickReading
from app.views.widgets.buttons import Button
from app.views.widgets.text import Label

WIDTH = 720


class QuickLineDialog(QDialog):
    """Take a line, show what it says, and save it with Enter; ``saved(SavedFollowup)``."""

    saved = Signal(object)

    def __init__(self, view: ViewContext, customer_id: int | None) -> None:
        super().__init__(window_of(view))
        self.view = view
        self._current_id = customer_id or 0
        self._moment = acts.moment_of(view)
        self.reading = QuickReading(view.office, self._moment, customer_id)
        self.draft = FormDraft(view, self._payload, self, QUICK_FORM)
        self.origin = QApplication.focusWidget()
        self.setObjectName("quick_line")
        self.setWindowTitle(_("一行快记"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._guard = ComposeGuard(self)
        self._build()
        self._keys()
        kept = self.draft.open(self._current_id)
        if kept is not None:
            self.field.setText(str(kept.get("line", "")))
        self._show()

    # -- building --------------------------------------------------------------------------

    def _build(self) -> None:
        theme = themes.current()
        room = self.screen().availableGeometry().width() - 16
        self.setFixedWidth(min(theme.px(WIDTH), room))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        body = QVBoxLayout()
        body.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(12))
        body.setSpacing(theme.px(10))
        self.field = QLineEdit()
        self.field.setObjectName("quick_text")
        self.field.setAccessibleName(_("一行快记"))
        self.field.setFont(theme.font("entry"))
        self.field.setMinimumHeight(theme.px(36))
        self.field.setMaxLength(LONGEST)
        self.field.setPlaceholderText(
            _("启明 电话 同意看样机 大单46万 月底签 /下周 打击竞品 带视频")
        )
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self._guard.watch(self.field)
        body.addWidget(self.field)
        self.chips = QuickChips(self)
        self.chips.chosen.connect(self._choose)
        self.chips.refused.connect(self._refuse)
        body.addWidget(self.chips)
        self.problem = ErrorLine()
        body.addWidget(self.problem)
        self.error = ErrorBar()
        body.addWidget(self.error)
        rows.addLayout(body, 1)
        self.chain = ChainBar(self._moment)
        self.chain.chosen.connect(self._choose_and_save)
        self.chain.skipped.connect(lambda: self._save(asked=True))
        rows.addWidget(self.chain)
        rows.addWidget(self._footer())

    def _footer(self) -> QFrame:
        theme = themes.current()
        footer = QFrame()
        footer.setProperty("band", "footer")
        row = QHBoxLayout(footer)
        row.setContentsMargins(theme.px(16), theme.px(9), theme.px(16), theme.px(9))
        hint = _("Ctrl+1–9 改识别到的，Esc 存为草稿")
        row.addWidget(Label(hint, "small", "text2", wrap=True), 1)
        box = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.go = Button(_("保存"), "primary", "checkmark", key="Enter", name="quick_save")
        self.go.clicked.connect(self.save)
        keys = self.view.actions.shortcut_text("quick_line")
        self.more = Button(_("展开成表单"), key=keys, name="quick_form")
        self.more.clicked.connect(self.open_form)
        cancel = Button(_("取消"), name="quick_cancel")
        cancel.clicked.connect(self.reject)
        box.addButton(self.go, role.AcceptRole)
        box.addButton(self.more, role.ActionRole)
        box.addButton(cancel, role.RejectRole)
        row.addWidget(box)
        return footer

    def _keys(self) -> None:
        for keys, act in (
            ("Ctrl+Return", self.save),
            ("Ctrl+Enter", self.save),
            ("Ctrl+J", self.open_form),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # -- what is typed -----------------------------------------------------------------------

    def _typed(self, _text: str) -> None:
        self.draft.touch()
        self.problem.say("")
        self.error.clear()
        self.chain.hide()
        self._show()

    def _show(self) -> None:
        """Read the line and show what it says."""
        try:
            self.reading.read(self.field.text())
        except UserError as error:
            self.error.show_error(error)
            return
        self.chips.show_chips(self.reading.chips())
        self.chips.fit(self.width() - 2 * themes.current().px(16))
        self.adjustSize()

    def _choose(self, kind: str, value: Any) -> None:
        self.reading.choose(kind, value)
        self._corrected()

    def _refuse(self, kind: str) -> None:
        self.reading.refuse(kind)
        self._corrected()

    def _corrected(self) -> None:
        self._show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.deselect()
        self.field.end(False)

    def _payload(self) -> dict[str, Any] | None:
        text = self.field.text()
        return {"line": text} if text.strip() else None

    # -- saving ------------------------------------------------------------------------------

    def save(self) -> None:
        """Save, asking once when the chain would break."""
        self._save(asked=self.chain.isVisible())

    def _save(self, *, asked: bool) -> None:
        draft = self.reading.draft()
        if draft is None:
            self.problem.say(_("开头写上哪家客户，例如 启明"))
        elif not draft.content and draft.calibration is None:
            self.problem.say(_("写一句发生了什么再存"))
        elif not asked and self.view.office.followups.chain_breaks(draft):
            self.chain.ask(waiting=False)
            self.adjustSize()
        else:
            try:
                saved = self.view.office.followups.save(
                    draft, form=QUICK_FORM, subject_id=self._current_id
                )
            except UserError as error:
                self.error.show_error(error, lambda: self._save(asked=True), _("再存一次"))
                return
            self.draft.saved()
            undoing.said(self.view, acts.saved_words(saved, self._moment))
            self.saved.emit(saved)
            self.accept()

    def _choose_and_save(self, bucket: object) -> None:
        self.reading.choose("time", bucket)
        self._save(asked=True)

    def open_form(self) -> None:
        """Go on in the form with what has been typed; the line is forgotten once it is there."""
        view, channel, at = self.view, self.reading.channel(), self._current_id
        origin = self.origin
        draft, subject = self.reading.draft(), self.reading.subject
        words = draft.content if draft is not None else self.field.text().strip()

        def go_on() -> None:
            step_id = draft.parent_step_id if draft is not None else 0
            form = write_followup(view, subject.id if subject else None, step_id=step_id)
            if form is not None:
                if origin is not None and shiboken6.isValid(origin):
                    give_back_focus(form, origin)
                if words:
                    hand_on(form, words, channel, draft)
                view.office.followups.drafts.discard(QUICK_FORM, at)

        self.draft.keep_now()
        self.accept()
        # once this dialog has gone: it would take the focus from the form
        QTimer.singleShot(0, window_of(view) or self, go_on)

    # -- keys --------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save on Enter in the field, unless the input method takes it."""
        if (
            watched is self.field
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and is_enter(event)
            and not self._guard.swallows(event)
        ):
            self.save()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let plain Enter do nothing more; nothing here is a default button."""
        if is_enter(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Close with Esc; the line stays as a draft."""
        self.draft.keep_now()
        super().reject()


def hand_on(form: FollowupForm, words: str, channel: str, draft: FollowupDraft | None) -> None:
    """Let a form go on with a line: its words behind those of a draft, and what they said."""
    kept = form.happened.state()
    former = str(kept["content"]).strip()
    content = f"{former}\n{words}" if former else words
    form.happened.restore({**kept, "channel": channel, "content": content})
    if draft is not None and draft.contact_ids:
        form.line.set_contact(draft.contact_ids[0])
    if draft is not None and draft.calibration is not None:
        form.value.take(draft.calibration)


def write_line(view: ViewContext, customer_id: int | None = None) -> QuickLineDialog | None:
    """Open 一行快记 for a customer or for whom the line names; None when the customer is gone."""
    try:
        dialog = QuickLineDialog(view, customer_id)
    except UserError as error:
        show_error(window_of(view), error)
        return None
    give_back_focus(dialog)
    dialog.open()
    home = dialog.parentWidget()
    if home is not None:
        left = home.x() + (home.width() - dialog.width()) // 2
        dialog.move(left, home.y() + home.height() // 5)
    dialog.field.setFocus(Qt.FocusReason.OtherFocusReason)
    dialog.field.end(False)
    return dialog
