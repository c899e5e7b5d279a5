"""Customers side by side, each field with the value that is to stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu

from app.i18n import N_, _
from app.services.customers.duplicates import BOTH, Comparison, FieldRow, Side
from app.services.office import Office
from app.views.core import theme as themes
from app.views.customers import merge_words, words
from app.views.itemmodels.column import Column
from app.views.itemmodels.transfer import RADIO, RowsTableModel
from app.views.transfer.merge_card import MergeTable
from app.views.widgets.buttons import Button
from app.views.widgets.card import Card
from app.views.widgets.text import ElidedLabel, Label

KEEP = "keep"
"""The row that says which of the customers stays."""

_LEAST = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: what stands at each customer, and whose it is that stays."""

    key: str
    title: str
    texts: tuple[str, ...]
    take: int
    may_both: bool = False


class MergePanel(Card):
    """Choose field by field with ← and → or a click; Enter, or the button, wants the merge.

    The first customer shown stays unless another is chosen in the first row.
    """

    merge_wanted = Signal()
    apart_wanted = Signal()
    opened = Signal(object)

    def __init__(self, office: Office) -> None:
        super().__init__(_("逐项合并"), padded=False, name="merge_panel")
        self._office = office
        self._stages = dict(enumerate(office.admin.stage_names(), 1))
        self._ids: list[int] = []
        self._kept = 0
        self._picked: dict[str, int] = {}
        self._found: Comparison | None = None
        self.add_tool(Label(_("← → 选哪一家的 · Enter 合并"), "caption", "text2"))
        self.model: RowsTableModel[Choice] = RowsTableModel(())
        self.table = MergeTable(name="merge_fields", spoken=_("逐项合并"))
        self.table.setModel(self.model)
        self.table.side_wanted.connect(self._turn)
        self.table.activated_row.connect(lambda _row: self.merge_wanted.emit())
        self.table.clicked.connect(self._clicked)
        self.body.addWidget(self.table, 1)
        self.body.setSpacing(0)
        self.body.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        theme = themes.current()
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        row.setSpacing(theme.px(8))
        self.told = ElidedLabel("", "small", "text2")
        self.told.setObjectName("merge_moves")
        self.without = Button(_("拿掉一家"), name="merge_without")
        self.look = Button(_("打开看"), name="merge_open")
        for button, act in ((self.without, self._drop), (self.look, self._open)):
            menu = QMenu(button)
            menu.setObjectName(f"{button.objectName()}_menu")
            menu.aboutToShow.connect(partial(self._fill, menu, act))
            button.setMenu(menu)
        self.apart = Button(_("不是同一家"), name="merge_apart")
        self.apart.clicked.connect(self.apart_wanted)
        self.agree = Button(_("合并"), "primary", "merge", name="merge_agree")
        self.agree.clicked.connect(self.merge_wanted)
        row.addWidget(self.told, 1)
        for one in (self.without, self.look, self.apart, self.agree):
            row.addWidget(one)
        return row

    # -- what is shown -----------------------------------------------------------------------

    def show_customers(self, ids: Sequence[int]) -> None:
        """Show customers, the one that should stay first; raise ``UserError`` customer_gone."""
        self._ids = self._office.customers.duplicates.better_first(ids)
        self._kept, self._picked = self._ids[0], {}
        self._compare()
        self.table.go_to(0)

    def ids(self) -> list[int]:
        """Return the customers, the one that stays first."""
        return [self._kept, *(one for one in self._ids if one != self._kept)]

    def chosen(self) -> dict[str, int]:
        """Return whose value was chosen of each field that differs."""
        return {row.key: row.take for row in self.model.rows if row.key != KEEP}

    def kept_name(self) -> str:
        """Return the name the merged customer will have."""
        return self._name_of(self.chosen().get("name", self._kept))

    def _compare(self) -> None:
        self._found = self._office.customers.duplicates.compare(self.ids())
        at = max(0, self.table.currentIndex().row())
        rows = self._choices(self._found)
        self.model.set_columns(_columns([self._side(one) for one in self._ids]), rows)
        self.table.go_to(min(at, len(rows) - 1))
        self.without.setVisible(len(self._ids) > _LEAST)
        self._tell()

    def _choices(self, found: Comparison) -> list[Choice]:
        today = self._office.context.today()
        order = [found.sides.index(self._side(one)) for one in self._ids]
        who = tuple(merge_words.identity(self._side(one), today) for one in self._ids)
        return [
            Choice(KEEP, _("留下哪一家"), who, self._kept),
            *(self._choice(row, order) for row in found.fields if row.differs),
        ]

    def _choice(self, row: FieldRow, order: Sequence[int]) -> Choice:
        texts = tuple(merge_words.value(row.key, row.values[at], self._stages) for at in order)
        take = self._picked.get(row.key, row.take)
        return Choice(row.key, merge_words.field(row), texts, take, row.may_both)

    def _tell(self) -> None:
        self.title.setText(_("逐项合并 · {firms}").format(firms=words.firms(len(self._ids))))
        moves = merge_words.moved(self._found) if self._found is not None else ""
        name = self._name_of(self._kept)
        text = _("将移到 {name}：{what}") if moves else _("没有要移的记录，{name} 留下")
        self.told.setText(text.format(name=name, what=moves))

    def _side(self, customer_id: int) -> Side:
        assert self._found is not None
        return next(side for side in self._found.sides if side.id == customer_id)

    def _name_of(self, customer_id: int) -> str:
        return self._side(customer_id).name

    # -- choosing ------------------------------------------------------------------------------

    def _turn(self, right: bool) -> None:
        """Go on to the next customer's value, after the last one to all of them together."""
        row = self._current()
        if row is None:
            return
        ways = [*self._ids, *((BOTH,) if row.may_both else ())]
        at = ways.index(row.take) + (1 if right else -1)
        self._take(row, ways[min(max(at, 0), len(ways) - 1)])

    def _clicked(self, index: QModelIndex) -> None:
        row, at = self._current(), index.column() - 1
        if row is not None and 0 <= at < len(self._ids):
            again = row.may_both and row.take == self._ids[at]
            self._take(row, BOTH if again else self._ids[at])

    def _take(self, row: Choice, take: int) -> None:
        if row.key == KEEP:
            self._kept = take
        else:
            self._picked[row.key] = take
        self._compare()

    def _current(self) -> Choice | None:
        at = self.table.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    # -- menus -----------------------------------------------------------------------------------

    def _fill(self, menu: QMenu, act: Callable[..., None]) -> None:
        menu.clear()
        for one in self._ids:
            menu.addAction(self._name_of(one).replace("&", "&&")).triggered.connect(
                partial(act, one)
            )

    def _drop(self, customer_id: int, _checked: bool = False) -> None:
        self.show_customers([one for one in self._ids if one != customer_id])

    def _open(self, customer_id: int, _checked: bool = False) -> None:
        self.opened.emit(customer_id)


def _columns(sides: Sequence[Side]) -> list[Column[Choice]]:
    def column(at: int, side: Side) -> Column[Choice]:
        def taken(row: Choice) -> bool:
            return row.take in (side.id, BOTH)

        return Column(
            f"side_{at}",
            side.name,
            lambda row: row.texts[at],
            width=230,
            flex=1,
            least=120,
            kind=RADIO,
            own=True,
            value=taken,
            accessible=lambda row: _spoken(row.texts[at], taken(row)),
        )

    first: Column[Choice] = Column("field", N_("字段"), lambda row: row.title, width=120)
    return [first, *(column(at, side) for at, side in enumerate(sides))]


def _spoken(text: str, on: bool) -> str:
    return _("{text}，选中").format(text=text or "—") if on else text or "—"
