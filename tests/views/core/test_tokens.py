"""The contrast figures of the design are recomputed from the tokens."""

from __future__ import annotations

import re

import pytest

from app.views.core import tokens
from app.views.core.qss import style_sheet
from app.views.core.theme import Theme

SURFACES = ("surface", "window", "subtle", "hover", "selected")
TEXT = {
    "light": {
        "text": (15.96, 14.49, 15.02, 14.10, 13.07),
        "text2": (7.83, 7.10, 7.37, 6.91, 6.41),
        "text3": (5.70, 5.18, 5.37, 5.04, 4.67),
        "accent": (6.54, 5.94, 6.16, 5.78, 5.35),
        "good": (6.41, 5.81, 6.03, 5.66, 5.24),
        "warn": (6.33, 5.74, 5.96, 5.59, 5.18),
        "bad": (6.54, 5.93, 6.15, 5.77, 5.35),
    },
    "dark": {
        "text": (13.67, 14.88, 12.72, 11.42, 9.46),
        "text2": (8.92, 9.70, 8.30, 7.45, 6.17),
        "text3": (6.73, 7.32, 6.26, 5.62, 4.65),
        "accent": (7.39, 8.04, 6.88, 6.18, 5.11),
        "good": (8.29, 9.02, 7.71, 6.92, 5.73),
        "warn": (8.66, 9.42, 8.05, 7.23, 5.99),
        "bad": (7.40, 8.05, 6.88, 6.18, 5.12),
    },
}
TINTS = [
    ("good", "goodTint", 5.53, 6.57),
    ("warn", "warnTint", 5.56, 7.01),
    ("bad", "badTint", 5.47, 6.36),
    ("accent", "accentTint", 5.61, 5.97),
    ("text2", "neutral", 6.61, 7.04),
    ("onAccent", "accentFill", 6.54, 5.17),
    ("control", "surface", 3.30, 4.44),
    ("control", "window", 3.00, 4.83),
    ("control", "subtle", 3.11, 4.13),
    ("c1", "surface", 6.54, 7.39),
    ("c2", "surface", 3.28, 7.91),
    ("c3", "surface", 3.81, 8.29),
    ("c4", "surface", 8.59, 4.62),
    ("prev", "surface", 3.06, 4.44),
]
SCHEMES = ("light", "dark")


def _contrast(one, other, scheme):
    return tokens.contrast(tokens.colour(one, scheme), tokens.colour(other, scheme))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("token", TEXT["light"])
def test_text_contrast_is_as_designed(scheme, token):
    for surface, figure in zip(SURFACES, TEXT[scheme][token], strict=True):
        found = _contrast(token, surface, scheme)
        assert found == pytest.approx(figure, abs=0.006)
        assert found >= 4.5


@pytest.mark.parametrize(("ink", "fill", "light", "dark"), TINTS)
def test_marks_stand_out(ink, fill, light, dark):
    for scheme, figure in zip(SCHEMES, (light, dark), strict=True):
        found = _contrast(ink, fill, scheme)
        assert found == pytest.approx(figure, abs=0.006)
        assert round(found, 2) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("ink", "fill"), [("onToast", "toast"), ("onBad", "bad")])
def test_derived_pairs_can_be_read(scheme, ink, fill):
    assert _contrast(ink, fill, scheme) >= 4.5


def test_contrast_knows_its_ends():
    assert tokens.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert tokens.contrast("#123456", "#123456") == 1


def test_no_type_is_below_eleven_pixels():
    assert min(role.size for role in tokens.TYPE.values()) >= 11
    assert {role.weight for role in tokens.TYPE.values()} <= {400, 500, 600}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("scale", tokens.SCALES)
def test_the_style_sheet_is_short_and_complete(qapp, scheme, scale):
    text = style_sheet(Theme(scheme, scale))
    assert len(text.splitlines()) < 300
    assert re.findall(r"[@$]\w+", text) == []
    known = {value.upper() for pair in tokens.COLOURS.values() for value in pair}
    assert {found.upper() for found in re.findall(r"#[0-9A-Fa-f]{6}\b", text)} <= known
