"""Commands of the follow-up chain: follow, today."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import click

from app.cli import printing, words
from app.cli.printing import instant, known
from app.cli.session import Session, command, option
from app.errors import UserError
from app.i18n import N_, _
from app.models.values.nextstep.typed import parse_when

if TYPE_CHECKING:
    from app.services.followups.drafts import NextStepDraft, SavedFollowup
    from app.services.followups.today import AgendaItem
    from app.services.office import Office

BUCKETS = (
    "overdue",
    "later_today",
    "tonight",
    "tomorrow",
    "this_week",
    "next_week",
    "next_month",
    "later",
)


@command("follow", N_("写一条跟单，并约好下步"))
@click.argument("customer")
@option("--text", required=True, help=N_("说了什么"))
@option("--channel", default="phone", help=N_("方式，如 phone、wechat、visit"))
@option("--next", "when", default="", help=N_("下步什么时候：tomorrow、next_week 等，或一个日期"))
@option("--plan", default="", help=N_("下步的计划，如 keep_in_touch"))
@option("--what", default="", help=N_("下步做什么"))
@option("--at", "written_at", default="", help=N_("跟单的时间，不写就是现在"))
@option(
    "--step",
    "step_id",
    type=click.IntRange(0, printing.LAST_ID),
    default=0,
    help=N_("完成了哪一条下步（它的编号）"),
)
def follow(
    session: Session,
    customer: str,
    text: str,
    channel: str,
    written_at: str,
    step_id: int,
    **step: str,
) -> None:
    """Write a follow-up with its next step."""
    with session.office() as office:
        from app.services.followups.drafts import FollowupDraft

        customer_id = office.customers.resolve(customer)
        _require_open(office, customer_id, step_id)
        draft = FollowupDraft(
            customer_id,
            text,
            channel=_channel(channel),
            at=_instant(office, written_at),
            parent_step_id=step_id,
            next_step=_next_step(office, **step),
        )
        saved = office.followups.save(draft)
        document = _saved(office, customer_id, saved)
    session.answer(document, lambda: _show_saved(office, saved))


def _require_open(office: Office, customer_id: int, step_id: int) -> None:
    opened = {one.id for one in office.followups.record(customer_id).open} if step_id else {0}
    if step_id not in opened:
        raise UserError(
            "no_such_step",
            N_("这家客户没有这件未办的下步：{step}"),
            advice=N_("用 today 看它的编号；什么都没有存"),
            step=step_id,
        )


def _channel(word: str) -> str:
    from app.models.values import actions

    found = actions.channel_of(word)
    if found is None:
        raise click.BadParameter(word, param_hint="--channel")
    return str(found)


def _instant(office: Office, written: str) -> int | None:
    from app.models.values import dates

    if not written:
        return None
    context = office.context
    with contextlib.suppress(ValueError):
        at = dates.parse_instant(written, context.zone, today=context.today())
        if at > 0:
            return at
    raise click.BadParameter(written, param_hint="--at")


def _next_step(office: Office, when: str, plan: str, what: str) -> NextStepDraft | None:
    if not when:
        if plan or what:
            raise click.UsageError(_("写了下步却没写什么时候：加上 --next"))
        return None
    return _dated_step(office, when, _plan(office, plan), what)


def _dated_step(office: Office, when: str, kind: str, what: str) -> NextStepDraft:
    """Return the step at a written time: a word like 下周三 or 月底前, a day, an ISO instant."""
    from app.models.values import dates
    from app.models.values.nextstep import Bucket
    from app.services.followups.drafts import NextStepDraft

    context, hours = office.context, office.followups.office_time.hours
    found = parse_when(when, context.now(), context.zone, hours)
    if found is not None:
        return NextStepDraft(found[0], kind, what, window=found[1], label=when)
    try:
        at = dates.parse_instant(when, context.zone, today=context.today())
    except ValueError:
        raise click.BadParameter(when, param_hint="--next") from None
    local = dates.to_local(at, context.zone)
    clock = local.time() if (local.hour, local.minute) != (0, 0) else None
    return NextStepDraft(Bucket.date, kind, what, day=local.date(), clock=clock)


def _plan(office: Office, word: str) -> str:
    """Return the code of a plan by code or by one of the office's own words."""
    from app.models.values import nextstep

    found = nextstep.plan_of(word) if word else None
    listed = {one.label: one.code for one in office.admin.choices("plan_kind")}
    code = str(found) if found else listed.get(word, word)
    if code and code not in listed.values():
        raise click.BadParameter(word, param_hint="--plan")
    return code


def _saved(office: Office, customer_id: int, saved: SavedFollowup) -> dict[str, Any]:
    zone = office.context.zone
    step = {
        "id": saved.next_step_id,
        "bucket": saved.bucket,
        "plan": known(saved.plan_kind),
        "window_start": instant(saved.window_start, zone),
        "window_end": instant(saved.window_end, zone),
    }
    return {
        "customer_id": customer_id,
        "followup_id": saved.followup_id,
        "next_step": step if saved.next_step_id else None,
    }


def _show_saved(office: Office, saved: SavedFollowup) -> None:
    if not saved.next_step_id:
        printing.say(_("已保存跟单，没有下步"))
        return
    until = printing.moment(saved.window_end, office.context.zone)
    step = " ".join(filter(None, (words.of(saved.bucket), words.of(saved.plan_kind))))
    printing.say(_("已保存跟单，下步：{step}（{until} 前）").format(step=step, until=until))


@command("today", N_("今天要办的事，按时间分组"))
@option("--staff", default="", help=N_("哪位员工，不写就是全部"))
def today(session: Session, staff: str) -> None:
    """Print the agenda in groups."""
    with session.office() as office:
        staff_id = office.staff.named(staff).id if staff else 0
        agenda = office.followups.agenda(staff_id)
        names = {one.id: one.name for one in office.staff.all()}
    items = {str(group.group): group.items for group in agenda.groups}
    zone = office.context.zone
    groups = [
        {
            "bucket": bucket,
            "items": [_item(one, names, zone) for one in items.get(bucket, ())],
        }
        for bucket in BUCKETS
    ]
    session.answer({"groups": groups}, lambda: _show_agenda(office, items))


def _item(item: AgendaItem, names: dict[int, str], zone: Any) -> dict[str, Any]:
    return {
        "id": item.step_id,
        "customer_id": item.customer_id,
        "customer": item.full_name,
        "contact": known(item.contact),
        "plan": known(item.plan_kind),
        "what": item.what,
        "bucket": item.bucket,
        "window_start": instant(item.window_start, zone),
        "window_end": instant(item.window_end, zone),
        "has_clock": item.has_clock,
        "quality": known(item.quality),
        "grade": known(item.grade),
        "expected_fen": item.expected_fen,
        "staff": names.get(item.staff_id),
        "postponed": item.postpone_count,
        "more": item.more_count,
    }


def _show_agenda(office: Office, items: dict[str, tuple[AgendaItem, ...]]) -> None:
    heads = (_("客户"), _("计划"), _("做什么"), _("到什么时候"), _("价值"))
    zone = office.context.zone
    for bucket in BUCKETS:
        rows = [
            (
                one.customer,
                words.of(one.plan_kind),
                one.what,
                printing.moment(one.window_end, zone),
                " ".join(filter(None, (words.of(one.quality), words.of(one.grade)))),
            )
            for one in items.get(bucket, ())
        ]
        if rows:
            printing.print_table(heads, rows, f"{words.of(bucket)} {len(rows)}")
    if not any(items.values()):
        printing.say(_("今天的事都办完了"))


COMMANDS = (follow, today)
