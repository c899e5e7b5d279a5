"""写跟单 in the real window: steps, recognition, drafts, the chain, errors."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.values import dates
from app.models.values.nextstep import Bucket
from app.services.followups import FORM
from app.views.followups.form import write_followup
from tests import factories

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def customer(office):
    """Return a function that finds a customer of the pictures."""
    return lambda name: office.customers.search(name)[0].id


@pytest.fixture
def write(window, customer):
    """Return a function that opens the form for a customer by name, or for nobody."""

    def start(name="", **options):
        form = write_followup(window.view, customer(name) if name else None, **options)
        while not form.isActiveWindow():
            QTest.qWait(1)
        return form

    return start


def commit(widget, text):
    """Type as an input method does: letters of any language arrive committed."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def type_in(form, text):
    form.happened.entry.setFocus()
    if text.isascii():
        QTest.keyClicks(form.happened.entry, text)
    else:
        commit(form.happened.entry, text)


def newest(office, customer_id):
    entries = office.followups.timeline(customer_id)
    return next(one for one in entries if one.kind == "followup")


def steps(office, customer_id):
    return office.followups.record(customer_id).open


# -- saving ------------------------------------------------------------------


def test_text_and_slash_words_become_a_followup_with_its_next_step(office, write, customer):
    form = write("青禾食品")
    form.happened.entry.set_text("白皮书送到了，下周约饭。/下周 /增进关系 带样机视频")
    assert form.happened.line.words()[:2] == ["时间：下周", "计划：增进关系"]
    assert form.next_frame.mark.isVisible()
    QTest.keyClick(form, Key.Key_Return, CTRL)
    saved = newest(office, customer("青禾食品"))
    assert saved.content == "白皮书送到了，下周约饭。/下周 /增进关系 带样机视频"
    (step,) = steps(office, customer("青禾食品"))
    assert (step.bucket, step.plan_kind, step.what) == (
        "next_week", "build_rapport", "带样机视频",
    )  # fmt: skip


def test_the_step_due_today_is_completed_unless_let_go(office, write, customer):
    form = write("青禾食品")
    step_id = form.line.step_id()
    assert step_id
    form.line.link.click()
    assert form.line.step_id() == 0
    form.happened.entry.set_text("顺便问了一句 /明天")
    form.save()
    assert office.followups.step(step_id).state == "open"


def test_a_step_of_next_week_is_not_completed_by_itself(write, window, customer, office):
    form = write("恒软信息技术")
    assert form.line.step_id() == 0
    assert form.line.link.isVisible()
    form.reject()


def test_the_persons_own_choice_wins_over_the_text(office, write, customer):
    form = write("青禾食品")
    form.happened.entry.set_text("谈得好 /下周 /增进关系 送样")
    QTest.keyClick(form, Key.Key_4, CTRL)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_3)
    form.next.what.selectAll()
    commit(form.next.what, "当面交样")
    type_in(form, "，改 /下月 再说")
    assert form.next.when.value().bucket is Bucket.tomorrow
    assert form.next.what.text() == "当面交样"
    assert form.next.plans.value() == "build_rapport"
    form.happened.entry.set_text("谈得好")
    assert form.next.plans.value() is None
    assert form.next.when.value().bucket is Bucket.tomorrow
    form.save()
    (step,) = steps(office, customer("青禾食品"))
    assert (step.bucket, step.what) == ("tomorrow", "当面交样")


def test_typed_times_and_days(office, write, customer):
    form = write("青禾食品")
    form.happened.entry.set_text("再约")
    form.next.when.field.setFocus()
    QTest.keyClicks(form.next.when.field, "12-03 14:30")
    form.happened.entry.setFocus()
    draft = form.next.draft()
    assert (draft.bucket, draft.day, draft.clock) == (Bucket.date, date(2026, 12, 3), time(14, 30))
    form.save()
    (step,) = steps(office, customer("青禾食品"))
    assert step.window_start == factories.instant("2026-12-03", "14:30")


def test_a_range_read_from_words_is_kept(office, write, customer):
    form = write("青禾食品")
    form.happened.entry.set_text("说月底前给答复")
    form.save()
    (step,) = steps(office, customer("青禾食品"))
    assert step.window_end == dates.day_window(date(2026, 11, 30), factories.ZONE)[1]


