"""What Today shows instead of rows: all done, nothing matches, a brand-new book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.models.values.nextstep import Group
from app.views.core import icons
from app.views.core import theme as themes
from app.views.followups.agenda_model import LATER
from app.views.widgets.buttons import Button
from app.views.widgets.card import Card
from app.views.widgets.empty_state import DONE, NO_MATCH, EmptyState
from app.views.widgets.text import Label

if TYPE_CHECKING:
    from app.services.followups.today import Agenda
    from app.views.core.actions import Actions

PRESSING = frozenset({Group.overdue, Group.later_today, Group.tonight})
Act = Callable[[], None]


def counts(agenda: Agenda) -> dict[Group, int]:
    """Return how many open steps each group has."""
    return {group.group: group.count() for group in agenda.groups}


def all_done(agenda: Agenda) -> bool:
    """Tell whether nothing is left for today."""
    found = counts(agenda)
    return not any(found.get(group, 0) for group in PRESSING)


def what_follows(agenda: Agenda) -> str:
    """Return what tomorrow and the week hold: 明天 2 条，本周内还有 4 条。"""
    found = counts(agenda)
    tomorrow, week = found.get(Group.tomorrow, 0), found.get(Group.this_week, 0)
    if tomorrow or week:
        return _("明天 {tomorrow} 条，本周内还有 {week} 条。").format(tomorrow=tomorrow, week=week)
    later = sum(found.get(group, 0) for group in LATER)
    if later:
        return ngettext("以后还有 {count} 条。", "以后还有 {count} 条。", later).format(count=later)
    return _("后面也没有安排。给老客户打个招呼，链子就不断。")


class DoneState(EmptyState):
    """Say that today is done, and what is next."""

    def __init__(self, look_ahead: Act, greet: Act) -> None:
        super().__init__(DONE, _("今天的事都办完了"), "")
        self.setObjectName("today_done")
        self.ahead = self.add_button(Button(_("看明天"), name="today_ahead"))
        self.ahead.clicked.connect(look_ahead)
        self.greet = self.add_button(Button(_("挑几家老客户问候"), icon="chat", name="today_greet"))
        self.greet.clicked.connect(greet)

    def show_agenda(self, agenda: Agenda) -> None:
        """Say what follows in this agenda."""
        self.set(_("今天的事都办完了"), what_follows(agenda))
        self.ahead.setVisible(agenda.total() > 0)


class NoMatchState(EmptyState):
    """Say that the plan filter leaves nothing."""

    def __init__(self, drop: Act) -> None:
        super().__init__(NO_MATCH, _("没有符合的事"), "")
        self.setObjectName("today_no_match")
        self.add_button(Button(_("去掉这个条件"), name="today_drop_filter")).clicked.connect(drop)

    def show_filter(self, plan: str, count: int) -> None:
        """Say which condition to drop and how many would appear."""
        words = ngettext(
            "去掉「{plan}」会有 {count} 条。", "去掉「{plan}」会有 {count} 条。", count
        )
        self.set(_("没有符合的事"), words.format(plan=plan, count=count))


class StarterState(QWidget):
    """Offer how to begin in a brand-new book."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        theme = themes.current()
        self.setObjectName("today_starter")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(32), theme.px(32), theme.px(32), theme.px(32))
        rows.setSpacing(theme.px(8))
        rows.addStretch(1)
        for words, role, tone in (
            (_("从哪里开始"), "hero", "text"),
            (_("客户进来以后，每天该联系谁都会排在这里。"), "body", "text2"),
        ):
            label = Label(words, role, tone, wrap=True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            rows.addWidget(label)
        rows.addSpacing(theme.px(16))
        line = QHBoxLayout()
        line.setSpacing(theme.px(12))
        line.addStretch(1)
        for at, offer in enumerate(offers(actions)):
            line.addWidget(_starter_card(offer, actions, first=at == 0))
        line.addStretch(1)
        rows.addLayout(line)
        rows.addStretch(2)


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to begin: an action of the window and how it is told."""

    action_id: str
    icon: str
    title: str
    text: str
    words: str


def offers(actions: Actions) -> list[Offer]:
    """Return the ways to begin that this window has."""
    every = (
        Offer("import", "arrow_import", _("从 Excel 导入"),
              _("客户、联系人、合同和回款，一次搬进来。"), _("导入")),
        Offer("new_customer", "building", _("新建一家客户"),
              _("先记一家正在跟的，写一条跟单试试。"), _("新建")),
        Offer("open_demo", "star", _("看看示例"),
              _("打开写好的示例数据，不影响你自己的。"), _("打开")),
    )  # fmt: skip
    return [one for one in every if actions.get(one.action_id) is not None]


def _starter_card(offer: Offer, actions: Actions, *, first: bool) -> Card:
    theme = themes.current()
    card = Card(name=f"starter_{offer.action_id}")
    card.setFixedWidth(theme.px(220))
    sign = Label()
    sign.setPixmap(icons.pixmap(offer.icon, 32, "accent" if first else "text2"))
    side = theme.px(16)
    card.body.setContentsMargins(side, side, side, side)
    card.body.addWidget(sign)
    card.body.addWidget(Label(offer.title, "entry_strong"))
    card.body.addWidget(Label(offer.text, "small", "text2", wrap=True))
    card.body.addStretch(1)
    button = Button(offer.words, "primary" if first else "default",
                    name=f"starter_{offer.action_id}_go")  # fmt: skip
    button.clicked.connect(lambda: actions.run(offer.action_id))
    card.body.addWidget(button)
    return card
