"""Export the customers of a list: those ticked, or all that its filter finds."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.services.customers.bulk import Chosen
from app.services.jobs import Progress
from app.services.transfer.exporting import ExportReport, Form
from app.services.transfer.fields import Kind
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.core.runner import run_job
from app.views.transfer import words
from app.views.transfer.export_card import FormChoice, ask_place, told_of_export
from app.views.widgets.buttons import Button, CheckBox
from app.views.widgets.text import Label

_WITH = (Kind.customers, Kind.contacts, Kind.followups, Kind.contracts, Kind.payments)


class ExportDialog(QDialog):
    """Choose the format and whether what belongs to the customers comes along."""

    def __init__(self, view: ViewContext, parent: QWidget, chosen: Chosen) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._view = view
        self._chosen = chosen
        self.setObjectName("export_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("导出客户"))
        rows = QVBoxLayout(self)
        side = theme.px(16)
        rows.setContentsMargins(side, side, side, side)
        rows.setSpacing(theme.px(12))
        rows.addWidget(Label(self._question(), "entry_strong"))
        self.choice = FormChoice()
        rows.addWidget(self.choice)
        self.along = CheckBox(_("连同联系人、跟单、合同与回款"), name="export_along")
        rows.addWidget(self.along)
        rows.addStretch(1)
        rows.addWidget(self._buttons())
        self.setMinimumWidth(theme.px(440))
        self.choice.forms.setFocus(Qt.FocusReason.OtherFocusReason)

    def _question(self) -> str:
        if self._chosen.wanted is not None:
            return _("导出符合当前条件的客户")
        count = len(self._chosen.ids)
        return ngettext("导出勾选的 {count} 家客户", "导出勾选的 {count} 家客户", count).format(
            count=f"{count:,}"
        )

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self.go = Button(_("导出…"), "primary", name="export_go")
        self.go.clicked.connect(self.export)
        cancel = Button(_("取消"), name="export_cancel")
        cancel.clicked.connect(self.reject)
        box.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        return box

    def export(self) -> None:
        """Ask for a place, write in the background and close."""
        form, along = self.choice.form(), self.along.isChecked()
        folder = along and form is Form.csv
        path = ask_place(self, words.kind(Kind.customers), form, folder=folder)
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the file in the background and close."""
        form = self.choice.form()
        kinds = _WITH if self.along.isChecked() else (Kind.customers,)
        office, chosen, view = self._view.office, self._chosen, self._view
        parent = self.parentWidget()

        def work(progress: Progress) -> ExportReport:
            ids = office.customers.bulk.ids(chosen)
            return office.transfer.export(kinds, path, form, customer_ids=ids, progress=progress)

        run_job(
            parent if parent is not None else self,
            work,
            lambda report: view.toast(told_of_export(report)),
            title=_("导出客户"),
        )
        self.accept()


def export_customers(view: ViewContext, parent: QWidget, chosen: Chosen) -> None:
    """Open the export dialog for customers."""
    ExportDialog(view, parent, chosen).open()
