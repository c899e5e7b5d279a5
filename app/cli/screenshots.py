"""The command that saves pictures of every page."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from app import i18n
from app.cli import printing
from app.cli.session import Session, command, option
from app.i18n import N_


def _size(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[int, int]:
    width, cross, height = value.lower().partition("x")
    if not (cross and width.isdecimal() and height.isdecimal()):
        raise click.BadParameter(value)
    return int(width), int(height)


def _pages(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())


@command("screenshots", N_("不用屏幕，把每一页存成图片"))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@option("--lang", "language", type=click.Choice(i18n.LANGUAGES), help=N_("语言"))
@option("--theme", type=click.Choice(["light", "dark"]), default="light", help=N_("浅色或深色"))
@option("--size", callback=_size, default="1440x900", help=N_("宽x高"))
@option("--scale", type=int, default=100, help=N_("文字大小，100 或 200 等"))
@option("--pages", callback=_pages, default="", help=N_("只要这几页，用逗号隔开"))
def screenshots(
    session: Session,
    folder: Path,
    language: str | None,
    theme: Literal["light", "dark"],
    size: tuple[int, int],
    scale: int,
    pages: tuple[str, ...],
) -> None:
    """Walk every page of the book offscreen and save a picture of each."""
    with session.office() as office:
        files = session.wiring.take_screenshots(
            office,
            folder,
            language=language or i18n.language(),
            theme=theme,
            size=size,
            scale=scale,
            pages=pages,
        )
    session.answer({"files": [str(file) for file in files]}, lambda: _list(files))


def _list(files: list[Path]) -> None:
    for file in files:
        printing.say(str(file))


COMMANDS = (screenshots,)
