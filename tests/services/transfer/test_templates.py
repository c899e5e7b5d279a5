"""Templates: every field with its heading, the features of the office last, ready to import."""

import openpyxl
import pytest

from app.errors import UserError
from app.models.values.features import FieldType
from app.services.features import FieldDraft
from app.services.transfer.fields import CARRIED, Kind


@pytest.fixture
def office(office):
    office.features.define(
        [
            FieldDraft("夹具数量", FieldType.number, "条"),
            FieldDraft("偏好品牌", FieldType.single, options=("一号", "二号")),
        ]
    )
    return office


def fill(path, values):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    places = {str(cell.value).rstrip("*"): cell.column for cell in sheet[1]}
    for heading, value in values.items():
        sheet.cell(2, places[heading], value)
    book.save(path)


def test_a_filled_template_of_customers_comes_in_with_features_and_contact(office, tmp_path):
    path = office.transfer.template(Kind.customers, tmp_path / "模板.xlsx")
    fill(path, {"客户名称": "恒一公司", "联系人": "张三", "手机": "13812904417",
                "级别": "大单", "夹具数量": "3", "偏好品牌": "二号"})  # fmt: skip
    (sheet,) = office.transfer.read([path]).sheets
    (draft,) = sheet.drafts
    assert not sheet.problems
    assert {one.label: one.value for one in draft.features} == {
        "夹具数量": "3",
        "偏好品牌": "二号",
    }
    assert (draft.name, draft.grade, draft.contacts[0].name) == ("恒一公司", "big", "张三")


@pytest.mark.parametrize("kind", [one for one in Kind if one not in CARRIED])
def test_every_heading_of_a_template_goes_to_its_field(office, tmp_path, kind):
    path = office.transfer.template(kind, tmp_path / f"{kind}.xlsx")
    book = openpyxl.load_workbook(path)
    for cell in book.worksheets[0][1]:
        book.worksheets[0].cell(2, cell.column, "x")
    book.save(path)
    (sheet,) = office.transfer.read([path]).sheets
    assert sheet.plan.kind is kind
    assert [one.heading for one in sheet.plan.matches if not one.applies] == []
    assert book.sheetnames[1] == "填写说明"


def test_choices_can_be_picked_from_lists(office, tmp_path):
    path = office.transfer.template(Kind.customers, tmp_path / "模板.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    lists = {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert {'"大单,正常,小单"', '"一号,二号"'} <= lists


def test_a_place_that_cannot_be_written_is_told(office, tmp_path):
    with pytest.raises(UserError) as refused:
        office.transfer.template(Kind.customers, tmp_path / "没有" / "模板.xlsx")
    assert refused.value.code == "export_failed"
