"""Fork writers on request, so that each kill costs no start of the program.

Reads a line for each writer, prints its process id, and then lets the writer say on the
same pipe what was acknowledged: ``saved ID`` or ``draft TEXT``. The reader kills it.
"""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path

from app.bootstrap import open_office
from app.models.store import alchemy
from app.models.values.nextstep import Bucket
from app.services import rules
from app.services.followups import FORM, saving
from app.services.followups.drafts import FollowupDraft, NextStepDraft
from app.services.kpi import Kpi

assert all((rules.load(), Kpi, saving, alchemy))  # loaded before the first fork


def main(folder: Path, customer_id: int) -> None:
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            write(folder, customer_id)
        say(f"pid {child}")
        os.waitpid(child, 0)
        say("gone")


def write(folder: Path, customer_id: int) -> None:
    office = open_office(folder)
    parent = 0
    for number in count():
        office.followups.drafts.keep(FORM, customer_id, {"content": f"草稿 {number}"})
        say(f"draft 草稿 {number}")
        step = NextStepDraft(Bucket.next_week, "keep_in_touch", f"第 {number} 次")
        draft = FollowupDraft(customer_id, f"第 {number} 次", parent_step_id=parent, next_step=step)
        saved = office.followups.save(draft)
        parent = saved.next_step_id
        say(f"saved {saved.followup_id} {saved.next_step_id}")


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


main(Path(sys.argv[1]), int(sys.argv[2]))
