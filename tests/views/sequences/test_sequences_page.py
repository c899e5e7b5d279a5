"""The page 动作序列 as people use it (screen 07)."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from app.services.sequences.drafts import SequenceDraft
from app.services.sequences.shapes import PathMeasure
from app.views.core import theme as themes
from app.views.sequences import words as said
from app.views.sequences.editor import SequenceEditor
from app.views.sequences.path_rows import BY_COUNT, BY_CYCLE, BY_RATE, PathRows, ordered
from app.views.sequences.sheets import sequence_sheets
from app.views.sequences.tools import YEAR


@pytest.fixture
def office(window):
    sequences = window.view.office.sequences
    if not sequences.all():
        template = sequences.templates()[0]
        sequences.add(SequenceDraft(template.name, template.version))
    return window.view.office


@pytest.fixture
def page(window, office, qtbot):
    window.navigate("sequences")
    shown = window.page()
    qtbot.waitUntil(lambda: shown.status_left() != "", timeout=15_000)
    return shown


def ask(page, qtbot, **parts):
    page._ask(replace(page.tools.asked, **parts))
    wanted = page.tools.asked.query(page.view.office.context.today())
    qtbot.waitUntil(lambda: page._shown.report.query == wanted, timeout=15_000)
    return page._shown.report


def test_the_steps_and_figures_are_those_of_the_service(page, office, qtbot):
    found = ask(page, qtbot, span=YEAR)
    wanted = office.sequences.report(found.query)
    assert found.steps == wanted.steps
    assert f"首次联系 {wanted.steps[0].alive}" in page.flow.accessibleDescription()
    assert page._worst.text() == said.drop_off(wanted.steps, wanted.drop_place)
    names = [one.name for one in wanted.people if one.adherence is not None]
    assert all(name in page.people.bars.accessibleDescription() for name in names)
    assert f"{wanted.customers} 家" in page.status_left()


def test_the_days_widen_by_themselves_while_nobody_chose_them(page):
    assert page.tools.asked.span == YEAR
    assert page.tools.span.value() == YEAR


def test_a_step_opens_the_customers_lost_there_from_the_keyboard(page, office, window, qtbot):
    found = ask(page, qtbot, span=YEAR)
    place = next(one.place for one in found.steps if one.lost)
    lost = office.sequences.lost_at(found.query, place)
    page.focus_first()
    for _step in range(place - 1):
        qtbot.keyClick(page.flow, Qt.Key.Key_Right)
    qtbot.keyClick(page.flow, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page().PAGE_ID == "customers", timeout=10_000)
    name = found.steps[place - 1].rule.name
    assert len(lost) == found.steps[place - 1].lost
    assert name in window.page().state.about


def test_a_path_lights_up_its_steps_and_is_chosen_by_keys(qtbot, qapp):
    themes.install(qapp, "light")
    won = PathMeasure(("phone", "visit"), (1, 2, 3), (4,), 9.0, 120_000)
    lost = PathMeasure(("phone",), (), (5, 6), 30.0, None, silent=True)
    rows = PathRows()
    qtbot.addWidget(rows)
    rows.show_paths((won,), (lost,), BY_RATE)
    rows.resize(rows.sizeHint())
    rows.show()
    told = rows.accessibleDescription()
    assert told.startswith("电话 → 拜访 → 签约 3 75.0% 9.0 天")
    assert "电话 → 沉默 14 天 → 失败 2 0.0%" in told
    lit, chosen = [], []
    rows.looked_at.connect(lit.append)
    rows.chosen.connect(lambda path, wins: chosen.append((path, wins)))
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert lit == [frozenset({"phone"})]
    assert chosen == [(won, True), (lost, False)]
    rows.copy()
    assert QApplication.clipboard().text().splitlines()[0].startswith("电话 → 拜访 → 签约\t3")


def test_the_customers_of_a_path_open_in_the_list(page, window):
    page.paths.rows.chosen.emit(PathMeasure(("phone",), (), (5,), 30.0, None), False)
    assert window.page().PAGE_ID == "customers"


def test_a_person_narrows_the_figures(page, qtbot):
    found = ask(page, qtbot, span=YEAR)
    person = found.people[0]
    page.people.bars.setFocus()
    qtbot.keyClick(page.people.bars, Qt.Key.Key_Return)
    assert page.tools.asked.staff_id in {one.staff_id for one in found.people}
    narrowed = ask(page, qtbot, staff_id=person.staff_id)
    assert 0 < narrowed.customers < found.customers


def test_paths_are_ordered_by_rate_count_or_cycle():
    often = PathMeasure(("phone",), (1, 2, 3), (4, 5, 6), 9.0, None)
    sure = PathMeasure(("visit",), (1, 2), (), 30.0, None)
    assert ordered([often, sure], BY_RATE, wins=True) == [sure, often]
    assert ordered([sure, often], BY_COUNT, wins=True) == [often, sure]
    assert ordered([sure, often], BY_CYCLE, wins=True) == [often, sure]
    assert ordered([sure, often], BY_RATE, wins=False) == [often, sure]


def test_without_sequences_a_template_is_one_key_away(window, qtbot):
    sequences = window.view.office.sequences
    for one in sequences.all():
        sequences.change(one.id, archived=True)
    window.navigate("sequences")
    page = window.page()
    assert page.stack.currentWidget() is page.empty
    page.focus_first()
    menu = page.empty.template.menu()
    assert [one.text() for one in menu.actions()][:2] == ["设备销售 · 7 步", "服务签约 · 6 步"]
    menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 0, timeout=5_000)
    assert [one.name for one in sequences.all()] == ["服务签约"]


def test_a_step_is_made_one_that_must_be_done_after_a_question(page, office, qtbot, monkeypatch):
    here = page.current()
    optional = next(at for at, one in enumerate(here.current.steps, 1) if not one.must)
    monkeypatch.setattr(QMessageBox, "exec", lambda box: _press(box, "agree"))
    page._make_must(optional)
    now = office.sequences.one(here.id).current
    assert now.steps[optional - 1].must
    assert now.number == here.current.number + 1


def _press(box, name):
    box.findChild(QPushButton, name).click()
    return 0


def test_what_is_shown_goes_to_paper(page, qtbot):
    found = ask(page, qtbot, span=YEAR)
    made = sequence_sheets(found)
    steps = made.tables[0]
    assert [row[0] for row in steps.rows] == [one.rule.name for one in found.steps]
    assert [row[2] for row in steps.rows] == [one.alive for one in found.steps]
    assert made.tables[3].rows[0][6] in ("", "样本不足")


def test_the_menu_tries_adopts_and_turns_the_rule_on(page, office, qtbot):
    from app.views.sequences import acts
    from app.views.sequences.more_menu import more_menu

    here = page.current()
    acts.turn_auto(page, here, auto=not here.auto)
    assert office.sequences.one(here.id).auto is not here.auto
    office.sequences.try_version(here.id, _shorter(here))
    qtbot.waitUntil(lambda: page.current().trial is not None, timeout=5_000)
    names = [one.objectName() for one in more_menu(page, page.current()).actions()]
    assert "sequence_adopt" in names
    acts.end_trial(page, page.current(), adopt=True)
    assert len(office.sequences.one(here.id).current.steps) == len(here.current.steps) - 1


def _shorter(here):
    draft = here.current.draft()
    return replace(draft, steps=draft.steps[:-1])


# -- the editor -------------------------------------------------------------------------------


@pytest.fixture
def editor(page):
    dialog = page.open_editor()
    assert isinstance(dialog, SequenceEditor)
    yield dialog
    if shiboken6.isValid(dialog):
        dialog.close()


def test_the_editor_saves_a_new_version_from_the_keyboard(editor, office, page, qtbot):
    here = page.current()
    before = here.current
    editor.list.setFocus()
    qtbot.keyClick(editor.list, Qt.Key.Key_Insert)
    assert editor.step.title.hasFocus()
    qtbot.keyClicks(editor.step.title, "second call")
    editor.step.limit.setText("5")
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    now = office.sequences.one(here.id)
    assert now.current.number == before.number + 1
    assert [one.name for one in now.current.steps][:3] == [
        before.steps[0].name, "second call", before.steps[1].name,
    ]  # fmt: skip
    assert now.current.steps[1].limit == 5
    assert office.sequences.versions(here.id)[1].steps == before.steps


def test_steps_move_and_go_by_keys(editor, qtbot):
    names = [one.name for one in editor.steps]
    editor.list.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [one.name for one in editor.steps][:2] == [names[1], names[0]]
    qtbot.keyClick(editor, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [one.name for one in editor.steps] == names
    qtbot.keyClick(editor.list, Qt.Key.Key_Delete)
    assert [one.name for one in editor.steps] == names[1:]


def test_what_was_typed_stays_when_another_step_is_chosen(editor):
    editor.step.talk.setPlainText("先听三句")
    editor.list.setCurrentRow(2)
    editor.list.setCurrentRow(1)
    assert editor.step.talk.text() == "先听三句"
    assert editor.draft().steps[0].talk == "先听三句"


def test_every_field_of_a_step_comes_back_as_it_was(editor, office, page):
    assert editor.draft().steps == page.current().current.steps
    assert editor.draft().applies == page.current().current.applies


def test_a_mistake_is_told_and_nothing_is_lost(editor, office, page):
    before = page.current().current.number
    editor.step.offset.setText("")
    editor.save()
    assert editor.error_bar.isVisible()
    assert office.sequences.one(page.current().id).current.number == before


def test_an_earlier_version_can_be_taken_up_again(editor, office, page, qtbot):
    here = page.current()
    editor.step.title.setText("先打电话")
    editor.save()
    qtbot.waitUntil(lambda: page.current().current.number == 2, timeout=5_000)
    again = page.open_editor()
    again.version.setCurrentIndex(1)
    again.version.activated.emit(1)
    assert again.steps[0].name == here.current.steps[0].name
    again.close()


def test_a_new_sequence_needs_a_name(page, office):
    dialog = page.open_new()
    dialog.save()
    assert dialog.error_bar.isVisible()
    dialog.head.title.setText("老客户复购")
    dialog.head.grades.set_values(["big"])
    dialog.save()
    made = next(one for one in office.sequences.all() if one.name == "老客户复购")
    assert made.current.applies.grades == ("big",)
