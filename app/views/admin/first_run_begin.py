"""The first two steps: welcome, language and looks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app import i18n
from app.i18n import N_, _
from app.views.admin.fields import left
from app.views.admin.first_run_step import Answers, Step
from app.views.core import icons
from app.views.core import theme as themes
from app.views.core.forms import Form
from app.views.core.tokens import SCALES
from app.views.widgets.buttons import Button, Select
from app.views.widgets.segmented import Segmented
from app.views.widgets.text import Label

_PROMISES = (
    ("database", N_("全部内容只在这台电脑上"), N_("不联网、不上传，断网也照常用。")),
    ("people_team", N_("一个人、一个小组都能用"), N_("按人分工，谁跟进、跟到哪一步一眼看清。")),
    ("clock", N_("五分钟设好"), N_("后面几步都可以跳过，以后在设置里都找得到。")),
)


class WelcomeStep(Step):
    """Say what the program is, and offer to open a book that exists."""

    TITLE = N_("欢迎")
    QUESTION = N_("欢迎使用跟单")
    HELP = N_("把客户、跟进和下一步记在一处，每天打开就知道先做什么。")
    MINUTES = 5
    CAN_SKIP = False
    FIELDS = False

    open_wanted = Signal()

    def __init__(self, answers: Answers) -> None:
        super().__init__(answers)
        theme = themes.current()
        for icon, title, text in _PROMISES:
            row = QHBoxLayout()
            row.setSpacing(theme.px(12))
            sign = Label()
            sign.setPixmap(icons.pixmap(icon, 20, "accent"))
            row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(theme.px(2))
            words.addWidget(Label(i18n.translate(title), "body_strong"))
            words.addWidget(Label(i18n.translate(text), "small", "text2", wrap=True))
            row.addLayout(words, 1)
            self.body.addLayout(row)
        self.body.addSpacing(theme.px(8))
        row = QHBoxLayout()
        row.addWidget(Label(_("已经有数据文件夹？"), "small", "text2"))
        there = Button(_("打开已有数据…"), "link", height=24, name="first_run_open")
        there.clicked.connect(self.open_wanted)
        row.addWidget(there)
        row.addStretch(1)
        self.body.addLayout(row)


class LooksStep(Step):
    """Choose language, light or dark, and the size of the text; all of it holds at once."""

    TITLE = N_("语言与外观")
    QUESTION = N_("用什么语言，看起来怎样")
    HELP = N_("选了立即生效，以后随时能改。")
    MINUTES = 4

    language_chosen = Signal(object)
    mode_chosen = Signal(object)
    scale_chosen = Signal(object)

    def __init__(self, answers: Answers) -> None:
        super().__init__(answers)
        theme = themes.current()
        form = Form(label_width=112)
        self.language = Segmented(
            (("zh", "中文"), ("en", "English")), name="first_run_language", spoken=_("语言")
        )
        self.language.set_value(i18n.language())
        self.mode = Segmented(
            (("system", _("跟随系统")), ("light", _("浅色")), ("dark", _("深色"))),
            name="first_run_mode",
            spoken=_("外观"),
        )
        self.mode.set_value(theme.mode)
        self.scale = Select(
            [(scale, f"{scale}%") for scale in SCALES],
            name="first_run_scale",
            spoken=_("文字大小"),
        )
        self.scale.set_value(theme.scale)
        form.add(_("语言"), left(self.language))
        form.add(_("外观"), left(self.mode))
        form.add(_("文字大小"), left(self.scale))
        self.language.changed.connect(self.language_chosen)
        self.mode.changed.connect(self.mode_chosen)
        self.scale.activated.connect(lambda _at: self.scale_chosen.emit(self.scale.value()))
        self.body.addWidget(form)

    def focus_first(self) -> None:
        """Put the focus on the language."""
        self.language.setFocus(Qt.FocusReason.OtherFocusReason)
