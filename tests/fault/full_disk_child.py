"""Fill a small disk, run commands on a book there, and make room again.

Started as root of its own name space: ``DISK`` is mounted here and gone with the process.
"""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
from pathlib import Path

from app import bootstrap
from app.cli.main import run
from tests.factories import PASSPHRASE, office_with


def main(disk: Path, sealed: bool) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", str(disk)], check=True)
    book = disk / "office.gendan"
    office = office_with(book, PASSPHRASE if sealed else None)
    office.customers.add(_customer())
    office.close()
    ballast = disk / "ballast"
    answers = []
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as stream:
        while True:
            stream.write(b"x" * 1024)
    answers.append(_gendan(book, "follow", "试写有限公司", "--text", "满了" * 2000, "--json"))
    answers.append(_gendan(book, "follow", "试写有限公司", "--text", "满了" * 2000))
    ballast.unlink()
    answers.append(_gendan(book, "show", "试写有限公司", "--json"))
    answers.append(_gendan(book, "follow", "试写有限公司", "--text", "又有空了", "--json"))
    answers.append(_gendan(book, "show", "试写有限公司", "--json"))
    answers.append(_gendan(book, "check", "--json"))
    sys.stdout.write(json.dumps(answers))


def _gendan(book: Path, *words: str) -> dict[str, object]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(["--book", str(book), *words], bootstrap)
    return {"code": code, "out": out.getvalue(), "err": err.getvalue()}


def _customer():
    from app.services.customers import CustomerDraft

    return CustomerDraft("试写有限公司")


main(Path(sys.argv[1]), sys.argv[2] == "sealed")
