"""Save a follow-up again and again while one write call after the other fails.

Started with the shim loaded; prints what came of each try as JSON.
"""

from __future__ import annotations

import ctypes
import json
import sys
from pathlib import Path

from app.errors import UserError
from app.models.values.nextstep import Bucket
from app.services.followups.drafts import FollowupDraft, NextStepDraft
from tests.factories import CHEAP, PASSPHRASE, office_with

assert CHEAP
shim = ctypes.CDLL(None)


def main(folder: Path, errno: int, sealed: bool) -> None:
    office = office_with(folder, PASSPHRASE if sealed else None)
    customer_id = office.customers.add(_customer())

    def save() -> str:
        step = NextStepDraft(Bucket.next_week, "keep_in_touch")
        try:
            office.followups.save(FollowupDraft(customer_id, "试一试", next_step=step))
        except UserError as error:
            return error.code
        return "saved"

    def stored() -> tuple[int, int]:
        entries = office.followups.timeline(customer_id)
        said = len([one for one in entries if one.kind == "followup"])
        return said, len(office.followups.record(customer_id).open)

    save()
    shim.shim_arm(str(folder).encode(), 1 << 30, errno)
    save()
    calls = shim.shim_calls()
    shim.shim_disarm()
    tries = []
    for after in range(calls):
        before = stored()
        shim.shim_arm(str(folder).encode(), after, errno)
        outcome = save()
        shim.shim_disarm()
        now = stored()
        tries.append({"outcome": outcome, "before": before, "now": now, "again": save()})
    wrong = [one.name for one in office.admin.check() if not one.ok]
    office.close()
    sys.stdout.write(json.dumps({"calls": calls, "tries": tries, "wrong": wrong}))


def _customer():
    from app.services.customers import CustomerDraft

    return CustomerDraft("试写有限公司")


main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "sealed")
