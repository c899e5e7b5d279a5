"""A hidden command: what this build is made of, for the trial of a frozen program."""

from __future__ import annotations

from app.cli import printing
from app.cli.session import Session, command
from app.i18n import N_


@command("parts", N_("列出这个程序由什么组成"))
def parts(session: Session) -> None:
    """List the KPIs, formats, pages and what else is found by name."""
    found = session.wiring.parts()
    lines = "\n".join(f"{kind}: {' '.join(names)}" for kind, names in found.items())
    session.answer(found, lambda: printing.say(lines))


parts.hidden = True
COMMANDS = (parts,)
