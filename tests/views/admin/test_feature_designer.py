"""The designer of business features: rules, formulas, talking points, merges (product.md 1.5)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from app.services.customers.drafts import CustomerDraft
from app.services.features import FeatureDraft, FieldDraft


@pytest.fixture
def section(settings):
    return settings("features")


def choose(section, label):
    """Choose a field of the table by its label; return its editor."""
    section.reload()
    field = next(one for one in section.table.rows if one.label == label)
    section.table.choose(field.id)
    section._show(field)
    return section.editor


def stored(office, label):
    return next(one for one in office.features.defined() if one.label == label)


def leave(edit, text):
    edit.setText(text)
    edit.editingFinished.emit()


def test_limits_target_and_default_are_kept(section, office):
    office.features.define([FieldDraft("返工率", "percent")])
    rules = choose(section, "返工率").rules
    leave(rules.lines["least"], "0")
    leave(rules.lines["most"], "20")
    leave(rules.places, "1")
    leave(rules.lines["initial"], "2")
    rules.target.click()
    limits = stored(office, "返工率").limits
    assert (limits.least, limits.most, limits.places, limits.with_target) == ("0", "20", 1, True)
    assert stored(office, "返工率").initial == "2"


def test_a_formula_with_a_mistake_says_where_and_the_former_one_holds(section, office):
    office.features.define([FieldDraft("台数", "number"), FieldDraft("双倍", "formula")])
    rules = choose(section, "双倍").rules
    rules.expression.setPlainText("台数 * 2")
    rules._leave_expression()
    assert stored(office, "双倍").expression == "[台数] * 2"
    rules.expression.setPlainText("台数 * ")
    rules._leave_expression()
    assert "第 5 个字" in section.error.accessibleName()
    assert rules.expression.toPlainText() == "台数 * "
    assert stored(office, "双倍").expression == "[台数] * 2"


def test_a_new_formula_fills_the_customers_there_are(qtbot, section, office):
    (number,) = office.features.define([FieldDraft("台数", "number")])
    office.features.define([FieldDraft("双倍", "formula")])
    customer_id = office.customers.add(CustomerDraft("蓝海仪器"))
    office.features.learn(customer_id, [FeatureDraft(number, "4")])
    rules = choose(section, "双倍").rules
    rules.expression.setPlainText("台数 * 2")
    rules._leave_expression()

    def known():
        views = office.features.of_customer(customer_id)
        return next(one.shown for one in views if one.field.label == "双倍")

    qtbot.waitUntil(lambda: known() == "8")


def test_conditions_kinds_industries_and_flags_are_kept(section, office):
    office.features.define([FieldDraft("批文号")])
    rules = choose(section, "批文号").rules
    leave(rules.lines["required_when"], "预算状态 = '已批'")
    leave(rules.lines["visible_when"], "预算状态 <> '未提'")
    leave(rules.lines["industries"], "医院，学校")
    leave(rules.lines["section"], "采购")
    rules.kinds["person"].click()
    for name in ("asked", "listed", "imported", "single_use", "before_signing"):
        rules.flags[name].click()
    field = stored(office, "批文号")
    assert field.required_when == "[预算状态] = '已批'"
    assert field.industries == ("医院", "学校")
    assert "person" not in field.kinds
    assert (field.asked, field.listed, field.imported) == (False, False, False)
    assert field.single_use
    assert field.before_signing
    assert field.section == "采购"


def test_talking_points_are_added_and_dropped(section, office):
    talks = choose(section, "漏检率").rules.talks
    when, words, case = talks.rows[-1]
    when.setText("漏检率 > 1")
    case.setText("案例《电机端盖》")
    leave(words, "讲返工与客诉成本")
    (talk,) = stored(office, "漏检率").talks
    assert (talk.condition, talk.words) == ("[漏检率] > 1", "讲返工与客诉成本")
    assert len(talks.rows) == 2
    talks._drop(0)
    assert stored(office, "漏检率").talks == ()


def test_options_are_merged_from_the_editor_and_go_back(section, shell, office):
    field = stored(office, "预算状态")
    customer_id = office.customers.add(CustomerDraft("蓝海仪器"))
    office.features.learn(customer_id, [FeatureDraft(field.id, option_ids=(field.options[0].id,))])
    editor = choose(section, "预算状态")
    editor.options.choose(0)
    editor._merge.menu().aboutToShow.emit()
    words = [action.text() for action in editor._merge.menu().actions()]
    assert words == [one.label for one in field.options[1:]]
    editor._merge.menu().actions()[0].trigger()

    def known():
        views = office.features.of_customer(customer_id)
        return next(one.shown for one in views if one.field.label == "预算状态")

    assert known() == field.options[1].label
    shell.undo()
    assert known() == field.options[0].label


def test_a_row_is_dragged_to_another_place(qtbot, section, office):
    before = [one.label for one in section.table.rows]
    view = section.table.view
    viewport = view.viewport()
    first = view.visualRect(view.model().index(0, 0)).center()
    third = view.visualRect(view.model().index(2, 0)).center()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseMove(viewport, third + QPoint(1, 1))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=third)
    after = [one.label for one in office.features.fields()]
    assert after == [before[1], before[2], before[0], *before[3:]]


def test_a_removed_field_comes_back_with_its_values(section, shell, office):
    field = office.features.fields()[0]
    customer_id = office.customers.add(CustomerDraft("蓝海仪器"))
    office.features.learn(customer_id, [FeatureDraft(field.id, "3")])
    editor = choose(section, field.label)
    editor.remove.click()
    assert field.id not in [one.id for one in office.features.fields()]
    shell.undo()
    views = office.features.of_customer(customer_id)
    assert next(one.shown for one in views if one.field.id == field.id).startswith("3")


def test_the_spread_of_the_chosen_field_is_shown(qtbot, section, office):
    field = stored(office, "预算状态")
    customer_id = office.customers.add(CustomerDraft("蓝海仪器"))
    office.features.learn(customer_id, [FeatureDraft(field.id, option_ids=(field.options[0].id,))])
    choose(section, "预算状态")
    qtbot.waitUntil(
        lambda: section.spread.spread is not None and section.spread.spread.field.id == field.id
    )
    (bar,) = section.spread.bars._rows
    assert (bar.name, bar.figure, bar.second) == (field.options[0].label, "1", "还没有结果")
