"""Design tokens: every colour, size and type role of the program in one place.

Colours are (light, dark). Sizes are pixels at 100 % text scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scheme = Literal["light", "dark"]

COLOURS: dict[str, tuple[str, str]] = {
    "window": ("#F2F4F7", "#16181D"),
    "surface": ("#FFFFFF", "#1D2026"),
    "subtle": ("#F7F8FA", "#22262D"),
    "hover": ("#EEF1F6", "#292E37"),
    "selected": ("#DFE9FB", "#243A63"),
    "border": ("#DDE1E8", "#343A45"),
    "control": ("#858E9E", "#7C8696"),
    "text": ("#1A2230", "#E9EBEF"),
    "text2": ("#47526A", "#B9C0CC"),
    "text3": ("#5C677B", "#9EA7B6"),
    "accent": ("#1F57C3", "#86AEFF"),
    "accentFill": ("#1F57C3", "#3567D6"),
    "accentTint": ("#E6EEFC", "#22304B"),
    "onAccent": ("#FFFFFF", "#FFFFFF"),
    "good": ("#0A6B5E", "#5CCBB5"),
    "goodTint": ("#DDF3EE", "#17372F"),
    "warn": ("#8A5300", "#E9B45A"),
    "warnTint": ("#FCEFD6", "#3B2E17"),
    "bad": ("#B3261E", "#FF8F85"),
    "badTint": ("#FCE6E4", "#46211F"),
    "neutral": ("#E9ECF1", "#2D323B"),
    "grid": ("#E6E9EE", "#2B3038"),
    # charts (ui.md 11.2)
    "c1": ("#1F57C3", "#86AEFF"),
    "c2": ("#D9730D", "#F2A35E"),
    "c3": ("#12937F", "#5CCBB5"),
    "c4": ("#7A2E6E", "#C26BA6"),
    "prev": ("#8B94A3", "#7C8696"),
    # derived: text on a filled red button, and the inverted toast
    "onBad": ("#FFFFFF", "#16181D"),
    "toast": ("#1A2230", "#E9EBEF"),
    "onToast": ("#FFFFFF", "#16181D"),
}

SPACE = (4, 8, 12, 16, 24, 32)

SIZES: dict[str, int] = {
    "margin": 16,
    "card_gap": 12,
    "button": 28,
    "button_small": 24,
    "button_large": 32,
    "field": 28,
    "chip": 24,
    "tag": 20,
    "row_compact": 28,
    "row": 32,
    "row_roomy": 40,
    "today_row": 36,
    "group_header": 28,
    "nav_item": 32,
    "nav": 184,
    "nav_icons": 48,
    "table_header": 30,
    "page_header": 48,
    "card_header": 36,
    "tab_row": 36,
    "status_bar": 24,
    "dialog_footer": 52,
    "detail": 380,
    "palette": 640,
    "radius_field": 4,
    "radius_card": 6,
    "radius_tag": 3,
    "icon": 16,
    "icon_large": 20,
    "icon_empty": 32,
}

WINDOW_SMALLEST = (960, 540)
WIDTH_FULL = 1280
WIDTH_COMPACT = 1024

SCALES = (90, 100, 110, 125, 150, 200)


@dataclass(frozen=True, slots=True)
class TypeRole:
    """Describe one type role: pixels and line at 100 %, and weight."""

    size: int
    line: int
    weight: int = 400


TYPE: dict[str, TypeRole] = {
    "caption": TypeRole(11, 16),
    "small": TypeRole(12, 18),
    "small_strong": TypeRole(12, 18, 500),
    "small_bold": TypeRole(12, 18, 600),
    "body": TypeRole(13, 20),
    "name": TypeRole(13, 20, 500),
    "body_strong": TypeRole(13, 20, 600),
    "entry": TypeRole(14, 22),
    "entry_strong": TypeRole(14, 22, 600),
    "section": TypeRole(15, 24, 600),
    "title": TypeRole(18, 24, 600),
    "hero": TypeRole(20, 28, 600),
    "figure": TypeRole(26, 34, 600),
}

FAMILIES: dict[str, tuple[str, ...]] = {
    "win32": ("Segoe UI", "Microsoft YaHei UI", "Microsoft YaHei", "SimSun"),
    "darwin": (".AppleSystemUIFont", "PingFang SC"),
    "linux": ("Inter", "Noto Sans", "Noto Sans CJK SC", "WenQuanYi Micro Hei"),
}


def colour(token: str, scheme: Scheme) -> str:
    """Return the ``#RRGGBB`` of a token in a scheme."""
    return COLOURS[token][0 if scheme == "light" else 1]


def _channel(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def luminance(hex_colour: str) -> float:
    """Return the WCAG 2 relative luminance of ``#RRGGBB``, 0 to 1."""
    red, green, blue = (int(hex_colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * _channel(red) + 0.7152 * _channel(green) + 0.0722 * _channel(blue)


def contrast(one: str, other: str) -> float:
    """Return the WCAG 2 contrast ratio of two ``#RRGGBB`` colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
