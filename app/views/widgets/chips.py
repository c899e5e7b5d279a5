"""Chips: choices in a row; the group is one Tab stop, arrows, digits and Space choose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from app.views.core import icons
from app.views.core import theme as themes
from app.views.widgets.flow_layout import FlowLayout
from app.views.widgets.text import set_tip


@dataclass(frozen=True, slots=True)
class Choice:
    """Name one chip: its value, words, and what else it shows.

    ``key`` is the digit that picks it, printed behind the words. ``tip`` explains, for example
    why a disabled chip cannot be chosen. ``count`` is printed behind the words.
    """

    value: object
    words: str
    key: str = ""
    icon: str = ""
    tip: str = ""
    enabled: bool = True
    dot: bool = False


class Chip(QAbstractButton):
    """Show one choice; room for bold words is kept so that nothing moves."""

    removed = Signal()

    def __init__(
        self, choice: Choice, *, removable: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.choice = choice
        self._removable = removable
        self.setCheckable(True)
        self.setText(choice.words)
        self.setEnabled(choice.enabled)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(choice.words)
        self.setProperty("ring_radius", themes.current().px(12))
        self.setObjectName(f"chip_{choice.value}")
        if choice.tip:
            set_tip(self, choice.tip)

    def sizeHint(self) -> QSize:
        """Return the size with bold words."""
        theme = themes.current()
        wide = QFontMetrics(theme.font("small_bold")).horizontalAdvance(self.text())
        wide += theme.px(24)
        if self.choice.icon:
            wide += theme.px(20)
        if self.choice.dot:
            wide += theme.px(12)
        if self.choice.key:
            wide += QFontMetrics(theme.font("caption")).horizontalAdvance(self.choice.key)
            wide += theme.px(5)
        if self._removable:
            wide += theme.px(18)
        return QSize(wide, theme.size("chip"))

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        outline = "accent" if on else "border"
        fill = "accentTint" if on else "hover" if self.underMouse() else "surface"
        if not self.isEnabled():
            outline, fill = "border", "subtle"
        painter.setPen(theme.pen(outline))
        painter.setBrush(theme.brush(fill))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
        self._paint_words(painter, on)

    def _paint_words(self, painter: QPainter, on: bool) -> None:
        theme = themes.current()
        tone = "text3" if not self.isEnabled() else "accent" if on else "text2"
        left = theme.px(12)
        if self.choice.dot:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.brush(tone))
            side = theme.px(8)
            painter.drawEllipse(QRectF(left, (self.height() - side) / 2, side, side))
            left += theme.px(12)
        if self.choice.icon:
            box = QRectF(left - theme.px(2), 0, theme.px(16), self.height())
            icons.paint(painter, box, self.choice.icon, tone, 14)
            left += theme.px(18)
        room = QFontMetrics(theme.font("small_bold")).horizontalAdvance(self.text()) + theme.px(2)
        painter.setFont(theme.font("small_bold" if on else "small"))
        painter.setPen(theme.color(tone))
        middle = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRect(left - 1, 0, room, self.height()), middle, self.text())
        left += room
        if self.choice.key:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("accent" if on else "text3"))
            digit = QRect(left, 0, self.width() - left - theme.px(10), self.height())
            painter.drawText(digit, middle, self.choice.key)
        if self._removable:
            cross = QRectF(self.width() - theme.px(24), 0, theme.px(16), self.height())
            icons.paint(painter, cross, "close", tone, 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Delete away from a removable chip, hand the rest to the group."""
        if self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        group = self.parent()
        if isinstance(group, ChipGroup) and group.take_key(self, event):
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Remove when the cross was clicked."""
        cross = self.width() - themes.current().px(26)
        if self._removable and event.position().x() >= cross:
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Become the stop of the group."""
        super().focusInEvent(event)
        group = self.parent()
        if isinstance(group, ChipGroup):
            group.settle(self)


