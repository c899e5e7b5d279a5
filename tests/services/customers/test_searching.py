import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import grams, pinyin
from app.services.customers import ChannelDraft, ContactDraft, CustomerDraft

NAME = "无锡恒锐精密机械有限公司"
CONTACT = ContactDraft(
    "单雄信",
    channels=(ChannelDraft("mobile", "13812904417"), ChannelDraft("mail", "shan@hr.example")),
)


@pytest.fixture
def firm(office):
    office.customers.add(CustomerDraft("苏州宏泰模具厂"))
    return office.customers.add(CustomerDraft(NAME, code="C-017", contacts=(CONTACT,)))


@pytest.mark.parametrize(
    ("query", "rule"),
    [
        ("恒", "name"),
        ("恒锐", "name"),
        ("锐精密机", "name"),
        ("wxhr", "pinyin"),
        ("hr", "pinyin"),
        ("hengrui", "pinyin"),
        ("hengr", "pinyin"),
        ("无锡hr", "pinyin"),
        ("w", "pinyin"),
        ("单雄", "contact"),
        ("sxx", "contact"),
        ("shanxx", "contact"),
        ("441", "phone"),
        ("13812904417", "phone"),
        ("c-017", "name"),
        ("shan@hr", "mail"),
    ],
)
def test_one_firm_is_found_by_every_way_to_type_it(office, firm, query, rule):
    hits = [hit for hit in office.customers.search(query) if hit.id == firm]
    assert [hit.rule for hit in hits] == [rule]


def test_nothing_is_found_for_nothing(office, firm):
    assert office.customers.search("  ") == []
    assert office.customers.search("没有的") == []


def test_the_start_of_a_name_comes_first(office, firm):
    office.customers.add(CustomerDraft("恒锐贸易"))
    assert next(hit.name for hit in office.customers.search("恒锐")) == "恒锐贸易"


def test_a_removed_customer_leaves_the_index_and_comes_back(office, firm):
    office.customers.remove((firm,))
    assert office.customers.search("恒锐") == []
    office.undo.take_back(office.undo.last().id)
    assert [hit.id for hit in office.customers.search("恒锐")] == [firm]


def test_a_new_name_replaces_the_old_one(office, firm):
    office.customers.change(firm, name="上海新锐科技")
    assert office.customers.search("恒锐") == []
    assert [hit.id for hit in office.customers.search("xinrui")] == [firm]


HAN = st.text(alphabet=[chr(code) for code in range(0x4E00, 0x4E00 + 3000)], min_size=1, max_size=8)


@given(HAN, st.data())
def test_every_piece_of_a_name_finds_it(name, data):
    entry = grams.search_entry([name], [], [])
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))
    query = grams.search_query(name[start:end])
    assert query is not None
    assert query.match(entry.text) is not None
    held = set(entry.grams)
    assert any(_holds(one, held) for one in query.expression.split(" OR "))


@given(HAN)
def test_the_initials_of_a_name_find_it(name):
    letters = pinyin.initials(name)
    query = grams.search_query(letters)
    entry = grams.search_entry([name], [], [])
    assert query is not None
    assert query.match(entry.text) is not None
    assert any(_holds(one, set(entry.grams)) for one in query.expression.split(" OR "))


def _holds(expression, held):
    wanted = expression.strip("()").split(" AND ")
    return all(gram.strip('"') in held for gram in wanted)
