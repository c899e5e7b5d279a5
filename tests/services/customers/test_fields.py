"""Conditions and sorts on any field of customers, the book's own features included."""

from datetime import date

import pytest

from app.errors import UserError
from app.models.values.pages import Sort
from app.services.customers import CustomerDraft
from app.services.customers.drafts import ChannelDraft, ContactDraft
from app.services.customers.fields import FEATURE, SORTS
from app.services.features import FeatureDraft, FieldDraft
from app.services.jobs import Progress
from app.services.lists import Condition, Group, ListFilter


@pytest.fixture
def features(office):
    """Define one feature of every type; return their ids by type."""
    drafts = [
        FieldDraft("工艺", "text"),
        FieldDraft("产线数量", "number"),
        FieldDraft("年预算", "money"),
        FieldDraft("投产日", "date"),
        FieldDraft("检测方式", "single", options=("人工", "视觉")),
        FieldDraft("材料", "multi", options=("钢", "铝", "铜")),
        FieldDraft("有竞品", "yes_no"),
    ]
    ids = office.features.define(drafts)
    return {draft.type: one for draft, one in zip(drafts, ids, strict=True)}


@pytest.fixture
def options(office, features):
    """Return the option ids of the choice features by their words."""
    return {one.label: one.id for field in office.features.fields() for one in field.options}


@pytest.fixture
def firms(office, features, options):
    """Make four customers: three with features, one without any."""
    told = [
        ("冲压", "2", "1万", "2026-05-01", "人工", ("钢",), "是"),
        ("注塑", "10", "30万", "2026-11-20", "视觉", ("钢", "铝"), "否"),
        ("冲压件清洗", "3.5", "5000", "2026-12-02", "视觉", ("铜",), "是"),
    ]
    made = []
    for number, line in enumerate(told):
        contact = ContactDraft(
            f"王{number}", channels=(ChannelDraft("mobile", f"1381290441{number}"),)
        )
        made.append(
            office.customers.add(
                CustomerDraft(f"客户{number}", code=f"K-{number}", note=f"备注 A{number}",
                              contacts=(contact,))
            )
        )  # fmt: skip
        text, count, money, day, single, multi, yes = line
        office.features.learn(
            made[-1],
            [
                FeatureDraft(features["text"], text),
                FeatureDraft(features["number"], count),
                FeatureDraft(features["money"], money),
                FeatureDraft(features["date"], day),
                FeatureDraft(features["single"], option_ids=(options[single],)),
                FeatureDraft(features["multi"], option_ids=tuple(options[one] for one in multi)),
                FeatureDraft(features["yes_no"], yes),
            ],
        )
    made.append(office.customers.add(CustomerDraft("客户3")))
    return made


def found(office, *where):
    rows = office.customers.page(ListFilter(where=where), Sort("name")).rows
    return [int(row.name[-1]) for row in rows]


@pytest.mark.parametrize(
    ("kind", "operator", "values", "numbers"),
    [
        ("text", "contains", ("冲压",), [0, 2]),
        ("text", "equals", ("冲压",), [0]),
        ("text", "begins", ("注",), [1]),
        ("text", "lacks", ("冲压",), [1, 3]),
        ("text", "unknown", (), [3]),
        ("text", "known", (), [0, 1, 2]),
        ("number", "at_least", ("3500000",), [1, 2]),
        ("number", "at_most", ("3500000",), [0, 2]),
        ("number", "between", ("3000000", "4000000"), [2]),
        ("number", "unknown", (), [3]),
        ("money", "at_least", ("1000000",), [0, 1]),
        ("money", "between", ("500000", "1000000"), [0, 2]),
        ("date", "since", ("2026-11-20",), [1, 2]),
        ("date", "until", ("2026-11-20",), [0, 1]),
        ("date", "between", ("2026-05-01", "2026-05-01"), [0]),
        ("date", "within", ("5",), [1]),
        ("date", "ahead", ("30",), [2]),
        ("date", "unknown", (), [3]),
        ("yes_no", "is", ("1",), [0, 2]),
        ("yes_no", "is", ("0",), [1]),
        ("yes_no", "is", ("0", ""), [1, 3]),
    ],
)
def test_features_take_the_conditions_of_their_type(
    office, features, firms, kind, operator, values, numbers
):
    assert found(office, Condition(f"{FEATURE}{features[kind]}", operator, values)) == numbers


