"""The step of the industry template: a list, and what each brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import N_, _
from app.views.admin.first_run_step import Answers, Step
from app.views.admin.side_list import SideList
from app.views.core import labels
from app.views.core import theme as themes
from app.views.widgets.badges import Tag
from app.views.widgets.card import Card
from app.views.widgets.text import ElidedLabel, Label

if TYPE_CHECKING:
    from app.services.admin import Template

_NONE = ""


class FieldsPreview(Card):
    """Show the fields that a template brings."""

    def __init__(self) -> None:
        super().__init__(_("会带来的业务特征"), _("随时能改、能停用"), name="template_preview")
        self._place: QWidget | None = None
        self.body.addStretch(1)

    def show_template(self, template: Template | None) -> None:
        """List name, type and options of each field."""
        if self._place is not None:
            self.body.removeWidget(self._place)
            self._place.hide()
            self._place.deleteLater()
        self._place = self._list(template) if template is not None else self._nothing()
        self.body.insertWidget(0, self._place)

    def _nothing(self) -> QWidget:
        return Label(_("先不带，以后在设置里自己加。"), "small", "text2", wrap=True)

    def _list(self, template: Template) -> QWidget:
        theme = themes.current()
        place = QWidget()
        grid = QGridLayout(place)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(8))
        grid.setColumnStretch(2, 1)
        for row, field in enumerate(template.fields):
            grid.addWidget(Label(field.label, "body"), row, 0)
            grid.addWidget(Tag(labels.of(labels.FIELD_TYPE, field.type)), row, 1)
            rest = " / ".join(field.options) or field.unit
            grid.addWidget(ElidedLabel(rest, "small", "text2"), row, 2)
            if field.required:
                grid.addWidget(Tag(_("必填"), "warn"), row, 3)
        return place


class TemplateStep(Step):
    """Choose what the office wants to know about its customers."""

    TITLE = N_("行业模板")
    QUESTION = N_("做哪一行，想了解客户的什么")
    HELP = N_("模板只是个开头：几条销售跟单时要问到的业务特征。")
    MINUTES = 2

    def __init__(self, answers: Answers) -> None:
        super().__init__(answers)
        theme = themes.current()
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        frame = QFrame()
        frame.setProperty("card", "true")
        frame.setFixedWidth(theme.px(200))
        around = QVBoxLayout(frame)
        around.setContentsMargins(1, theme.px(8), 1, theme.px(8))
        self.list = SideList(name="template_list", spoken=_("行业模板"))
        self.list.chosen.connect(self._show)
        around.addWidget(self.list)
        self.preview = FieldsPreview()
        row.addWidget(frame)
        row.addWidget(self.preview, 1)
        self.body.addLayout(row)

    def arrive(self) -> None:
        """Fill the list, which was read meanwhile."""
        if self.list.count() > 1:
            return
        rows = [(one.code, one.name, "") for one in self.answers.templates]
        self.list.set_choices([*rows, (_NONE, _("不用模板"), "")])
        self.list.setFixedHeight(themes.current().px(30) * self.list.count() + 2)
        wanted = self.answers.template
        self.list.set_value(wanted if wanted is not None else next(iter(rows), (_NONE,))[0])
        self._show(self.list.value())

    def keep(self) -> None:
        """Keep the code of the template."""
        if self.list.count():
            self.answers.template = self.list.value()

    def skip(self) -> None:
        """Bring no template."""
        self.list.set_value(_NONE)

    def focus_first(self) -> None:
        """Put the focus into the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, code: str) -> None:
        found = (one for one in self.answers.templates if one.code == code)
        self.preview.show_template(next(found, None))
