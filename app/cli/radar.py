"""Commands of 客户雷达 that need no book: check a code."""

from __future__ import annotations

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


radar = Group(
    "radar", commands=[check], help=N_("客户雷达：校验号码"), short_help=N_("客户雷达：校验号码")
)
COMMANDS = (radar,)
