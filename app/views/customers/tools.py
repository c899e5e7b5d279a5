"""The left side of a customer's page: four tool panels and the deals under them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.services.customers.drafts import CustomerCard
from app.views.calibration.panel import CalibrationPanel
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.customers.step_panel import StepPanel
from app.views.deals.customer_deals import CustomerDeals
from app.views.features.panel import FeaturesPanel
from app.views.radar.panel import RadarPanel
from app.views.widgets.card import Card


class Tools(QScrollArea):
    """Lay the panels out two by two, or one under the other."""

    def __init__(self, view: ViewContext) -> None:
        super().__init__()
        theme = themes.current()
        self.setObjectName("customer_tools")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # a bar that comes and goes changes the width, which changes the height that asks for it
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.radar = RadarPanel(view)
        self.calibration = CalibrationPanel(view)
        self.features = FeaturesPanel(view)
        self.steps = StepPanel(view)
        self.deals = CustomerDeals(view)
        self._panels = (self.radar, self.calibration, self.features, self.steps)
        holder = QWidget()
        rows = QVBoxLayout(holder)
        side, gap = theme.px(16), theme.px(12)
        rows.setContentsMargins(side, gap, side, side)
        rows.setSpacing(gap)
        self._grid = QGridLayout()
        self._grid.setSpacing(gap)
        rows.addLayout(self._grid)
        rows.addWidget(self.deals)
        rows.addStretch(1)
        self.setWidget(holder)
        self._columns = 0
        self.set_columns(2)

    def set_columns(self, columns: int) -> None:
        """Lay the panels out in one or two columns."""
        if columns == self._columns:
            return
        self._columns = columns
        panels: tuple[Card, ...] = self._panels
        for panel in panels:
            # equal columns, whatever the words in them ask for
            panel.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._grid.removeWidget(panel)
        for at, panel in enumerate(panels):
            self._grid.addWidget(panel, at // columns, at % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
            width = themes.current().px(240) if column < columns else 0
            self._grid.setColumnMinimumWidth(column, width)

    def show_card(self, card: CustomerCard) -> None:
        """Fill every panel."""
        for tool in self._panels:
            tool.show_card(card)
        self.deals.show_card(card)

    def panels(self) -> tuple[QWidget, ...]:
        """Return the panels in reading order."""
        return (*self._panels, self.deals)

    def to_top(self) -> None:
        """Scroll to the first panel."""
        self.verticalScrollBar().setValue(0)

    def first_stop(self) -> QWidget:
        """Return what F6 reaches: the chips of 定性."""
        return self.calibration.quality.focusProxy() or self.calibration.quality
