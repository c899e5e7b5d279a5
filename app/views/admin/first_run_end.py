"""The last two steps: how to begin, and what will be made."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QWidget

from app.i18n import N_, _, ngettext
from app.paths import BOOK_SUFFIX
from app.views.admin.first_run_step import EMPTY, IMPORT, SAMPLE, Answers, Step
from app.views.admin.option_card import OptionCards
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.widgets.buttons import Button
from app.views.widgets.card import Card
from app.views.widgets.text import ElidedLabel, Label


class BeginStep(Step):
    """Choose whether the book begins with a spreadsheet, with samples, or empty."""

    TITLE = N_("导入或示例")
    QUESTION = N_("从哪里开始")
    HELP = N_("哪一种都不影响以后再导入。")
    MINUTES = 1

    def __init__(self, answers: Answers) -> None:
        super().__init__(answers)
        self.choice = OptionCards(
            (
                (IMPORT, _("从 Excel 导入"), _("已有客户表：设好后就打开导入向导，导错了能撤销")),
                (SAMPLE, _("先看示例"), _("装进一家虚构公司的 300 来个客户，熟悉之后另建一份")),
                (EMPTY, _("空着开始"), _("一家一家自己录，或以后再导入")),
            ),
            name="begin",
            spoken=_("从哪里开始"),
            upright=True,
        )
        self.choice.setMaximumWidth(themes.current().px(560))
        self.choice.set_value(answers.begin)
        self.body.addWidget(self.choice)

    def keep(self) -> None:
        """Keep the choice."""
        self.answers.begin = str(self.choice.value())

    def skip(self) -> None:
        """Begin with an empty book."""
        self.choice.set_value(EMPTY)

    def focus_first(self) -> None:
        """Put the focus on the chosen card."""
        self.choice.setFocus(Qt.FocusReason.OtherFocusReason)


class EndStep(Step):
    """Say what will be made, and where."""

    TITLE = N_("完成")
    QUESTION = N_("都设好了")
    HELP = N_("下面这些以后在设置里都能改。")
    MINUTES = 0
    CAN_SKIP = False
    FIELDS = False

    def __init__(self, answers: Answers) -> None:
        super().__init__(answers)
        theme = themes.current()
        self._card = Card(name="first_run_summary")
        self._card.setMaximumWidth(theme.px(640))
        self._grid: QWidget | None = None
        self.body.addWidget(self._card)
        self.error = ErrorBar()
        self.error.setMaximumWidth(theme.px(640))
        self.body.addWidget(self.error)

    def arrive(self) -> None:
        """List the answers."""
        theme = themes.current()
        if self._grid is not None:
            self._card.body.removeWidget(self._grid)
            self._grid.deleteLater()
        self._grid = QWidget()
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(10))
        grid.setColumnMinimumWidth(0, theme.px(88))
        grid.setColumnStretch(1, 1)
        for row, (title, text) in enumerate(self._lines()):
            grid.addWidget(Label(title, "body", "text2"), row, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(ElidedLabel(text, mode=Qt.TextElideMode.ElideMiddle), row, 1)
        last = grid.rowCount()
        grid.addWidget(Label(_("放在"), "body", "text2"), last, 0, Qt.AlignmentFlag.AlignRight)
        grid.addLayout(self._place(), last, 1)
        self._card.body.addWidget(self._grid)

    def _place(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._folder = ElidedLabel(str(self.answers.folder), mode=Qt.TextElideMode.ElideMiddle)
        change = Button(_("更改…"), height=24, name="first_run_place")
        change.clicked.connect(self._choose_place)
        row.addWidget(self._folder, 1)
        row.addWidget(change)
        return row

    def _choose_place(self) -> None:
        folder = self.answers.folder
        chosen = QFileDialog.getExistingDirectory(self, _("数据放在哪里"), str(folder.parent))
        if chosen:
            self.set_place(Path(chosen))

    def set_place(self, parent: Path) -> None:
        """Put the book into another folder, under a name that is free there."""
        self.answers.folder = free_place(parent / self.answers.folder.name)
        self._folder.setText(str(self.answers.folder))

    def _lines(self) -> list[tuple[str, str]]:
        answers = self.answers
        names = [one.name for one in answers.people if one.name]
        people = ngettext("{count} 人：{names}", "{count} 人：{names}", len(names)).format(
            count=len(names), names=_("、").join(names)
        )
        template = next((one.name for one in answers.templates if one.code == answers.template), "")
        begin = {
            EMPTY: _("空着开始"),
            IMPORT: _("打开后导入 Excel"),
            SAMPLE: _("装进示例数据"),
        }
        return [
            (_("公司"), answers.company or _("以后再填")),
            (_("人员"), people if names else _("以后再填")),
            (_("加密"), _("用密码加密") if answers.encrypted else _("不加密")),
            (_("行业模板"), template or _("不用模板")),
            (_("开始"), begin[answers.begin]),
        ]


def free_place(folder: Path) -> Path:
    """Return the folder, or one beside it with a number, where nothing is yet."""
    candidate, number = folder, 2
    while candidate.exists():
        candidate = folder.with_name(f"{folder.stem}{number}{BOOK_SUFFIX}")
        number += 1
    return candidate
