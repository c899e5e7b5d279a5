"""Draw the rows of Today: one line of 36 px, or two lines of 48 px in narrow windows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.views.core import icons, labels
from app.views.core import theme as themes
from app.views.followups.agenda_model import ROW, AgendaModel
from app.views.followups.agenda_rows import HeaderRow, StepRow
from app.views.widgets.badges import badge_width, paint_badge

_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
BUTTONS = ("complete", "postpone", "open")
BUTTON_ICONS = ("checkmark", "calendar_arrow_right", "open")
_NARROW_LIST = 720
_CACHE_LIMIT = 4000


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the parts of a row of some width begin, in pixels at the text scale."""

    time: int
    plan: int
    plan_wide: int
    customer: int
    what: int
    badge: int
    badge_wide: int
    amount_right: int
    amount_wide: int


class AgendaDelegate(QStyledItemDelegate):
    """Draw headings and steps from cached fonts, colours and shortened texts.

    ``compact`` draws two lines. ``hovered`` is the row under the pointer and ``hot`` the
    button of it, ``drop_row`` a heading that a dragged row is over.
    """

    def __init__(self, agenda: AgendaModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._agenda = agenda
        self.compact = False
        self.hovered = -1
        self.hot = ""
        self.drop_row = -1
        self.list_focused = False
        self._metrics: dict[str, QFontMetrics] = {}
        self._shortened: dict[tuple[str, str, int, bool], str] = {}
        self._columns: dict[int, Columns] = {}

    # -- geometry -------------------------------------------------------------------------

    def heights(self) -> tuple[int, int]:
        """Return the height of headings, 28 px, and of steps, 36 or 48 px."""
        theme = themes.current()
        step = theme.px(48) if self.compact else theme.size("today_row")
        return theme.size("group_header"), step

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of a row."""
        head, step = self.heights()
        is_head = isinstance(self._agenda.row(index.row()), HeaderRow)
        return QSize(10, head if is_head else step)

    def ring_box(self, rect: QRect) -> QRectF:
        """Return the ring at the left that completes a step."""
        theme = themes.current()
        side = theme.px(16)
        left = rect.left() + theme.px(12 if self.compact else 10)
        return QRectF(left, rect.center().y() - side / 2 + 0.5, side, side)

    def button_boxes(self, rect: QRect) -> list[QRect]:
        """Return the three buttons in their reserved place at the right."""
        theme = themes.current()
        side, gap = theme.px(24), theme.px(4)
        left = rect.right() + 1 - theme.px(10) - 3 * side - 2 * gap
        top = rect.top() + (rect.height() - side) // 2
        return [QRect(left + at * (side + gap), top, side, side) for at in range(3)]

    def more_box(self, rect: QRect, row: HeaderRow) -> QRect:
        """Return where a heading offers to show more."""
        theme = themes.current()
        wide = self._of("small").horizontalAdvance(row.more_words()) + theme.px(16)
        return QRect(rect.right() + 1 - wide - theme.px(4), rect.top(), wide, rect.height())

    def columns(self, width: int) -> Columns:
        """Return where the parts of a one-line row stand."""
        if width not in self._columns:
            self._columns[width] = self._measure(width)
        return self._columns[width]

    def _measure(self, width: int) -> Columns:
        theme = themes.current()
        narrow = width < theme.px(_NARROW_LIST)
        small = self._of("small")
        words = [labels.of(labels.PLAN_KIND, code) for code in labels.PLAN_KIND]
        plan_wide = 0 if narrow else max(small.horizontalAdvance(word) for word in words)
        time_wide = max(theme.px(62), small.horizontalAdvance("00000 00:00"))
        time = theme.px(35)
        plan = time + time_wide + theme.px(6)
        customer = plan + theme.px(23) + plan_wide + theme.px(14 if plan_wide else 2)
        amount_right = width - theme.px(95)
        amount_wide = max(theme.px(56), small.horizontalAdvance("0000.00万"))
        pairs = [(q, g) for q in ("valuable", "unsure") for g in labels.GRADE]
        badge_wide = max(badge_width(q, g, narrow=narrow) for q, g in pairs)
        badge = amount_right - amount_wide - theme.px(10) - badge_wide
        room = badge - customer - theme.px(8)
        what = customer + min(max(theme.px(90), room * 41 // 100), theme.px(300))
        return Columns(time, plan, plan_wide, customer, what, badge, badge_wide,
                       amount_right, amount_wide)  # fmt: skip

    def _of(self, role: str) -> QFontMetrics:
        if role not in self._metrics:
            self._metrics[role] = QFontMetrics(themes.current().font(role))
        return self._metrics[role]

    def _short(self, text: str, role: str, width: int, *, middle: bool = False) -> str:
        key = (text, role, width, middle)
        if key not in self._shortened:
            if len(self._shortened) > _CACHE_LIMIT:
                self._shortened.clear()
            mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
            line = text.replace("\n", " ")
            self._shortened[key] = self._of(role).elidedText(line, mode, max(0, width))
        return self._shortened[key]

    # -- painting -------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        row = index.data(ROW)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        current = bool(state & QStyle.StateFlag.State_HasFocus)
        if isinstance(row, HeaderRow):
            self._paint_header(painter, rect, row, index.row(), selected)
        elif isinstance(row, StepRow):
            self._paint_step(painter, rect, row, index.row(), selected, current)
        painter.restore()

    def _paint_header(
        self, painter: QPainter, rect: QRect, row: HeaderRow, at: int, selected: bool
    ) -> None:
        theme = themes.current()
        dropping = at == self.drop_row
        fill = "selected" if selected or dropping else "subtle"
        painter.fillRect(rect, theme.color(fill))
        painter.setPen(theme.pen("border"))
        above = rect.topLeft() - (_UP if at else QPoint())
        painter.drawLine(above, above + QPoint(rect.width(), 0))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if selected:
            self._bar(painter, rect)
        sign = "chevron_right" if row.folded else "chevron_down"
        icons.paint(painter, QRectF(rect.left() + theme.px(8), rect.top(), theme.px(16),
                                    rect.height()), sign, "text2", 12)  # fmt: skip
        left = rect.left() + theme.px(28)
        tone = "bad" if row.group == "overdue" else "text"
        left += self._text(painter, rect, left, row.title(), "body_strong", tone) + theme.px(8)
        note = " · ".join(part for part in (row.count_words(), row.note) if part)
        self._text(painter, rect, left, note, "small", "text2")
        more = row.more_words()
        if more:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("accent"))
            painter.drawText(rect.adjusted(0, 0, -theme.px(12), 0), _RIGHT, more)
        if dropping:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _paint_step(
        self, painter: QPainter, rect: QRect, row: StepRow, at: int, selected: bool, current: bool
    ) -> None:
        theme = themes.current()
        over = at == self.hovered and not row.done
        fill = "selected" if selected else "hover" if over else "surface"
        painter.fillRect(rect, theme.color(fill))
        painter.setPen(theme.pen("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if selected:
            self._bar(painter, rect)
        self._paint_ring(painter, rect, row, hot=over and self.hot == "ring")
        if self.compact:
            self._two_lines(painter, rect, row, selected)
        else:
            self._one_line(painter, rect, row, selected)
        if not row.done and (over or (selected and current) or (selected and not self._many())):
            self._paint_buttons(painter, rect, over)

    def _many(self) -> bool:
        view = self.parent()
        chosen = getattr(view, "selected_count", None)
        return bool(chosen is not None and chosen() > 1)

    def _bar(self, painter: QPainter, rect: QRect) -> None:
        theme = themes.current()
        tone = "accent" if self.list_focused else "control"
        painter.fillRect(QRect(rect.left(), rect.top(), theme.px(3), rect.height() - 1),
                         theme.color(tone))  # fmt: skip

    def _paint_ring(self, painter: QPainter, rect: QRect, row: StepRow, *, hot: bool) -> None:
        theme = themes.current()
        box = self.ring_box(rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent" if hot else "control"), 1.2))
        painter.setBrush(theme.brush("accentTint" if hot else "surface"))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        if row.done or hot:
            icons.paint(painter, box, "checkmark", "good" if row.done else "accent", 12)

    def _paint_buttons(self, painter: QPainter, rect: QRect, over: bool) -> None:
        theme = themes.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for name, icon, box in zip(BUTTONS, BUTTON_ICONS, self.button_boxes(rect), strict=True):
            first, hot = name == "complete", over and self.hot == name
            frame = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(theme.pen("accentFill" if first else "control"))
            painter.setBrush(theme.brush("accentFill" if first else "hover" if hot else "surface"))
            painter.drawRoundedRect(frame, theme.px(4), theme.px(4))
            if first and hot:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("text", 14))
                painter.drawRoundedRect(frame, theme.px(4), theme.px(4))
            icons.paint(painter, QRectF(box), icon, "onAccent" if first else "text", 16)

    # -- the words of a step --------------------------------------------------------------

    def _one_line(self, painter: QPainter, rect: QRect, row: StepRow, selected: bool) -> None:
        theme = themes.current()
        at = self.columns(rect.width())
        left = rect.left()
        self._time(painter, rect, row, left + at.time, at.plan - at.time - theme.px(2))
        self._plan_icon(
            painter, QRect(left + at.plan, rect.top(), theme.px(16), rect.height()), row
        )
        if at.plan_wide:
            self._text(painter, rect, left + at.plan + theme.px(23), row.plan(), "small", "text2",
                       at.plan_wide + theme.px(12), row)  # fmt: skip
        self._who(painter, rect, row, left + at.customer, at.what - at.customer - theme.px(12))
        self._text(painter, rect, left + at.what, row.item.what, "body", "text2",
                   at.badge - at.what - theme.px(10), row)  # fmt: skip
        badge = QRect(left + at.badge, rect.top(), at.badge_wide + 1, rect.height())
        paint_badge(painter, badge, row.item.quality, row.item.grade, selected=selected)
        self._amount(painter, QRect(rect.left(), rect.top(), at.amount_right, rect.height()), row)

    def _two_lines(self, painter: QPainter, rect: QRect, row: StepRow, selected: bool) -> None:
        theme = themes.current()
        half = rect.height() // 2
        upper = QRect(rect.left(), rect.top() + theme.px(3), rect.width(), half - theme.px(1))
        lower = QRect(rect.left(), rect.top() + half - theme.px(1), rect.width(), half)
        time = rect.left() + theme.px(39)
        left = time + max(theme.px(69), self._of("small").horizontalAdvance("00000 00:00"))
        self._time(painter, rect, row, time, left - time - theme.px(4))
        end = self.button_boxes(rect)[0].left() - theme.px(8)
        amount = self._of("small").horizontalAdvance(row.amount() or "—")
        room = end - amount - theme.px(12) - left
        badge = badge_width(row.item.quality, row.item.grade) + theme.px(8)
        used = self._who(painter, upper, row, left, max(theme.px(60), room - badge))
        place = QRect(left + used + theme.px(8), upper.top(), badge, upper.height())
        if place.right() <= end - amount:
            paint_badge(painter, place, row.item.quality, row.item.grade, selected=selected)
        self._amount(
            painter, QRect(rect.left(), upper.top(), end - rect.left(), upper.height()), row
        )
        self._plan_icon(painter, QRect(left, lower.top(), theme.px(14), lower.height()), row, 14)
        words = " · ".join(part for part in (row.plan(), row.item.what) if part)
        self._text(painter, lower, left + theme.px(19), words, "small", "text2",
                   end - left - theme.px(19), row)  # fmt: skip

    def _time(self, painter: QPainter, rect: QRect, row: StepRow, left: int, width: int) -> None:
        tone = "bad" if row.group == "overdue" else "text2"
        self._text(painter, rect, left, row.when(), "small", tone, width, row)

    def _plan_icon(self, painter: QPainter, box: QRect, row: StepRow, size: int = 16) -> None:
        name = labels.PLAN_ICON.get(row.item.plan_kind, "tag")
        icons.paint(painter, QRectF(box), name, "text3" if row.done else "text2", size)

    def _who(self, painter: QPainter, rect: QRect, row: StepRow, left: int, width: int) -> int:
        """Draw customer and contact; return how wide they became."""
        theme = themes.current()
        more = f" +{row.item.more_count}" if row.item.more_count else ""
        beside = row.item.contact + more
        name = self._short(row.item.customer, "name", width, middle=True)
        used = self._text(painter, rect, left, name, "name", "text", width, row)
        rest = width - used - theme.px(5)
        if beside and rest > theme.px(20):
            used += theme.px(5)
            used += self._text(painter, rect, left + used, beside, "small", "text2", rest, row)
        return used

    def _amount(self, painter: QPainter, box: QRect, row: StepRow) -> None:
        theme = themes.current()
        painter.setFont(self._font("small", row))
        empty = row.done or not row.amount()
        painter.setPen(theme.color("text3" if empty else "text2"))
        painter.drawText(box, _RIGHT, row.amount() or "—")

    def _font(self, role: str, row: StepRow | None) -> QFont:
        font = themes.current().font(role)
        if row is None or not row.done:
            return font
        struck = QFont(font)
        struck.setStrikeOut(True)
        return struck

    def _text(
        self,
        painter: QPainter,
        rect: QRect,
        left: int,
        text: str,
        role: str,
        tone: str,
        width: int = 0,
        row: StepRow | None = None,
    ) -> int:
        """Draw a text, shortened to a width when one is given; return how wide it is."""
        theme = themes.current()
        shown = self._short(text, role, width) if width else text
        painter.setFont(self._font(role, row))
        painter.setPen(theme.color("text3" if row is not None and row.done else tone))
        wide = self._of(role).horizontalAdvance(shown)
        box = QRect(left, rect.top(), wide + theme.px(2), rect.height())
        painter.drawText(box, _LEFT | Qt.TextFlag.TextDontClip, shown)
        return wide


_UP = QPoint(0, 1)
