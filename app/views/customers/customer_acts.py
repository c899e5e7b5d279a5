"""What is done to the customer of a page: stage, owner, giving up, coming back, deleting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from app.errors import UserError
from app.i18n import _
from app.views.admin.bin_acts import ask_deletion
from app.views.core.change_history import show_customer
from app.views.core.errors import show_error
from app.views.core.undoing import said
from app.views.customers import owner_dialog
from app.views.customers.churn_dialog import ChurnDialog
from app.views.customers.tag_dialog import TagDialog
from app.views.lists.name_dialog import ask_name
from app.views.widgets.text import copy_text

if TYPE_CHECKING:
    from app.views.customers.customer_page import CustomerPage
    from app.views.customers.merge_into import TargetDialog
    from app.views.sequences.enrol_dialog import CustomerSequences


def go_back(page: CustomerPage) -> None:
    """Return to where the customer was opened from."""
    if not page.view.actions.run("back"):
        page.view.navigate("customers")


def move_stage(page: CustomerPage, position: int) -> None:
    """Move along the stage path; back only with a reason."""
    card = page.card
    if card is None:
        return
    name = next((one.name for one in card.stages if one.position == position), "")
    reason = ""
    if position < card.stage_position:
        reason = ask_name(
            page,
            _("退回到{stage}").format(stage=name),
            _("为什么往回退"),
            agree=_("退回"),
            hint=_("方案被否，重新了解需求"),
        )
        if not reason:
            return
    try:
        page.view.office.customers.move_stage(card.id, position, reason)
    except UserError as error:
        show_error(page, error)
        return
    words = _("已退回到{stage}") if reason else _("已推进到{stage}")
    said(page.view, words.format(stage=name))


def change_tags(page: CustomerPage) -> None:
    """Put tags on the customer, or take them off."""
    card = page.card
    if card is None:
        return
    tags = page.view.office.customers.tags
    dialog = TagDialog(tags.all(), card.tags, page)
    if not dialog.exec():
        return
    try:
        tags.change(card.id, dialog.draft())
    except UserError as error:
        show_error(page, error)
        return
    said(page.view, _("已改标签"))


def mark_churned(page: CustomerPage) -> None:
    """Ask why and give the customer up."""
    card = page.card
    if card is None:
        return
    dialog = ChurnDialog(page.view.office, card.name, page)
    if dialog.exec():
        office = page.view.office
        office.customers.mark_churned(card.id, dialog.reason(), dialog.competitor())
        said(page.view, _("{name} 已标为失败").format(name=card.name))


def win_back(page: CustomerPage) -> None:
    """Take the customer out of 失效."""
    card = page.card
    if card is not None:
        page.view.office.customers.win_back(card.id)
        said(page.view, _("{name} 已重新激活").format(name=card.name))


def change_owner(page: CustomerPage) -> None:
    """Hand the customer to somebody else."""
    owner_dialog.change_owner(page.view, page.customer_id, page)


def open_sequences(page: CustomerPage) -> CustomerSequences | None:
    """Show how the customer stands in its sequences, and enrol it in another."""
    from app.views.sequences.enrol_dialog import CustomerSequences

    card = page.card
    if card is None:
        return None
    dialog = CustomerSequences(page.view, card.id, card.name, page)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def into_pool(page: CustomerPage) -> None:
    """Let anybody take the customer."""
    card = page.card
    if card is not None:
        page.view.office.customers.give_to((card.id,), owner_dialog.POOL)
        said(page.view, _("{name} 已放进公海").format(name=card.name))


def remove(page: CustomerPage) -> None:
    """Put the customer into the recycle bin and go back to the list."""
    card = page.card
    if card is None:
        return

    def act() -> None:
        page.view.office.customers.remove((card.id,))
        page.view.navigate("customers")
        said(page.view, _("已删除 {name}，90 天内可在回收站恢复").format(name=card.name))

    going = page.view.office.bin.going("customer", (card.id,))
    ask_deletion(page, going, card.name, act)


def merge_away(page: CustomerPage) -> TargetDialog | None:
    """Ask which customer this one is as well, and merge the two."""
    from app.views.customers.merge_into import merge_into

    card = page.card
    if card is None:
        return None

    def stay(customer_id: int) -> None:
        page.view.navigate("customer", customer_id=customer_id)

    return merge_into(page.view, card.id, card.name, page, stay)


def paste_followups(page: CustomerPage) -> None:
    """Offer what is on the clipboard as follow-ups of this customer."""
    from app.services.transfer.fields import Kind
    from app.views.transfer.paste_dialog import paste_rows

    if page.card is not None:
        paste_rows(page.view, page, Kind.followups, {"customer": page.card.name})


def more_menu(page: CustomerPage) -> QMenu:
    """Return the menu of rarer acts."""
    menu = QMenu(page)
    menu.setObjectName("customer_more")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    card = page.card
    if card is None:
        return menu
    menu.addAction(_("编辑客户…") + "\tF2", page.edit)
    menu.addAction(_("标定价值…") + "\tV", page.rate)
    menu.addAction(_("动作序列…"), lambda: open_sequences(page))
    menu.addAction(_("改负责人…"), lambda: change_owner(page))
    menu.addAction(_("放进公海"), lambda: into_pool(page)).setEnabled(bool(card.owner_id))
    menu.addAction(_("复制名称"), lambda: copy_text(card.name))
    menu.addAction(_("从表格粘贴跟单…"), lambda: paste_followups(page))
    menu.addAction(_("合并到…"), lambda: merge_away(page))
    menu.addAction(_("变更记录…"), lambda: show_customer(page.view, page.customer_id, page))
    menu.addSeparator()
    if card.life == "churned":
        menu.addAction(_("重新激活"), lambda: win_back(page))
    else:
        menu.addAction(_("标为失败…"), lambda: mark_churned(page))
    menu.addAction(_("删除"), lambda: remove(page))
    return menu
