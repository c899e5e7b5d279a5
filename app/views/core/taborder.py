"""Tab goes as the eye does: region by region, in each from top to bottom and left to right."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.views.core import theme as themes


def order_tabs(*regions: QWidget) -> None:
    """Chain every focusable widget of some regions in reading order.

    Widgets on one line differ by less than half a row; call again after widgets were made.
    """
    chain = [widget for region in regions for widget in _in_reading_order(region)]
    for one, following in pairwise(chain):
        QWidget.setTabOrder(one, following)


def order_tabs_soon(*regions: QWidget) -> None:
    """Chain the regions once what was just made has its place."""
    QTimer.singleShot(0, regions[0], lambda: order_tabs(*regions))


def _in_reading_order(region: QWidget) -> list[QWidget]:
    step = max(1, themes.current().px(16))
    found = [region, *region.findChildren(QWidget)]
    # a widget that hands the focus to its own child is a stop as well, just before its children
    wholes = [one for one in found if _hands_inward(one)]
    inside = {one: whole for whole in reversed(wholes) for one in whole.findChildren(QWidget)}
    stops = [one for one in found if _takes_focus(one) or _hands_inward(one)]

    def line(widget: QWidget) -> tuple[int, int]:
        at = widget.mapTo(region, QPoint(0, widget.height() // 2))
        return (at.y() // step, at.x())

    def place(widget: QWidget) -> tuple[tuple[int, int], bool, tuple[int, int]]:
        whole = inside.get(widget, widget)
        return (line(whole), widget is not whole, line(widget))

    return sorted((one for one in stops if one.window() is region.window()), key=place)


def _hands_inward(widget: QWidget) -> bool:
    proxy = widget.focusProxy()
    return proxy is not None and widget.isAncestorOf(proxy)


def _takes_focus(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None