@pytest.mark.parametrize(
    ("kind", "operator", "words", "numbers"),
    [
        ("single", "is", ("视觉",), [1, 2]),
        ("single", "is_not", ("视觉",), [0, 3]),
        ("single", "is", ("人工", ""), [0, 3]),
        ("multi", "is", ("铝", "铜"), [1, 2]),
        ("multi", "is_not", ("钢",), [2, 3]),
        ("multi", "is", ("",), [3]),
    ],
)
def test_features_of_choices_tell_options(
    office, features, options, firms, kind, operator, words, numbers
):
    values = tuple(str(options[word]) if word else "" for word in words)
    assert found(office, Condition(f"{FEATURE}{features[kind]}", operator, values)) == numbers


@pytest.mark.parametrize(
    ("condition", "numbers"),
    [
        (Condition("name", "contains", ("户1",)), [1]),
        (Condition("name", "lacks", ("户1",)), [0, 2, 3]),
        (Condition("code", "begins", ("k-",)), [0, 1, 2]),
        (Condition("code", "unknown"), [3]),
        (Condition("note", "contains", ("ａ2",)), [2]),
        (Condition("contact", "contains", ("王1",)), [1]),
        (Condition("contact", "unknown"), [3]),
        (Condition("phone", "contains", ("138 1290 4412",)), [2]),
        (Condition("phone", "lacks", ("4412",)), [0, 1, 3]),
        (Condition("plan", "is", ("",)), [0, 1, 2, 3]),
    ],
)
def test_texts_are_looked_into(office, firms, condition, numbers):
    assert found(office, condition) == numbers


def test_what_was_forgotten_no_longer_counts(office, features, firms):
    office.features.learn(firms[0], [FeatureDraft(features["text"], "")])
    key = f"{FEATURE}{features['text']}"
    assert found(office, Condition(key, "contains", ("冲压",))) == [2]


def test_groups_join_with_or_and_and(office, features, firms):
    name = Condition("name", "contains", ("户3",))
    pressed = Condition(f"{FEATURE}{features['text']}", "contains", ("冲压",))
    rich = Condition(f"{FEATURE}{features['money']}", "at_least", ("1000000",))
    assert found(office, Group((name, pressed))) == [0, 2, 3]
    assert found(office, Group((pressed, rich), all=True)) == [0]
    assert found(office, Group((name, Group((pressed, rich), all=True)))) == [0, 3]
    assert found(office, Group((name, pressed)), Condition("code", "known")) == [0, 2]
    assert found(office, Group()) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "condition",
    [
        Condition("nonsense", "is", ("1",)),
        Condition("feature_1", "is", ("1",)),
        Condition("region", "contains", ("苏",)),
        Condition("owner", "is", ("周敏",)),
        Condition("expected", "at_least", ()),
        Condition("expected", "at_least", ("很多",)),
        Condition("created", "since", ("去年",)),
        Condition("created", "between", ("2026-01-01",)),
        Condition("next", "is", ("soon",)),
    ],
)
def test_a_condition_that_fits_nothing_is_told(office, firms, condition):
    with pytest.raises(UserError) as told:
        office.customers.count(ListFilter(where=(Group((condition,)),)))
    assert told.value.code == "bad_condition"
    assert told.value.values["field"] == condition.field


def test_a_sort_that_does_not_exist_is_told(office, firms):
    with pytest.raises(UserError) as told:
        office.customers.page(ListFilter(), Sort("feature_7"))
    assert told.value.code == "unknown_sort"


@pytest.mark.parametrize(
    ("kind", "rising"),
    [
        ("text", [3, 0, 2, 1]),
        ("number", [3, 0, 2, 1]),
        ("money", [3, 2, 0, 1]),
        ("date", [3, 0, 1, 2]),
        ("single", [3, 0, 1, 2]),
        ("multi", [3, 0, 1, 2]),
        ("yes_no", [3, 1, 0, 2]),
    ],
)
def test_a_feature_orders_the_list(office, features, firms, kind, rising):
    sort = Sort(f"{FEATURE}{features[kind]}")
    rows = office.customers.page(ListFilter(), sort).rows
    assert [int(row.name[-1]) for row in rows] == rising
    order = office.customers.order(ListFilter(), sort, Progress())
    assert [firms.index(one) for one in order.ids] == rising


def test_second_and_third_columns_order_equal_rows(office, firms):
    for number, region in enumerate(("苏州", "无锡", "苏州", "无锡")):
        office.customers.change(firms[number], region=region, size="大" if number < 3 else "小")
    by_region = Sort("region", then=(Sort("size"), Sort("name", True)))
    rows = office.customers.page(ListFilter(), by_region).rows
    names = [(row.region, row.size, row.name) for row in rows]
    expected = sorted(names, key=lambda one: one[2], reverse=True)
    assert names == sorted(expected, key=lambda one: one[:2])


