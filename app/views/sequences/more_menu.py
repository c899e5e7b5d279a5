"""Further acts on the sequence that is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from app.i18n import _
from app.services.sequences.drafts import SequenceView
from app.views.sequences import acts

if TYPE_CHECKING:
    from app.views.sequences.sequences_page import SequencesPage


def more_menu(page: SequencesPage, here: SequenceView | None) -> QMenu:
    """Return the menu of acts that make sense for a sequence."""
    menu = QMenu(page)
    menu.setObjectName("sequence_more_menu")

    def add(name: str, text: str, act: Callable[[], object]) -> None:
        action = menu.addAction(text)
        action.setObjectName(name)
        action.triggered.connect(lambda _on=False: act())

    add("sequence_new", _("新建动作序列…"), page.open_new)
    add("sequence_learn_again", _("从赢单里学一条"), page.learn)
    if here is None:
        return menu
    menu.addSeparator()
    draft = here.current.draft()
    add("sequence_try", _("试行新版本…"), lambda: acts.try_change(page.view, here, draft, page))
    if here.trial is not None:
        number = here.trial.number
        add("sequence_adopt", _("采用试行的第 {number} 版").format(number=number),
            lambda: acts.end_trial(page, here, adopt=True))  # fmt: skip
        add("sequence_drop", _("结束试行，不采用"),
            lambda: acts.end_trial(page, here, adopt=False))  # fmt: skip
    auto = _("不再自动加入新客户") if here.auto else _("自动加入符合条件的新客户")
    add("sequence_auto", auto, lambda: acts.turn_auto(page, here, auto=not here.auto))
    menu.addSeparator()
    add("sequence_put_away", _("停用这个序列"), lambda: acts.put_away(page, here))
    return menu
