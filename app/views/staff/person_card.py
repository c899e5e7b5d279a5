"""One person beside the team's median, with a finding that helps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import N_, _, translate
from app.services.staff.leaks import LeakLine
from app.services.staff.summary import StaffRow
from app.views.core import format as words
from app.views.core import labels
from app.views.staff import leak_words
from app.views.widgets.badges import Tag
from app.views.widgets.buttons import Button
from app.views.widgets.card import Card
from app.views.widgets.hbars import BarRow, HBars
from app.views.widgets.note import Note
from app.views.widgets.text import ElidedLabel, Label


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the comparison: its words, its figure of a row, how it is written."""

    name: str
    figure: Callable[[StaffRow], float | None]
    write: Callable[[float], str]


def _mean_talk(row: StaffRow) -> float | None:
    connected = row.totals.connected
    return row.totals.talk_seconds / connected if connected else None


_LINES: tuple[_Line, ...] = (
    _Line(N_("电话量"), lambda row: row.totals.calls, words.count),
    _Line(N_("每通平均时长"), _mean_talk, words.duration),
    _Line(N_("跟进次数"), lambda row: row.totals.followups, words.count),
    _Line(N_("跟进客户"), lambda row: row.totals.customers_touched, words.count),
    _Line(N_("签约额"), lambda row: row.totals.signed_fen, lambda fen: words.money(round(fen), 1)),
    _Line(N_("成功客户"), lambda row: row.totals.won_customers, words.count),
    _Line(N_("90 天转化率"), lambda row: row.conversion, words.percent),
)

_MOST_BARS, _MOST_LEAKS = 7, 4

FINDINGS = {
    "model_worker": N_(
        "行动力强，结果还没跟上。先看哪一项低于中位，把价值标定和需求拜访做足再打下一通"
    ),
    "efficient": N_("用力不多，结果不错。把做法写成步骤，别人也能用；再多跟几家看看"),
    "benchmark": N_("行动和结果都在前面。挑几条跟单链给大家复盘"),
    "to_activate": N_("行动和结果都偏少。先定每天的跟单数，从逾期的下步事务开始"),
    "regular": N_("处在团队中间。对照竖线，从差距最大的一项补起"),
}


class PersonCard(Card):
    """Show a person's figures with a tick at the team's median."""

    customers_wanted = Signal(object)
    leaks_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("选一个人"), " ", name="person_card", parent=parent)
        self._staff_id = 0
        self._own: list[BarRow] = []
        self._quadrant = ""
        self.customers = Button(_("看他的客户"), icon="open", height=24, name="person_customers")
        self.customers.clicked.connect(lambda: self.customers_wanted.emit(self._staff_id))
        self.leaks = Button(_("漏在哪"), icon="search", height=24, name="person_leaks")
        self.leaks.clicked.connect(lambda: self.leaks_wanted.emit(""))
        self.add_tool(self.leaks)
        self.add_tool(self.customers)
        self.place = ElidedLabel("", "small", "text2")
        self.verdict = Tag("", "warn", icon="warning")
        self.verdict.hide()
        self.head.insertWidget(self.head.indexOf(self.title) + 1, self.verdict)
        self.bars = HBars(name="person_bars", spoken=_("与团队中位比较"), figure_first=True)
        self.bars.chosen.connect(self._bar_chosen)
        self.finding = Note("", tone="warn")
        top = QHBoxLayout()
        top.addWidget(self.place, 1)
        top.addWidget(Label(_("竖线为团队中位"), "caption", "text2"))
        self.body.addLayout(top)
        self.body.addWidget(self.bars)
        self.body.addWidget(self.finding)
        self.body.addStretch(1)

    def show_person(self, row: StaffRow | None, rows: Sequence[StaffRow]) -> None:
        """Show one person of a summary, or nobody."""
        for button in (self.customers, self.leaks):
            button.setEnabled(row is not None)
        self.finding.setVisible(row is not None and bool(row.quadrant))
        if row is None:
            self.title.setText(_("选一个人"))
            self.subtitle.setText("")
            self.verdict.hide()
            self.place.setText("")
            self.bars.show_rows([])
            return
        self._staff_id = row.staff_id
        self.title.setText(row.staff)
        verdict = labels.of(labels.QUADRANT, row.quadrant) if row.quadrant else ""
        self.verdict.set(verdict, "warn", icon="warning")
        self.verdict.setVisible(row.quadrant == "model_worker")
        self.subtitle.setText("" if row.quadrant == "model_worker" else verdict)
        self.place.setText(self._places(row, rows))
        self._own = [
            _bar(at, line, row, rows)
            for at, line in enumerate(_LINES)
            if line.figure(row) is not None
        ]
        self._quadrant = row.quadrant or ""
        self.bars.show_rows(self._own)
        self.finding.tell(translate(FINDINGS.get(self._quadrant, "")))

    def show_leaks(self, staff_id: int, lines: Sequence[LeakLine]) -> None:
        """Put the measures that fall behind the peers under the person's figures."""
        if staff_id != self._staff_id:
            return
        behind = [one for one in lines if one.worse][:_MOST_LEAKS]
        kept = self._own[: _MOST_BARS - len(behind)]
        self.bars.show_rows([*kept, *(_leak_bar(one) for one in behind)])
        first = leak_words.first_to_mend(lines)
        found = translate(FINDINGS.get(self._quadrant, ""))
        self.finding.setVisible(bool(found or first))
        self.finding.tell("\n".join(part for part in (found, first) if part))

    def _bar_chosen(self, key: object) -> None:
        if isinstance(key, str):
            self.leaks_wanted.emit(key)

    def _places(self, row: StaffRow, rows: Sequence[StaffRow]) -> str:
        calls = 1 + sum(one.totals.calls > row.totals.calls for one in rows)
        signed = 1 + sum(one.totals.signed_fen > row.totals.signed_fen for one in rows)
        parts = [
            _("电话量第 {place} / {all}").format(place=calls, all=len(rows)),
            _("签约额第 {place} / {all}").format(place=signed, all=len(rows)),
        ]
        if row.totals.lost_customers:
            lost = words.count(row.totals.lost_customers)
            amount = words.money(row.totals.lost_fen, 1)
            parts.append(_("失败 {count} 家 ¥{amount}").format(count=lost, amount=amount))
        return "    ".join(parts)


def _bar(at: int, line: _Line, row: StaffRow, rows: Sequence[StaffRow]) -> BarRow:
    known = [value for value in (line.figure(one) for one in rows) if value is not None]
    mine, middle = float(line.figure(row) or 0.0), float(median(known))
    most = max([*known, 1e-9])
    above, below = mine > middle, mine < middle
    return BarRow(
        key=at,
        name=translate(line.name),
        share=max(0.0, mine / most),
        figure=line.write(mine),
        base=line.write(middle),
        second=_("高于中位") if above else _("偏低") if below else _("持平"),
        tone="good" if above else "warn" if below else "text3",
        tick=max(0.0, middle / most),
        strong=True,
        low=below,
    )


def _leak_bar(line: LeakLine) -> BarRow:
    mine, theirs = line.value or 0.0, line.peers or 0.0
    most = max(mine, theirs, 1e-9)
    return BarRow(
        key=line.name,
        name=leak_words.label(line),
        share=max(0.0, mine / most),
        figure=leak_words.figure(line.unit, line.value),
        base=leak_words.figure(line.unit, line.peers),
        second=_("偏低") if mine < theirs else _("偏高"),
        tone="warn",
        tick=max(0.0, theirs / most),
        low=True,
    )