def test_value_and_features_are_saved_with_it(office, write, customer):
    customer_id = customer("启明自动化设备")
    form = write("启明自动化设备")
    assert form.value.note.text() == "与上次相同"
    form.happened.entry.set_text("对方主要担心节拍，精测报 43 万。/下周 /打击竞品 带视频")
    told = next(one for one in form.learnt.editors if one.field.label == "竞品报价")
    assert told.value().value == "430,000"
    assert told.mark.isVisible()
    node = next(one for one in form.value.nodes.chips if one.text() == "见到决策人")
    node.click()
    assert form.value.note.text() == "与上次相同，只新标 1 个关键节点"
    need = next(one for one in form.learnt.editors if one.field.label == "双工位需求")
    next(one for one in need.entry.chips if one.text() == "需要").click()
    form.save()
    assert [one.name for one in office.calibration.nodes(customer_id)][-1] == "见到决策人"
    known = {one.field.label: one.value for one in office.features.of_customer(customer_id)}
    assert (known["竞品报价"], known["双工位需求"]) == ("430,000", "需要")


def test_digits_choose_quality_and_grade(write):
    form = write("青禾食品")
    QTest.keyClick(form, Key.Key_2, CTRL)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_1)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_4)
    draft = form.value.draft()
    assert (draft.quality, draft.grade) == ("valuable", "big")
    assert form.value.note.text() == "定性 不确定 → 有价值 · 定级 正常 → 大单"
    form.reject()


def test_a_budget_in_the_text_fills_the_amount_until_somebody_types(write):
    form = write("青禾食品")
    form.happened.entry.set_text("预算 50万")
    assert form.value.amount.value() == 50_000_000
    assert form.value.mark.isVisible()
    form.happened.entry.set_text("预算没说")
    assert form.value.amount.value() == 8_800_000
    form.value.amount.selectAll()
    commit(form.value.amount, "60万")
    form.happened.entry.set_text("预算 50万")
    assert form.value.amount.value() == 60_000_000
    form.reject()


def test_a_missed_call_does_not_count_unless_it_was_meant_otherwise(office, write, customer):
    form = write("青禾食品")
    form.happened.entry.set_text("没接，/明天 再打")
    assert "结果：未接" in form.happened.line.words()
    form.save()
    assert newest(office, customer("青禾食品")).outcome == "missed"
    form = write("宏泰模具")
    form.happened.entry.set_text("上次没接，这次聊了。/明天")
    form.happened._refuse()
    form.save()
    assert newest(office, customer("宏泰模具")).outcome == ""


def test_an_earlier_moment(office, write, customer):
    form = write("青禾食品")
    form.happened.moment.setEditText("昨天 15:00")
    form.happened.moment.lineEdit().editingFinished.emit()
    form.happened.entry.set_text("昨天见的面 /下周")
    form.save()
    assert newest(office, customer("青禾食品")).at == factories.instant("2026-11-22", "15:00")


def test_a_moment_to_come_is_refused(write):
    form = write("青禾食品")
    form.happened.moment.setEditText("今天 20:00")
    form.happened.moment.lineEdit().editingFinished.emit()
    form.happened.entry.set_text("见了面 /下周")
    form.save()
    assert form.isVisible()
    assert "还没到这个时间" in form.footer.state.text()
    form.reject()


def test_nothing_written_is_not_saved(office, write, customer):
    before = office.followups.count(customer("青禾食品"))
    form = write("青禾食品")
    form.save()
    assert form.happened.error.text() == "写一句发生了什么再存"
    assert office.followups.count(customer("青禾食品")) == before
    form.reject()


def test_another_channel_and_contact(office, write, customer):
    form = write("启明自动化设备")
    form.happened.more.click()
    next(one for one in form.happened.channel.chips if one.text() == "QQ").click()
    decider = next(one for one in form._subject.card.contacts if one.name == "何建平")
    form.line.set_contact(decider.id)
    assert form.line.who.text() == "启明自动化设备 · 何建平"
    form.happened.entry.set_text("发了报价")
    form.save()
    assert newest(office, customer("启明自动化设备")).channel == "qq"


# -- the chain ---------------------------------------------------------------


