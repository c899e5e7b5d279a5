"""The command line: one group of commands, and the one place where errors are told (cli.md)."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from app import __version__, logs
from app.cli import (
    books,
    customers,
    followups,
    kpi,
    parts,
    printing,
    radar,
    report,
    screenshots,
    sequences,
    transfer,
    usage,
)
from app.cli.session import Group, Option, Session, Wiring, json_option, option
from app.errors import BookError, Cancelled, UserError
from app.i18n import N_, _
from app.prefs import StartOptions

DONE, REFUSED, WRONG_USE, NOT_OPENED, INTERRUPTED = 0, 1, 2, 3, 130
_log = logging.getLogger(__name__)


@click.group(
    "gendan",
    cls=Group,
    commands=[
        *books.COMMANDS,
        *customers.COMMANDS,
        *followups.COMMANDS,
        *kpi.COMMANDS,
        *radar.COMMANDS,
        *report.COMMANDS,
        *sequences.COMMANDS,
        *transfer.COMMANDS,
        *screenshots.COMMANDS,
        *parts.COMMANDS,
    ],
    help=N_("跟单：不联网的销售客户管理。不写命令就打开窗口"),
    invoke_without_command=True,
)
@option("--book", type=click.Path(path_type=Path), help=N_("数据文件夹"))
@option("--lang", type=click.Choice(["zh", "en"]), help=N_("语言"))
@option("--actor", default="", help=N_("以哪位员工的身份"))
@option("--now", default="", help=N_("把时钟定在一个时刻，如 2026-11-23T10:30:00+08:00"))
@option("--passphrase-stdin", is_flag=True, help=N_("从标准输入读密码"))
@option("--demo", is_flag=True, help=N_("用示例数据"))
@click.version_option(__version__, cls=Option, help=N_("显示版本"))
@json_option
@click.pass_context
def gendan(context: click.Context, /, lang: str | None, **given: Any) -> None:
    """Keep the options given before the command; raise ``UsageError`` without a command."""
    if context.invoked_subcommand is None:
        raise click.UsageError(_("没有写命令"), context)
    context.obj.options = StartOptions(language=lang or "", **given)


def run(words: Sequence[str], wiring: Wiring) -> int:
    """Run one command and return its exit code; no traceback reaches a user."""
    session = Session(wiring, as_json="--json" in words)
    _speak_utf8()
    try:
        with _logged():
            code = _run(words, session)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # who read the answer has gone; nothing may be written there at the exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED


@contextlib.contextmanager
def _logged() -> Iterator[None]:
    """Keep a log meanwhile; without a place for it the command runs all the same."""
    try:
        with contextlib.suppress(OSError):
            logs.start_logging()
        yield
    finally:
        logs.stop_logging()


def _run(words: Sequence[str], session: Session) -> int:
    try:
        session.wiring.choose_language(StartOptions(language=_language_in(words)))
        found = gendan.main(list(words), "gendan", standalone_mode=False, obj=session)
        return found if isinstance(found, int) else DONE
    except click.UsageError as error:
        _tell(session, "usage", *usage.told(error))
        return WRONG_USE
    except UnicodeEncodeError:
        _tell(session, "usage", _("有的字不是 UTF-8，读不出来"), _("换一个终端或改它的编码再试"))
        return WRONG_USE
    except (click.Abort, KeyboardInterrupt, Cancelled):
        _tell(session, "interrupted", _("已停止"), _("已经存下的都还在"))
        return INTERRUPTED
    except UserError as error:
        _tell(session, error.code, error.text(), error.advice_text())
        return NOT_OPENED if isinstance(error, BookError) else REFUSED
    except BrokenPipeError:
        raise
    except Exception:
        return _tell_bug(session)


def _tell_bug(session: Session) -> int:
    """Log the bug that is being handled, and name its log file."""
    _log.exception("a command failed")
    told = _("已经存下的都还在。把日志文件交给维护的人：{file}")
    advice = told.format(file=logs.log_file())
    _tell(session, "bug", _("程序出错了，这一步没有做成"), advice)
    return REFUSED


def _tell(session: Session, code: str, message: str, advice: str) -> None:
    """Tell an error: as JSON on standard output, else as two lines beside it."""
    if session.as_json:
        printing.print_json({"error": {"code": code, "message": message, "advice": advice}})
        return
    printing.remark(message)
    if advice:
        printing.remark(advice)


def _speak_utf8() -> None:
    """Read and write UTF-8 whatever the system says; bytes that are none come out escaped."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _language_in(words: Sequence[str]) -> str:
    """Return the language asked for, before anything is read: errors need it too."""
    asked = ""
    for place, word in enumerate(words):
        if word == "--lang" and place + 1 < len(words):
            asked = words[place + 1]
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    return asked if asked in ("zh", "en") else ""
