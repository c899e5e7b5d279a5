"""Step 3 of 写跟单: at most four features, the ones most worth asking now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import _
from app.models.values.features import FieldType
from app.services.features import FeatureDraft, FeatureView
from app.services.features.asking import is_required, is_visible, values_by_key, with_drafts
from app.views.core import theme as themes
from app.views.core.forms import EnterMoves
from app.views.features.talk_notes import TalkNotes
from app.views.followups.feature_editors import FeatureEditor, Today, editor_for
from app.views.followups.step_frame import StepFrame, field_label
from app.views.followups.subject import Subject
from app.views.widgets.flow_layout import FlowLayout
from app.views.widgets.text import Label

MOST = 4


def worth_asking(
    features: Sequence[FeatureView], told: Sequence[int] = (), most: int = MOST
) -> list[FeatureView]:
    """Return the fields to ask: what the text tells first, then unanswered by weight."""
    order = {view.field.id: at for at, view in enumerate(features)}
    values = values_by_key(features)
    asked = [one for one in features if _is_asked(one) and is_visible(one.field, values)]
    open_ones = [view for view in asked if not view.shown or view.field.id in told]
    weight = sorted(
        open_ones,
        key=lambda view: (
            view.field.id not in told,
            not is_required(view.field, values),
            -view.field.importance,
            order[view.field.id],
        ),
    )
    return sorted(weight[:most], key=lambda view: order[view.field.id])


def _is_asked(view: FeatureView) -> bool:
    """Tell whether a field is one for 写跟单: typed, short, and not kept out of it."""
    return view.field.typed and view.field.asked and view.field.type is not FieldType.lines


class LearntStep(StepFrame):
    """Ask a few features; ``drafts`` are those that say something new."""

    changed = Signal()

    def __init__(self, today: Today, enter: EnterMoves, parent: QWidget | None = None) -> None:
        super().__init__(3, _("学到的特征"), _("Ctrl+3 · 可跳过"), parent)
        self._today = today
        self._enter = enter
        self._features: tuple[FeatureView, ...] = ()
        self._told: dict[int, FeatureDraft] = {}
        self._kept: dict[int, dict[str, Any]] = {}
        self.editors: list[FeatureEditor] = []
        self._sheet: QWidget | None = None
        self._nothing = Label("", "small", "text3")
        self.body.addWidget(self._nothing)
        self.talks = TalkNotes()
        self.body.addWidget(self.talks)
        self.changed.connect(self._talk)

    # -- the form -------------------------------------------------------------------------

    def show_subject(self, subject: Subject) -> None:
        """Ask what is not known of a customer."""
        self._features = subject.features
        self._told, self._kept = {}, {}
        self._build(worth_asking(self._features))

    def suggest(self, told: Sequence[FeatureDraft]) -> None:
        """Fill what the text tells; a told field is asked even when it was answered."""
        fresh = {one.field_id: one for one in told}
        shown = {editor.field.id for editor in self.editors}
        if set(fresh) - shown:
            self._remember()
            asked = worth_asking(self._features, [*fresh, *self._kept])
            if {view.field.id for view in asked} != shown:
                self._build(asked)
        self._told = fresh
        for editor in self.editors:
            editor.suggest(fresh.get(editor.field.id))
        self._talk()

    def first_field(self) -> QWidget | None:
        """Return the first editor."""
        return self.editors[0] if self.editors else None

    def is_done(self) -> bool:
        """Tell whether something was learnt."""
        return bool(self.drafts())

    def drafts(self) -> tuple[FeatureDraft, ...]:
        """Return what was learnt."""
        return tuple(found for one in self.editors if (found := one.learnt()) is not None)

    def problem(self) -> str:
        """Return what stops the saving."""
        return next((text for one in self.editors if (text := one.problem())), "")

    def state(self) -> dict[str, Any]:
        """Return what to keep in the draft."""
        self._remember()
        return {str(field_id): kept for field_id, kept in self._kept.items()}

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Show a draft over what is known."""
        known = {view.field.id for view in self._features}
        self._kept = {
            int(key): dict(value) for key, value in kept.items()
            if key.isdigit() and int(key) in known and isinstance(value, dict)
        }  # fmt: skip
        self._build(worth_asking(self._features, list(self._kept)))

    # -- widgets -----------------------------------------------------------------------------

    def _remember(self) -> None:
        for editor in self.editors:
            kept = editor.state()
            if kept is not None:
                self._kept[editor.field.id] = kept

    def _build(self, asked: Sequence[FeatureView]) -> None:
        if self._sheet is not None:
            self.body.removeWidget(self._sheet)
            self._sheet.hide()
            self._sheet.deleteLater()
        self.editors = [editor_for(view, self._today, self._enter) for view in asked]
        self._sheet = self._pairs()
        self.body.insertWidget(0, self._sheet)
        for editor in self.editors:
            if editor.field.id in self._kept:
                editor.restore(self._kept[editor.field.id])
            editor.changed.connect(self.changed)
        self._nothing.setVisible(not self.editors)
        self._nothing.setText(
            _("特征都问到了") if self._features else _("还没有定义业务特征，设置里可以加")
        )
        self._talk()

    def _talk(self) -> None:
        """Show what to talk about, seen from what is known and what is typed."""
        fields = [view.field for view in self._features]
        values = with_drafts(values_by_key(self._features), fields, self.drafts())
        self.talks.show_for(fields, values)

    def _pairs(self) -> QWidget:
        """Lay label and editor out in two columns, in one when there is no room."""
        theme = themes.current()
        sheet = QWidget()
        flow = FlowLayout(sheet, theme.px(12), theme.px(8))
        labels = [editor.field.label for editor in self.editors]
        for editor in self.editors:
            pair = QWidget()
            pair.setMinimumWidth(theme.px(376))
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(theme.px(10))
            row.addWidget(field_label(editor.field.label, like=labels))
            row.addWidget(editor, 1)
            flow.addWidget(pair)
        return sheet
