"""Sheets that come again are read as a person settled them the last time."""

import pytest

from app.services.transfer.choosing import with_column, with_words
from app.services.transfer.fields import Kind
from app.services.transfer.mapping import State
from app.services.transfer.read import Choices, FileResult, ReadResult, parse_sheet
from app.services.transfer.remembering import recalled

ROWS = "客户名称,甲乙丙,等次,来源\n恒一公司,A,金牌,展会\n"


@pytest.fixture
def file(tmp_path):
    def write(text, name="名单.csv"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


def fields(read):
    return {one.heading: one.field for one in read.sheets[0].plan.matches if one.applies}


def settled(office, path):
    """Import a file after a person has sent two columns elsewhere."""
    read = office.transfer.read([path])
    plan = with_column(read.sheets[0].plan, 1, "grade")
    plan = with_column(plan, 2, "quality")
    plan = with_column(plan, 3, "")
    plan = with_words(plan, 2, {"金牌": "有价值"})
    sheet = parse_sheet(plan, office.transfer.reading())
    return office.transfer.write(ReadResult((FileResult(path.name, (sheet,)),)))


def test_the_same_headings_go_where_they_went_before(office, file):
    settled(office, file(ROWS))
    again = office.transfer.read([file(ROWS.replace("恒一", "恒二"), "下月.csv")])
    assert fields(again) == {"客户名称": "name", "甲乙丙": "grade", "等次": "quality"}
    assert again.sheets[0].plan.matches[1].state is State.recalled
    (draft,) = again.sheets[0].drafts
    assert (draft.grade, draft.quality, draft.source) == ("big", "valuable", "")


def test_more_columns_do_not_matter_and_fewer_do(office, file):
    settled(office, file(ROWS))
    more = "客户名称,甲乙丙,等次,来源,备注\n恒三公司,A,金牌,展会,老客户\n"
    assert fields(office.transfer.read([file(more)]))["甲乙丙"] == "grade"
    assert fields(office.transfer.read([file(more)]))["备注"] == "note"
    fewer = "客户名称,甲乙丙\n恒四公司,A\n"
    assert fields(office.transfer.read([file(fewer)])) == {"客户名称": "name"}


def test_nothing_settled_is_nothing_remembered(office, file):
    office.transfer.write(office.transfer.read([file(ROWS)]))
    assert office.transfer.remembered() == ()


def test_a_mapping_on_the_spot_wins(office, file):
    settled(office, file(ROWS))
    read = office.transfer.read([file(ROWS)], Choices(mapping={"short_name": "甲乙丙"}))
    assert fields(read)["甲乙丙"] == "short_name"


def test_headings_that_say_nothing_are_known_once_they_were_settled(office, file):
    strange = "标题行\nA1,B1\n恒五公司,13812904417\n"
    read = office.transfer.read(
        [file(strange)], Choices(kind=Kind.customers, mapping={"name": "A1", "mobile": "B1"})
    )
    office.transfer.write(read)
    again = office.transfer.read([file(strange.replace("恒五", "恒六"))])
    assert [draft.name for draft in again.sheets[0].drafts] == ["恒六公司"]


def test_a_layout_can_be_taken_for_another_sheet_by_hand(office, file):
    settled(office, file(ROWS))
    (old,) = office.transfer.remembered()
    plan = office.transfer.read([file("客户名称,甲乙丙\n恒七公司,A\n")]).sheets[0].plan
    assert old.is_near(plan.matches)
    assert recalled(plan, old).matches[1].field == "grade"


def test_an_undone_import_is_remembered_all_the_same(office, file):
    office.transfer.undo(settled(office, file(ROWS)).batch_id)
    assert len(office.transfer.remembered()) == 1
