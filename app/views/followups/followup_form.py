"""写跟单: one entry with its four steps, saved within seconds of typing (picture 04)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.errors import UserError
from app.i18n import _
from app.services.followups.drafts import FollowupDraft
from app.services.followups.recognise import EXPECTED, Recognised, learnt, recognise
from app.views.core import theme as themes
from app.views.core import undoing
from app.views.core.errors import ErrorBar
from app.views.core.forms import EnterMoves
from app.views.core.page import ViewContext
from app.views.followups import acts
from app.views.followups.form_bars import ChainBar, ClockBar, Footer, KeptBar
from app.views.followups.form_draft import FormDraft
from app.views.followups.happened_step import HappenedStep
from app.views.followups.learnt_step import LearntStep
from app.views.followups.next_step_panel import NextStepFrame, NextStepPanel
from app.views.followups.step_frame import StepFrame
from app.views.followups.subject import Subject, load_lists, load_subject, vocabulary
from app.views.followups.subject_line import SubjectLine
from app.views.followups.value_step import ValueStep

Following = Callable[[], tuple[int, int] | None]
WIDTH, HEIGHT = 940, 690


class FollowupForm(QDialog):
    """Write one follow-up, or several one after the other.

    ``following`` selects and returns the next customer and step of the list that opened the
    form; without it there is no 保存并写下一家. ``saved(SavedFollowup)`` comes after each save.
    """

    saved = Signal(object)

    def __init__(
        self, view: ViewContext, parent: QWidget | None, following: Following | None = None
    ) -> None:
        super().__init__(parent)
        self.view = view
        self._following = following
        self._moment = acts.moment_of(view)
        self._subject: Subject | None = None
        self._filling = False
        self._lists = load_lists(view.office)
        self._words = vocabulary(self._lists, None)
        self.setObjectName("followup_form")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.enter = EnterMoves(self, lambda: bool(view.prefs.get("enter_moves", True)))
        self.draft = FormDraft(view, self._payload, self)
        self._build()
        self._keys()
        self._fit()
        QApplication.instance().focusChanged.connect(self._mark_steps)  # type: ignore[union-attr]  # there is one

    # -- building --------------------------------------------------------------------------

    def _build(self) -> None:
        today = self.view.office.context.today
        me = self.view.office.context.actor.staff_id
        self.line = SubjectLine(self.view.office)
        self.kept = KeptBar()
        self.happened = HappenedStep(self._lists.plans)
        self.value = ValueStep(today, self._lists.nodes, self.enter)
        self.learnt = LearntStep(today, self.enter)
        self.next = NextStepPanel(self._moment, self._lists, me, self.enter)
        self.next_frame = NextStepFrame(self.next)
        self.steps: tuple[StepFrame, ...] = (
            self.happened, self.value, self.learnt, self.next_frame
        )  # fmt: skip
        self.chain = ChainBar(self._moment)
        self.clock = ClockBar()
        self.error = ErrorBar()
        self.footer = Footer(with_next=self._following is not None)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.line)
        rows.addWidget(self.kept)
        rows.addWidget(self._sheet(), 1)
        rows.addWidget(self.chain)
        rows.addWidget(self.clock)
        rows.addWidget(_padded(self.error))
        rows.addWidget(self.footer)
        self._connect()

    def _sheet(self) -> QScrollArea:
        sheet = QWidget()
        sheet.setBackgroundRole(QPalette.ColorRole.Base)
        sheet.setAutoFillBackground(True)
        rows = QVBoxLayout(sheet)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for at, step in enumerate(self.steps):
            rows.addWidget(step, 100 if at == 0 else 0)
        rows.addStretch(1)
        self.next_frame.setProperty("band", "none")
        self._area = QScrollArea()
        self._area.setObjectName("form_sheet")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(sheet)
        return self._area

    def _connect(self) -> None:
        self.line.picked.connect(self._change_subject)
        self.kept.dropped.connect(self._start_over)
        self.happened.recognised.connect(self._recognised)
        self.chain.chosen.connect(self._choose_and_save)
        self.chain.skipped.connect(lambda: self._save(asked=True))
        self.clock.trusted.connect(self._trust_clock)
        self.footer.save.clicked.connect(self.save)
        self.footer.save_next.clicked.connect(lambda: self.save(then_next=True))
        self.footer.cancel.clicked.connect(self.reject)
        self.draft.kept.connect(lambda at: self.footer.say_kept(at, self._moment))
        self.draft.failed.connect(self.footer.say_not_kept)
        for part in (self.line, self.happened, self.value, self.learnt, self.next):
            part.changed.connect(self._touched)

    def _keys(self) -> None:
        for keys, act in (
            ("Ctrl+Return", self.save),
            ("Ctrl+Enter", self.save),
            ("Ctrl+Shift+Return", lambda: self.save(then_next=True)),
            ("Ctrl+Shift+Enter", lambda: self.save(then_next=True)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        for number, step in enumerate(self.steps, start=1):
            QShortcut(QKeySequence(f"Ctrl+{number}"), self).activated.connect(
                lambda step=step: self._jump(step)
            )

    def _fit(self) -> None:
        theme = themes.current()
        room = self.screen().availableGeometry()
        kept = self.view.prefs.get("form.size")
        wide, high = kept if isinstance(kept, list) and len(kept) == 2 else (WIDTH, HEIGHT)
        self.resize(min(theme.px(wide), room.width() - 16), min(theme.px(high), room.height() - 48))

    # -- whom it is about ------------------------------------------------------------------------

    def open_for(self, customer_id: int | None, step_id: int = 0) -> None:
        """Show the form for a customer and the step it completes, or ask for whom."""
        self._load(customer_id, step_id)
        self.open()
        self._focus_start()

    def _focus_start(self) -> None:
        target = self.line.field if self._subject is None else self.happened.entry
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _load(self, customer_id: int | None, step_id: int = 0) -> None:
        office = self.view.office
        self._moment = acts.moment_of(self.view)
        self._filling = True
        self._subject = (
            load_subject(office, customer_id, step_id, self._moment) if customer_id else None
        )
        self.line.show_subject(self._subject, self._moment)
        self.next.clear()
        self._show_known()
        self.happened.clear()
        found = self.draft.open(customer_id or 0)
        if found is not None:
            self._restore(found)
            self.kept.say(self.draft.kept_at, self._moment)
        else:
            self.kept.hide()
        self._filling = False
        self._say_title()

    def _show_known(self) -> None:
        """Show what is known of the customer in steps 2 and 3."""
        known = self._subject is not None
        self._words = vocabulary(self._lists, self._subject)
        for step in (self.value, self.learnt):
            step.setVisible(known)
        if self._subject is not None:
            self.value.show_subject(self._subject)
            self.learnt.show_subject(self._subject)
        self.happened.start(self._moment, lambda text: recognise(text, self._moment, self._words))

    def _change_subject(self, customer_id: int) -> None:
        """Go on with the same words at another customer."""
        words, steps = self.happened.state(), self.next.state()
        self.draft.forget()
        self._load(customer_id)
        if str(words.get("content", "")).strip():
            self._filling = True
            self.happened.restore(words)
            self.next.restore(steps)
            self._filling = False
            self._touched()
        self._focus_start()

    def _start_over(self) -> None:
        subject, step_id = self._subject, self.line.step_id()
        self.draft.forget()
        self._load(subject.id if subject is not None else None, step_id)
        self._focus_start()

    def _say_title(self) -> None:
        name = self._subject.card.name if self._subject is not None else ""
        self.setWindowTitle(" — ".join(part for part in (_("写跟单"), name) if part))

    # -- what is typed -------------------------------------------------------------------------

    def _recognised(self, found: Recognised) -> None:
        self.next.suggest(found)
        if self._subject is not None:
            self.value.suggest_amount(found.amount(EXPECTED))
            fields = [view.field for view in self._subject.features]
            self.learnt.suggest(learnt(found, fields))

    def _touched(self) -> None:
        if not self._filling:
            self.chain.hide()
            self.draft.touch()
            self._mark_steps()

    def _payload(self) -> dict[str, Any] | None:
        """Return what to keep, None when nothing was typed or chosen."""
        words, steps = self.happened.state(), self.next.state()
        value = self.value.draft() if self._subject is not None else None
        features = self.learnt.state()
        if not (str(words["content"]).strip() or steps["own"] or value or features):
            return None
        return {
            "happened": words,
            "value": self.value.state() if self._subject is not None else {},
            "learnt": features,
            "next": steps,
            "contact": self.line.contact_id,
            "step": self.line.step_id(),
        }

    def _restore(self, kept: dict[str, Any]) -> None:
        self.line.set_contact(int(kept.get("contact", 0)))
        if self._subject is not None:
            self.value.restore(kept.get("value", {}))
            self.learnt.restore(kept.get("learnt", {}))
        self.next.restore(kept.get("next", {}))
        self.happened.restore(kept.get("happened", {}))

    # -- saving ----------------------------------------------------------------------------------

    def save(self, *, then_next: bool = False) -> None:
        """Save, asking once when the chain would break and when the clock may be wrong."""
        if self.happened.entry.composing:
            return
        self._then_next = then_next and self._following is not None
        if self.clock.isVisible():
            self._trust_clock()
        else:
            self._save(asked=self.chain.isVisible())

    def _save(self, *, asked: bool) -> None:
        self.error.clear()
        draft = self._checked()
        if draft is None:
            return
        waiting = draft.next_step is None and self.next.has_words()
        followups = self.view.office.followups
        if not asked and (waiting or followups.chain_breaks(draft)):
            self.chain.ask(waiting=waiting)
            return
        self.chain.hide()
        doubt = followups.clock_doubt()
        if doubt is not None:
            self.clock.ask(doubt, self._moment)
            return
        try:
            saved = followups.save(draft)
        except UserError as error:
            self.error.show_error(error, lambda: self._save(asked=True), _("再存一次"))
            return
        self.draft.saved()
        undoing.said(self.view, acts.saved_words(saved, self._moment))
        self.saved.emit(saved)
        self._after_save()

    def _trust_clock(self) -> None:
        self.clock.hide()
        self.view.office.followups.trust_clock()
        self._save(asked=True)

    def _after_save(self) -> None:
        target = self._following() if self._then_next and self._following is not None else None
        if target is None:
            self.accept()
            return
        self._load(*target)
        self._focus_start()

    def _choose_and_save(self, bucket: Any) -> None:
        self._filling = True
        self.next.choose_time(bucket)
        self._filling = False
        self._save(asked=True)

    def _checked(self) -> FollowupDraft | None:
        """Return the follow-up, None when something is missing; the first such field says so."""
        if self._subject is None:
            self.line.ask()
            return None
        for step, problem in (
            (self.happened, self.happened.problem()),
            (self.value, self.value.problem()),
            (self.learnt, self.learnt.problem()),
            (self.next_frame, self.next.problem()),
        ):
            if problem:
                self.footer.complain(problem)
                self._jump(step)
                return None
        draft = self._draft(self._subject)
        if not draft.content and draft.calibration is None and not draft.features:
            self.happened.error.say(_("写一句发生了什么再存"))
            self._jump(self.happened)
            return None
        return draft

    def _draft(self, subject: Subject) -> FollowupDraft:
        words = self.happened.state()
        contact_id = self.line.contact_id
        return FollowupDraft(
            subject.id,
            content=str(words["content"]).strip(),
            channel=str(words["channel"]),
            outcome=self.happened.outcome(),
            at=words["at"],
            contact_ids=(contact_id,) if contact_id else (),
            parent_step_id=self.line.step_id(),
            calibration=self.value.draft(),
            features=self.learnt.drafts(),
            next_step=self.next.draft(),
        )

    # -- moving about ------------------------------------------------------------------------------

    def _jump(self, step: StepFrame) -> None:
        step.jump()
        self._area.ensureWidgetVisible(step, 0, 8)

    def _mark_steps(self, *_old_and_new: object) -> None:
        focused = QApplication.focusWidget()
        for step in self.steps:
            inside = focused is not None and step.isAncestorOf(focused)
            step.set_state("current" if inside else "done" if step.is_done() else "plain")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let plain Enter do nothing more and Esc close; nothing here is a default button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Close with Esc or the window's cross; the draft stays."""
        self.draft.keep_now()
        super().reject()

    def done(self, result: int) -> None:
        """Close; the size is remembered."""
        self._remember_size()
        super().done(result)

    def _remember_size(self) -> None:
        scale = themes.current().scale
        size = [round(self.width() * 100 / scale), round(self.height() * 100 / scale)]
        self.view.prefs.set("form.size", size)


def _padded(bar: ErrorBar) -> QWidget:
    """Return the error bar with air around it."""
    theme = themes.current()
    made = QWidget()
    rows = QVBoxLayout(made)
    rows.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
    rows.addWidget(bar)
    return made
