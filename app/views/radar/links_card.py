"""去哪里查 in the settings: the places to look, their addresses and keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.i18n import N_, _, translate
from app.services.radar.links import ENCODINGS, VARIABLES, Link, address_of
from app.views.admin.plain_table import PlainTable
from app.views.core import theme as themes
from app.views.core.forms import Form
from app.views.itemmodels.column import Column
from app.views.widgets.buttons import Button, CheckBox, Select
from app.views.widgets.card import Card
from app.views.widgets.text import Label

_DIGITS = range(1, 10)
_EXAMPLE = {
    "name": "无锡启明自动化设备有限公司", "short": "启明", "uscc": "91350200776049653A",
    "mobile": "13805127746", "phone": "051085217300", "qq": "338126", "city": "江苏无锡",
    "email": "office@qiming.example", "contact": "孙丽",
}  # fmt: skip
_ENCODING_WORDS = {
    "utf-8": N_("UTF-8 百分号"), "gbk": N_("GBK 百分号"), "raw": N_("原样"),
    "digits": N_("只留数字"),
}  # fmt: skip


class LinkDialog(QDialog):
    """Ask for title, address, encoding and key of a place; show how the address comes out."""

    def __init__(self, link: Link, schemes: frozenset[str], parent: QWidget | None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._link, self._schemes = link, schemes
        self.setObjectName("link_dialog")
        self.setWindowTitle(_("查询网址"))
        self.setMinimumWidth(theme.px(560))
        rows = QVBoxLayout(self)
        rows.setSpacing(theme.px(10))
        self._make_fields(link)
        self._make_form(rows)
        self._add_buttons(rows)
        for changed in (self.title.textChanged, self.address.textChanged):
            changed.connect(self._show)
        self.encoding.activated.connect(lambda _at: self._show())
        self._show()
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_fields(self, link: Link) -> None:
        self.title = QLineEdit(translate(link.title))
        self.title.setObjectName("link_title")
        self.address = QLineEdit(link.address)
        self.address.setObjectName("link_address")
        self.address.setMaxLength(1000)
        self.address.setPlaceholderText("https://www.example.com/search?q={name}")
        self.encoding = Select(
            [(one, translate(_ENCODING_WORDS[one])) for one in ENCODINGS], name="link_encoding"
        )
        self.encoding.set_value(link.encoding)
        self.digit = Select(
            [(0, _("没有")), *((one, str(one)) for one in _DIGITS)], name="link_digit"
        )
        self.digit.set_value(link.digit)
        self.watched = CheckBox(_("回来后一分钟内留意剪贴板"), name="link_watched")
        self.watched.setChecked(link.watched)

    def _make_form(self, rows: QVBoxLayout) -> None:
        form = Form(label_width=72)
        form.add(_("名称"), self.title, required=True)
        form.add(_("网址"), self.address, required=True, check=self._problem)
        form.add(_("编码"), self.encoding)
        form.add(_("快捷键"), self.digit)
        form.add_wide(self.watched)
        self.form = form
        rows.addWidget(form)
        names = " ".join(f"{{{one}}} {translate(words)}" for one, words in VARIABLES.items())
        hint = _("可用：{names}；另写编码如 {{name|gbk}}").format(names=names)
        rows.addWidget(Label(hint, "caption", "text2", wrap=True))
        self.preview = Label("", "small", "text", wrap=True)
        self.preview.setObjectName("link_preview")
        rows.addWidget(self.preview)

    def _add_buttons(self, rows: QVBoxLayout) -> None:
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Save | kinds.Cancel)
        buttons.button(kinds.Save).setText(_("保存"))
        buttons.button(kinds.Cancel).setText(_("取消"))
        buttons.accepted.connect(self._agree)
        buttons.rejected.connect(self.reject)
        rows.addWidget(buttons)

    def link(self) -> Link:
        """Return the place as it is written here."""
        title = self.title.text().strip()
        digit = self.digit.value()
        return replace(
            self._link,
            title=self._link.title if title == translate(self._link.title) else title,
            address=self.address.text().strip(),
            encoding=str(self.encoding.value()),
            digit=digit if isinstance(digit, int) else 0,
            watched=self.watched.isChecked(),
        )

    def _come_out(self) -> tuple[str, str]:
        """Return the address for the example, and what is wrong with it."""
        try:
            return address_of(self.link(), _EXAMPLE, self._schemes), ""
        except UserError as error:
            return "", error.text()

    def _problem(self) -> str:
        return self._come_out()[1]

    def _show(self) -> None:
        address, _wrong = self._come_out()
        self.preview.setText(_("打开：{address}").format(address=address) if address else "")

    def _agree(self) -> None:
        if self.form.valid():
            self.accept()


class LinksCard(Card):
    """Show the places to look in order; add, change, remove, move; each change is saved."""

    def __init__(self, save: Callable[[list[Link]], None]) -> None:
        super().__init__(_("去哪里查"), name="radar_links_card")
        self._save = save
        self._schemes: frozenset[str] = frozenset()
        note = _("在自己的浏览器里打开；第一次用时先显示完整网址。F2 修改 · Alt+↑↓ 调整次序")
        self.body.addWidget(Label(note, "small", "text2", wrap=True))
        self.table: PlainTable[Link] = PlainTable(
            (
                Column("title", N_("名称"), lambda link: translate(link.title), width=170),
                Column("digit", N_("快捷键"), lambda link: str(link.digit or "—"), width=70),
                Column("address", N_("网址"), lambda link: link.address, width=300, flex=1),
            ),
            lambda link: (link.id, link.address),
            name="radar_links",
            spoken=_("去哪里查"),
            last="address",
        )
        self.table.opened.connect(lambda _link: self.edit())
        self.table.moved.connect(self.move_by)
        self.body.addWidget(self.table)
        row = QHBoxLayout()
        for words, name, act in (
            (_("加网址"), "radar_link_add", self.add),
            (_("修改…"), "radar_link_edit", self.edit),
            (_("去掉"), "radar_link_drop", self.drop),
        ):
            button = Button(words, "default", name=name)
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_links(self, links: list[Link], schemes: frozenset[str]) -> None:
        """Show the places of the book."""
        self._schemes = schemes
        self.table.show_rows(links)

    def _at(self) -> int:
        chosen = self.table.current()
        return list(self.table.rows).index(chosen) if chosen is not None else -1

    def add(self) -> None:
        """Ask for another place."""
        dialog = LinkDialog(Link("", "https://"), self._schemes, self)
        if dialog.exec():
            self._save([*self.table.rows, dialog.link()])

    def edit(self) -> None:
        """Change the chosen place."""
        at = self._at()
        if at < 0:
            return
        dialog = LinkDialog(self.table.rows[at], self._schemes, self)
        if dialog.exec():
            links = list(self.table.rows)
            links[at] = dialog.link()
            self._save(links)

    def drop(self) -> None:
        """Take the chosen place away."""
        at = self._at()
        if at >= 0:
            self._save([one for place, one in enumerate(self.table.rows) if place != at])

    def move_by(self, step: int) -> None:
        """Move the chosen place up or down."""
        at, links = self._at(), list(self.table.rows)
        if at >= 0 and 0 <= at + step < len(links):
            links[at], links[at + step] = links[at + step], links[at]
            self._save(links)
