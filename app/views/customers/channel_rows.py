"""Rows of typed addresses in a form: kind, address, remove; always one empty row to fill."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.i18n import _, translate
from app.models.values import people
from app.services.customers.drafts import ChannelDraft
from app.views.core import labels
from app.views.core import theme as themes
from app.views.widgets.buttons import Select, icon_button
from app.views.widgets.text import Label

KINDS = ("mobile", "phone", "email", "wechat", "qq", "other")
_EXAMPLES = {
    "mobile": "138 0512 7746",
    "phone": "0510-8888 6666",
    "email": "li@example.cn",
    "wechat": "sunli_qm",
    "qq": "338112626",
    "other": "",
}
MOBILE_DIGITS = 11


def problem_of(kind: str, raw: str) -> str:
    """Return what is wrong with an address, empty when nothing is."""
    text = raw.strip()
    digits = "".join(char for char in text if char.isdigit())
    if not text:
        return ""
    if kind == "mobile" and people.normal_phone(text) is None:
        missing = MOBILE_DIGITS - len(digits)
        if missing > 0:
            return _("还差 {count} 位，手机号应为 11 位").format(count=missing)
        return _("手机号应为 11 位")
    if kind == "email" and ("@" not in text or "." not in text.rpartition("@")[2]):
        return _("邮箱缺 @ 或后半截")
    return ""


class _Row(QWidget):
    def __init__(self, owner: ChannelRows, draft: ChannelDraft | None) -> None:
        super().__init__()
        theme = themes.current()
        self._owner = owner
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(2))
        line = QHBoxLayout()
        line.setSpacing(theme.px(6))
        self.kind = Select(
            [(code, translate(labels.CONTACT_KIND[code])) for code in KINDS],
            name="channel_kind",
            spoken=_("联系方式"),
        )
        self.kind.set_value(draft.kind if draft else "mobile")
        self.kind.setFixedWidth(theme.px(84))
        self.raw = QLineEdit(draft.raw if draft else "")
        self.raw.setObjectName("channel_raw")
        self.raw.setAccessibleName(_("号码或地址"))
        self.raw.setMaxLength(200)
        self.remove = icon_button("close", _("去掉这一行"), height=24, name="channel_remove")
        line.addWidget(self.kind)
        line.addWidget(self.raw, 1)
        line.addWidget(self.remove)
        rows.addLayout(line)
        self.note = Label("", "small", "warn", wrap=True)
        self.note.hide()
        rows.addWidget(self.note)
        self.kind.currentIndexChanged.connect(lambda _at: self._show_example())
        self.raw.textEdited.connect(lambda _text: owner.edited(self))
        self.raw.editingFinished.connect(self.check)
        self.remove.clicked.connect(lambda: owner.drop(self))
        self._show_example()

    def _show_example(self) -> None:
        self.raw.setPlaceholderText(_EXAMPLES[str(self.kind.value())])
        if self.raw.text():
            self.check()

    def check(self) -> bool:
        """Say what is wrong or who has the number already; tell whether it may be kept."""
        problem = problem_of(str(self.kind.value()), self.raw.text())
        themes.set_property(self.raw, "wrong", bool(problem))
        known = "" if problem else self._owner.known(self.raw.text())
        self.note.setText(problem or known)
        self.note.set_tone("bad" if problem else "warn")
        self.note.setVisible(bool(problem or known))
        return not problem

    def draft(self) -> ChannelDraft | None:
        text = self.raw.text().strip()
        return ChannelDraft(str(self.kind.value()), text) if text else None


class ChannelRows(QWidget):
    """Edit any number of addresses; ``known`` tells who has an address already."""

    changed = Signal()

    def __init__(
        self,
        drafts: Sequence[ChannelDraft] = (),
        known: Callable[[str], str] = lambda _raw: "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.known = known
        self.setAccessibleName(_("联系方式"))
        self._rows: list[_Row] = []
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(themes.current().px(6))
        for draft in drafts:
            self._add(draft)
        self._add(None)

    def _add(self, draft: ChannelDraft | None) -> _Row:
        row = _Row(self, draft)
        self._rows.append(row)
        self._lines.addWidget(row)
        self._show_crosses()
        return row

    def _show_crosses(self) -> None:
        for row in self._rows:
            row.remove.setVisible(len(self._rows) > 1 and row is not self._rows[-1])

    def edited(self, row: _Row) -> None:
        """Keep one empty row at the end."""
        if row is self._rows[-1] and row.raw.text().strip():
            self._add(None)
        self.changed.emit()

    def drop(self, row: _Row) -> None:
        """Take a row away."""
        at = self._rows.index(row)
        self._rows.remove(row)
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._rows[min(at, len(self._rows) - 1)].raw.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_crosses()
        self.changed.emit()

    def first(self) -> QLineEdit:
        """Return the first address field."""
        return self._rows[0].raw

    def valid(self) -> bool:
        """Check every row; the first wrong one gets the focus."""
        wrong = [row for row in self._rows if not row.check()]
        if wrong:
            wrong[0].raw.setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def drafts(self) -> tuple[ChannelDraft, ...]:
        """Return the addresses that are filled in."""
        found = (row.draft() for row in self._rows)
        return tuple(one for one in found if one is not None)
