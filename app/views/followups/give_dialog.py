"""转交下步: let another person do the open steps of a customer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout

from app.errors import UserError
from app.i18n import _, ngettext
from app.models.values.nextstep import Window
from app.services.followups.drafts import StepView
from app.views.core import labels, undoing
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.forms import is_enter
from app.views.core.page import ViewContext
from app.views.followups import acts, when_words
from app.views.followups.form import give_back_focus, window_of
from app.views.widgets.buttons import Button, CheckBox
from app.views.widgets.staff_picker import StaffPicker
from app.views.widgets.text import Label


class GiveDialog(QDialog):
    """Tick the steps (the earliest is), choose the person, Enter hands them over."""

    def __init__(self, view: ViewContext, name: str, steps: tuple[StepView, ...]) -> None:
        super().__init__(window_of(view))
        theme = themes.current()
        self._view = view
        self.setObjectName("give_dialog")
        self.setWindowTitle(_("转交下步"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(440))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(12))
        rows.setSpacing(theme.px(10))
        rows.addWidget(Label(name, "body_strong", wrap=True))
        moment = acts.moment_of(view)
        self.boxes: list[tuple[int, CheckBox]] = []
        for at, step in enumerate(steps):
            window = Window(step.window_start, step.window_end, step.has_clock)
            plan = labels.of(labels.PLAN_KIND, step.plan_kind)
            words = (when_words.due_words(window, moment), plan, step.what, step.staff)
            box = CheckBox(" · ".join(word for word in words if word))
            box.setObjectName(f"give_step_{at}")
            box.setChecked(at == 0)
            self.boxes.append((step.id, box))
            rows.addWidget(box)
        me = view.office.context.actor.staff_id
        people = [(one.id, one.name) for one in view.office.staff.all(with_left=False)]
        self.who = StaffPicker(
            [one for one in people if one[0] != me] or people, name="give_who", spoken=_("交给")
        )
        rows.addWidget(self.who)
        self.error = ErrorBar()
        rows.addWidget(self.error)
        box_of_buttons = QDialogButtonBox()
        self.go = Button(_("转交"), "primary", key="Enter", name="give_go")
        self.go.clicked.connect(self.give)
        cancel = Button(_("取消"), name="give_cancel")
        cancel.clicked.connect(self.reject)
        box_of_buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        box_of_buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        rows.addWidget(box_of_buttons)
        self.who.setFocus(Qt.FocusReason.OtherFocusReason)

    def give(self) -> None:
        """Hand the ticked steps over."""
        ids = [step_id for step_id, box in self.boxes if box.isChecked()]
        staff_id = self.who.staff_id()
        if not ids or not staff_id:
            return
        try:
            count = self._view.office.followups.give(ids, staff_id)
        except UserError as error:
            self.error.show_error(error)
            return
        words = ngettext("{count} 件已转交给 {who}", "{count} 件已转交给 {who}", count)
        undoing.said(self._view, words.format(count=count, who=self.who.currentText()))
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand over on Enter."""
        if is_enter(event):
            self.give()
        else:
            super().keyPressEvent(event)


def give_steps(view: ViewContext, customer_id: int | None = None) -> GiveDialog | None:
    """Ask to whom the open steps of a customer go; None when there are none."""
    steps = view.office.followups.record(customer_id).open if customer_id else ()
    if not customer_id or not steps:
        view.toast(_("这里没有可以转交的下步"))
        return None
    dialog = GiveDialog(view, view.office.customers.card(customer_id).name, steps)
    give_back_focus(dialog)
    dialog.open()
    return dialog
