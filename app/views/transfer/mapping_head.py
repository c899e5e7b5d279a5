"""The line over the table of columns: what is recognised, header row, encoding, sheets."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QIcon, QIntValidator
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QTabBar, QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.services.transfer.choosing import hidden_rows_of
from app.services.transfer.mapping import missing_fields
from app.services.transfer.read import Skipped
from app.services.transfer.remembering import Remembered
from app.views.core import icons
from app.views.core import theme as themes
from app.views.transfer import words
from app.views.transfer.job import ImportJob, Place
from app.views.widgets.buttons import Button, CheckBox, Select
from app.views.widgets.text import ElidedLabel, Label


class MappingHead(QWidget):
    """Choose the sheet, its kind, its header row and the encoding of its file."""

    sheet_chosen = Signal(object)
    header_chosen = Signal(int)
    encoding_chosen = Signal(str)
    kind_chosen = Signal(object)
    used = Signal(bool)
    hidden_rows_chosen = Signal(bool)
    hidden_sheets_chosen = Signal(bool)
    layout_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: list[Place] = []
        self._showing = False
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._make_line())
        rows.addWidget(self._make_sheets())

    def _make_line(self) -> QFrame:
        theme = themes.current()
        band = QFrame()
        band.setProperty("band", "below")
        band.setFixedHeight(theme.px(48))
        line = QHBoxLayout(band)
        line.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        line.setSpacing(theme.px(8))
        line.addWidget(Label(_("把文件的列对应到字段"), "entry_strong"))
        self.counts = ElidedLabel("", "small", "text2")
        line.addWidget(self.counts, 1)
        self.header = QLineEdit()
        self.header.setObjectName("transfer_header_row")
        self.header.setAccessibleName(_("表头在第几行"))
        self.header.setValidator(QIntValidator(1, 9999, self.header))
        self.header.setFixedWidth(theme.px(44))
        self.header.editingFinished.connect(self._header_edited)
        before, after = (
            Label(part.strip(), "small", "text2") for part in _("表头在第 {row} 行").split("{row}")
        )
        if not after.text():
            after.hide()  # never shown before it has its place: it would be a window of its own
        self._encoding_word = Label(_("编码"), "small", "text2")
        self.encoding = Select(words.ENCODINGS, name="transfer_encoding", spoken=_("编码"))
        self.encoding.activated.connect(
            lambda _at: self.encoding_chosen.emit(str(self.encoding.value()))
        )
        self.layouts = Button(_("套用模板"), height=28, name="transfer_layouts")
        self._menu = QMenu(self)
        self._menu.setObjectName("transfer_layouts_menu")
        self.layouts.set_menu(self._menu)
        for widget in (
            before, self.header, after, self._encoding_word, self.encoding, self.layouts
        ):  # fmt: skip
            line.addWidget(widget)
        return band

    def _make_sheets(self) -> QFrame:
        theme = themes.current()
        band = QFrame()
        band.setProperty("band", "below")
        line = QHBoxLayout(band)
        line.setContentsMargins(theme.px(8), 0, theme.px(16), 0)
        line.setSpacing(theme.px(8))
        self.tabs = QTabBar()
        side = theme.px(16)
        self.tabs.setIconSize(QSize(side, side))
        self.tabs.setObjectName("transfer_sheets")
        self.tabs.setAccessibleName(_("文件里的页"))
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setExpanding(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.currentChanged.connect(self._tab_changed)
        line.addWidget(self.tabs, 1)
        self.hidden_sheets = CheckBox(_("也读隐藏的页"), name="transfer_hidden_sheets")
        self.hidden_sheets.toggled.connect(partial(self._toggled, self.hidden_sheets_chosen))
        self.hidden_rows = CheckBox("", name="transfer_hidden_rows")
        self.hidden_rows.toggled.connect(partial(self._toggled, self.hidden_rows_chosen))
        self.meanings = Button(_("词的意思…"), height=24, name="transfer_meanings")
        self.use = CheckBox(_("导入这一页"), name="transfer_use_sheet")
        self.use.toggled.connect(partial(self._toggled, self.used))
        self.kind = Select(words.kinds(), name="transfer_kind", spoken=_("这一页是什么数据"))
        self.kind.activated.connect(lambda _at: self.kind_chosen.emit(self.kind.value()))
        self.look = Button(_("预览"), icon="eye", height=24, name="transfer_look")
        self.look.setCheckable(True)
        self.look.hide()
        switches = (self.look, self.meanings, self.hidden_sheets, self.hidden_rows, self.use)
        for widget in (*switches, Label(_("当作"), "small", "text2"), self.kind):
            line.addWidget(widget)
        return band

    # -- showing -------------------------------------------------------------------------------

    def show_job(self, job: ImportJob, at: Place) -> None:
        """Show the sheets of a job, one of them chosen."""
        self._showing = True
        places = job.places()
        if places != self._places:
            self._places = places
            while self.tabs.count():
                self.tabs.removeTab(0)
            for place in places:
                self.tabs.addTab(_tab_words(job, place))
        for number, place in enumerate(places):
            self.tabs.setTabText(number, _tab_words(job, place))
            self.tabs.setTabIcon(number, _tab_icon(job, place))
            self.tabs.setTabToolTip(number, job.sheet(place).plan.file)
        self.tabs.setCurrentIndex(places.index(at))
        self._show_sheet(job, at)
        self._show_hidden(job, at)
        self._showing = False

    def _show_hidden(self, job: ImportJob, place: Place) -> None:
        """Ask about hidden rows and sheets where there are some."""
        plan = job.sheet(place).plan
        count = hidden_rows_of(plan)
        told = ngettext("含隐藏的 {count} 行", "含隐藏的 {count} 行", count)
        self.hidden_rows.setText(told.format(count=f"{count:,}"))
        self.hidden_rows.setChecked(plan.hidden_rows)
        self.hidden_rows.setVisible(bool(count))
        wanted = place[0] in job.with_hidden_sheets
        left_out = any(one.why is Skipped.hidden for one in job.files[place[0]].skipped)
        self.hidden_sheets.setChecked(wanted)
        self.hidden_sheets.setVisible(wanted or left_out)

    def show_layouts(self, remembered: Sequence[Remembered]) -> None:
        """Offer the sheets of past imports that are like this one, and to find out anew."""
        self._menu.clear()
        for one in remembered:
            action = self._menu.addAction(one.name.replace("&", "&&"))
            action.triggered.connect(lambda _on=False, one=one: self.layout_chosen.emit(one))
        if remembered:
            self._menu.addSeparator()
        anew = self._menu.addAction(_("重新自动识别"))
        anew.triggered.connect(lambda _on=False: self.layout_chosen.emit(None))

    def _show_sheet(self, job: ImportJob, place: Place) -> None:
        plan = job.sheet(place).plan
        notes = job.files[place[0]].notes
        self.use.setChecked(place not in job.left_out)
        self.kind.set_value(plan.kind)
        self.header.setText(str(plan.table.header_row))
        self.encoding.setVisible(bool(notes.encoding))
        self._encoding_word.setVisible(bool(notes.encoding))
        if notes.encoding:
            self._offer(job.encodings.get(place[0]) or notes.encoding)

    def _offer(self, encoding: str) -> None:
        code = encoding.lower().replace("_", "-")
        code = {"gbk": "gb18030", "gb2312": "gb18030", "utf-8-sig": "utf-8"}.get(code, code)
        choices = [(value, shown) for value, shown in words.ENCODINGS]
        if code not in dict(choices):
            choices.append((code, encoding.upper()))
        self.encoding.set_choices(choices)
        self.encoding.set_value(code)

    # -- choosing ------------------------------------------------------------------------------

    def step_sheet(self, by: int) -> None:
        """Go to another sheet."""
        if self.tabs.count():
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())

    def _tab_changed(self, at: int) -> None:
        if not self._showing and 0 <= at < len(self._places):
            self.sheet_chosen.emit(self._places[at])

    def _toggled(self, told: SignalInstance, on: bool) -> None:
        if not self._showing:
            told.emit(on)

    def _header_edited(self) -> None:
        if not self._showing:
            self.header_chosen.emit(int(self.header.text()))


def _tab_words(job: ImportJob, place: Place) -> str:
    plan = job.sheet(place).plan
    single = len(job.files[place[0]].sheets) == 1
    name = plan.file.rpartition(".")[0] if single else plan.sheet
    return f"{name} {len(plan.table.rows):,}"


def _tab_icon(job: ImportJob, place: Place) -> QIcon:
    plan = job.sheet(place).plan
    if place in job.left_out:
        return icons.icon("minus", 14, "text3")
    if missing_fields(plan.kind, plan.matches):
        return icons.icon("warning", 14, "bad")
    return icons.icon("checkmark", 14, "good")
