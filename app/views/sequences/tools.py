"""The tools in the head of 动作序列: which sequence, which days, whose customers, which grade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal

from app.i18n import N_, _, translate
from app.services.sequences.drafts import SequenceView
from app.services.sequences.shapes import ReportQuery
from app.views.core import labels
from app.views.core.page import PageHeader
from app.views.widgets.buttons import Button, Select, icon_button
from app.views.widgets.filter_fold import FilterFold
from app.views.widgets.segmented import Segmented
from app.views.widgets.staff_picker import StaffPicker

MONTH, QUARTER, THIS_YEAR, YEAR = "30", "90", "this_year", "365"
SPANS = (
    (MONTH, N_("近 30 天")),
    (QUARTER, N_("近 90 天")),
    (THIS_YEAR, N_("今年")),
    (YEAR, N_("近一年")),
)


@dataclass(frozen=True, slots=True)
class SequencesAsked:
    """Which sequence (0 is the first), over which span, whose customers, of which grade."""

    sequence_id: int = 0
    span: str = QUARTER
    staff_id: int = 0
    grade: str = ""

    def query(self, today: date) -> ReportQuery:
        """Return the question for the service."""
        first = date(today.year, 1, 1)
        if self.span != THIS_YEAR:
            first = today - timedelta(days=int(self.span) - 1)
        return ReportQuery(first, today, self.sequence_id, self.staff_id, self.grade)


class SequencesTools(QObject):
    """Turn the tools into a question; ``changed(asked)`` comes when a person changes one."""

    changed = Signal(object)

    def __init__(self, header: PageHeader) -> None:
        super().__init__(header)
        self.asked = SequencesAsked()
        self.sequence = Select(name="sequence_choice", spoken=_("动作序列"))
        self.span = Segmented(
            [(code, translate(word)) for code, word in SPANS],
            name="sequence_span",
            spoken=_("建档日期"),
        )
        self.span.set_value(QUARTER)
        self.staff = StaffPicker(everyone=True, name="sequence_staff")
        grades = [(code, translate(word)) for code, word in labels.GRADE.items()]
        self.grade = Select([("", _("全部级别")), *grades], name="sequence_grade", spoken=_("定级"))
        self.fold = FilterFold(
            [(_("人员"), self.staff), (_("定级"), self.grade)], name="sequence_filter"
        )
        self.edit = Button(_("编辑标准序列"), icon="edit", name="sequence_edit")
        self.more = icon_button("more", _("更多"), "default", name="sequence_more")
        self.export = icon_button("export", _("导出"), "default", name="sequence_export")
        for tool in (self.sequence, self.span, self.fold, self.edit, self.export, self.more):
            header.add_tool(tool)
        self.sequence.activated.connect(lambda _row: self._tell())
        self.span.changed.connect(lambda _span: self._tell())
        self.staff.changed.connect(lambda _staff: self._tell())
        self.grade.activated.connect(lambda _row: self._tell())

    def offer(self, sequences: list[SequenceView], people: list[tuple[int, str]]) -> None:
        """Offer the sequences and people there are now."""
        self.sequence.set_choices(
            [
                (
                    one.id,
                    _("{name} · {count} 步").format(name=one.name, count=len(one.current.steps)),
                )
                for one in sequences
            ]
        )
        self.staff.set_people(people)
        self.show_asked(self.asked)

    def show_asked(self, asked: SequencesAsked) -> None:
        """Show a question in the tools without telling ``changed``."""
        self.asked = asked
        self.sequence.set_value(asked.sequence_id)
        self.span.set_value(asked.span)
        self.staff.set_value(asked.staff_id or None)
        self.grade.set_value(asked.grade)
        self.fold.mark(self.fold.folded and bool(asked.staff_id or asked.grade))

    def _tell(self) -> None:
        chosen = self.sequence.value()
        self.show_asked(
            SequencesAsked(
                chosen if isinstance(chosen, int) else 0,
                str(self.span.value()),
                self.staff.staff_id() or 0,
                str(self.grade.value() or ""),
            )
        )
        self.changed.emit(self.asked)
