import pytest

from app.errors import UserError
from app.services.customers import CustomerDraft
from app.services.customers.bulk import Chosen
from app.services.customers.previews import EDITABLE
from app.services.features import FeatureDraft
from app.services.jobs import Progress
from app.services.lists import Condition, ListFilter

SOURCES = ("展会", "展会", "展会", "官网", "")


@pytest.fixture
def firms(office):
    """Make five customers with different sources."""
    return [
        office.customers.add(CustomerDraft(f"客户{at}", source=source, region="苏州"))
        for at, source in enumerate(SOURCES)
    ]


def test_a_preview_counts_what_changes_and_what_is_there_now(office, firms):
    preview = office.customers.preview_edit(Chosen(frozenset(firms)), "source", "官网")
    assert (preview.total, preview.changing) == (5, 4)
    assert preview.before == (("展会", 3), ("", 1))


def test_a_whole_filter_but_for_some_is_counted_without_them(office, firms):
    wanted = ListFilter((Condition("region", "is", ("苏州",)),))
    chosen = Chosen(wanted=wanted, without=frozenset(firms[:2]))
    preview = office.customers.preview_edit(chosen, "source", "")
    assert (preview.total, preview.changing) == (3, 2)
    assert preview.before == (("官网", 1), ("展会", 1))


@pytest.mark.parametrize("field", EDITABLE)
def test_every_field_for_many_is_previewed_and_written_as_one_act(office, firms, field):
    staff = {one.name: one.id for one in office.staff.all()}
    values = {"owner": str(staff["陈立"]), "quality": "valuable", "grade": "big", "stage": "2",
              "kind": "person", "expected": "1200000", "expected_on": "2026-12-20"}  # fmt: skip
    value = values.get(field, "新的")
    chosen = Chosen(frozenset(firms))
    assert office.customers.preview_edit(chosen, field, value).changing == 5
    done = office.customers.bulk.edit(chosen, field, value, Progress())
    after = office.customers.preview_edit(chosen, field, value)
    assert (after.total, after.changing, after.before) == (5, 0, ())
    office.undo.take_back(done.batch_id)
    assert office.customers.preview_edit(chosen, field, value).changing == 5


def test_features_are_previewed_too(office, firms):
    field = next(one for one in office.features.fields() if one.options)
    first, second = field.options[:2]
    office.features.learn(firms[0], [FeatureDraft(field.id, "", (first.id,))])
    key, chosen = f"feature_{field.id}", Chosen(frozenset(firms))
    preview = office.customers.preview_edit(chosen, key, str(second.id))
    assert (preview.changing, preview.before) == (5, (("", 4), (str(first.id), 1)))
    assert office.customers.preview_edit(chosen, key, str(first.id)).changing == 4


def test_nobody_chosen_changes_nothing(office, firms):
    preview = office.customers.preview_edit(Chosen(), "source", "官网")
    assert (preview.total, preview.changing) == (0, 0)
    with pytest.raises(UserError):
        office.customers.preview_edit(Chosen(), "nothing", "x")
