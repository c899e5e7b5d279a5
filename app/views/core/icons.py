"""Icons: our own SVG set, recoloured from the tokens and drawn at device pixels."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPainterPath, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app import paths
from app.views.core import theme as themes
from app.views.core import tokens

_LARGE = 28


@cache
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text("utf-8")


@cache
def names() -> tuple[str, ...]:
    """Return the names of all icons."""
    return tuple(sorted(file.stem for file in (paths.resources() / "icons").glob("*.svg")))


@cache
def _renderer(name: str, colour: str, pixels: int) -> QSvgRenderer:
    source = _source(name).replace("currentColor", colour)
    if pixels >= _LARGE:
        # a large icon with strokes in proportion would shout
        source = source.replace('stroke-width="1.5"', 'stroke-width="1.1"')
    return QSvgRenderer(QByteArray(source.encode()))


@cache
def _pixmap(name: str, pixels: int, colour: str, ratio: float) -> QPixmap:
    side = round(pixels * ratio)
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, colour, pixels).render(painter, QRectF(0, 0, side, side))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def _ratio() -> float:
    screen = QGuiApplication.primaryScreen()
    return max(1.0, screen.devicePixelRatio())


def pixmap(name: str, size: int = 16, token: str = "text2", ratio: float | None = None) -> QPixmap:
    """Return an icon of ``size`` design pixels in the colour of a token."""
    theme = themes.current()
    return _pixmap(name, theme.px(size), theme.hex(token), ratio or _ratio())


def paint(painter: QPainter, rect: QRectF, name: str, token: str = "text2", size: int = 16) -> None:
    """Draw an icon in the middle of a rectangle, crisp at the painter's device ratio."""
    ratio = painter.device().devicePixelRatio()
    theme = themes.current()
    image = _pixmap(name, theme.px(size), theme.hex(token), max(1.0, ratio))
    side = image.deviceIndependentSize()
    left = round(rect.center().x() - side.width() / 2)
    top = round(rect.center().y() - side.height() / 2)
    painter.drawPixmap(left, top, image)


def icon(name: str, size: int = 16, token: str = "text2") -> QIcon:
    """Return a QIcon with a pixmap for ordinary and for dense screens."""
    made = QIcon()
    for ratio in {1.0, _ratio(), 2.0}:
        made.addPixmap(pixmap(name, size, token, ratio), QIcon.Mode.Normal)
        made.addPixmap(pixmap(name, size, "text3", ratio), QIcon.Mode.Disabled)
    return made


@cache
def application_icon() -> QIcon:
    """Return the icon of the program: a white character on a blue rounded square."""
    made = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(_application_pixmap(side))
    return made


def _application_pixmap(side: int) -> QPixmap:
    image = QPixmap(QSize(side, side))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, side, side), side * 0.19, side * 0.19)
    painter.fillPath(path, QColor(tokens.colour("accentFill", "light")))
    font = QFont()
    font.setFamilies(themes.current().families)
    font.setPixelSize(max(9, round(side * 0.66)))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(tokens.colour("onAccent", "light")))
    painter.drawText(QRectF(0, 0, side, side), Qt.AlignmentFlag.AlignCenter, "跟")
    painter.end()
    return image
