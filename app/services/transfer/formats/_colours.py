"""Name the fill of a cell as people do: 黄色, 红色; plain and nearly white cells have none."""

from __future__ import annotations

import colorsys

_HUES = (
    (15, "红色"),
    (47, "橙色"),
    (70, "黄色"),
    (165, "绿色"),
    (200, "青色"),
    (260, "蓝色"),
    (300, "紫色"),
    (340, "粉色"),
    (361, "红色"),
)
_STANDARD = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF "
    "800000 008000 000080 808000 800080 008080 C0C0C0 808080 "
    "9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF "
    "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF "
    "00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 "
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 "
    "003366 339966 003300 333300 993300 993366 333399 333333"
)
INDEXED = _STANDARD.split()
"""The 56 colours that old files name by number, from 8 on."""
_PALE, _DARK, _DULL = 0.97, 0.08, 0.12


def name_of(rgb: str) -> str:
    """Return the name of a colour such as FFFF00, empty for white and what is no colour."""
    try:
        red, green, blue = (int(rgb[-6:][at : at + 2], 16) / 255 for at in (0, 2, 4))
    except ValueError:
        return ""
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    if lightness >= _PALE:
        return ""
    if lightness <= _DARK:
        return "黑色"
    if saturation < _DULL:
        return "灰色"
    return next(name for end, name in _HUES if hue * 360 < end)


def indexed(number: int, palette: list[str] | None = None) -> str:
    """Return the colour of a number from 8 to 63, empty for the system's own colours."""
    colours = palette or INDEXED
    return colours[number - 8] if 8 <= number < 8 + len(colours) else ""


def tinted(rgb: str, tint: float) -> str:
    """Return a theme's colour made lighter (tint above 0) or darker."""
    parts = [int(rgb[-6:][at : at + 2], 16) / 255 for at in (0, 2, 4)]
    hue, lightness, saturation = colorsys.rgb_to_hls(parts[0], parts[1], parts[2])
    lightness = lightness * (1 + tint) if tint < 0 else lightness * (1 - tint) + tint
    made = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, lightness)), saturation)
    return "".join(f"{round(part * 255):02X}" for part in made)
