"""How amounts, lengths and phone numbers are written on Today and in the form (ui.md 10)."""

from __future__ import annotations

from app import i18n
from app.i18n import _
from app.models.values.money import scale_fen


def amount(fen: int | None, places: int = 2) -> str:
    """Return 46.00万 or 460.0K by size, empty without an amount."""
    return "" if not fen else scale_fen(fen, i18n.language() == "en", places)


def priced(fen: int | None) -> str:
    """Return ¥46.00万, as amounts stand in running text."""
    shown = amount(fen)
    return f"¥{shown}" if shown else ""


def length(seconds: int) -> str:
    """Return 6 分 12 秒 or 38 分 20 秒; hours only when there are any."""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return _("{hours} 小时 {minutes} 分").format(hours=hours, minutes=minutes)
    if minutes:
        return _("{minutes} 分 {seconds} 秒").format(minutes=minutes, seconds=f"{rest:02d}")
    return _("{seconds} 秒").format(seconds=rest)


def phone(digits: str) -> str:
    """Return a mobile number in groups of 3-4-4, another number as it is."""
    plain = digits.removeprefix("+86")
    if len(plain) == 11 and plain.startswith("1") and plain.isdigit():
        return f"{plain[:3]} {plain[3:7]} {plain[7:]}"
    return digits
