"""加标签: tick tags, or type a new one; for one customer or for many."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidgetItem, QVBoxLayout, QWidget

from app.i18n import _
from app.services.customers.drafts import TagView
from app.services.customers.tags import LONGEST, TagDraft
from app.views.core import theme as themes
from app.views.widgets.check_list import NOTE, VALUE, CheckList
from app.views.widgets.search_field import SearchField
from app.views.widgets.segmented import Segmented
from app.views.widgets.text import Label


class TagDialog(QDialog):
    """Tick tags; Enter in the field ticks the word that is typed, or makes a new tag of it.

    ``present`` are the tags of one customer. Without them (None) many are tagged, and the
    ticked tags are put on or taken off.
    """

    def __init__(
        self,
        tags: Sequence[TagView],
        present: Sequence[TagView] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._present = tuple(present) if present is not None else None
        self.setObjectName("tag_dialog")
        self.setWindowTitle(_("标签"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(14))
        rows.setSpacing(theme.px(8))
        self.way = Segmented([(True, _("加上")), (False, _("去掉"))], name="tag_way",
                             spoken=_("加上还是去掉"))  # fmt: skip
        self.way.setVisible(self._present is None)
        self.search = SearchField(_("找标签，或写新标签"), name="tag_search", width=400)
        self.search.setMaxLength(LONGEST)
        self.listed = CheckList(name="tag_list", spoken=_("标签"))
        known = {one.id: one.label for one in (*tags, *(self._present or ()))}
        ticked = [str(one.id) for one in self._present or ()]
        self.listed.set_choices([(str(key), label) for key, label in known.items()], ticked)
        self.listed.setMinimumSize(theme.px(300), theme.px(200))
        self._make_buttons()
        hint = Label(_("空格勾选；写好按 Enter 加上新标签"), "caption", "text3")
        for widget in (self.way, self.search, self.listed, hint, self.buttons):
            rows.addWidget(widget)
        self.search.textChanged.connect(lambda text: self.listed.narrow(text.strip()))
        self.search.went_down.connect(self._to_list)
        self.search.entered.connect(self._take_typed)
        self.listed.ticked.connect(self._refresh)
        self.way.changed.connect(lambda _value: self._refresh())
        self._refresh()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_buttons(self) -> None:
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self.ok = self.buttons.button(kinds.Ok)
        self.ok.setText(_("保存"))
        self.buttons.button(kinds.Cancel).setText(_("取消"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def draft(self) -> TagDraft:
        """Return what is put on and taken off."""
        items = [self.listed.item(at) for at in range(self.listed.count())]
        on = [one for one in items if one.checkState() == Qt.CheckState.Checked]
        if self._present is None and not self.way.value():
            return TagDraft((), tuple(int(one.data(VALUE)) for one in on if one.data(VALUE)))
        had = {str(one.id) for one in self._present or ()}
        kept = {str(one.data(VALUE)) for one in on}
        added = tuple(one.text() for one in on if str(one.data(VALUE)) not in had)
        return TagDraft(added, tuple(int(one) for one in had - kept))

    def words(self) -> str:
        """Return the ticked tags as words."""
        items = (self.listed.item(at) for at in range(self.listed.count()))
        ticked = (one.text() for one in items if one.checkState() == Qt.CheckState.Checked)
        return _("、").join(ticked)

    def _refresh(self) -> None:
        draft = self.draft()
        self.ok.setEnabled(bool(draft.add or draft.remove))

    def _take_typed(self) -> None:
        text = self.search.text().strip()
        if not text:
            if self.ok.isEnabled():
                self.accept()
            return
        for at in range(self.listed.count()):
            item = self.listed.item(at)
            if item.text().casefold() == text.casefold():
                self._tick(item)
                return
        if self._present is None and not self.way.value():
            return
        item = QListWidgetItem(text)
        item.setData(VALUE, "")
        item.setData(NOTE, _("新标签"))
        item.setCheckState(Qt.CheckState.Unchecked)
        self.listed.insertItem(0, item)
        self._tick(item)

    def _tick(self, item: QListWidgetItem) -> None:
        item.setCheckState(Qt.CheckState.Checked)
        self.search.clear()
        self.listed.narrow("")
        self.listed.setCurrentItem(item)
        self._refresh()

    def _to_list(self) -> None:
        self.listed.setFocus(Qt.FocusReason.TabFocusReason)
