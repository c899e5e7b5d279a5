"""标定价值 in a pop-up, from any page: digits 1 to 9 pick, Enter saves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from app.errors import UserError
from app.i18n import _
from app.models.values.calibration import suggest_grade
from app.services.calibration import CalibrationDraft
from app.services.customers.drafts import CustomerCard
from app.views.admin.fields import text_field
from app.views.calibration.choices import (
    grade_choices,
    quality_choices,
    saved_words,
    when_choices,
    window_fields,
)
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.forms import ComposeGuard, ErrorLine, is_enter
from app.views.core.page import ViewContext
from app.views.core.undoing import said
from app.views.widgets.buttons import Button
from app.views.widgets.chips import ChipGroup, Choice
from app.views.widgets.expected_edit import ExpectedEdit, is_quick, known_window
from app.views.widgets.money_edit import MoneyEdit
from app.views.widgets.popup import PopUp
from app.views.widgets.text import ElidedLabel, Label

WORTHLESS = "worthless"


class RatePopUp(PopUp):
    """Ask for quality, grade, amount, date and nodes; ``saved(draft)`` holds what differs."""

    saved = Signal(object)

    def __init__(
        self, view: ViewContext, parent: QWidget, card: CustomerCard | None = None
    ) -> None:
        super().__init__("rate_popup", _("标定价值"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._card = card
        self._view = view
        self._guard = ComposeGuard(self)
        self._asked = False
        head = QHBoxLayout()
        head.setSpacing(themes.current().px(8))
        head.addWidget(Label(_("标定价值"), "body_strong"))
        head.addWidget(ElidedLabel(card.name if card else "", "small", "text2"), 1)
        self.body.addLayout(head)
        self._add_fields()
        self.error = ErrorLine()
        self.body.addWidget(self.error)
        row = QHBoxLayout()
        row.addWidget(Label(_("数字选，Tab 到金额"), "caption", "text3"))
        row.addStretch(1)
        self.go = Button(_("保存"), "primary", key="Enter", name="rate_save")
        self.go.clicked.connect(self.save)
        row.addWidget(self.go)
        self.body.addLayout(row)
        self._watch()
        self.setMinimumWidth(themes.current().px(420))

    def _add_fields(self) -> None:
        card = self._card
        self.quality = ChipGroup(quality_choices(), name="rate_quality", spoken=_("定性"))
        self.grade = ChipGroup(grade_choices(), name="rate_grade", spoken=_("定级"))
        self.amount = MoneyEdit(name="rate_amount", spoken=_("预计金额"))
        today = self._view.office.context.today
        self.day = ExpectedEdit(name="rate_day", spoken=_("预计签约日"), today=today)
        self.when = ChipGroup(
            when_choices(), optional=True, name="rate_when", spoken=_("预计什么时候签")
        )
        self.when.changed.connect(self._pick_window)
        self.suggested = Button("", "link", height=20, name="rate_suggested")
        self.suggested.clicked.connect(self._take_suggestion)
        self.reason = text_field("rate_reason", _("为什么没有价值"), hint=_("为什么没有价值"))
        marked = self._marked()
        names = [one.label for one in self._view.office.admin.choices("key_node")]
        self.nodes = ChipGroup(
            [Choice(name, name) for name in names if name not in marked],
            exclusive=False,
            name="rate_nodes",
            spoken=_("关键节点"),
        )
        if card is not None:
            self.quality.set_value(card.quality or None)
            self.grade.set_value(card.grade or None)
            self.amount.set_value(card.expected_fen)
            window = known_window(card.expected_from, card.expected_to, card.expected_label)
            self.day.set_span(window)
            self.when.set_value(is_quick(window, today()) or None)
        self._bands = self._view.office.admin.settings().bands()
        for group in (self.quality, self.grade):
            group.changed.connect(lambda _value: self._follow())
        self.amount.textChanged.connect(lambda _text: self._follow())
        self.body.addLayout(self._grid())
        self._follow()

    def _grid(self) -> QGridLayout:
        theme = themes.current()
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(8))
        grid.setColumnStretch(1, 1)
        amounts = QHBoxLayout()
        amounts.setSpacing(theme.px(8))
        amounts.addWidget(self.amount)
        amounts.addWidget(self.day)
        amounts.addWidget(self.suggested)
        amounts.addStretch(1)
        for row, label in enumerate((_("定性"), _("定级"), _("定量"), "", _("节点"))):
            words = Label(label, "small", "text2")
            words.setFixedHeight(theme.size("field" if row == 2 else "chip"))
            words.setAlignment(Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.quality, 0, 1)
        grid.addWidget(self.grade, 1, 1)
        grid.addLayout(amounts, 2, 1)
        grid.addWidget(self.when, 3, 1)
        grid.addWidget(self.nodes, 4, 1)
        grid.addWidget(self.reason, 5, 1)
        return grid

    def _pick_window(self, label: object) -> None:
        if label:
            self.day.pick(str(label))

    def _follow(self) -> None:
        """Offer the grade of the amount, and ask why there is no value."""
        grade = suggest_grade(self.amount.value(), self._bands)
        offered = grade is not None and grade != self.grade.value()
        self.suggested.setVisible(offered)
        if grade is not None:
            word = labels.of(labels.GRADE, grade)
            self.suggested.setText(_("按金额是{grade}").format(grade=word))
        worthless = self.quality.value() == WORTHLESS
        self.reason.setVisible(
            worthless and (self._card is None or self._card.quality != WORTHLESS)
        )

    def _take_suggestion(self) -> None:
        grade = suggest_grade(self.amount.value(), self._bands)
        if grade is not None:
            self.grade.set_value(str(grade))
            self._follow()

    def _marked(self) -> set[str]:
        if self._card is None:
            return set()
        return {mark.name for mark in self._view.office.calibration.nodes(self._card.id)}

    def _watch(self) -> None:
        chips = (*self.quality.chips, *self.grade.chips, *self.when.chips, *self.nodes.chips)
        for widget in (self, self.amount, self.day, self.reason, *chips):
            widget.installEventFilter(self)
        for field in (self.amount, self.day, self.reason):
            self._guard.watch(field)

    # -- opening -------------------------------------------------------------------------

    def show_in_middle(self) -> None:
        """Open in the upper part of the window."""
        home = self.parentWidget()
        self.adjustSize()
        if home is not None:
            window = home.window()
            left = (window.width() - self.width()) // 2
            self.show_at(window.mapToGlobal(QPoint(left, window.height() // 5)))
        self.quality.setFocus(Qt.FocusReason.PopupFocusReason)

    # -- saving --------------------------------------------------------------------------

    def draft(self) -> CalibrationDraft:
        """Return what was chosen that differs from what is known."""
        card = self._card
        quality, grade = self.quality.value(), self.grade.value()
        fen = self.amount.value()
        known = (card.quality, card.grade, card.expected_fen) if card else ("", "", None)
        cleared = known[2] is not None and fen is None
        return CalibrationDraft(
            quality=str(quality) if quality and quality != known[0] else None,
            grade=str(grade) if grade and grade != known[1] else None,
            expected_fen=-1 if cleared else fen if fen != known[2] else None,
            **window_fields(self.day.span(), card),
            nodes=tuple(str(node) for node in self.nodes.values()),
            reason=self.reason.text().strip() if not self.reason.isHidden() else "",
        )

    def save(self) -> None:
        """Hand over the draft and close; complain about a field that cannot be read."""
        problem = self.amount.problem() or self.day.problem()
        self.error.say(problem)
        if problem:
            return
        if not self.reason.isHidden() and not self.reason.text().strip() and not self._asked:
            # asked once; Enter again goes on without a reason
            self._asked = True
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.close()
        draft = self.draft()
        if draft != CalibrationDraft():
            self.saved.emit(draft)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let digits choose from anywhere but the fields, and Enter save from everywhere."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        typing = isinstance(watched, QLineEdit)
        if typing and self._guard.swallows(event):
            return False
        if is_enter(event):
            self.save()
            return True
        digit = "" if typing else event.text()
        groups = (self.quality, self.grade, self.when)
        return digit.isdigit() and any(group.pick(digit) for group in groups)


def open_calibration(parent: QWidget, view: ViewContext, customer_id: int) -> RatePopUp:
    """Open the pop-up for a customer; what is chosen is saved with an undo toast."""
    popup = RatePopUp(view, parent, view.office.customers.card(customer_id))

    def keep(draft: CalibrationDraft) -> None:
        try:
            view.office.calibration.save(customer_id, draft)
        except UserError as error:
            from app.views.core.errors import show_error

            show_error(parent, error)
            return
        said(view, saved_words(draft))

    popup.saved.connect(keep)
    popup.show_in_middle()
    return popup


def calibrate(view: ViewContext, customer_id: int | None) -> None:
    """Open the pop-up over the active window (the window's command)."""
    window = QApplication.activeWindow()
    if customer_id is not None and window is not None:
        open_calibration(window, view, customer_id)
