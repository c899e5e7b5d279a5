"""Write kinds of records to a file: what, in which format, and where."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import N_, _, translate
from app.services.jobs import Progress
from app.services.transfer.exporting import Encoding, ExportReport, Form
from app.services.transfer.fields import Kind
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.core.runner import run_job
from app.views.transfer import words
from app.views.transfer.confirm_step import amount
from app.views.widgets.buttons import Button, Select
from app.views.widgets.card import Card
from app.views.widgets.segmented import Segmented
from app.views.widgets.text import Label

ALL = "all"
_FORMS = ((Form.xlsx, "Excel"), (Form.csv, "CSV"), (Form.json, "JSON"))
_ENCODINGS = ((Encoding.utf8, "UTF-8"), (Encoding.gbk, "GBK"))
_SHOWN_HINTS = {
    Form.xlsx: N_("和列表一样的列、顺序和行；金额和日期是数字，能接着算"),
    Form.csv: N_("和列表一样的列、顺序和行；带 BOM，Excel 能直接打开"),
    Form.json: N_("给别的程序用，金额以分为单位"),
}
_GBK = N_("只认 GBK 的旧软件用；生僻字按 GB18030 写，一个不少，导入也认")
_HINTS = {
    Form.xlsx: N_("表头和导入时认得的一样，改完能再导回来"),
    Form.csv: N_("带 BOM，Excel 能直接打开；导出全部时每种一个文件，放在一个文件夹里"),
    Form.json: N_("给别的程序用，金额以分为单位"),
}


def told_of_export(report: ExportReport) -> str:
    """Return 已导出到 客户.xlsx：300 家客户."""
    told = _("、").join(amount(kind, count) for kind, count in report.counts.items() if count)
    return _("已导出到 {file}：{what}").format(file=report.path.name, what=told or _("没有记录"))


def tell_written(view: ViewContext, path: Path, words_: str) -> None:
    """Tell about a file that was written, with a way to its folder."""
    folder = QUrl.fromLocalFile(str(path.absolute().parent))
    view.toast(words_, link=(_("打开文件夹"), lambda: QDesktopServices.openUrl(folder)))


def export_to(
    view: ViewContext,
    parent: QWidget,
    kinds: Collection[Kind],
    form: Form,
    path: Path,
    encoding: Encoding = Encoding.utf8,
    ids: Callable[[], Collection[int]] | None = None,
) -> None:
    """Write kinds of records in the background, all or of the customers ``ids`` finds; tell it."""
    transfer = view.office.transfer

    def work(progress: Progress) -> ExportReport:
        return transfer.export(
            tuple(kinds), path, form,
            customer_ids=ids() if ids is not None else None,
            encoding=encoding, progress=progress,
        )  # fmt: skip

    run_job(
        parent,
        work,
        lambda report: tell_written(view, report.path, told_of_export(report)),
        title=_("导出"),
    )


def ask_place(parent: QWidget, name: str, form: Form, *, folder: bool = False) -> Path | None:
    """Ask where to write; None when the person thinks better of it."""
    if folder:
        chosen = QFileDialog.getExistingDirectory(parent, _("导出到哪个文件夹"))
        return Path(chosen) / name if chosen else None
    ending = form.value
    chosen, _filter = QFileDialog.getSaveFileName(
        parent, _("导出到"), f"{name}.{ending}", f"{ending.upper()} (*.{ending})"
    )
    if not chosen:
        return None
    path = Path(chosen)
    # a name typed without an ending gets that of the form
    return path if path.suffix else path.with_name(f"{path.name}.{ending}")


class FormChoice(QWidget):
    """Choose a format, with a line that says what it is good for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._reimports = True
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(6))
        self.forms = Segmented(_FORMS, name="transfer_export_form", spoken=_("格式"))
        self.forms.changed.connect(lambda _form: self._tell())
        self.hint = Label("", "small", "text2", wrap=True)
        self.encodings = Segmented(
            _ENCODINGS, name="transfer_export_encoding", spoken=_("文字编码")
        )
        self.encodings.changed.connect(lambda _encoding: self._tell())
        rows.addWidget(self.forms)
        rows.addWidget(self.encodings)
        rows.addWidget(self.hint)
        self._tell()

    def set_reimports(self, reimports: bool) -> None:
        """Tell whether the file is one of every field, or one of what a list shows."""
        self._reimports = reimports
        self._tell()

    def form(self) -> Form:
        """Return the chosen format."""
        return Form(str(self.forms.value()))

    def encoding(self) -> Encoding:
        """Return the chosen way to write letters; it counts for csv alone."""
        return Encoding(str(self.encodings.value()))

    def _tell(self) -> None:
        gbk = self.form() is Form.csv and self.encoding() is Encoding.gbk
        self.encodings.setVisible(self.form() is Form.csv)
        hints = _HINTS if self._reimports else _SHOWN_HINTS
        self.hint.setText(translate(_GBK if gbk else hints[self.form()]))


class ExportCard(Card):
    """Export one kind of records, or all of them."""

    def __init__(self, view: ViewContext) -> None:
        super().__init__(_("导出"), name="transfer_export")
        self._view = view
        theme = themes.current()
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        self.kind = Select(
            [*words.kinds(), (ALL, _("全部，换电脑或备查用"))],
            name="transfer_export_kind",
            spoken=_("导出什么"),
        )
        self.kind.set_value(Kind.customers)
        line.addWidget(Label(_("导出什么"), "small", "text2"))
        line.addWidget(self.kind, 1)
        self.choice = FormChoice()
        self.go = Button(_("导出…"), icon="export", name="transfer_export_go")
        self.go.clicked.connect(self.export)
        self.body.addLayout(line)
        self.body.addWidget(self.choice)
        self.body.addWidget(self.go)
        self.body.addStretch(1)

    def kinds(self) -> tuple[Kind, ...]:
        """Return the chosen kinds."""
        value = self.kind.value()
        return tuple(Kind) if value == ALL else (Kind(str(value)),)

    def export(self) -> None:
        """Ask for a place and write the file there."""
        kinds, form = self.kinds(), self.choice.form()
        name = _("跟单数据") if len(kinds) > 1 else words.kind(kinds[0])
        folder = len(kinds) > 1 and form is Form.csv
        path = ask_place(self, name, form, folder=folder)
        if path is not None:
            export_to(self._view, self, kinds, form, path, self.choice.encoding())
