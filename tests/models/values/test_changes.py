from hypothesis import given
from hypothesis import strategies as st

from app.models.values.changes import Changes, Kind
from app.models.values.pages import Page, Sort

changes = st.builds(
    Changes,
    st.dictionaries(
        st.sampled_from(Kind), st.frozensets(st.integers(1, 5), max_size=3), max_size=4
    ),
)


def test_nothing_touched_is_false():
    assert not Changes()
    assert not Changes().touches(Kind)
    assert Changes({Kind.customer: frozenset()})


def test_some_unknown_swallows_known_ids():
    known = Changes({Kind.customer: frozenset({1})})
    some = Changes({Kind.customer: frozenset()})
    assert known.merge(some) == some
    assert some.merge(known) == some
    assert not known.may_touch(Kind.customer, 2)
    assert some.may_touch(Kind.customer, 2)
    assert not some.may_touch(Kind.contract, 2)


@given(changes, changes, st.sampled_from(Kind), st.integers(1, 5))
def test_merged_touches_what_either_touches(one, other, kind, row_id):
    both = one.merge(other)
    assert both == other.merge(one)
    assert both.touches([kind]) == (one.touches([kind]) or other.touches([kind]))
    assert both.may_touch(kind, row_id) == (
        one.may_touch(kind, row_id) or other.may_touch(kind, row_id)
    )


def test_changes_do_not_follow_their_maker():
    ids = {Kind.customer: frozenset({1})}
    made = Changes(ids)
    ids[Kind.contract] = frozenset()
    assert not made.touches([Kind.contract])


def test_page_maps_rows_and_keeps_its_window():
    page = Page((1, 2), total=9, first_key=("a", 1), last_key=("b", 2), has_more=True)
    assert page.map(str) == Page(("1", "2"), 9, ("a", 1), ("b", 2), True)
    assert Sort("name").reversed() == Sort("name", descending=True)
