"""The sheet of states and components, for developers: the same tiles as the design's picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.i18n import N_, _
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.focus import FocusRing
from app.views.core.forms import ErrorLine, line
from app.views.core.page import Page, ViewContext
from app.views.widgets import empty_state
from app.views.widgets.badges import Tag, ValueBadge
from app.views.widgets.buttons import Button
from app.views.widgets.card import Card
from app.views.widgets.chips import Chip, Choice
from app.views.widgets.empty_state import EmptyState
from app.views.widgets.skeleton import Skeleton
from app.views.widgets.text import Label
from app.views.widgets.toast import Toast


class GalleryPage(Page):
    """Show every state and component once."""

    PAGE_ID = "gallery"

    def __init__(self, view: ViewContext) -> None:
        super().__init__(view)
        theme = themes.current()
        header = self.add_header(_("状态与组件样张"))
        header.set_subtitle(_("供开发对照，软件里没有这一页"))
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        grid.setSpacing(theme.px(12))
        tiles = (
            self._empty_done, self._empty_new, self._empty_match,
            self._slow, self._toasts, self._errors,
            self._question, self._jobs, self._states,
        )  # fmt: skip
        for at, make in enumerate(tiles):
            grid.addWidget(make(), at // 3, at % 3)
        for part in range(3):
            grid.setColumnStretch(part, 1)
            grid.setRowStretch(part, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sheet.setBackgroundRole(QPalette.ColorRole.Base)
        area.setWidget(sheet)
        self.body.addWidget(area, 1)

    def focus_first(self) -> None:
        """Leave the focus alone: nothing here is for work."""

    def _tile(self, title: str, *, padded: bool = True) -> Card:
        return Card(title, tinted_head=True, padded=padded)

    def _empty_done(self) -> Card:
        card = self._tile(_("空 · 今日工作台"))
        state = EmptyState(
            empty_state.DONE, _("今天的事都办完了"), _("明天 2 条，本周内还有 4 条。")
        )
        state.add_button(Button(_("看明天")))
        state.add_button(Button(_("挑几家老客户问候"), icon="chat"))
        card.body.addWidget(state)
        return card

    def _empty_new(self) -> Card:
        card = self._tile(_("空 · 还没有客户"))
        state = EmptyState(
            empty_state.NOTHING_YET, _("还没有客户"), _("可以从 Excel 导入，也可以先看示例数据。")
        )
        state.add_button(Button(_("从 Excel 导入"), "primary", "arrow_import"))
        state.add_button(Button(_("新建一家"), icon="plus"))
        state.add_button(Button(_("载入示例"), "link"))
        card.body.addWidget(state)
        return card

    def _empty_match(self) -> Card:
        card = self._tile(_("空 · 没有符合条件的"))
        state = EmptyState(
            empty_state.NO_MATCH,
            _("没有符合的客户"),
            _("去掉「最近跟单 30 天内」会有 218 家。"),
        )
        state.add_button(Button(_("去掉这个条件")))
        state.add_button(Button(_("清空全部条件"), "link"))
        card.body.addWidget(state)
        return card

    def _slow(self) -> Card:
        theme = themes.current()
        card = self._tile(_("慢 · 超过 0.3 秒才出现占位，超过 2 秒给进度"), padded=False)
        card.body.addWidget(Skeleton(0), 1)
        card.body.addWidget(line())
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(8))
        bar = _bar(38, 102)
        bar.setFixedWidth(theme.px(120))
        foot.addWidget(bar)
        foot.addWidget(Label(_("正在统计 38 万 / 102 万条"), "small"))
        foot.addStretch(1)
        foot.addWidget(Button(_("停止"), "link"))
        card.body.addLayout(foot)
        return card

    def _toasts(self) -> Card:
        card = self._tile(_("提示条 · 底部居中，6 秒，可撤销"))
        card.body.addStretch(1)
        for words, icon in (
            (_("已保存跟单，下步：下周 打击竞品"), "checkmark_circle"),
            (_("3 家客户已交给 陈立"), "info"),
        ):
            toast = Toast(card)
            toast.say(words, lambda: None, icon)
            card.body.addWidget(toast, 0, Qt.AlignmentFlag.AlignHCenter)
        note = Label(_("只报结果，不拦操作；错误不用提示条"), "small", "text2")
        card.body.addWidget(note, 0, Qt.AlignmentFlag.AlignHCenter)
        card.body.addStretch(1)
        return card

    def _errors(self) -> Card:
        theme = themes.current()
        card = self._tile(_("错误横条 · 停在出错的地方，说明怎么办"))
        bar = ErrorBar()
        error = UserError(
            "disk_full",
            N_("没有存上：磁盘已满"),
            advice=N_("还差约 40 MB。内容保留在草稿里，腾出空间后点“再存一次”。"),
        )
        bar.show_error(error, lambda: None, _("再存一次"))
        card.body.addWidget(bar)
        card.body.addWidget(line())
        row = QGridLayout()
        row.setHorizontalSpacing(theme.px(12))
        row.setColumnMinimumWidth(0, theme.px(52))
        field = _field("1381290441", wrong=True)
        error_line = ErrorLine()
        error_line.say(_("还差 1 位，手机号应为 11 位"))
        row.addWidget(Label(_("手机"), "body", "text2"), 0, 0)
        row.addWidget(field, 0, 1)
        row.addWidget(error_line, 1, 1)
        row.setColumnStretch(2, 1)
        card.body.addLayout(row)
        card.body.addStretch(1)
        return card

    def _question(self) -> Card:
        theme = themes.current()
        card = self._tile(_("确认 · 只用于不能撤销的事"))
        frame = QFrame()
        frame.setProperty("card", "popup")
        rows = QVBoxLayout(frame)
        rows.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(12))
        top = QHBoxLayout()
        top.setSpacing(theme.px(12))
        sign = Label()
        sign.set_icon("warning", 24, "warn")
        words = QVBoxLayout()
        words.addWidget(Label(_("永久删除 3 家客户？"), "body_strong"))
        text = _("连同 47 条跟单、12 段录音。此操作不能撤销；刚才 12:30 的备份里仍有。")
        words.addWidget(Label(text, "small", "text2", wrap=True))
        top.addWidget(sign)
        top.addLayout(words, 1)
        rows.addLayout(top)
        cancel = Button(_("取消"))
        rows.addLayout(_row(None, Button(_("删除 3 家"), "danger_fill"), cancel))
        card.body.addStretch(1)
        card.body.addWidget(frame)
        card.body.addStretch(1)
        return card

    def _jobs(self) -> Card:
        card = self._tile(_("后台任务 · 状态栏点开"))
        for title, far, done in (
            (_("导入客户"), _("50,911 行 · 约剩 8 秒"), 64),
            (_("整理录音波形"), "148 / 320", 46),
        ):
            card.body.addLayout(_row(Label(title, "small"), None, Label(far, "small", "text2")))
            low = QHBoxLayout()
            low.addWidget(_bar(done, 100), 1)
            low.addWidget(Button(_("停止"), height=24))
            card.body.addLayout(low)
            card.body.addWidget(line())
        done_sign = Label()
        done_sign.set_icon("checkmark_circle", 16, "good")
        card.body.addLayout(
            _row(done_sign, Label(_("备份完成，校验通过"), "small"), None,
                 Label("12:30", "small", "text2"))
        )  # fmt: skip
        card.body.addStretch(1)
        return card

    def _states(self) -> Card:
        card = self._tile(_("焦点与按钮状态"))
        pressed = Button(_("按下"))
        pressed.setDown(True)
        off = Button(_("不可用"))
        off.setEnabled(False)
        ringed, ringed_primary = Button(_("焦点")), Button(_("焦点"), "primary")
        card.body.addLayout(_row(Button(_("默认")), pressed, ringed, off, None))
        card.body.addLayout(
            _row(Button(_("主按钮"), "primary"), ringed_primary, Button(_("危险"), "danger"),
                 Button(_("文字按钮"), "link"), None)
        )  # fmt: skip
        fields = (_field(_("普通")), _field(_("有错"), wrong=True), _field(_("只读"), fixed=True))
        card.body.addLayout(_row(*fields, None))
        chips = [Chip(Choice(one, words)) for one, words in
                 (("a", _("未选")), ("b", _("已选")), ("c", _("焦点")))]  # fmt: skip
        chips[1].setChecked(True)
        chips[2].setChecked(True)
        card.body.addLayout(
            _row(*chips, ValueBadge("valuable", "big"), ValueBadge("unsure", "normal"), None)
        )
        card.body.addLayout(
            _row(ValueBadge("worthless"), ValueBadge(), Tag(_("逾期"), "bad"),
                 Tag(_("方案"), "accent"), Tag(_("成交"), "good", "checkmark"),
                 Tag(_("停滞"), "warn", "warning"), None)
        )  # fmt: skip
        self._ringed: Sequence[QWidget] = (ringed, ringed_primary, chips[2])
        card.body.addStretch(1)
        return card

    def show_rings(self) -> None:
        """Draw focus rings around the samples, several at once as only this sheet does."""
        for widget in self._ringed:
            FocusRing().follow(None, widget)


def _field(text: str, *, wrong: bool = False, fixed: bool = False) -> QLineEdit:
    field = QLineEdit(text)
    field.setAccessibleName(text)
    field.setReadOnly(fixed)
    field.setProperty("wrong", wrong)
    return field


def _bar(done: int, total: int) -> QProgressBar:
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setRange(0, total)
    bar.setValue(done)
    bar.setAccessibleName(f"{done} / {total}")
    return bar


def _row(*parts: QWidget | QLayout | None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(themes.current().px(8))
    for part in parts:
        if part is None:
            row.addStretch(1)
        elif isinstance(part, QWidget):
            row.addWidget(part)
        else:
            row.addLayout(part)
    return row
