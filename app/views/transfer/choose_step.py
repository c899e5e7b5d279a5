"""Step 1: which files, and beside it the export and the history."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import N_, _, ngettext
from app.services.transfer.choosing import suggested_order
from app.services.transfer.fields import Kind
from app.views.core import format as fmt
from app.views.core import theme as themes
from app.views.core.page import ViewContext, WidthMode
from app.views.core.runner import run_job
from app.views.itemmodels.column import Column
from app.views.itemmodels.transfer import RowsTableModel
from app.views.transfer import words
from app.views.transfer.choice_table import ChoiceTable
from app.views.transfer.drop_zone import ENDINGS, DropZone
from app.views.transfer.history_panel import HistoryPanel
from app.views.transfer.job import ImportJob
from app.views.transfer.step import Step
from app.views.widgets.buttons import Button
from app.views.widgets.card import Card
from app.views.widgets.scrolling import scrolled

_SHOWN_FILES = 6
_LIST_HEIGHT, _LIST_MOST, _ALONE = 210, 360, 196


def _file_columns() -> tuple[Column[tuple[int, Path]], ...]:
    return (
        Column("at", N_("先后"), lambda row: str(row[0]), width=56, align="right"),
        Column("name", N_("文件"), lambda row: row[1].name, width=320, kind="strong"),
        Column("size", N_("大小"), lambda row: _size(row[1]), width=96, align="right"),
        Column("place", N_("位置"), lambda row: str(row[1].parent), width=320, elide_middle=True),
    )


def _size(path: Path) -> str:
    try:
        return fmt.file_size(path.stat().st_size)
    except OSError:
        return ""


class ChooseStep(Step):
    """Take files in; they are put into the order in which they need each other."""

    def __init__(self, view: ViewContext) -> None:
        super().__init__(view, "choose")
        self._compact = False
        theme = themes.current()
        content = QWidget()
        rows = QVBoxLayout(content)
        side = theme.px(16)
        rows.setContentsMargins(side, side, side, side)
        rows.setSpacing(theme.px(12))
        self.zone = DropZone()
        self.zone.browse.clicked.connect(self.browse)
        self.zone.offer_templates(self.save_template)
        rows.addWidget(self.zone)
        self.files = self._make_files()
        rows.addWidget(self.files)
        self._pair = QHBoxLayout()
        self._pair.setSpacing(theme.px(12))
        self.history = HistoryPanel(view)
        self._pair.addWidget(self.history, 1)
        pair = QWidget()
        pair.setLayout(self._pair)
        self._pair.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(pair, 100)
        rows.addStretch(1)
        self._below = pair
        self.body.addWidget(scrolled(content, name="transfer_choose_area"))

    def _make_files(self) -> Card:
        card = Card(_("要导入的文件"), padded=False, name="transfer_files_card")
        self.remove = Button(_("移除"), icon="close", height=24, name="transfer_remove")
        self.remove.clicked.connect(self._remove)
        card.add_tool(self.remove)
        self.model = RowsTableModel(_file_columns())
        self.table = ChoiceTable(name="transfer_files", spoken=_("要导入的文件"))
        self.table.setModel(self.model)
        self.table.delete_wanted.connect(self._remove)
        self.table.activated_row.connect(lambda _row: self.next_wanted.emit())
        card.body.addWidget(self.table)
        return card

    def add_beside(self, panel: QWidget) -> None:
        """Put a panel beside the history."""
        self._pair.insertWidget(0, panel, 1)

    def save_template(self, kind: Kind) -> None:
        """Ask for a place and write an empty sheet of a kind there."""
        name = _("{kind}导入模板").format(kind=words.kind(kind)) + ".xlsx"
        chosen, _filter = QFileDialog.getSaveFileName(self, _("存下模板"), name, "Excel (*.xlsx)")
        if not chosen:
            return
        transfer, target = self.view.office.transfer, Path(chosen)
        told = _("模板存在 {file}").format(file=target.name)
        run_job(
            self,
            lambda _progress: transfer.template(kind, target),
            lambda _made: self.view.toast(told),
            title=_("存下模板"),
        )

    # -- files ---------------------------------------------------------------------------------

    def browse(self) -> None:
        """Choose files in the dialog of the system."""
        patterns = " ".join(f"*.{ending}" for ending in ENDINGS)
        names, _filter = QFileDialog.getOpenFileNames(
            self, _("选择要导入的文件"), "", _("表格与名片") + f" ({patterns})"
        )
        self.add([Path(name) for name in names])

    def add(self, paths: Iterable[Path]) -> None:
        """Take more files in; the same file only once."""
        known = [*self.job.paths, *paths]
        self.set_paths(suggested_order(dict.fromkeys(path.resolve() for path in known)))

    def set_paths(self, paths: list[Path]) -> None:
        """Take these files and no others; a former reading no longer holds."""
        if paths != self.job.paths:
            self.job.paths = paths
            self.job.files = ()
            self.job.encodings.clear()
            self.job.left_out.clear()
            self.job.with_hidden_sheets.clear()
            self.job.stale = True
        self._show()
        self.table.go_to(0)
        self.changed.emit()

    def _remove(self) -> None:
        row = self.table.current_object()
        if row is not None:
            self.set_paths([path for path in self.job.paths if path != row[1]])

    def _show(self) -> None:
        theme = themes.current()
        paths = self.job.paths
        self.model.set_rows(list(enumerate(paths, start=1)))
        shown = min(len(paths), _SHOWN_FILES)
        self.table.setFixedHeight(
            theme.size("table_header") + shown * theme.row_height() + theme.px(2)
        )
        self.files.subtitle.setText(_("已按先后排好：员工、客户、合同与回款、跟单、名片"))
        self.files.setVisible(bool(paths))
        self.zone.set_roomy(not paths and not self._compact)

    # -- the step --------------------------------------------------------------------------------

    def enter(self, job: ImportJob) -> None:
        """Show the chosen files and the history."""
        super().enter(job)
        self._show()
        self.show_history()

    def show_history(self) -> None:
        """Show the imports of the past."""
        batches = self.view.office.transfer.history()[:50]
        self.history.show_batches(batches)
        # a list of imports takes what room there is, a sentence no more than it needs
        theme = themes.current()
        self._below.setMinimumHeight(theme.px(_LIST_HEIGHT) if batches else 0)
        self._below.setMaximumHeight(theme.px(_LIST_MOST if batches or self._compact else _ALONE))

    def ready(self) -> bool:
        """Tell whether there is a file."""
        return bool(self.job.paths)

    def next_words(self) -> str:
        """Return the words of the button that goes on."""
        return _("下一步：对应列(&N)")

    def note(self) -> str:
        """Return what the footer says."""
        count = len(self.job.paths)
        if not count:
            return _("先选文件；读和检查都不会改动现有数据")
        chosen = ngettext("已选 {count} 个文件", "已选 {count} 个文件", count)
        return chosen.format(count=count) + " · " + _("不会改动现有数据，直到第 4 步确认")

    def adapt(self, mode: WidthMode) -> None:
        """Put the panels under each other in narrow windows."""
        way = QHBoxLayout.Direction.TopToBottom if mode == "compact" else (
            QHBoxLayout.Direction.LeftToRight
        )  # fmt: skip
        self._pair.setDirection(way)
        self._compact = mode == "compact"
        self.zone.set_roomy(not self.job.paths and not self._compact)
        self.show_history()

    def focus_first(self) -> None:
        """Put the focus into the list of files, without one on the way to choose them."""
        target = self.table if self.job.paths else self.zone.browse
        target.setFocus(Qt.FocusReason.OtherFocusReason)
