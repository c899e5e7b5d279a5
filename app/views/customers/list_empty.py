"""What stands in the customer list when it is empty: how to begin, or what to drop."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _
from app.views.core import commands
from app.views.customers import words
from app.views.customers.list_loader import Answer
from app.views.lists.vocabulary import Vocabulary
from app.views.widgets.buttons import Button
from app.views.widgets.empty_state import NO_MATCH, NOTHING_YET, EmptyState


class ListEmpty(QWidget):
    """Show why there are no rows and what to do about it."""

    drop_wanted = Signal(int)
    clear_wanted = Signal()
    new_wanted = Signal()
    import_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("customers_empty")
        rows = QVBoxLayout(self)
        self._stack = QStackedWidget()
        rows.addWidget(self._stack)
        self._nothing = self._make_nothing()
        self._no_match = EmptyState(NO_MATCH, _("没有符合的客户"))
        self._drop = self._no_match.add_button(
            Button(_("去掉这个条件"), "default", name="drop_condition")
        )
        self._clear = self._no_match.add_button(
            Button(_("清空全部条件"), "link", name="clear_conditions")
        )
        self._at = 0
        self._drop.clicked.connect(lambda: self.drop_wanted.emit(self._at))
        self._clear.clicked.connect(self.clear_wanted)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._no_match)

    def _make_nothing(self) -> EmptyState:
        made = EmptyState(NOTHING_YET, _("还没有客户"), _("可以从 Excel 导入，也可以先建一家。"))
        begin = Button(_("从 Excel 导入"), "primary", "arrow_import", name="empty_import")
        begin.clicked.connect(self.import_wanted)
        if not commands.resolve(commands.find("import").target):
            begin.hide()
        new = Button(_("新建一家"), "default", "plus", name="empty_new")
        new.clicked.connect(self.new_wanted)
        made.add_button(begin)
        made.add_button(new)
        return made

    def show_answer(self, answer: Answer, vocabulary: Vocabulary) -> None:
        """Explain an empty answer."""
        if not answer.everything:
            self._stack.setCurrentWidget(self._nothing)
            return
        self._stack.setCurrentWidget(self._no_match)
        self._at, count = answer.drop if answer.drop is not None else (0, 0)
        self._drop.setVisible(count > 0)
        if count:
            condition = answer.state.where[self._at]
            said = _("去掉「{condition}」会有 {firms}。").format(
                condition=vocabulary.sentence(condition), firms=words.firms(count)
            )
        elif answer.state.text:
            said = _("没有找到「{text}」。换个写法，或试试拼音首字母、电话后四位。").format(
                text=answer.state.text
            )
        else:
            said = _("这里还没有客户。")
        self._clear.setVisible(bool(answer.state.where or answer.state.text))
        self._no_match.set(_("没有符合的客户"), said)
