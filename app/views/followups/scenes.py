"""States of Today worth a picture; nothing of them is kept in the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from app.i18n import _
from app.models.values.nextstep import Bucket, PlanKind
from app.views.core import labels
from app.views.core import theme as themes
from app.views.followups.clock_select import words_of
from app.views.followups.followup_form import HEIGHT, WIDTH, FollowupForm
from app.views.followups.form import write_followup
from app.views.followups.postpone_popup import PostponePopup
from app.views.followups.today_page import TodayPage

if TYPE_CHECKING:
    from app.views.core.shell import Shell


def _today(shell: Shell) -> TodayPage:
    shell.navigate("today")
    QApplication.processEvents()
    page = shell.page()
    assert isinstance(page, TodayPage)
    page.list.choose_first()
    return page


def followup(shell: Shell) -> QWidget:
    """Open 写跟单 for the first step of Today with something typed."""
    page = _today(shell)
    page.acts.complete()
    form = shell.findChild(FollowupForm) or write_followup(page.view, None)
    if form is None:
        return shell
    theme = themes.current()
    form.resize(theme.px(WIDTH), theme.px(HEIGHT))
    plan = labels.of(labels.PLAN_KIND, PlanKind.counter_rival)
    words = _("对方同意来看样机，主要担心双工位节拍，对手报 43万。")
    form.happened.entry.set_text(f"{words}/{words_of(Bucket.next_week)} /{plan} ")
    form.draft.saved()
    # the footer says so after a second, but nothing of this is kept in the book
    form.draft.kept.emit(page.view.office.context.now())
    return form


def postpone(shell: Shell) -> QWidget:
    """Open the 顺延 pop-up under the first step of Today."""
    page = _today(shell)
    page.acts.postpone()
    return page.findChild(PostponePopup) or shell


def quick_line(shell: Shell) -> QWidget:
    """Open 一行快记 for the customer of the first step with a line typed."""
    from app.views.followups.quick_line import write_line

    page = _today(shell)
    dialog = write_line(page.view, page.current_customer())
    if dialog is None:
        return shell
    plan = labels.of(labels.PLAN_KIND, PlanKind.counter_rival)
    words, what = _("微信 对方同意看样机 大单46万 月底签"), _("带节拍实测视频")
    dialog.field.setText(f"{words} /{words_of(Bucket.next_week)} /{plan} {what}")
    dialog.draft.saved()
    return dialog
