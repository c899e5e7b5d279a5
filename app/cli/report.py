"""The command that writes the boss's report of a month."""

from __future__ import annotations

from pathlib import Path

import click

from app import i18n
from app.cli import printing
from app.cli.session import Session, command, option
from app.errors import UserError
from app.i18n import N_, _

ENDINGS = (".pdf", ".xlsx")


@command("report", N_("经营月报：一个月的指标、趋势、金额和人员，写成 PDF 或 Excel"))
@option("--month", required=True, help=N_("哪个月，如 2026-10"))
@option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help=N_("写到哪个文件，以 .pdf 或 .xlsx 结尾"),
)
@option("--lang", "language", type=click.Choice(i18n.LANGUAGES), help=N_("语言"))
def report(session: Session, month: str, output: Path, language: str | None) -> None:
    """Write the report; a file of the same name gives way when the new one is whole."""
    from app.services.kpi.reporting.monthly import monthly_report
    from app.services.kpi.reporting.workbook import write_workbook

    ending = output.suffix.lower()
    if ending not in ENDINGS:
        raise UserError(
            "bad_ending",
            N_("不认得这种文件：{name}"),
            advice=N_("文件名以 .pdf 或 .xlsx 结尾；没有写任何文件"),
            name=output.name,
        )
    i18n.set_language(language or i18n.language())
    with session.office() as office:
        made = monthly_report(office, month)
    if ending == ".pdf":
        session.wiring.write_paper(made, output)
    else:
        write_workbook(made, output)
    session.answer(
        {"file": str(output), "month": month},
        lambda: printing.say(_("已写到 {file}").format(file=output)),
    )


COMMANDS = (report,)
