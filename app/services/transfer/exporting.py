"""Write rows to a file that can be imported again; nothing half written is left."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from app import i18n
from app.errors import UserError
from app.i18n import N_
from app.services.context import Context
from app.services.features import read_fields
from app.services.jobs import Progress
from app.services.transfer.fields import Kind
from app.services.transfer.known import custom_fields
from app.services.transfer.outgoing import forms
from app.services.transfer.outgoing.rows import rows_of, stage_names
from app.services.transfer.outgoing.tables import Wanted
from app.services.transfer.outgoing.whole import cannot_write

_STEP = 1_000


class Form(StrEnum):
    """A form of file that an export writes."""

    xlsx = "xlsx"
    csv = "csv"
    json = "json"


class Encoding(StrEnum):
    """How the letters of a csv file are written.

    ``gbk`` is for programs that know no other; it is written as GB18030, which they read
    and in which no character is lost.
    """

    utf8 = "utf-8"
    gbk = "gbk"

    @property
    def codec(self) -> str:
        """Return the codec; UTF-8 begins with the mark that spreadsheet programs look for."""
        return "gb18030" if self is Encoding.gbk else "utf-8-sig"


@dataclass(frozen=True, slots=True)
class ExportReport:
    """Where an export went, and how many rows of each kind it holds."""

    path: Path
    counts: Mapping[Kind, int]


def form_of(path: Path) -> Form:
    """Return the form a file's name asks for, xlsx if it says nothing."""
    suffix = path.suffix.lower().removeprefix(".")
    return Form(suffix) if suffix in set(map(str, Form)) else Form.xlsx


def export_rows(
    context: Context,
    kinds: Sequence[Kind],
    path: Path,
    form: Form,
    *,
    customer_ids: Collection[int] | None = None,
    encoding: Encoding = Encoding.utf8,
    progress: Progress | None = None,
) -> ExportReport:
    """Write kinds of rows to a file, or several as csv to a folder.

    The file appears when it is whole; one of the same name gives way then. A folder
    must be new, empty, or an export of before. Raises ``UserError`` export_place.
    """
    context.require("read")
    folder = form is Form.csv and len(kinds) > 1
    draft = path.with_name(f".{path.name}.part")
    try:
        _require_place(path, folder=folder)
        _remove(draft)
        wanted = None if customer_ids is None else frozenset(customer_ids)
        opened = partial(
            forms.opened, draft, form, context.zone, i18n.language(), encoding=encoding.codec
        )
        counts = _write(context, kinds, opened, wanted, progress or Progress())
        _put(draft, path, folder=folder)
    except OSError as error:
        raise cannot_write(path) from error
    finally:
        with suppress(OSError):
            _remove(draft)
    return ExportReport(path, counts)


def _write(
    context: Context,
    kinds: Sequence[Kind],
    opened: Callable[..., AbstractContextManager[forms.Writer]],
    customer_ids: frozenset[int] | None,
    progress: Progress,
) -> dict[Kind, int]:
    counts = dict.fromkeys(kinds, 0)
    with context.read() as reader:
        # a file of all kinds fills an empty book, which does not know them
        features = (
            tuple(one for one in read_fields(reader) if one.holds_value) if len(kinds) == 1 else ()
        )
    own = custom_fields(features)
    with context.read() as reader, opened(several=len(kinds) > 1, features=own) as writer:
        wanted = Wanted(customer_ids, stage_names(reader), features)
        for kind in kinds:
            writer.begin(kind)
            for row in rows_of(reader, kind, wanted):
                if counts[kind] % _STEP == 0:
                    progress.step(counts[kind], 0)
                writer.write(row)
                counts[kind] += 1
    return counts


def _require_place(path: Path, *, folder: bool) -> None:
    ours = {f"{kind}.csv" for kind in Kind}
    taken = path.is_dir() and (not folder or {one.name for one in path.iterdir()} - ours)
    if taken or (folder and path.is_file()) or not path.absolute().parent.is_dir():
        raise UserError(
            "export_place",
            N_("不能写到 {path}"),
            advice=N_("选一个已有文件夹里的新名字；现有文件没有改动"),
            path=path,
        )


def _put(draft: Path, path: Path, *, folder: bool) -> None:
    if folder:
        _remove(path)
    draft.replace(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
