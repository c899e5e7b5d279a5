"""下一家: the customer that presses most, with its reasons, one key away (Ctrl+G)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QVBoxLayout

from app.i18n import _, ngettext
from app.models.values.nextstep.best import Reason
from app.services.followups.chains import BestNext, ChainHealth
from app.services.followups.moment import Moment
from app.services.lists import Condition
from app.views.core import format as formats
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.forms import is_enter
from app.views.core.page import ViewContext
from app.views.core.runner import run_job
from app.views.followups import acts, when_words
from app.views.followups.form import give_back_focus, window_of
from app.views.widgets.buttons import Button
from app.views.widgets.text import Label


class NextBestDialog(QDialog):
    """Show one customer and why; Enter writes, N goes on to the next one, B shows the list."""

    def __init__(self, view: ViewContext) -> None:
        super().__init__(window_of(view))
        theme = themes.current()
        self.view = view
        self.best: BestNext | None = None
        self._skipped: list[int] = []
        self._staff_id = view.office.context.actor.staff_id
        self.setObjectName("next_best")
        self.setWindowTitle(_("下一家"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(theme.px(520))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        body = QVBoxLayout()
        body.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(14))
        body.setSpacing(theme.px(8))
        self.name = Label("", "section", wrap=True)
        self.value = Label("", "small", "text2", wrap=True)
        self.reasons = Label("", "body", wrap=True)
        self.reasons.setObjectName("next_best_reasons")
        self.plan = Label("", "small", "text2", wrap=True)
        self.health = Label("", "caption", "text2", wrap=True)
        self.health.setObjectName("chain_health")
        for label in (self.name, self.value, self.reasons, self.plan, self.health):
            body.addWidget(label)
        rows.addLayout(body, 1)
        rows.addWidget(self._footer())
        self.look()

    def _footer(self) -> QFrame:
        theme = themes.current()
        footer = QFrame()
        footer.setProperty("band", "footer")
        rows = QVBoxLayout(footer)
        rows.setContentsMargins(theme.px(16), theme.px(9), theme.px(16), theme.px(9))
        box = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.write = Button(_("写跟单"), "primary", "edit", key="Enter", name="best_write")
        self.write.clicked.connect(self.write_line)
        self.open_card = Button(_("打开客户"), key="O", name="best_open")
        self.open_card.clicked.connect(self.open_customer)
        self.other = Button(_("换一家"), key="N", name="best_other")
        self.other.clicked.connect(self.skip)
        self.broken = Button(_("断链客户"), key="B", name="best_broken")
        self.broken.clicked.connect(self.show_broken)
        box.addButton(self.write, role.AcceptRole)
        for button in (self.other, self.open_card, self.broken):
            box.addButton(button, role.ActionRole)
        rows.addWidget(box)
        return footer

    # -- reading -----------------------------------------------------------------------------

    def look(self) -> None:
        """Look behind the window for the customer that presses most."""
        followups, staff_id = self.view.office.followups, self._staff_id
        skipped = tuple(self._skipped)
        run_job(
            self,
            lambda _progress: (
                followups.best_next(staff_id, skipped), followups.chain_health(staff_id)
            ),
            self._show,
            title=_("找下一家"),
        )  # fmt: skip

    def _show(self, found: tuple[BestNext | None, ChainHealth]) -> None:
        self.best, health = found
        best = self.best
        for button in (self.write, self.open_card, self.other):
            button.setEnabled(best is not None)
        self.broken.setEnabled(health.broken > 0)
        self.health.setText(health_words(health))
        if best is None:
            self.name.setText(_("没有急着要跟的客户"))
            for label in (self.value, self.reasons, self.plan):
                label.setText("")
        else:
            self._show_best(best)
        self.setAccessibleDescription(f"{self.name.text()}，{self.reasons.text()}")
        self.adjustSize()
        self.write.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_best(self, best: BestNext) -> None:
        value = labels.value(best.quality, best.grade)
        money = formats.money_marked(best.expected_fen) if best.expected_fen else ""
        moment = acts.moment_of(self.view)
        self.name.setText(" · ".join(part for part in (best.name, best.contact) if part))
        self.value.setText(" · ".join(part for part in (value, money) if part))
        words = [reason_words(reason, n, moment) for reason, n in best.pressing.reasons]
        self.reasons.setText(_("因为：{reasons}").format(reasons="，".join(words)))
        plan = labels.of(labels.PLAN_KIND, best.plan_kind)
        self.plan.setText(" ".join(part for part in (plan, best.what) if part))

    # -- acts ----------------------------------------------------------------------------------

    def write_line(self) -> None:
        """Write a follow-up for the customer."""
        from app.views.followups.quick_line import write_line

        if self.best is not None:
            view, customer_id = self.view, self.best.customer_id
            self.accept()
            write_line(view, customer_id)

    def open_customer(self) -> None:
        """Open the customer."""
        if self.best is not None:
            self.accept()
            self.view.navigate("customer", customer_id=self.best.customer_id)

    def skip(self) -> None:
        """Look at the next one instead."""
        if self.best is not None:
            self._skipped.append(self.best.customer_id)
            self.look()

    def show_broken(self) -> None:
        """Show the customers without an open step."""
        self.accept()
        show_broken_chains(self.view)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act by Enter and by single letters."""
        acts_by_key = {
            Qt.Key.Key_N: self.skip, Qt.Key.Key_O: self.open_customer,
            Qt.Key.Key_B: self.show_broken,
        }  # fmt: skip
        key = Qt.Key(event.key())
        if is_enter(event):
            self.write_line()
        elif key in acts_by_key and not event.modifiers():
            acts_by_key[key]()
        else:
            super().keyPressEvent(event)


