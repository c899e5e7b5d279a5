"""What holds for a whole sequence: its name, which customers it is for, its window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.i18n import _, translate
from app.models.values.sequences import Applies
from app.services.sequences.drafts import VersionDraft
from app.views.core import labels
from app.views.core.forms import Form
from app.views.sequences.step_form import day_line, number_of
from app.views.widgets.buttons import CheckBox
from app.views.widgets.chips import ChipGroup, Choice
from app.views.widgets.text import Label


class HeadForm(QWidget):
    """Show and take name, conditions and note of a wording; nothing chosen means any customer."""

    def __init__(
        self,
        words: tuple[Sequence[str], Sequence[str], Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        industries, sources, stages = words
        self.title = QLineEdit()
        self.title.setObjectName("sequence_name")
        self.title.setMaxLength(60)
        self.auto = CheckBox(_("符合条件的新客户自动加入"), name="sequence_auto_enrol")
        self.kinds = _chips(
            [(code, translate(word)) for code, word in labels.CUSTOMER_KIND.items()], "kinds"
        )
        self.grades = _chips(
            [(code, translate(word)) for code, word in labels.GRADE.items()], "grades"
        )
        self.industries = _chips([(one, one) for one in industries], "industries")
        self.sources = _chips([(one, one) for one in sources], "sources")
        self.stages = _chips(list(enumerate(stages)), "stages")
        self.within = day_line("sequence_window", _("成交窗口"), _("天"))
        self.note = QLineEdit()
        self.note.setObjectName("sequence_note")
        self.note.setMaxLength(200)
        form = Form(label_width=88)
        form.add(_("名称"), self.title, required=True)
        form.add(_("加入"), self.auto)
        form.add_wide(Label(_("适用的客户：一项都不选就是不限"), "small", "text2"))
        form.add(_("客户类型"), self.kinds)
        form.add(_("定级"), self.grades)
        form.add(_("行业"), self.industries)
        form.add(_("来源"), self.sources)
        form.add(_("阶段"), self.stages)
        form.add(_("成交窗口"), self.within)
        form.add(_("这次改了什么"), self.note)
        rows = QVBoxLayout(self)
        rows.addWidget(form)
        rows.addStretch(1)

    def show_draft(self, draft: VersionDraft) -> None:
        """Show the conditions of a wording."""
        applies = draft.applies
        self.kinds.set_values(applies.kinds)
        self.grades.set_values(applies.grades)
        self.industries.set_values(applies.industries)
        self.sources.set_values(applies.sources)
        self.stages.set_values(applies.stages)
        self.within.setText(str(draft.window_days))
        self.note.setText(draft.note)

    def applies(self) -> Applies:
        """Return which customers are meant."""
        return Applies(
            kinds=_texts(self.kinds),
            industries=_texts(self.industries),
            grades=_texts(self.grades),
            sources=_texts(self.sources),
            stages=tuple(one for one in self.stages.values() if isinstance(one, int)),
        )

    def window_days(self) -> int:
        """Return the days within which a conversion counts, -1 for none written."""
        return number_of(self.within)


def _chips(choices: Sequence[tuple[object, str]], name: str) -> ChipGroup:
    return ChipGroup(
        [Choice(value, words) for value, words in choices],
        exclusive=False,
        name=f"sequence_{name}",
    )


def _texts(group: ChipGroup) -> tuple[str, ...]:
    return tuple(str(one) for one in group.values())
