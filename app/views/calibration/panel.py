"""价值标定 on a customer's page: one click on a chip saves at once."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.errors import UserError
from app.i18n import _
from app.models.values.calibration import Grade, needs_recalibrating, suggest_grade
from app.services.calibration import CalibrationDraft
from app.services.customers.drafts import CustomerCard
from app.views.calibration.choices import (
    grade_choices,
    path_words,
    quality_choices,
    saved_words,
    window_fields,
)
from app.views.calibration.node_tags import NodeTags
from app.views.calibration.story_dialog import StoryDialog
from app.views.core import format as fmt
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.errors import show_error
from app.views.core.forms import line
from app.views.core.page import ViewContext
from app.views.core.undoing import said
from app.views.customers import words
from app.views.lists.name_dialog import LineDialog
from app.views.widgets.buttons import Button, KeyHint
from app.views.widgets.card import Card
from app.views.widgets.chips import ChipGroup
from app.views.widgets.expected_edit import ExpectedEdit, known_window
from app.views.widgets.flow_layout import FlowLayout
from app.views.widgets.money_edit import MoneyEdit
from app.views.widgets.text import ElidedLabel, Label

WORTHLESS = "worthless"
_FIELD_WIDTH = 114


class CalibrationPanel(Card):
    """Show and set quality, grade, amount, date and key nodes of one customer.

    ``churn_wanted`` and ``pool_wanted`` come from the offers that stand under 无价值.
    """

    churn_wanted = Signal()
    pool_wanted = Signal()

    def __init__(self, view: ViewContext) -> None:
        super().__init__(_("价值标定"), icon="ribbon", name="calibration_panel")
        self._view = view
        self._calendar = words.Calendar(view.office)
        self._card: CustomerCard | None = None
        self._nodes = tuple(one.label for one in view.office.admin.choices("key_node"))
        self.story = Button(_("变化"), "link", height=24, name="calibration_story")
        self.story.clicked.connect(self.show_story)
        self.add_tool(self.story)
        self.add_tool(KeyHint("V"))
        self._grid = QGridLayout()
        theme = themes.current()
        self._grid.setHorizontalSpacing(theme.px(10))
        self._grid.setVerticalSpacing(theme.px(7))
        self._grid.setColumnStretch(1, 1)
        self._build()
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self.body.addWidget(line())
        self.path = ElidedLabel("", "caption", "text2", mode=Qt.TextElideMode.ElideLeft)
        self.body.addWidget(self.path)

    def _build(self) -> None:
        self.quality = ChipGroup(quality_choices(), name="quality_chips", spoken=_("定性"))
        self.grade = ChipGroup(grade_choices(), name="grade_chips", spoken=_("定级"))
        self.quality.changed.connect(self._pick_quality)
        self.grade.changed.connect(lambda code: self._save(CalibrationDraft(grade=str(code))))
        self.amount = MoneyEdit(name="expected_amount", spoken=_("预计金额"))
        self.day = ExpectedEdit(
            name="expected_day", spoken=_("预计签约日"), today=lambda: self._calendar.today
        )
        self.suggested = Button("", "link", height=20, name="grade_suggested")
        self.suggested.clicked.connect(
            lambda: self._save(CalibrationDraft(grade=str(self._suggestion())))
        )
        for field in (self.amount, self.day):
            field.setFixedWidth(themes.current().px(_FIELD_WIDTH))
        self.amount.changed.connect(self._set_amount)
        self.day.changed.connect(lambda _day: self._set_day())
        self.day.editingFinished.connect(self._set_day)
        self.left = Label("", "caption", "text2")
        self.nodes = NodeTags()
        self.nodes.mark_wanted.connect(lambda name: self._save(CalibrationDraft(nodes=(name,))))
        self.nodes.unmark_wanted.connect(self._unmark)
        amounts = FlowLayout(None, themes.current().px(8), themes.current().px(4))
        for widget in (self.amount, self.day, self.left, self.suggested):
            amounts.addWidget(widget)
        self.offers = self._make_offers()
        for row, label in ((0, _("定性")), (2, _("定级")), (3, _("定量"))):
            self._grid.addWidget(Label(label, "small", "text2"), row, 0)
        nodes = Label(_("节点"), "small", "text2")
        self._grid.addWidget(nodes, 4, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self.quality, 0, 1)
        self._grid.addWidget(self.offers, 1, 1)
        self._grid.addWidget(self.grade, 2, 1)
        self._grid.addLayout(amounts, 3, 1)
        self._grid.addWidget(self.nodes, 4, 1)

    def _make_offers(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        churn = Button(_("标为失效"), "link", height=20, name="offer_churn")
        pool = Button(_("放进公海"), "link", height=20, name="offer_pool")
        churn.clicked.connect(self.churn_wanted)
        pool.clicked.connect(self.pool_wanted)
        row.addWidget(Label(_("不再跟了吗"), "caption", "text2"))
        row.addWidget(churn)
        row.addWidget(pool)
        row.addStretch(1)
        box.hide()
        return box

    # -- showing -------------------------------------------------------------------------

    def show_card(self, card: CustomerCard) -> None:
        """Show the value of a customer."""
        self._card = card
        office = self._view.office
        self.quality.set_value(card.quality or None)
        self.grade.set_value(card.grade or None)
        if not self.amount.hasFocus():
            self.amount.set_value(card.expected_fen)
        if not self.day.hasFocus():
            self.day.set_span(
                known_window(card.expected_from, card.expected_to, card.expected_label)
            )
        grade = self._suggestion()
        self.suggested.setVisible(grade is not None and grade != card.grade)
        if grade is not None:
            word = labels.of(labels.GRADE, grade)
            self.suggested.setText(_("按金额是{grade}").format(grade=word))
        self.offers.setVisible(card.quality == WORTHLESS and card.life != "churned")
        self.nodes.show_marks(office.calibration.nodes(card.id), self._nodes, self._calendar)
        self.left.setText(self._left_words(card.expected_to))
        self.left.set_tone("warn" if self._is_past(card.expected_to) else "text2")
        self.subtitle.setText(self._who(card))
        created = fmt.day(card.created_on, self._calendar.today)
        history = path_words(office.calibration.history(card.id), created, self._calendar)
        self.path.setText(_("变化 {path}").format(path=history) if history else _("还没有标定过"))

    def _left_words(self, day: date | None) -> str:
        if day is None:
            return ""
        left = (day - self._calendar.today).days
        if left < 0:
            return _("已过 {days}").format(days=words.days(-left))
        return _("就是今天") if not left else _("还有 {days}").format(days=words.days(left))

    def _is_past(self, day: date | None) -> bool:
        return day is not None and day < self._calendar.today

    def _who(self, card: CustomerCard) -> str:
        title = _("三一客")
        if not card.calibrated_at:
            return f"{title} · {_('未标定')}"
        on = fmt.day(self._calendar.day_of(card.calibrated_at), self._calendar.today)
        by = _("{day} 由{person}标定").format(day=on, person=card.calibrated_by)
        days = self._view.office.admin.settings().recalibrate_days
        last = self._calendar.day_of(card.calibrated_at)
        if needs_recalibrating(last, self._calendar.today, days):
            again = _("待复标")
            return f"{title} · {by} · {again}"
        return f"{title} · {by}"

    def _suggestion(self) -> Grade | None:
        """Return the grade that the expected amount suggests."""
        fen = self._card.expected_fen if self._card is not None else None
        return suggest_grade(fen, self._view.office.admin.settings().bands())

    def show_story(self) -> None:
        """List every change with who made it, why and on which evidence."""
        if self._card is not None:
            StoryDialog(self._view, self._card.id, self).exec()

    # -- saving --------------------------------------------------------------------------

    def _pick_quality(self, code: object) -> None:
        if code == WORTHLESS:
            hint, agree = _("没有需求、规模太小…"), _("标为无价值")
            dialog = LineDialog(self, _("无价值"), _("为什么没有价值"), hint=hint, agree=agree)
            if not dialog.exec():
                if self._card is not None:
                    self.quality.set_value(self._card.quality or None)
                return
            self._save(CalibrationDraft(quality=WORTHLESS, reason=dialog.value()))
            return
        self._save(CalibrationDraft(quality=str(code)))

    def _set_amount(self, fen: int | None) -> None:
        if self._card is not None and fen != self._card.expected_fen and not self.amount.problem():
            self._save(CalibrationDraft(expected_fen=-1 if fen is None else fen))

    def _set_day(self) -> None:
        fields = window_fields(self.day.span(), self._card)
        if self._card is not None and fields:
            self._save(CalibrationDraft(**fields))

    def _unmark(self, name: str) -> None:
        if self._card is not None:
            self._view.office.calibration.unmark_node(self._card.id, name)
            said(self._view, _("已取消节点 {node}").format(node=name))

    def _save(self, draft: CalibrationDraft) -> None:
        if self._card is None:
            return
        try:
            self._view.office.calibration.save(self._card.id, draft)
        except UserError as error:
            self.show_card(self._card)
            show_error(self, error)
            return
        said(self._view, saved_words(draft))
