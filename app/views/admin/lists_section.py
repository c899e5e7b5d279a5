"""阶段与列表: the words that people choose from."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import N_, _, translate
from app.views.admin.section import Section
from app.views.admin.side_list import SideList
from app.views.admin.word_list import Word, WordList
from app.views.core import theme as themes
from app.views.widgets.card import Card
from app.views.widgets.text import Label

# list: (title, what it is for)
LISTS: dict[str, tuple[str, str]] = {
    "stage": (N_("阶段"), N_("客户从左走到右；可以改名，个数和次序固定，转化率按它算")),
    "key_node": (N_("关键节点"), N_("有日期的标记，可以有好几个，不分先后")),
    "plan_kind": (N_("计划类型"), N_("写下步时选的")),
    "source": (N_("来源"), N_("客户从哪里来")),
    "industry": (N_("行业"), N_("客户做什么")),
    "size": (N_("规模"), N_("客户有多大")),
    "tag": (N_("标签"), N_("贴在客户上的词；加标签时写的新词也在这里")),
    "payment_method": (N_("付款方式"), N_("登记回款时选的")),
    "loss_reason": (N_("失败原因"), N_("标为失败时选的")),
}


class ListsSection(Section):
    """Change one list at a time; what uses a word keeps it when it is renamed or hidden."""

    SUBTITLE = N_("改名不影响已经用了它的客户；停用只是以后不再出现")

    def build(self) -> None:
        """Make the list of lists and the words of one."""
        theme = themes.current()
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        frame = QFrame()
        frame.setProperty("card", "true")
        frame.setFixedWidth(theme.px(132))
        around = QVBoxLayout(frame)
        around.setContentsMargins(1, theme.px(8), 1, theme.px(8))
        self.which = SideList(name="lists_which", spoken=_("列表"))
        self.which.set_choices([(key, translate(title), "") for key, (title, _h) in LISTS.items()])
        self.which.setFixedHeight(theme.px(30) * len(LISTS) + 2)
        around.addWidget(self.which)
        row.addWidget(frame, 0, Qt.AlignmentFlag.AlignTop)
        self.card = Card(" ", name="words_card")
        self._help = Label("", "small", "text2", wrap=True)
        self.card.body.addWidget(self._help)
        self.words = WordList(name="words", spoken=_("列表里的词"))
        self.words.added.connect(self._add)
        self.words.renamed.connect(self._rename)
        self.words.hidden.connect(self._hide)
        self.words.restored.connect(self._restore)
        self.words.ordered.connect(self._order)
        self.card.body.addWidget(self.words)
        self._keys = Label("", "small", "text2")
        self.card.body.addWidget(self._keys)
        row.addWidget(self.card, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.which.set_value("stage")
        self.which.chosen.connect(lambda _key: self.reload())

    @property
    def key(self) -> str:
        """Return the code of the shown list."""
        return str(self.which.value())

    def reload(self) -> None:
        """Show the words of the chosen list."""
        title, help_text = LISTS[self.key]
        self.card.title.setText(translate(title))
        self._help.setText(translate(help_text))
        fixed = self.key == "stage"
        self.words.set_fixed(fixed)
        self._keys.setText(_("F2 改名") if fixed else _("F2 改名 · Alt+↑↓ 调整次序 · Delete 停用"))
        choices = self.view.office.admin.choices(self.key, with_archived=True)
        self.words.show_words([Word(one.id, one.label, one.archived) for one in choices])

    def focus_first(self) -> None:
        """Put the focus into the list of lists."""
        self.which.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> tuple[QWidget, ...]:
        """Return both lists."""
        return (self.which, self.words.view)

    # -- changes ---------------------------------------------------------------------------

    def _do(self, change: Callable[[], object], told: str) -> None:
        if self.save(change, told):
            self.reload()

    def _add(self, label: str) -> None:
        admin, key = self.view.office.admin, self.key
        self._do(lambda: admin.add_choice(key, label), _("已添加 {word}").format(word=label))
        self.words.choose(len(self.words.words()) - 1)

    def _rename(self, choice_id: int, label: str) -> None:
        admin = self.view.office.admin
        told = _("已改名为 {word}").format(word=label)
        self._do(lambda: admin.rename_choice(choice_id, label), told)

    def _hide(self, choice_id: int) -> None:
        self._do(lambda: self.view.office.admin.archive_choices([choice_id]), _("已停用"))

    def _restore(self, choice_id: int) -> None:
        self._do(lambda: self.view.office.admin.bring_back_choice(choice_id), _("已启用"))

    def _order(self, ids: list[int]) -> None:
        self._do(lambda: self.view.office.admin.order_choices(ids), _("次序已改"))
