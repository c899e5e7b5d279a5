"""``gendan sequences report`` (cli.md)."""

from __future__ import annotations

from datetime import date

import pytest

from app.services.customers.drafts import CustomerDraft
from app.services.followups.drafts import FollowupDraft
from app.services.sequences.drafts import SequenceDraft
from tests.factories import empty_office, instant


@pytest.fixture
def sequences(book):
    office = empty_office(book)
    template = office.sequences.templates()[0]
    office.sequences.add(SequenceDraft(template.name, template.version))
    for n in range(2):
        firm = office.customers.add(CustomerDraft(f"第{n}家", created_on=date(2026, 11, 2)))
        if n:
            at = instant("2026-11-03")
            office.followups.save(FollowupDraft(firm, content="谈了", at=at))
    office.close()


@pytest.mark.usefixtures("sequences")
def test_steps_drop_off_and_paths_as_json(gendan):
    answer = gendan("sequences", "report", "--json")
    assert answer.code == 0
    found = answer.json
    assert found["sequence"]["name"] == "设备销售"
    assert (found["from"], found["to"]) == ("2026-08-26", "2026-11-23")
    assert (found["customers"], found["won"], found["enough"]) == (2, 0, False)
    first = found["steps"][0]
    assert (first["name"], first["deed"], first["survivors"], first["n"]) == (
        "首次联系", "phone", 1, 1,
    )  # fmt: skip
    assert first["pass_rate"] == 0.0
    assert found["drop_off"] == {
        "place": 2, "step": "客户雷达", "after": "首次联系", "lost": 1, "rate": 1.0,
    }  # fmt: skip
    assert (found["paths"]["won"], found["paths"]["lost"]) == ([], [])
    assert [one["number"] for one in found["versions"]] == [1]


@pytest.mark.usefixtures("sequences")
def test_the_days_and_the_sequence_are_chosen(gendan):
    found = gendan(
        "sequences", "report", "--sequence", "设备销售", "--from", "2026-11-03", "--to",
        "2026-11-30", "--json",
    ).json  # fmt: skip
    assert (found["customers"], found["from"]) == (0, "2026-11-03")


@pytest.mark.usefixtures("sequences")
def test_a_table_for_people(gendan):
    answer = gendan("sequences", "report")
    assert answer.code == 0
    assert "首次联系" in answer.out
    assert "样本少" in answer.out


@pytest.mark.usefixtures("sequences")
def test_what_is_not_there_is_told(gendan):
    answer = gendan("sequences", "report", "--sequence", "零售", "--json")
    assert answer.code == 1
    assert answer.json["error"]["code"] == "no_such_sequence"
    assert "设备销售" in answer.json["error"]["advice"]


def test_without_a_sequence_the_steps_are_empty(gendan, book):
    empty_office(book).close()
    found = gendan("sequences", "report", "--json").json
    assert (found["sequence"], found["steps"], found["drop_off"]) == (None, [], None)
