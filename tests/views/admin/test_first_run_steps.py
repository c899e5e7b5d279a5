"""The steps of the wizard one by one."""

from __future__ import annotations

import keyring
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app import bootstrap, i18n
from app.models.values.clock import SystemClock
from app.prefs import Prefs
from app.services.admin.setting_up import templates
from app.views.admin.first_run import STEPS, FirstRun
from app.views.admin.first_run_end import EndStep
from app.views.admin.first_run_password import PasswordStep
from app.views.admin.first_run_step import Answers, Person
from app.views.admin.first_run_template import FieldsPreview
from app.views.core import theme as themes
from app.views.core.runner import board
from app.views.widgets.text import Label
from tests.models.store.test_keyring_slot import Memory


@pytest.fixture
def wizard(qtbot, qapp, tmp_path):
    themes.install(qapp, "light")
    made = FirstRun(bootstrap, Prefs(), SystemClock(), tmp_path / "gendan.gendan")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: bool(made.answers.templates), timeout=20_000)
    yield made
    board().stop_all()


def go_to(wizard, kind):
    while not isinstance(wizard.step, kind):
        wizard.later.click() if wizard.step.CAN_SKIP else wizard.go_on()
    return wizard.step


def password_step(wizard):
    wizard.go_on()
    while not isinstance(wizard.step, PasswordStep):
        wizard.later.click()
    return wizard.step


def test_there_are_seven_steps(wizard):
    titles = ("欢迎", "语言与外观", "公司与人员", "加密与密码", "行业模板", "导入或示例", "完成")
    assert tuple(step.TITLE for step in STEPS) == titles
    assert wizard._where.text().startswith("第 1 步，共 7 步")


def test_everything_reached_has_a_name(wizard):
    nameless = []
    for at in range(len(STEPS)):
        wizard._at = at
        wizard._show()
        nameless += [
            (type(one).__name__, one.objectName())
            for one in wizard.findChildren(QWidget)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus
            and one.isVisible()
            and one.focusProxy() is None
            and not (one.accessibleName() and one.objectName())
        ]
    assert nameless == []


def test_the_language_changes_at_once_and_answers_stay(wizard):
    wizard.go_on()
    wizard.go_on()
    wizard.step.company.setText("蓝海仪器")
    wizard.back.click()
    wizard.step.language.changed.emit("en")
    assert i18n.language() == "en"
    assert Prefs().get("language") == "en"
    assert wizard.step.language.value() == "en"
    wizard.step.mode.changed.emit("dark")
    assert themes.current().scheme == "dark"
    wizard.step.mode.changed.emit("light")
    wizard.step.language.changed.emit("zh")
    assert wizard.answers.company == "蓝海仪器"


def test_text_at_200_percent(wizard):
    wizard.go_on()
    wizard.step.scale_chosen.emit(200)
    assert themes.current().scale == 200
    wizard.step.scale_chosen.emit(100)


def test_the_strength_and_the_hint_are_judged(wizard):
    step = password_step(wizard)
    step.new.setText("short")
    assert step.meter.words() == "太短"
    step.new.setText("lanhai-7392x")
    assert step.meter.words() == "较强"
    step.again.setText("lanhai-7392")
    step.hint.setText("LANHAI-7392x")
    assert not step.check()
    told = [row.error.text() for row in step._form.rows]
    assert "两次输入的不一样" in told
    assert "提示语里不要写出密码本身" in told
    step.again.setText("lanhai-7392x")
    step.hint.setText("老地方")
    assert step.check()


def test_without_encryption_there_is_a_plain_word_of_warning(wizard):
    step = password_step(wizard)
    assert not wizard.next.isEnabled()
    step.choice.set_value(False)
    assert wizard.next.isEnabled()
    assert not step.card.isVisible()
    assert step._plain.isVisible()


def test_a_keyring_that_fails_cannot_be_ticked(wizard):
    step = password_step(wizard)
    assert not step.remember.isEnabled()
    assert "用不了" in step._ring.text()


def test_the_computer_remembers_the_new_book(qtbot, qapp, tmp_path):
    former = keyring.get_keyring()
    keyring.set_keyring(Memory())
    themes.install(qapp, "light")
    folder = tmp_path / "gendan.gendan"
    try:
        wizard = FirstRun(bootstrap, Prefs(), SystemClock(), folder)
        qtbot.addWidget(wizard)
        wizard.show()
        qtbot.waitUntil(lambda: bool(wizard.answers.templates), timeout=20_000)
        step = password_step(wizard)
        step.new.setText("lanhai-7392x")
        step.again.setText("lanhai-7392x")
        step.remember.click()
        step.card.kept.click()
        wizard.go_on()
        go_to(wizard, EndStep)
        with qtbot.waitSignal(wizard.made, timeout=60_000) as made:
            wizard.go_on()
        made.args[0].close()
        office = bootstrap.open_office(folder)
        assert office.security.protection().remembered
        office.close()
    finally:
        keyring.set_keyring(former)
        board().stop_all()


def test_samples_are_put_into_the_new_book(qtbot, wizard):
    go_to(wizard, EndStep)
    wizard.answers.begin = "sample"
    with qtbot.waitSignal(wizard.made, timeout=90_000) as made:
        wizard.go_on()
    office = made.args[0]
    assert len(office.customers.search("有限公司")) > 5
    office.close()


def test_odd_things_that_were_kept_are_left_out(tmp_path):
    answers = Answers(tmp_path)
    answers.take({"company": "蓝海", "people": [["周敏", "", "boss"], "x", ["a"]], "template": 3})
    assert answers.company == "蓝海"
    assert answers.people == [Person("周敏", "", "boss")]
    assert answers.template is None
    answers.take("nonsense")
    assert answers.kept()["people"] == [["周敏", "", "boss"]]


def test_another_template_takes_the_place_of_the_first(qtbot):
    preview = FieldsPreview()
    qtbot.addWidget(preview)
    preview.show()
    first, second = templates()[:2]
    names = [{field.label for field in one.fields} for one in (first, second)]

    def shown():
        return {label.text() for label in preview.findChildren(Label) if label.isVisible()}

    preview.show_template(first)
    qtbot.waitUntil(lambda: names[0] <= shown())
    preview.show_template(second)
    assert not (names[0] - names[1]) & shown()
    qtbot.waitUntil(lambda: names[1] <= shown())


def test_enter_goes_on_where_nothing_is_asked(wizard, qtbot):
    wizard.activateWindow()
    qtbot.waitUntil(wizard.next.hasFocus)
    qtbot.keyClick(wizard.next, Qt.Key.Key_Return)
    assert wizard.step is not wizard._steps[0]
