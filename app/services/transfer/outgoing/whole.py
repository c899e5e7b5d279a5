"""Files that are there whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import xlsxwriter

from app.errors import UserError
from app.i18n import N_


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a draft beside a file to write to; it takes the file's place when it is whole.

    Whatever goes wrong leaves the file of before. Raises ``UserError`` export_failed.
    """
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_bytes(b"")  # tells at once whether the place can be written
        yield draft
        draft.replace(path)
    except OSError as error:
        raise cannot_write(path) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def cannot_write(path: Path) -> UserError:
    """Return the refusal of a place that cannot be written."""
    return UserError(
        "export_failed",
        N_("写不了 {path}"),
        advice=N_("换一个位置，或看看磁盘满了没有；数据没有改动"),
        path=path,
    )


def new_workbook(path: Path, *, streamed: bool = False) -> Any:
    """Return a workbook whose texts never turn into formulas; ``streamed`` keeps no rows."""
    return xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "constant_memory": streamed}
    )


def close_workbook(book: Any) -> None:
    """Put a workbook on the disk; raise OSError when it cannot take it."""
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(str(error)) from error
