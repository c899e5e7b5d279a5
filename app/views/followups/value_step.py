"""Step 2 of 写跟单: 定性, 定级, 定量 and key nodes; the former values need no key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from app.i18n import _, ngettext
from app.models.values.day_windows import read_window
from app.services.calibration import CalibrationDraft
from app.views.calibration.choices import window_fields
from app.views.core import format as formats
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.forms import EnterMoves
from app.views.followups.step_frame import StepFrame, field_label
from app.views.followups.subject import Subject
from app.views.widgets.chips import ChipGroup, Choice
from app.views.widgets.expected_edit import ExpectedEdit, known_window
from app.views.widgets.flow_layout import FlowLayout
from app.views.widgets.money_edit import MoneyEdit
from app.views.widgets.text import Label

_MORE = "more"
_FIRST_NODES = 3
CLEARED = -1


class ValueStep(StepFrame):
    """Take the calibration; only what differs from before is written."""

    changed = Signal()

    def __init__(
        self,
        today: Callable[[], date],
        nodes: Sequence[tuple[str, str]],
        enter: EnterMoves,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(2, _("价值标定"), _("Ctrl+2 · 可跳过"), parent)
        self._codes = {label: code for code, label in nodes}
        self._marked: tuple[str, ...] = ()
        self._subject: Subject | None = None
        self._own_amount = False
        self.quality = ChipGroup(_quality_choices(), name="quality", spoken=_("定性"))
        self.grade = ChipGroup(_grade_choices(), optional=True, name="grade", spoken=_("定级"))
        self.amount = MoneyEdit(name="expected_amount", spoken=_("预计金额"))
        self.amount.textEdited.connect(self._amount_typed)
        self.day = ExpectedEdit(name="expected_day", spoken=_("预计签约日"), today=today)
        self.nodes = ChipGroup(exclusive=False, name="nodes", spoken=_("关键节点"))
        self.note = Label("", "caption", "text2")
        self.note.setObjectName("value_note")
        for group in (self.quality, self.grade):
            group.changed.connect(lambda _value: self._touched())
        self.nodes.changed.connect(self._node_pressed)
        self.amount.textChanged.connect(lambda _text: self._touched())
        self.day.textChanged.connect(lambda _text: self._touched())
        for field in (self.amount, self.day):
            enter.watch(field)
        self._lay_out()

    def _lay_out(self) -> None:
        theme = themes.current()
        first = QWidget()
        flow = FlowLayout(first, theme.px(24), theme.px(6))
        flow.addWidget(_pair(_("定性"), self.quality, _first_labels()))
        flow.addWidget(_pair(_("定级"), self.grade, ()))
        self.body.addWidget(first)
        top = Qt.AlignmentFlag.AlignTop
        second = QHBoxLayout()
        second.setSpacing(theme.px(8))
        second.addWidget(field_label(_("定量"), like=_first_labels(), high="field"), 0, top)
        for field in (self.amount, self.day):
            second.addWidget(field, 0, top)
        second.addSpacing(theme.px(12))
        second.addWidget(field_label(_("节点"), high="field"), 0, top)
        second.addWidget(self.nodes, 1, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(second)
        self.body.addWidget(self.note)

    # -- the form ------------------------------------------------------------------------

    def show_subject(self, subject: Subject) -> None:
        """Show the former values of a customer."""
        card = subject.card
        self._subject = subject
        self._own_amount = False
        self._marked = ()
        self.quality.set_value(card.quality or None)
        self.grade.set_value(card.grade or None)
        self.amount.set_value(card.expected_fen)
        self.day.set_span(known_window(card.expected_from, card.expected_to, card.expected_label))
        self._offer_nodes(_FIRST_NODES)
        self.mark.hide()
        self._touched()

    def suggest_amount(self, fen: int | None) -> None:
        """Fill the amount from the text, or take that back; a person's own amount stays."""
        if self._own_amount or self._subject is None:
            return
        former = self._subject.card.expected_fen
        self.amount.set_value(former if fen is None else fen)
        self.mark.setVisible(fen is not None and fen != former)

    def first_field(self) -> QWidget | None:
        """Return 定性."""
        return self.quality.focusProxy()

    def is_done(self) -> bool:
        """Tell whether the customer is calibrated."""
        return bool(self.quality.value())

    def problem(self) -> str:
        """Return what stops the saving."""
        return self.amount.problem() or self.day.problem()

    def draft(self) -> CalibrationDraft | None:
        """Return what differs from before, None when nothing does."""
        assert self._subject is not None
        card = self._subject.card
        quality, grade = _code(self.quality.value()), _code(self.grade.value())
        fen = self.amount.value()
        draft = CalibrationDraft(
            quality=quality if quality != card.quality else None,
            grade=grade if grade != card.grade else None,
            expected_fen=(CLEARED if fen is None else fen) if fen != card.expected_fen else None,
            **window_fields(self.day.span(), card),
            nodes=self._chosen_nodes(),
        )
        return None if draft == CalibrationDraft() else draft

    def state(self) -> dict[str, Any]:
        """Return what to keep in the draft."""
        window = self.day.span()
        return {
            "quality": _code(self.quality.value()),
            "grade": _code(self.grade.value()),
            "amount": self.amount.value(),
            "own_amount": self._own_amount,
            "day": str(window) if window else "",
            "nodes": list(self._chosen_nodes()),
        }

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Show a draft over the former values."""
        self.quality.set_value(kept.get("quality") or None)
        self.grade.set_value(kept.get("grade") or None)
        amount, day = kept.get("amount"), kept.get("day")
        self._own_amount = bool(kept.get("own_amount"))
        self.amount.set_value(amount if isinstance(amount, int) else None)
        self.day.set_span(read_window(day, None) if day else None)
        self._marked = tuple(str(name) for name in kept.get("nodes", ()))
        self._offer_nodes(_FIRST_NODES)
        self._touched()

    def take(self, wanted: CalibrationDraft) -> None:
        """Show what a quick line said over the former values, as the person's own."""
        kept = self.state()
        if wanted.expected_fen is not None:
            kept |= {"amount": wanted.expected_fen, "own_amount": True}
        if wanted.expected_on is not None:
            kept["day"] = wanted.expected_on.isoformat()
        kept |= {name: value for name, value in (("quality", wanted.quality),
                                                 ("grade", wanted.grade)) if value}  # fmt: skip
        self.restore(kept)

    # -- nodes ---------------------------------------------------------------------------

    def _chosen_nodes(self) -> tuple[str, ...]:
        chosen = self.nodes.values()
        return tuple(name for name, code in self._codes.items() if code in chosen)

    def _offer_nodes(self, count: int) -> None:
        """Offer the nodes not reached yet, and a chip for the rest."""
        known = self._subject.nodes if self._subject is not None else ()
        left = [name for name in self._codes if name not in known]
        shown = [name for at, name in enumerate(left) if at < count or name in self._marked]
        choices = [Choice(self._codes[name], name) for name in shown]
        if len(shown) < len(left):
            choices.append(Choice(_MORE, "+", tip=_("更多节点")))
        self.nodes.set_choices(choices)
        self.nodes.set_values(self._codes.get(name) for name in self._marked)

    def _node_pressed(self, values: list[object]) -> None:
        self._marked = self._chosen_nodes()
        if _MORE in values:
            self._offer_nodes(len(self._codes))
            entry = self.nodes.focusProxy()
            if entry is not None:
                entry.setFocus(Qt.FocusReason.OtherFocusReason)
        self._touched()

    # -- what changed ------------------------------------------------------------------------

    def _amount_typed(self) -> None:
        self._own_amount = True
        self.mark.hide()

    def _touched(self) -> None:
        if self._subject is not None:
            self.note.setText(difference(self.draft(), self._subject))
            self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the digits of either chip group pick from both."""
        groups = (self.quality, self.grade)
        focused = QApplication.focusWidget()
        inside = any(focused is not None and group.isAncestorOf(focused) for group in groups)
        if inside and event.text().isdigit():
            for group in groups:
                if group.pick(event.text()):
                    return
        super().keyPressEvent(event)


def difference(draft: CalibrationDraft | None, subject: Subject) -> str:
    """Return what changes in a sentence: 与上次相同，只新标一个关键节点."""
    card = subject.card
    if draft is None:
        return _("与上次相同") if card.quality else _("还没标定过，可以先跳过")
    parts = []
    if draft.quality is not None:
        parts.append(_("定性 {old} → {new}").format(
            old=labels.quality(card.quality), new=labels.quality(draft.quality)))  # fmt: skip
    if draft.grade is not None:
        old, new = labels.of(labels.GRADE, card.grade), labels.of(labels.GRADE, draft.grade)
        parts.append(_("定级 {old} → {new}").format(old=old or "—", new=new or "—"))
    if draft.expected_fen is not None:
        fen = draft.expected_fen if draft.expected_fen >= 0 else None
        parts.append(_("金额 {old} → {new}").format(
            old=formats.money(card.expected_fen), new=formats.money(fen)))  # fmt: skip
    if draft.expected_on is not None:
        parts.append(_("预计 {day}").format(day=draft.expected_on.isoformat()))
    count = len(draft.nodes)
    if count and not parts:
        words = ngettext("与上次相同，只新标 {count} 个关键节点",
                         "与上次相同，只新标 {count} 个关键节点", count)  # fmt: skip
        return words.format(count=count)
    if count:
        words = ngettext("新标 {count} 个关键节点", "新标 {count} 个关键节点", count)
        parts.append(words.format(count=count))
    return " · ".join(parts)


def _code(value: object) -> str:
    return str(value) if value else ""


def _first_labels() -> tuple[str, str]:
    return _("定性"), _("定量")


def _pair(words: str, group: ChipGroup, like: Sequence[str]) -> QWidget:
    theme = themes.current()
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(8))
    row.addWidget(field_label(words, like=like))
    row.addWidget(group)
    return made


def _quality_choices() -> list[Choice]:
    codes = ("valuable", "unsure", "worthless")
    return [
        Choice(code, labels.of(labels.QUALITY, code), key=str(at), dot=code == "valuable")
        for at, code in enumerate(codes, start=1)
    ]


def _grade_choices() -> list[Choice]:
    return [
        Choice(code, labels.of(labels.GRADE, code), key=str(at))
        for at, code in enumerate(("big", "normal", "small"), start=4)
    ]
