"""How the values of one field are spread, and what share of the decided customers they won."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from app.i18n import _
from app.services.features.spreads import Slice, Spread
from app.services.jobs import Progress
from app.views.core import format as words
from app.views.core.page import ViewContext
from app.views.core.runner import run_job
from app.views.widgets.card import Card
from app.views.widgets.hbars import BarRow, HBars
from app.views.widgets.text import Label


class SpreadCard(Card):
    """Show bars by value with count and win rate; ``shown`` comes when they stand."""

    shown = Signal()

    def __init__(self, view: ViewContext) -> None:
        super().__init__(_("分布与赢单率"), icon="data_trending", name="spread_card")
        self._view = view
        self._field_id = 0
        self.spread: Spread | None = None
        self.bars = HBars(name="spread_bars", spoken=_("分布与赢单率"))
        self.body.addWidget(self.bars)
        self._note = Label("", "caption", "text2", wrap=True)
        self.body.addWidget(self._note)

    def show_field(self, field_id: int) -> None:
        """Count the values of a field behind the window and show them."""
        self._field_id = field_id
        run_job(self, partial(self._read, field_id), partial(self._show, field_id))

    def _read(self, field_id: int, _progress: Progress) -> Spread:
        return self._view.office.features.spread(field_id)

    def _show(self, field_id: int, found: Spread) -> None:
        if field_id != self._field_id:
            return
        self.spread = found
        most = max((one.count for one in found.slices), default=1)
        self.bars.show_rows([_row(one, most) for one in found.slices])
        self.subtitle.setText(
            _("{field}：{known} / {total} 家填了").format(
                field=found.field.label, known=words.count(found.known),
                total=words.count(found.total),
            )
        )  # fmt: skip
        self._note.setText(
            _("赢单率 = 签过的 ÷（签过的 + 失效的）；不到 20 家有结果的写样本不足")
            if found.slices
            else _("还没有客户填过")
        )
        self.shown.emit()


def _row(one: Slice, most: int) -> BarRow:
    name = one.label or _("其他")
    if one.win_rate is None:
        won = _("还没有结果")
    elif one.few:
        won = _("赢单率 {rate} · 样本不足").format(rate=words.percent(one.win_rate, 0))
    else:
        won = _("赢单率 {rate}").format(rate=words.percent(one.win_rate, 0))
    return BarRow(name, name, one.count / most, words.count(one.count), second=won)
