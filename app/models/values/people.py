"""Names and numbers of firms and people as offices write them (product.md 5.3, 5.8)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from app.models.values.text import fold


class ChannelKind(StrEnum):
    """Kind of address a contact may have."""

    phone = "phone"
    mobile = "mobile"
    mail = "mail"
    qq = "qq"
    wechat = "wechat"
    other = "other"


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A number in normal form: digits alone, the extension apart."""

    kind: str
    digits: str
    extension: str = ""


_EXTENSION = re.compile(r"(?:转|分机|ext\.?|#)\s*(\d{1,6})\s*$", re.IGNORECASE)


def normal_phone(raw: str) -> PhoneNumber | None:
    """Return the normal form of a number, None when there is none."""
    plain = fold(str(raw))
    found = _EXTENSION.search(plain)
    extension = found[1] if found else ""
    digits = "".join(char for char in _EXTENSION.sub("", plain) if char.isdigit())
    for prefix in ("0086", "86"):
        if digits.startswith(prefix) and len(digits) == len(prefix) + 11:
            digits = digits[len(prefix) :]
    if not digits:
        return None
    if len(digits) == 11 and digits[0] == "1":
        return PhoneNumber("mobile", digits, extension)
    return PhoneNumber("phone", digits, extension)


_LEGAL = str.maketrans("", "", " ()[]{}<>·.,-—_'\"")


def company_key(name: str) -> str:
    """Return the match key of a firm's name: brackets, blanks, width and case ignored."""
    return fold(name).casefold().translate(_LEGAL)
