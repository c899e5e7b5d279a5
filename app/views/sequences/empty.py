"""What stands where there is no sequence yet: templates, or one learnt from wins."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.i18n import _
from app.services.sequences.templates import SequenceTemplate
from app.views.widgets.buttons import Button
from app.views.widgets.empty_state import NOTHING_YET, EmptyState


class SequencesEmpty(EmptyState):
    """Offer the shipped sequences, one learnt from the wins of a year, or an empty one."""

    template_wanted = Signal(int)
    learn_wanted = Signal()
    own_wanted = Signal()

    def __init__(
        self, templates: Sequence[SequenceTemplate], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            NOTHING_YET,
            _("还没有标准动作序列"),
            _("写下一家客户从第一次联系到签约该走的步骤，到期的步骤会出现在今日工作台"),
            icon="flow",
            parent=parent,
        )
        self.setObjectName("sequences_empty")
        self.template = Button(_("用一个模板"), "primary", name="sequence_template")
        menu = QMenu(self.template)
        menu.setObjectName("sequence_template_menu")
        for at, one in enumerate(templates):
            text = _("{name} · {count} 步").format(name=one.name, count=len(one.version.steps))
            menu.addAction(text).triggered.connect(
                lambda _on=False, at=at: self.template_wanted.emit(at)
            )
        menu.addSeparator()
        menu.addAction(_("从空白开始")).triggered.connect(lambda _on=False: self.own_wanted.emit())
        self.template.set_menu(menu)
        self.learn = Button(_("从赢单里学一条"), icon="lightbulb", name="sequence_learn")
        self.learn.clicked.connect(self.learn_wanted)
        self.add_button(self.template)
        self.add_button(self.learn)
