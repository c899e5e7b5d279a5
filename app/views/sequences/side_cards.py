"""How people keep to the steps, what it goes with, and what came of each version."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import N_, _, translate
from app.models.values.pages import Sort
from app.services.sequences.shapes import BandMeasure, SequenceReport, VersionMeasure
from app.views.core import format as words
from app.views.customers.words import firms
from app.views.itemmodels.column import Column
from app.views.itemmodels.paged import PagedTableModel
from app.views.itemmodels.rows import ListSource
from app.views.sequences import words as said
from app.views.widgets.card import Card
from app.views.widgets.hbars import BarRow, HBars
from app.views.widgets.table import TableView
from app.views.widgets.text import Label

_LOW = 0.6


class PeopleCard(Card):
    """Show how each person keeps to the steps that must be done; a bar chooses the person."""

    person_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("每人符合度"), _("符合 = 必做步骤按序且按时；其后为赢单率、最大偏差"),
            name="sequence_people_card", parent=parent,
        )  # fmt: skip
        self.bars = HBars(name="sequence_people", spoken=_("每人符合度"))
        self.bars.chosen.connect(self.person_chosen)
        self.body.addWidget(self.bars)
        self.nobody = Label(_("还没有到期的必做步骤"), "small", "text2")
        self.body.addWidget(self.nobody)

    def show_people(self, found: SequenceReport) -> None:
        """Replace the bars."""
        rows = []
        for one in found.people:
            if one.adherence is None:
                continue
            low = one.adherence < _LOW
            rows.append(
                BarRow(
                    one.staff_id,
                    one.name,
                    one.adherence,
                    words.percent(one.win_rate),
                    base=words.percent(one.adherence, 0),
                    second=said.deviation(one, found.steps),
                    tone="warn" if low else "text3",
                    strong=True,
                    low=low,
                )
            )
        self.bars.show_rows(rows)
        self.bars.setVisible(bool(rows))
        self.nobody.setVisible(not rows)


class BandsCard(Card):
    """Show the win rate of customers by how well their steps were kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("符合度与赢单率"), name="sequence_bands_card", parent=parent)
        self.bars = HBars(name="sequence_bands", spoken=_("符合度与赢单率"))
        self.body.addWidget(self.bars)

    def show_bands(self, bands: Sequence[BandMeasure]) -> None:
        """Replace the bars."""
        most = max((one.win_rate or 0.0 for one in bands), default=0.0) or 1.0
        rows = [
            BarRow(
                at,
                _band_words(one),
                (one.win_rate or 0.0) / most,
                words.percent(one.win_rate),
                second=firms(one.finished),
                strong=at + 1 == len(bands),
            )
            for at, one in enumerate(bands)
        ]
        self.bars.show_rows(rows)


def _band_words(band: BandMeasure) -> str:
    low, high = words.percent(band.low, 0), words.percent(band.high, 0)
    if not band.low:
        return _("低于 {high}").format(high=high)
    if band.high >= 1:
        return _("{low} 以上").format(low=low)
    return f"{low}–{high}"


class VersionsCard(Card):
    """Compare the versions by what came of those enrolled; few ones say 样本不足."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("版本对比"), _("按加入序列的客户"), name="sequence_versions_card", padded=False,
            parent=parent,
        )  # fmt: skip
        self.table = TableView(
            name="sequence_versions", spoken=_("版本对比"), several=False, parent=self
        )
        self.body.addWidget(self.table)

    def show_versions(self, versions: Sequence[VersionMeasure]) -> None:
        """Replace the rows."""
        model: PagedTableModel[VersionMeasure] = PagedTableModel(
            version_columns(), Sort(""), row_id=lambda one: one.version_id, parent=self.table
        )
        model.set_source(ListSource(tuple(versions)))
        self.table.setModel(model)
        self.table.show_whole(min(max(len(versions), 1), 4))


def version_columns() -> list[Column[VersionMeasure]]:
    """Return the columns of the comparison."""
    return [
        Column("version", N_("版本"), _version_words, width=110, kind="strong", flex=1),
        Column("n", "n", lambda one: words.count(one.enrolled), "right", 44),
        Column("completion", N_("完成率"), lambda one: words.percent(one.completion, 0),
               "right", 62),
        Column("on_time", N_("按时率"), lambda one: words.percent(one.punctuality, 0),
               "right", 62),
        Column("conversion", N_("转化率"), lambda one: words.percent(one.conversion, 0),
               "right", 62, tip=_conversion_tip),
        Column("enough", N_("说明"),
               lambda one: "" if one.enough else _("样本不足"), width=72,
               tone=lambda one: "" if one.enough else "warn"),
    ]  # fmt: skip


def _version_words(one: VersionMeasure) -> str:
    return _("第 {number} 版 {role}").format(number=one.number, role=translate(said.ROLE[one.role]))


def _conversion_tip(one: VersionMeasure) -> str:
    return _("加入满 {days} 天的 {mature} 家里 {count} 家在 {days} 天内签约").format(
        days=one.window_days, mature=one.mature, count=one.converted
    )
