"""粘贴识别: a pasted block beside what is kept, each value taken or left (screen 08)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.i18n import N_, _, ngettext, translate
from app.services.customers.drafts import CustomerCard
from app.services.radar import Link
from app.services.radar.codes import check_code
from app.services.radar.comparing import PastedLine
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.page import ViewContext
from app.views.core.undoing import said
from app.views.customers.past_date import PastDateEdit
from app.views.customers.surface import WordChoice, on_surface
from app.views.radar.decoded_rows import problem_words
from app.views.radar.looking import ClipboardWatch, open_link
from app.views.radar.paste_side import PasteSide
from app.views.widgets.buttons import Button, CheckBox, Select
from app.views.widgets.note import Note
from app.views.widgets.text import ElidedLabel, Label, set_tip

_WIDTH, _HEIGHT, _TEXT_WIDTH = 1180, 640, 310
_SIDE_FROM = 1080
_READ_LATER_MS = 200
_LONGEST = 20_000
_STATES = {
    "new": (N_("新增"), "accent"),
    "same": (N_("一致"), "text2"),
    "different": (N_("不同"), "warn"),
    "checked": (N_("校验通过"), "good"),
    "wrong": (N_("校验不对"), "bad"),
}
_SOURCES = (N_("工商"), N_("官网"), N_("年报"), N_("名片"), N_("客户说的"))


class _Row:
    """One field: taken or not, its value to edit, the present one, how they stand."""

    def __init__(self, line: PastedLine, grid: QGridLayout, at: int) -> None:
        self.line = line
        name = translate(line.label)
        self.take = CheckBox(name, name=f"take_{line.key}")
        self.take.setChecked(line.wanted)
        self.value = QLineEdit(line.value)
        self.value.setObjectName(f"value_{line.key}")
        self.value.setAccessibleName(name)
        self.value.setCursorPosition(0)
        words, tone = _STATES[line.state]
        present = ElidedLabel(line.present or "—", "body", "text2")
        present.setMinimumWidth(themes.current().px(90))
        for column, widget in enumerate(
            (self.take, self.value, present, Label(translate(words), "small", tone))
        ):
            grid.addWidget(widget, at, column)
            if line.state == "wrong":
                set_tip(widget, problem_words(check_code(line.value)))


class PasteDialog(QDialog):
    """Read what was pasted, show it beside the customer's, write what is ticked."""

    def __init__(
        self, view: ViewContext, card: CustomerCard, parent: QWidget | None, text: str = ""
    ) -> None:
        super().__init__(parent)
        self._view, self._card = view, card
        self.rows: list[_Row] = []
        theme = themes.current()
        self.setObjectName("paste_dialog")
        self.setWindowTitle(_("客户雷达 — {name}").format(name=card.name))
        whole = QVBoxLayout(self)
        halves = QHBoxLayout()
        halves.setSpacing(theme.px(16))
        left = QWidget()
        left.setFixedWidth(theme.px(_TEXT_WIDTH))
        left.setLayout(self._left())
        halves.addWidget(left)
        halves.addLayout(self._right(), 1)
        self.side = PasteSide(view, card)
        self.side.chosen.connect(self._look)
        halves.addWidget(self.side)
        self.watch = ClipboardWatch(view, self)
        whole.addLayout(halves, 1)
        self.error_bar = ErrorBar()
        whole.addWidget(self.error_bar)
        whole.addWidget(self._footer())
        self._fit(parent)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_READ_LATER_MS)
        self._late.timeout.connect(self.read)
        self.text.textChanged.connect(self._late.start)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.write)
        self.show_lines([])
        if text:
            self.text.setPlainText(text[:_LONGEST])
            self.read()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self, parent: QWidget | None) -> None:
        """Be as large as the window allows; a narrow dialog does without its side."""
        theme = themes.current()
        room = parent.window().size() if parent is not None else QSize(_WIDTH, _HEIGHT)
        wide, high = min(theme.px(_WIDTH), room.width()), min(theme.px(_HEIGHT), room.height())
        self.side.setVisible(wide >= theme.px(_SIDE_FROM))
        self.resize(wide, high)

    # -- building ------------------------------------------------------------------------

    def _left(self) -> QVBoxLayout:
        theme = themes.current()
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(Label(_("粘贴网页或名片上的文字"), "section", "text"), 1)
        self.paste = Button(_("粘贴"), "default", name="paste_button", height=24)
        self.paste.clicked.connect(self.paste_clipboard)
        head.addWidget(self.paste)
        column.addLayout(head)
        self.text = QPlainTextEdit()
        self.text.setObjectName("paste_text")
        self.text.setAccessibleName(_("粘贴网页或名片上的文字"))
        self.text.setTabChangesFocus(True)
        column.addWidget(self.text, 1)
        self.source = WordChoice(
            [translate(one) for one in _SOURCES], name="paste_source", spoken=_("来源"), text=""
        )
        self.day = PastDateEdit(name="paste_day", today=self._view.office.context.today)
        self.day.set_value(self._view.office.context.today())
        below = QHBoxLayout()
        for words, widget in ((_("来源"), self.source), (_("查询日"), self.day)):
            below.addWidget(Label(words, "small", "text2"))
            widget.setMinimumWidth(theme.px(118 if widget is self.day else 60))
            below.addWidget(widget, 1)
        column.addLayout(below)
        offline = Label(_("本软件不联网：由您在浏览器查到后粘贴，只在本机识别"), "caption", "text3")
        offline.setWordWrap(True)
        column.addWidget(offline)
        return column

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        self.told = Label("", "section", "text")
        column.addWidget(self.told)
        holder = QWidget()
        self.grid = QGridLayout(holder)
        self.grid.setColumnStretch(1, 3)
        self.grid.setColumnStretch(2, 2)
        self.grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(on_surface(holder, "paste_area"), 1)
        self.doubt = Note("", tone="warn")
        column.addWidget(self.doubt)
        self.left_over = Note("")
        column.addWidget(self.left_over)
        below = QHBoxLayout()
        below.addWidget(Label(_("写入后标记为"), "small", "text2"))
        self.mark = Select(
            [(mark, translate(labels.RADAR_MARK[mark])) for mark in ("verified", "unchecked")],
            name="paste_mark",
        )
        below.addWidget(self.mark)
        below.addStretch(1)
        column.addLayout(below)
        return column

    def _footer(self) -> QDialogButtonBox:
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Save | kinds.Cancel)
        self.save = buttons.button(kinds.Save)
        self.save.setObjectName("paste_save")
        buttons.button(kinds.Cancel).setText(_("取消"))
        buttons.accepted.connect(self.write)
        buttons.rejected.connect(self.reject)
        return buttons

    def _look(self, link: Link) -> None:
        """Open a place; what is copied there comes into the empty box by itself."""
        if open_link(self._view, self, self._card, link) and link.watched:
            self.watch.start(self._card, self._take_copied, self._say_copied)

    def _say_copied(self, words: str, take: Callable[[], None]) -> None:
        if self.text.toPlainText().strip():
            self.told.setText(_("{words}，按“粘贴”换上").format(words=words))
        else:
            take()

    def _take_copied(self, text: str) -> None:
        self.text.setPlainText(text[:_LONGEST])

    # -- reading -------------------------------------------------------------------------

    def paste_clipboard(self) -> None:
        """Put the clipboard's text into the box."""
        self.text.setPlainText(QGuiApplication.clipboard().text()[:_LONGEST])

    def read(self) -> None:
        """Read the box and show each field beside the present one."""
        office = self._view.office
        lines, rest = office.radar.compare(self._card.id, self.text.toPlainText())
        self.show_lines(lines)
        self.left_over.setVisible(bool(rest.strip()) and bool(lines))
        count = len(rest.strip().splitlines())
        self.left_over.tell(
            ngettext("{count} 行没有识别，不会写入", "{count} 行没有识别，不会写入", count).format(
                count=count
            )
        )

    def show_lines(self, lines: Sequence[PastedLine]) -> None:
        """Show the fields that were found."""
        while self.grid.count():
            item = self.grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = [_Row(line, self.grid, at) for at, line in enumerate(lines)]
        before: QWidget = self.day
        for row in self.rows:
            row.take.toggled.connect(self._count)
            QWidget.setTabOrder(before, row.take)
            QWidget.setTabOrder(row.take, row.value)
            before = row.value
        QWidget.setTabOrder(before, self.mark)
        self.left_over.setVisible(False)
        self._say_doubt(lines)
        different = sum(one.state == "different" for one in lines)
        empty = (
            _("没有认出可写的字段，可以另记一条")
            if self.text.toPlainText().strip()
            else _("查到后全选复制，回来粘贴")
        )
        found = _("识别出 {count} 项，{different} 项与现有不同").format(
            count=len(lines), different=different
        )
        self.told.setText(found if lines else empty)
        self._count()

    def _say_doubt(self, lines: Sequence[PastedLine]) -> None:
        """Say what is wrong with a code; ticking it keeps it nevertheless."""
        wrong = next((one for one in lines if one.state == "wrong"), None)
        self.doubt.setVisible(wrong is not None)
        if wrong is not None:
            words = _("{label}：{problem}。打勾则仍然保存").format(
                label=translate(wrong.label), problem=problem_words(check_code(wrong.value))
            )
            self.doubt.tell(words)

    def chosen(self) -> list[tuple[str, str]]:
        """Return key and value of every ticked field."""
        return [
            (row.line.key, row.value.text().strip())
            for row in self.rows
            if row.take.isChecked() and row.value.text().strip()
        ]

    def _count(self) -> None:
        count = len(self.chosen())
        self.save.setText(ngettext("写入 {count} 项", "写入 {count} 项", count).format(count=count))
        self.save.setEnabled(count > 0)

    # -- writing -------------------------------------------------------------------------

    def write(self) -> None:
        """Write what is ticked, dated and with its source."""
        values = self.chosen()
        if not values or self.day.problem():
            return
        source = self.source.words()
        if not source:
            self.source.setFocus(Qt.FocusReason.OtherFocusReason)
            self.told.setText(_("写入前选一个来源"))
            return
        self._view.office.radar.accept(
            self._card.id,
            values,
            source=source,
            found_on=self.day.value(),
            mark=str(self.mark.value()),
        )
        count = len(values)
        words = ngettext("已写入 {count} 项", "已写入 {count} 项", count).format(count=count)
        said(self._view, words)
        self.accept()
