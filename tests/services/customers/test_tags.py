import pytest

from app.errors import Cancelled, UserError
from app.services.customers import CustomerDraft
from app.services.customers.bulk import CHUNK, Chosen
from app.services.customers.tags import TagDraft
from app.services.jobs import Progress
from app.services.lists import Condition, ListFilter


@pytest.fixture
def firms(office):
    """Make five customers."""
    return [office.customers.add(CustomerDraft(f"客户{number}")) for number in range(5)]


def tags(office, customer_id):
    return [
        one.label for one in office.customers.tags.of_customers([customer_id]).get(customer_id, ())
    ]


def ids(office):
    return {one.label: one.id for one in office.customers.tags.all()}


def test_a_new_word_joins_the_list_and_is_not_doubled(office, firms):
    office.customers.tags.change(firms[0], TagDraft(("重点", " ＶＩＰ ")))
    office.customers.tags.change(firms[1], TagDraft(("vip", "vip")))
    assert tags(office, firms[0]) == ["重点", "VIP"]
    assert tags(office, firms[1]) == ["VIP"]
    assert list(ids(office)) == ["重点", "VIP"]
    office.customers.tags.change(firms[0], TagDraft(("VIP",), (ids(office)["重点"],)))
    assert tags(office, firms[0]) == ["VIP"]


def test_one_act_is_taken_back_with_the_word_it_made(office, firms):
    office.customers.tags.change(firms[0], TagDraft(("重点",)))
    office.undo.take_back(office.context.last_act_id)
    assert tags(office, firms[0]) == []
    assert ids(office) == {}


def test_a_hidden_word_is_shown_again_when_it_is_used(office, firms):
    office.customers.tags.change(firms[0], TagDraft(("重点",)))
    office.admin.archive_choices([ids(office)["重点"]])
    assert ids(office) == {}
    office.customers.tags.change(firms[1], TagDraft(("重点",)))
    assert list(ids(office)) == ["重点"]


@pytest.mark.parametrize(("label", "code"), [(" ", "tag_missing"), ("长" * 31, "tag_too_long")])
def test_a_bad_word_is_refused_and_nothing_is_written(office, firms, label, code):
    with pytest.raises(UserError) as refused:
        office.customers.tags.change(firms[0], TagDraft(("好", label)))
    assert refused.value.code == code
    assert ids(office) == {}


@pytest.mark.parametrize(
    ("operator", "labels", "numbers"),
    [
        ("is", ("甲",), [0, 1]),
        ("is", ("甲", "乙"), [0, 1, 2]),
        ("all", ("甲", "乙"), [1]),
        ("is_not", ("甲",), [2, 3, 4]),
        ("is", ("",), [3, 4]),
        ("is", ("", "乙"), [1, 2, 3, 4]),
    ],
)
def test_tags_cut_the_list(office, firms, operator, labels, numbers):
    for at, words in enumerate((("甲",), ("甲", "乙"), ("乙",))):
        office.customers.tags.change(firms[at], TagDraft(words))
    known = ids(office) | {"": ""}
    where = (Condition("tag", operator, tuple(str(known[label]) for label in labels)),)
    assert office.customers.ids(ListFilter(where)) == [firms[number] for number in numbers]


def test_many_are_tagged_as_one_batch_with_a_preview(office, firms):
    office.customers.tags.change(firms[0], TagDraft(("重点",)))
    chosen = Chosen(wanted=ListFilter(), without=frozenset(firms[3:4]))
    draft = TagDraft(("重点",))
    preview = office.customers.preview_tags(chosen, draft)
    assert (preview.total, preview.changing) == (4, 3)
    assert office.customers.preview_tags(chosen, TagDraft(("新的",))).changing == 4
    done = office.customers.tags.change_many(chosen, draft, Progress())
    assert (done.done_count, done.wanted_count) == (4, 4)
    assert [tags(office, one) for one in firms] == [["重点"]] * 3 + [[]] + [["重点"]]
    take_off = TagDraft((), (ids(office)["重点"],))
    assert office.customers.preview_tags(chosen, take_off).changing == 4
    office.undo.take_back(done.batch_id)
    assert [tags(office, one) for one in firms] == [["重点"], [], [], [], []]


def test_a_stop_leaves_the_rest_untouched(office):
    with office.context.write() as unit:
        from app.services.customers import writing

        made = [writing.add_customer(unit, CustomerDraft(f"第{n}家")) for n in range(CHUNK + 20)]

    class StopsAfterTheFirst(Progress):
        def step(self, done, total, text=""):
            if done:
                raise Cancelled

    chosen = Chosen(frozenset(made))
    done = office.customers.tags.change_many(chosen, TagDraft(("重点",)), StopsAfterTheFirst())
    assert (done.done_count, done.wanted_count) == (CHUNK, CHUNK + 20)
    assert len(office.customers.tags.of_customers(made)) == CHUNK
    office.undo.take_back(done.batch_id)
    assert office.customers.tags.of_customers(made) == {}


def test_a_merge_takes_tags_along(office, firms):
    office.customers.tags.change(firms[0], TagDraft(("甲",)))
    office.customers.tags.change(firms[1], TagDraft(("甲", "乙")))
    act = office.customers.duplicates.merge([firms[0], firms[1]])
    assert tags(office, firms[0]) == ["甲", "乙"]
    office.undo.take_back(act)
    assert [tags(office, one) for one in firms[:2]] == [["甲"], ["甲", "乙"]]


def test_the_card_shows_them(office, firms):
    office.customers.tags.change(firms[0], TagDraft(("甲",)))
    assert [one.label for one in office.customers.card(firms[0]).tags] == ["甲"]
