"""Tell while typing that a firm or a number is known already."""

from __future__ import annotations

from collections.abc import Sequence

from app.i18n import _
from app.services.office import Office

Known = Sequence[tuple[int, str]]


def same_firms(office: Office, name: str, own_id: int) -> Known:
    """Return other customers whose name differs only by brackets, blanks or width."""
    if len(name.strip()) < 2:
        return ()
    return [one for one in office.customers.same_firm(name) if one[0] != own_id]


def same_phone_words(office: Office, raw: str, own_id: int) -> str:
    """Return who has a number already, empty when nobody has."""
    found = [one for one in office.customers.same_phone(raw) if one[0] != own_id]
    if not found:
        return ""
    names = "、".join(name for _id, name in found[:2])
    return _("这个号码在 {names} 也有").format(names=names)
