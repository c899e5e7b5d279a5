"""Commands of 客户雷达 that need no book: check a code, read a pasted block."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli import printing
from app.cli.session import Group, Session, command
from app.i18n import N_, _, translate

if TYPE_CHECKING:
    from app.services.radar.codes import CodeReport


@command("check", N_("校验并解读信用代码、组织机构代码、注册号、银行卡号、电话"))
@click.argument("codes", nargs=-1, required=True)
def check(session: Session, codes: tuple[str, ...]) -> None:
    """Check and decode codes, one report for each."""
    from app.services.radar.codes import check_code

    found = [check_code(code) for code in codes]
    documents = [_document(one) for one in found]
    answer = documents[0] if len(documents) == 1 else documents
    session.answer(answer, lambda: _show(found))


@command("parse", N_("读一段粘贴的文字：工商登记、开票资料、地址、名片"))
@click.argument("file", type=click.Path(path_type=Path))
def parse(session: Session, file: Path) -> None:
    """Read a pasted block from a text file."""
    from app.services.radar.pasting import read_pasted_file

    found = read_pasted_file(file)
    document = {"fields": found.fields, "rest": found.rest}
    rows = [
        (key, "、".join(value) if isinstance(value, list) else str(value))
        for key, value in found.fields.items()
    ]
    session.answer(document, lambda: printing.print_table((_("字段"), _("内容")), rows))


@command("table", N_("安装号段表 phone.dat，用来说手机号段属于哪里"))
@click.argument("file", type=click.Path(path_type=Path))
def table(session: Session, file: Path) -> None:
    """Install a table of number ranges on this computer."""
    from app.services.radar import phone_table

    found = phone_table.install(file)
    document = {"version": found.version, "count": found.count}
    session.answer(document, lambda: click.echo(_("号段表已装好")))


def _document(report: CodeReport) -> dict[str, Any]:
    return {
        "code": report.code,
        "kind": report.kind,
        "valid": report.valid,
        "problem": problem_words(report) or None,
        "suggestions": list(report.suggestions),
        "decoded": {name: translate(words) for name, words in report.decoded.items()},
    }


def problem_words(report: CodeReport) -> str:
    """Return what is wrong with a code in the chosen language, empty for a sound one."""
    return translate(report.problem).format(**report.values) if report.problem else ""


def _show(found: list[CodeReport]) -> None:
    rows = [
        (
            one.code,
            _("正确") if one.valid else problem_words(one),
            " ".join(one.suggestions) or " ".join(map(translate, one.decoded.values())),
        )
        for one in found
    ]
    printing.print_table((_("号码"), _("结果"), _("建议或解读")), rows)


radar = Group("radar", commands=[check, parse, table], help=N_("客户雷达：校验号码，读粘贴的文字"))
COMMANDS = (radar,)
