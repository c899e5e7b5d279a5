"""The card of paths with its order, and what goes with winning below."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.services.sequences.shapes import FEWEST_FINISHED, FEWEST_ON_PATH, SequenceReport
from app.views.sequences import words as said
from app.views.sequences.path_rows import BY_COUNT, BY_CYCLE, BY_RATE, PathRows
from app.views.widgets.buttons import Button
from app.views.widgets.card import Card
from app.views.widgets.empty_state import NOTHING_YET, EmptyState
from app.views.widgets.segmented import Segmented
from app.views.widgets.text import Label


class PathCard(Card):
    """Show winning and losing paths; ``must_wanted`` asks that a step must be done."""

    must_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("赢单路径"),
            " ",
            name="sequence_paths_card",
            padded=False,
            parent=parent,
        )
        self._report: SequenceReport | None = None
        self.order = Segmented(
            [(BY_RATE, _("按赢单率")), (BY_COUNT, _("按家数")), (BY_CYCLE, _("按周期"))],
            name="sequence_path_order",
            spoken=_("排序"),
            height=24,
        )
        self.order.changed.connect(lambda _by: self._show_paths())
        self.add_tool(self.order)
        self.rows = PathRows()
        self.few = EmptyState(NOTHING_YET, "", icon="flow")
        self.few.setObjectName("sequence_few")
        self.told = Label("", "small", "text2", wrap=True)
        self.told.setObjectName("sequence_observation")
        self.told.setContentsMargins(12, 6, 12, 6)
        self.must = Button("", icon="lightbulb", height=24, name="sequence_must")
        self.must.clicked.connect(self._ask_must)
        for widget in (self.rows, self.few, self.told, self.must):
            self.body.addWidget(widget)

    def show_report(self, found: SequenceReport) -> None:
        """Replace the paths and the observation."""
        self._report = found
        self._show_paths()
        seen = found.observation
        self.told.setVisible(seen is not None)
        self.must.setVisible(False)
        if seen is None:
            return
        self.told.setText(said.observation(seen, found.steps))
        first, then = (found.steps[at - 1].rule for at in (seen.first, seen.then))
        self.must.setVisible(not first.must)
        self.must.setText(
            _("把「{then}前先{first}」设为必做步骤").format(then=then.name, first=first.name)
        )

    def _show_paths(self) -> None:
        found = self._report
        if found is None:
            return
        paths = bool(found.won_paths or found.lost_paths)
        told = _("相邻重复动作已合并，至少 {count} 家才列出")
        if found.coarse:
            told = _("只看每种联系的第一次，至少 {count} 家才列出")
        self.subtitle.setText(told.format(count=FEWEST_ON_PATH))
        self.rows.setVisible(paths)
        self.order.setVisible(paths)
        self.few.setVisible(not paths)
        if paths:
            self.rows.show_paths(found.won_paths, found.lost_paths, str(self.order.value()))
        elif found.enough:
            self.few.set(
                _("还没有 {count} 家走过同一条路").format(count=FEWEST_ON_PATH),
                _("把日期放宽，或去掉人员和级别的筛选"),
            )
        else:
            self.few.set(
                _("样本少：结束的客户只有 {count} 家").format(count=found.finished),
                _("满 {count} 家才列路径；把日期放宽再看").format(count=FEWEST_FINISHED),
            )

    def _ask_must(self) -> None:
        if self._report is not None and self._report.observation is not None:
            self.must_wanted.emit(self._report.observation.first)
