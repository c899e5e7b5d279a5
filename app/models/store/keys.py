"""The slots of the key envelope: one random data key, locked in several ways.

Each slot seals the same 256-bit data key (XChaCha20-Poly1305, with the file id
and the slot kind as associated data), so a wrong passphrase is told apart from
a damaged book (reliability.md 2.7).
"""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
import time
from collections.abc import Mapping
from typing import Any

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

from app.errors import BookError
from app.i18n import N_
from app.models.store.envelope import STANDARD_COST, Envelope, KdfCost, damaged_envelope

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKE = str.maketrans("OIL", "011")


def new_book_key() -> bytes:
    """Return a fresh random 256-bit key."""
    return secrets.token_bytes(32)


def new_recovery_code() -> str:
    """Return a fresh recovery code: 128 random bits as 26 characters in groups of four."""
    raw = secrets.token_bytes(16)
    number = int.from_bytes(raw, "big") << 2 | hashlib.sha256(raw).digest()[0] & 3
    letters = "".join(_ALPHABET[number >> 5 * place & 31] for place in range(25, -1, -1))
    return "-".join(letters[start : start + 4] for start in range(0, 26, 4))


def _plain_code(code: str) -> str:
    return "".join(c for c in code.upper() if c.isalnum()).translate(_LOOKALIKE)


def seal(key: bytes, data_key: bytes, file_id: str, kind: str) -> dict[str, str]:
    """Return the slot fields that hold the data key locked with ``key`` (32 bytes)."""
    nonce = os.urandom(24)
    sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(
        data_key, f"{file_id}|{kind}".encode(), nonce, key
    )
    return {"nonce": _b64(nonce), "box": _b64(sealed)}


def unseal(key: bytes, slot: Mapping[str, Any], file_id: str) -> bytes:
    """Return the data key of a slot; raise ``CryptoError`` when the key does not fit."""
    return crypto_aead_xchacha20poly1305_ietf_decrypt(
        base64.b64decode(slot["box"]),
        f"{file_id}|{slot['kind']}".encode(),
        base64.b64decode(slot["nonce"]),
        key,
    )


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _derive(passphrase: str, salt: bytes, cost: KdfCost) -> bytes:
    from nacl import pwhash

    return pwhash.argon2id.kdf(
        32, passphrase.encode("utf-8"), salt, opslimit=cost.passes, memlimit=cost.memory
    )


def passphrase_slot(
    passphrase: str, data_key: bytes, file_id: str, *, hint: str = "", cost: KdfCost = STANDARD_COST
) -> dict[str, Any]:
    """Return a slot that the passphrase opens."""
    salt = os.urandom(16)
    key = _derive(passphrase, salt, cost)
    return {
        "kind": "passphrase",
        "kdf": "argon2id",
        "passes": cost.passes,
        "memory": cost.memory,
        "salt": _b64(salt),
        "hint": hint,
        "on": _today(),
        **seal(key, data_key, file_id, "passphrase"),
    }


def recovery_slot(code: str, data_key: bytes, file_id: str) -> dict[str, Any]:
    """Return a slot that the recovery code opens."""
    key = hashlib.blake2b(_plain_code(code).encode(), digest_size=32).digest()
    return {"kind": "recovery", "on": _today(), **seal(key, data_key, file_id, "recovery")}


def _today() -> str:
    return time.strftime("%Y-%m-%d")


def open_with_passphrase(envelope: Envelope, passphrase: str) -> bytes:
    """Return the data key, or raise ``BookError`` wrong_passphrase."""
    slot = envelope.slot("passphrase")
    if slot is None:
        raise wrong_passphrase()
    try:
        cost = KdfCost(int(slot["passes"]), int(slot["memory"]))
        key = _derive(passphrase, base64.b64decode(slot["salt"]), cost)
        return unseal(key, slot, envelope.file_id)
    except (KeyError, ValueError, TypeError):
        raise damaged_envelope() from None
    except CryptoError:
        raise wrong_passphrase() from None


def open_with_recovery_code(envelope: Envelope, code: str) -> bytes:
    """Return the data key, or raise ``BookError`` wrong_recovery_code."""
    slot = envelope.slot("recovery")
    key = hashlib.blake2b(_plain_code(code).encode(), digest_size=32).digest()
    try:
        if slot is not None:
            return unseal(key, slot, envelope.file_id)
    except (KeyError, ValueError, TypeError):
        raise damaged_envelope() from None
    except CryptoError:
        pass
    raise BookError(
        "wrong_recovery_code",
        N_("恢复码不对"),
        advice=N_("对照打印的恢复码再输一次；数据没有改动"),
    )


def wrong_passphrase() -> BookError:
    """Return the error for a passphrase that opens nothing."""
    return BookError(
        "wrong_passphrase",
        N_("密码不对"),
        advice=N_("看看大小写和输入法再试一次；忘了就用恢复码。数据没有改动"),
    )
