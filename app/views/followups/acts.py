"""Acts on next steps that can be undone, and the words that tell about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import TYPE_CHECKING

from app.i18n import _, ngettext
from app.models.values.nextstep import Bucket, Window
from app.services.followups.moment import Moment
from app.views.core import labels, undoing
from app.views.followups import when_words

if TYPE_CHECKING:
    from app.services.followups.drafts import SavedFollowup
    from app.views.core.page import ViewContext


def moment_of(view: ViewContext) -> Moment:
    """Return the office's present moment."""
    office = view.office
    there = office.followups.office_time
    return Moment(office.context.now(), there.zone, there.hours)


def next_words(saved: SavedFollowup, moment: Moment) -> str:
    """Return when and what is next: 下周 打击竞品."""
    when = labels.of(labels.BUCKET, saved.bucket)
    if saved.bucket == Bucket.date:
        start = moment_window(saved)
        when = when_words.window_words(start, moment)
    return f"{when} {labels.of(labels.PLAN_KIND, saved.plan_kind)}".rstrip()


def moment_window(saved: SavedFollowup) -> Window:
    """Return the window of what was saved."""
    return Window(saved.window_start, saved.window_end)


def saved_words(saved: SavedFollowup, moment: Moment) -> str:
    """Return 已保存跟单，下步：下周 打击竞品."""
    if not saved.next_step_id:
        return _("已保存跟单")
    return _("已保存跟单，下步：{next}").format(next=next_words(saved, moment))


def postpone(
    view: ViewContext,
    step_ids: Sequence[int],
    bucket: Bucket,
    clock: time | None = None,
    reason: str = "",
) -> list[SavedFollowup]:
    """Put steps off and tell about it; raises ``UserError`` and then nothing has moved."""
    saved = view.office.followups.postpone_all(step_ids, bucket, clock=clock, reason=reason)
    if len(saved) == 1:
        when = labels.of(labels.BUCKET, saved[0].bucket)
        undoing.said(view, _("已顺延到 {when}").format(when=when))
    else:
        words = ngettext("{count} 条已顺延到 {when}", "{count} 条已顺延到 {when}", len(saved))
        when = labels.of(labels.BUCKET, bucket)
        undoing.said(view, words.format(count=len(saved), when=when))
    return saved
