"""The optional keyring slot: a random key in the system's keyring opens the book on this computer.

The keyring only ever holds a random slot key, never the passphrase or the data key, so taking
the slot out of ``keys.json`` ends what it can open (reliability.md 2.7).
"""

from __future__ import annotations

import base64
import logging
import secrets
from collections.abc import Callable
from typing import Any

from nacl.exceptions import CryptoError

from app.errors import UserError
from app.i18n import N_
from app.models.store import keys
from app.models.store.envelope import Envelope

SERVICE = "gendan"
KIND = "keyring"
PATIENCE_SECONDS = 10.0
"""How long the keyring may take; its own window may ask the person to unlock it."""

_PLAIN_FILE_BACKENDS = ("keyrings.alt",)
_log = logging.getLogger(__name__)


def remember(envelope: Envelope, data_key: bytes) -> Envelope:
    """Keep a fresh slot key in the keyring and return the envelope with its slot.

    The key is read back and compared: some keyrings take a value and lose it. Raises
    ``UserError`` keyring_unusable; nothing is kept anywhere else then.
    """
    slot_key = secrets.token_bytes(32)
    text = base64.b64encode(slot_key).decode("ascii")
    _ask(lambda ring: ring.set_password(SERVICE, envelope.file_id, text))
    if _ask(lambda ring: ring.get_password(SERVICE, envelope.file_id)) != text:
        raise UserError(
            "keyring_unusable",
            N_("这台电脑不能记住密码"),
            advice=N_("系统钥匙串没有把它存住。每次打开时输入密码就行，别的都不受影响"),
        )
    sealed = keys.seal(slot_key, data_key, envelope.file_id, KIND)
    return envelope.with_slot({"kind": KIND, **sealed})


def works() -> bool:
    """Tell whether the keyring keeps what it is given, by a trial that leaves nothing behind."""
    name, text = f"trial-{secrets.token_hex(4)}", secrets.token_hex(8)
    _ask(lambda ring: ring.set_password(SERVICE, name, text))
    kept = _ask(lambda ring: ring.get_password(SERVICE, name)) == text
    if kept:
        _ask(lambda ring: ring.delete_password(SERVICE, name))
    return bool(kept)


def backends() -> list[str]:
    """Return the modules of the keyrings that could be used on this computer."""
    from keyring import backend

    return sorted(type(one).__module__ for one in backend.get_all_keyring())


def open_remembered(envelope: Envelope) -> bytes | None:
    """Return the data key when this computer's keyring opens the book, else None."""
    slot = envelope.slot(KIND)
    if slot is None:
        return None
    text = _ask(lambda ring: ring.get_password(SERVICE, envelope.file_id))
    if not isinstance(text, str):
        return None
    try:
        return keys.unseal(base64.b64decode(text), slot, envelope.file_id)
    except (CryptoError, ValueError, KeyError, TypeError):
        _log.warning("the keyring holds a key that does not fit the book")
        return None


def forget(envelope: Envelope) -> Envelope:
    """Take the slot key out of the keyring and return the envelope without its slot."""
    _ask(lambda ring: ring.delete_password(SERVICE, envelope.file_id))
    return envelope.without(KIND)


def _ask(question: Callable[[Any], Any]) -> Any:
    """Return the keyring's answer, None when it fails or does not answer in time."""
    from multiprocessing.pool import ThreadPool

    # a keyring may raise anything and may wait for ever on a session that has gone: the pool
    # turns the first into a result without an answer, and its thread does not hold up the exit
    pool = ThreadPool(1)
    answer = pool.apply_async(lambda: question(_ring()))
    answer.wait(PATIENCE_SECONDS)
    pool.close()
    if answer.ready() and answer.successful():
        return answer.get()
    _log.warning("the keyring gave no answer")
    return None


def _ring() -> Any:
    """Return the system's keyring, refusing one that writes a plain file."""
    import keyring

    ring = keyring.get_keyring()
    for backend in getattr(ring, "backends", [ring]):
        if type(backend).__module__.startswith(_PLAIN_FILE_BACKENDS):
            raise RuntimeError("a keyring in a plain file is no keyring")
        if hasattr(backend, "persist"):
            # Windows would carry the key to other machines of the domain
            backend.persist = "local machine"
    return ring
