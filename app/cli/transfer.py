"""Commands that bring rows in, take them back and write them out: undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from app.cli import printing
from app.cli.session import Session, command
from app.i18n import N_, _

if TYPE_CHECKING:
    from app.services.undo import Undone


@command("undo", N_("撤销一次导入、合并或批量修改"))
@click.argument("batch", type=int)
def undo(session: Session, batch: int) -> int:
    """Take a batch back; rows that somebody changed since stay and are listed."""
    with session.office() as office:
        undone = office.undo.take_back_batch(batch)
    document = {
        "batch": batch,
        "restored": undone.restored_count,
        "conflicts": list(undone.conflicts),
    }
    session.answer(document, lambda: _show_undone(undone))
    return 1 if undone.conflicts else 0


def _show_undone(undone: Undone) -> None:
    printing.say(_("已恢复 {count} 条").format(count=undone.restored_count))
    if undone.conflicts:
        count = len(undone.conflicts)
        printing.say(_("有 {count} 条后来改过，没有动：").format(count=count))
        for one in undone.conflicts:
            printing.say(one)


COMMANDS = (undo,)
