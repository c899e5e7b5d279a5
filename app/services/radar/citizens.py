"""Citizen ids: kept only where the manager allows it, and shown masked (product.md 5.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.errors import UserError
from app.i18n import N_
from app.services.admin import read_settings
from app.services.radar.codes import CITIZEN, check_code

if TYPE_CHECKING:
    from app.models.store.reader import Reader

_SHAPE = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])", re.ASCII)


def holds_citizen_id(text: str) -> bool:
    """Tell whether a text holds a citizen id with every check right."""
    return any(_is_one(found[0]) for found in _SHAPE.finditer(text))


def masked(text: str) -> str:
    """Return a text with the inner digits of its citizen ids left out."""
    return _SHAPE.sub(
        lambda found: f"{found[0][:6]}********{found[0][-4:]}" if _is_one(found[0]) else found[0],
        text,
    )


def require_allowed(reader: Reader, text: str) -> None:
    """Raise ``UserError`` citizen_ids_off for a citizen id that the office does not keep."""
    if holds_citizen_id(text) and not read_settings(reader).citizen_ids:
        raise UserError(
            "citizen_ids_off",
            N_("这里有身份证号，公司没有打开保存"),
            advice=N_("去掉它再存，或请管理者在设置里打开；没有写进任何数据"),
        )


def _is_one(code: str) -> bool:
    report = check_code(code)
    return report.kind == CITIZEN and report.valid
