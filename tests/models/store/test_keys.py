"""The envelope: two slots around one key, told apart from damage."""

from __future__ import annotations

import json

import pytest

from app.errors import BookError
from app.models.store import keys
from app.models.store.envelope import FILE_NAME as ENVELOPE_FILE
from app.models.store.envelope import Envelope, read_envelope, write_envelope
from tests.factories import CHEAP, PASSPHRASE

DATA_KEY = bytes(range(32))
FILE_ID = "f" * 32


@pytest.fixture
def envelope():
    code = keys.new_recovery_code()
    slots = (
        keys.passphrase_slot(PASSPHRASE, DATA_KEY, FILE_ID, hint="四个词", cost=CHEAP),
        keys.recovery_slot(code, DATA_KEY, FILE_ID),
    )
    return Envelope(FILE_ID, slots), code


def test_both_slots_open_the_same_key(envelope):
    sealed, code = envelope
    assert keys.open_with_passphrase(sealed, PASSPHRASE) == DATA_KEY
    assert keys.open_with_recovery_code(sealed, code) == DATA_KEY
    assert sealed.hint == "四个词"


def test_a_recovery_code_is_read_as_people_write_it(envelope):
    sealed, code = envelope
    written = code.lower().replace("-", " ").replace("0", "O").replace("1", "l")
    assert keys.open_with_recovery_code(sealed, written) == DATA_KEY


@pytest.mark.parametrize("typed", ["", PASSPHRASE.upper(), PASSPHRASE + " ", "口令"])
def test_another_passphrase_is_wrong(envelope, typed):
    with pytest.raises(BookError) as caught:
        keys.open_with_passphrase(envelope[0], typed)
    assert caught.value.code == "wrong_passphrase"


def test_another_code_is_wrong(envelope):
    with pytest.raises(BookError) as caught:
        keys.open_with_recovery_code(envelope[0], keys.new_recovery_code())
    assert caught.value.code == "wrong_recovery_code"


def test_slots_are_bound_to_their_book_and_kind(envelope):
    sealed, code = envelope
    moved = Envelope("0" * 32, sealed.slots)
    with pytest.raises(BookError):
        keys.open_with_passphrase(moved, PASSPHRASE)
    with pytest.raises(BookError):
        keys.open_with_recovery_code(moved, code)
    renamed = Envelope(FILE_ID, ({**sealed.slots[1], "kind": "passphrase"},))
    with pytest.raises(BookError) as caught:
        keys.open_with_passphrase(renamed, PASSPHRASE)
    assert caught.value.code == "damaged_keys"


def test_the_file_holds_no_key_and_keeps_its_previous_state(envelope, tmp_path):
    sealed, _code = envelope
    write_envelope(tmp_path, sealed)
    text = (tmp_path / ENVELOPE_FILE).read_text("utf-8")
    assert DATA_KEY.hex() not in text
    assert PASSPHRASE not in text
    assert read_envelope(tmp_path) == sealed
    write_envelope(tmp_path, sealed.without("recovery"))
    assert read_envelope(tmp_path).slot("recovery") is None
    previous = json.loads((tmp_path / f"{ENVELOPE_FILE}.prev").read_text("utf-8"))
    assert {slot["kind"] for slot in previous["slots"]} == {"passphrase", "recovery"}
    assert not list(tmp_path.glob("*.tmp"))


def test_two_books_never_share_a_salt_or_a_code():
    one, other = (keys.passphrase_slot(PASSPHRASE, DATA_KEY, FILE_ID, cost=CHEAP) for _ in range(2))
    assert one["salt"] != other["salt"]
    assert one["box"] != other["box"]
    assert len({keys.new_recovery_code() for _ in range(50)}) == 50
