"""The recovery code: shown once, to be copied, printed or saved elsewhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.errors import UserError
from app.i18n import N_, _
from app.views.core import theme as themes
from app.views.core.errors import show_error
from app.views.widgets.buttons import Button, CheckBox
from app.views.widgets.card import Card
from app.views.widgets.text import Label, copy_text


class RecoveryCard(Card):
    """Show a recovery code; ``confirmed`` tells whether the person says it is kept elsewhere."""

    confirmed = Signal(bool)

    def __init__(self, code: str, book_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(
            _("恢复码"),
            _("忘记密码时唯一的办法，请打印或抄下"),
            icon="key",
            name="recovery_card",
            parent=parent,
        )
        theme = themes.current()
        self.code = code
        self._book_name = book_name
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self._shown = Label(code, "title")
        self._shown.setObjectName("recovery_text")
        self._shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._shown.setAccessibleName(_("恢复码 {code}").format(code=code))
        row.addWidget(self._shown)
        row.addStretch(1)
        for words, icon, name, act in (
            (_("复制"), "copy", "recovery_copy", self._copy),
            (_("打印"), "print", "recovery_print", self._print),
            (_("存成文件"), "save", "recovery_save", self._save),
        ):
            button = Button(words, icon=icon, height=24, name=name)
            button.clicked.connect(act)
            row.addWidget(button)
        self.body.addLayout(row)
        tick = QHBoxLayout()
        tick.setSpacing(theme.px(8))
        self.kept = CheckBox(_("我已把恢复码存到别处"), name="recovery_kept")
        self.kept.toggled.connect(self.confirmed)
        tick.addWidget(self.kept)
        tick.addWidget(Label(_("勾上才能继续"), "small", "text2"))
        tick.addStretch(1)
        self.body.addLayout(tick)

    def set_code(self, code: str) -> None:
        """Show a code."""
        self.code = code
        self._shown.setText(code)
        self._shown.setAccessibleName(_("恢复码 {code}").format(code=code))

    def sheet(self) -> list[str]:
        """Return the lines that are printed or saved."""
        return [
            _("跟单 恢复码"),
            self.code,
            _("数据：{name}").format(name=self._book_name) if self._book_name else "",
            _("忘记密码时，在解锁页选“用恢复码”，输入上面这一行。"),
            _("谁拿到它都能打开数据。放在信得过的地方，不要和电脑放在一起。"),
        ]

    def _copy(self) -> None:
        copy_text(self.code)

    def _save(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("恢复码存到哪里"), _("跟单恢复码.txt"), "*.txt"
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, file: Path) -> None:
        """Write the sheet into a text file."""
        lines = [line for line in self.sheet() if line]
        try:
            file.write_text("\n".join((*lines, "")), encoding="utf-8")
        except OSError:
            error = UserError(
                "not_saved",
                N_("恢复码没有存上"),
                advice=N_("换一个文件夹再存，或者复制、抄下来"),
            )
            show_error(self, error)

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        if QPrintDialog(printer, self).exec():
            draw_sheet(QPainter(printer), QRectF(printer.pageRect(QPrinter.Unit.DevicePixel)),
                       self.sheet())  # fmt: skip


def draw_sheet(painter: QPainter, page: QRectF, lines: list[str]) -> None:
    """Draw the sheet on a printed page: the code large, the rest readable."""
    theme = themes.current()
    top = page.height() * 0.08
    for at, line in enumerate(lines):
        font = theme.font("title" if at < 2 else "body")
        font.setPixelSize(max(1, round(page.height() * (0.03 if at < 2 else 0.016))))
        painter.setFont(font)
        box = QRectF(page.width() * 0.08, top, page.width() * 0.84, page.height() * 0.2)
        wrapped = int(Qt.TextFlag.TextWordWrap)
        painter.drawText(box, wrapped, line)
        top = painter.boundingRect(box, wrapped, line).bottom() + page.height() * 0.02
    painter.end()
