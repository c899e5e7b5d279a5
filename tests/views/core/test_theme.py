"""One table of fonts, colours and pens; a switch of scheme reaches what is on screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication, QPalette

from app.views.core import contrast, icons, tokens
from app.views.core import theme as themes
from app.views.widgets.text import Label


def test_looks_are_made_once(theme):
    assert theme.font("body") is theme.font("body")
    assert theme.color("accent") is theme.color("accent")
    assert theme.pen("border") is theme.pen("border")
    assert theme.pen("border").isCosmetic()


def test_fonts_follow_the_scale(theme):
    assert theme.font("title").pixelSize() == 18
    assert theme.font("title").weight() == QFont.Weight.DemiBold
    theme.use(scale=200)
    assert theme.font("title").pixelSize() == 36
    assert theme.row_height() == 64
    assert theme.line("body") == 40


def test_digits_have_equal_width(theme):
    assert theme.font("body").isFeatureSet(QFont.Tag("tnum"))


def test_a_switch_is_told_once(theme, qtbot):
    heard = []
    theme.changed.connect(lambda: heard.append(theme.scheme))
    theme.use("dark")
    theme.use("dark")
    assert heard == ["dark"]
    assert theme.color("surface").name().upper() == tokens.colour("surface", "dark")
    theme.use("light")
    assert heard == ["dark", "light"]


def test_the_palette_of_the_application_switches(theme, qapp):
    theme.use("dark")
    base = qapp.palette().color(QPalette.ColorRole.Base).name().upper()
    assert base == tokens.colour("surface", "dark")


def test_the_system_is_followed(theme):
    theme.use("system")
    hints = QGuiApplication.styleHints()
    hints.setColorScheme(Qt.ColorScheme.Dark)
    assert theme.mode == "system"
    expected = "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"
    assert theme.scheme == expected
    hints.setColorScheme(Qt.ColorScheme.Unknown)


def test_density_changes_rows(theme):
    heights = []
    for density in ("compact", "normal", "roomy"):
        theme.set_density(density)
        heights.append(theme.row_height())
    assert heights == [28, 32, 40]


def test_the_theme_in_force_is_the_installed_one(theme):
    assert themes.current() is theme


@pytest.mark.parametrize("name", icons.names())
def test_every_icon_draws_something(theme, name):
    image = icons.pixmap(name, 20, "text", 2.0).toImage()
    assert image.width() == 40
    drawn = {image.pixelColor(x, y).alpha() for x in range(40) for y in range(40)}
    assert max(drawn) > 200


def test_icons_take_the_colour_of_a_token(theme):
    image = icons.pixmap("checkmark_circle_filled", 20, "bad", 2.0).toImage()
    assert image.pixelColor(20, 5).name().upper() == tokens.colour("bad", "light")


def test_icon_files_have_no_colour_of_their_own():
    from app import paths

    for file in (paths.resources() / "icons").glob("*.svg"):
        text = file.read_text("utf-8")
        assert "currentColor" in text
        assert "#" not in text
        assert text.startswith('<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"')


def test_the_icon_of_a_label_follows_the_theme(theme, qtbot):
    label = Label()
    qtbot.addWidget(label)
    label.set_icon("checkmark_circle_filled", 20, "bad")
    before = label.pixmap().toImage().pixelColor(10, 3)
    label.show()
    theme.use("dark")
    assert label.pixmap().toImage().pixelColor(10, 3) != before


def test_the_program_has_an_icon(theme):
    image = icons.application_icon().pixmap(64, 64).toImage()
    assert image.pixelColor(32, 2).name().upper() == tokens.colour("accentFill", "light")


def test_high_contrast_takes_the_colours_of_the_system(qapp):
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in ((roles.Window, "#000000"), (roles.Base, "#000000"),
                         (roles.Text, "#ffff00"), (roles.Highlight, "#00ffff"),
                         (roles.HighlightedText, "#000000"), (roles.Link, "#00ff00")):  # fmt: skip
        palette.setColor(role, colour)
    made = themes.Theme("light")
    made.system_colours = contrast.colours(palette)
    assert set(made.system_colours) == set(tokens.COLOURS)
    assert made.hex("surface") == "#000000"
    for ink in ("text", "text2", "text3", "control", "good", "warn", "bad", "border"):
        assert made.hex(ink) == "#FFFF00"
    assert (made.hex("accentFill"), made.hex("onAccent")) == ("#00FFFF", "#000000")
