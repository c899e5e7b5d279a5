"""Killed at any moment: whatever was told as saved is there, and the draft comes back."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.bootstrap import open_office
from app.models.values.ids import new_id
from app.services.customers import CustomerDraft
from app.services.followups import FORM
from tests.factories import PASSPHRASE, office_with

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


class Writers:
    """Start writers one after another and listen to what they acknowledge."""

    def __init__(self, folder: Path, customer_id: int) -> None:
        self._nursery = subprocess.Popen(
            [sys.executable, str(HERE / "kill_child.py"), str(folder), str(customer_id)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "GENDAN_PASSPHRASE": PASSPHRASE},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run_one(self, awaited: str, patience: float) -> list[list[str]]:
        """Let one writer work until it is killed; return the lines it wrote.

        It is killed some seconds after it has told the awaited word.
        """
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.write("go\n")
        self._nursery.stdin.flush()
        told: list[list[str]] = []
        pid, killer = 0, None
        while (line := self._nursery.stdout.readline().rstrip("\n")) != "gone":
            assert line, "the writers have gone"
            if line.startswith("pid "):
                pid = int(line.removeprefix("pid "))
            else:
                told.append(line.split(" ", 1))
            if killer is None and pid and told and told[-1][0] == awaited:
                killer = threading.Timer(patience, os.kill, (pid, signal.SIGKILL))
                killer.start()
        assert killer is not None, "the writer ended by itself"
        killer.join()
        return told

    def close(self) -> None:
        """Send them home."""
        self._nursery.communicate(timeout=60)


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["plain", "sealed"])
def test_nothing_acknowledged_is_lost(request, tmp_path, monkeypatch, passphrase):
    monkeypatch.setenv("GENDAN_PASSPHRASE", PASSPHRASE)
    folder = tmp_path / "office.gendan"
    office = office_with(folder, passphrase)
    customer_id = office.customers.add(CustomerDraft("试写有限公司"))
    office.close()
    seed = new_id() & 0xFFFF
    dice = random.Random(seed)
    writers = Writers(folder, customer_id)
    known: set[int] = set()
    for number in range(max(1, request.config.getoption("--kills") // 2)):
        # now and then in the middle of a writer's first save, which takes longest
        awaited = dice.choice(("draft", "saved", "saved"))
        told = writers.run_one(awaited, dice.random() * 0.25)
        known = _assert_kept(folder, customer_id, told, known, f"seed {seed} kill {number}")
    writers.close()
    assert len(known) > 20, "hardly anything was written"
    office = open_office(folder)
    assert [one for one in office.admin.check() if not one.ok] == []
    assert not office.admin.needs_check
    office.close()


def _assert_kept(folder, customer_id, told, known, where):
    """Open the book again, compare it with what was told, and return its follow-ups."""
    office = open_office(folder)
    assert office.admin.needs_check, where
    found = {
        entry.id for entry in office.followups.timeline(customer_id) if entry.kind == "followup"
    }
    steps = {step.id for step in office.followups.record(customer_id).open}
    draft = office.followups.drafts.find(FORM, customer_id)
    office.close()
    saved = [tuple(map(int, rest[0].split())) for word, *rest in told if word == "saved"]
    assert known | {one[0] for one in saved} <= found, where
    assert len(found - known) - len(saved) in (0, 1), f"{where}: more than one unacknowledged"
    if told[-1][0] == "draft" and len(found - known) == len(saved):
        assert draft is not None, f"{where}: the draft is lost"
        assert draft[0]["content"] == told[-1][1], where
    if told[-1][0] == "saved":
        assert saved[-1][1] in steps or len(found - known) > len(saved), where
    return found
