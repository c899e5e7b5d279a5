"""标定价值 in a pop-up, from any page: digits 1 to 6 pick, Enter saves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from app.errors import UserError
from app.i18n import _
from app.services.calibration import CalibrationDraft
from app.services.customers.drafts import CustomerCard
from app.views.calibration.choices import grade_choices, quality_choices, saved_words
from app.views.core import theme as themes
from app.views.core.forms import ComposeGuard, ErrorLine, is_enter
from app.views.core.page import ViewContext
from app.views.core.undoing import said
from app.views.widgets.buttons import Button
from app.views.widgets.chips import ChipGroup, Choice
from app.views.widgets.date_edit import DateEdit
from app.views.widgets.money_edit import MoneyEdit
from app.views.widgets.popup import PopUp
from app.views.widgets.text import ElidedLabel, Label


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
        self.day = DateEdit(
            name="rate_day", spoken=_("预计签约日"), today=self._view.office.context.today
        )
        self.day.setPlaceholderText("12-28")
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
            self.day.set_value(card.expected_to)
        self.body.addLayout(self._grid())

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
        amounts.addStretch(1)
        for row, label in enumerate((_("定性"), _("定级"), _("定量"), _("节点"))):
            words = Label(label, "small", "text2")
            words.setFixedHeight(theme.size("field" if row == 2 else "chip"))
            words.setAlignment(Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.quality, 0, 1)
        grid.addWidget(self.grade, 1, 1)
        grid.addLayout(amounts, 2, 1)
        grid.addWidget(self.nodes, 3, 1)
        return grid

    def _marked(self) -> set[str]:
        if self._card is None:
            return set()
        return {mark.name for mark in self._view.office.calibration.nodes(self._card.id)}

    def _watch(self) -> None:
        chips = (*self.quality.chips, *self.grade.chips, *self.nodes.chips)
        for widget in (self, self.amount, self.day, *chips):
            widget.installEventFilter(self)
        for field in (self.amount, self.day):
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
        fen, day = self.amount.value(), self.day.value()
        known = (card.quality, card.grade, card.expected_fen, card.expected_to) if card else (
            "", "", None, None)  # fmt: skip
        cleared = known[2] is not None and fen is None
        return CalibrationDraft(
            quality=str(quality) if quality and quality != known[0] else None,
            grade=str(grade) if grade and grade != known[1] else None,
            expected_fen=-1 if cleared else fen if fen != known[2] else None,
            expected_on=day if day is not None and day != known[3] else None,
            nodes=tuple(str(node) for node in self.nodes.values()),
        )

    def save(self) -> None:
        """Hand over the draft and close; complain about a field that cannot be read."""
        problem = self.amount.problem() or self.day.problem()
        self.error.say(problem)
        if problem:
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
        return digit.isdigit() and (self.quality.pick(digit) or self.grade.pick(digit))


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
