"""Books from the command line: new, demo, check."""

from __future__ import annotations

import sqlite3

import pytest

from app.bootstrap import open_office
from tests.factories import PASSPHRASE

CHECKS = ["pages", "schema", "identity", "heads", "search", "facts", "audit"]


def test_new_makes_a_plain_book_on_request(gendan, book):
    answer = gendan("new", "--company", "苏南", "--no-encryption", "--json")
    assert (answer.code, answer.json) == (0, {"book": str(book), "recovery_code": None})
    assert (book / "book.db").read_bytes().startswith(b"SQLite format 3")
    office = open_office(book)
    assert office.admin.settings().company == "苏南"
    office.close()


def test_new_encrypts_and_tells_the_recovery_code(gendan, book, monkeypatch):
    monkeypatch.setenv("GENDAN_PASSPHRASE", PASSPHRASE)
    answer = gendan("new", "--json")
    assert answer.code == 0
    assert len(answer.json["recovery_code"].replace("-", "")) == 26
    assert not (book / "book.db").read_bytes().startswith(b"SQLite")
    assert gendan("today", "--json").code == 0


def test_the_passphrase_comes_from_standard_input(gendan, book):
    assert gendan("--passphrase-stdin", "new", stdin=f"{PASSPHRASE}\n").code == 0
    assert gendan("--passphrase-stdin", "today", "--json", stdin=f"{PASSPHRASE}\r\n").code == 0
    wrong = gendan("--passphrase-stdin", "today", "--json", stdin="another one\n")
    assert (wrong.code, wrong.json["error"]["code"]) == (3, "wrong_passphrase")


def test_a_short_passphrase_is_taken_with_a_remark(gendan):
    answer = gendan("--passphrase-stdin", "new", "--json", stdin="short\n")
    assert answer.code == 0
    assert "10" in answer.err


def test_new_without_a_passphrase_is_wrong_use(gendan, book):
    answer = gendan("new", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (2, "usage")
    assert not book.exists()


def test_new_leaves_an_existing_folder_alone(gendan, book):
    book.mkdir()
    (book / "mine.txt").write_text("kept", "utf-8")
    answer = gendan("new", "--no-encryption", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "book_exists")
    assert [file.name for file in book.iterdir()] == ["mine.txt"]


def test_new_tells_people_what_to_write_down(gendan, monkeypatch):
    monkeypatch.setenv("GENDAN_PASSPHRASE", PASSPHRASE)
    assert "恢复码" in gendan("new").out


def test_demo_counts_what_it_made(gendan, book):
    answer = gendan("demo", "--customers", "40", "--years", "1", "--no-encryption", "--json")
    assert answer.code == 0
    counted = answer.json
    assert counted["customers"] == 40
    with sqlite3.connect(book / "book.db") as connection:
        for kind, table in (("customers", "customer"), ("followups", "followup"),
                            ("contracts", "contract"), ("staff", "staff")):  # fmt: skip
            (stored,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert stored == counted[kind] > 0
    connection.close()


def test_people_read_what_demo_made(gendan):
    answer = gendan("demo", "--customers", "5", "--years", "1", "--no-encryption")
    assert "customers" in answer.out
    assert "正在" in answer.err


def test_check_finds_a_sound_book(gendan, office):
    for deep in ((), ("--deep",)):
        answer = gendan("check", "--json", *deep)
        assert answer.code == 0
        assert answer.json["ok"] is True
        assert [one["name"] for one in answer.json["checks"]] == CHECKS
        assert all(one["ok"] for one in answer.json["checks"])


DAMAGE = {
    "schema": "DROP INDEX ix_contract_signed",
    "heads": "UPDATE customer SET last_touch_on = '2020-01-01' WHERE name LIKE '恒锐精密%'",
    "search": "DELETE FROM search_text WHERE text LIKE '%恒锐%'",
    "facts": "UPDATE customer_fact SET touches = touches + 1 WHERE first_sign_on <> ''",
    "audit": "DELETE FROM audit_entry WHERE table_name = 'followup' AND action = 'add'",
}


@pytest.mark.parametrize("name", list(DAMAGE))
def test_check_names_what_is_wrong(gendan, office, name):
    with sqlite3.connect(office / "book.db") as connection:
        assert connection.execute(DAMAGE[name]).rowcount != 0
    connection.close()
    answer = gendan("check", "--json")
    assert answer.code == 1
    assert answer.json["ok"] is False
    wrong = [one for one in answer.json["checks"] if not one["ok"]]
    assert [one["name"] for one in wrong] == [name]
    assert wrong[0]["detail"]
    assert "有问题" in gendan("check").out


def test_check_finds_a_life_that_was_never_lived(gendan, office):
    with sqlite3.connect(office / "book.db") as connection:
        connection.execute("UPDATE customer SET life = 'repeat' WHERE life = 'prospect'")
    connection.close()
    wrong = [one["name"] for one in gendan("check", "--json").json["checks"] if not one["ok"]]
    assert wrong == ["heads"]


def test_check_finds_a_row_without_its_parent(gendan, office):
    connection = sqlite3.connect(office / "book.db")
    with connection:
        connection.execute(
            "UPDATE stage_move SET customer_id = 7 WHERE id = (SELECT min(id) FROM stage_move)"
        )
    connection.close()
    answer = gendan("check", "--json").json
    assert "pages" in [one["name"] for one in answer["checks"] if not one["ok"]]


@pytest.mark.parametrize("place", ["file.txt/x.gendan", "长" * 100 + ".gendan"])
def test_a_place_where_no_book_can_be_is_named(gendan, tmp_path, place):
    (tmp_path / "file.txt").write_text("x")
    before = set(tmp_path.rglob("*"))
    answer = gendan("--book", str(tmp_path / place), "new", "--no-encryption", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "book_place")
    assert answer.json["error"]["advice"]
    assert set(tmp_path.rglob("*")) == before
    opened = gendan("--book", str(tmp_path / place), "today", "--json")
    assert (opened.code, opened.json["error"]["code"]) == (3, "book_missing")
