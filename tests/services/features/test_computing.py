"""Formulas, roll-ups, automatic numbers, conditions and merged options (product.md 1.5)."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import UserError
from app.services.customers.drafts import CustomerDraft
from app.services.deals import ContractDraft
from app.services.features import FeatureDraft, FieldDraft
from app.services.features.asking import missing, talks_for, values_by_key
from app.services.features.computing import numbered
from app.services.jobs import Progress
from app.services.lists import Condition, ListFilter
from tests.factories import empty_office


@pytest.fixture
def office(tmp_path):
    made = empty_office(tmp_path / "a.gendan")
    yield made
    made.close()


def define(office, *drafts):
    """Define fields and return their ids by label."""
    office.features.define(drafts)
    return {one.label: one.id for one in office.features.fields()}


def shown(office, customer_id):
    return {one.field.label: one.shown for one in office.features.of_customer(customer_id)}


def test_a_formula_follows_the_fields_it_uses(office):
    ids = define(
        office,
        FieldDraft("台数", "number"),
        FieldDraft("单价", "money"),
        FieldDraft("总价", "formula", unit="元", expression="台数 * 单价"),
        FieldDraft("含税", "formula", expression="四舍五入([总价] * 1.13, 2)"),
    )
    customer_id = office.customers.add(CustomerDraft("蓝海仪器"))
    office.features.learn(
        customer_id, [FeatureDraft(ids["台数"], "3"), FeatureDraft(ids["单价"], "1万")]
    )
    assert shown(office, customer_id)["总价"] == "30000 元"
    assert shown(office, customer_id)["含税"] == "33900"
    office.features.learn(customer_id, [FeatureDraft(ids["台数"], "4")])
    assert shown(office, customer_id)["总价"] == "40000 元"
    office.undo.take_back(office.undo.last().id)
    assert shown(office, customer_id)["总价"] == "30000 元"
    wanted = ListFilter((Condition(f"feature_{ids['总价']}", "at_least", ("30000000000",)),))
    assert [one.id for one in office.customers.page(wanted).rows] == [customer_id]


def test_a_formula_keeps_its_fields_when_they_are_renamed(office):
    ids = define(
        office, FieldDraft("台数", "number"), FieldDraft("双倍", "formula", expression="台数 * 2")
    )
    office.features.change_field(ids["台数"], label="设备数")
    defined = {one.label: one for one in office.features.defined()}
    assert defined["双倍"].expression == "[设备数] * 2"
    customer_id = office.customers.add(CustomerDraft("蓝海仪器"))
    office.features.learn(customer_id, [FeatureDraft(ids["台数"], "5")])
    assert shown(office, customer_id)["双倍"] == "10"


def test_a_new_formula_is_computed_for_the_customers_there_are(office):
    ids = define(office, FieldDraft("台数", "number"))
    customer_id = office.customers.add(CustomerDraft("蓝海仪器"))
    office.features.learn(customer_id, [FeatureDraft(ids["台数"], "5")])
    define(office, FieldDraft("双倍", "formula", expression="台数 * 2"))
    assert office.features.compute_all(Progress()) == 1
    assert shown(office, customer_id)["双倍"] == "10"
    assert office.features.compute_all(Progress()) == 0


@pytest.mark.parametrize(
    ("expression", "place", "reason"),
    [
        ("台数 *", 5, "这里少了一个值"),
        ("台数 * 没有的", 6, "没有这个字段"),
        ("[双倍] + 1", 1, "绕了一圈又用到它自己"),
        ("1 + [四倍]", 5, "绕了一圈又用到它自己"),
    ],
)
def test_a_formula_that_cannot_be_is_refused_where_it_goes_wrong(office, expression, place, reason):
    ids = define(
        office,
        FieldDraft("台数", "number"),
        FieldDraft("双倍", "formula", expression="台数 * 2"),
        FieldDraft("四倍", "formula", expression="双倍 * 2"),
    )
    with pytest.raises(UserError) as refused:
        office.features.change_field(ids["双倍"], expression=expression)
    assert refused.value.code == "bad_expression"
    assert (refused.value.values["place"], refused.value.values["reason"]) == (place, reason)
    kept = {one.label: one.expression for one in office.features.defined()}
    assert kept["双倍"] == "[台数] * 2"


def test_roll_ups_gather_contracts_and_lines(office):
    ids = define(
        office,
        FieldDraft("设备", "lines", expression="品名,数量:数字,单价:金额"),
        FieldDraft("签约额", "rollup", expression="sum:contracts.amount"),
        FieldDraft("最近签约", "rollup", expression="max:contracts.signed_on"),
        FieldDraft("合同数", "rollup", expression="count:contracts"),
        FieldDraft("设备台数", "rollup", expression="sum:[设备].数量"),
        FieldDraft("设备种类", "rollup", expression="count:[设备]"),
        FieldDraft("最高单价", "rollup", expression="max:[设备].单价"),
    )
    customer_id = office.customers.add(CustomerDraft("蓝海仪器"))
    assert shown(office, customer_id)["合同数"] == "0"
    for day, fen in ((date(2026, 11, 3), 1_000_000), (date(2026, 11, 9), 2_500_050)):
        office.deals.add_contract(ContractDraft(customer_id, day, fen))
    office.features.learn(
        customer_id, [FeatureDraft(ids["设备"], "相机 | 2 | 8,000\n光源 | 4 | 1,500")]
    )
    found = shown(office, customer_id)
    assert (found["签约额"], found["合同数"], found["最近签约"]) == ("35000.5", "2", "2026-11-09")
    assert (found["设备台数"], found["设备种类"], found["最高单价"]) == ("6", "2", "8000")


@pytest.mark.parametrize(
    "expression", ["sum:contracts.name", "sum:[没有].数量", "drop:contracts", "sum:[设备].颜色"]
)
def test_a_roll_up_of_nothing_known_is_refused(office, expression):
    define(office, FieldDraft("设备", "lines", expression="品名,数量:数字"))
    with pytest.raises(UserError) as refused:
        define(office, FieldDraft("合计", "rollup", expression=expression))
    assert refused.value.code == "bad_expression"


def test_numbers_run_on_and_are_never_given_twice(office):
    define(office, FieldDraft("档案号", "serial", expression="KH-{0000}"))
    first, second = (office.customers.add(CustomerDraft(name)) for name in ("蓝海仪器", "青禾"))
    assert shown(office, first)["档案号"] == "KH-0001"
    assert shown(office, second)["档案号"] == "KH-0002"
    assert numbered("无样式", 12) == "无样式0012"


def test_nobody_fills_what_is_computed(office):
    ids = define(office, FieldDraft("台数", "number"), FieldDraft("双倍", "formula",
                 expression="台数 * 2"))  # fmt: skip
    customer_id = office.customers.add(CustomerDraft("蓝海仪器"))
    with pytest.raises(UserError) as refused:
        office.features.learn(customer_id, [FeatureDraft(ids["双倍"], "4")])
    assert refused.value.code == "computed_feature"


def test_required_when_and_visible_when_follow_what_is_known(office):
    ids = define(
        office,
        FieldDraft("预算", "single", options=("未提", "已批")),
        FieldDraft("批文号", "text"),
        FieldDraft("批复人", "text"),
    )
    office.features.change_field(ids["批文号"], required_when="预算 = '已批'")
    office.features.change_field(ids["批复人"], required=True, visible_when="预算 = '已批'")
    customer_id = office.customers.add(CustomerDraft("蓝海仪器"))
    mine = ("批文号", "批复人")

    def lacking():
        views = office.features.of_customer(customer_id)
        return [one.label for one in missing(views) if one.label in mine]

    assert lacking() == []
    field = next(one for one in office.features.fields() if one.label == "预算")
    office.features.learn(customer_id, [FeatureDraft(field.id, option_ids=(field.options[1].id,))])
    assert lacking() == ["批文号", "批复人"]
    office.features.learn(customer_id, [FeatureDraft(ids["批文号"], "A-7")])
    assert lacking() == ["批复人"]


def test_a_field_is_asked_of_its_kinds_and_industries_alone(office):
    ids = define(office, FieldDraft("床位数", "integer"))
    office.features.change_field(ids["床位数"], industries="医疗器械\n医院", kinds="company")
    hospital = office.customers.add(CustomerDraft("同济", industry="医院"))
    factory = office.customers.add(CustomerDraft("蓝海", industry="智能装备"))
    assert "床位数" in shown(office, hospital)
    assert "床位数" not in shown(office, factory)


def test_what_to_talk_about_follows_the_pain(office):
    ids = define(office, FieldDraft("痛点", "single", options=("人工对账慢", "漏检")))
    office.features.set_talks(
        ids["痛点"],
        [("痛点 = '人工对账慢'", "讲自动对账", "案例《电机端盖》"), ("", "问问还有什么难处", "")],
    )
    customer_id = office.customers.add(CustomerDraft("蓝海仪器"))
    field = next(one for one in office.features.fields() if one.label == "痛点")

    def said():
        views = office.features.of_customer(customer_id)
        found = talks_for([one.field for one in views], values_by_key(views))
        return [one.talk.words for one in found]

    assert said() == []
    office.features.learn(customer_id, [FeatureDraft(field.id, option_ids=(field.options[0].id,))])
    assert said() == ["讲自动对账", "问问还有什么难处"]
    office.features.learn(customer_id, [FeatureDraft(field.id, option_ids=(field.options[1].id,))])
    assert said() == ["问问还有什么难处"]


def test_merged_options_bring_their_customers_along_and_go_back(office):
    ids = define(office, FieldDraft("竞品", "multi", options=("精测", "精测科技", "海视")))
    field = next(one for one in office.features.fields() if one.id == ids["竞品"])
    old, new, other = (one.id for one in field.options)
    a, b = (office.customers.add(CustomerDraft(name)) for name in ("蓝海仪器", "青禾"))
    office.features.learn(a, [FeatureDraft(field.id, option_ids=(old, other))])
    office.features.learn(b, [FeatureDraft(field.id, option_ids=(old, new))])
    assert office.features.merge_options(old, new) == 2
    assert shown(office, a)["竞品"] == "精测科技、海视"
    assert shown(office, b)["竞品"] == "精测科技"
    office.undo.take_back(office.undo.last().id)
    assert shown(office, a)["竞品"] == "精测、海视"
    assert shown(office, b)["竞品"] == "精测、精测科技"


def test_an_archived_option_is_still_shown_where_it_was_chosen(office):
    ids = define(office, FieldDraft("竞品", "single", options=("精测", "海视")))
    field = next(one for one in office.features.fields() if one.id == ids["竞品"])
    customer_id = office.customers.add(CustomerDraft("蓝海仪器"))
    office.features.learn(customer_id, [FeatureDraft(field.id, option_ids=(field.options[0].id,))])
    office.features.set_options(field.id, ["海视"])
    assert shown(office, customer_id)["竞品"] == "精测"
    assert [one.label for one in office.features.fields() if one.id == field.id] == ["竞品"]


def test_a_cascade_is_shown_with_what_it_stands_under(office):
    ids = define(office, FieldDraft("片区", "cascade", options=("华东", "江苏", "无锡")))
    field = next(one for one in office.features.fields() if one.id == ids["片区"])
    east, province, city = (one.id for one in field.options)
    office.features.place_option(province, east)
    office.features.place_option(city, province)
    customer_id = office.customers.add(CustomerDraft("蓝海仪器"))
    office.features.learn(customer_id, [FeatureDraft(field.id, option_ids=(city,))])
    assert shown(office, customer_id)["片区"] == "华东 / 江苏 / 无锡"


def test_limits_places_and_targets_hold(office):
    ids = define(office, FieldDraft("漏检率", "percent"))
    office.features.change_field(ids["漏检率"], least="0", most="20", places=1, with_target=True)
    customer_id = office.customers.add(CustomerDraft("蓝海仪器"))
    office.features.learn(customer_id, [FeatureDraft(ids["漏检率"], "2.1 -> 0.5")])
    assert shown(office, customer_id)["漏检率"] == "2.1% → 0.5%"
    for typed, reason in (("21", "比最大值还大"), ("-1", "比最小值还小"), ("2.15", "小数位太多")):
        with pytest.raises(UserError) as refused:
            office.features.learn(customer_id, [FeatureDraft(ids["漏检率"], typed)])
        assert str(refused.value.values["reason"]) == reason
    assert shown(office, customer_id)["漏检率"] == "2.1% → 0.5%"


def test_a_value_that_must_not_repeat_names_who_has_it(office):
    ids = define(office, FieldDraft("设备编号", "text"))
    office.features.change_field(ids["设备编号"], single_use=True)
    a, b = (office.customers.add(CustomerDraft(name)) for name in ("蓝海仪器", "青禾"))
    office.features.learn(a, [FeatureDraft(ids["设备编号"], "S-1")])
    with pytest.raises(UserError) as refused:
        office.features.learn(b, [FeatureDraft(ids["设备编号"], "S-1")])
    assert refused.value.values["name"] == "蓝海仪器"
    office.features.learn(a, [FeatureDraft(ids["设备编号"], "S-1")])


def test_a_label_cannot_be_given_twice(office):
    ids = define(office, FieldDraft("台数", "number"), FieldDraft("单价", "money"))
    with pytest.raises(UserError) as refused:
        office.features.change_field(ids["单价"], label="台数")
    assert refused.value.code == "label_taken"


def test_what_must_be_known_before_signing_stops_a_contract(office):
    ids = define(office, FieldDraft("开票地址"))
    office.features.change_field(ids["开票地址"], before_signing=True)
    customer_id = office.customers.add(CustomerDraft("蓝海仪器"))
    contract = ContractDraft(customer_id, date(2026, 11, 20), 1_000_000)
    with pytest.raises(UserError) as refused:
        office.deals.add_contract(contract)
    assert (refused.value.code, refused.value.values["fields"]) == ("features_missing", "开票地址")
    office.features.learn(customer_id, [FeatureDraft(ids["开票地址"], "长江路 8 号")])
    assert office.deals.add_contract(contract)
