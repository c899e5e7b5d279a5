"""Charts people explore: the only room that imports the chart library (ui.md 11)."""

from app.views.core.charts.bars import BarMark, StackedBars
from app.views.core.charts.scatter import Dot, QuadrantScatter
from app.views.core.charts.trend import TrendChart, TrendMark

__all__ = ["BarMark", "Dot", "QuadrantScatter", "StackedBars", "TrendChart", "TrendMark"]
