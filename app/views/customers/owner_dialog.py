"""Choose whom customers are handed to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.i18n import _
from app.services.office import Office
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.core.undoing import said
from app.views.widgets.check_list import CheckList
from app.views.widgets.search_field import SearchField
from app.views.widgets.text import Label

POOL = 0


class OwnerDialog(QDialog):
    """List the staff, 公海 last; typing narrows, Space or a click ticks, Enter agrees."""

    def __init__(self, office: Office, parent: QWidget | None = None, present: int = -1) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("owner_dialog")
        self.setWindowTitle(_("改负责人"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(14))
        rows.setSpacing(theme.px(8))
        rows.addWidget(Label(_("交给谁，从今天起算；以前的业绩不变"), "small", "text2"))
        self.search = SearchField(_("姓名或拼音"), name="owner_search", width=400)
        self.listed = CheckList(name="owner_list", spoken=_("员工"), single=True)
        people = [(str(one.id), one.name) for one in office.staff.all(with_left=False)]
        self._names = dict([*people, (str(POOL), _("公海"))])
        self.listed.set_choices(list(self._names.items()), (str(present),))
        self.listed.setMinimumSize(theme.px(300), theme.px(220))
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(_("交给"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_("取消"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        for widget in (self.search, self.listed, self.buttons):
            rows.addWidget(widget)
        self.search.textChanged.connect(self._narrow)
        self.search.went_down.connect(self._to_list)
        self.search.entered.connect(self._take_first)
        self.listed.ticked.connect(self._refresh)
        self.listed.itemActivated.connect(lambda _item: self._take_current())
        self._refresh()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def staff_id(self) -> int | None:
        """Return who was ticked, 0 for the pool, None for nobody."""
        values = self.listed.values()
        return int(values[0]) if values else None

    def staff_name(self) -> str:
        """Return the name of who was ticked."""
        values = self.listed.values()
        return self._names[values[0]] if values else ""

    def _narrow(self, text: str) -> None:
        from app.models.values import grams

        for at in range(self.listed.count()):
            item = self.listed.item(at)
            item.setHidden(bool(text.strip()) and grams.marked(text, item.text()) is None)
        shown = self._shown()
        if shown:
            self.listed.setCurrentRow(shown[0])

    def _shown(self) -> list[int]:
        rows = range(self.listed.count())
        return [at for at in rows if not self.listed.item(at).isHidden()]

    def _to_list(self) -> None:
        self.listed.setFocus(Qt.FocusReason.TabFocusReason)

    def _take_first(self) -> None:
        shown = self._shown()
        if shown:
            self.listed.setCurrentRow(shown[0])
            self._take_current()

    def _take_current(self) -> None:
        item = self.listed.currentItem()
        if self.listed.currentRow() >= 0 and item.checkState() != Qt.CheckState.Checked:
            self.listed.toggle(item)
        if self.staff_id() is not None:
            self.accept()

    def _refresh(self) -> None:
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(self.staff_id() is not None)


def change_owner(view: ViewContext, customer_id: int | None, parent: QWidget | None = None) -> None:
    """Hand one customer to somebody else."""
    if customer_id is None:
        return
    card = view.office.customers.card(customer_id)
    dialog = OwnerDialog(view.office, parent, card.owner_id)
    staff_id = dialog.staff_id() if dialog.exec() else None
    if staff_id is not None and staff_id != card.owner_id:
        view.office.customers.give_to((customer_id,), staff_id)
        text = _("{customer}已交给 {person}")
        said(view, text.format(customer=card.name, person=dialog.staff_name()))
