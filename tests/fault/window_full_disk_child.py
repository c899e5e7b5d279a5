"""Write a follow-up in the window while its small disk is full, and again with room.

Started as root of its own name space: ``DISK`` is mounted here and gone with the process.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest

from app import bootstrap
from app.prefs import Prefs, StartOptions
from app.services.customers import CustomerDraft
from app.views.core import start
from app.views.core.start_session import Session
from app.views.followups.form import write_followup
from tests.factories import NOW, PASSPHRASE, office_with

WORDS = "满了" * 2000 + " /下周"


def main(disk: Path, sealed: bool) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", str(disk)], check=True)
    book = disk / "office.gendan"
    office = office_with(book, PASSPHRASE if sealed else None)
    customer_id = office.customers.add(CustomerDraft("试写有限公司"))
    office.close()
    bootstrap.choose_language(StartOptions(language="zh"))
    application = start.make_application()
    prefs = Prefs()
    session = Session(application, prefs, StartOptions(book=book, now=NOW.isoformat()), bootstrap)
    session.begin()
    wait(lambda: session.office is not None)
    form = write_followup(session.shell.view, customer_id)
    form.happened.entry.set_text(WORDS)
    ballast = disk / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as stream:
        while True:
            stream.write(b"x" * 1024)
    form.save()
    told = {"told": form.error.accessibleName(), "shown": form.error.isVisible()}
    told["kept"] = form.happened.entry.toPlainText() == WORDS
    told["stored"] = followups(session.office, customer_id)
    ballast.unlink()
    form.error.retry.click()
    told["closed"] = not form.isVisible()
    told["later"] = followups(session.office, customer_id)
    told["wrong"] = [one.name for one in session.office.admin.check() if not one.ok]
    session.shell.close()
    session.end()
    sys.stdout.write(json.dumps(told))


def followups(office, customer_id: int) -> int:
    entries = office.followups.timeline(customer_id)
    return len([one for one in entries if one.kind == "followup"])


def wait(until: Callable[[], bool]) -> None:
    for _turn in range(600):
        if until():
            return
        QTest.qWait(50)
    raise AssertionError("it never came")


main(Path(sys.argv[1]), sys.argv[2] == "sealed")
