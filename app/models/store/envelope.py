"""The key envelope ``keys.json`` as a file; what locks its slots is ``keys``."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import BookError
from app.i18n import N_

FILE_NAME = "keys.json"


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


def read_envelope(folder: Path) -> Envelope:
    """Read ``keys.json``; raise ``BookError`` when it is missing or damaged."""
    try:
        content = json.loads((folder / FILE_NAME).read_text("utf-8"))
        return Envelope(str(content["file_id"]), tuple(dict(slot) for slot in content["slots"]))
    except FileNotFoundError:
        raise _no_envelope(N_("数据文件夹里缺少钥匙文件 keys.json")) from None
    except (ValueError, KeyError, TypeError):
        raise damaged_envelope() from None


def damaged_envelope() -> BookError:
    """Return the error for a ``keys.json`` that cannot be understood."""
    return _no_envelope(N_("钥匙文件 keys.json 已损坏"))


def _no_envelope(message: str) -> BookError:
    return BookError(
        "damaged_keys", message, advice=N_("用备份里的 keys.json 放回原处；数据没有改动")
    )


def write_envelope(folder: Path, envelope: Envelope) -> None:
    """Replace ``keys.json`` as a whole, keeping the previous one as ``keys.json.prev``."""
    target = folder / FILE_NAME
    fresh = folder / f"{FILE_NAME}.{os.urandom(4).hex()}.tmp"
    content = {"format": 1, "file_id": envelope.file_id, "slots": list(envelope.slots)}
    with fresh.open("w", encoding="utf-8") as stream:
        json.dump(content, stream, ensure_ascii=False, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    if target.exists():
        previous = folder / f"{FILE_NAME}.prev"
        previous.write_bytes(target.read_bytes())
    fresh.replace(target)
