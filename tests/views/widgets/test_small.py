"""Buttons, labels, toasts, search, stages, badges, timeline: what they tell and take."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget

from app.models.values import periods
from app.models.values.periods import By
from app.views.core import theme as themes
from app.views.core.focus import FocusRing
from app.views.widgets import empty_state
from app.views.widgets.avatar import Avatar, initial
from app.views.widgets.badges import Tag, ValueBadge
from app.views.widgets.buttons import Button, CheckBox, KeyHint, RadioButton, Select, icon_button
from app.views.widgets.card import Card
from app.views.widgets.customer_picker import CustomerPicker
from app.views.widgets.empty_state import EmptyState
from app.views.widgets.period_picker import PeriodPicker, period_words, presets
from app.views.widgets.search_field import SearchField
from app.views.widgets.skeleton import Skeleton
from app.views.widgets.sparkline import Sparkline, pieces
from app.views.widgets.staff_picker import StaffPicker
from app.views.widgets.stage_bar import Stage, StageBar
from app.views.widgets.text import ElidedLabel, Label, cut, plain_tip
from app.views.widgets.timeline import TimelineList, TimelineRow
from app.views.widgets.toast import Toast

TODAY = date(2026, 11, 23)


def _drawn(widget):
    """Return the colours that a widget draws."""
    image = widget.grab().toImage()
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
    }


def test_text_is_never_markup(qtbot):
    label = Label("<b>张三</b> <img src='file:///etc/passwd'>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert plain_tip("<b>x</b>") == "<span>&lt;b&gt;x&lt;/b&gt;</span>"
    assert plain_tip("a & b") == "a & b"


def test_long_text_is_cut():
    assert len(cut("长" * 10_000)) == 4096
    assert cut("长" * 10_000).endswith("…")
    assert cut("短") == "短"


def test_an_elided_label_keeps_all_for_readers(qtbot):
    label = ElidedLabel("很长的公司名称" * 10)
    qtbot.addWidget(label)
    label.resize(60, 20)
    assert label.accessibleName() == "很长的公司名称" * 10
    assert label.toolTip() == label.text()
    assert label.minimumSizeHint().width() < 60


@pytest.mark.parametrize("role", ["default", "primary", "ghost", "danger", "danger_fill", "link"])
def test_buttons_fit_and_draw(qtbot, role):
    button = Button("保存", role, "checkmark", key="Ctrl+Enter")
    qtbot.addWidget(button)
    assert button.accessibleName() == "保存"
    assert button.sizeHint().height() == 28
    plain = Button("保存", role)
    qtbot.addWidget(plain)
    assert plain.sizeHint().width() < button.sizeHint().width()
    button.resize(button.sizeHint())
    assert len(_drawn(button)) > 3
    button.setEnabled(False)
    assert len(_drawn(button)) > 1


def test_an_icon_button_says_what_it_does(qtbot):
    button = icon_button("print", "打印", name="print_page")
    qtbot.addWidget(button)
    assert button.accessibleName() == "打印"
    assert button.toolTip() == "打印"
    assert button.objectName() == "print_page"
    assert button.sizeHint().width() == button.sizeHint().height() == 28


def test_a_menu_shows_its_mark(qtbot):
    button = Button("我的")
    qtbot.addWidget(button)
    before = button.sizeHint().width()
    button.set_menu(QMenu(button))
    assert button.sizeHint().width() > before


def test_buttons_grow_with_the_text(qtbot, theme):
    button = Button("保存")
    qtbot.addWidget(button)
    before = button.sizeHint()
    theme.use(scale=200)
    assert button.sizeHint().height() == 56
    assert button.sizeHint().width() > 1.8 * before.width()


@pytest.mark.parametrize("kind", [CheckBox, RadioButton])
def test_marks_are_drawn_and_toggle(qtbot, theme, kind):
    box = kind("叠加去年")
    qtbot.addWidget(box)
    box.show()
    accent = theme.hex("accentFill").upper()
    assert accent not in _drawn(box)
    box.setChecked(False)
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()
    assert accent in _drawn(box)
    assert box.accessibleName() == "叠加去年"


def test_a_select_keeps_its_value_and_ignores_the_wheel(qtbot):
    field = Select([(1, "甲"), (2, "乙")], spoken="谁")
    qtbot.addWidget(field)
    field.set_value(2)
    field.set_choices([(3, "丙"), (2, "乙")])
    assert field.value() == 2
    field.set_value(99)
    assert field.value() == 2
    field.set_choices([(3, "丙")])
    assert field.value() == 3


def test_people_are_chosen(qtbot):
    field = StaffPicker([(7, "周敏"), (8, "陈立")], everyone=True)
    qtbot.addWidget(field)
    assert field.staff_id() is None
    heard = []
    field.changed.connect(heard.append)
    field.show()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert heard == [7]
    assert field.staff_id() == 7


def test_a_toast_stays_takes_back_and_goes(qtbot):
    home = QWidget()
    qtbot.addWidget(home)
    home.resize(800, 600)
    home.show()
    toast, undone = Toast(home), []
    toast.say("已顺延到明天", lambda: undone.append(1))
    assert toast.isVisible()
    assert toast.accessibleName() == "已顺延到明天"
    assert abs(toast.geometry().center().x() - 400) <= 1
    assert toast._timer.interval() >= 6_000
    home.resize(1000, 700)
    assert abs(toast.geometry().center().x() - 500) <= 1
    toast.findChild(QWidget, "toast_undo").click()
    assert undone == [1]
    assert not toast.isVisible()
    assert not toast.undo()
    toast.say("备份完成")
    assert toast.findChild(QWidget, "toast_undo").isHidden()


def test_the_pointer_holds_a_toast(qtbot):
    home = QWidget()
    qtbot.addWidget(home)
    home.show()
    toast = Toast(home)
    toast.say("已保存")
    toast.enterEvent(_enter())
    assert not toast._timer.isActive()
    from PySide6.QtCore import QEvent

    toast.leaveEvent(QEvent(QEvent.Type.Leave))
    assert toast._timer.isActive()


def _enter():
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QEnterEvent

    return QEnterEvent(QPointF(1, 1), QPointF(1, 1), QPointF(1, 1))


def test_search_waits_for_the_last_key(qtbot):
    field = SearchField("找客户", key="Ctrl+K")
    qtbot.addWidget(field)
    heard = []
    field.searched.connect(heard.append)
    field.show()
    qtbot.keyClicks(field, "hr")
    assert heard == []
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["hr"]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert heard == ["hr", "hr"]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    qtbot.waitUntil(lambda: heard[-1] == "")


def test_search_hears_nothing_of_a_composition(qtbot):
    field = SearchField("找客户")
    qtbot.addWidget(field)
    heard = []
    field.searched.connect(heard.append)
    field.show()
    QApplication.sendEvent(field, QInputMethodEvent("heng", []))
    qtbot.wait(120)
    assert heard == []
    done = QInputMethodEvent("", [])
    done.setCommitString("恒锐")
    QApplication.sendEvent(field, done)
    qtbot.waitUntil(lambda: heard == ["恒锐"])


def test_down_goes_to_the_results(qtbot):
    field = SearchField("找客户")
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.went_down):
        qtbot.keyClick(field, Qt.Key.Key_Down)


class _Hit:
    def __init__(self, row_id, name, contact=""):
        self.id, self.name, self.contact = row_id, name, contact


def test_a_customer_is_picked_by_typing(qtbot):
    asked = []

    def search(words, limit):
        asked.append((words, limit))
        return [_Hit(5, "启明自动化", "孙丽"), _Hit(6, "启明塑业")]

    field = CustomerPicker(search)
    qtbot.addWidget(field)
    heard = []
    field.changed.connect(heard.append)
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "qm")
    qtbot.waitUntil(lambda: field.completer().popup().isVisible())
    assert asked == [("qm", 8)]
    qtbot.keyClick(field.completer().popup(), Qt.Key.Key_Down)
    qtbot.keyClick(field.completer().popup(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: field.text() == "启明塑业")
    assert heard == [6]
    assert field.customer_id() == 6
    qtbot.keyClicks(field, "x")
    assert field.customer_id() is None
    assert heard == [6, None]


def test_periods(qtbot):
    month = periods.period_of(TODAY, By.month)
    field = PeriodPicker(month, today=lambda: TODAY)
    qtbot.addWidget(field)
    heard = []
    field.changed.connect(heard.append)
    assert field.text() == "2026-11"
    field.show()
    field.open_choices()
    popup = QApplication.activePopupWidget()
    popup.findChild(QPushButton, "preset_3").click()
    assert period_words(field.period()) == "2026-10"
    field.open_choices()
    popup = QApplication.activePopupWidget()
    popup.findChild(QWidget, "period_start").setText("2026-11-23")
    popup.findChild(QWidget, "period_end").setText("11-01")
    popup.findChild(QPushButton, "period_use").click()
    assert period_words(field.period()) == "2026-11-01 ~ 2026-11-23"
    assert [period_words(one) for one in heard] == ["2026-10", "2026-11-01 ~ 2026-11-23"]
    assert len({words for words, _period in presets(TODAY)}) == len(presets(TODAY))


@pytest.fixture
def stages(qtbot):
    bar = StageBar()
    qtbot.addWidget(bar)
    reached = [Stage("新客", "08-15", True), Stage("初访", "08-27", True)]
    bar.set_stages([*reached, Stage("方案", "第 11 天", True), Stage("谈判"), Stage("成交")], 2)
    bar.resize(500, 24)
    bar.show()
    return bar


def test_stages_by_mouse_and_key(stages, qtbot):
    heard = []
    stages.chosen.connect(heard.append)
    qtbot.mouseClick(stages, Qt.MouseButton.LeftButton, pos=QPoint(350, 10))
    qtbot.mouseClick(stages, Qt.MouseButton.LeftButton, pos=QPoint(250, 10))
    assert heard == [3]
    assert stages.accessibleName() == "阶段 方案 第 11 天"
    qtbot.keyClick(stages, Qt.Key.Key_Left)
    assert stages.accessibleName() == "阶段 初访 08-27"
    qtbot.keyClick(stages, Qt.Key.Key_Return)
    assert heard == [3, 1]


def test_stages_show_reached_current_and_coming(stages, theme):
    drawn = _drawn(stages)
    assert {theme.hex(token).upper() for token in ("accentTint", "accentFill", "neutral")} <= drawn


def test_badges_say_their_words(qtbot):
    badge = ValueBadge("valuable", "big")
    qtbot.addWidget(badge)
    assert badge.accessibleName() == "有价值 · 大单"
    wide = badge.sizeHint().width()
    badge.set("worthless")
    assert badge.accessibleName() == "无价值"
    assert badge.sizeHint().width() < wide
    tag = Tag("逾期", "bad", "warning")
    qtbot.addWidget(tag)
    assert tag.accessibleName() == "逾期"
    assert tag.sizeHint().height() == 20


@pytest.mark.parametrize(
    ("name", "mark"), [("周敏", "周"), ("Zhou Min", "ZM"), ("zoe", "Z"), ("", "?"), ("  ", "?")]
)
def test_first_characters(name, mark):
    assert initial(name) == mark


def test_plain_parts_have_names(qtbot):
    for widget in (
        Avatar("周敏"),
        KeyHint("Ctrl+J"),
        Skeleton(),
        Card("价值标定"),
        EmptyState(empty_state.DONE, "今天的事都办完了", "明天 2 条"),
    ):
        qtbot.addWidget(widget)
        assert widget.accessibleName()


def test_a_chosen_card_is_framed(qtbot, theme):
    card = Card("转化率")
    qtbot.addWidget(card)
    card.resize(200, 100)
    card.set_chosen(True)
    image = card.grab().toImage()
    assert image.pixelColor(100, 0).name().upper() == theme.hex("accent").upper()
    card.set_chosen(False)
    assert card.grab().toImage().pixelColor(100, 0).name().upper() == theme.hex("border").upper()


def test_gaps_stay_gaps():
    from PySide6.QtCore import QRectF

    parts = pieces([1, 2, None, 3, None, None, 4, 5], QRectF(0, 0, 70, 10), 1, 5)
    assert [len(part) for part in parts] == [2, 1, 2]
    assert parts[0][0].y() == 10
    assert parts[2][1].y() == 0
    assert parts[2][1].x() == 70


def test_a_sparkline_draws_both_years(qtbot, theme):
    line = Sparkline()
    qtbot.addWidget(line)
    line.show_values([1, 3, 2, 4], [2, 2, 3, 3], unfinished=True, spoken="升到 4")
    line.resize(line.sizeHint())
    assert {theme.hex("c1").upper()} <= _drawn(line)
    assert line.accessibleName() == "升到 4"


def _rows(number=6):
    return [
        TimelineRow(at, "call_outbound", f"电话 {at}", "11-20 10:24", "很长的话。" * 60 * (at == 0),
                    month="11 月" if at < 3 else "10 月")
        for at in range(number)
    ]  # fmt: skip


@pytest.fixture
def timeline(qtbot):
    made = TimelineList()
    qtbot.addWidget(made)
    made.resize(360, 300)
    made.set_rows(_rows())
    made.show()
    return made


def test_long_entries_unfold(timeline, qtbot):
    timeline.setCurrentIndex(timeline.rows.index(0))
    folded = timeline.sizeHintForRow(0)
    qtbot.keyClick(timeline, Qt.Key.Key_Right)
    assert timeline.sizeHintForRow(0) > folded
    qtbot.keyClick(timeline, Qt.Key.Key_Left)
    assert timeline.sizeHintForRow(0) == folded


def test_a_month_begins_with_its_name(timeline):
    assert [timeline.rows.starts_month(at) for at in range(6)] == [True, False, False, True, False,
                                                                   False]  # fmt: skip
    assert timeline.sizeHintForRow(3) > timeline.sizeHintForRow(4)


def test_entries_open_and_speak(timeline, qtbot):
    timeline.setCurrentIndex(timeline.rows.index(1))
    with qtbot.waitSignal(timeline.opened) as opened:
        qtbot.keyClick(timeline, Qt.Key.Key_Return)
    assert opened.args[0].id == 1
    spoken = timeline.rows.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "11-20 10:24，电话 1"


def test_older_entries_are_asked_for_near_the_end(timeline, qtbot):
    timeline.set_rows(_rows(60))
    QApplication.processEvents()
    with qtbot.waitSignal(timeline.older_wanted):
        timeline.scrollToBottom()
    timeline.add_rows(_rows(5))
    assert timeline.rows.rowCount() == 65


def test_the_ring_follows_the_keyboard_not_the_mouse(qtbot):
    home = QWidget()
    qtbot.addWidget(home)
    home.resize(300, 100)
    button = Button("保存", parent=home)
    button.setGeometry(50, 30, 80, 28)
    plain = QWidget(home)
    home.show()
    ring = FocusRing()
    ring.follow(None, button)
    assert ring.shown()
    found = home.findChild(QWidget, "focus_ring")
    assert found.geometry().contains(button.geometry().adjusted(-3, -3, 3, 3))
    button.move(60, 30)
    assert found.geometry().contains(button.geometry().adjusted(-3, -3, 3, 3))
    ring.follow(button, plain)
    assert not ring.shown()


def test_the_ring_outlives_its_window(qtbot):
    home = QWidget()
    button = Button("保存", parent=home)
    home.show()
    ring = FocusRing()
    ring.follow(None, button)
    import shiboken6

    shiboken6.delete(home)
    ring.follow(None, None)
    assert not ring.shown()


def test_the_theme_in_force_is_light():
    assert themes.current().scheme == "light"


def test_an_ampersand_in_a_caption_has_its_room_and_is_spoken(qapp):
    themes.install(qapp, "light")
    plain, marked = Button("签约+回款"), Button("签约&&回款")
    assert marked.accessibleName() == "签约&回款"
    assert marked.sizeHint().width() > Button("签约回款").sizeHint().width()
    assert Button("&Save").sizeHint() == Button("Save").sizeHint()
    assert plain.accessibleName() == "签约+回款"
