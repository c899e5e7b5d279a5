"""What a phone scans from the screen: dial, SMS, a visiting card (product.md 5.9).

A code holds 600 bytes at most, so that a phone reads it from a screen.
"""

from __future__ import annotations

import re

from app.services.customers.drafts import ContactView

MOST_BYTES = 600


def dial(number: str) -> str:
    """Return what lets a phone call a number."""
    return f"tel:{number}"


def sms(number: str, text: str = "") -> str:
    """Return what lets a phone write to a number; the text is cut to what a code holds."""
    head = f"SMSTO:{number}:"
    return head + _cut(re.sub(r"[\r\n]+", " ", text), MOST_BYTES - len(head.encode()))


def plain(text: str) -> str:
    """Return a text cut to what a code holds."""
    return _cut(text, MOST_BYTES)


def visiting_card(contact: ContactView, firm: str, address: str = "") -> str:
    """Return a vCard 3.0 of a contact; what does not fit is left out, the useful comes first."""
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{_escaped(_cut(contact.name, 60))};;;;",
        f"FN:{_escaped(_cut(contact.name, 60))}",
    ]
    end = "END:VCARD"
    for line in _further(contact, firm, address):
        if _size([*lines, line, end]) <= MOST_BYTES:
            lines.append(line)
    return "\r\n".join([*lines, end])


def _further(contact: ContactView, firm: str, address: str) -> list[str]:
    types = {"mobile": "TEL;TYPE=CELL", "phone": "TEL;TYPE=WORK", "email": "EMAIL"}
    found = [
        f"{types[one.kind]}:{_escaped(one.normal or one.raw)}"
        for one in sorted(contact.channels, key=lambda one: one.kind != "mobile")
        if one.kind in types and not one.invalid
    ]
    found.append(f"ORG:{_escaped(firm)}")
    if contact.title:
        found.append(f"TITLE:{_escaped(contact.title)}")
    if address:
        found.append(f"ADR;TYPE=WORK:;;{_escaped(address)};;;;")
    return found


def _size(lines: list[str]) -> int:
    return len("\r\n".join(lines).encode())


def _escaped(text: str) -> str:
    flat = re.sub(r"[\r\n]+", " ", text)
    return re.sub(r"([\\;,])", r"\\\1", flat)


def _cut(text: str, most: int) -> str:
    """Return the beginning of a text that takes so many bytes, no character cut in two."""
    return text.encode()[: max(0, most)].decode("utf-8", "ignore")
