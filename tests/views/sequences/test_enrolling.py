"""Sequences where people work: the customer, the list, Today, a person's leaks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.models.values.sequences import StepRule
from app.services.sequences.drafts import SequenceDraft, VersionDraft
from app.services.staff.leaks import LeakLine, LeakUnit
from app.services.staff.summary import SummaryQuery
from app.views.customers import customer_acts
from app.views.sequences.editor import SequenceEditor
from app.views.sequences.enrol_dialog import EnrolDialog
from app.views.sequences.talk_note import TalkNote
from app.views.staff.leak_dialog import LeakDialog

STEPS = (
    StepRule("首次联系", offset=0, limit=0, anchor="start", talk="先听三句，再说价格"),
    StepRule("需求拜访", "visit", offset=3, limit=2, must=False),
)
FIRM = "华锐紧固件有限公司"


@pytest.fixture
def office(picture):
    picture.office.staff.act_as("钱国安")
    sequences = picture.office.sequences
    sequences.add(SequenceDraft("标准动作", VersionDraft(STEPS)))
    return picture.office


@pytest.fixture
def sequence_id(office):
    return office.sequences.all()[0].id


def firm_of(office):
    return office.customers.resolve(FIRM)


def test_a_customer_is_enrolled_from_its_page_by_keys_and_taken_out(office, picture, qtbot):
    firm = firm_of(office)
    picture.navigate("customer", customer_id=firm)
    page = picture.page()
    dialog = customer_acts.open_sequences(page)
    qtbot.waitUntil(dialog.isVisible)
    qtbot.keyClick(dialog.choice, Qt.Key.Key_Return)
    (standing,) = office.sequences.of_customer(firm)
    assert standing.state == "running"
    qtbot.waitUntil(lambda: page.findChild(TalkNote) is not None, timeout=5_000)
    assert "先听三句" in page.findChild(TalkNote).accessibleName()
    again = customer_acts.open_sequences(page)
    stop = again.findChild(QPushButton, f"enrol_stop_{standing.id}")
    qtbot.keyClick(stop, Qt.Key.Key_Space)
    assert office.sequences.of_customer(firm)[0].state == "left"


def test_the_more_menu_of_a_customer_opens_its_sequences(office, picture):
    picture.navigate("customer", customer_id=firm_of(office))
    menu = customer_acts.more_menu(picture.page())
    assert "动作序列…" in [one.text() for one in menu.actions()]


def test_ticked_customers_are_enrolled_and_the_act_is_undone(office, sequence_id, picture, qtbot):
    picture.navigate("customers")
    page = picture.page()
    qtbot.waitUntil(lambda: page.table.model() is not None, timeout=5_000)
    ids = frozenset(list(_ids(office))[:3])
    from app.services.customers.bulk import Chosen

    page.acts.enrol(Chosen(ids))
    dialog = page.findChild(EnrolDialog)
    qtbot.keyClick(dialog.choice, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: office.sequences.one(sequence_id).running == 3, timeout=10_000)
    qtbot.waitUntil(picture.toast_box.isVisible, timeout=5_000)
    picture.undo()
    qtbot.waitUntil(lambda: office.sequences.one(sequence_id).running == 0, timeout=10_000)


def _ids(office):
    for name in (FIRM, "恒锐精密机械有限公司", "海润电子科技有限公司"):
        yield office.customers.resolve(name)


def test_today_shows_the_talk_track_of_the_step(office, sequence_id, picture, qtbot):
    firm = firm_of(office)
    office.sequences.enrol(firm, sequence_id)
    picture.navigate("today")
    page = picture.page()
    page.refresh()
    talk = office.sequences.talk_of(office.followups.record(firm).open[0].id)
    note = TalkNote(talk)
    qtbot.addWidget(note)
    assert note.accessibleName().startswith("标准动作 · 第 1/2 步 首次联系")
    assert "先听三句" in note.accessibleName()


def test_a_leak_opens_a_version_to_be_tried(office, sequence_id, picture, qtbot):
    person = office.staff.named("刘洋")
    today = office.context.today()
    line = LeakLine("stuck", "卡点", "", LeakUnit.rate, 0.2, 0.5, 10, True)
    dialog = LeakDialog(
        picture.view, SummaryQuery(today.replace(day=1), today), (person.id, "刘洋"), (line,)
    )
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.choose("stuck")
    qtbot.waitUntil(dialog.trial.isEnabled, timeout=10_000)
    editor = dialog.open_trial()
    assert isinstance(editor, SequenceEditor)
    assert editor.head.note.text() == "针对卡点：拜访和演示设为必做"
    editor.save()
    here = office.sequences.one(sequence_id)
    assert here.trial is not None
    assert [one.must for one in here.trial.steps] == [True, True]
    assert here.current.steps == STEPS


def test_no_trial_is_offered_where_the_person_is_not_behind(office, picture, qtbot):
    person = office.staff.named("刘洋")
    today = office.context.today()
    line = LeakLine("stuck", "卡点", "", LeakUnit.rate, 0.5, 0.2, 10, False)
    dialog = LeakDialog(picture.view, SummaryQuery(today, today), (person.id, "刘洋"), (line,))
    qtbot.addWidget(dialog)
    dialog.choose("stuck")
    qtbot.waitUntil(lambda: dialog.shown == "stuck", timeout=10_000)
    assert not dialog.trial.isEnabled()
