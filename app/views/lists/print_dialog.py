"""Print a list or save it as PDF, after a look at its pages."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.i18n import N_, _
from app.services.jobs import Progress
from app.services.lists.sheets import ListSheet
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.core.paper_apart import write_apart
from app.views.core.paper_list import (
    ListPages,
    ListPaper,
    list_layout,
    paper_of,
    scale_to,
    write_list_pdf,
)
from app.views.core.runner import run_job
from app.views.transfer.export_card import tell_written
from app.views.widgets.buttons import Button, icon_button
from app.views.widgets.segmented import Segmented
from app.views.widgets.text import Label

PRINT_MOST = 20_000
"""More rows are some five hundred pages: those are for a file."""
_WIDTH, _HEIGHT = 900, 640
_AUTO, _UPRIGHT, _SIDEWAYS = "auto", "upright", "sideways"
_WAYS = {_AUTO: None, _UPRIGHT: False, _SIDEWAYS: True}


class PaperView(QWidget):
    """Show one page as it will lie on the paper."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paper_view")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pages: ListPages | None = None
        self.number = 0

    def show_page(self, pages: ListPages, number: int) -> None:
        """Show a page, counted from 0."""
        self.pages, self.number = pages, min(max(0, number), pages.count - 1)
        self.setAccessibleName(_page_words(pages, self.number))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the page in the middle, as large as there is room."""
        pages = self.pages
        if pages is None:
            return
        share = min(self.width() / pages.width, self.height() / pages.height)
        wide, high = int(pages.width * share), int(pages.height * share)
        left, top = (self.width() - wide) // 2, (self.height() - high) // 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRect(left, top, wide, high), QColor("#FFFFFF"))
        painter.setPen(themes.current().pen("accent" if self.hasFocus() else "border"))
        painter.drawRect(left, top, wide - 1, high - 1)
        painter.setViewport(QRect(QPoint(left, top), QPoint(left + wide - 1, top + high - 1)))
        painter.setWindow(0, 0, pages.width, pages.height)
        pages.draw(painter, self.number)


def _page_words(pages: ListPages, number: int) -> str:
    return _("第 {page} 页，共 {count} 页").format(page=number + 1, count=pages.count)


class PrintDialog(QDialog):
    """Look at the pages, turn the paper, print or save."""

    def __init__(self, view: ViewContext, parent: QWidget, pages: ListPages) -> None:
        super().__init__(parent)
        self._view, self.pages = view, pages
        self._left: list[int] = []
        theme = themes.current()
        self.setObjectName("print_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("打印{what}").format(what=pages.paper.title))
        room = parent.window().size()
        self.resize(QSize(theme.px(_WIDTH), theme.px(_HEIGHT)).boundedTo(room))
        rows = QVBoxLayout(self)
        rows.setSpacing(theme.px(8))
        rows.addLayout(self._head())
        self.paper = PaperView()
        rows.addWidget(self.paper, 1)
        rows.addWidget(self._buttons())
        self.show_page(0)
        self.paper.setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(themes.current().px(8))
        ways = ((_AUTO, _("自动")), (_UPRIGHT, _("纵向")), (_SIDEWAYS, _("横向")))
        self.way = Segmented(ways, name="print_way", spoken=_("纸张方向"))
        self.way.set_value(_AUTO)
        self.way.changed.connect(lambda _way: self._turn())
        self.back = icon_button("arrow_left", _("上一页"), "default", name="print_back")
        self.on = icon_button("arrow_right", _("下一页"), "default", name="print_on")
        self.back.clicked.connect(lambda: self.show_page(self.paper.number - 1))
        self.on.clicked.connect(lambda: self.show_page(self.paper.number + 1))
        self.said = Label("", "small", "text2")
        line.addWidget(Label(_("纸张方向"), "small", "text2"))
        line.addWidget(self.way)
        line.addStretch(1)
        for widget in (self.said, self.back, self.on):
            line.addWidget(widget)
        return line

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self.go = Button(_("打印…"), "primary", "print", name="print_go")
        self.go.clicked.connect(self.print)
        self.save = Button(_("存为 PDF…"), name="print_save")
        self.save.clicked.connect(self.ask_pdf)
        cancel = Button(_("取消"), name="print_cancel")
        cancel.clicked.connect(self.reject)
        roles = QDialogButtonBox.ButtonRole
        for button, role in ((self.go, roles.AcceptRole), (self.save, roles.ActionRole),
                             (cancel, roles.RejectRole)):  # fmt: skip
            box.addButton(button, role)
        return box

    def show_page(self, number: int) -> None:
        """Show a page, counted from 0; beyond the ends the nearest."""
        self.paper.show_page(self.pages, number)
        at = self.paper.number
        self.said.setText(_page_words(self.pages, at))
        self.back.setEnabled(at > 0)
        self.on.setEnabled(at + 1 < self.pages.count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leaf through the pages."""
        at, last = self.paper.number, self.pages.count - 1
        keys = {
            Qt.Key.Key_PageUp: at - 1, Qt.Key.Key_PageDown: at + 1,
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: last,
        }  # fmt: skip
        if Qt.Key(event.key()) in keys:
            self.show_page(keys[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _turn(self) -> None:
        paper = replace(self.pages.paper, sideways=_WAYS[str(self.way.value())])

        def came(pages: ListPages) -> None:
            self.pages = pages
            self.show_page(0)

        run_job(self, partial(ListPages, paper), came)

    # -- PDF and printer -------------------------------------------------------------------

    def ask_pdf(self) -> None:
        """Ask for a file and write the pages there."""
        name = f"{self.pages.paper.title} {self._view.office.context.today()}.pdf"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("导出到"), name, "PDF (*.pdf)")
        if chosen:
            path = Path(chosen)
            self.write(path if path.suffix else path.with_name(f"{path.name}.pdf"))

    def write(self, path: Path) -> None:
        """Write the pages as PDF in the background and close."""
        view, paper = self._view, replace(self.pages.paper, sideways=self.pages.sideways)

        def work(progress: Progress) -> None:
            write_apart(paper, path, write_list_pdf, progress)

        def done(_nothing: None) -> None:
            tell_written(view, path, _("已导出到 {file}").format(file=path.name))

        parent = self.parentWidget()
        run_job(parent if parent is not None else self, work, done, title=_("导出"))
        self.accept()

    def print(self) -> None:
        """Ask for a printer and print the pages one by one."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(list_layout(sideways=self.pages.sideways))
        printer.setDocName(self.pages.paper.title)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, self.pages.count)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            first = max(1, printer.fromPage() or 1)
            last = min(self.pages.count, printer.toPage() or self.pages.count)
            self.print_to(printer, range(first - 1, last))

    def print_to(self, printer: object, numbers: range) -> None:
        """Print pages on a printer, one at each turn of the event loop; close after the last."""
        from PySide6.QtPrintSupport import QPrinter

        assert isinstance(printer, QPrinter)
        printer.setPageLayout(list_layout(sideways=self.pages.sideways))
        painter = QPainter(printer)
        self.go.setEnabled(False)
        waiting = list(numbers)

        def next_page() -> None:
            number = waiting.pop(0)
            scale_to(painter, self.pages, printer.width(), printer.height())
            self.pages.draw(painter, number)
            if waiting:
                printer.newPage()
                QTimer.singleShot(0, self, next_page)
            else:
                painter.end()
                self.accept()

        QTimer.singleShot(0, self, next_page)


def print_sheet(view: ViewContext, parent: QWidget, sheet: ListSheet) -> None:
    """Read a list, lay it out in the background and show its pages."""
    stamp = f"{view.now():%Y-%m-%d %H:%M}"
    families = tuple(themes.current().families)

    def work(progress: Progress) -> ListPages:
        if sheet.count > PRINT_MOST:
            raise UserError(
                "print_too_long",
                N_("这份列表有 {count} 行，一次最多打印 {most} 行"),
                advice=N_("先加条件筛一筛，或导出成 Excel；数据没有改动"),
                count=f"{sheet.count:,}",
                most=f"{PRINT_MOST:,}",
            )
        paper: ListPaper = paper_of(sheet, stamp, families, progress)
        return ListPages(paper, progress)

    run_job(parent, work, lambda pages: PrintDialog(view, parent, pages).open(), title=_("打印"))
