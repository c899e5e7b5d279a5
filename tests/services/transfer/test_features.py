"""Business features of the office as columns of a customer sheet."""

import pytest

from app.models.values.features import FieldType
from app.services.features import FieldDraft
from app.services.transfer.exporting import Form
from app.services.transfer.fields import Kind
from app.services.transfer.outcomes import ImportOptions, Policy
from app.services.transfer.read import Choices

HEAD = "客户名称,产线数量,采购时间,关键指标,上过系统,毛利率,年预算,备注\n"
ROW = "恒一公司,3条,2026.3.5,精度、价格,是,1成,5-8万,老客户\n"


@pytest.fixture
def office(office):
    office.features.define(
        [
            FieldDraft("产线数量", FieldType.number, "条"),
            FieldDraft("采购时间", FieldType.date),
            FieldDraft("关键指标", FieldType.multi, options=("精度", "价格", "交期")),
            FieldDraft("上过系统", FieldType.yes_no),
            FieldDraft("毛利率", FieldType.number, "%"),
            FieldDraft("年预算", FieldType.money),
        ]
    )
    return office


@pytest.fixture
def bring(office, tmp_path):
    def write(text, options=None, choices=None):
        path = tmp_path / "客户.csv"
        path.write_text(text, "utf-8")
        read = office.transfer.read([path], choices)
        return office.transfer.write(read, options)

    return write


def known(office, name="恒一公司"):
    (row,) = office.customers.search(name, 5)
    return {one.field.label: one.shown for one in office.features.of_customer(row.id)}


def test_columns_with_the_name_of_a_feature_go_to_it(office, bring):
    report = bring(HEAD + ROW)
    shown = known(office)
    assert (shown["产线数量"], shown["毛利率"]) == ("3 条", "10%")
    assert (shown["采购时间"], shown["关键指标"]) == ("2026-03-05", "精度、价格")
    assert (shown["上过系统"], shown["年预算"]) == ("是", "50,000")
    assert [one.value for one in report.warnings] == ["5-8万"]


def test_a_share_of_a_percentage_column_is_a_percentage(office, write_xlsx):
    path = write_xlsx([["客户名称", "毛利率"], ["恒一公司", 0.15], ["恒二公司", "20%"]])
    office.transfer.write(office.transfer.read([path]))
    assert [known(office, name)["毛利率"] for name in ("恒一公司", "恒二公司")] == ["15%", "20%"]


def test_what_cannot_be_read_is_told_and_the_row_comes_in(office, bring):
    report = bring("客户名称,产线数量,关键指标,采购时间\n恒一公司,很多,速度,下周五\n")
    assert report.created == 1
    assert {one.value for one in report.warnings} == {"很多", "速度", "下周五"}
    assert set(known(office).values()) == {""}


def test_filling_leaves_and_updating_replaces_what_is_known(office, bring):
    bring(HEAD + ROW)
    other = "客户名称,产线数量,关键指标\n恒一公司,5,交期\n"
    bring(other)
    assert (known(office)["产线数量"], known(office)["关键指标"]) == ("3 条", "精度、价格")
    bring(other, ImportOptions(policy=Policy.update))
    assert (known(office)["产线数量"], known(office)["关键指标"]) == ("5 条", "交期")


def test_a_plan_tells_what_a_feature_would_become(office, bring, tmp_path):
    bring(HEAD + ROW)
    (tmp_path / "又.csv").write_text("客户名称,产线数量\n恒一公司,5\n", "utf-8")
    (row,) = office.transfer.preview([tmp_path / "又.csv"]).rows
    (change,) = row.changes
    assert (change.field, change.old, change.new, change.taken) == (
        "feature:产线数量",
        "3",
        "5",
        False,
    )


def test_an_undo_takes_features_back(office, bring):
    bring(HEAD + ROW)
    report = bring("客户名称,产线数量\n恒一公司,5\n", ImportOptions(policy=Policy.update))
    office.transfer.undo(report.batch_id)
    assert known(office)["产线数量"] == "3 条"


def test_a_column_can_be_sent_to_a_feature(office, bring):
    bring("客户名称,线\n恒一公司,4\n", choices=Choices(mapping={"产线数量": "线"}))
    assert known(office)["产线数量"] == "4 条"


def test_the_book_stays_sound(office, bring):
    bring(HEAD + ROW)
    assert [one.name for one in office.admin.check(deep=True) if not one.ok] == []


@pytest.mark.parametrize("form", list(Form))
def test_an_export_carries_features_and_comes_back_the_same(office, bring, tmp_path, form):
    bring(HEAD + ROW)
    before = known(office)
    path = tmp_path / f"导出.{form}"
    office.transfer.export([Kind.customers], path, form)
    bring(
        "客户名称,产线数量,关键指标,上过系统\n恒一公司,9,交期,否\n",
        ImportOptions(policy=Policy.update),
    )
    assert known(office) != before
    again = office.transfer.read([path])
    assert all(sheet.problems == [] for sheet in again.sheets)
    office.transfer.write(again, ImportOptions(policy=Policy.update))
    assert known(office) == before
