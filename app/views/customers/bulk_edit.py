"""批量修改: one field of the chosen customers brought to one value, with a preview."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _
from app.services.customers.bulk import Chosen
from app.services.customers.fields import FEATURE
from app.services.customers.previews import EDITABLE, Preview
from app.services.lists.conditions import FEN, TEXT
from app.services.office import Office
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.customers.previews import PreviewPane, agree_buttons, ask_edit, show_count
from app.views.lists.cell_fields import CellEdit, CellField
from app.views.lists.vocabulary import Topic, Vocabulary
from app.views.widgets.buttons import Select
from app.views.widgets.check_list import CheckList
from app.views.widgets.date_edit import DateEdit
from app.views.widgets.money_edit import MoneyEdit
from app.views.widgets.text import Label

_LATER_MS = 150
_TYPED = ("region",)


class BulkEditDialog(QDialog):
    """Choose a field and its value; the preview follows, Enter does it."""

    def __init__(
        self, view: ViewContext, vocabulary: Vocabulary, chosen: Chosen, parent: QWidget
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._view = view
        self._vocabulary = vocabulary
        self._chosen = chosen
        self.setObjectName("bulk_edit_dialog")
        self.setWindowTitle(_("批量修改"))
        self.setMinimumWidth(theme.px(460))
        topics = [one for one in vocabulary.topics() if _is_for_many(one)]
        choices = [(one.key, one.title) for one in topics]
        self.which = Select(choices, name="bulk_field", spoken=_("改哪一项"))
        self.which.currentIndexChanged.connect(lambda _at: self._make_field())
        self.reason = QLineEdit()
        self.reason.setObjectName("bulk_reason")
        self.reason.setAccessibleName(_("为什么退回"))
        self.reason.setPlaceholderText(_("有退回的才用得上"))
        self.reason.setMaxLength(200)
        self.reason.textChanged.connect(lambda _text: self._refresh(self._preview))
        self._preview: Preview | None = None
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_LATER_MS)
        self._late.timeout.connect(self._count)
        self.buttons = agree_buttons(self)
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.pane = PreviewPane(self._word, self._refresh)
        self._lay_out()
        self._make_field()
        self.which.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        theme = themes.current()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(14))
        rows.setSpacing(theme.px(12))
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.px(8))
        self._grid.setColumnStretch(1, 1)
        self._why = Label(_("为什么退回"), "body", "text2")
        for at, (label, field) in enumerate(
            (
                (Label(_("改哪一项"), "body", "text2"), self.which),
                (Label(_("改成"), "body", "text2"), None),
                (self._why, self.reason),
            )
        ):
            self._grid.addWidget(label, at, 0)
            if field is not None:
                label.setBuddy(field)
                self._grid.addWidget(field, at, 1)
        rows.addLayout(self._grid)
        rows.addWidget(self.pane)
        rows.addWidget(self.buttons)

    def _make_field(self) -> None:
        former = self._grid.itemAtPosition(1, 1)
        widget = former.widget() if former is not None else None
        if widget is not None:
            widget.deleteLater()
        topic = self._vocabulary.topic(self.field())
        free = topic.kind in (TEXT, FEN) or topic.key in _TYPED
        choices = () if free else self._vocabulary.choices(topic.key)
        several = topic.key in _several(self._view.office)
        if several:
            choices = tuple(one for one in choices if one[0])
        first = choices[0][0] if choices and not several else ""
        edit = CellEdit(0, topic.key, topic.title, topic.kind, first, choices, several)
        self.value = CellField(edit, self._view.office.context.today)
        widget = self.value.widget
        widget.setObjectName("bulk_value")
        self._grid.addWidget(widget, 1, 1)
        if isinstance(widget, CheckList):
            widget.setFixedHeight(themes.current().px(28) * min(6, widget.count()) + 4)
            widget.ticked.connect(self._changed)
        elif isinstance(widget, Select):
            widget.currentIndexChanged.connect(lambda _at: self._changed())
        elif isinstance(widget, MoneyEdit | DateEdit):
            widget.changed.connect(lambda _value: self._changed())
        elif isinstance(widget, QLineEdit):
            widget.textChanged.connect(lambda _text: self._changed())
        for one in (self._why, self.reason):
            one.setVisible(topic.key == "stage")
        self._changed()

    def field(self) -> str:
        """Return the key of the field that is changed."""
        return str(self.which.value())

    def text(self) -> str:
        """Return the value as text; see ``editing.write``."""
        return self.value.text()

    def why(self) -> str:
        """Return the reason of a stage that goes back."""
        return self.reason.text().strip() if self.field() == "stage" else ""

    def title(self) -> str:
        """Return the words of the field."""
        return self._vocabulary.topic(self.field()).title

    def _word(self, value: str) -> str:
        return self._vocabulary.value_words(self.field(), value)

    def _changed(self) -> None:
        self._refresh(None)
        self._late.start()

    def _count(self) -> None:
        if self.value.problem():
            self.pane.ask(None, "")
            self.pane.said.setText(self.value.problem())
            return
        ask = partial(ask_edit, self._view.office, self._chosen, self.field(), self.text())
        self.pane.ask(ask, self._word(self.text()))

    def _refresh(self, preview: Preview | None) -> None:
        self._preview = preview
        show_count(self.ok, preview)
        if self.field() == "stage" and preview is not None and self._goes_back(preview):
            self.ok.setEnabled(preview.changing > 0 and bool(self.why()))

    def _goes_back(self, preview: Preview) -> bool:
        return any(int(value or 0) > int(self.text() or 0) for value, _count in preview.before)

    def done(self, result: int) -> None:
        """Stop counting."""
        self._late.stop()
        self.pane.stop()
        super().done(result)


def _is_for_many(topic: Topic) -> bool:
    return topic.key in EDITABLE or topic.key.startswith(FEATURE)


def _several(office: Office) -> set[str]:
    """Return the fields of features that take several options."""
    from app.models.values.features import FieldType

    fields = office.features.fields()
    return {f"{FEATURE}{one.id}" for one in fields if one.type is FieldType.multi}
