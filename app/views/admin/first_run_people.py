"""The step of company and people: a small table that is typed through."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from app.i18n import N_, _
from app.views.admin.fields import text_field
from app.views.admin.first_run_step import Answers, Person, Step
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.forms import ErrorLine, Form
from app.views.widgets.buttons import Button, Select, icon_button
from app.views.widgets.text import Label

_FIELDS = 340


class PeopleTable(QWidget):
    """Type names, teams and roles; the first row is oneself, Enter goes on to the next cell."""

    def __init__(self, people: list[Person], form: Form) -> None:
        super().__init__()
        theme = themes.current()
        self._form = form
        self._rows: list[tuple[QLineEdit, QLineEdit, Select, Button]] = []
        self.setObjectName("people_table")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(6))
        for column, (words, stretch) in enumerate(((_("姓名"), 3), (_("部门"), 3), (_("角色"), 2))):
            self._grid.addWidget(Label(words, "small", "text2"), 0, column)
            self._grid.setColumnStretch(column, stretch)
        for person in people:
            self.add(person)

    def add_empty(self) -> None:
        """Add an empty row of the same team and go there."""
        self.add(Person(team=self._rows[-1][1].text()))
        self._rows[-1][0].show()
        self._rows[-1][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self, shown: Person) -> None:
        """Add a row."""
        at = len(self._rows) + 1
        name = text_field(f"person_name_{at}", _("第 {row} 人的姓名").format(row=at), shown.name)
        name.setPlaceholderText(_("您的姓名") if at == 1 else _("例如 周敏"))
        team = text_field(f"person_team_{at}", _("第 {row} 人的部门").format(row=at), shown.team)
        team.setPlaceholderText(_("例如 销售一部"))
        role = Select(
            [(code, labels.of(labels.ROLE, code)) for code in labels.ROLE],
            name=f"person_role_{at}",
            spoken=_("第 {row} 人的角色").format(row=at),
        )
        role.set_value(shown.role)
        drop = icon_button("close", _("去掉这一行"), name=f"person_drop_{at}", height=24)
        drop.clicked.connect(lambda: self._drop(name))
        row = (name, team, role, drop)
        self._rows.append(row)
        for column, widget in enumerate(row):
            self._grid.addWidget(widget, at, column)
            self._form.enter.watch(widget)
        drop.setVisible(at > 1)

    def people(self) -> list[Person]:
        """Return the rows that have a name."""
        rows = [
            Person(name.text().strip(), team.text().strip(), str(role.value()))
            for name, team, role, _drop in self._rows
        ]
        return [person for person in rows if person.name]

    def problem(self) -> str:
        """Return what is wrong, empty when nothing is."""
        people = self.people()
        names = [person.name for person in people]
        twice = next((name for name in names if names.count(name) > 1), "")
        if twice:
            return _("{name} 出现了两次，加个字区分").format(name=twice)
        if people and not any(person.role == "boss" for person in people):
            return _("至少要有一位管理者")
        return "" if people else _("先填您自己的姓名")

    def focus_first(self) -> None:
        """Put the focus into the first name."""
        self._rows[0][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self, name: QLineEdit) -> None:
        row = next(row for row in self._rows if row[0] is name)
        self._rows.remove(row)
        for widget in row:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._rows[-1][0].setFocus(Qt.FocusReason.OtherFocusReason)


class PeopleStep(Step):
    """Ask for the company and who works in it."""

    TITLE = N_("公司与人员")
    QUESTION = N_("公司叫什么，谁来用")
    HELP = N_("先写您自己就行，其他人随时能加。")
    MINUTES = 4

    def __init__(self, answers: Answers) -> None:
        super().__init__(answers)
        theme = themes.current()
        form = Form(labels_above=True)
        self.company = text_field("company", _("公司名称"), answers.company)
        self.company.setPlaceholderText(_("例如 苏南自动化设备有限公司"))
        self.company.setMaximumWidth(theme.px(_FIELDS))
        form.add(_("公司名称"), self.company)
        self.body.addWidget(form)
        self.body.addWidget(Label(_("人员"), "body_strong"))
        self.table = PeopleTable(answers.people, form)
        self.body.addWidget(self.table)
        self._wrong = ErrorLine()
        self.body.addWidget(self._wrong)
        row = QHBoxLayout()
        more = Button(_("再加一人"), icon="plus", name="person_add")
        more.clicked.connect(self.table.add_empty)
        row.addWidget(more)
        row.addWidget(Label(_("同一台电脑上可以换人使用"), "small", "text2"))
        row.addStretch(1)
        self.body.addLayout(row)

    def check(self) -> bool:
        """Check the table."""
        wrong = self.table.problem()
        self._wrong.say(wrong)
        if wrong:
            self.table.focus_first()
        return not wrong

    def problem_text(self) -> str:
        """Return what is said to be wrong."""
        return self._wrong.text()

    def keep(self) -> None:
        """Keep company and people."""
        self.answers.company = self.company.text().strip()
        self.answers.people = self.table.people() or [Person(role="boss")]

    def focus_first(self) -> None:
        """Put the focus into the company's name."""
        self.company.setFocus(Qt.FocusReason.OtherFocusReason)
