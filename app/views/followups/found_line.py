"""The line under the text box: what was recognised, as tags."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import _
from app.services.followups.recognise import EXPECTED, RIVAL, Recognised
from app.views.core import format as formats
from app.views.core import labels
from app.views.core import theme as themes
from app.views.followups.clock_select import words_of
from app.views.widgets.badges import Tag
from app.views.widgets.buttons import KeyHint
from app.views.widgets.chips import Chip, filter_chip
from app.views.widgets.flow_layout import FlowLayout
from app.views.widgets.text import Label

_MOST_TAGS = 6


def tags_of(found: Recognised) -> list[str]:
    """Return the words of the tags: 时间：下周, 计划：打击竞品, 竞品报价：¥43万."""
    tags = []
    if found.bucket is not None:
        plain = words_of(found.bucket) if found.window is None else found.when
        tags.append(_("时间：{when}").format(when=plain))
    if found.plan:
        tags.append(_("计划：{plan}").format(plan=labels.of(labels.PLAN_KIND, found.plan)))
    for amount in found.amounts:
        shown = formats.money_marked(amount.fen, 0)
        if amount.about == RIVAL:
            tags.append(_("竞品报价：{amount}").format(amount=shown))
        elif amount.about == EXPECTED:
            tags.append(_("预计金额：{amount}").format(amount=shown))
        else:
            tags.append(_("金额：{amount}").format(amount=shown))
    tags += [_("竞品：{name}").format(name=name) for name in found.rivals]
    return tags[:_MOST_TAGS]


class FoundLine(QWidget):
    """Show tags, and a 未接 chip that can be taken off; ``refused`` comes when it is."""

    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("found_line")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        place = QWidget()
        self._flow = FlowLayout(place, theme.px(8), theme.px(4))
        self._tags: list[QWidget] = []
        row.addWidget(place, 1)
        row.addWidget(KeyHint("/"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(_line(_("唤出时间与计划")), 0, Qt.AlignmentFlag.AlignTop)
        self.show_found(Recognised(), missed=False)

    def show_found(self, found: Recognised, *, missed: bool) -> None:
        """Show what was recognised."""
        shown = tags_of(found)
        fresh: list[QWidget] = [Tag(words, "accent") for words in shown]
        if missed:
            fresh.append(self._missed_chip())
        if fresh:
            fresh.insert(0, _line(_("识别到")))
        if shown:
            fresh.append(_line(_("已填入下面各步，可改")))
        for tag in self._tags:
            self._flow.removeWidget(tag)
            tag.hide()
            tag.deleteLater()
        self._tags = fresh or [_line(" ")]
        for tag in self._tags:
            self._flow.addWidget(tag)
        self.setAccessibleName("，".join(shown))
        self.updateGeometry()

    def words(self) -> list[str]:
        """Return the words of the tags shown."""
        return [one.accessibleName() for one in self._tags if isinstance(one, Tag | Chip)]

    def _missed_chip(self) -> Chip:
        chip = filter_chip(_("结果：未接"), "missed")
        chip.setObjectName("found_missed")
        chip.removed.connect(self.refused)
        return chip


def _line(words: str) -> Label:
    label = Label(words, "small", "text2")
    label.setFixedHeight(themes.current().size("tag"))
    return label
