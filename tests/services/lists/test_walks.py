"""Pages by key while others write: every row that stays where it was is seen once, in order."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.values.pages import Sort, joined_sort
from app.services.customers import CustomerDraft
from app.services.jobs import Progress
from app.services.lists import ListFilter

FIRST = date(2026, 11, 23)
REGIONS = ("苏州", "无锡", "")
COLUMNS = ("name", "created_on", "region", "source", "size", "owner", "code", "value")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Open one book for all examples; each begins with forty customers."""
    from tests.factories import empty_office

    office = empty_office(tmp_path_factory.mktemp("walks") / "walks.gendan")
    yield office
    office.close()


def _fresh(office, seeds):
    old = office.customers.ids(ListFilter())
    if old:
        office.customers.remove(tuple(old))
    return [
        office.customers.add(
            CustomerDraft(
                f"客户{seed % 5}{at}",
                region=REGIONS[seed % 3],
                source="展会" if seed % 2 else "",
                size=str(seed % 4),
                code=str(seed % 6),
                created_on=FIRST - timedelta(days=seed % 7),
            )
        )
        for at, seed in enumerate(seeds)
    ]


def _key(row, column):
    known = {
        "name": row.name, "created_on": row.created_on, "region": row.region,
        "source": row.source, "size": row.size, "owner": row.owner_id, "code": row.code,
        "value": (row.quality, row.grade),
    }  # fmt: skip
    return known[column]


sorts = st.lists(
    st.builds(Sort, st.sampled_from(COLUMNS), st.booleans()), min_size=1, max_size=3
).map(joined_sort)
seeds = st.lists(st.integers(0, 200), min_size=1, max_size=14)
tries = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@tries
@given(seeds=seeds, sort=sorts, limit=st.integers(1, 5), backward=st.booleans())
def test_a_walk_by_key_is_the_sorted_list(book, seeds, sort, limit, backward):
    _fresh(book, seeds)
    whole = book.customers.page(ListFilter(), sort, limit=100).rows
    for one, other in pairwise(whole):
        for part in sort.parts:
            a, b = _key(one, part.column), _key(other, part.column)
            if part.column == "name":  # in the order of pinyin, which the text is not
                break
            if a != b:
                assert (a > b) if part.descending else (a < b)
                break
    walked, key = [], None
    while True:
        page = book.customers.page(ListFilter(), sort, key=key, limit=limit, backward=backward)
        if not page.rows:
            break
        walked = [*page.rows, *walked] if backward else [*walked, *page.rows]
        key = page.first_key if backward else page.last_key
    assert [row.id for row in walked] == [row.id for row in whole]
    order = book.customers.order(ListFilter(), sort, Progress())
    assert list(order.ids) == [row.id for row in whole]
    anchors = list(book.customers.anchors(ListFilter(), sort, 3, Progress()))
    assert [key[-1] for key in anchors] == [row.id for row in whole][::3]
    for at, row in enumerate(whole):
        assert book.customers.place(ListFilter(), sort, row.id) == at
        after = book.customers.neighbour(ListFilter(), sort, row.id, 1)
        assert after == (whole[at + 1].id if at + 1 < len(whole) else 0)


edits = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 13), st.integers(0, 200)), min_size=1, max_size=6
)


@tries
@given(seeds=seeds, sort=sorts, limit=st.integers(1, 4), edits=edits)
def test_a_walk_under_edits_sees_all_that_stays_once_and_in_order(book, seeds, sort, limit, edits):
    ids = _fresh(book, seeds)
    before = [row.id for row in book.customers.page(ListFilter(), sort, limit=100).rows]
    walked, key, written = [], None, set()
    waiting = list(edits)
    while True:
        page = book.customers.page(ListFilter(), sort, key=key, limit=limit)
        if not page.rows:
            break
        walked += [row.id for row in page.rows]
        key = page.last_key
        if waiting:
            written |= _edit(book, ids, *waiting.pop())
    stayed = [one for one in before if one not in written]
    assert [one for one in walked if one in set(stayed)] == stayed
    assert len([one for one in walked if one in set(stayed)]) == len(set(stayed))


def _edit(office, ids, act, which, seed):
    """Add, change or delete one customer; return whose place is no longer sure."""
    one = ids[which % len(ids)]
    if act == 0:
        return {office.customers.add(CustomerDraft(f"新客户{seed}", region=REGIONS[seed % 3]))}
    if not office.customers.rows([one]):
        return {one}
    if act == 1:
        office.customers.remove((one,))
    else:
        office.customers.change(
            one, name=f"改名{seed}", region=REGIONS[seed % 3], size=str(seed % 4),
            source="展会" if seed % 2 else "", code=str(seed % 6),
        )  # fmt: skip
    return {one}
