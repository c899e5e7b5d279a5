"""The theme in force: cached fonts, colours and pens, palette, style sheet, live switch."""

from __future__ import annotations

import sys
from functools import cached_property
from typing import Literal, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QGuiApplication, QPalette, QPen
from PySide6.QtWidgets import QApplication, QWidget

from app.prefs import Prefs
from app.views.core import contrast, style, tokens
from app.views.core.qss import style_sheet
from app.views.core.tokens import Scheme

Mode = Literal["system", "light", "dark"]
Density = Literal["compact", "normal", "roomy"]
_ROWS: dict[Density, str] = {"compact": "row_compact", "normal": "row", "roomy": "row_roomy"}

_current: Theme | None = None


class Theme(QObject):
    """Answer every question about looks; all objects are made once per scheme and scale."""

    changed = Signal()

    def __init__(
        self, scheme: Scheme = "light", scale: int = 100, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.mode: Mode = scheme
        self.scheme: Scheme = scheme
        self.scale = scale
        self.density: Density = "normal"
        self.key_hints = True
        self.system_colours: dict[str, str] | None = None
        self._colours: dict[tuple[str, int], QColor] = {}
        self._pens: dict[tuple[str, float], QPen] = {}
        self._brushes: dict[str, QBrush] = {}
        self._fonts: dict[str, QFont] = {}

    # -- look-ups -----------------------------------------------------------------

    def hex(self, token: str) -> str:
        """Return the colour of a token as ``#RRGGBB``."""
        if self.system_colours is not None:
            return self.system_colours[token]
        return tokens.colour(token, self.scheme)

    def color(self, token: str, opacity: int = 100) -> QColor:
        """Return the colour of a token, with an opacity in percent."""
        key = (token, opacity)
        if key not in self._colours:
            made = QColor(self.hex(token))
            made.setAlphaF(opacity / 100)
            self._colours[key] = made
        return self._colours[key]

    def brush(self, token: str) -> QBrush:
        """Return a solid brush of a token."""
        if token not in self._brushes:
            self._brushes[token] = QBrush(self.color(token))
        return self._brushes[token]

    def pen(self, token: str, width: float = 1.0) -> QPen:
        """Return a solid pen of a token, 1 px pens stay one physical pixel wide."""
        key = (token, width)
        if key not in self._pens:
            made = QPen(self.color(token), width)
            made.setCosmetic(width == 1.0)
            self._pens[key] = made
        return self._pens[key]

    def font(self, role: str = "body") -> QFont:
        """Return the font of a type role of tokens.TYPE, digits of equal width."""
        if role not in self._fonts:
            self._fonts[role] = self._make_font(role)
        return self._fonts[role]

    def px(self, pixels: float) -> int:
        """Return design pixels at the text scale."""
        return max(1, round(pixels * self.scale / 100)) if pixels > 0 else 0

    def size(self, name: str) -> int:
        """Return a named size of tokens.SIZES at the text scale."""
        return self.px(tokens.SIZES[name])

    def row_height(self) -> int:
        """Return the height of table rows: 28, 32 or 40 px, growing with the text."""
        return self.height_of(self.density)

    def height_of(self, density: Density) -> int:
        """Return the height of table rows of a density."""
        return self.size(_ROWS[density])

    def line(self, role: str = "body") -> int:
        """Return the line height of a type role at the text scale."""
        return self.px(tokens.TYPE[role].line)

    @cached_property
    def families(self) -> list[str]:
        """Return the font families of this platform in order."""
        platform = sys.platform if sys.platform in tokens.FAMILIES else "linux"
        return list(tokens.FAMILIES[platform])

    def _make_font(self, role: str) -> QFont:
        kind = tokens.TYPE[role]
        font = QFont()
        font.setFamilies(self.families)
        font.setPixelSize(self.px(kind.size))
        font.setWeight(QFont.Weight(kind.weight))
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    # -- palette ------------------------------------------------------------------

    def palette(self) -> QPalette:
        """Return the palette that Fusion draws with."""
        made = QPalette()
        roles = QPalette.ColorRole
        pairs = {
            roles.Window: "window",
            roles.WindowText: "text",
            roles.Base: "surface",
            roles.AlternateBase: "subtle",
            roles.Text: "text",
            roles.Button: "surface",
            roles.ButtonText: "text",
            roles.BrightText: "bad",
            roles.ToolTipBase: "surface",
            roles.ToolTipText: "text",
            roles.PlaceholderText: "text3",
            roles.Highlight: "selected",
            roles.HighlightedText: "text",
            roles.Link: "accent",
            roles.LinkVisited: "accent",
            roles.Accent: "accentFill",
            roles.Light: "surface",
            roles.Midlight: "border",
            roles.Mid: "border",
            roles.Dark: "control",
        }
        for role, token in pairs.items():
            made.setColor(role, self.color(token))
        for role in (roles.WindowText, roles.Text, roles.ButtonText):
            made.setColor(QPalette.ColorGroup.Disabled, role, self.color("text3"))
        return made

    # -- switching ----------------------------------------------------------------

    def use(self, mode: Mode | None = None, scale: int | None = None) -> None:
        """Switch scheme or text scale of the running program at once."""
        if mode is not None:
            self.mode = mode
        fresh = self._resolved()
        if fresh == self.scheme and scale in (None, self.scale):
            return
        self.scheme = fresh
        self.scale = scale if scale is not None else self.scale
        for store in (self._colours, self._pens, self._brushes, self._fonts):
            cast("dict[object, object]", store).clear()
        self.apply()
        self.changed.emit()

    def set_density(self, density: Density) -> None:
        """Switch the row height of all tables at once."""
        if density != self.density:
            self.density = density
            self.changed.emit()

    def show_key_hints(self, shown: bool) -> None:
        """Show or hide the keys printed inside buttons."""
        if shown != self.key_hints:
            self.key_hints = shown
            self.changed.emit()

    def apply(self) -> None:
        """Give palette, font and style sheet to the application."""
        application = QApplication.instance()
        if isinstance(application, QApplication) and _current is self:
            application.setPalette(self.palette())
            application.setFont(self.font("body"))
            application.setStyleSheet(style_sheet(self))

    def follow(self, mode: Mode) -> None:
        """Begin with a mode and follow the system from now on when it says so."""
        self.mode = mode
        self.scheme = self._resolved()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    def _resolved(self) -> Scheme:
        if self.mode == "system":
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return "dark" if dark else "light"
        return self.mode

    def _system_changed(self) -> None:
        if self.mode == "system":
            self.use("system")


def install(application: QApplication, mode: Mode = "system", scale: int = 100) -> Theme:
    """Make the theme of the application and return it."""
    global _current
    style.give(application)
    made = Theme("light", scale, application)
    if contrast.wanted():
        made.system_colours = contrast.colours(application.palette())
    made.follow(mode)
    _current = made
    made.apply()
    return made


def install_chosen(application: QApplication, prefs: Prefs) -> Theme:
    """Make the theme with the looks this person has chosen."""
    mode, scale, rows = prefs.get("theme"), prefs.get("scale"), prefs.get("rows")
    made = install(
        application,
        mode if mode in ("light", "dark") else "system",
        scale if scale in tokens.SCALES else 100,
    )
    if rows in ("compact", "normal", "roomy"):
        made.set_density(rows)
    made.show_key_hints(bool(prefs.get("key_hints", True)))
    return made


def current() -> Theme:
    """Return the theme in force; widgets ask at paint time and so follow a switch."""
    if _current is None:
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            raise RuntimeError("a QApplication must exist before the theme")
        return install(application, "light")
    return _current


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at changed properties of a widget again."""
    drawn_with = widget.style()
    drawn_with.unpolish(widget)
    drawn_with.polish(widget)
    widget.update()


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet selects by, and restyle when it changed."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        restyle(widget)
