"""安排下步 in a pop-up: six words or any other time, what for, and what."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.i18n import _, translate
from app.services.followups.drafts import NextStepDraft
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.forms import ComposeGuard, ErrorLine, is_enter
from app.views.core.page import ViewContext
from app.views.widgets.buttons import Button
from app.views.widgets.chips import ChipGroup, Choice
from app.views.widgets.fuzzy_time_edit import FuzzyTimeEdit, OfficeTime
from app.views.widgets.popup import PopUp
from app.views.widgets.text import ElidedLabel, Label


def office_time(view: ViewContext) -> OfficeTime:
    """Return the office's time for fields that read fuzzy words."""
    there = view.office.followups.office_time
    return OfficeTime(view.office.context.now, there.zone, there.hours)


class PlanPopUp(PopUp):
    """Ask when, what for and what; ``saved(draft)`` on Enter or the button."""

    saved = Signal(object)

    def __init__(self, view: ViewContext, parent: QWidget, subject: str = "") -> None:
        super().__init__("plan_popup", _("安排下步"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme = themes.current()
        self._guard = ComposeGuard(self)
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(Label(_("安排下步"), "body_strong"))
        head.addWidget(ElidedLabel(subject, "small", "text2"), 1)
        self.body.addLayout(head)
        self.when = FuzzyTimeEdit(office_time(view))
        self.plan = ChipGroup(
            [Choice(code, translate(words)) for code, words in labels.PLAN_KIND.items()],
            name="plan_kind",
            spoken=_("计划"),
        )
        self.plan.set_value("keep_in_touch")
        self.what = QLineEdit()
        self.what.setObjectName("plan_what")
        self.what.setAccessibleName(_("做什么"))
        self.what.setPlaceholderText(_("做什么，如 送样品、催第二期款"))
        self.what.setMaxLength(200)
        self.error = ErrorLine()
        for widget in (self.when, self.plan, self.what, self.error):
            self.body.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(Label(_("1–6 选时间"), "caption", "text3"))
        row.addStretch(1)
        self.go = Button(_("安排"), "primary", key="Enter", name="plan_save")
        self.go.clicked.connect(self.save)
        row.addWidget(self.go)
        self.body.addLayout(row)
        self.setMinimumWidth(theme.px(660))
        for field in (self.what, self.when.field):
            self._guard.watch(field)
            field.installEventFilter(self)
        for listener in (self, *self.when.chips.chips, *self.plan.chips):
            listener.installEventFilter(self)

    def show_in_middle(self) -> None:
        """Open in the upper part of the window."""
        home = self.parentWidget()
        self.adjustSize()
        if home is not None:
            window = home.window()
            left = (window.width() - self.width()) // 2
            self.show_at(window.mapToGlobal(QPoint(left, window.height() // 5)))
        self.when.setFocus(Qt.FocusReason.PopupFocusReason)

    def save(self) -> None:
        """Hand over the draft and close, once there is a time."""
        chosen = self.when.value()
        problem = self.when.field.problem()
        if chosen is None or problem:
            self.error.say(problem or _("先选一个时间"))
            return
        self.close()
        self.saved.emit(
            NextStepDraft(
                chosen.bucket,
                str(self.plan.value() or ""),
                self.what.text().strip(),
                chosen.day,
                chosen.clock,
                window=chosen.window if chosen.by_words else None,
                label=chosen.words,
            )
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let digits choose the time from anywhere but the fields, and Enter save."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        typing = isinstance(watched, QLineEdit)
        if typing and self._guard.swallows(event):
            return False
        if is_enter(event):
            self.save()
            return True
        return not typing and event.text().isdigit() and self.when.pick(event.text())
