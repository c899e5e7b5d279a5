"""The line under the head: how an unfinished period is compared, and how fresh this is."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from app.i18n import _
from app.models.values import periods
from app.views.core import format as words
from app.views.core import theme as themes
from app.views.kpi.reading import Reading
from app.views.widgets.buttons import Button
from app.views.widgets.text import ElidedLabel, Label


class BasisLine(QFrame):
    """Tell the rule of comparison and offer the other one."""

    whole_wanted = Signal()
    again_wanted = Signal()
    more_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setProperty("band", "subtle-below")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(3), theme.px(16), theme.px(3))
        row.setSpacing(theme.px(8))
        sign = Label()
        sign.set_icon("info", 16, "accent")
        self.words = ElidedLabel("", "small", "text2")
        self.words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.other = Button("", "link", height=24, name="kpi_align")
        self.fresh = Label("", "small", "text3")
        self.again = Button(_("重新计算"), "link", height=24, key="F5", name="kpi_again")
        self.more = Button(_("更多指标"), "link", height=24, name="kpi_more")
        self.more.clicked.connect(self.more_wanted)
        self.other.clicked.connect(self.whole_wanted)
        self.again.clicked.connect(self.again_wanted)
        row.addWidget(sign)
        row.addWidget(self.words)
        row.addWidget(self.other)
        row.addStretch(1)
        row.addWidget(self.more)
        row.addWidget(self.fresh)
        row.addWidget(self.again)

    def set_narrow(self, narrow: bool) -> None:
        """Leave out how fresh the figures are: the rule of comparison matters more."""
        self.fresh.setVisible(not narrow)

    def tell(self, found: Reading, now: datetime, *, align: bool) -> None:
        """Tell about a reading."""
        newest = found.report.periods[-1]
        as_of = found.report.as_of
        days = periods.elapsed_days(newest.period, as_of)
        if newest.complete:
            self.words.setText(_("各期都已完整"))
        elif align:
            self.words.setText(
                _("本期只到 {day}：同比、环比都按同样的前 {days} 天比较。").format(
                    day=words.day(as_of, as_of), days=days
                )
            )
        else:
            self.words.setText(
                _("本期只到 {day}：和整期比较，会显得偏低。").format(day=words.day(as_of, as_of))
            )
        self.other.setText(_("看整期口径") if align else _("按同样天数比较"))
        self.other.setVisible(not newest.complete)
        self.fresh.setText(
            _("数据更新 {clock} · 计算 {seconds} 秒").format(
                clock=words.clock(now), seconds=f"{found.seconds:.2f}"
            )
        )
