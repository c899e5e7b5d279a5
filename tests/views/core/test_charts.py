"""Charts by the rules of ui.md 11: keys, guide and box, pictures."""

from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from app.errors import UserError
from app.views.core import theme as themes
from app.views.core.charts import BarMark, Dot, QuadrantScatter, StackedBars, TrendChart, TrendMark
from app.views.core.charts.pictures import ask_and_save, save_picture


@pytest.fixture
def theme(qapp):
    return themes.install(qapp, "light")


@pytest.fixture
def trend(theme, qtbot):
    chart = TrendChart("trend")
    qtbot.addWidget(chart)
    chart.resize(600, 240)
    marks = [
        TrendMark(f"{n}月", n / 10, n / 20, n < 5, n == 2, ((f"2026-0{n}", ""), ("本期", f"{n}")))
        for n in range(1, 6)
    ]
    chart.show_marks(marks, lambda value: f"{value:.0%}", "本月未完")
    chart.show()
    return chart


@pytest.fixture
def bars(theme, qtbot):
    chart = StackedBars("bars")
    qtbot.addWidget(chart)
    chart.resize(400, 160)
    chart.show_marks([BarMark("1月", (3.0, 2.0), box=(("1月", ""), ("首购", "3")))], str)
    chart.show()
    return chart


def test_the_cursor_walks_with_guide_and_box_and_leaves_with_escape(trend, qtbot):
    chosen = []
    trend.chosen.connect(chosen.append)
    qtbot.keyClick(trend, Qt.Key.Key_End)
    assert (trend.looked, trend.box.isVisible(), trend._guide.value()) == (4, True, 4)
    qtbot.keyClick(trend, Qt.Key.Key_Left)
    assert (trend.looked, trend._guide.value()) == (3, 3)
    qtbot.keyClick(trend, Qt.Key.Key_Return)
    assert chosen == [3]
    qtbot.keyClick(trend, Qt.Key.Key_Escape)
    assert (trend.looked, trend.box.isVisible(), trend._guide) == (-1, False, None)


def test_bars_have_the_same_cursor(bars, qtbot):
    qtbot.keyClick(bars, Qt.Key.Key_Home)
    assert bars.box.isVisible()
    assert bars._guide.value() == 0


def test_copy_puts_the_bare_chart_on_the_clipboard(trend, qtbot):
    plain = trend.size() * 2
    qtbot.keyClick(trend, Qt.Key.Key_Home)
    qtbot.keyClick(trend, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    image = QGuiApplication.clipboard().image()
    assert image.size() == plain
    assert not trend.box.isVisible()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, 400, 3)}
    assert len(colours) > 3


def test_people_as_dots_are_copied_too(theme, qtbot):
    chart = QuadrantScatter("dots")
    qtbot.addWidget(chart)
    chart.resize(300, 200)
    chart.show_dots([Dot(1, "周敏", 70, 30)], ("", "", "", ""), "行动")
    chart.show()
    qtbot.keyClick(chart, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().image().size() == chart.size() * 2


def test_files_hold_the_chart(trend, tmp_path):
    trend.setAccessibleName("转化率趋势")
    save_picture(trend, tmp_path / "a.png")
    save_picture(trend, tmp_path / "a.svg")
    assert QImage(str(tmp_path / "a.png")).width() == 1200
    drawing = ET.parse(tmp_path / "a.svg").getroot()
    assert drawing.find("{http://www.w3.org/2000/svg}title").text == "转化率趋势"
    assert len(list(drawing.iter())) > 20
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.png", "a.svg"]


@pytest.mark.parametrize("name", ["a.png", "a.svg"])
def test_a_place_that_cannot_be_written_is_told(trend, tmp_path, name):
    with pytest.raises(UserError) as refused:
        save_picture(trend, tmp_path / "none" / name)
    assert refused.value.code == "picture_failed"


def test_the_menu_saves_under_the_name_that_was_typed(trend, tmp_path, monkeypatch):
    kind = "SVG 矢量图 (*.svg)"
    answer = (str(tmp_path / "图"), kind)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: answer)
    names = [one.objectName() for one in trend.picture_menu().actions()]
    assert names == ["chart_copy", "chart_save"]
    ask_and_save(trend)
    assert (tmp_path / "图.svg").read_text("utf-8").startswith("<?xml")
