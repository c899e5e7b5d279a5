"""What to talk about now: if the pain is X, the words and the case for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from app.models.values.expressions import Value
from app.services.features import FieldView
from app.services.features.asking import Talk, talks_for
from app.views.core import theme as themes
from app.views.widgets.note import Note

MOST = 2


class TalkNotes(QWidget):
    """Show up to two things worth saying, the weightiest first; empty when there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("talk_notes")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(themes.current().px(6))
        self.notes = [Note("") for _at in range(MOST)]
        for at, note in enumerate(self.notes):
            note.setObjectName(f"talk_{at}")
            rows.addWidget(note)
        self.hide()

    def show_for(self, fields: Sequence[FieldView], values: Mapping[str, Value]) -> None:
        """Show what fits the answers."""
        found = talks_for(fields, values)[:MOST]
        for at, note in enumerate(self.notes):
            note.setVisible(at < len(found))
            if at < len(found):
                note.tell(words(found[at]))
        self.setVisible(bool(found))


def words(talk: Talk) -> str:
    """Return a talking point as a sentence: 漏检率：讲返工与客诉成本（案例《电机端盖》）."""
    said = _("{field}：{words}").format(field=talk.field.label, words=talk.talk.words)
    return f"{said}（{talk.talk.example}）" if talk.talk.example else said
