"""What only a whole export carries: features, what is known of them, radar facts, stage moves."""

import json

import pytest

from app.services.customers import CustomerDraft
from app.services.customers.tags import TagDraft
from app.services.features import FeatureDraft, FieldDraft
from app.services.radar import RadarDraft
from app.services.transfer.exporting import Form
from app.services.transfer.fields import Kind

FIRM = {"customer_code": "K1", "customer": "恒一公司"}


@pytest.fixture
def bring(office, tmp_path):
    def write(**sheets):
        path = tmp_path / "全部.json"
        firms = [{"code": "K1", "name": "恒一公司", "created_on": "2026-01-05"}]
        path.write_text(json.dumps({"customers": firms, **sheets}, ensure_ascii=False), "utf-8")
        return office.transfer.write(office.transfer.read([path]))

    return write


def firm(office):
    (row,) = office.customers.search("恒一公司", 5)
    return row.id


def feature(**more):
    plain = {"key": "f-depth", "label": "检测深度", "type": "multi", "options": "深\n深、浅"}
    return plain | more


def value(told, **more):
    return FIRM | {"key": "f-depth", "label": "检测深度", "value": told,
                   "learnt_on": "2026-02-03", "staff": "周敏"} | more  # fmt: skip


def test_a_feature_comes_with_its_choices_and_its_values(office, bring):
    report = bring(features=[feature()], feature_values=[value("深、深、浅")])
    assert report.errors == ()
    (known,) = [one for one in office.features.of_customer(firm(office)) if one.value]
    assert known.field.label == "检测深度"
    assert [one.label for one in known.field.options] == ["深", "深、浅"]
    assert known.shown == "深、深、浅"
    assert known.learnt_on.isoformat() == "2026-02-03"


def test_a_feature_of_the_office_stays_as_it_is_and_what_is_known_too(office, bring):
    (field_id,) = office.features.define([FieldDraft("检测深度", key="f-depth")])
    bring()
    office.features.learn(firm(office), [FeatureDraft(field_id, "早知道的")])
    report = bring(features=[feature()], feature_values=[value("深")])
    assert (report.errors, report.created) == ((), 0)
    assert [one.type for one in office.features.fields() if one.key == "f-depth"] == ["text"]
    (known,) = [one for one in office.features.of_customer(firm(office)) if one.value]
    assert known.value == "早知道的"


def test_what_does_not_fit_is_told_and_the_rest_comes(office, bring):
    number = feature(type="number", options="")
    report = bring(
        features=[number],
        feature_values=[value("三条"), value("5", customer="没有的公司", customer_code="")],
        radar=[FIRM | {"label": "法人", "value": "张三", "section": "identity"}],
    )
    assert [one.value for one in report.errors] == ["三条", "没有的公司"]
    (fact,) = office.radar.items(firm(office))
    assert (fact.section, fact.label, fact.value, fact.mark) == (
        "identity", "法人", "张三", "unchecked",
    )  # fmt: skip


def test_the_same_file_again_brings_nothing_twice(office, bring):
    sheets = {
        "features": [feature()],
        "feature_values": [value("深")],
        "radar": [FIRM | {"label": "法人", "value": "张三"}],
        "stage_moves": [FIRM | {"at": "2026-03-01T10:00:00+08:00", "stage": "方案"}],
    }
    assert bring(**sheets).created == 5
    assert bring(**sheets).created == 0
    assert len(office.radar.items(firm(office))) == 1


def test_told_moves_stand_for_those_that_talks_would_show(office, bring):
    talk = FIRM | {"at": "2026-04-01T10:00:00+08:00", "channel": "visit", "content": "又谈了一次"}
    moves = [
        FIRM | {"at": "2026-02-01T10:00:00+08:00", "stage": "方案", "source": "manual"},
        FIRM | {"at": "2026-03-01T10:00:00+08:00", "position": "0", "reason": "重新来过"},
    ]
    assert bring(followups=[talk], stage_moves=moves).errors == ()
    assert office.customers.card(firm(office)).stage_position == 0


def test_somebody_without_the_right_defines_nothing(office, bring):
    office.staff.act_as("周敏")
    report = bring(features=[feature()])
    assert [(one.column, one.value) for one in report.errors] == [("label", "检测深度")]
    assert not [one for one in office.features.fields() if one.key == "f-depth"]


def test_an_import_is_taken_back_with_features_and_tags(office, bring, tmp_path):
    bring()
    before = tmp_path / "before.json"
    office.transfer.export(list(Kind), before, Form.json)
    tags = [{"code": "K1", "name": "恒一公司", "tags": "重点、老客户"}]
    report = bring(customers=tags, features=[feature()], feature_values=[value("深")])
    assert [one.label for one in office.customers.tags.all()] == ["重点", "老客户"]
    office.transfer.undo(report.batch_id)
    after = tmp_path / "after.json"
    office.transfer.export(list(Kind), after, Form.json)
    assert after.read_text("utf-8") == before.read_text("utf-8")
    assert office.customers.tags.all() == ()
    assert not any(one.value for one in office.features.of_customer(firm(office)))


def test_a_sheet_of_an_office_puts_tags_on_beside_the_present_ones(office, write_csv):
    known = office.customers.add(CustomerDraft("恒一公司"))
    office.customers.tags.change(known, TagDraft(("老客户",)))
    path = write_csv("客户名称,客户标签\n恒一公司,老客户；重点/展会\n新公司,无\n")
    report = office.transfer.write(office.transfer.read([path]))
    assert (report.created, report.updated) == (1, 1)
    found = office.customers.tags.of_customers([known])[known]
    assert [one.label for one in found] == ["老客户", "重点", "展会"]


def test_radar_goes_out_in_words_and_comes_back(office, tmp_path):
    customer_id = office.customers.add(CustomerDraft("恒一公司"))
    office.radar.add(customer_id, RadarDraft("法人", "张三", "identity", "工商", mark="verified"))
    path = tmp_path / "雷达.csv"
    office.transfer.export([Kind.radar], path, Form.csv)
    assert "身份,法人,张三,工商" in path.read_text("utf-8-sig")
    report = office.transfer.write(office.transfer.read([path]))
    assert (report.created, report.errors) == (0, ())
