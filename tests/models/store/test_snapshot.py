"""Copies of a live book are whole, checked, and published under their name at once."""

from __future__ import annotations

import pytest

from app.errors import BookError
from app.models.store import engine, keys, snapshot
from app.models.store.book import create_book, open_book
from app.models.tables.customers import Customer
from tests.factories import CHEAP, PASSPHRASE

FIRM = {"name": "甲", "name_key": "甲", "sort_key": "jia"}


@pytest.fixture(params=["plain", "sealed"])
def live(request, tmp_path, stamp):
    passphrase = PASSPHRASE if request.param == "sealed" else None
    made = create_book(tmp_path / "live.gendan", passphrase=passphrase, cost=CHEAP)
    with made.book.database.write(stamp()) as unit:
        unit.add(Customer, **FIRM)
    yield made
    made.book.close()


def _names(file, key):
    driver = engine.connect(file, key, read_only=True)
    found = [row[0] for row in driver.execute("SELECT name FROM customer")]
    mode = driver.execute("PRAGMA journal_mode").fetchone()[0]
    driver.close()
    return found, mode


def test_a_copy_holds_what_is_still_in_the_log(live, tmp_path, stamp):
    assert (live.book.folder / "book.db-wal").stat().st_size > 0
    copy = tmp_path / "copy.db"
    snapshot.copy_database(live.book.folder / "book.db", copy, live.data_key)
    names, mode = _names(copy, live.data_key)
    assert names == ["甲"]
    assert mode == "delete"
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith("copy")] == ["copy.db"]


def test_a_copy_of_a_sealed_book_is_sealed(live, tmp_path):
    copy = tmp_path / "copy.db"
    snapshot.copy_database(live.book.folder / "book.db", copy, live.data_key)
    assert copy.read_bytes().startswith(b"SQLite format 3") is (live.data_key is None)


def test_nothing_is_published_of_a_damaged_book(live, tmp_path):
    live.book.close()
    file = live.book.folder / "book.db"
    content = bytearray(file.read_bytes())
    for place in range(2 * 4096, len(content), 4096):
        content[place : place + 64] = b"\xff" * 64
    file.write_bytes(content)
    copy = tmp_path / "copy.db"
    with pytest.raises(BookError) as caught:
        snapshot.copy_database(file, copy, live.data_key)
    assert caught.value.code == "damaged_book"
    assert not list(tmp_path.glob("copy*"))


def test_a_book_is_kept_whole_before_an_upgrade(live):
    folder = snapshot.copy_before_upgrade(live.book.folder, live.data_key)
    assert folder.parent == live.book.folder / "backups"
    kept = open_book(folder, lambda sealed: keys.open_with_passphrase(sealed, PASSPHRASE))
    with kept.database.read() as reader:
        assert reader.driver_rows("SELECT name FROM customer") == [("甲",)]
    kept.close()
    with pytest.raises(BookError):
        open_book(folder.parent)
