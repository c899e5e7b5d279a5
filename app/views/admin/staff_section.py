"""人员与角色: who works here, and what each role may do (picture 14)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.i18n import N_, _, translate
from app.services.context import RIGHTS
from app.services.staff import StaffView
from app.views.admin.plain_table import PlainTable
from app.views.admin.section import Section
from app.views.admin.staff_dialog import StaffDialog
from app.views.core import icons, labels
from app.views.core import theme as themes
from app.views.core.page import WidthMode
from app.views.core.start_rights import pages_of
from app.views.core.undoing import said
from app.views.itemmodels.column import Column
from app.views.staff.handover_dialog import hand_over
from app.views.widgets.buttons import Button
from app.views.widgets.card import Card
from app.views.widgets.text import Label

_TONES = {"boss": "accent", "lead": "accent"}
_MAY = (
    ("read", N_("看客户和跟单")),
    ("write", N_("写跟单、改客户")),
    ("money", N_("合同与回款")),
    ("import", N_("导入")),
    ("kpi", N_("看宏观KPI和人员汇总")),
    ("manage", N_("改设置、人员、改负责人")),
)


def columns(numbers: dict[int, str]) -> list[Column[StaffView]]:
    """Return the columns of the staff table; ``numbers`` are own addresses by staff id."""
    return [
        Column("name", N_("姓名"), lambda one: one.name, width=124, kind="person"),
        Column("team", N_("部门"), lambda one: one.team, width=130),
        Column("post", N_("岗位"), lambda one: one.post, width=130),
        Column(
            "role", N_("角色"), lambda one: labels.of(labels.ROLE, one.role), width=96, kind="tag",
            value=lambda one: (labels.of(labels.ROLE, one.role), _TONES.get(one.role, "neutral")),
        ),
        Column(
            "joined_on", N_("入职"),
            lambda one: one.joined_on.isoformat() if one.joined_on else "", width=100,
        ),
        Column(
            "state", N_("状态"), _state, width=134, kind="tag",
            value=lambda one: (_state(one), "outline" if one.left_on else "good"),
        ),
        Column("numbers", N_("本人号码"), lambda one: numbers.get(one.id, ""), width=200),
    ]  # fmt: skip


def _state(one: StaffView) -> str:
    if one.left_on is None:
        return _("在用")
    return _("离职 {day}").format(day=one.left_on.isoformat())


class StaffSection(Section):
    """Show, add and change people; the rights of the roles are fixed in this version."""

    SUBTITLE = N_("同一台电脑上可以换人使用")

    def build(self) -> None:
        """Make the table and the sheet of rights."""
        add = Button(_("添加人员"), "primary", "people", name="staff_add")
        add.clicked.connect(self.add)
        hand = Button(_("离职交接…"), icon="people", name="staff_handover")
        hand.clicked.connect(lambda: hand_over(self.view, None, self))
        self.add_tool(hand)
        self.add_tool(add)
        self._numbers: dict[int, str] = {}
        self.table: PlainTable[StaffView] = PlainTable(
            columns(self._numbers),
            lambda one: one.id,
            name="settings_staff",
            spoken=_("人员"),
            last="numbers",
            prefs=self.view.prefs,
        )
        self.table.opened.connect(self.edit)
        self.body.addWidget(self.table)
        self.body.addWidget(
            Label(_("回车或双击修改。离职的人留着，从前的跟单和业绩还算他的。"), "small", "text2")
        )
        card = Card(_("角色权限"), _("角色决定能看哪些页面、能做哪些事"), name="rights_card")
        card.body.addWidget(_rights())
        self.body.addWidget(card)

    def reload(self) -> None:
        """Show everybody, those who work here first."""
        staff = self.view.office.staff
        self._numbers.clear()
        self._numbers |= {
            staff_id: "、".join(raw for _kind, raw in known)
            for staff_id, known in staff.all_addresses().items()
        }
        people = staff.all()
        self.table.show_rows(sorted(people, key=lambda one: one.left_on is not None))

    def adapt(self, mode: WidthMode) -> None:
        """Leave out what can be read in the dialog."""
        self.table.hide_columns({"post", "numbers", "joined_on"} if mode == "compact" else ())
        self.table.stretch("team" if mode == "compact" else "numbers")

    def focus_first(self) -> None:
        """Put the focus into the table."""
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the table."""
        return (self.table.view,)

    def add(self) -> None:
        """Ask for a new person."""
        dialog = StaffDialog(self.view, None, self)
        if dialog.exec():
            said(self.view, _("已添加 {name}").format(name=dialog.name.text().strip()))
            self.reload()

    def edit(self, person: StaffView | None) -> None:
        """Change a person."""
        if person is None:
            return
        dialog = StaffDialog(self.view, person, self)
        if dialog.exec():
            said(self.view, _("已改 {name}").format(name=dialog.name.text().strip()))
            self.reload()


def _rights() -> QWidget:
    theme = themes.current()
    place = QWidget()
    grid = QGridLayout(place)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(theme.px(8))
    grid.setColumnMinimumWidth(0, theme.px(120))
    grid.setColumnStretch(0, 2)
    middle = Qt.AlignmentFlag.AlignCenter
    for at, role in enumerate(labels.ROLE, start=1):
        grid.setColumnMinimumWidth(at, theme.px(64))
        grid.setColumnStretch(at, 1)
        head = Label(labels.of(labels.ROLE, role), "small_strong", "text2")
        grid.addWidget(head, 0, at, middle)
    for row, (right, words) in enumerate(_MAY, start=1):
        grid.addWidget(Label(translate(words), wrap=True), row, 0)
        for at, role in enumerate(labels.ROLE, start=1):
            grid.addWidget(_mark(role, right, translate(words)), row, at, middle)
    grid.setColumnStretch(len(labels.ROLE) + 1, 3)
    return place


def _mark(role: str, right: str, words: str) -> Label:
    may = pages_of(role) is None if right == "kpi" else right in RIGHTS[role]
    mark = Label("" if may else "—", "body", "text3")
    if may:
        mark.setPixmap(icons.pixmap("checkmark", 16, "good"))
    yes = _("{role}可以{what}") if may else _("{role}不能{what}")
    mark.setAccessibleName(yes.format(role=labels.of(labels.ROLE, role), what=words))
    return mark
