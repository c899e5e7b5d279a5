"""Where files are dropped or chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import _
from app.services.transfer.fields import Kind
from app.views.core import theme as themes
from app.views.transfer.words import templates
from app.views.widgets.buttons import Button
from app.views.widgets.text import Label

ENDINGS = ("xlsx", "xlsm", "xls", "et", "ods", "csv", "tsv", "txt", "json", "html", "htm",
           "vcf", "vcard")  # fmt: skip


def dropped_files(mime: QMimeData) -> list[Path]:
    """Return the local files that are being dragged."""
    local = (Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    return [path for path in local if path.is_file()]


class DropZone(QWidget):
    """Invite to drop files, with a button that opens the file dialog."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._over = False
        self.setObjectName("transfer_drop")
        self.setAccessibleName(_("把文件拖到这里"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        rows = QVBoxLayout(self)
        rows.setSpacing(theme.px(6))
        sign = Label()
        sign.set_icon("upload", 24, "text2")
        words = Label(_("把文件拖到这里，或"), "entry_strong")
        self.browse = Button(_("选择文件…"), icon="folder", name="transfer_browse")
        line = QHBoxLayout()
        line.setSpacing(theme.px(10))
        line.addStretch(1)
        self.templates = Button(_("下载模板"), name="transfer_templates")
        for widget in (sign, words, self.browse, self.templates):
            line.addWidget(widget)
        line.addStretch(1)
        hint = Label(
            _("Excel（xlsx、xls）、CSV、ods、JSON、手机通讯录 vcf；可以一次放几个"),
            "small",
            "text2",
            wrap=True,
        )
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        rows.addLayout(line)
        rows.addWidget(hint)
        self.set_roomy(False)

    def set_roomy(self, roomy: bool) -> None:
        """Be large while dropping files is the only thing to do here."""
        theme = themes.current()
        side, high = theme.px(24), theme.px(56 if roomy else 20)
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(side, high, side, high)

    def offer_templates(self, wanted: Callable[[Kind], None]) -> None:
        """Offer an empty sheet of each kind."""
        menu = QMenu(self)
        menu.setObjectName("transfer_templates_menu")
        for kind, shown in templates():
            action = menu.addAction(shown)
            action.triggered.connect(lambda _on=False, kind=kind: wanted(Kind(str(kind))))
        self.templates.set_menu(menu)

    def set_over(self, over: bool) -> None:
        """Show that files hang over the page."""
        if over != self._over:
            self._over = over
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dashed frame."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.color("accent" if self._over else "control"), 1)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.setBrush(theme.brush("accentTint" if self._over else "subtle"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.px(6), theme.px(6))
