"""The editor of a sequence: its steps in order, each saved edit a version of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.i18n import _, translate
from app.models.values.sequences import StepRule
from app.services.sequences.drafts import SequenceDraft, SequenceView, VersionDraft
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.page import ViewContext
from app.views.core.undoing import said as told
from app.views.customers.surface import on_surface
from app.views.sequences import words as said
from app.views.sequences.head_form import HeadForm
from app.views.sequences.step_form import StepForm
from app.views.widgets.buttons import Button, Select, icon_button
from app.views.widgets.text import Label

_WIDTH, _HEIGHT, _LIST = 900, 640, 240


@dataclass(frozen=True, slots=True)
class Editing:
    """What is edited: a sequence (None is a new one), the wording to begin with, trial or not."""

    sequence: SequenceView | None
    draft: VersionDraft
    trial: bool = False


class SequenceEditor(QDialog):
    """Edit a wording; Alt with the arrows moves a step, Insert adds and Delete removes one."""

    def __init__(self, view: ViewContext, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._view, self._editing = view, editing
        self.steps: list[StepRule] = list(editing.draft.steps)
        self._at = -1
        self.setObjectName("sequence_editor")
        self.setWindowTitle(self._title())
        self.resize(theme.px(_WIDTH), theme.px(_HEIGHT))
        office = view.office
        self.head = HeadForm(
            (
                [one.label for one in office.admin.choices("industry")],
                [one.label for one in office.admin.choices("source")],
                office.admin.stage_names(),
            )
        )
        self.step = StepForm([(one.id, one.label) for one in office.features.fields()])
        self.step.renamed.connect(self._rename)
        self.list = QListWidget()
        self.list.setObjectName("sequence_step_list")
        self.list.setAccessibleName(_("步骤"))
        self.list.currentRowChanged.connect(self._choose)
        self._lay_out()
        self._add_keys()
        self._show_draft(editing.draft)
        here = editing.sequence
        self.head.title.setText(here.name if here else "")
        self.head.auto.setChecked(bool(here and here.auto))
        self.list.setCurrentRow(0 if here is None else 1)
        (self.list if here else self.head.title).setFocus()

    def _title(self) -> str:
        here = self._editing.sequence
        if here is None:
            return _("新建动作序列")
        text = _("试行新版本：{name}") if self._editing.trial else _("编辑标准序列：{name}")
        return text.format(name=here.name)

    def _lay_out(self) -> None:
        theme = themes.current()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        middle = QHBoxLayout()
        middle.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        middle.setSpacing(theme.px(12))
        left = QVBoxLayout()
        self.list.setFixedWidth(theme.px(_LIST))
        left.addWidget(self.list, 1)
        left.addLayout(self._list_buttons())
        middle.addLayout(left)
        self.forms = QStackedWidget()
        self.forms.addWidget(on_surface(self.head, "sequence_head"))
        self.forms.addWidget(on_surface(self.step, "sequence_step"))
        middle.addWidget(self.forms, 1)
        rows.addLayout(middle, 1)
        self.error_bar = ErrorBar()
        rows.addWidget(self.error_bar)
        rows.addWidget(self._footer())

    def _list_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for icon, text, name, act in (
            ("plus", _("加一步 (Insert)"), "step_add", self.add_step),
            ("arrow_up", _("上移 (Alt+↑)"), "step_up", lambda: self.move_step(-1)),
            ("arrow_down", _("下移 (Alt+↓)"), "step_down", lambda: self.move_step(1)),
            ("trash", _("删掉这一步 (Delete)"), "step_remove", self.remove_step),
        ):
            button = icon_button(icon, text, "default", name=name)
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _footer(self) -> QFrame:
        theme = themes.current()
        footer = QFrame()
        footer.setProperty("band", "footer")
        footer.setFixedHeight(theme.size("dialog_footer"))
        row = QHBoxLayout(footer)
        row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        row.setSpacing(theme.px(8))
        self.version = Select(name="sequence_version", spoken=_("从哪一版改起"))
        here = self._editing.sequence
        self._versions = self._view.office.sequences.versions(here.id) if here else []
        self.version.set_choices(
            [
                (
                    at,
                    _("第 {number} 版 {role} {note}")
                    .format(number=one.number, role=translate(said.ROLE[one.role]), note=one.note)
                    .strip(),
                )
                for at, one in enumerate(self._versions)
            ]
        )
        self.version.activated.connect(lambda _row: self._load_version())
        self.version.setVisible(bool(self._versions))
        row.addWidget(self.version)
        row.addWidget(Label(self._promise(), "small", "text2"), 1)
        save = Button(_("存为试行版") if self._editing.trial else _("保存"), "primary",
                      key="Ctrl+Enter", name="sequence_save")  # fmt: skip
        save.clicked.connect(self.save)
        cancel = Button(_("取消"), name="sequence_cancel")
        cancel.clicked.connect(self.reject)
        for button in (cancel, save):
            button.setAutoDefault(False)
            row.addWidget(button)
        return footer

    def _promise(self) -> str:
        if self._editing.sequence is None:
            return ""
        if self._editing.trial:
            return _("今后加入的客户，现行和试行各一半")
        return _("存成新版本；正在走的客户仍按原来的版本")

    def _add_keys(self) -> None:
        for key, act in (
            ("Ctrl+Return", self.save),
            ("Ctrl+Enter", self.save),
            ("Alt+Up", lambda: self.move_step(-1)),
            ("Alt+Down", lambda: self.move_step(1)),
        ):
            QShortcut(QKeySequence(key), self, act)
        for key, act in (("Ins", self.add_step), ("Del", self.remove_step)):
            shortcut = QShortcut(QKeySequence(key), self.list, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)

    # -- the list ---------------------------------------------------------------------------------

    def _show_draft(self, draft: VersionDraft) -> None:
        self._at = -1
        self.steps = list(draft.steps)
        self.head.show_draft(draft)
        self._fill(1)

    def _fill(self, current: int) -> None:
        """Fill the list anew and choose a row, without reading the form back."""
        self._at = -1
        self.list.clear()
        self.list.addItem(_("适用条件与名称"))
        for place, rule in enumerate(self.steps, 1):
            self.list.addItem(_line(place, rule))
        self.list.setCurrentRow(min(current, self.list.count() - 1))

    def _keep(self) -> None:
        """Take the step that is shown back into the list of steps."""
        if 0 < self._at <= len(self.steps):
            self.steps[self._at - 1] = self.step.rule()
            if self._at < self.list.count():
                self.list.item(self._at).setText(_line(self._at, self.steps[self._at - 1]))

    def _choose(self, row: int) -> None:
        self._keep()
        self._at = row
        self.forms.setCurrentIndex(1 if row > 0 else 0)
        if 0 < row <= len(self.steps):
            self.step.show_rule(self.steps[row - 1])

    def _rename(self, name: str) -> None:
        if self._at > 0:
            self.list.item(self._at).setText(_line(self._at, replace(self.step.rule(), name=name)))

    def add_step(self) -> None:
        """Add a step below the chosen one and go to its name."""
        self._keep()
        at = max(self._at, 0)
        self.steps.insert(at, StepRule("", "phone"))
        self._fill(at + 1)
        self.step.title.setFocus()

    def remove_step(self) -> None:
        """Take the chosen step away."""
        at = self._at
        if 0 < at <= len(self.steps):
            del self.steps[at - 1]
            self._fill(min(at, len(self.steps)))

    def move_step(self, by: int) -> None:
        """Move the chosen step up or down."""
        self._keep()
        here, there = self._at - 1, self._at - 1 + by
        if here >= 0 and 0 <= there < len(self.steps):
            self.steps[here], self.steps[there] = self.steps[there], self.steps[here]
            self._fill(there + 1)

    def _load_version(self) -> None:
        at = self.version.value()
        if isinstance(at, int):
            self._show_draft(self._versions[at].draft())

    # -- saving --------------------------------------------------------------------------------

    def draft(self) -> VersionDraft:
        """Return the wording as typed."""
        self._keep()
        return VersionDraft(
            tuple(self.steps),
            self.head.applies(),
            self.head.window_days(),
            self.head.note.text(),
        )

    def save(self) -> None:
        """Keep the wording and close; what is wrong is told and stays open."""
        try:
            words = self._save(self.draft())
        except UserError as error:
            self.error_bar.show_error(error, self.save)
            return
        told(self._view, words)
        self.accept()

    def _save(self, draft: VersionDraft) -> str:
        sequences, here = self._view.office.sequences, self._editing.sequence
        name, auto = self.head.title.text(), self.head.auto.isChecked()
        if here is None:
            sequences.add(SequenceDraft(name, draft, auto=auto))
            return _("已建立动作序列「{name}」").format(name=name.strip())
        if self._editing.trial:
            sequences.try_version(here.id, draft)
            return _("已开始试行，今后加入的客户各走一半")
        before = here.current.id
        saved = sequences.save(here.id, draft, name=name, auto=auto)
        return _("没有改动") if saved == before else _("已存成新版本")


def _line(place: int, rule: StepRule) -> str:
    mark = "" if rule.must else _("（选做）")
    return f"{place}  {rule.name or '…'} · {said.deed(rule.deed)}{mark}"
