"""加条件: choose a field, how to compare, and the values, in one pop-up."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _
from app.services.lists import Condition
from app.views.core import theme as themes
from app.views.lists.condition_editor import ConditionEditor
from app.views.lists.vocabulary import Vocabulary
from app.views.widgets.check_list import NOTE
from app.views.widgets.popup import PopUp
from app.views.widgets.search_field import SearchField

_FIELD = Qt.ItemDataRole.UserRole


class ConditionPopUp(PopUp):
    """Make or change one condition; ``applied(condition)`` when it is complete.

    ``field`` begins with a field that is chosen already.
    """

    applied = Signal(object)

    def __init__(
        self,
        vocabulary: Vocabulary,
        parent: QWidget,
        condition: Condition | None = None,
        *,
        field: str = "",
    ) -> None:
        super().__init__("condition_popup", _("加条件"), parent)
        self._vocabulary = vocabulary
        self._first = condition
        self._is_chosen = condition is not None or bool(field)
        theme = themes.current()
        sides = QHBoxLayout()
        sides.setSpacing(theme.px(10))
        self.left = QWidget()
        self.fields = self._make_fields()
        sides.addWidget(self.left)
        self._right = QStackedWidget()
        self._right.setFixedSize(theme.px(260), theme.px(300))
        sides.addWidget(self._right)
        self.body.addLayout(sides)
        self.editor: ConditionEditor | None = None
        first = condition.field if condition is not None else field
        self.left.setVisible(not self._is_chosen)
        self.fields.currentItemChanged.connect(lambda item, _old: self._show(item))
        self.fields.setCurrentRow(self._row_of(first))

    def _make_fields(self) -> QListWidget:
        theme = themes.current()
        rows = QVBoxLayout(self.left)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(6))
        self.search = SearchField(_("找字段"), name="field_search", width=400)
        fields = QListWidget()
        fields.setObjectName("condition_fields")
        fields.setAccessibleName(_("按什么筛选"))
        fields.setFixedWidth(theme.px(150))
        for topic in self._vocabulary.topics():
            item = QListWidgetItem(topic.title)
            item.setData(_FIELD, topic.key)
            item.setData(NOTE, topic.note)
            item.setSizeHint(QSize(theme.px(100), theme.px(28)))
            fields.addItem(item)
        fields.itemActivated.connect(lambda _item: self._to_values())
        fields.itemClicked.connect(lambda _item: self._to_values())
        self.search.textChanged.connect(self._narrow)
        self.search.went_down.connect(lambda: fields.setFocus(Qt.FocusReason.TabFocusReason))
        self.search.entered.connect(self._to_values)
        rows.addWidget(self.search)
        rows.addWidget(fields, 1)
        self.left.setFixedHeight(theme.px(300))
        return fields

    def _narrow(self, text: str) -> None:
        wanted = text.strip().casefold()
        shown = []
        for at in range(self.fields.count()):
            item = self.fields.item(at)
            item.setHidden(wanted not in item.text().casefold())
            shown += [] if item.isHidden() else [at]
        if shown and self.fields.currentRow() not in shown:
            self.fields.setCurrentRow(shown[0])

    def _row_of(self, field: str) -> int:
        for at in range(self.fields.count()):
            if self.fields.item(at).data(_FIELD) == field:
                return at
        return 0

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        field = str(item.data(_FIELD))
        present = self._first if self._first and self._first.field == field else None
        old = self.editor
        self.editor = ConditionEditor(self._vocabulary, field, present)
        self.editor.done.connect(self.apply)
        self._right.addWidget(self.editor)
        self._right.setCurrentWidget(self.editor)
        if old is not None:
            self._right.removeWidget(old)
            old.deleteLater()

    def _to_values(self) -> None:
        if self.editor is not None:
            self.editor.focus_first()

    def apply(self) -> None:
        """Hand over the condition and close, when it says something."""
        condition = self.editor.condition() if self.editor is not None else None
        if condition is not None:
            self.close()
            self.applied.emit(condition)

    def showEvent(self, event: object) -> None:
        """Begin in the list of fields, or in the values of a field that is chosen."""
        super().showEvent(event)  # type: ignore[arg-type]  # Qt's own event, untyped here
        if self._is_chosen:
            self._to_values()
        else:
            self.fields.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Apply on Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.fields.hasFocus():
                self._to_values()
            else:
                self.apply()
            return
        super().keyPressEvent(event)
