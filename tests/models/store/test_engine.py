"""The engine gate, the pragmas, and looking without touching."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing

import pytest
from sqlcipher3 import dbapi2

from app.errors import BookError
from app.models.store import engine
from app.models.store.keys import new_book_key


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 45, 1), (3, 51, 2)])
def test_an_engine_with_the_wal_reset_race_is_refused(monkeypatch, version):
    monkeypatch.setattr(engine.dbapi2, "sqlite_version_info", version)
    with pytest.raises(BookError) as caught:
        engine.require_engine()
    assert caught.value.code == "engine_too_old"
    assert "3.51.3" in caught.value.text()


def test_the_engine_here_is_good_enough():
    engine.require_engine()
    assert dbapi2.sqlite_version_info >= engine.OLDEST_ENGINE


def test_an_engine_without_the_cipher_is_refused():
    with closing(sqlite3.connect(":memory:")) as plain, pytest.raises(BookError) as caught:
        engine.require_cipher(plain)
    assert caught.value.code == "no_cipher"
    with closing(dbapi2.connect(":memory:")) as sealed:
        engine.require_cipher(sealed)


def test_every_connection_has_the_pragmas_of_the_design(book):
    def one(name):
        return book.database.run_maintenance(f"PRAGMA {name}")[0][0]

    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
        "temp_store": 2,
        "secure_delete": 1,
        "busy_timeout": 5000,
        "application_id": engine.APPLICATION_ID,
    }
    assert {name: one(name) for name in expected} == expected


def test_a_missing_file_is_never_created(tmp_path):
    with pytest.raises(dbapi2.OperationalError):
        engine.connect(tmp_path / "none.db", None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [0, 1, 4095, 4097, 8191])
def test_a_file_of_an_odd_size_is_no_book(tmp_path, size):
    file = tmp_path / "book.db"
    file.write_bytes(b"\0" * size)
    problem = engine.file_problem(file)
    assert problem is not None
    assert problem.code == "damaged_book"


def test_looking_leaves_every_byte_as_it_is(book, tmp_path):
    book.close()
    file = book.folder / "book.db"
    before = hashlib.sha256(file.read_bytes()).digest(), sorted(book.folder.iterdir())
    if not book.envelope.encrypted:
        driver = engine.connect(file, None, read_only=True)
        assert driver.execute("SELECT count(*) FROM book_header").fetchone() == (1,)
        with pytest.raises(dbapi2.OperationalError):
            driver.execute("DELETE FROM book_header")
        driver.close()
    else:
        with pytest.raises(dbapi2.DatabaseError):
            engine.connect(file, new_book_key(), read_only=True)
    assert (hashlib.sha256(file.read_bytes()).digest(), sorted(book.folder.iterdir())) == before


@pytest.mark.parametrize("book", ["plain"], indirect=True)
def test_what_a_killed_program_left_in_the_log_is_seen(book):
    """Looking reads the log too: the newest schema number may still be there alone."""
    file = book.folder / "book.db"
    book.database.run_maintenance("PRAGMA user_version = 40")
    assert file.with_name("book.db-wal").stat().st_size > 0
    driver = engine.connect(file, None, read_only=True)
    assert driver.execute("PRAGMA user_version").fetchone() == (40,)
    driver.close()


@pytest.mark.parametrize("book", ["sealed"], indirect=True)
def test_the_cipher_writes_nothing_to_the_screen(book, capfd):
    with pytest.raises(dbapi2.DatabaseError):
        engine.connect(book.folder / "book.db", new_book_key())
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")


def test_nothing_readable_is_at_rest(book, stamp):
    from app.models.tables.customers import Customer

    with book.database.write(stamp()) as unit:
        unit.add(Customer, name="绝密有限公司", name_key="x", sort_key="x")
    parts = [file.read_bytes() for file in book.folder.glob("book.db*")]
    found = any("绝密有限公司".encode() in part for part in parts)
    assert found is not book.envelope.encrypted
