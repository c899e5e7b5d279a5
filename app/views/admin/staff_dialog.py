"""Add or change a member of staff."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.errors import UserError
from app.i18n import _
from app.services.staff import StaffDraft, StaffView
from app.views.admin.fields import text_field
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.forms import Form
from app.views.widgets.buttons import Button, Select
from app.views.widgets.date_edit import DateEdit
from app.views.widgets.text import Label

if TYPE_CHECKING:
    from app.views.core.page import ViewContext

_KINDS = ("mobile", "phone", "email", "qq", "wechat")
_SEPARATORS = re.compile(r"[、,，;；\s]+")


class StaffDialog(QDialog):
    """Ask for a person; ``saved`` keeps it and shows here what went wrong."""

    def __init__(
        self, view: ViewContext, person: StaffView | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._person = person
        theme = themes.current()
        self.setObjectName("staff_dialog")
        self.setWindowTitle(_("添加人员") if person is None else person.name)
        self.setMinimumWidth(theme.px(460))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(12))
        rows.setSpacing(theme.px(12))
        self.error = ErrorBar()
        rows.addWidget(self.error)
        self.form = Form(label_width=72)
        self._add_fields()
        rows.addWidget(self.form)
        rows.addWidget(
            Label(
                _("本人号码用来认出采集来的电话、短信、邮件是谁的。"), "small", "text2", wrap=True
            )
        )
        rows.addWidget(self._buttons())
        self._fill()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_fields(self) -> None:
        self.name = text_field("staff_name", _("姓名"), hint=_("例如 周敏"))
        self.team = Select(name="staff_team", spoken=_("部门"))
        self.team.setEditable(True)
        self.team.addItems(["", *(one.name for one in self._view.office.staff.teams())])
        self.post = text_field("staff_post", _("岗位"), hint=_("例如 大客户经理"))
        self.role = Select(
            [(code, labels.of(labels.ROLE, code)) for code in labels.ROLE],
            name="staff_role",
            spoken=_("角色"),
        )
        today = self._view.office.context.today
        self.joined = DateEdit(name="staff_joined", spoken=_("入职"), today=today, past=True)
        self.left_day = DateEdit(name="staff_left", spoken=_("离职"), today=today, past=True)
        self.left_day.setPlaceholderText(_("还在职就空着"))
        self.form.add(_("姓名"), self.name, required=True, check=self._name_problem)
        self.form.add(_("部门"), self.team)
        self.form.add(_("岗位"), self.post)
        self.form.add(_("角色"), self.role)
        self.form.add(_("入职"), self.joined, check=self.joined.problem)
        self.form.add(_("离职"), self.left_day, check=self._left_problem)
        self.addresses = {}
        for kind in _KINDS:
            label = labels.of(labels.CONTACT_KIND, kind)
            field = text_field(f"staff_{kind}", label)
            self.addresses[kind] = field
            self.form.add(label, field)

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        save = Button(_("保存"), "primary", key="Ctrl+Enter", name="staff_save")
        save.setDefault(True)
        save.setShortcut("Ctrl+Return")
        box.addButton(save, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(
            Button(_("取消"), name="staff_cancel"), QDialogButtonBox.ButtonRole.RejectRole
        )
        box.accepted.connect(self.save)
        box.rejected.connect(self.reject)
        return box

    def _fill(self) -> None:
        person = self._person
        if person is None:
            self.joined.set_value(self._view.office.context.today())
            return
        self.name.setText(person.name)
        self.team.setCurrentText(person.team)
        self.post.setText(person.post)
        self.role.set_value(person.role)
        self.joined.set_value(person.joined_on)
        self.left_day.set_value(person.left_on)
        known: dict[str, list[str]] = {}
        for kind, raw in self._view.office.staff.addresses(person.id):
            known.setdefault(kind, []).append(raw)
        for kind, field in self.addresses.items():
            field.setText("、".join(known.get(kind, ())))

    # -- saving ----------------------------------------------------------------------------

    def save(self) -> None:
        """Keep the person, or show here what is wrong."""
        if not self.form.valid():
            return
        self.error.clear()
        try:
            self._keep()
        except UserError as error:
            self.error.show_error(error)
            return
        self.accept()

    def _keep(self) -> None:
        staff = self._view.office.staff
        if self._person is None:
            staff.add(
                StaffDraft(
                    name=self.name.text(),
                    team=self.team.currentText(),
                    post=self.post.text(),
                    role=str(self.role.value()),
                    joined_on=self.joined.value(),
                    left_on=self.left_day.value(),
                    addresses=tuple(self._typed_addresses()),
                )
            )
            return
        staff.change(
            self._person.id,
            team=self.team.currentText(),
            addresses=self._typed_addresses(),
            name=self.name.text().strip(),
            post=self.post.text().strip(),
            role=str(self.role.value()),
            joined_on=self.joined.value(),
            left_on=self.left_day.value(),
        )

    def _typed_addresses(self) -> list[tuple[str, str]]:
        return [
            (kind, one)
            for kind, field in self.addresses.items()
            for one in _SEPARATORS.split(field.text().strip())
            if one
        ]

    def _name_problem(self) -> str:
        name = self.name.text().strip()
        if not name:
            return _("姓名还没填")
        own = self._person.id if self._person is not None else 0
        others = [one for one in self._view.office.staff.all() if one.id != own]
        same = any(one.name == name for one in others)
        return _("已经有一位{name}，加个字区分").format(name=name) if same else ""

    def _left_problem(self) -> str:
        problem = self.left_day.problem()
        joined, left = self.joined.value(), self.left_day.value()
        if not problem and joined and left and left < joined:
            return _("离职不能早于入职")
        return problem
