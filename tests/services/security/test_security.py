"""The passphrase, the recovery code and the keyring of an open book."""

from __future__ import annotations

import json

import pytest

from app import bootstrap
from app.errors import BookError, UserError
from app.models.store import keys
from app.models.store.book import create_book, open_book
from app.models.store.envelope import KdfCost, read_envelope
from app.models.values.clock import SystemClock
from app.services.admin import OfficeDraft
from app.services.office import run_office
from app.services.staff import StaffDraft

QUICK = KdfCost(1, 8192)


@pytest.fixture
def book(tmp_path):
    return create_book(tmp_path / "a.gendan", passphrase="old passphrase", hint="h", cost=QUICK)


@pytest.fixture
def office(book):
    office = run_office(book.book, SystemClock())
    office.admin.set_up(OfficeDraft("蓝海仪器", (StaffDraft("林建国", role="boss"),)))
    office.staff.act_as_first()
    yield office
    office.close()


def opens_with(folder, passphrase):
    return keys.open_with_passphrase(read_envelope(folder), passphrase)


def test_it_tells_how_the_book_is_protected(office):
    found = office.security.protection()
    assert found.encrypted
    assert found.hint == "h"
    assert not found.remembered
    assert len(found.passphrase_on) == len(found.recovery_on) == len("2026-11-23")


def test_a_changed_passphrase_opens_the_same_book(office, book):
    office.security.change_passphrase("old passphrase", "new passphrase", " 新的 ")
    folder = book.book.folder
    assert opens_with(folder, "new passphrase") == book.data_key
    with pytest.raises(BookError) as told:
        opens_with(folder, "old passphrase")
    assert told.value.code == "wrong_passphrase"
    assert office.security.protection().hint == "新的"
    assert keys.open_with_recovery_code(read_envelope(folder), book.recovery_code)


def test_a_wrong_old_passphrase_changes_nothing(office, book):
    file = book.book.folder / "keys.json"
    before = file.read_bytes()
    with pytest.raises(BookError):
        office.security.change_passphrase("guessed passphrase", "new passphrase")
    with pytest.raises(UserError) as told:
        office.security.change_passphrase("old passphrase", "short")
    assert told.value.code == "passphrase_too_short"
    assert file.read_bytes() == before


def test_a_kill_while_it_changes_leaves_one_of_both(office, book):
    office.security.change_passphrase("old passphrase", "new passphrase")
    former = json.loads((book.book.folder / "keys.json.prev").read_text("utf-8"))
    assert former["file_id"] == office.book.envelope.file_id
    assert list(book.book.folder.glob("*.tmp")) == []


def test_a_new_recovery_code_ends_the_old_one(office, book):
    fresh = office.security.renew_recovery_code("old passphrase")
    envelope = read_envelope(book.book.folder)
    assert keys.open_with_recovery_code(envelope, fresh.lower()) == book.data_key
    with pytest.raises(BookError) as told:
        keys.open_with_recovery_code(envelope, book.recovery_code)
    assert told.value.code == "wrong_recovery_code"


def test_a_lost_passphrase_is_replaced_by_the_recovery_code(office, book):
    office.security.reset_passphrase(book.recovery_code, "new passphrase")
    assert opens_with(book.book.folder, "new passphrase") == book.data_key
    office.security.verify("new passphrase")


def test_only_those_who_manage_change_keys(office):
    office.staff.add(StaffDraft("周敏", role="sales"))
    office.staff.act_as("周敏")
    with pytest.raises(UserError) as told:
        office.security.change_passphrase("old passphrase", "new passphrase")
    assert told.value.code == "not_allowed"


def test_a_computer_without_keyring_says_so(office, book):
    before = (book.book.folder / "keys.json").read_bytes()
    with pytest.raises(UserError) as told:
        office.security.remember("old passphrase")
    assert told.value.code == "keyring_unusable"
    assert (book.book.folder / "keys.json").read_bytes() == before


def test_a_shown_recovery_code_is_the_one_of_the_book(tmp_path):
    code = bootstrap.new_recovery_code()
    made = create_book(
        tmp_path / "b.gendan", passphrase="passphrase", recovery_code=code, cost=QUICK
    )
    made.book.close()
    again = open_book(
        tmp_path / "b.gendan", lambda envelope: keys.open_with_recovery_code(envelope, code)
    )
    again.close()
    assert made.recovery_code == code