class ChipGroup(QWidget):
    """Hold chips of one question, exclusive or any number.

    Arrows move (and choose, when exclusive), the chip's digit chooses at once, Space toggles.
    An exclusive group made with ``optional`` lets the chosen chip be taken back.
    """

    changed = Signal(object)

    def __init__(
        self,
        choices: Iterable[Choice] = (),
        *,
        exclusive: bool = True,
        optional: bool = False,
        name: str = "",
        spoken: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.exclusive = exclusive
        self.optional = optional
        self._flow = FlowLayout(self, theme.px(8), theme.px(6))
        self._buttons = QButtonGroup(self)
        self._buttons.setExclusive(False)
        self._chips: list[Chip] = []
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.set_choices(choices)

    # -- choices ---------------------------------------------------------------------

    def set_choices(self, choices: Iterable[Choice]) -> None:
        """Replace the chips, keeping what is chosen where it still exists."""
        kept = self.values()
        for chip in self._chips:
            self._buttons.removeButton(chip)
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._make(choice) for choice in choices]
        self._show(kept)
        self.updateGeometry()

    def _make(self, choice: Choice) -> Chip:
        chip = Chip(choice, parent=self)
        chip.clicked.connect(lambda checked, chip=chip: self._clicked(chip, checked))
        self._buttons.addButton(chip)
        self._flow.addWidget(chip)
        chip.show()
        return chip

    @property
    def chips(self) -> Sequence[Chip]:
        """Return the chips in order."""
        return tuple(self._chips)

    def value(self) -> object:
        """Return the chosen value of an exclusive group, None without."""
        return next((chip.choice.value for chip in self._chips if chip.isChecked()), None)

    def values(self) -> list[object]:
        """Return all chosen values in order."""
        return [chip.choice.value for chip in self._chips if chip.isChecked()]

    def set_value(self, value: object) -> None:
        """Choose one value, or nothing with None, without telling ``changed``."""
        self._show([] if value is None else [value])

    def set_values(self, values: Iterable[object]) -> None:
        """Choose several values without telling ``changed``."""
        self._show(list(values))

    def _show(self, values: list[object]) -> None:
        for chip in self._chips:
            chip.setChecked(chip.choice.value in values)
        self._stop_at(self._entry())

    # -- choosing ----------------------------------------------------------------------

    def _clicked(self, chip: Chip, checked: bool) -> None:
        if self.exclusive:
            on = checked or not self.optional
            for other in self._chips:
                other.setChecked(other is chip and on)
        self.settle(chip)
        self.changed.emit(self.value() if self.exclusive else self.values())

    def pick(self, key: str) -> bool:
        """Choose the chip of a digit as if it were clicked; tell whether there is one."""
        for chip in self._chips:
            if chip.choice.key == key and chip.isEnabled():
                chip.setFocus(Qt.FocusReason.OtherFocusReason)
                if not (chip.isChecked() and self.exclusive):
                    chip.click()
                return True
        return False

    def take_key(self, chip: Chip, event: QKeyEvent) -> bool:
        """Act on an arrow or a digit; tell whether the key was taken."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
        }
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain != Qt.KeyboardModifier.NoModifier:
            return False
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self._move(chip, step)
            return True
        return bool(event.text()) and event.text().isdigit() and self.pick(event.text())

    def _move(self, chip: Chip, step: int) -> None:
        able = [one for one in self._chips if one.isEnabled()]
        if chip not in able:
            return
        target = able[(able.index(chip) + step) % len(able)]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        if self.exclusive and not target.isChecked() and not self.optional:
            target.click()

    # -- one Tab stop --------------------------------------------------------------------

    def settle(self, chip: Chip) -> None:
        """Make this chip the one that Tab reaches."""
        self._stop_at(chip)

    def _entry(self) -> Chip | None:
        able = [chip for chip in self._chips if chip.isEnabled()]
        return next((chip for chip in able if chip.isChecked()), able[0] if able else None)

    def _stop_at(self, stop: Chip | None) -> None:
        for chip in self._chips:
            policy = Qt.FocusPolicy.StrongFocus if chip is stop else Qt.FocusPolicy.ClickFocus
            chip.setFocusPolicy(policy)
        # Qt takes None to drop the proxy, its stubs do not say so
        self.setFocusProxy(stop)  # type: ignore[arg-type]


def filter_chip(words: str, value: object = None, *, on: bool = True) -> Chip:
    """Return a chip that reads as a sentence and carries a cross (Delete works as well)."""
    chip = Chip(Choice(value, words), removable=True)
    chip.setChecked(on)
    return chip