def test_a_broken_chain_asks_once_and_one_key_mends_it(office, write, customer):
    form = write("青禾食品")
    form.happened.entry.set_text("白皮书送到了")
    QTest.keyClick(form, Key.Key_Return, CTRL)
    assert form.chain.isVisible()
    assert form.chain.words.text() == "不安排下步了吗"
    QTest.keyClick(QApplication.focusWidget(), Key.Key_5)
    (step,) = steps(office, customer("青禾食品"))
    assert step.bucket == "next_week"


def test_saving_twice_lets_the_chain_end(office, write, customer):
    form = write("青禾食品")
    form.happened.entry.set_text("不做了")
    form.save()
    form.save()
    assert not form.isVisible()
    assert steps(office, customer("青禾食品")) == ()


def test_a_plan_without_a_time_asks_for_the_time(write, customer):
    form = write("启明自动化设备")
    form.happened.entry.set_text("接下来 /打击竞品 对比")
    form.save()
    assert form.chain.words.text() == "下步事务还没选时间"
    form.reject()


def test_another_open_step_keeps_the_chain(office, write, customer):
    form = write("启明自动化设备")
    form.happened.entry.set_text("工艺部同意了")
    form.save()
    assert not form.isVisible()
    assert [one.bucket for one in steps(office, customer("启明自动化设备"))] == ["next_week"]


# -- drafts ------------------------------------------------------------------


def test_a_draft_is_kept_after_a_pause_and_comes_back(office, write, customer, qtbot):
    form = write("青禾食品")
    type_in(form, "写到一半 ")
    QTest.keyClick(form, Key.Key_4, CTRL)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_5)
    qtbot.waitUntil(lambda: "14:46" in form.footer.state.text())
    QTest.keyClick(form, Key.Key_Escape)
    assert not form.isVisible()
    again = write("青禾食品")
    assert again.happened.entry.toPlainText() == "写到一半 "
    assert again.next.when.value().bucket is Bucket.next_week
    assert "上次没写完" in again.kept.words.text()
    again.kept.dropped.emit()
    assert again.happened.entry.toPlainText() == ""
    assert office.followups.drafts.find(FORM, customer("青禾食品")) is None
    again.reject()


def test_esc_keeps_at_once_and_an_empty_form_leaves_nothing(office, write, customer):
    form = write("青禾食品")
    type_in(form, "急着走")
    form.reject()
    assert office.followups.drafts.find(FORM, customer("青禾食品")) is not None
    form = write("青禾食品")
    form.happened.entry.set_text("")
    form.reject()
    assert office.followups.drafts.find(FORM, customer("青禾食品")) is None


def test_saving_forgets_the_draft(office, write, customer, qtbot):
    form = write("青禾食品")
    form.happened.entry.set_text("见面了 /下周")
    form.draft.keep_now()
    form.save()
    assert office.followups.drafts.find(FORM, customer("青禾食品")) is None


def test_everything_chosen_comes_back(office, write, customer):
    form = write("启明自动化设备")
    form.happened.entry.set_text("谈了预算 50万")
    next(one for one in form.happened.channel.chips if one.text() == "拜访").click()
    form.value.grade.pick("5")
    form.value.nodes.chips[0].click()
    need = next(one for one in form.learnt.editors if one.field.label == "双工位需求")
    need.entry.chips[1].click()
    form.next.when.field.setText("12-03 14:30")
    form.next.when.field.settle()
    form.next.plans.chips[2].click()
    before = form._payload()
    form.reject()
    again = write("启明自动化设备")
    assert again._payload() == before
    assert again.value.amount.value() == 50_000_000
    again.reject()


def test_a_plain_word_in_a_draft_means_now(office, write, customer, clock):
    form = write("青禾食品")
    form.happened.entry.set_text("写到一半")
    form.next.choose_time(Bucket.tomorrow)
    form.reject()
    clock.instant = dates.to_instant(datetime(2026, 11, 25, 9, 0, tzinfo=factories.ZONE))
    again = write("青禾食品")
    assert again.next.when.value().window.start == factories.instant("2026-11-26", "09:00")
    again.reject()


