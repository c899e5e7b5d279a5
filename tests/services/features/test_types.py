"""Every type of field is kept, shown, filtered, exported and imported (product.md 1.5)."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import UserError
from app.services.customers.drafts import CustomerDraft
from app.services.features import FeatureDraft, FieldDraft
from app.services.lists import Condition, ListFilter
from app.services.transfer.fields import Kind
from app.services.transfer.outcomes import ImportOptions
from tests.factories import empty_office

TYPED = {
    # by type: as typed, as shown, a condition that finds it
    "text": ("有 ERP", "有 ERP", ("contains", "ERP")),
    "long_text": ("第一行\n第二行", "第一行\n第二行", ("contains", "第二")),
    "rich_text": ("**要点**", "**要点**", ("contains", "要点")),
    "integer": ("1,200", "1200", ("at_least", "1200000000")),
    "number": ("3.5", "3.5", ("at_most", "3500000")),
    "money": ("46万", "460,000", ("at_least", "46000000")),
    "percent": ("2.1%", "2.1%", ("at_least", "2100000")),
    "rating": ("★★★★", "★★★★", ("at_least", "4000000")),
    "date": ("2026-12-01", "2026-12-01", ("since", "2026-12-01")),
    "time": ("14点5", "14:05", ("equals", "14:05")),
    "moment": ("2026-12-01 14:30", "2026-12-01 14:30", ("until", "2026-12-01")),
    "span": ("2026-12-01 到 2026-12-15", "2026-12-01 ~ 2026-12-15", ("since", "2026-12-01")),
    "window": ("下月", "下月 2026-12-01~2026-12-31", ("until", "2026-12-31")),
    "yes_no": ("是", "是", ("is", "1")),
    "mobile": ("+86 138-0512-7746", "13805127746", ("begins", "138")),
    "phone": ("0510 8888 1234", "051088881234", ("contains", "8888")),
    "email": ("sun.li@qiming.cn", "sun.li@qiming.cn", ("contains", "qiming")),
    "website": ("www.Qiming.cn", "https://www.qiming.cn", ("contains", "qiming")),
    "licence": ("11010519491231002X", "11010519491231002X", ("begins", "110105")),
    "place": ("无锡市新吴区长江路 8 号", "无锡市新吴区长江路 8 号", ("begins", "无锡")),
    "staff": ("周敏", "周敏", ("equals", "周敏")),
    "team": ("销售一部", "销售一部", ("equals", "销售一部")),
    "customer": ("蓝海仪器", "蓝海仪器", ("equals", "蓝海仪器")),
    "lines": ("相机 | 2 | 8,000\n光源 | 4", "相机 | 2 | 8,000\n光源 | 4", ("contains", "光源")),
}  # fmt: skip

COLUMNS = "品名,数量:数字,单价:金额"
DRAFTS = [
    FieldDraft(f"一项{kind}", kind, expression=COLUMNS if kind == "lines" else "") for kind in TYPED
]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    made = empty_office(tmp_path_factory.mktemp("types") / "a.gendan")
    made.customers.add(CustomerDraft("蓝海仪器"))
    made.features.define(DRAFTS)
    customer_id = made.customers.add(CustomerDraft("启明自动化"))
    fields = {one.label: one for one in made.features.fields()}
    made.features.learn(
        customer_id,
        [FeatureDraft(fields[f"一项{kind}"].id, typed) for kind, (typed, *_) in TYPED.items()],
    )
    yield made
    made.close()


def _field(office, kind):
    return next(one for one in office.features.fields() if one.label == f"一项{kind}")


def _known(office, kind, name="启明自动化"):
    customer_id = office.customers.resolve(name)
    views = office.features.of_customer(customer_id)
    return next(one for one in views if one.field.label == f"一项{kind}")


@pytest.mark.parametrize("kind", TYPED)
def test_a_value_is_shown_as_it_was_meant(office, kind):
    _typed, shown, _condition = TYPED[kind]
    assert _known(office, kind).shown == shown


@pytest.mark.parametrize("kind", TYPED)
def test_a_value_typed_again_is_no_change(office, kind):
    view = _known(office, kind)
    before = office.undo.last()
    customer_id = office.customers.resolve("启明自动化")
    ids = ()
    office.features.learn(customer_id, [FeatureDraft(view.field.id, view.value, ids)])
    assert office.undo.last() == before or _known(office, kind).shown == view.shown


@pytest.mark.parametrize("kind", TYPED)
def test_a_list_can_ask_for_it(office, kind):
    operator, value = TYPED[kind][2]
    wanted = ListFilter((Condition(f"feature_{_field(office, kind).id}", operator, (value,)),))
    rows = office.customers.page(wanted).rows
    assert [one.name for one in rows] == ["启明自动化"]


def test_every_type_comes_back_from_an_export(office, tmp_path):
    file = tmp_path / "customers.xlsx"
    office.transfer.export([Kind.customers], file, "xlsx")
    other = empty_office(tmp_path / "b.gendan")
    try:
        other.features.define(DRAFTS)
        other.transfer.write(other.transfer.read([file]), ImportOptions())
        for kind, (_typed, shown, _condition) in TYPED.items():
            assert _known(other, kind).shown == shown, kind
    finally:
        other.close()


@pytest.mark.parametrize(
    ("kind", "typed", "reason"),
    [
        ("integer", "3.5", "这里要填整数"),
        ("rating", "6", "评分是 1 到 5"),
        ("time", "25:00", "这里要填时间，例如 14:30"),
        ("moment", "2026-12-01", "这里要填日期和时间，例如 2026-12-01 14:30"),
        ("span", "2026-12-15 ~ 2026-12-01", "后一个日期比前一个还早"),
        ("mobile", "051088881234", "这里要填 11 位手机号"),
        ("email", "sun.li", "这里要填邮箱"),
        ("website", "javascript:alert(1)", "这里要填网址"),
        ("licence", "110105194912310021", "统一社会信用代码第 17 位（主体标识码校验）不对"),
        ("staff", "没这个人", "没有叫这个名字的"),
    ],
)
def test_what_does_not_fit_a_type_is_refused_with_its_reason(office, kind, typed, reason):
    customer_id = office.customers.resolve("启明自动化")
    before = _known(office, kind).shown
    with pytest.raises(UserError) as refused:
        office.features.learn(customer_id, [FeatureDraft(_field(office, kind).id, typed)])
    assert refused.value.code == "bad_feature"
    assert str(refused.value.values["reason"]) == reason
    assert _known(office, kind).shown == before


def test_a_fuzzy_date_means_what_it_meant_on_the_day_it_was_said(office):
    view = _known(office, "window")
    office.context.clock.instant += 40 * 86_400_000
    customer_id = office.customers.resolve("蓝海仪器")
    office.features.learn(customer_id, [FeatureDraft(view.field.id, view.value)])
    assert _known(office, "window", "蓝海仪器").shown == "下月 2026-12-01~2026-12-31"
    office.undo.take_back(office.undo.last().id)  # the others share this office
    assert office.context.today() == date(2027, 1, 2)
