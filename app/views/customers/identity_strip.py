"""The strip under a customer's name: people, place, source, owner, and the stage path."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import _
from app.services.customers.drafts import ContactView, CustomerCard
from app.views.core import format as fmt
from app.views.core import icons, labels
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.customers import words
from app.views.widgets.avatar import Avatar
from app.views.widgets.badges import Tag
from app.views.widgets.buttons import Button
from app.views.widgets.stage_bar import Stage, StageBar
from app.views.widgets.text import ElidedLabel, Label

_PEOPLE = 2
_TAGS = 4


class _Fact(QWidget):
    """An icon with words that shorten when there is no room."""

    def __init__(self, icon: str, text: str, tone: str = "text2") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(themes.current().px(5))
        if icon:
            sign = Label()
            sign.setPixmap(icons.pixmap(icon, 16, "text2"))
            row.addWidget(sign)
        words_ = ElidedLabel(text, "small", tone)
        words_.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row.addWidget(words_)
        self.setAccessibleName(text)


class IdentityStrip(QFrame):
    """Show who the customer is and how far; ``moved(position)``, ``churn_wanted``,
    ``back_wanted``, ``owner_wanted``, ``tags_wanted``, ``edit_wanted``.
    """

    moved = Signal(int)
    churn_wanted = Signal()
    back_wanted = Signal()
    owner_wanted = Signal()
    tags_wanted = Signal()

    def __init__(self, view: ViewContext) -> None:
        super().__init__()
        theme = themes.current()
        self._view = view
        self._next = 0
        self._narrow = False
        self._card: CustomerCard | None = None
        self._calendar = words.Calendar(view.office)
        self.setProperty("band", "below")
        self.setObjectName("identity_strip")
        self.setAccessibleName(_("客户概况"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(11), theme.px(16), theme.px(11))
        row.setSpacing(theme.px(16))
        self.mark = Avatar("", 48, square=True)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignVCenter)
        lines = QVBoxLayout()
        lines.setSpacing(theme.px(8))
        self._facts = QHBoxLayout()
        self._facts.setSpacing(theme.px(16))
        lines.addLayout(self._facts)
        path = QHBoxLayout()
        path.setSpacing(theme.px(8))
        self.stages = StageBar()
        self.stages.chosen.connect(self.moved)
        self.forward = Button("", "default", "arrow_right", height=24, name="stage_forward")
        self.forward.clicked.connect(lambda: self.moved.emit(self._next))
        self.lost = Button(_("标为失败"), "danger", height=24, name="mark_churned")
        self.lost.clicked.connect(self.churn_wanted)
        for widget in (self.stages, self.forward, self.lost):
            path.addWidget(widget)
        lines.addLayout(path)
        row.addLayout(lines, 1)

    def show_card(self, card: CustomerCard) -> None:
        """Show a customer."""
        self._card = card
        self.mark.set_name(mark_of(card))
        while (item := self._facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for fact in self._left(card):
            self._facts.addWidget(fact)
        self._facts.addStretch(1)
        for fact in self._right(card):
            self._facts.addWidget(fact)
        self._show_path(card)

    def _left(self, card: CustomerCard) -> Sequence[QWidget]:
        most = 1 if self._narrow else _PEOPLE
        found: list[QWidget] = [
            _Fact("person", person_words(one), "text") for one in card.contacts[:most]
        ]
        place = " · ".join(part for part in (card.region, card.industry) if part)
        if place:
            found.append(_Fact("location", place))
        if card.source and not self._narrow:
            found.append(_Fact("", _("来源 {source}").format(source=card.source)))
        if not found:
            found.append(_Fact("info", _("还没有联系人、地区和来源，按 F2 补上")))
        return [*found, *self._tags(card)]

    def _tags(self, card: CustomerCard) -> list[QWidget]:
        shown: list[QWidget] = []
        if not self._narrow:
            shown += [Tag(one.label, "accent") for one in card.tags[:_TAGS]]
        said = _("标签") if not card.tags else _("改标签")
        if len(card.tags) > len(shown):
            said = _("标签 {count}").format(count=len(card.tags))
        change = Button(said, "link", "tag", height=20, name="tags_button")
        change.clicked.connect(self.tags_wanted)
        return [*shown, change]

    def _right(self, card: CustomerCard) -> Sequence[QWidget]:
        theme = themes.current()
        owner = QWidget()
        row = QHBoxLayout(owner)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        row.addWidget(Label(_("负责人"), "small", "text2"))
        row.addWidget(Avatar(card.owner or "?", 18))
        name = Button(card.owner or _("公海"), "link", height=20, name="owner_button")
        name.clicked.connect(self.owner_wanted)
        row.addWidget(name)
        created = fmt.day(card.created_on)
        if self._narrow:
            return (owner,)
        text = _("今天建档")
        if card.created_on is not None and card.created_on < self._calendar.today:
            age = words.days((self._calendar.today - card.created_on).days)
            text = _("建档 {day} · {age}").format(day=created, age=age)
        return owner, Label(text, "small", "text2")

    def _show_path(self, card: CustomerCard) -> None:
        today, here = self._calendar.today, card.stage_position
        stages = []
        for stage in card.stages:
            note = ""
            if stage.position == here and card.stage_since_on is not None:
                gone = (today - card.stage_since_on).days
                note = _("第 {count} 天").format(count=gone) if gone > 0 else _("今天")
            elif stage.position < here:
                note = fmt.day(stage.reached_on, today) if stage.reached_on else ""
            stages.append(Stage(stage.name, note, stage.position < here))
        self.stages.set_stages(stages, here)
        churned = card.life == "churned"
        self.stages.setEnabled(not churned)
        following = next((one for one in card.stages if one.position > here), None)
        self.forward.setVisible(following is not None and not churned)
        if following is not None:
            self._next = following.position
            self.forward.setText(_("推进到{stage}").format(stage=following.name))
        self.lost.setVisible(not churned)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the mark and some facts out in small windows."""
        self.mark.setVisible(not narrow)
        if narrow != self._narrow:
            self._narrow = narrow
            if self._card is not None:
                self.show_card(self._card)


def mark_of(card: CustomerCard) -> str:
    """Return the character that stands for a customer: the short name says it best."""
    return card.short_name or card.name


def person_words(contact: ContactView) -> str:
    """Return 孙丽 工艺主管 · 138 0512 7746, with the part in decisions when it is known."""
    name = " ".join(part for part in (contact.name, contact.title) if part)
    if contact.part:
        name = _("{name}（{part}）").format(
            name=name, part=labels.of(labels.DECISION_PART, contact.part)
        )
    number = contact.phone()
    return f"{name} · {fmt.phone(number)}" if number and contact.main else name