def test_a_damaged_draft_does_no_harm(office, write, customer):
    office.followups.drafts.keep(
        FORM,
        customer("青禾食品"),
        {"happened": {"content": "还在", "channel": "pigeon"},
         "next": {"own": ["time"], "time": {"bucket": "soon"}}, "learnt": {"x": 1, "7": 3}},
    )  # fmt: skip
    form = write("青禾食品")
    assert form.happened.entry.toPlainText() == "还在"
    assert form.next.draft() is None
    form.reject()


# -- without a customer ------------------------------------------------------


def test_without_a_customer_the_first_field_finds_one(office, write, customer, qtbot):
    form = write()
    assert form.line.field.hasFocus()
    assert not form.value.isVisible()
    QTest.keyClicks(form.line.field, "hrjm")
    qtbot.waitUntil(lambda: form.line.field.completer().popup().isVisible())
    QTest.keyClick(form.line.field.completer().popup(), Key.Key_Return)
    qtbot.waitUntil(lambda: form._subject is not None)
    assert form._subject.name == "恒锐精密机械"
    assert form.happened.entry.hasFocus()
    form.reject()


def test_words_typed_before_choosing_go_along(office, write, customer):
    form = write()
    form.happened.entry.set_text("路上遇到的 /下周")
    form.draft.keep_now()
    form._change_subject(customer("宏泰模具"))
    assert form.happened.entry.toPlainText() == "路上遇到的 /下周"
    assert office.followups.drafts.find(FORM, 0) is None
    form.save()
    assert newest(office, customer("宏泰模具")).content == "路上遇到的 /下周"


def test_saving_without_a_customer_asks_for_whom(write):
    form = write()
    form.happened.entry.set_text("谁来着")
    form.save()
    assert form.isVisible()
    assert form.line.field.hasFocus()
    form.reject()


# -- one after the other -----------------------------------------------------


def test_save_and_write_the_next_one(today, office, window, customer, choose, settle):
    choose("恒锐精密机械")
    today.acts.complete()
    form = _open_form(window)
    form.happened.entry.set_text("算好了 /下周")
    QTest.keyClick(form, Key.Key_Return, CTRL | SHIFT)
    settle()
    assert form.isVisible()
    assert form._subject.name == "宏泰模具"
    assert form.happened.entry.toPlainText() == ""
    assert today.list.current_step().item.customer == "宏泰模具"
    form.happened.entry.set_text("报告送了 /下周")
    form.save(then_next=True)
    settle()
    assert form._subject.name == "海川塑胶制品"
    form.reject()
    assert newest(office, customer("恒锐精密机械")).content == "算好了 /下周"


def _open_form(window):
    from app.views.followups.followup_form import FollowupForm

    form = next(one for one in window.findChildren(FollowupForm) if one.isVisible())
    while not form.isActiveWindow():
        QTest.qWait(1)
    return form


def test_there_is_no_next_one_without_a_list(write):
    form = write("青禾食品")
    assert form.footer.save_next.parent() is None or not form.footer.save_next.isVisible()
    form.happened.entry.set_text("好 /下周")
    form.save(then_next=True)
    assert not form.isVisible()


# -- trouble -----------------------------------------------------------------


def test_a_failed_save_keeps_everything_and_can_be_repeated(office, write, customer):
    form = write("青禾食品")
    customer_id = customer("青禾食品")
    form.happened.entry.set_text("见了面 /下周")
    office.customers.remove((customer_id,))
    gone = office.undo.last()
    form.save()
    assert form.error.isVisible()
    assert "已经不在了" in form.error.accessibleName()
    assert form.happened.entry.toPlainText() == "见了面 /下周"
    office.undo.take_back(gone.id)
    form.error.retry.click()
    assert not form.isVisible()
    assert newest(office, customer_id).content == "见了面 /下周"


def test_a_wrong_field_is_shown_and_stops_the_saving(write):
    form = write("青禾食品")
    form.happened.entry.set_text("见了面 /下周")
    form.value.amount.setText("很多钱")
    form.save()
    assert form.isVisible()
    assert form.footer.state.text()
    form.reject()


# -- keys --------------------------------------------------------------------


