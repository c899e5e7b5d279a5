"""A card of one KPI: name, definition, value, sparkline, 同比 and 环比."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app import i18n
from app.i18n import _, translate
from app.services.kpi.measures import Measure
from app.services.kpi.queries import Figure, TrendPoint
from app.views.core import theme as themes
from app.views.kpi import figure_words
from app.views.widgets.sparkline import Sparkline
from app.views.widgets.text import ElidedLabel, Label, set_tip


class MetricCard(QFrame):
    """Show one KPI; a click, Enter or Space chooses it."""

    chosen = Signal(str)

    def __init__(self, measure: Measure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.measure = measure
        self.setProperty("card", "true")
        self.setProperty("ring", True)
        self.setObjectName(f"metric_{measure.name}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(13), theme.px(10), theme.px(13), theme.px(10))
        rows.setSpacing(theme.px(2))
        top = QHBoxLayout()
        top.setSpacing(theme.px(8))
        top.addWidget(Label(translate(measure.label), "body_strong"))
        self._definition = ElidedLabel(translate(measure.brief), "caption", "text2")
        top.addWidget(self._definition, 1)
        rows.addLayout(top)
        middle = QHBoxLayout()
        middle.setSpacing(theme.px(3))
        self._value = Label("", "figure")
        self._unit = Label("", "body", "text2")
        bottom = Qt.AlignmentFlag.AlignBottom
        middle.addWidget(self._value, 0, bottom)
        middle.addWidget(self._unit, 0, bottom)
        # both stand on one line: what hangs below it differs with the size of the letters
        hang = (QFontMetrics(theme.font(role)).descent() for role in ("figure", "body"))
        self._unit.setContentsMargins(0, 0, 0, next(hang) - next(hang))
        middle.addStretch(1)
        self._line = Sparkline()
        middle.addWidget(self._line)
        rows.addLayout(middle)
        rows.addLayout(self._comparisons())
        set_tip(self, figure_words.definition(measure))

    def _comparisons(self) -> QBoxLayout:
        theme = themes.current()
        # English needs more room for the words of a comparison: one under the other
        upright = i18n.language() == "en"
        ways = QBoxLayout.Direction
        bottom = QBoxLayout(ways.TopToBottom if upright else ways.LeftToRight)
        bottom.setSpacing(theme.px(2 if upright else 4))
        self._yoy = _Comparison(_("同比"))
        self._mom = _Comparison(_("环比"))
        self._few = Label("", "caption", "text3")
        for widget in (self._yoy, self._mom):
            bottom.addWidget(widget)
        bottom.addStretch(0 if upright else 1)
        bottom.addWidget(self._few)
        return bottom

    def show_figure(self, figure: Figure, trend: Sequence[TrendPoint]) -> None:
        """Show the newest figure and its line."""
        tone = "text3" if figure.few else "text"
        self._value.setText(figure_words.bare(self.measure, figure.value))
        self._value.set_tone(tone)
        self._unit.setText(figure_words.unit(self.measure, figure.value))
        yoy = figure_words.compared(self.measure, figure.yoy)
        mom = figure_words.compared(self.measure, figure.mom)
        self._yoy.tell(yoy.text, yoy.tone)
        self._mom.tell(mom.text, mom.tone)
        self._few.setText(figure_words.sample(figure))
        unfinished = bool(trend) and not trend[-1].complete
        spoken = _("{name} {value}，同比 {yoy}，环比 {mom}").format(
            name=translate(self.measure.label),
            value=figure_words.value(self.measure, figure.value),
            yoy=yoy.spoken,
            mom=mom.spoken,
        )
        self._line.show_values(
            [point.value for point in trend],
            [point.last_year for point in trend],
            unfinished=unfinished,
            spoken=spoken,
        )
        self.setAccessibleName(spoken)

    def set_chosen(self, chosen: bool) -> None:
        """Draw the frame 2 px in the accent colour, or ordinary again."""
        themes.set_property(self, "card", "chosen" if chosen else "true")

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Choose the card."""
        self.chosen.emit(self.measure.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.measure.name)
        else:
            event.ignore()


class _Comparison(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, themes.current().px(8), 0)
        row.setSpacing(themes.current().px(4))
        row.addWidget(Label(name, "small", "text2"))
        self._words = Label("", "small")
        row.addWidget(self._words)
        row.addStretch(1)

    def tell(self, text: str, tone: str) -> None:
        """Show a comparison in its tone."""
        self._words.setText(text)
        self._words.set_tone(tone)
