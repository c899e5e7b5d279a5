"""Killed while somebody types: what was saved is there, what was typed comes back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.models.values.nextstep import Bucket
from app.services.customers.drafts import CustomerDraft
from app.services.followups import FORM
from app.services.followups.drafts import NextStepDraft
from app.views.followups.followup_form import FollowupForm
from tests.architecture.tree import ROOT

PASSPHRASE = "lanhai-7392x"


@pytest.fixture
def book(make_book, monkeypatch):
    """Make an encrypted book with one customer that is due; its passphrase is at hand."""
    folder, _code = make_book(passphrase=PASSPHRASE)
    office = bootstrap.open_office(folder, passphrase=lambda _envelope: PASSPHRASE)
    office.staff.act_as("周敏")
    customer_id = office.customers.add(CustomerDraft("启明自动化"))
    office.followups.schedule(customer_id, NextStepDraft(Bucket.this_week, "keep_in_touch"))
    office.close()
    monkeypatch.setenv("GENDAN_PASSPHRASE", PASSPHRASE)
    return folder


def typist(folder, count):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    script = ROOT / "tests" / "journeys" / "followup_typist.py"
    return subprocess.Popen(
        [sys.executable, str(script), str(folder), str(count)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def kill_after(child, lines):
    """Read so many lines of the typist and kill it; return what it said."""
    heard = []
    with child:
        for line in child.stdout:
            heard.append(line.strip())
            if len(heard) == lines:
                child.send_signal(signal.SIGKILL)
                break
        rest = child.stdout.read()
        heard += rest.split("\n") if rest else []
    assert child.returncode == -signal.SIGKILL
    return [line for line in heard if line]


def contents(office):
    customer_id = office.customers.search("启明自动化")[0].id
    entries = office.followups.timeline(customer_id)
    return [one.content for one in reversed(entries) if one.kind == "followup"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_the_draft_is_back_and_everything_acknowledged_is_there(qtbot, run, book):
    heard = kill_after(typist(book, 2), 3)
    assert heard == [
        "saved 第 1 次跟单 /下周 /增进关系 送样", "saved 第 2 次跟单 /下周 /增进关系 送样", "kept",
    ]  # fmt: skip

    session = run(book=book, actor="周敏")
    qtbot.waitUntil(lambda: session.office is not None, timeout=30_000)
    assert contents(session.office) == [line.removeprefix("saved ") for line in heard[:2]]

    page = session.shell.page()
    qtbot.waitUntil(page.unfinished.isVisible)
    assert "启明自动化" in page.unfinished.words.text()
    page.unfinished.go.click()
    form = next(one for one in session.shell.findChildren(FollowupForm))
    qtbot.waitUntil(form.isActiveWindow)
    assert form.happened.entry.toPlainText().startswith("写到一半的话 /明天")
    assert form.value.grade.value() == "big"
    assert form.next.when.value().bucket is Bucket.tomorrow
    assert "上次没写完" in form.kept.words.text()
    form.save()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert contents(session.office)[-1].startswith("写到一半的话")
    assert session.office.followups.drafts.unfinished(FORM) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("lines", [1, 4])
def test_killed_in_the_middle_of_saving_nothing_acknowledged_is_lost(book, lines):
    heard = kill_after(typist(book, 8), lines)
    office = bootstrap.open_office(book)
    try:
        found = contents(office)
        expected = [f"第 {number + 1} 次跟单 /下周 /增进关系 送样" for number in range(len(found))]
        assert found == expected
        acknowledged = [line.removeprefix("saved ") for line in heard if line.startswith("saved")]
        assert found[: len(acknowledged)] == acknowledged
        customer_id = office.customers.search("启明自动化")[0].id
        # each follow-up came with its next step, whole or not at all
        assert len(office.followups.record(customer_id).open) >= len(found)
    finally:
        office.close()
