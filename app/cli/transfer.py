"""Commands that bring rows in, take them back and write them out: import, undo, export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli import printing, words
from app.cli.session import Session, command, option
from app.i18n import N_, _, translate

if TYPE_CHECKING:
    from app.services.transfer.outcomes import ImportPlan, ImportReport, RowIssue, Tally
    from app.services.transfer.read import Choices, ReadResult
    from app.services.undo import ConflictView

_KINDS = (
    "customers",
    "contacts",
    "followups",
    "next_steps",
    "opportunities",
    "contracts",
    "payments",
    "products",
    "staff",
    "features",
    "feature_values",
    "radar",
    "stage_moves",
)
_SHOWN = 20


def _pairs(
    _context: click.Context, _param: click.Parameter, given: Sequence[str]
) -> dict[str, str]:
    """Read FIELD=COLUMN pairs."""
    found = {}
    for one in given:
        field, equals, column = one.partition("=")
        if not equals or not field or not column:
            raise click.UsageError(_("--map 要写成 字段=列，如 name=单位名称"))
        found[field] = column
    return found


def _meanings(
    _context: click.Context, _param: click.Parameter, given: Sequence[str]
) -> dict[str, dict[str, str]]:
    """Read COLUMN:WORD=MEANING."""
    found: dict[str, dict[str, str]] = {}
    for one in given:
        place, equals, meaning = one.partition("=")
        column, colon, word = place.partition(":")
        if not equals or not colon or not column or not word:
            raise click.UsageError(_("--means 要写成 列:词=意思，如 底色:黄色=A"))
        found.setdefault(column, {})[word] = meaning
    return found


@command("import", N_("导入 xlsx、xls、ods、csv、json、vcf 文件；一次导入可以整个撤销"))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@option("--kind", type=click.Choice(["auto", *_KINDS]), default="auto", help=N_("是哪种数据"))
@option("--sheet", default="", help=N_("只读这一页"))
@option(
    "--map", "mapping", multiple=True, callback=_pairs, metavar="FIELD=COLUMN", help=N_("指定列")
)
@option(
    "--match",
    type=click.Choice(["auto", "code", "uscc", "phone", "name"]),
    default="auto",
    help=N_("按什么认出已有的客户"),
)
@option(
    "--policy",
    type=click.Choice(["skip", "update", "fill"]),
    default="fill",
    help=N_("已有的怎么办：跳过、更新、只补空的"),
)
@option("--owner", default="", help=N_("没有负责人的归给谁"))
@option("--encoding", default="", help=N_("文字编码，认错时才要指定"))
@option(
    "--hidden",
    type=click.Choice(["rows", "all", "none"]),
    default="rows",
    help=N_("隐藏的行和页：只读行、都读、都不读"),
)
@option(
    "--means",
    "words",
    multiple=True,
    callback=_meanings,
    metavar="COLUMN:WORD=MEANING",
    help=N_("列里的词是什么意思，如 底色:黄色=A"),
)
@option(
    "--problems",
    "problems",
    type=click.Path(path_type=Path),
    help=N_("把没有导入的行和原因存成 xlsx，改好可以再导入"),
)
@option("--dry-run", is_flag=True, help=N_("只看会怎样，不写入"))
def import_(
    session: Session,
    files: tuple[Path, ...],
    dry_run: bool,
    problems: Path | None,
    **wanted: Any,
) -> int:
    """Import files as one batch, or tell what importing them would do."""
    from app.services.transfer.outcomes import ImportOptions, Match, Policy
    from app.services.transfer.problems import write_problems

    options = ImportOptions(Match(wanted["match"]), Policy(wanted["policy"]), owner=wanted["owner"])
    with session.office() as office:
        with printing.progress_shown(_("正在读取文件")) as progress:
            read = office.transfer.read(files, _choices(wanted), progress=progress)
        _require_something(read, files)
        result: ImportPlan | ImportReport
        if dry_run:
            with printing.progress_shown(_("正在和已有数据比对")) as progress:
                result = office.transfer.plan(read, options, progress=progress)
        else:
            with printing.progress_shown(_("正在写入")) as progress:
                result = office.transfer.write(read, options, progress=progress)
    if problems is not None:
        write_problems((*result.errors, *result.warnings), problems, read)
    batch = 0 if dry_run else getattr(result, "batch_id", 0)
    document = {"batch": batch or None, "files": [_tally(one) for one in result.tallies]}
    if dry_run:
        document["dry_run"] = True
    session.answer(document, lambda: _show_result(result, batch, dry_run=dry_run))
    return 1 if result.errors else 0


def _choices(wanted: dict[str, Any]) -> Choices:
    from app.services.transfer.fields import Kind
    from app.services.transfer.read import Choices

    kind = None if wanted["kind"] == "auto" else Kind(wanted["kind"])
    return Choices(
        kind,
        wanted["sheet"],
        mapping=wanted["mapping"],
        words=wanted["words"],
        encoding=wanted["encoding"],
        hidden_sheets=wanted["hidden"] == "all",
        hidden_rows=wanted["hidden"] != "none",
    )


def _require_something(read: ReadResult, named: Sequence[Path]) -> None:
    """Raise what is wrong with the first file when none has a row to tell of."""
    from app.services.transfer import refusals

    if any(sheet.drafts or sheet.errors for sheet in read.sheets):
        return
    refused = [file.refused for file in read.files if file.refused is not None]
    if refused:
        raise refused[0]
    raise refusals.empty(read.files[0].file if read.files else named[0].name)


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "file": tally.file,
        "kind": str(tally.kind) if tally.kind else None,
        "rows": tally.rows,
        "created": tally.created,
        "updated": tally.updated,
        "skipped": tally.skipped,
        "duplicates": tally.duplicates,
        "contacts": tally.contacts,
        "followups": tally.followups,
        "errors": [_issue(one) for one in tally.errors],
        "warnings": [_issue(one) for one in tally.warnings],
    }


def _issue(issue: RowIssue) -> dict[str, Any]:
    return {
        "sheet": issue.sheet,
        "row": issue.row or None,
        "column": issue.column,
        "value": issue.value,
        "reason": translate(issue.reason),
    }


def _show_result(result: ImportPlan | ImportReport, batch: int, *, dry_run: bool) -> None:
    rows = [
        (
            one.file,
            words.of(one.kind),
            one.rows,
            one.created,
            one.updated,
            one.skipped,
            len(one.errors),
            len(one.warnings),
        )
        for one in result.tallies
    ]
    heads = (_("文件"), _("种类"), _("行数"), _("新增"), _("已有"), _("跳过"), _("错误"), _("提醒"))
    printing.print_table(heads, rows)
    _show_issues(_("错误"), result.errors)
    _show_issues(_("提醒"), result.warnings)
    if dry_run:
        printing.say(_("只是试一遍，没有写入"))
    elif batch:
        printing.say(_("导入编号 {batch}；要撤销就运行 undo {batch}").format(batch=batch))


def _show_issues(title: str, issues: Sequence[RowIssue]) -> None:
    """Show the first problems, and how many more there are of each reason."""
    heads = (_("文件"), _("页"), _("行"), _("列"), _("内容"), _("原因"))
    shown = [
        (one.file, one.sheet, one.row or "", one.column, one.value, translate(one.reason))
        for one in issues[:_SHOWN]
    ]
    if shown:
        printing.print_table(heads, shown, title)
    for reason, count in Counter(one.reason for one in issues[_SHOWN:]).items():
        printing.say(_("还有 {count} 处：{reason}").format(count=count, reason=translate(reason)))


@command("export", N_("导出一种或全部数据；导出的文件可以再导入"))
@click.argument("kind", type=click.Choice(["all", *_KINDS]))
@option("--format", "form", type=click.Choice(["xlsx", "csv", "json"]), help=N_("文件格式"))
@option(
    "-o",
    "--output",
    "path",
    required=True,
    type=click.Path(path_type=Path),
    help=N_("写到哪里；all 和 csv 一起用时是文件夹"),
)
@option(
    "--encoding",
    type=click.Choice(["utf-8", "gbk"]),
    default="utf-8",
    help=N_("csv 的文字编码：utf-8 带 BOM，gbk 给只认它的旧软件"),
)
@option("--template", is_flag=True, help=N_("只写一份空的模板，带自定义的业务特征，填好再导入"))
def export(
    session: Session, kind: str, form: str | None, path: Path, encoding: str, template: bool
) -> None:
    """Write one kind of rows or all to a file, or a sheet to fill in."""
    from app.services.transfer.exporting import Encoding, Form, form_of
    from app.services.transfer.fields import Kind

    if template:
        if kind == "all" or form_of(path) is not Form.xlsx:
            raise click.UsageError(_("模板一次一种数据，写成 xlsx"))
        with session.office() as office:
            made = office.transfer.template(Kind(kind), path)
        session.answer({"file": str(made)}, lambda: printing.say(str(made)))
        return
    kinds = list(Kind) if kind == "all" else [Kind(kind)]
    chosen = Form(form) if form else form_of(path)
    with session.office() as office, printing.progress_shown(_("正在导出")) as progress:
        report = office.transfer.export(
            kinds, path, chosen, encoding=Encoding(encoding), progress=progress
        )
    counts = {str(one): count for one, count in report.counts.items()}
    rows = [(words.of(one), count) for one, count in counts.items()]
    session.answer(
        {"file": str(report.path), **counts},
        lambda: printing.print_table((_("种类"), _("条数")), rows, str(report.path)),
    )


@command("undo", N_("撤销一次导入、合并或批量修改"))
@click.argument("batch", type=click.IntRange(1, printing.LAST_ID))
def undo(session: Session, batch: int) -> int:
    """Take an act back; rows that somebody changed since stay and are listed."""
    with session.office() as office:
        with printing.progress_shown(_("正在撤销")) as progress:
            undone = office.undo.take_back(batch, progress)
        left = office.undo.describe(undone.conflicts)
    document = {
        "batch": batch,
        "restored": undone.restored_count,
        "conflicts": [_conflict(one) for one in left],
    }
    session.answer(document, lambda: _show_undone(undone.restored_count, left))
    return 1 if left else 0


def _conflict(one: ConflictView) -> dict[str, Any]:
    return {
        "kind": one.table,
        "id": one.row_id,
        "name": one.named.title,
        "customer": one.named.customer,
        "reason": translate(one.reason),
        "fields": [translate(field) for field in one.fields],
    }


def _show_undone(restored: int, left: Sequence[ConflictView]) -> None:
    printing.say(_("已恢复 {count} 条").format(count=restored))
    if left:
        heads = (_("种类"), _("内容"), _("客户"), _("为什么没有动"))
        rows = [
            (translate(one.named.noun), one.named.title, one.named.customer, translate(one.reason))
            for one in left
        ]
        title = _("有 {count} 条后来改过，没有动：").format(count=len(left))
        printing.print_table(heads, rows, title)


COMMANDS = (import_, undo, export)
