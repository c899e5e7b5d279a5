"""What is wrong with rows, grouped by reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import N_, _, ngettext, translate
from app.services.transfer.outcomes import RowIssue
from app.views.core import theme as themes
from app.views.itemmodels.column import Column
from app.views.transfer import words
from app.views.widgets.buttons import Button
from app.views.widgets.card import Card
from app.views.widgets.scrolling import scrolled
from app.views.widgets.text import ElidedLabel, Label

_MOST_GROUPS = 40


def reason_of(issue: RowIssue) -> str:
    """Return the words of an issue: its reason is a message id, or the words of an error."""
    return translate(issue.reason)


def issue_columns() -> tuple[Column[RowIssue], ...]:
    """Return the columns of the list of errors and remarks."""
    return (
        Column("row", N_("行号"), lambda one: f"{one.row:,}" if one.row else "", width=64,
               align="right"),
        Column("place", N_("哪里"), _place, width=200),
        Column("column", N_("列"), lambda one: one.column, width=130),
        Column("value", N_("写的是"), lambda one: one.value, width=190, tone=lambda _one: "text"),
        Column("reason", N_("原因"), reason_of, width=260,
               tone=lambda one: "bad" if one.fatal else "warn"),
        Column("fate", N_("处理"), lambda one: _("不导入这一行") if one.fatal else _("照样导入"),
               width=120),
    )  # fmt: skip


def _place(issue: RowIssue) -> str:
    return f"{issue.file} · {issue.sheet}" if issue.sheet else issue.file


class IssueCard(Card):
    """Count errors and remarks by reason; a reason opens its rows."""

    reason_chosen = Signal(str, bool)
    change_wanted = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__(_("错误"), padded=False, name="transfer_issues")
        theme = themes.current()
        content = QWidget()
        self._rows = QVBoxLayout(content)
        self._rows.setContentsMargins(theme.px(12), theme.px(8), theme.px(8), theme.px(8))
        self._rows.setSpacing(theme.px(2))
        self.body.addWidget(scrolled(content, name="transfer_issue_area"))

    def show_issues(self, errors: Sequence[RowIssue], warnings: Sequence[RowIssue]) -> None:
        """Show other issues."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        count = len(errors)
        told = ngettext("错误 {count} 处", "错误 {count} 处", count).format(count=f"{count:,}")
        self.title.setText(told)
        self.subtitle.setText(
            _("提醒 {count} 处").format(count=f"{len(warnings):,}") if warnings else ""
        )
        self._add(errors, wrong=True)
        self._add(warnings, wrong=False)
        help_text = (
            _("有错误的行先不导入；改好后再导入同一文件，已导入的不会重复。")
            if errors
            else _("没有错误；带提醒的行照样导入。")
            if warnings
            else _("没有发现错误。")
        )
        self._rows.addWidget(Label(help_text, "small", "text2", wrap=True))
        self._rows.addStretch(1)

    def _add(self, issues: Sequence[RowIssue], *, wrong: bool) -> None:
        groups = Counter(reason_of(one) for one in issues)
        for reason, count in groups.most_common(_MOST_GROUPS):
            changes = any(one.column and one.row and reason_of(one) == reason for one in issues)
            self._rows.addWidget(self._group(reason, count, wrong=wrong, changes=changes))

    def _group(self, reason: str, count: int, *, wrong: bool, changes: bool) -> QWidget:
        theme = themes.current()
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        sign = Label()
        sign.set_icon("error_circle" if wrong else "warning", 16, "bad" if wrong else "warn")
        look = Button(_("查看"), "link", height=24, name="transfer_issue_look")
        look.setAccessibleName(_("查看：{reason}").format(reason=reason))
        look.clicked.connect(partial(self.reason_chosen.emit, reason, wrong))
        line.addWidget(sign)
        line.addWidget(ElidedLabel(reason, "small"), 1)
        line.addWidget(Label(words.rows(count), "small"))
        line.addWidget(look)
        if changes:
            change = Button(_("批量改"), "link", height=24, name="transfer_issue_change")
            change.setAccessibleName(_("批量改：{reason}").format(reason=reason))
            change.clicked.connect(partial(self.change_wanted.emit, reason, wrong))
            line.addWidget(change)
        return row