def reason_words(reason: Reason, number: int, moment: Moment) -> str:
    """Return one reason in words: 逾期 3 天, 今天 15:00 约好, 12 天没联系."""
    if reason is Reason.appointment:
        return _("约在 {when}").format(when=when_words.moment_words(number, moment))
    if reason is Reason.overdue:
        if number < 1:
            return _("刚逾期")
        return ngettext("逾期 {count} 天", "逾期 {count} 天", number).format(count=number)
    if reason is Reason.silent:
        words = ngettext("{count} 天没联系", "{count} 天没联系", number)
        return words.format(count=number)
    if reason is Reason.signing:
        return _signing_words(number)
    return {Reason.due: _("下步现在可做"), Reason.broken: _("没有下步，链断了")}[reason]


def _signing_words(days: int) -> str:
    if days < 0:
        words = ngettext("预计签约日过了 {count} 天", "预计签约日过了 {count} 天", -days)
        return words.format(count=-days)
    if not days:
        return _("预计今天签约")
    return ngettext("{count} 天后预计签约", "{count} 天后预计签约", days).format(count=days)


def health_words(health: ChainHealth) -> str:
    """Return 跟单链健康 86%：在跟 120 家，断链 12 家，只剩逾期 5 家."""
    return _("跟单链健康 {share}：在跟 {live} 家，断链 {broken} 家，只剩逾期 {overdue} 家").format(
        share=formats.percent(health.share),
        live=formats.count(health.live),
        broken=formats.count(health.broken),
        overdue=formats.count(health.overdue),
    )


def show_broken_chains(view: ViewContext, _customer_id: int | None = None) -> None:
    """Show the live customers of this person without an open step; Ctrl+T there plans one."""
    where = [Condition("life", "is_not", ("churned",)), Condition("next", "is", ("none",))]
    staff_id = view.office.context.actor.staff_id
    if staff_id:
        where.append(Condition("owner", "is", (str(staff_id),)))
    view.navigate("customers", where=tuple(where))


def show_next_best(view: ViewContext, _customer_id: int | None = None) -> NextBestDialog:
    """Show the customer that presses most and why."""
    dialog = NextBestDialog(view)
    give_back_focus(dialog)
    dialog.open()
    return dialog
