"""The first line of 写跟单: who it is about, the last contact, and the step it completes."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QMenu, QSizePolicy, QWidget

from app.i18n import _
from app.models.values.nextstep import Window
from app.services.followups.drafts import StepView
from app.services.followups.moment import Moment
from app.services.office import Office
from app.views.core import icons, labels
from app.views.core import theme as themes
from app.views.followups import entry_words, when_words
from app.views.followups.subject import Subject
from app.views.widgets.badges import Tag, ValueBadge
from app.views.widgets.customer_picker import CustomerPicker
from app.views.widgets.text import ElidedLabel, Label, set_tip

_WIDE = 280


class _WhoButton(QAbstractButton):
    """Show customer and contact like a drop-down field."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("subject_button")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str) -> None:
        """Show a customer and a contact."""
        self.setText(words)
        self.setAccessibleName(_("客户 {name}，按下可换").format(name=words))
        set_tip(self, words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a field."""
        theme = themes.current()
        return QSize(theme.px(_WIDE), theme.size("field"))

    def minimumSizeHint(self) -> QSize:
        """Shrink before the rest is cut."""
        theme = themes.current()
        return QSize(theme.px(140), theme.size("field"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw outline, building, words and mark."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(theme.pen("control"))
        painter.setBrush(theme.brush("hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(frame, theme.px(4), theme.px(4))
        icons.paint(painter, QRectF(theme.px(7), 0, theme.px(18), self.height()), "building")
        right = QRectF(self.width() - theme.px(24), 0, theme.px(18), self.height())
        icons.paint(painter, right, "chevron_down", "text2", 14)
        room = self.width() - theme.px(30 + 28)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text"))
        words = QFontMetrics(theme.font("body")).elidedText(
            self.text(), Qt.TextElideMode.ElideMiddle, room
        )
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(theme.px(30), 0, room + 2, self.height()), flags, words)


class StepLink(QAbstractButton):
    """Show the step that this follow-up completes; press it to leave the step open."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setObjectName("step_link")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_tip(self, _("打勾：保存后这件事算办完。按空格可以不算。"))

    def show_step(self, step: StepView, moment: Moment) -> None:
        """Show plan and time of a step."""
        window = Window(step.window_start, step.window_end, step.has_clock)
        plan = labels.of(labels.PLAN_KIND, step.plan_kind) or step.what[:12]
        due = when_words.due_words(window, moment)
        self.setText(" · ".join(part for part in (plan, due) if part))
        self.setAccessibleName(_("完成事务 {step}").format(step=self.text()))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of sign and words."""
        theme = themes.current()
        wide = QFontMetrics(theme.font("small")).horizontalAdvance(self.text())
        return QSize(wide + theme.px(34), theme.size("tag"))

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a tag with a check when it is on."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen if on else theme.pen("control"))
        painter.setBrush(theme.brush("neutral") if on else Qt.BrushStyle.NoBrush)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.px(3), theme.px(3))
        sign = QRectF(theme.px(6), 0, theme.px(14), self.height())
        icons.paint(painter, sign, "checkmark" if on else "plus", "text2" if on else "text3", 12)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text2" if on else "text3"))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(theme.px(24), 0, 0, 0), flags, self.text())


class SubjectLine(QFrame):
    """Choose customer and contact; ``picked(customer_id)`` comes when another one is wanted."""

    picked = Signal(object)
    changed = Signal()

    def __init__(
        self, office: Office, *, with_step: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._with_step = with_step
        theme = themes.current()
        self.setProperty("band", "below")
        self.setObjectName("subject_line")
        self.setFixedHeight(theme.px(44))
        self._subject: Subject | None = None
        self.contact_id = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        row.setSpacing(theme.px(8))
        self.field = CustomerPicker(office.customers.search, name="subject_field")
        self.field.setFixedWidth(theme.px(_WIDE))
        self.field.changed.connect(self._picked)
        self.who = _WhoButton()
        self.who.clicked.connect(self._open_menu)
        self.badge = ValueBadge()
        self.stage = Tag()
        self.last = ElidedLabel("", "small", "text2")
        self.done = Label(_("完成事务"), "small", "text2")
        self.link = StepLink()
        self.link.toggled.connect(lambda _on: self.changed.emit())
        for widget in (self.field, self.who, self.badge, self.stage):
            row.addWidget(widget)
        row.addWidget(self.last, 1)
        row.addWidget(self.done)
        row.addWidget(self.link)
        self.show_subject(None)

    def show_subject(self, subject: Subject | None, moment: Moment | None = None) -> None:
        """Show a customer, or the search field for None."""
        self._subject = subject
        self.field.setVisible(subject is None)
        for widget in (self.who, self.badge, self.stage):
            widget.setVisible(subject is not None)
        step = subject.step if subject is not None and self._with_step else None
        self.done.setVisible(step is not None)
        self.link.setVisible(step is not None)
        if subject is None or moment is None:
            self.last.setText(_("先选一家客户"))
            return
        card = subject.card
        contact = subject.contact(0)
        self.contact_id = contact.id if contact is not None else 0
        self._show_who()
        self.badge.set(card.quality, card.grade)
        stage = next((one.name for one in card.stages if one.position == card.stage_position), "")
        self.stage.set(_("{stage}阶段").format(stage=stage), "accent")
        self.stage.setVisible(bool(stage))
        self.last.setText(_last_words(subject, moment))
        if step is not None:
            self.link.show_step(step, moment)
            self.link.setChecked(subject.linked)

    def set_contact(self, contact_id: int) -> None:
        """Choose a contact when the customer has it."""
        contact = self._subject.contact(contact_id) if self._subject is not None else None
        if contact is not None:
            self.contact_id = contact.id
            self._show_who()

    def step_id(self) -> int:
        """Return the step to complete, 0 for none."""
        step = self._subject.step if self._subject is not None else None
        return step.id if step is not None and self.link.isChecked() else 0

    def ask(self) -> None:
        """Show the search field to choose another customer."""
        self.field.set_customer(None)
        self.show_subject(None)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _picked(self, customer_id: object) -> None:
        if isinstance(customer_id, int):
            self.picked.emit(customer_id)

    def _show_who(self) -> None:
        assert self._subject is not None
        contact = self._subject.contact(self.contact_id)
        parts = (self._subject.name, contact.name if contact is not None else "")
        self.who.show_words(" · ".join(part for part in parts if part))

    def _open_menu(self) -> None:
        if self._subject is None:
            return
        menu = QMenu(self.who)
        group = QActionGroup(menu)
        for contact in self._subject.card.contacts:
            words = " · ".join(part for part in (contact.name, contact.title) if part)
            action = menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(contact.id == self.contact_id)
            group.addAction(action)
            action.triggered.connect(lambda _on, one=contact.id: self._choose(one))
        menu.addSeparator()
        menu.addAction(_("换一家客户…")).triggered.connect(self.ask)
        menu.popup(self.who.mapToGlobal(self.who.rect().bottomLeft()))

    def _choose(self, contact_id: int) -> None:
        self.set_contact(contact_id)
        self.changed.emit()


def _last_words(subject: Subject, moment: Moment) -> str:
    if subject.last is None:
        return _("第一次跟单")
    ago = when_words.ago(subject.last.at, moment)
    return _("上次：{contact}").format(contact=entry_words.last_contact(subject.last, ago))
