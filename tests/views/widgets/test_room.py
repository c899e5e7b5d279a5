"""What happens to words when there is little room: shortened with a mark, never cut or covered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QWidget

from app import i18n
from app.i18n import translate
from app.views.admin.section import SECTIONS
from app.views.core import theme as themes
from app.views.core.pages import REGISTERED
from app.views.widgets.buttons import Button, Select
from app.views.widgets.card import Card
from app.views.widgets.field import UnitLine
from app.views.widgets.filter_fold import FilterFold
from app.views.widgets.flow_layout import FlowLayout
from app.views.widgets.hbars import BarRow, HBars
from app.views.widgets.text import Label, draw_line


def test_a_narrow_card_keeps_title_and_tools_whole(qtbot):
    card = Card("客户雷达", "41 项 · 39 已核实 · 上周由周敏补过几项", icon="search")
    tool = Button("粘贴识别", icon="copy")
    card.add_tool(tool)
    qtbot.addWidget(card)
    card.resize(260, 120)
    card.show()
    assert card.title.width() >= card.title.sizeHint().width()
    assert tool.width() >= tool.sizeHint().width()
    assert card.subtitle.width() < card.subtitle.sizeHint().width()
    assert card.subtitle.geometry().right() < tool.geometry().left()
    assert card.subtitle.toolTip() == "41 项 · 39 已核实 · 上周由周敏补过几项"


def test_a_line_ends_inside_its_rectangle():
    image = QImage(120, 20, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    draw_line(painter, QRect(10, 0, 60, 20), "无锡启明自动化设备有限公司")
    painter.end()
    inked = [x for x in range(120) if any(image.pixel(x, y) & 0xFF < 200 for y in range(20))]
    assert inked
    assert min(inked) >= 10
    assert max(inked) <= 70


def test_low_things_stand_in_the_middle_of_their_line(qtbot):
    place = QWidget()
    flow = FlowLayout(place, 8, 4)
    high, low = Button("保存"), Label("已过 3 天", "caption")
    for part in (high, low):
        flow.addWidget(part)
    qtbot.addWidget(place)
    place.resize(300, 40)
    place.show()
    assert abs(high.geometry().center().y() - low.geometry().center().y()) <= 1
    assert flow.heightForWidth(60) > flow.heightForWidth(300)


@pytest.mark.parametrize("first", [False, True])
def test_bars_leave_room_for_every_figure(qtbot, first):
    bars = HBars(name="bars", spoken="与团队中位比较", figure_first=first)
    qtbot.addWidget(bars)
    bars.resize(520, 72)
    long = BarRow(1, "Mean call length", 0.4, "4 min 57 s", "3 min 30 s", "Above median", "good")
    bars.show_rows([long, BarRow(2, "Calls", 1.0, "13", "9", "Low", "warn", low=True)])
    metrics = QFontMetrics(themes.current().font("small"))
    at = bars._places(metrics)
    assert at.figures >= metrics.horizontalAdvance(long.figure)
    assert at.bases >= metrics.horizontalAdvance(long.base)
    assert at.second >= metrics.horizontalAdvance(long.second)
    assert at.names <= at.left < at.right
    assert at.right + at.bases + at.second <= bars.width()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_names_of_screens_and_settings_fit_where_they_stand(language):
    i18n.set_language(language)
    theme = themes.current()
    metrics = QFontMetrics(theme.font("body_strong"))
    screens = [translate(spec.title) for spec in REGISTERED if spec.group]
    # icon, bar and the sides of the row are 52 px, a badge of three digits 34 px
    assert [s for s in screens if metrics.horizontalAdvance(s) > theme.size("nav") - 56] == []
    sections = [translate(spec.title) for spec in SECTIONS]
    assert [s for s in sections if metrics.horizontalAdvance(s) > theme.px(186 - 51)] == []


def test_filters_fold_into_one_button_and_keep_their_choice(qtbot):
    who = Select([(None, "全部人员"), (1, "周敏")], name="who", spoken="人员")
    when = Select([("", "全部时间"), ("month", "本月")], name="when", spoken="时间")
    fold = FilterFold([("人员", who), ("时间", when)], name="fold")
    qtbot.addWidget(fold)
    fold.show()
    who.set_value(1)
    assert fold.button.isHidden()
    assert who.geometry().right() < when.geometry().left()
    fold.set_folded(True)
    fold.mark(True)
    assert (fold.folded, who.isVisible(), fold.button.isVisible()) == (True, False, True)
    assert fold.button.accessibleDescription() == "筛选中"
    fold.button.click()
    qtbot.waitUntil(fold.popup.isVisible)
    assert who.isVisible()
    assert when.isVisible()
    fold.popup.close()
    fold.set_folded(False)
    assert (who.value(), who.isVisible(), fold.button.isHidden()) == (1, True, True)
    assert who.geometry().right() < when.geometry().left()


def test_a_unit_stands_inside_its_field(qtbot, theme):
    plain, unit = UnitLine("31"), UnitLine("31", "秒/件")
    for field in (plain, unit):
        qtbot.addWidget(field)
        field.resize(132, 28)
        field.show()
    room = QFontMetrics(theme.font("body")).horizontalAdvance("秒/件")
    assert unit.textMargins().right() >= room
    assert plain.grab().toImage() != unit.grab().toImage()
    assert unit.text() == "31"