def test_only_single_indexed_columns_are_read_by_key(office, features):
    listed = office.customers
    assert [key for key in SORTS if not listed.is_indexed(Sort(key))] == [
        "contact", "phone", "value", "life", "plan", "code", "expected_on", "source", "industry",
        "size",
    ]  # fmt: skip
    assert not listed.is_indexed(Sort("name", then=(Sort("region"),)))
    assert not listed.is_indexed(Sort(f"{FEATURE}{features['text']}"))


def test_value_orders_by_quality_then_grade(office, firms):
    from app.services.calibration import CalibrationDraft

    for number, (quality, grade) in enumerate(
        (("unsure", "big"), ("valuable", "small"), ("valuable", "big"))
    ):
        office.calibration.save(firms[number], CalibrationDraft(quality, grade))
    rows = office.customers.page(ListFilter(), Sort("value", True)).rows
    assert [int(row.name[-1]) for row in rows] == [2, 1, 0, 3]


def test_an_order_gives_any_window_and_neighbours(office, firms):
    order = office.customers.order(ListFilter(), Sort("code"), Progress())
    assert len(order) == 4
    names = [row.name for row in office.customers.rows(order.window(1, 3))]
    assert names == ["客户0", "客户1"]
    assert order.neighbour(firms[0], 1) == firms[1]
    assert order.neighbour(firms[0], -1) == firms[3]
    assert order.neighbour(firms[3], -1) == 0
    assert order.neighbour(firms[2], 1) == 0
    assert order.neighbour(1, 1) == 0
    office.customers.remove((firms[1],))
    assert [row.name for row in office.customers.rows(order.window(0, 4))] == [
        "客户3", "客户0", "客户2"]  # fmt: skip


def test_an_order_stops_when_asked(office, firms):
    from app.errors import Cancelled

    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        office.customers.order(ListFilter(), Sort("code"), progress)
    assert office.customers.count(ListFilter()) == 4


@pytest.mark.parametrize(
    ("kind", "operator", "values", "index"),
    [
        ("text", "contains", ("冲",), "ix_feature_value_text"),
        ("number", "at_least", ("1",), "ix_feature_value_number"),
        ("yes_no", "is", ("1",), "ix_feature_value_number"),
        ("date", "since", ("2026-01-01",), "ix_feature_value_day"),
        ("single", "is", ("1",), "ix_feature_value_option"),
    ],
)
def test_a_filter_on_a_feature_reads_one_index(office, features, kind, operator, values, index):
    wanted = ListFilter(where=(Condition(f"{FEATURE}{features[kind]}", operator, values),))
    spec = office.customers._spec
    with office.context.read() as reader:
        settled = spec.settled(reader, wanted, Sort("name"), office.context)
        query = spec.page_query(
            settled, Sort("name"), 5, keyed=False, backward=False, inclusive=False
        )
        plan = reader.driver_rows(
            f"EXPLAIN QUERY PLAN {query.sql}",
            query.values({"row_skip": 0}),
        )
    lines = [str(row[3]) for row in plan]
    assert any(f"USING COVERING INDEX {index} (field_id=?" in line for line in lines), lines


def test_a_long_order_reads_the_table_once(office):
    spec = office.customers._spec
    conditions = spec.conditions(ListFilter(), all_of_them=True)
    from sqlalchemy import select

    from app.models.store.statements import prepared
    from app.models.tables.customers import Customer

    query = prepared(
        Customer.__table__, select(Customer.id).where(*conditions).order_by(Customer.source)
    )
    with office.context.read() as reader:
        plan = reader.driver_rows(f"EXPLAIN QUERY PLAN {query.sql}", query.values({}))
    assert [str(row[3]) for row in plan] == ["SCAN customer", "USE TEMP B-TREE FOR ORDER BY"]


@pytest.mark.parametrize("column", [key for key, one in SORTS.items() if one.indexed])
def test_places_in_a_list_are_found_in_its_index_alone(office, column):
    listing, sort = office.customers, Sort(column, descending=True)
    columns = [one for one, _falling in listing._spec.ordered_by(ListFilter(), sort)]
    hop = listing._beyond(ListFilter(), sort, columns, None).limit(1).offset(1024)
    query = listing._prepared(hop)
    with office.context.read() as reader:
        (step,) = reader.driver_rows(f"EXPLAIN QUERY PLAN {query.sql}", query.values({}))
    assert "USING COVERING INDEX ix_customer_by_" in str(step[3])


def test_days_of_conditions_follow_the_clock(office, features, firms, clock):
    near = Condition(f"{FEATURE}{features['date']}", "ahead", ("3",))
    assert found(office, near) == []
    clock.set("2026-11-30 10:00")
    assert found(office, near) == [2]
    assert date(2026, 11, 30) == office.context.today()
