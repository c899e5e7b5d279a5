"""What is wrong with a book is found: pages, parents, identity."""

from __future__ import annotations

import shutil

import pytest

from app.errors import Cancelled, UserError
from app.models.store import health, keys
from app.models.store.book import create_book, open_book
from app.models.store.database import Database
from app.models.store.engine import connect
from app.models.store.envelope import FILE_NAME as ENVELOPE_FILE
from app.models.store.envelope import Envelope, write_envelope
from app.models.tables.customers import Customer
from tests.factories import CHEAP, PASSPHRASE, break_table


def test_a_sound_book_has_no_problem(book):
    assert health.is_sealed(book.database) is book.envelope.encrypted
    assert health.page_problems(book.database) == []
    assert health.page_problems(book.database, deep=True) == []
    assert health.schema_problems(book.database) == []
    assert health.identity_problems(book.database) == []


def test_a_flipped_bit_breaks_a_seal(tmp_path, stamp):
    made = create_book(tmp_path / "office.gendan", passphrase=PASSPHRASE, cost=CHEAP)
    with made.book.database.write(stamp()) as unit:
        for number in range(50):
            unit.add(Customer, name=f"甲{number}", name_key="x", sort_key="x", note="长" * 300)
    made.book.close()
    file = tmp_path / "office.gendan" / "book.db"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 4
    file.write_bytes(content)
    database = Database(lambda: connect(file, made.data_key), file)
    try:
        problems = health.page_problems(database)
    except UserError as error:
        problems = [error.code]
    assert problems
    database.close()


def test_another_books_keys_are_found(book, tmp_path):
    write_envelope(book.folder, Envelope("0" * 32, book.envelope.slots))
    assert health.identity_problems(book.database) == ["file_id"]
    (book.folder / ENVELOPE_FILE).unlink()
    assert health.identity_problems(book.database)


def test_a_row_without_its_parent_is_found(book):
    book.database.run_maintenance("PRAGMA foreign_keys = OFF")
    book.database.run_maintenance("INSERT INTO stage_move (id, customer_id) VALUES (1, 99)")
    assert health.parent_problems(book.database) == ["stage_move:1 -> customer"]


def _with_customers(folder, passphrase, stamp):
    made = create_book(folder, passphrase=passphrase, cost=CHEAP)
    with made.book.database.write(stamp()) as unit:
        for number in range(50):
            unit.add(Customer, name=f"甲{number}", name_key="x", sort_key="x", note="长" * 300)
    return made


def _opened(folder):
    return open_book(folder, lambda envelope: keys.open_with_passphrase(envelope, PASSPHRASE))


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["plain", "sealed"])
@pytest.mark.parametrize("deep", [False, True])
def test_a_broken_page_is_found_and_its_table_named(tmp_path, stamp, passphrase, deep):
    folder = tmp_path / "office.gendan"
    _with_customers(folder, passphrase, stamp).book.close()
    break_table(folder, "customer")
    opened = _opened(folder)
    assert health.page_problems(opened.database, deep=deep)
    assert health.damaged_tables(opened.database) == ["customer"]
    opened.close()


def test_a_page_that_the_log_still_holds_is_not_broken(tmp_path, stamp):
    """A power cut while the log is folded in tears pages of the file; the log mends them."""
    made = _with_customers(tmp_path / "office.gendan", PASSPHRASE, stamp)
    torn = shutil.copytree(tmp_path / "office.gendan", tmp_path / "torn.gendan")
    made.book.close()
    break_table(torn, "customer")
    opened = _opened(torn)
    assert health.page_problems(opened.database) == []
    with opened.database.read() as reader:
        assert reader.driver_rows("SELECT count(*) FROM customer") == [(50,)]
    opened.close()


def test_a_check_can_be_stopped(book):
    def stop():
        raise Cancelled

    with pytest.raises(Cancelled):
        health.page_problems(book.database, watch=stop)
    assert health.page_problems(book.database) == []
