"""跟单链 on a customer's page: the timeline with its filter chips."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.i18n import N_, _, translate
from app.services.followups.drafts import TimelineEntry
from app.views.core import format as fmt
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.core.undoing import said
from app.views.customers.words import Calendar
from app.views.followups import entry_words
from app.views.widgets.chips import ChipGroup, Choice
from app.views.widgets.empty_state import NOTHING_YET, EmptyState
from app.views.widgets.text import copy_text
from app.views.widgets.timeline import TimelineList, TimelineRow

CHUNK = 300
_MESSAGES = ("sms", "wechat", "qq", "mail")
_MEETINGS = ("visit", "meeting", "expo")
_KINDS = (
    ("all", N_("全部")),
    ("call", N_("通话")),
    ("message", N_("信息")),
    ("meeting", N_("面谈")),
    ("node", N_("节点")),
    ("deal", N_("成交回款")),
)


def kind_of(entry: TimelineEntry) -> str:
    """Return the chip an entry belongs under."""
    if entry.kind == "followup":
        if entry.channel == "phone":
            return "call"
        return (
            "message"
            if entry.channel in _MESSAGES
            else "meeting"
            if (entry.channel in _MEETINGS)
            else "other"
        )
    if entry.kind in ("node", "stage", "life"):
        return "node"
    return "deal" if entry.kind in ("contract", "payment") else "other"


def tone_of(entry: TimelineEntry) -> str:
    """Return how the sign is filled: key nodes accent, deals and payments teal."""
    if entry.kind in ("contract", "payment"):
        return "good"
    if entry.kind == "life":
        return "warn"
    return "accent" if entry.kind == "node" else ""


class ChainTab(QWidget):
    """Show what happened with one customer, newest first; older entries come while scrolling."""

    def __init__(self, view: ViewContext) -> None:
        super().__init__()
        self._view = view
        self._calendar = Calendar(view.office)
        self._customer_id = 0
        self.entries: list[TimelineEntry] = []
        self._more = False
        theme = themes.current()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, theme.px(9), 0, 0)
        rows.setSpacing(theme.px(6))
        self.chips = ChipGroup(name="chain_chips", spoken=_("只看"))
        self.chips.changed.connect(lambda _kind: self._show())
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        inner.addWidget(self.chips)
        rows.addWidget(holder)
        self.list = TimelineList(name="chain", spoken=_("跟单链"))
        self.list.older_wanted.connect(self._older)
        self.list.menu_wanted.connect(self._menu)
        rows.addWidget(self.list, 1)
        begin = _("按 Ctrl+J 写第一条。")
        self.empty = EmptyState(NOTHING_YET, _("还没有跟单"), begin, icon="edit")
        rows.addWidget(self.empty, 1)

    def show_customer(self, customer_id: int) -> None:
        """Read the newest entries of a customer."""
        same = customer_id == self._customer_id
        self._customer_id = customer_id
        wanted = max(CHUNK, len(self.entries)) if same else CHUNK
        self.entries = self._read(wanted, None)
        kept = self.list.verticalScrollBar().value() if same else 0
        if not same:
            self.list.unfolded.clear()
            self.chips.set_value(None)
        self._show_chips()
        self._show()
        self.list.verticalScrollBar().setValue(kept)

    def _read(self, limit: int, before: int | None) -> list[TimelineEntry]:
        found = self._view.office.followups.timeline(self._customer_id, limit=limit, before=before)
        self._more = len(found) == limit
        if self._more:
            # entries of one moment belong together: the last moment is read again later
            found = [one for one in found if one.at != found[-1].at] or found
        return found

    def _older(self) -> None:
        if not self._more or not self.entries:
            return
        fresh = self._read(CHUNK, self.entries[-1].at)
        self.entries += fresh
        self.list.add_rows(self._rows(fresh))

    def _show_chips(self) -> None:
        kinds = [kind_of(entry) for entry in self.entries]
        counts = {kind: kinds.count(kind) for kind, _title in _KINDS}
        chosen = self.chips.value() or "all"
        self.chips.set_choices(
            Choice(kind, translate(title) if kind == "all" or self._more else (
                f"{translate(title)} {counts[kind]}"))
            for kind, title in _KINDS
            if kind == "all" or counts[kind] or self._more
        )  # fmt: skip
        self.chips.set_value(chosen if chosen == "all" or counts.get(str(chosen)) else "all")

    def _show(self) -> None:
        self.list.set_rows(self._rows(self.entries))
        self.list.setVisible(bool(self.entries))
        self.chips.setVisible(bool(self.entries))
        self.empty.setVisible(not self.entries)

    def _rows(self, entries: Sequence[TimelineEntry]) -> list[TimelineRow]:
        wanted = self.chips.value()
        return [
            self._row(entry)
            for entry in entries
            if wanted in (None, "all") or kind_of(entry) == wanted
        ]

    def _row(self, entry: TimelineEntry) -> TimelineRow:
        today = self._calendar.today
        change = entry_words.value_change(entry)
        timed = entry.kind in ("followup", "calibration", "node", "stage")
        when = self._calendar.stamp(entry.at) if timed else fmt.day(entry.on, today)
        return TimelineRow(
            entry.id,
            entry_words.icon_of(entry),
            entry_words.title_of(entry),
            when,
            entry_words.body_of(entry),
            tone_of(entry),
            self._month(entry),
            None if change is None else (change.old, change.new),
            entry,
        )

    def _month(self, entry: TimelineEntry) -> str:
        if entry.on is None:
            return ""
        if entry.on.year == self._calendar.today.year:
            return fmt.month_name(entry.on)
        return _("{year} 年 {month}").format(year=entry.on.year, month=fmt.month_name(entry.on))

    # -- acts ----------------------------------------------------------------------------

    def _menu(self, row: TimelineRow | None, point: QPoint) -> None:
        if row is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        text = f"{row.when} {row.title}\n{row.text}".strip()
        menu.addAction(_("复制"), partial(copy_text, text))
        entry = row.source
        if isinstance(entry, TimelineEntry) and entry.kind == "followup":
            menu.addAction(_("删除这条跟单"), partial(self._remove, entry))
        menu.popup(point)

    def _remove(self, entry: TimelineEntry) -> None:
        self._view.office.followups.remove(entry.id)
        said(self._view, _("已删除一条跟单"))
