import pytest

from app.services.features import FieldDraft
from app.views.features.field_edit import FeatureEdit


@pytest.fixture
def page(qtbot, picture):
    customer_id = picture.office.customers.resolve("青禾食品有限公司")
    picture.navigate("customer", customer_id=customer_id)
    shown = picture.page()
    qtbot.waitUntil(lambda: shown.card is not None)
    return shown


def known(page):
    views = page.view.office.features.of_customer(page.customer_id)
    return {view.field.label: view.shown for view in views if view.shown}


def fill(dialog, values):
    by_label = {edit._view.field.label: edit for edit in dialog.edits.values()}
    for label, value in values.items():
        edit = by_label[label]
        if edit.chips is not None:
            next(chip for chip in edit.chips.chips if chip.text() == value).click()
        else:
            field = edit.line or edit.amount or edit.day
            field.setText(value)


def test_each_type_is_asked_in_its_way_and_saved_at_once(qtbot, page, picture, dialogs):
    picture.office.staff.act_as("钱国安")
    office = page.view.office
    fresh = (
        FieldDraft("投产日", "date"),
        FieldDraft("出口", "yes_no"),
        FieldDraft("工艺", "multi", options=("注塑", "冲压", "焊接")),
    )
    office.features.define(fresh)
    picture.office.staff.act_as("周敏")

    def answer(dialog):
        fill(dialog, {"产线数量": "3", "现用检测方式": "抽检", "竞品报价": "46万",
                      "投产日": "2027-03-01", "出口": "是", "工艺": "焊接"})  # fmt: skip
        fill(dialog, {"工艺": "注塑"})
        dialog.save()

    dialogs("feature_dialog", answer)
    page.tools.features.ask(0)
    assert known(page) == {
        "产线数量": "3 条",
        "现用检测方式": "抽检",
        "竞品报价": "460,000",
        "投产日": "2027-03-01",
        "出口": "是",
        "工艺": "注塑、焊接",
    }
    assert picture.toast_box._words.text() == "已记下 6 项特征"
    qtbot.waitUntil(lambda: page.tools.features.subtitle.text() == "已填 6 / 11")
    picture.undo()
    assert known(page) == {}


def test_a_link_opens_the_question_that_was_clicked(qtbot, page, dialogs):
    fields = {one.label: one for one in page.view.office.features.fields()}

    def look(dialog):
        edit = dialog.edits[fields["预算状态"].id]
        assert dialog.focusWidget() in edit.chips.chips
        dialog.reject()

    dialogs("feature_dialog", look)
    page.tools.features.ask(fields["预算状态"].id)
    assert known(page) == {}


def test_what_cannot_be_read_stays_in_the_dialog(page, dialogs):
    def wrong(dialog):
        fill(dialog, {"产线数量": "两三条", "漏检率": "2"})
        dialog.save()
        assert dialog.isVisible()
        assert "两三条" in dialog.error_bar.accessibleName()
        fill(dialog, {"产线数量": "2"})
        dialog.save()

    dialogs("feature_dialog", wrong)
    page.tools.features.ask(0)
    assert known(page) == {"产线数量": "2 条", "漏检率": "2%"}


def test_saving_without_a_change_writes_nothing(page, dialogs, picture):
    newest = picture.office.undo.last()
    dialogs("feature_dialog", lambda dialog: dialog.save())
    page.tools.features.ask(0)
    assert picture.office.undo.last() == newest


def test_a_choice_can_be_taken_back(qtbot, picture):
    customer_id = picture.office.customers.resolve("无锡启明自动化设备有限公司")
    views = picture.office.features.of_customer(customer_id)
    view = next(one for one in views if one.field.label == "预算状态")
    edit = FeatureEdit(view)
    qtbot.addWidget(edit)
    assert edit.draft() is None
    next(chip for chip in edit.chips.chips if chip.text() == "已批").click()
    picture.office.features.learn(customer_id, [edit.draft()])
    after = picture.office.features.of_customer(customer_id)
    assert next(one for one in after if one.field.label == "预算状态").shown == ""
