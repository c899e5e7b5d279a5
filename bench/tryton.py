"""Lists, search and saving against trytond (party, sale_opportunity, SQLite), if it is there.

``--tryton FOLDER`` names a folder with ``venv`` (a virtual environment with trytond),
``trytond.conf`` and ``parties.sqlite``, a database with both modules; see bench/README.md.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
from collections.abc import Callable
from pathlib import Path

from app.models.values.pages import Sort
from app.services.customers import ContactDraft, CustomerDraft
from app.services.customers.drafts import ChannelDraft
from app.services.jobs import Progress
from app.services.lists import ListFilter
from app.services.office import Office
from bench.harness import Measured, p99, timed

_PROBE = Path(__file__).with_name("tryton_probe.py")
_ROUNDS = 41


def measure(office: Office, folder: Path | None) -> list[Measured]:
    """Return the rows of the table; none when trytond is not installed, which is said."""
    if folder is None or not (folder / "venv/bin/python").exists():
        print("tryton: not installed, left out")
        return []
    everything, sort = ListFilter(), Sort("name")
    total = office.customers.count(everything)
    theirs = _theirs(folder, total)
    keys = list(office.customers.anchors(everything, sort, 1024, Progress()))
    middle = keys[len(keys) // 2]
    names = [row.name for row in office.customers.page(everything, sort, key=middle).rows]
    dice = random.Random(19)
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "list": (lambda: office.customers.page(everything, sort), "<= 1/50"),
        "middle": (lambda: office.customers.page(everything, sort, key=middle), "<= 1/500"),
        "search": (lambda: office.customers.search(dice.choice(names)[2:6]), "<= 1/100"),
        "create": (lambda: _create(office, dice.choice(names)), "<= 1/50"),
    }
    return [_row(name, act, theirs[name], goal) for name, (act, goal) in acts.items()]


def _theirs(folder: Path, total: int) -> dict[str, float]:
    asked = [
        folder / "venv/bin/python",
        _PROBE,
        folder / "trytond.conf",
        "parties",
        str(total),
        folder,
    ]
    done = subprocess.run(asked, check=True, capture_output=True, text=True, env={})
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _create(office: Office, name: str) -> int:
    phone = ChannelDraft("mobile", "13812345678")
    return office.customers.add(
        CustomerDraft(f"{name}二厂", contacts=(ContactDraft("王明", channels=(phone,)),))
    )


def _row(name: str, act: Callable[[], object], theirs: float, goal: str) -> Measured:
    act()
    mine = [timed(act) for _ in range(_ROUNDS)]
    return Measured(
        f"trytond: {name}", "trytond 8.2, SQLite", statistics.median(mine), theirs, p99(mine),
        _ROUNDS, goal,
    )  # fmt: skip
