"""Whether a book was closed in order is known when it is next opened."""

from __future__ import annotations

import shutil
import threading
from contextlib import closing

import pytest

from app import __version__
from app.errors import BookError, Cancelled, UserError
from app.models.store import engine, header, keys
from app.models.store.book import create_book, open_book
from app.models.store.envelope import read_envelope
from app.models.tables.customers import Customer
from app.models.tables.followups import Draft
from tests.factories import CHEAP, PASSPHRASE, break_table

FIRM = {"name": "甲", "name_key": "甲", "sort_key": "jia"}


def opened(folder):
    return open_book(folder, lambda envelope: keys.open_with_passphrase(envelope, PASSPHRASE))


def key_of(folder):
    envelope = read_envelope(folder)
    return keys.open_with_passphrase(envelope, PASSPHRASE) if envelope.encrypted else None


def said(folder):
    """Return what a book says of its close."""
    with closing(engine.connect(folder / "book.db", key_of(folder), read_only=True)) as driver:
        return header.read(driver).is_closed


def write(book, stamp):
    with book.database.write(stamp()) as unit:
        unit.add(Customer, **FIRM)


@pytest.fixture
def killed(book, stamp, tmp_path):
    """Give a copy of an open book: what a killed program leaves."""
    write(book, stamp)
    return shutil.copytree(book.folder, tmp_path / "killed.gendan")


def test_a_new_book_is_closed_and_signed(book):
    assert said(book.folder)
    assert not book.database.needs_check
    rows = book.database.run_maintenance("SELECT made_with, written_with FROM book_header")
    assert rows == [(__version__, __version__)]


def test_the_first_write_opens_it_and_the_close_closes_it(book, stamp):
    write(book, stamp)
    assert not said(book.folder)
    book.close()
    assert said(book.folder)
    assert not engine.has_log(book.folder / "book.db")
    again = opened(book.folder)
    assert not again.database.needs_check
    again.close()


def test_reading_leaves_every_byte_as_it_is(book, stamp):
    write(book, stamp)
    book.close()
    before = (book.folder / "book.db").read_bytes()
    again = opened(book.folder)
    with again.database.read() as reader:
        assert reader.driver_rows("SELECT name FROM customer") == [("甲",)]
    with again.database.write(stamp()):
        pass
    with pytest.raises(UserError), again.database.write(stamp()) as unit:
        unit.change(Customer, unit.add(Customer, **FIRM) + 1, name="乙")
    again.close()
    assert (book.folder / "book.db").read_bytes() == before


def test_a_killed_program_leaves_a_book_that_needs_a_check(killed, stamp):
    again = opened(killed)
    assert again.database.needs_check
    write(again, stamp)
    again.close()
    assert not said(killed)
    third = opened(killed)
    assert third.database.needs_check, "writing and closing is no check"
    third.database.pass_check()
    third.close()
    assert said(killed)
    last = opened(killed)
    assert not last.database.needs_check
    last.close()


def test_a_log_that_was_left_is_no_close_in_order(killed):
    with closing(engine.connect(killed / "book.db", key_of(killed))) as driver:
        header.mark_closed(driver)
        left = shutil.copytree(killed, killed.with_name("left.gendan"))
    assert said(left)
    again = opened(left)
    assert again.database.needs_check
    again.close()
    assert not said(left)


def test_a_checked_copy_is_closed(killed, tmp_path):
    from app.models.store import snapshot

    again = opened(killed)
    snapshot.copy_database(killed / "book.db", tmp_path / "copy.db", key_of(killed))
    again.close()
    with closing(engine.connect(tmp_path / "copy.db", key_of(killed), read_only=True)) as driver:
        assert header.read(driver).is_closed


def test_closing_stops_a_check_that_still_runs(book):
    begun = threading.Event()
    ends = []
    endless = (
        "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    )

    def check():
        try:
            book.database.run_watched(endless, begun.set)
        except Cancelled as stopped:
            ends.append(stopped)

    thread = threading.Thread(target=check)
    thread.start()
    assert begun.wait(60)
    book.close()
    thread.join(60)
    assert len(ends) == 1
    with pytest.raises(Cancelled):
        book.database.run_watched("SELECT 1", begun.set)


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["plain", "sealed"])
def test_nothing_is_written_once_damage_was_met(tmp_path, stamp, passphrase):
    folder = tmp_path / "office.gendan"
    made = create_book(folder, passphrase=passphrase, cost=CHEAP).book
    write(made, stamp)
    with made.database.write(stamp()) as unit:
        unit.add(Draft, form="x", subject_id=1)
    made.close()
    break_table(folder, "customer")
    book = opened(folder)
    heard = []
    book.database.when_damaged = heard.append
    with pytest.raises(BookError) as met, book.database.read() as reader:
        reader.driver_rows("SELECT name FROM customer")
    assert met.value.code == "damaged_book"
    assert "没有打开" not in met.value.text()
    assert heard == [met.value]
    with pytest.raises(BookError) as refused, book.database.write(stamp()) as unit:
        unit.add(Draft, form="y", subject_id=2)
    assert refused.value is met.value
    with book.database.read() as reader:
        assert reader.driver_rows("SELECT form FROM draft") == [("x",)], "the rest can be read"
    book.close()
    again = opened(folder)
    with again.database.read() as reader:
        assert reader.driver_rows("SELECT count(*) FROM draft") == [(1,)]
    again.close()