def test_enter_in_the_text_is_a_new_line_and_never_saves(office, write, customer):
    before = office.followups.count(customer("青禾食品"))
    form = write("青禾食品")
    type_in(form, "第一行")
    QTest.keyClick(form.happened.entry, Key.Key_Return)
    type_in(form, "第二行")
    assert form.happened.entry.toPlainText() == "第一行\n第二行"
    QTest.keyClick(form.next.what, Key.Key_Return)
    assert form.isVisible()
    assert office.followups.count(customer("青禾食品")) == before
    form.reject()


def test_the_enter_of_an_input_method_does_not_save(office, write, customer):
    before = office.followups.count(customer("青禾食品"))
    form = write("青禾食品")
    form.happened.entry.setFocus()
    type_in(form, "好")
    QApplication.sendEvent(form.happened.entry, QInputMethodEvent("xia zhou", []))
    assert form.happened.entry.composing
    QTest.keyClick(form, Key.Key_Return, CTRL)
    assert form.isVisible()
    assert office.followups.count(customer("青禾食品")) == before
    commit(form.happened.entry, "下周")
    assert not form.happened.entry.composing
    assert form.happened.entry.toPlainText() == "好下周"
    form.reject()


def test_slash_offers_words_by_pinyin(write):
    form = write("青禾食品")
    type_in(form, "好 /")
    words = form.happened.entry._words
    assert [one.words for one in words.entries()][:2] == ["今天稍后", "今晚"]
    type_in(form, "djjp")
    assert [one.words for one in words.entries()] == ["打击竞品"]
    QTest.keyClick(form.happened.entry, Key.Key_Return)
    assert form.happened.entry.toPlainText() == "好 /打击竞品 "
    assert form.next.plans.value() == "counter_rival"
    type_in(form, "/")
    QTest.keyClick(form.happened.entry, Key.Key_Down)
    QTest.keyClick(form.happened.entry, Key.Key_Tab)
    assert form.happened.entry.toPlainText() == "好 /打击竞品 /今晚 "
    type_in(form, "1/")
    assert not words.isVisible()
    type_in(form, " /x")
    QTest.keyClick(form.happened.entry, Key.Key_Escape)
    assert form.isVisible()
    assert not words.isVisible()
    form.reject()


def test_ctrl_digits_jump_between_the_steps(write):
    form = write("青禾食品")
    for number, step in enumerate(form.steps, start=1):
        QTest.keyClick(form, getattr(Key, f"Key_{number}"), CTRL)
        assert step.isAncestorOf(QApplication.focusWidget())
        assert step._number.state == "current"
    form.reject()


def test_tab_goes_through_every_field_once(write):
    form = write("启明自动化设备")
    form.happened.entry.setFocus()
    seen = []
    for _step in range(40):
        focused = QApplication.focusWidget()
        seen.append(focused.objectName())
        QTest.keyClick(focused, Key.Key_Tab)
        if QApplication.focusWidget() is form.happened.entry:
            break
    for name in ("entry_box", "expected_amount", "expected_day", "when", "next_what", "next_who",
                 "form_save", "subject_button"):  # fmt: skip
        assert seen.count(name) == 1, name
    assert len(seen) < 40
    form.reject()


# -- a clock that may be wrong ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (datetime(2027, 11, 23, 9, tzinfo=factories.ZONE), "个工作日"),
        (datetime(2025, 11, 23, 9, tzinfo=factories.ZONE), "还早"),
    ],
)
def test_a_date_far_from_the_last_entry_is_asked_about_once(
    office, write, customer, clock, moment, told
):
    clock.instant, clock.given = dates.to_instant(moment), False
    form = write("青禾食品")
    type_in(form, "白皮书送到了")
    QTest.keyClick(form, Key.Key_Return, CTRL)
    form.chain.skip.click()
    assert form.clock.isVisible()
    assert told in form.clock.words.text()
    assert newest(office, customer("青禾食品")).content != "白皮书送到了"
    QTest.keyClick(form, Key.Key_Return, CTRL)
    assert not form.isVisible()
    assert newest_written(office, "白皮书送到了", customer("青禾食品"))
    again = write("青禾食品")
    type_in(again, "又聊了")
    QTest.keyClick(again, Key.Key_Return, CTRL)
    again.chain.skip.click()
    assert not again.isVisible()


def newest_written(office, content, customer_id):
    entries = office.followups.timeline(customer_id)
    return [one for one in entries if one.content == content]
