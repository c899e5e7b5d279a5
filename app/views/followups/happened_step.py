"""Step 1 of 写跟单: how it happened, when, and what was said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import _
from app.models.values.actions import Channel
from app.services.followups.moment import Moment
from app.services.followups.recognise import Recognised
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.forms import ErrorLine
from app.views.followups.entry_box import EntryBox
from app.views.followups.found_line import FoundLine
from app.views.followups.moment_edit import MomentEdit
from app.views.followups.step_frame import StepFrame, field_label
from app.views.widgets.buttons import icon_button
from app.views.widgets.chips import ChipGroup, Choice

USUAL = (Channel.phone, Channel.wechat, Channel.visit, Channel.meeting, Channel.mail, Channel.sms,
         Channel.other)  # fmt: skip
_MORE_LINES = 3
Read = Callable[[str], Recognised]


class HappenedStep(StepFrame):
    """Take channel, moment and text; ``recognised`` comes after each change of the text."""

    recognised = Signal(object)
    changed = Signal()

    def __init__(self, plans: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(1, _("发生了什么"), "Ctrl+1", parent)
        self._read: Read = lambda _text: Recognised()
        self._refused = False
        self.found = Recognised()
        self.channel = ChipGroup(name="channel", spoken=_("方式"))
        self._offer(USUAL)
        self.channel.set_value(Channel.phone)
        self.channel.changed.connect(lambda _value: self._channel_changed())
        self.moment = MomentEdit("happened_at")
        self.moment.changed.connect(self.changed)
        self.entry = EntryBox(plans)
        self.entry.typed.connect(self._on_text)
        self.line = FoundLine()
        self.line.refused.connect(self._refuse)
        self.error = ErrorLine()
        self.body.addLayout(self._top())
        self.body.addWidget(self.entry, 1)
        self.body.addWidget(self.error)
        self.body.addWidget(self.line)

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(themes.current().px(8))
        self.more = icon_button("more", _("QQ、展会"), name="more_channels", height=24)
        self.more.clicked.connect(lambda: self._offer(tuple(Channel)))
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.channel, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.more, 0, top)
        row.addWidget(field_label(_("时间"), high="field"), 0, top)
        row.addWidget(self.moment, 0, top)
        return row

    def _offer(self, channels: Sequence[Channel]) -> None:
        self.channel.set_choices(
            Choice(one, labels.of(labels.CHANNEL, one), icon=labels.CHANNEL_ICON[one])
            for one in channels
        )
        if hasattr(self, "more"):
            self.more.setVisible(len(channels) < len(Channel))

    # -- the form ------------------------------------------------------------------------

    def start(self, moment: Moment, read: Read) -> None:
        """Recognise with these words from now on."""
        self._read = read
        self.moment.start(moment)

    def first_field(self) -> QWidget:
        """Return the text box: channel and time are mostly right."""
        return self.entry

    def is_done(self) -> bool:
        """Tell whether something was written."""
        return bool(self.entry.text().strip())

    def outcome(self) -> str:
        """Return missed when the text of a call says so and nobody objected."""
        phone = self.channel.value() == Channel.phone
        return self.found.outcome if phone and not self._refused else ""

    def problem(self) -> str:
        """Return what stops the saving."""
        return self.moment.problem()

    def state(self) -> dict[str, Any]:
        """Return what to keep in the draft."""
        return {
            "channel": str(self.channel.value()),
            "at": self.moment.at(),
            "content": self.entry.toPlainText(),
            "refused": self._refused,
        }

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Show a draft."""
        channel = str(kept.get("channel", Channel.phone))
        if channel not in [str(one) for one in USUAL]:
            self._offer(tuple(Channel))
        self.channel.set_value(next((one for one in Channel if one == channel), Channel.phone))
        at = kept.get("at")
        self.moment.set_at(at if isinstance(at, int) else None)
        self._refused = bool(kept.get("refused"))
        self.entry.set_text(str(kept.get("content", "")))
        self._on_text(self.entry.toPlainText())

    def clear(self) -> None:
        """Begin anew."""
        self.restore({})
        self.error.say("")

    # -- recognition -----------------------------------------------------------------------

    def _on_text(self, text: str) -> None:
        self.found = self._read(text)
        self.entry.show_found(self.found.found)
        self._show_found()
        self.error.say("")
        self.recognised.emit(self.found)
        self.changed.emit()

    def _channel_changed(self) -> None:
        self._show_found()
        self.changed.emit()

    def _show_found(self) -> None:
        self.line.show_found(self.found, missed=bool(self.outcome()))
        self._limit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the text box grow to six lines, no more: the rest stays free below."""
        super().resizeEvent(event)
        self._limit()

    def _limit(self) -> None:
        layout = self.layout()
        if layout is not None:
            least = layout.totalHeightForWidth(self.width())
            self.setMaximumHeight(least + _MORE_LINES * themes.current().line("entry"))

    def _refuse(self) -> None:
        self._refused = True
        self._show_found()
        self.changed.emit()
