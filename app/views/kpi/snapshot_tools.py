"""Frozen against restated: keep the figures of a period, and choose what to compare with."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.errors import UserError
from app.i18n import _
from app.models.values.periods import Period
from app.services.kpi.snapshots import Restated
from app.views.core import format as words
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.page import ViewContext
from app.views.core.runner import run_job
from app.views.widgets.buttons import Button, Select


class SnapshotTools(QWidget):
    """Offer the snapshots of a period with who and when; ``chosen`` brings the figures by name."""

    chosen = Signal(object)

    def __init__(self, view: ViewContext, period: Period, error_bar: ErrorBar) -> None:
        super().__init__()
        self._view, self._period, self._error_bar = view, period, error_bar
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(themes.current().px(8))
        self.kept = Select(name="more_snapshots", spoken=_("快照"))
        self.kept.activated.connect(lambda _row: self.read())
        self.keep = Button(_("留存快照"), height=24, name="more_freeze")
        self.keep.clicked.connect(self.freeze)
        row.addWidget(self.kept)
        row.addWidget(self.keep)
        self._show()
        self.keep.setEnabled(period.end < view.office.context.today())

    def _show(self) -> None:
        context = self._view.office.context
        choices: list[tuple[object, str]] = [(0, _("不比快照"))]
        for one in self._view.office.kpi.snapshots(self._period):
            when = words.moment(one.at, context.zone, context.today(), week=False)
            choices.append((one.id, _("{when} {staff} 的快照").format(when=when, staff=one.staff)))
        self.kept.set_choices(choices)
        self.kept.setVisible(len(choices) > 1)

    def freeze(self) -> None:
        """Keep the figures as they are now, in a writing job."""
        kpi, period = self._view.office.kpi, self._period

        def done(snapshot_id: int) -> None:
            self._show()
            self.kept.set_value(snapshot_id)
            self._view.toast(_("已留存 {period} 的快照").format(period=period.label))
            self.read()

        run_job(self, lambda _progress: kpi.freeze(period), done, self._fail, writing=True)

    def read(self) -> None:
        """Read the figures of the chosen snapshot beside those of now."""
        wanted = self.kept.value()
        if not isinstance(wanted, int) or not wanted:
            self.chosen.emit({})
            return
        kpi, period = self._view.office.kpi, self._period

        def done(found: list[Restated]) -> None:
            by_name: Mapping[str, Restated] = {one.metric.name: one for one in found}
            self.chosen.emit(by_name)

        run_job(self, lambda _progress: kpi.restated(wanted, period), done, self._fail)

    def _fail(self, error: BaseException) -> None:
        self._error_bar.show_error(error, None if isinstance(error, UserError) else self.read)
