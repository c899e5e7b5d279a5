"""What stands in a row of Today: a group's heading, or an open step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.i18n import _, ngettext
from app.models.values.nextstep import Group, Window
from app.views.core import format as formats
from app.views.core import labels
from app.views.followups import when_words

if TYPE_CHECKING:
    from app.services.followups.moment import Moment
    from app.services.followups.today import AgendaItem


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """A group's heading: how many steps, whether folded, how many of them are not shown."""

    group: Group
    count: int
    note: str
    folded: bool
    hidden_count: int

    def title(self) -> str:
        """Return the group's word."""
        return labels.of(labels.BUCKET, self.group)

    def count_words(self) -> str:
        """Return 4 条."""
        return ngettext("{count} 条", "{count} 条", self.count).format(count=self.count)

    def more_words(self) -> str:
        """Return 再显示 2 条, empty when all are shown."""
        if self.folded or not self.hidden_count:
            return ""
        words = ngettext("再显示 {count} 条", "再显示 {count} 条", self.hidden_count)
        return words.format(count=self.hidden_count)

    def spoken(self) -> str:
        """Return the heading for screen readers."""
        state = _("已折叠") if self.folded else _("已展开")
        return _("{group}，{count}，{state}").format(
            group=self.title(), count=self.count_words(), state=state
        )


@dataclass(frozen=True, slots=True)
class StepRow:
    """An open step as shown; ``done`` is struck through for a moment before it leaves.

    Its words are made when they are asked for: most rows of a long list are never drawn.
    """

    item: AgendaItem
    group: Group
    moment: Moment = field(compare=False)
    done: bool = False

    def window(self) -> Window:
        """Return the window of the step."""
        return Window(self.item.window_start, self.item.window_end, self.item.has_clock)

    def when(self) -> str:
        """Return the words of the time column."""
        return when_words.when(self.window(), self.group, self.moment)

    def amount(self) -> str:
        """Return the expected amount by size, empty when it is not known."""
        return formats.money(self.item.expected_fen) if self.item.expected_fen else ""

    def plan(self) -> str:
        """Return the word of the plan kind."""
        return labels.of(labels.PLAN_KIND, self.item.plan_kind)

    def spoken(self) -> str:
        """Return the row for screen readers (ui.md 12)."""
        item = self.item
        when = when_words.spoken_when(self.window(), self.group, self.moment)
        value = labels.value(item.quality, item.grade).replace(" · ", " ")
        parts = (when, self.plan(), item.customer, item.contact, item.what, value, self.amount())
        words = _("，").join(part for part in parts if part)
        return _("已完成，{row}").format(row=words) if self.done else words


Row = HeaderRow | StepRow


def tip(row: Row) -> str:
    """Return what the pointer tells of a row."""
    if isinstance(row, HeaderRow):
        return ""
    item = row.item
    who = " · ".join(part for part in (item.customer, item.contact) if part)
    times = item.postpone_count
    put_off = ngettext("已顺延 {count} 次", "已顺延 {count} 次", times).format(count=times)
    return "\n".join(part for part in (who, item.what, put_off if times else "") if part)
