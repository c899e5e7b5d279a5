"""What the engine says, as errors for people."""

from __future__ import annotations

import errno
from typing import Any

import pytest
from sqlalchemy import insert, null
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlcipher3 import dbapi2

from app.errors import BookError, UserError
from app.models.store import failures
from app.models.store.book import create_book
from app.models.tables.admin import BookHeader

SAYINGS = {
    "database or disk is full": "disk_full",
    "disk I/O error": "disk_error",
    "attempt to write a readonly database": "read_only",
    "database is locked": "book_busy",
    "database table is locked: customer": "book_busy",
    "unable to open database file": "book_missing",
    "database disk image is malformed": "damaged_book",
    "file is not a database": "damaged_book",
}


@pytest.mark.parametrize(("said", "code"), SAYINGS.items())
@pytest.mark.parametrize("wrapped", [False, True])
def test_a_saying_becomes_an_error_for_people(said, code, wrapped):
    error: Exception = dbapi2.OperationalError(said)
    if wrapped:
        error = OperationalError("INSERT", {}, error)
    with pytest.raises(UserError) as caught, failures.told_plainly():
        raise error
    assert caught.value.code == code
    assert caught.value.text()
    assert caught.value.advice_text()
    assert isinstance(caught.value, BookError) is (code == "damaged_book")
    assert caught.value.__cause__ is error


@pytest.mark.parametrize(
    "error",
    [
        dbapi2.IntegrityError("FOREIGN KEY constraint failed"),
        dbapi2.OperationalError("no such column: nothing"),
        OSError(errno.ENOENT, "no such file"),
        ValueError("full"),
    ],
)
def test_a_bug_stays_a_bug(error):
    with pytest.raises(type(error)), failures.told_plainly():
        raise error


def test_a_full_disk_is_known_by_its_number_too():
    with pytest.raises(UserError) as caught, failures.told_plainly():
        raise OSError(errno.ENOSPC, "No space left on device")
    assert caught.value.code == "disk_full"


def test_an_error_for_people_passes_through():
    error = UserError("mine", "文字")
    with pytest.raises(UserError) as caught, failures.told_plainly():
        raise error
    assert caught.value is error


def test_a_failing_disk_with_room_is_not_a_full_one(tmp_path):
    with pytest.raises(UserError) as caught, failures.told_plainly(tmp_path / "book.db"):
        raise dbapi2.OperationalError("disk I/O error")
    assert caught.value.code == "disk_error"


def test_the_words_of_an_error_hold_no_values(tmp_path):
    made = create_book(tmp_path / "a.gendan", passphrase=None).book
    wrong: Any = insert(BookHeader.__table__).values(file_id="王总", made_with=null())
    with pytest.raises(IntegrityError) as caught, made.database.read() as reader:
        reader.rows(wrong)
    assert "NOT NULL" in str(caught.value)
    assert "王总" not in str(caught.value)
    made.close()
