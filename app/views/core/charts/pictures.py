"""A chart as a picture: on the clipboard, or in a PNG or SVG file (ui.md 11)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QFileDialog, QGraphicsView, QMenu

from app.errors import UserError
from app.i18n import N_, _

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent

SHARPNESS = 2
"""Pixels of a saved picture for each one on the screen."""


def picture_of(chart: QGraphicsView, sharpness: int = SHARPNESS) -> QImage:
    """Return what a chart shows, without box and guide, as an image."""
    image = QImage(chart.size() * sharpness, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(sharpness)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    try:
        chart.render(painter, QRectF(chart.rect()), chart.rect())
    finally:
        painter.end()
    return image


def copy_picture(chart: QGraphicsView) -> None:
    """Put a chart on the clipboard as a picture."""
    QGuiApplication.clipboard().setImage(picture_of(chart))


def save_picture(chart: QGraphicsView, path: Path) -> None:
    """Write a chart to a file, SVG if its name says so, else PNG; raise picture_failed."""
    draft = path.with_name(f".{path.name}.part")
    try:
        write = _write_svg if path.suffix.lower() == ".svg" else _write_png
        write(chart, draft)
        draft.replace(path)
    except OSError as error:
        raise UserError(
            "picture_failed",
            N_("写不了 {path}"),
            advice=N_("换一个位置，或看看磁盘满了没有；数据没有改动"),
            path=path,
        ) from error
    finally:
        draft.unlink(missing_ok=True)


def _write_png(chart: QGraphicsView, path: Path) -> None:
    if not picture_of(chart).save(str(path), "PNG"):  # type: ignore[call-overload] # bytes
        raise OSError(str(path))


def _write_svg(chart: QGraphicsView, path: Path) -> None:
    from PySide6.QtSvg import QSvgGenerator

    size: QSize = chart.size()
    kept, made = QBuffer(), QSvgGenerator()
    made.setOutputDevice(kept)
    made.setSize(size)
    made.setViewBox(QRect(QPoint(0, 0), size))
    made.setTitle(chart.accessibleName())
    made.setDescription(chart.accessibleDescription())
    painter = QPainter(made)
    chart.render(painter, QRectF(chart.rect()), chart.rect())
    painter.end()
    path.write_bytes(kept.data().data())


def ask_and_save(chart: QGraphicsView) -> None:
    """Ask for a file and write the chart there; tell when that fails."""
    from app.views.core.forms import say

    kinds = ";;".join((_("PNG 图片 (*.png)"), _("SVG 矢量图 (*.svg)")))
    name = chart.accessibleName() or _("图")
    chosen, kind = QFileDialog.getSaveFileName(chart, _("存为图片"), f"{name}.png", kinds)
    if not chosen:
        return
    path = Path(chosen)
    if path.suffix.lower() not in (".png", ".svg"):
        path = path.with_name(path.name + (".svg" if "svg" in kind else ".png"))
    try:
        save_picture(chart, path)
    except UserError as error:
        say(chart, error.text(), error.advice_text())


class Pictured:
    """Let a chart be copied with Ctrl+C and from a menu, and saved from the menu."""

    def copy(self) -> None:
        """Put the chart on the clipboard as a picture."""
        self._bare()
        copy_picture(self._chart())

    def save(self) -> None:
        """Ask for a file and write the chart there."""
        self._bare()
        ask_and_save(self._chart())

    def takes_copy(self, event: QKeyEvent) -> bool:
        """Copy when these are the keys for it; tell whether they were."""
        wanted = event.matches(QKeySequence.StandardKey.Copy)
        if wanted:
            self.copy()
        return wanted

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer copying and saving, for the right button and for the menu key."""
        menu = self.picture_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())
        event.accept()

    def picture_menu(self) -> QMenu:
        """Return the menu of the chart."""
        menu = QMenu(self._chart())
        menu.setObjectName("chart_menu")
        copied = menu.addAction(_("复制图片"), self.copy)
        copied.setObjectName("chart_copy")
        saved = menu.addAction(_("存为图片…"), self.save)
        saved.setObjectName("chart_save")
        return menu

    def _bare(self) -> None:
        """Hide what only the pointer or the keys put over the chart."""

    def _chart(self) -> QGraphicsView:
        assert isinstance(self, QGraphicsView)
        return self
