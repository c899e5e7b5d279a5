"""Fill in the business features of a customer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.i18n import _, ngettext
from app.models.values.features import FieldType
from app.services.features import FeatureView
from app.services.features.asking import is_required, is_visible, values_by_key, with_drafts
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.forms import Form, FormRow
from app.views.core.page import ViewContext
from app.views.core.undoing import said
from app.views.customers.surface import on_surface
from app.views.features.field_edit import FeatureEdit
from app.views.features.talk_notes import TalkNotes
from app.views.widgets.text import Label


def in_sections(views: Sequence[FeatureView]) -> list[FeatureView]:
    """Return features group by group, groups in the order of their first field."""
    places: dict[str, int] = {}
    for view in views:
        places.setdefault(view.field.section, len(places))
    return sorted(views, key=lambda view: places[view.field.section])


def _names(view: ViewContext, kinds: set[FieldType]) -> dict[FieldType, list[str]]:
    """Return whom a feature may name, where the choice is short."""
    found: dict[FieldType, list[str]] = {}
    if FieldType.staff in kinds:
        found[FieldType.staff] = [one.name for one in view.office.staff.all(with_left=False)]
    if FieldType.team in kinds:
        found[FieldType.team] = [one.name for one in view.office.staff.teams()]
    return found


class FeatureDialog(QDialog):
    """Show every feature with what is known; saving writes only what differs."""

    def __init__(
        self,
        view: ViewContext,
        customer_id: int,
        parent: QWidget | None = None,
        first_field: int = 0,
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._view = view
        self._customer_id = customer_id
        self.setObjectName("feature_dialog")
        self.setWindowTitle(_("业务特征"))
        self.edits: dict[int, FeatureEdit] = {}
        self._views = view.office.features.of_customer(customer_id)
        self._rows: dict[int, FormRow] = {}
        self._heads: dict[str, Label] = {}
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._make_form(), 1)
        self.error_bar = ErrorBar()
        rows.addWidget(self.error_bar)
        rows.addWidget(self._make_footer())
        tall = theme.px(100 + 38 * max(4, len(self.edits)))
        self.resize(theme.px(560), min(tall, theme.px(560)))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.save)
        first = self.edits.get(first_field) or next(iter(self.edits.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_form(self) -> QScrollArea:
        theme = themes.current()
        form = Form(label_width=108)
        names = _names(self._view, {view.field.type for view in self._views})
        section = ""
        for view in in_sections(self._views):
            field = view.field
            if field.section != section:
                section = field.section
                self._heads[section] = Label(section, "small_bold", "text2")
                form.add("", self._heads[section])
            edit = FeatureEdit(view, self._view.office.context.today, None,
                               names.get(field.type, ()))  # fmt: skip
            self.edits[field.id] = edit
            self._rows[field.id] = form.add(
                field.label if field.holds_value else "", edit, required=field.required
            )
            edit.changed.connect(self._follow)
        self.talks = TalkNotes()
        self._follow()
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(14))
        inner.addWidget(form)
        inner.addWidget(self.talks)
        inner.addStretch(1)
        return on_surface(holder, "feature_form")

    def _follow(self) -> None:
        """Show what the answers so far ask for, and what to talk about."""
        fields = [view.field for view in self._views]
        values = values_by_key(self._views)
        values = with_drafts(values, fields, [
            edit.now() for field_id, edit in self.edits.items() if self._typed(field_id)
        ])  # fmt: skip
        for field in fields:
            visible = is_visible(field, values)
            row = self._rows[field.id]
            row.label.setVisible(visible)
            self.edits[field.id].setVisible(visible)
            mark = " *" if is_required(field, values) else ""
            row.label.setText(f"{field.label}{mark}" if field.holds_value else "")
        self.talks.show_for(fields, values)

    def _typed(self, field_id: int) -> bool:
        return next(one.field.typed for one in self._views if one.field.id == field_id)

    def _make_footer(self) -> QFrame:
        theme = themes.current()
        footer = QFrame()
        footer.setProperty("band", "footer")
        footer.setFixedHeight(theme.size("dialog_footer"))
        row = QVBoxLayout(footer)
        row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Save | kinds.Cancel)
        buttons.button(kinds.Save).setText(_("保存"))
        buttons.button(kinds.Cancel).setText(_("取消"))
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        row.addWidget(buttons, 0, Qt.AlignmentFlag.AlignVCenter)
        return footer

    def save(self) -> None:
        """Write what differs and close."""
        wrong = next((edit for edit in self.edits.values() if edit.problem()), None)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        asked = [edit for edit in self.edits.values() if not edit.isHidden()]
        drafts = [draft for edit in asked if (draft := edit.draft()) is not None]
        if drafts:
            try:
                self._view.office.features.learn(self._customer_id, drafts)
            except UserError as error:
                self.error_bar.show_error(error, self.save)
                return
            words = ngettext("已记下 {count} 项特征", "已记下 {count} 项特征", len(drafts))
            said(self._view, words.format(count=len(drafts)))
        self.accept()
