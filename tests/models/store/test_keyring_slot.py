"""The keyring slot opens the book, or says so; it never loses a person's data silently."""

from __future__ import annotations

import threading

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.backends.null
import pytest

from app.errors import UserError
from app.models.store import keyring_slot, keys
from app.models.store.envelope import Envelope

DATA_KEY = bytes(range(32))


class Memory(keyring.backend.KeyringBackend):
    """A keyring as it should be."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.kept = {}

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def delete_password(self, service, username):
        del self.kept[service, username]


class Raising(Memory):
    """A keyring whose service has crashed."""

    def set_password(self, service, username, password):
        raise RuntimeError("no session bus")

    get_password = delete_password = set_password


class Silent(Memory):
    """A keyring that waits for a window nobody sees."""

    def __init__(self):
        super().__init__()
        self.answered = threading.Event()

    def get_password(self, service, username):
        self.answered.wait()


class Plain(Memory):
    """A keyring in a plain file, by the name of its package."""


Plain.__module__ = "keyrings.alt.file"


@pytest.fixture
def use():
    former = keyring.get_keyring()
    used = []

    def choose(ring):
        keyring.set_keyring(ring)
        used.append(ring)
        return ring

    yield choose
    keyring.set_keyring(former)
    for ring in used:
        if isinstance(ring, Silent):
            ring.answered.set()


@pytest.fixture
def envelope():
    return Envelope("f" * 32, (keys.recovery_slot("7KQF", DATA_KEY, "f" * 32),))


def test_a_remembered_book_opens_without_passphrase(use, envelope):
    ring = use(Memory())
    assert keyring_slot.works()
    assert ring.kept == {}
    remembered = keyring_slot.remember(envelope, DATA_KEY)
    assert keyring_slot.open_remembered(remembered) == DATA_KEY
    assert DATA_KEY.hex() not in str(ring.kept)
    assert remembered.slot("recovery") == envelope.slot("recovery")


def test_forgetting_ends_it(use, envelope):
    ring = use(Memory())
    remembered = keyring_slot.remember(envelope, DATA_KEY)
    forgotten = keyring_slot.forget(remembered)
    assert ring.kept == {}
    assert forgotten.slot("keyring") is None
    assert keyring_slot.open_remembered(forgotten) is None
    assert keyring_slot.open_remembered(remembered) is None


def test_remembering_again_replaces_the_slot(use, envelope):
    use(Memory())
    first = keyring_slot.remember(envelope, DATA_KEY)
    second = keyring_slot.remember(first, DATA_KEY)
    assert len(second.slots) == 2
    assert keyring_slot.open_remembered(first) is None
    assert keyring_slot.open_remembered(second) == DATA_KEY


def test_the_key_of_another_book_does_not_open_this_one(use, envelope):
    ring = use(Memory())
    remembered = keyring_slot.remember(envelope, DATA_KEY)
    ring.kept = dict.fromkeys(ring.kept, "AAAA")
    assert keyring_slot.open_remembered(remembered) is None


@pytest.mark.parametrize(
    "ring",
    [keyring.backends.fail.Keyring, keyring.backends.null.Keyring, Raising, Plain],
)
def test_a_useless_keyring_is_told_and_nothing_is_kept(use, envelope, ring):
    made = use(ring())
    with pytest.raises(UserError) as told:
        keyring_slot.remember(envelope, DATA_KEY)
    assert told.value.code == "keyring_unusable"
    assert not keyring_slot.works()
    assert getattr(made, "kept", {}) == {}
    assert keyring_slot.forget(envelope).slot("recovery") is not None


def test_a_keyring_that_is_gone_later_asks_for_the_passphrase(use, envelope):
    use(Memory())
    remembered = keyring_slot.remember(envelope, DATA_KEY)
    for ring in (keyring.backends.fail.Keyring(), Raising(), Memory()):
        use(ring)
        assert keyring_slot.open_remembered(remembered) is None


def test_a_keyring_that_never_answers_is_left_alone(use, envelope, monkeypatch):
    monkeypatch.setattr(keyring_slot, "PATIENCE_SECONDS", 0.05)
    use(Silent())
    with pytest.raises(UserError):
        keyring_slot.remember(envelope, DATA_KEY)
