"""Commands on whole books: new, demo, check."""

from __future__ import annotations

from dataclasses import asdict

import click

from app import paths
from app.cli import printing
from app.cli.session import Session, command, option
from app.i18n import N_, _


@command("new", N_("新建一份空的数据；已有的文件夹不会改动"))
@option("--company", default="", help=N_("公司名称"))
@option("--no-encryption", is_flag=True, help=N_("不加密"))
def new(session: Session, company: str, no_encryption: bool) -> None:
    """Make an empty book."""
    from app.services.admin import OfficeDraft

    folder = session.options.book or paths.default_book()
    office, code = session.wiring.new_office(
        folder,
        OfficeDraft(company=company),
        passphrase=None if no_encryption else session.new_passphrase(),
        clock=session.clock(),
    )
    office.close()
    document = {"book": str(folder), "recovery_code": code or None}
    session.answer(document, lambda: _show_new(str(folder), code))


def _show_new(folder: str, code: str) -> None:
    printing.say(_("已新建：{folder}").format(folder=folder))
    if code:
        printing.say(_("恢复码：{code}").format(code=code))
        printing.say(_("抄下来放好：忘了密码时只有它能打开数据"))


@command("demo", N_("新建一份示例数据；同一种子得到同样的数据"))
@option("--customers", type=click.IntRange(0, 1_000_000), default=600, help=N_("客户数"))
@option("--years", type=click.IntRange(1, 20), default=3, help=N_("几年的历史"))
@option("--seed", type=int, default=1, help=N_("随机种子"))
@option("--staff", type=click.IntRange(1, 500), default=9, help=N_("员工数"))
@option("--no-encryption", is_flag=True, help=N_("不加密"))
def demo(session: Session, no_encryption: bool, **wanted: int) -> None:
    """Make a new book filled with a believable office."""
    from app.services.admin.demo import DemoDraft

    folder = session.options.book or paths.demo_book()
    passphrase = None if no_encryption else session.new_passphrase()
    with printing.progress_shown(_("正在造示例数据")) as progress:
        office, code, counts = session.wiring.demo_office(
            folder,
            DemoDraft(**wanted),
            passphrase=passphrase,
            clock=session.clock(),
            progress=progress,
        )
    office.close()
    document = {"book": str(folder), "recovery_code": code or None, **asdict(counts)}
    session.answer(document, lambda: _show_demo(str(folder), code, asdict(counts)))


def _show_demo(folder: str, code: str, counts: dict[str, int]) -> None:
    _show_new(folder, code)
    printing.print_table((_("种类"), _("条数")), list(counts.items()))


@command("check", N_("检查数据是否完好"))
@option("--deep", is_flag=True, help=N_("逐页逐条检查，大的数据要几分钟"))
def check(session: Session, deep: bool) -> int:
    """Check the pages, the schema, derived columns, the search index, the facts, the audit."""
    with session.office() as office, printing.progress_shown(_("正在检查")) as progress:
        checks = office.admin.check(deep=deep, progress=progress)
    sound = all(one.ok for one in checks)
    listed = [{"name": one.name, "ok": one.ok, "detail": one.detail} for one in checks]
    session.answer(
        {"ok": sound, "checks": listed},
        lambda: printing.print_table(
            (_("检查"), _("结果"), _("说明")),
            [(one.name, _("好") if one.ok else _("有问题"), one.detail) for one in checks],
        ),
    )
    return 0 if sound else 1


COMMANDS = (new, demo, check)
