"""A hidden command: what this build is made of, for the trial of a frozen program."""

from __future__ import annotations

from app.cli import printing
from app.cli.session import Session, command
from app.i18n import N_


@command("parts", N_("列出这个程序里的指标、格式和页面"))
def parts(session: Session) -> None:
    """List the KPIs, formats and pages that were found by import."""
    found = session.wiring.parts()
    lines = "\n".join(f"{kind}: {' '.join(names)}" for kind, names in found.items())
    session.answer(found, lambda: printing.say(lines))


parts.hidden = True
COMMANDS = (parts,)
