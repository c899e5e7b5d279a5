"""What every command works with: the options given, the book they mean, the answer's form."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import click

from app.cli import printing
from app.i18n import N_, _, translate
from app.prefs import StartOptions

if TYPE_CHECKING:
    from app.models.values.clock import Clock
    from app.services.admin import OfficeDraft
    from app.services.admin.demo import DemoCounts, DemoDraft
    from app.services.jobs import Progress
    from app.services.kpi.reporting.shapes import Report
    from app.services.office import Office

Ask = Callable[[Any], str | None]


class Wiring(Protocol):
    """What the composition root offers a delivery."""

    def choose_language(self, options: StartOptions) -> None:
        """Set the language for these options."""

    def choose_book(self, options: StartOptions) -> Path:
        """Return the book these options mean."""

    def choose_clock(self, options: StartOptions) -> Clock:
        """Return the clock for these options."""

    def given_passphrase(self) -> str | None:
        """Return the passphrase of the environment, if there is one."""

    def open_office(
        self, folder: Path, *, passphrase: Ask | None = None, clock: Clock | None = None
    ) -> Office:
        """Open a book."""

    def new_office(
        self,
        folder: Path,
        draft: OfficeDraft,
        *,
        passphrase: str | None,
        clock: Clock | None = None,
    ) -> tuple[Office, str]:
        """Make a book."""

    def demo_office(
        self,
        folder: Path,
        draft: DemoDraft,
        *,
        passphrase: str | None,
        clock: Clock | None = None,
        progress: Progress | None = None,
    ) -> tuple[Office, str, DemoCounts]:
        """Make a book with sample data."""

    def take_screenshots(
        self,
        office: Office,
        folder: Path,
        *,
        language: str = "zh",
        theme: Literal["light", "dark"] = "light",
        size: tuple[int, int] = (1440, 900),
        scale: int = 100,
        pages: Sequence[str] = (),
    ) -> list[Path]:
        """Save a picture of every page."""

    def write_paper(self, report: Report, path: Path) -> None:
        """Write a report as PDF."""

    def parts(self) -> dict[str, list[str]]:
        """Return the names of what this build is made of, by kind."""


@dataclass(slots=True)
class Session:
    """One run of the command line."""

    wiring: Wiring
    options: StartOptions = field(default_factory=StartOptions)
    as_json: bool = False
    _typed: str | None = None

    def clock(self) -> Clock:
        """Return the clock of this run."""
        return self.wiring.choose_clock(self.options)

    @contextmanager
    def office(self) -> Iterator[Office]:
        """Open the book of this run and close it at the end."""
        folder = self.wiring.choose_book(self.options)
        office = self.wiring.open_office(folder, passphrase=self._known, clock=self.clock())
        try:
            if self.options.actor:
                office.staff.act_as(self.options.actor)
            yield office
        finally:
            office.close()

    def _known(self, _envelope: Any) -> str | None:
        """Return the passphrase from standard input, or as typed at a terminal."""
        if self.options.passphrase_stdin:
            return self._from_stdin()
        if self.wiring.given_passphrase() is None and _at_terminal():
            return str(click.prompt(_("密码"), hide_input=True, err=True))
        return None

    def _from_stdin(self) -> str:
        if self._typed is None:
            self._typed = sys.stdin.readline().rstrip("\r\n")
        return self._typed

    def new_passphrase(self) -> str:
        """Return the passphrase of a book to be made; raise ``UsageError`` without one."""
        found = self._from_stdin() if self.options.passphrase_stdin else None
        found = self.wiring.given_passphrase() if found is None else found
        if found is None and _at_terminal():
            asked = click.prompt(_("新密码"), hide_input=True, confirmation_prompt=True, err=True)
            found = str(asked)
        if not found:
            raise click.UsageError(
                _("缺少密码：用 --passphrase-stdin 或 GENDAN_PASSPHRASE 给出，或加 --no-encryption")
            )
        if len(found) < 10:
            printing.remark(_("密码不到 10 个字，容易被猜到"))
        return found

    def answer(self, document: Any, shown: Callable[[], None]) -> None:
        """Print the document as JSON, or let ``shown`` print it for people."""
        if self.as_json:
            printing.print_json(document)
        else:
            shown()


def _at_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


class Option(click.Option):
    """An option whose help is translated when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its help in the chosen language."""
        record = super().get_help_record(ctx)
        return (record[0], translate(self.help or "")) if record else None


class _Translated(click.Command):
    """Translate the help when it is shown."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the chosen language."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(translate(self.help or ""))

    def get_short_help_str(self, limit: int = 60) -> str:
        """Return the help in the chosen language."""
        return translate(self.help or "")

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is typed."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=_("用法：") + " ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]
        records = [one.get_help_record(ctx) for one in options]
        with formatter.section(_("选项")):
            formatter.write_dl([one for one in records if one])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help, told in the chosen language."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = _("显示这段说明")
        return found


class Command(_Translated):
    """A command with translated help."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of the command; raise ``UsageError`` for one too many."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest:
            raise click.UsageError(_("多写了：{words}").format(words=" ".join(rest)), ctx)
        return rest


class Group(_Translated, click.Group):
    """A group of commands with translated help."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        rows = [
            (name, one.get_short_help_str())
            for name, one in sorted(self.commands.items())
            if not one.hidden
        ]
        with formatter.section(_("命令")):
            formatter.write_dl(rows)


def option(*words: str, **settings: Any) -> Callable[[Any], Any]:
    """Add an option; its help is a message id."""
    return click.option(*words, cls=Option, **settings)


def _wants_json(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        ctx.find_root().obj.as_json = True


def json_option(function: Any) -> Any:
    """Add ``--json``."""
    return option(
        "--json",
        is_flag=True,
        expose_value=False,
        callback=_wants_json,
        help=N_("在标准输出只打印一份 JSON"),
    )(function)


def command(name: str, told: str) -> Callable[[Any], Command]:
    """Make a function that takes the session a command with ``--json``; ``told`` is its help."""

    def make(function: Any) -> Command:
        made: Command = click.command(name, cls=Command, help=told)(
            json_option(click.pass_obj(function))
        )
        return made

    return make
