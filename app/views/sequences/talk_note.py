"""What a step of a sequence asks for, beside the next step that stands for it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.i18n import _
from app.services.sequences.drafts import TalkTrack
from app.views.core import theme as themes
from app.views.widgets.text import Label


class TalkNote(QFrame):
    """Show which step it is, what to say and what to find out."""

    def __init__(self, talk: TalkTrack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("talk_note")
        self.setProperty("note", "plain")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(10), theme.px(6), theme.px(10), theme.px(7))
        rows.setSpacing(theme.px(2))
        head = _("{sequence} · 第 {place}/{count} 步 {step}").format(
            sequence=talk.sequence, place=talk.place, count=talk.count, step=talk.name
        )
        lines = [(head, "caption", "text2")]
        if talk.talk:
            lines.append((talk.talk, "small", "text"))
        if talk.features:
            asked = _("问清：{features}").format(features="、".join(talk.features))
            lines.append((asked, "small", "warn"))
        if talk.most_attempts and talk.attempts:
            tried = _("已试 {count} 次，最多 {most} 次").format(
                count=talk.attempts, most=talk.most_attempts
            )
            lines.append((tried, "caption", "text2"))
        for text, role, tone in lines:
            rows.addWidget(Label(text, role, tone, wrap=True))
        self.setAccessibleName(" ".join(text for text, _role, _tone in lines))
