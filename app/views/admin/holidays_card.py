"""放假与调休: the known holiday years, and taking in the notice of a new one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.i18n import _, ngettext
from app.models.values.workdays import Holiday, HolidayYear
from app.views.core import format as formats
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.page import ViewContext
from app.views.core.undoing import said
from app.views.widgets.buttons import Button
from app.views.widgets.card import Card
from app.views.widgets.text import Label

_AHEAD = 2


def holiday_span(holiday: Holiday) -> str:
    """Return 春节 02-15 ~ 02-23."""
    first, last = holiday.first, holiday.last
    name = labels.holiday(holiday.name)
    if first == last:
        return f"{name} {first:%m-%d}".strip()
    return f"{name} {first:%m-%d} ~ {last:%m-%d}".strip()


def year_words(year: HolidayYear) -> str:
    """Return the holidays of a year and the weekend days worked for them."""
    spans = _("、").join(holiday_span(one) for one in year.holidays)
    if not year.worked:
        return spans
    worked = _("、").join(f"{day:%m-%d} {formats.weekday(day)}" for day in sorted(year.worked))
    return _("{holidays}；调休上班 {worked}").format(holidays=spans, worked=worked)


class HolidaysCard(Card):
    """List this year and the next ones; ``changed`` is called after each change."""

    def __init__(self, view: ViewContext, changed: Callable[[], None]) -> None:
        super().__init__(_("放假与调休"), name="holidays_card")
        self._view = view
        self._changed = changed
        note = _("下步里的“工作日、节后第一天”按这里算。新一年的通知公布后粘贴进来。")
        self.body.addWidget(Label(note, "small", "text2", wrap=True))
        self._place = QWidget()
        self._rows = QGridLayout(self._place)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setColumnStretch(1, 1)
        self._rows.setHorizontalSpacing(themes.current().px(12))
        self.body.addWidget(self._place)
        self.add = Button(_("导入放假通知…"), icon="calendar", name="holidays_import")
        self.add.clicked.connect(self._import)
        line = QHBoxLayout()
        line.addWidget(self.add)
        line.addStretch(1)
        self.body.addLayout(line)

    def reload(self) -> None:
        """Show the years known now."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        today = self._view.office.context.today()
        years = self._view.office.admin.holiday_years(today.year, today.year + _AHEAD)
        for row, (year, own) in enumerate(years):
            self._add_year(row, year, own)

    def _add_year(self, row: int, year: HolidayYear, own: bool) -> None:
        top = Qt.AlignmentFlag.AlignTop
        self._rows.addWidget(Label(str(year.year), "body_strong"), row, 0, top)
        words = Label(year_words(year), "small", "text", wrap=True)
        words.setObjectName(f"holidays_{year.year}")
        self._rows.addWidget(words, row, 1)
        if own:
            back = Button(_("恢复自带的"), "link", name=f"holidays_back_{year.year}", height=24)
            back.setAccessibleName(_("{year} 恢复自带的").format(year=year.year))
            back.clicked.connect(lambda: self._forget(year.year))
            self._rows.addWidget(back, row, 2, top)
        else:
            known = _("已公布") if year.announced else _("还没公布，按法定假日推算")
            tone = "text2" if year.announced else "warn"
            self._rows.addWidget(Label(known, "caption", tone), row, 2, top)

    def _import(self) -> None:
        dialog = HolidaysDialog(self._view, self.window())
        dialog.accepted.connect(self._changed)
        dialog.open()

    def _forget(self, year: int) -> None:
        self._view.office.admin.forget_holidays(year)
        said(self._view, _("{year} 年已恢复自带的放假安排").format(year=year))
        self._changed()


class HolidaysDialog(QDialog):
    """Take a pasted notice or a file of days, show what it says, and keep it on 导入."""

    def __init__(self, view: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        theme = themes.current()
        self.setObjectName("holidays_dialog")
        self.setWindowTitle(_("导入放假通知"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.px(620), theme.px(460))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(12))
        rows.setSpacing(theme.px(10))
        hint = _("粘贴国务院的放假通知，或每行写一天：2027-01-01,休,元旦；2027-01-03,班。")
        rows.addWidget(Label(hint, "small", "text2", wrap=True))
        self.text = QPlainTextEdit()
        self.text.setObjectName("holidays_text")
        self.text.setAccessibleName(_("放假通知"))
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._preview)
        rows.addWidget(self.text, 1)
        self.found = Label("", "small", "text2", wrap=True)
        self.found.setObjectName("holidays_found")
        rows.addWidget(self.found)
        self.error = ErrorBar()
        rows.addWidget(self.error)
        rows.addWidget(self._buttons())
        self._preview()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.file = Button(_("从文件…"), icon="open", name="holidays_file")
        self.file.clicked.connect(self._choose_file)
        self.go = Button(_("导入"), "primary", key="Ctrl+Enter", name="holidays_go")
        self.go.setShortcut("Ctrl+Return")
        self.go.clicked.connect(self.save)
        cancel = Button(_("取消"), name="holidays_cancel")
        cancel.clicked.connect(self.reject)
        box.addButton(self.file, role.ActionRole)
        box.addButton(self.go, role.AcceptRole)
        box.addButton(cancel, role.RejectRole)
        return box

    def _preview(self) -> None:
        self.error.clear()
        text = self.text.toPlainText()
        self.go.setEnabled(False)
        if not text.strip():
            self.found.setText("")
            return
        try:
            years = self._view.office.admin.read_holidays(text)
        except UserError as error:
            self.found.set_tone("warn")
            self.found.setText(error.text())
            return
        self.found.set_tone("good")
        self.found.setText(
            "\n".join(
                _("{year}：{holidays}").format(year=one.year, holidays=year_words(one))
                for one in years
            )
        )
        self.go.setEnabled(True)

    def _choose_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("从文件导入放假安排"), "", "*.txt *.csv")
        if name:
            self.read_file(Path(name))

    def read_file(self, path: Path) -> None:
        """Show the text of a file as if it had been pasted."""
        try:
            self.text.setPlainText(self._view.office.admin.read_holiday_file(path))
        except UserError as error:
            self.error.show_error(error)

    def save(self) -> None:
        """Keep the years and close; a refusal is shown here."""
        try:
            years = self._view.office.admin.import_holidays(self.text.toPlainText())
        except UserError as error:
            self.error.show_error(error)
            return
        words = ngettext("已导入 {count} 年的放假安排", "已导入 {count} 年的放假安排", len(years))
        said(self._view, words.format(count=len(years)))
        self.accept()
