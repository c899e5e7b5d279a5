"""The key envelope ``keys.json``: one random data key behind several slots.

Each slot seals the same 256-bit data key (XChaCha20-Poly1305, with the file id
and the slot kind as associated data), so a wrong passphrase is told apart from
a damaged book (reliability.md 2.7).
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nacl import pwhash
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

from app.errors import BookError
from app.i18n import N_

FILE_NAME = "keys.json"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKE = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class KdfCost:
    """Argon2id cost: passes and memory in bytes."""

    passes: int = 3
    memory: int = 128 * 1024 * 1024


STANDARD_COST = KdfCost()


@dataclass(frozen=True, slots=True)
class Envelope:
    """The parsed ``keys.json`` of one book; ``slots`` is empty for a plain book."""

    file_id: str
    slots: tuple[Mapping[str, Any], ...]

    @property
    def encrypted(self) -> bool:
        """Tell whether the book needs a key."""
        return bool(self.slots)

    def slot(self, kind: str) -> Mapping[str, Any] | None:
        """Return the slot of a kind: passphrase, recovery or keyring."""
        return next((slot for slot in self.slots if slot["kind"] == kind), None)

    @property
    def hint(self) -> str:
        """Return the passphrase hint, empty if there is none."""
        slot = self.slot("passphrase")
        return str(slot.get("hint", "")) if slot else ""

    def made_on(self, kind: str) -> str:
        """Return the ISO day on which a slot was made, empty when it is not known."""
        slot = self.slot(kind)
        return str(slot.get("on", "")) if slot else ""

    def with_slot(self, slot: Mapping[str, Any]) -> Envelope:
        """Return the envelope with this slot in place of the one of its kind."""
        return Envelope(self.file_id, (*self.without(slot["kind"]).slots, slot))

    def without(self, kind: str) -> Envelope:
        """Return the envelope without the slot of a kind."""
        kept = tuple(slot for slot in self.slots if slot["kind"] != kind)
        return Envelope(self.file_id, kept)


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
        raise _damaged_envelope() from None
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
        raise _damaged_envelope() from None
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


def read_envelope(folder: Path) -> Envelope:
    """Read ``keys.json``; raise ``BookError`` when it is missing or damaged."""
    try:
        content = json.loads((folder / FILE_NAME).read_text("utf-8"))
        return Envelope(str(content["file_id"]), tuple(dict(slot) for slot in content["slots"]))
    except FileNotFoundError:
        raise _no_envelope(N_("数据文件夹里缺少钥匙文件 keys.json")) from None
    except (ValueError, KeyError, TypeError):
        raise _damaged_envelope() from None


def _damaged_envelope() -> BookError:
    return _no_envelope(N_("钥匙文件 keys.json 已损坏"))


def _no_envelope(message: str) -> BookError:
    return BookError(
        "damaged_keys", message, advice=N_("用备份里的 keys.json 放回原处；数据没有改动")
    )


def write_envelope(folder: Path, envelope: Envelope) -> None:
    """Replace ``keys.json`` as a whole, keeping the previous one as ``keys.json.prev``."""
    target = folder / FILE_NAME
    fresh = folder / f"{FILE_NAME}.{secrets.token_hex(4)}.tmp"
    content = {"format": 1, "file_id": envelope.file_id, "slots": list(envelope.slots)}
    with fresh.open("w", encoding="utf-8") as stream:
        json.dump(content, stream, ensure_ascii=False, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    if target.exists():
        previous = folder / f"{FILE_NAME}.prev"
        previous.write_bytes(target.read_bytes())
    fresh.replace(target)
