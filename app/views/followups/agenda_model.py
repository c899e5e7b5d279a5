"""The rows of Today: group headings with their open steps, folded or cut short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.i18n import _, ngettext
from app.models.values.nextstep import Bucket, Group, Window
from app.views.core import format as formats
from app.views.core import labels
from app.views.followups import when_words
from app.views.widgets.text import plain_tip

if TYPE_CHECKING:
    from app.services.followups.moment import Moment
    from app.services.followups.today import Agenda, AgendaItem

ROW = Qt.ItemDataRole.UserRole
MIME = "application/x-gendan-steps"
FIRST_ROWS = 10
LATER = frozenset({Group.this_week, Group.next_week, Group.next_month, Group.later})
FOLDED_AT_FIRST = frozenset({Group.next_week, Group.next_month, Group.later})
DROP_BUCKETS: Mapping[Group, Bucket] = {
    group: Bucket(group.value) for group in Group if group not in (Group.overdue, Group.later)
}
"""The word a step is put off to when it is dropped on a heading."""

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """A group's heading: how many steps, whether folded, how many of them are not shown."""

    group: Group
    count: int
    note: str
    folded: bool
    hidden_count: int

    def title(self) -> str:
        """Return the group's word."""
        return labels.of(labels.BUCKET, self.group)

    def count_words(self) -> str:
        """Return 4 条."""
        return ngettext("{count} 条", "{count} 条", self.count).format(count=self.count)

    def more_words(self) -> str:
        """Return 再显示 2 条, empty when all are shown."""
        if self.folded or not self.hidden_count:
            return ""
        words = ngettext("再显示 {count} 条", "再显示 {count} 条", self.hidden_count)
        return words.format(count=self.hidden_count)

    def spoken(self) -> str:
        """Return the heading for screen readers."""
        state = _("已折叠") if self.folded else _("已展开")
        return _("{group}，{count}，{state}").format(
            group=self.title(), count=self.count_words(), state=state
        )


@dataclass(frozen=True, slots=True)
class StepRow:
    """An open step as shown; ``done`` is struck through for a moment before it leaves.

    Its words are made when they are asked for: most rows of a long list are never drawn.
    """

    item: AgendaItem
    group: Group
    moment: Moment = field(compare=False)
    done: bool = False

    def window(self) -> Window:
        """Return the window of the step."""
        return Window(self.item.window_start, self.item.window_end, self.item.has_clock)

    def when(self) -> str:
        """Return the words of the time column."""
        return when_words.when(self.window(), self.group, self.moment)

    def amount(self) -> str:
        """Return the expected amount by size, empty when it is not known."""
        return formats.money(self.item.expected_fen) if self.item.expected_fen else ""

    def plan(self) -> str:
        """Return the word of the plan kind."""
        return labels.of(labels.PLAN_KIND, self.item.plan_kind)

    def spoken(self) -> str:
        """Return the row for screen readers (ui.md 12)."""
        item = self.item
        when = when_words.spoken_when(self.window(), self.group, self.moment)
        value = labels.value(item.quality, item.grade).replace(" · ", " ")
        parts = (when, self.plan(), item.customer, item.contact, item.what, value, self.amount())
        words = _("，").join(part for part in parts if part)
        return _("已完成，{row}").format(row=words) if self.done else words


Row = HeaderRow | StepRow


