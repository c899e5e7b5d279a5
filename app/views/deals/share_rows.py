"""业绩分成: who shares a contract and how; the parts add up to 100."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.i18n import _
from app.services.deals import ShareDraft
from app.views.core import theme as themes
from app.views.widgets.buttons import Button, icon_button
from app.views.widgets.staff_picker import StaffPicker
from app.views.widgets.text import Label

WHOLE = 100


class _Row(QWidget):
    def __init__(self, owner: ShareRows, share: ShareDraft) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(themes.current().px(6))
        self.person = StaffPicker(owner.people, name="share_person", spoken=_("分成给谁"))
        self.person.set_value(share.staff_id)
        self.weight = QLineEdit(str(share.weight))
        self.weight.setObjectName("share_weight")
        self.weight.setAccessibleName(_("百分之几"))
        self.weight.setValidator(QIntValidator(1, WHOLE, self))
        self.weight.setFixedWidth(themes.current().px(64))
        self.weight.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.remove = icon_button("close", _("去掉这一行"), height=24, name="share_remove")
        row.addWidget(self.person)
        row.addWidget(self.weight)
        row.addWidget(Label("%", "body", "text3"))
        row.addWidget(self.remove)
        row.addStretch(1)
        self.weight.textEdited.connect(lambda _text: owner.changed.emit())
        self.person.changed.connect(lambda _id: owner.changed.emit())
        self.remove.clicked.connect(lambda: owner.drop(self))

    def draft(self) -> ShareDraft:
        """Return the share of this row."""
        text = self.weight.text().strip()
        return ShareDraft(self.person.staff_id() or 0, int(text) if text.isdecimal() else 0)


class ShareRows(QWidget):
    """Edit the shares of a contract; with one row the whole is that person's."""

    changed = Signal()

    def __init__(self, people: Sequence[tuple[int, str]], shares: Sequence[ShareDraft]) -> None:
        super().__init__()
        self.people = tuple(people)
        self._rows: list[_Row] = []
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(themes.current().px(6))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(themes.current().px(6))
        lines.addLayout(self._lines)
        foot = QHBoxLayout()
        self.add = Button(_("加一位"), "link", "plus", height=20, name="share_add")
        self.add.clicked.connect(self._add_rest)
        self.sum = Label("", "small", "text2")
        foot.addWidget(self.add)
        foot.addWidget(self.sum)
        foot.addStretch(1)
        lines.addLayout(foot)
        self.changed.connect(self._show_sum)
        for share in shares:
            self._append(share)
        self._show_sum()

    def _append(self, share: ShareDraft) -> _Row:
        row = _Row(self, share)
        self._rows.append(row)
        self._lines.addWidget(row)
        self._show_crosses()
        return row

    def _show_crosses(self) -> None:
        for row in self._rows:
            row.remove.setVisible(len(self._rows) > 1)

    def _add_rest(self) -> None:
        """Add somebody who is not there yet, with what is left of 100."""
        present = {row.person.staff_id() for row in self._rows}
        other = next((one for one, _name in self.people if one not in present), 0)
        left = max(0, WHOLE - self.total())
        if not left and self._rows:
            half = self._rows[0].draft().weight // 2
            self._rows[0].weight.setText(str(self._rows[0].draft().weight - half))
            left = half
        row = self._append(ShareDraft(other, left))
        row.person.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def drop(self, row: _Row) -> None:
        """Take a row away; a single one left has the whole."""
        self._rows.remove(row)
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()
        if len(self._rows) == 1:
            self._rows[0].weight.setText(str(WHOLE))
        self._show_crosses()
        self.changed.emit()

    def set_single(self, staff_id: int) -> None:
        """Follow the signer while nobody else shares."""
        if len(self._rows) == 1:
            self._rows[0].person.set_value(staff_id)

    def total(self) -> int:
        """Return the sum of the parts."""
        return sum(row.draft().weight for row in self._rows)

    def _show_sum(self) -> None:
        total = self.total()
        self.sum.setVisible(len(self._rows) > 1)
        right = total == WHOLE
        words = _("合计 {total}%") if right else _("合计 {total}%，要凑到 100%")
        self.sum.setText(words.format(total=total))
        self.sum.set_tone("text2" if right else "bad")

    def problem(self) -> str:
        """Return what is wrong with the shares, empty when nothing is."""
        drafts = self.drafts()
        if self.total() != WHOLE:
            return _("分成加起来是 {total}%，要凑到 100%").format(total=self.total())
        if len({one.staff_id for one in drafts}) != len(drafts):
            return _("同一个人写了两行")
        return ""

    def drafts(self) -> tuple[ShareDraft, ...]:
        """Return the shares."""
        return tuple(row.draft() for row in self._rows)
