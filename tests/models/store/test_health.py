"""What is wrong with a book is found: pages, parents, identity."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.models.store import health, keys
from app.models.store.book import create_book
from app.models.store.database import Database
from app.models.store.engine import make_engine
from app.models.tables.customers import Customer
from tests.factories import CHEAP, PASSPHRASE


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
    database = Database(make_engine(file, made.data_key), file)
    try:
        problems = health.page_problems(database)
    except UserError as error:
        problems = [error.code]
    assert problems
    database.close()


def test_another_books_keys_are_found(book, tmp_path):
    keys.write_envelope(book.folder, keys.Envelope("0" * 32, book.envelope.slots))
    assert health.identity_problems(book.database) == ["file_id"]
    (book.folder / keys.FILE_NAME).unlink()
    assert health.identity_problems(book.database)


@pytest.mark.parametrize("deep", [False, True])
def test_a_row_without_its_parent_is_found(book, deep):
    book.database.run_maintenance("PRAGMA foreign_keys = OFF")
    book.database.run_maintenance("INSERT INTO stage_move (id, customer_id) VALUES (1, 99)")
    assert health.page_problems(book.database, deep=deep) == ["stage_move:1 -> customer"]