class AgendaModel(QAbstractListModel):
    """List headings and steps flat; folding and filtering only choose which rows there are.

    ``folds_changed`` asks whoever keeps preferences to remember ``folded()``;
    ``button_tip`` explains the button under the pointer.
    """

    folds_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: dict[Group, list[StepRow]] = {}
        self._moment: Moment | None = None
        self._rows: list[Row] = []
        self._at: dict[int, int] = {}
        self._folded: set[Group] = set(FOLDED_AT_FIRST)
        self._whole: set[Group] = set()
        self._only: frozenset[Group] = frozenset()
        self.button_tip = ""

    # -- filling --------------------------------------------------------------------------

    def show(
        self,
        agenda: Agenda,
        moment: Moment,
        *,
        plan_kind: str = "",
        leaving: Sequence[StepRow] = (),
    ) -> None:
        """Show an agenda; ``leaving`` are completed rows that stay struck at their place."""
        self._moment = moment
        steps: dict[Group, list[StepRow]] = {}
        for found in agenda.groups:
            wanted = (one for one in found.items if plan_kind in ("", one.plan_kind))
            steps[found.group] = [StepRow(item, found.group, moment) for item in wanted]
        for row in leaving:
            self._put_back(steps.setdefault(row.group, []), row)
        self._steps = steps
        self._lay_out()

    def _put_back(self, rows: list[StepRow], gone: StepRow) -> None:
        """Insert a completed row where it stood: after the row that was before it."""
        order = [row.item.step_id for row in self._steps.get(gone.group, ())]
        if gone.item.step_id not in order:
            return
        before = set(order[: order.index(gone.item.step_id)])
        place = sum(1 for row in rows if row.item.step_id in before)
        rows.insert(place, gone)

    def _lay_out(self) -> None:
        """Make the flat rows anew; kept persistent indexes follow their step."""
        fresh = [row for group in when_words.ORDER for row in self._group_rows(group)]
        if [_key(row) for row in fresh] == [_key(row) for row in self._rows]:
            self._rows = fresh
            if fresh:
                self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
            return
        self.beginResetModel()
        self._rows = fresh
        self._at = {
            row.item.step_id: at for at, row in enumerate(fresh) if isinstance(row, StepRow)
        }
        self.endResetModel()

    def _group_rows(self, group: Group) -> Iterable[Row]:
        steps = self._steps.get(group, [])
        if not steps or (self._only and group not in self._only):
            return
        assert self._moment is not None
        folded = group in self._folded and group not in self._only
        limit = FIRST_ROWS if group in LATER and group not in self._whole else len(steps)
        note = when_words.group_note(group, self._moment)
        count = sum(1 for step in steps if not step.done)
        yield HeaderRow(group, count, note, folded, max(0, len(steps) - limit))
        if not folded:
            yield from steps[:limit]

    # -- folding and filtering ------------------------------------------------------------

    def folded(self) -> list[str]:
        """Return the folded groups, for preferences."""
        return sorted(group.value for group in self._folded)

    def set_folded(self, names: Iterable[str]) -> None:
        """Fold exactly these groups, without telling ``folds_changed``."""
        known = {group.value: group for group in Group}
        self._folded = {known[name] for name in names if name in known}
        self._lay_out()

    def fold(self, group: Group, folded: bool) -> None:
        """Fold or unfold a group."""
        if folded == (group in self._folded):
            return
        (self._folded.add if folded else self._folded.discard)(group)
        self._lay_out()
        self.folds_changed.emit()

    def show_more(self, group: Group) -> None:
        """Show all steps of a group."""
        self._whole.add(group)
        self._lay_out()

    def show_only(self, groups: frozenset[Group]) -> None:
        """Show only these groups, all with an empty set."""
        self._only = groups
        self._lay_out()

    @property
    def only(self) -> frozenset[Group]:
        """Return the groups the list is limited to, empty for all."""
        return self._only

    # -- asking ---------------------------------------------------------------------------

    def row(self, at: int) -> Row | None:
        """Return a row, None past the ends."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def step(self, at: int) -> StepRow | None:
        """Return the step of a row, None for a heading."""
        row = self.row(at)
        return row if isinstance(row, StepRow) else None

    def place_of(self, step_id: int) -> int:
        """Return the row of a step, -1 when it is not shown."""
        return self._at.get(step_id, -1)

    def header_of(self, group: Group) -> int:
        """Return the row of a heading, -1 when it is not shown."""
        for at, row in enumerate(self._rows):
            if isinstance(row, HeaderRow) and row.group is group:
                return at
        return -1

    def stops(self, at: int) -> bool:
        """Tell whether the arrows stop here: steps, and headings that hide theirs."""
        row = self.row(at)
        if isinstance(row, HeaderRow):
            return row.folded
        return row is not None and not row.done

    def next_stop(self, at: int, step: int = 1) -> int:
        """Return the nearest row in a direction where the arrows stop, -1 without one."""
        at += step
        while 0 <= at < len(self._rows):
            if self.stops(at):
                return at
            at += step
        return -1

    def next_step(self, at: int) -> int:
        """Return the step after a row, else the one before it, -1 when none is left."""
        for way in (1, -1):
            place = self.next_stop(at, way)
            while place >= 0:
                if self.step(place) is not None:
                    return place
                place = self.next_stop(place, way)
        return -1

    def all_steps(self) -> dict[int, StepRow]:
        """Return every step of the agenda by its id, the folded ones too."""
        return {row.item.step_id: row for rows in self._steps.values() for row in rows}

    # -- Qt -------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row itself, or its words for screen readers and copying."""
        row = self.row(index.row())
        if row is None:
            return None
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            return row.spoken()
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.button_tip or _tip(row))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let steps be dragged and most headings be dropped on."""
        row = self.row(index.row())
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if isinstance(row, StepRow) and not row.done:
            return flags | Qt.ItemFlag.ItemIsDragEnabled
        if isinstance(row, HeaderRow) and row.group in DROP_BUCKETS:
            return flags | Qt.ItemFlag.ItemIsDropEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        """Return what a dragged row is."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the dragged steps and, for other programs, their words."""
        steps = [row for index in indexes if (row := self.step(index.row())) is not None]
        made = QMimeData()
        made.setData(MIME, QByteArray(",".join(str(row.item.step_id) for row in steps).encode()))
        made.setText("\n".join(row.spoken() for row in steps))
        return made

    def supportedDropActions(self) -> Qt.DropAction:
        """Move only."""
        return Qt.DropAction.MoveAction

    def supportedDragActions(self) -> Qt.DropAction:
        """Move only."""
        return Qt.DropAction.MoveAction


def dragged_steps(mime: QMimeData) -> list[int]:
    """Return the step ids of a drag."""
    text = bytes(mime.data(MIME).data()).decode("ascii", "replace")
    return [int(part) for part in text.split(",") if part.isdigit()]


def _tip(row: Row) -> str:
    if isinstance(row, HeaderRow):
        return ""
    item = row.item
    who = " · ".join(part for part in (item.customer, item.contact) if part)
    times = item.postpone_count
    put_off = ngettext("已顺延 {count} 次", "已顺延 {count} 次", times).format(count=times)
    return "\n".join(part for part in (who, item.what, put_off if times else "") if part)


def _key(row: Row) -> tuple[str, int]:
    """Return what makes a row the same one after a reload."""
    return (row.group, 0) if isinstance(row, HeaderRow) else ("", row.item.step_id)
