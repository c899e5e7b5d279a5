"""The rows of Today: group headings with their open steps, folded or cut short."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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

from app.models.values.nextstep import Bucket, Group
from app.services.followups.today import ORDER
from app.views.followups import when_words
from app.views.followups.agenda_rows import HeaderRow, Row, StepRow, tip
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
class _Steps:
    """The steps of a group: those known, in order, and how many more were not read yet."""

    known: Sequence[AgendaItem | StepRow] = ()
    unread_count: int = 0

    def total(self) -> int:
        """Return the number of rows when nothing is cut short."""
        return len(self.known) + self.unread_count

    def ids(self) -> list[int]:
        """Return the known steps in order."""
        return [_item(one).step_id for one in self.known]


@dataclass(frozen=True, slots=True)
class _Part:
    """A heading, the row where it stands, and how many rows stand under it."""

    head: HeaderRow
    start: int
    shown: int
    steps: _Steps

    def key(self) -> tuple[Any, ...]:
        """Return what makes the rows the same ones after a reload."""
        return (self.head.group, self.shown, self.steps.ids()[: self.shown])


class AgendaModel(QAbstractListModel):
    """List headings and steps flat; folding and filtering only choose which rows there are.

    No row is built before it is asked for, so thousands cost what a screenful does. A step
    that was not read yet is None at its place.
    ``folds_changed`` asks whoever keeps preferences to remember ``folded()``;
    ``button_tip`` explains the button under the pointer.
    """

    folds_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: dict[Group, _Steps] = {}
        self._moment: Moment | None = None
        self._parts: list[_Part] = []
        self._starts: list[int] = []
        self._count = 0
        self._places: dict[int, tuple[Group, int]] | None = None
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
        steps: dict[Group, _Steps] = {}
        for found in agenda.groups:
            known, unread = found.items, found.unread
            if plan_kind:
                known = tuple(one for one in known if one.plan_kind == plan_kind)
                unread = tuple(one for one in unread if one.plan_kind == plan_kind)
            steps[found.group] = _Steps(known, len(unread))
        for row in leaving:
            steps[row.group] = self._put_back(steps.get(row.group, _Steps()), row)
        self._steps = steps
        self._places = None
        self._lay_out()

    def _put_back(self, steps: _Steps, gone: StepRow) -> _Steps:
        """Insert a completed row where it stood: after the row that was before it."""
        order = self._steps.get(gone.group, _Steps()).ids()
        if gone.item.step_id not in order:
            return steps
        before = set(order[: order.index(gone.item.step_id)])
        place = sum(1 for step_id in steps.ids() if step_id in before)
        return replace(steps, known=[*steps.known[:place], gone, *steps.known[place:]])

    def _lay_out(self) -> None:
        """Make the parts anew; kept persistent indexes follow their step."""
        fresh = list(self._made_parts())
        same = [part.key() for part in fresh] == [part.key() for part in self._parts]
        if not same:
            self.beginResetModel()
        self._parts = fresh
        self._starts = [part.start for part in fresh]
        self._count = fresh[-1].start + 1 + fresh[-1].shown if fresh else 0
        if not same:
            self.endResetModel()
        elif fresh:
            self.dataChanged.emit(self.index(0), self.index(self._count - 1))

    def _made_parts(self) -> Iterator[_Part]:
        assert self._moment is not None or not self._steps
        start = 0
        for group in ORDER:
            steps = self._steps.get(group, _Steps())
            total = steps.total()
            if not total or self._moment is None or (self._only and group not in self._only):
                continue
            folded = group in self._folded and group not in self._only
            short = group in LATER and group not in self._whole
            limit = min(total, FIRST_ROWS) if short else total
            note = when_words.group_note(group, self._moment)
            count = total - sum(1 for one in steps.known if isinstance(one, StepRow))
            head = HeaderRow(group, count, note, folded, total - limit)
            part = _Part(head, start, 0 if folded else limit, steps)
            yield part
            start += 1 + part.shown

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
        """Return a row, None past the ends and for a step that was not read yet."""
        if not 0 <= at < self._count:
            return None
        part = self._parts[bisect_right(self._starts, at) - 1]
        if at == part.start:
            return part.head
        below = at - part.start - 1
        known = part.steps.known
        return self._made(known[below], part.head.group) if below < len(known) else None

    def _made(self, one: AgendaItem | StepRow, group: Group) -> StepRow:
        if isinstance(one, StepRow):
            return one
        assert self._moment is not None
        return StepRow(one, group, self._moment)

    def step(self, at: int) -> StepRow | None:
        """Return the step of a row, None for a heading."""
        row = self.row(at)
        return row if isinstance(row, StepRow) else None

    def headings(self) -> list[int]:
        """Return the rows of the headings."""
        return self._starts

    def place_of(self, step_id: int) -> int:
        """Return the row of a step, -1 when it is not shown."""
        group, below = self._place(step_id)
        for part in self._parts:
            if part.head.group is group and below < part.shown:
                return part.start + 1 + below
        return -1

    def _place(self, step_id: int) -> tuple[Group | None, int]:
        """Return the group of a step and its place there."""
        if self._places is None:
            self._places = {
                found: (group, at)
                for group, steps in self._steps.items()
                for at, found in enumerate(steps.ids())
            }
        return self._places.get(step_id, (None, -1))

    def step_of(self, step_id: int) -> StepRow | None:
        """Return a step by its id, the folded ones too, None when there is none."""
        group, at = self._place(step_id)
        return None if group is None else self._made(self._steps[group].known[at], group)

    def open_ids(self) -> set[int]:
        """Return every known step of the agenda that is not done, the folded ones too."""
        known = (one for steps in self._steps.values() for one in steps.known)
        return {one.step_id for one in known if not isinstance(one, StepRow)}

    def header_of(self, group: Group) -> int:
        """Return the row of a heading, -1 when it is not shown."""
        return next((part.start for part in self._parts if part.head.group is group), -1)

    def stops(self, at: int) -> bool:
        """Tell whether the arrows stop here: steps, and headings that hide theirs."""
        row = self.row(at)
        if isinstance(row, HeaderRow):
            return row.folded
        return row is not None and not row.done

    def next_stop(self, at: int, step: int = 1) -> int:
        """Return the nearest row in a direction where the arrows stop, -1 without one."""
        at += step
        while 0 <= at < self._count:
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

    # -- Qt -------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of rows."""
        return 0 if parent.isValid() else self._count

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
            return plain_tip(self.button_tip or tip(row))
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


def _item(one: AgendaItem | StepRow) -> AgendaItem:
    return one.item if isinstance(one, StepRow) else one
