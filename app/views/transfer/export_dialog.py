"""Export a list: just what it shows, or of customers every field in a form that imports again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.services.customers.bulk import Chosen
from app.services.jobs import Progress
from app.services.lists.sheets import ListSheet
from app.services.transfer.exporting import Form
from app.services.transfer.fields import Kind
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.core.runner import run_job
from app.views.transfer.export_card import FormChoice, ask_place, export_to, tell_written
from app.views.widgets.buttons import Button, CheckBox
from app.views.widgets.segmented import Segmented
from app.views.widgets.text import Label

SHOWN, WHOLE = "shown", "whole"
_WITH = (Kind.customers, Kind.contacts, Kind.followups, Kind.contracts, Kind.payments)


class ExportDialog(QDialog):
    """Choose what, in which format, and whether what belongs to the customers comes along."""

    def __init__(
        self, view: ViewContext, parent: QWidget, sheet: ListSheet, chosen: Chosen | None = None
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._view, self._sheet, self._chosen = view, sheet, chosen
        self.setObjectName("export_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("导出{what}").format(what=sheet.title))
        rows = QVBoxLayout(self)
        side = theme.px(16)
        rows.setContentsMargins(side, side, side, side)
        rows.setSpacing(theme.px(12))
        rows.addWidget(Label(self._question(), "entry_strong"))
        self.notes = Label(_("；").join(sheet.notes), "small", "text2", wrap=True)
        self.notes.setVisible(bool(sheet.notes))
        rows.addWidget(self.notes)
        self.what = self._what()
        rows.addWidget(self.what)
        self.choice = FormChoice()
        rows.addWidget(self.choice)
        self.along = CheckBox(_("连同联系人、跟单、合同与回款"), name="export_along")
        rows.addWidget(self.along)
        rows.addStretch(1)
        rows.addWidget(self._buttons())
        self.setMinimumWidth(theme.px(440))
        self._show_what()
        self.choice.forms.setFocus(Qt.FocusReason.OtherFocusReason)

    def _question(self) -> str:
        count = self._sheet.count
        return ngettext("导出 {count} 行", "导出 {count} 行", count).format(count=f"{count:,}")

    def _what(self) -> Segmented:
        count = len(self._sheet.columns)
        shown = ngettext("列表里的 {count} 列", "列表里的 {count} 列", count)
        parts = [(SHOWN, shown.format(count=count)), (WHOLE, _("全部字段，能再导入"))]
        made = Segmented(parts, name="export_what", spoken=_("导出什么"))
        made.set_value(SHOWN)
        made.changed.connect(lambda _what: self._show_what())
        made.setVisible(self._chosen is not None)
        return made

    def _show_what(self) -> None:
        whole = self._whole()
        self.along.setVisible(whole)
        self.choice.set_reimports(whole)

    def _whole(self) -> bool:
        return self._chosen is not None and self.what.value() == WHOLE

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
        form = self.choice.form()
        folder = self._whole() and self.along.isChecked() and form is Form.csv
        name = f"{self._sheet.title} {self._view.office.context.today()}"
        path = ask_place(self, name, form, folder=folder)
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the file in the background and close."""
        parent = self.parentWidget()
        home = parent if parent is not None else self
        form, encoding = self.choice.form(), self.choice.encoding()
        chosen = self._chosen
        if chosen is not None and self._whole():
            kinds = _WITH if self.along.isChecked() else (Kind.customers,)
            bulk = self._view.office.customers.bulk
            export_to(self._view, home, kinds, form, path, encoding, lambda: bulk.ids(chosen))
        else:
            self._write_shown(home, path)
        self.accept()

    def _write_shown(self, home: QWidget, path: Path) -> None:
        view, sheet = self._view, self._sheet
        form, encoding = self.choice.form(), self.choice.encoding()

        def work(progress: Progress) -> int:
            return view.office.transfer.export_list(sheet, path, form, encoding, progress=progress)

        def done(count: int) -> None:
            said = ngettext(
                "已导出到 {file}：{count} 行", "已导出到 {file}：{count} 行", count
            ).format(file=path.name, count=f"{count:,}")
            tell_written(view, path, said)

        run_job(home, work, done, title=_("导出"))


def export_sheet(
    view: ViewContext, parent: QWidget, sheet: ListSheet, chosen: Chosen | None = None
) -> None:
    """Open the export dialog for a list; ``chosen`` are the customers behind it."""
    ExportDialog(view, parent, sheet, chosen).open()
