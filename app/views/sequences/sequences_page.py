"""动作序列: the standard steps beside what is done, and the paths that win (screen 07)."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _
from app.models.values.changes import Kind
from app.services.jobs import Progress
from app.services.sequences.drafts import SequenceDraft, SequenceView, VersionDraft
from app.services.sequences.shapes import PathMeasure, SequenceReport
from app.views.core import format as words
from app.views.core import theme as themes
from app.views.core import undoing
from app.views.core.page import Command, Page, ViewContext, WidthMode
from app.views.core.paper_acts import print_report, save_report
from app.views.core.runner import RunningJob, run_job
from app.views.sequences import words as said
from app.views.sequences.empty import SequencesEmpty
from app.views.sequences.gap_chart import GapChart
from app.views.sequences.more_menu import more_menu
from app.views.sequences.path_card import PathCard
from app.views.sequences.sheets import sequence_sheets
from app.views.sequences.side_cards import BandsCard, PeopleCard, VersionsCard
from app.views.sequences.step_flow import StepFlow
from app.views.sequences.tools import QUARTER, YEAR, SequencesAsked, SequencesTools
from app.views.widgets.card import Card
from app.views.widgets.legend import Legend
from app.views.widgets.scrolling import scrolled
from app.views.widgets.text import Label


@dataclass(frozen=True, slots=True)
class Shown:
    """What a job read for the page, and how many seconds it took."""

    report: SequenceReport
    seconds: float


class SequencesPage(Page):
    """Compare what is done with the standard, find where customers are lost, learn from wins."""

    PAGE_ID = "sequences"
    WATCHES = frozenset(
        {Kind.sequence, Kind.followup, Kind.contract, Kind.customer, Kind.stage, Kind.staff}
    )

    def __init__(self, view: ViewContext) -> None:
        super().__init__(view)
        self._shown: Shown | None = None
        self._job: RunningJob | None = None
        self._untouched = True
        self.sequences: list[SequenceView] = []
        self.header = self.add_header(_("动作序列"))
        self.tools = SequencesTools(self.header)
        self.tools.changed.connect(self._ask)
        self.tools.edit.clicked.connect(self.open_editor)
        self.tools.export.clicked.connect(self._export)
        self.tools.more.clicked.connect(self._open_more)
        self.flow = StepFlow()
        self.paths = PathCard()
        self.gaps = GapChart()
        self.people = PeopleCard()
        self.bands = BandsCard()
        self.versions = VersionsCard()
        self.empty = SequencesEmpty(view.office.sequences.templates())
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme = themes.current()
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        rows.setSpacing(theme.px(12))
        self._steps_card = Card(_("标准序列与流失"), " ", name="sequence_steps_card")
        self._worst = Label("", "small_bold", "warn")
        self._steps_card.add_tool(self._worst)
        across = scrolled(self.flow, name="sequence_flow_scroll")
        across.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        across.setFixedHeight(self.flow.sizeHint().height() + theme.px(14))
        self._steps_card.body.addWidget(across)
        rows.addWidget(self._steps_card)
        columns = QHBoxLayout()
        columns.setSpacing(theme.px(12))
        left = QVBoxLayout()
        left.setSpacing(theme.px(12))
        left.addWidget(self.paths)
        left.addWidget(self._gap_card())
        left.addStretch(1)
        self._side = QWidget()
        right = QVBoxLayout(self._side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(theme.px(12))
        for card in (self.people, self.bands, self.versions):
            right.addWidget(card)
        right.addStretch(1)
        columns.addLayout(left, 7)
        columns.addWidget(self._side, 4)
        rows.addLayout(columns)
        rows.addStretch(1)
        self._columns = columns
        self.stack = QStackedWidget()
        self.stack.addWidget(scrolled(whole, name="sequences_scroll"))
        self.stack.addWidget(self.empty)
        self.body.addWidget(self.stack, 1)

    def _gap_card(self) -> Card:
        card = Card(_("步骤间隔（天，中位）"), name="sequence_gaps_card")
        for token, text in (("c1", _("赢单")), ("c2", _("输单"))):
            card.add_tool(Legend(token))
            card.add_tool(Label(text, "caption", "text2"))
        card.body.addWidget(self.gaps)
        return card

    def _connect(self) -> None:
        self.flow.chosen.connect(self.open_lost)
        self.paths.rows.looked_at.connect(self.flow.mark)
        self.paths.rows.chosen.connect(self._open_path)
        self.paths.must_wanted.connect(self._make_must)
        self.people.person_chosen.connect(
            lambda staff_id: self._ask(replace(self.tools.asked, staff_id=int(staff_id)))
        )
        self.empty.template_wanted.connect(self._add_template)
        self.empty.learn_wanted.connect(self.learn)
        self.empty.own_wanted.connect(self.open_new)

    # -- the page's life -----------------------------------------------------------------------

    def reload(self) -> None:
        """Read the sequences at once and the measures in a job; the last result stays meanwhile."""
        office = self.view.office
        self.sequences = office.sequences.all()
        people = [(one.id, one.name) for one in office.staff.all(with_left=False)]
        known = {one.id for one in self.sequences}
        asked = self.tools.asked
        if self.sequences and asked.sequence_id not in known:
            asked = replace(asked, sequence_id=self.sequences[0].id)
            self.tools.show_asked(asked)
        self.tools.offer(self.sequences, people)
        self._offer_tools()
        if self.sequences:
            self._read(asked)

    def _offer_tools(self) -> None:
        there = bool(self.sequences)
        self.stack.setCurrentIndex(0 if there else 1)
        for tool in (self.tools.sequence, self.tools.span, self.tools.fold, self.tools.edit,
                     self.tools.export):  # fmt: skip
            tool.setVisible(there)

    def _read(self, asked: SequencesAsked) -> None:
        if self._job is not None:
            self._job.stop()
        office, query = self.view.office, asked.query(self.view.office.context.today())
        self.header.set_subtitle(_("正在计算…"))

        def work(progress: Progress) -> Shown:
            begun = time.monotonic()
            return Shown(office.sequences.report(query, progress), time.monotonic() - begun)

        self._job = run_job(
            self, work, self._show, title=_("计算动作序列"), cancelled=self._stopped
        )

    def _stopped(self) -> None:
        self.header.set_subtitle(_("没有算完，显示的是上一次的结果") if self._shown else "")

    def _show(self, shown: Shown) -> None:
        found = shown.report
        if found.query != self.tools.asked.query(found.as_of):
            return  # something else was asked meanwhile
        if self._widens(found):
            return
        self._shown = shown
        self.header.set_subtitle("")
        self._steps_card.subtitle.setText(
            _("{days} 建档 {count} 家 · 箭头上为通过率，下为流失家数").format(
                days=words.day_span(found.query.first, found.query.last),
                count=words.count(found.customers),
            )
        )
        self._worst.setText(said.drop_off(found.steps, found.drop_place))
        self.flow.show_steps(found.steps, found.drop_place)
        self.paths.show_report(found)
        self.gaps.show_gaps(found.steps, found.gaps)
        self.people.show_people(found)
        self.bands.show_bands(found.bands)
        self.versions.show_versions(found.versions)
        self.status_changed.emit()

    def _widens(self, found: SequenceReport) -> bool:
        """Ask for a year when nobody chose the days and they show no path yet."""
        paths = found.won_paths or found.lost_paths
        if not self._untouched or paths or self.tools.asked.span != QUARTER:
            return False
        self._untouched = False
        wider = replace(self.tools.asked, span=YEAR)
        self.tools.show_asked(wider)
        self._read(wider)
        return True

    def status_left(self) -> str:
        """Return how much was looked at, and how long it took."""
        if self._shown is None:
            return ""
        found = self._shown.report
        return _("{count} 家 · {deeds} 个动作  计算 {seconds} 秒").format(
            count=words.count(found.customers),
            deeds=words.count(found.deeds),
            seconds=words.number(self._shown.seconds, 2),
        )

    def commands(self) -> Mapping[str, Command]:
        """Return what the window's commands do here."""
        found: dict[str, Command] = {"refresh": self.refresh, "copy": self.paths.rows.copy}
        if self._shown is not None:
            report = self._shown.report
            found["print"] = lambda: print_report(self, sequence_sheets(report))
            found["export"] = self._export
        return found

    def _export(self) -> None:
        if self._shown is not None:
            made = sequence_sheets(self._shown.report)
            save_report(self.view, self, made.title, lambda: made)

    def params(self) -> dict[str, Any]:
        """Return the question, so that Back shows the same."""
        return {"asked": self.tools.asked}

    def open(self, **params: Any) -> None:
        """Take a question."""
        asked = params.get("asked")
        if isinstance(asked, SequencesAsked):
            self._untouched = False
            self.tools.show_asked(asked)
        self.dirty = True

    def focus_first(self) -> None:
        """Put the focus on the steps, or on what begins a first sequence."""
        (self.flow if self.sequences else self.empty.template).setFocus()

    def panes(self) -> tuple[QWidget, ...]:
        """Return steps, paths, people and versions for F6."""
        return (self.flow, self.paths.rows, self.people.bars, self.versions.table)

    def adapt(self, mode: WidthMode) -> None:
        """Put the side cards below in a narrow window."""
        compact = mode == "compact"
        direction = QHBoxLayout.Direction.TopToBottom if compact else (
            QHBoxLayout.Direction.LeftToRight
        )  # fmt: skip
        self._columns.setDirection(direction)
        self.tools.fold.set_folded(mode != "full")
        self.tools.edit.setText("" if compact else _("编辑标准序列"))

    # -- choices --------------------------------------------------------------------------------

    def _ask(self, asked: SequencesAsked) -> None:
        self._untouched = False
        self.tools.show_asked(asked)
        self.refresh()

    def open_lost(self, place: int) -> None:
        """Show the customers that came to a step and no further in the list of customers."""
        if self._shown is None:
            return
        office, query = self.view.office, self._shown.report.query
        name = self._shown.report.steps[place - 1].rule.name

        def show(ids: tuple[int, ...]) -> None:
            about = _("停在「{step}」的客户").format(step=name)
            self.view.navigate("customers", ids=ids, about=about)

        run_job(self, lambda progress: office.sequences.lost_at(query, place, progress), show)

    def _open_path(self, path: PathMeasure, wins: bool) -> None:
        ids = path.won if wins else path.lost
        self.view.navigate("customers", ids=ids, about=said.path_text(path, wins=wins))

    def current(self) -> SequenceView | None:
        """Return the sequence that is shown."""
        wanted = self.tools.asked.sequence_id
        return next((one for one in self.sequences if one.id == wanted), None)

    def _make_must(self, place: int) -> None:
        """Let a step be one that must be done, as a new version, after a question."""
        here = self.current()
        if here is not None:
            from app.views.sequences.acts import make_must

            make_must(self, here, place)

    def open_editor(self) -> QWidget | None:
        """Open the editor on the sequence that is shown."""
        from app.views.sequences.acts import edit_sequence

        here = self.current()
        return None if here is None else edit_sequence(self, here)

    def open_new(self) -> QWidget:
        """Open the editor on a new sequence."""
        from app.views.sequences.acts import new_sequence

        return new_sequence(self)

    def _open_more(self) -> None:
        menu = more_menu(self, self.current())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.tools.more.mapToGlobal(self.tools.more.rect().bottomLeft()))

    def _add_template(self, at: int) -> None:
        template = self.view.office.sequences.templates()[at]
        self.view.office.sequences.add(SequenceDraft(template.name, template.version))
        undoing.said(self.view, _("已建立动作序列「{name}」").format(name=template.name))

    def _edit_learnt(self, draft: VersionDraft) -> None:
        from app.views.sequences.acts import new_sequence

        new_sequence(self, draft)

    def learn(self) -> None:
        """Learn a sequence from the wins of a year and open it in the editor."""
        office = self.view.office
        query = SequencesAsked(span=YEAR).query(office.context.today())
        run_job(
            self,
            lambda progress: office.sequences.learn(query, progress),
            self._edit_learnt,
            title=_("从赢单里学一条"),
        )
