"""An import killed for good, and the same command again."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.bootstrap import open_office
from app.models.tables.customers import Customer, StageMove
from app.models.tables.followups import FollowUp
from tests.factories import PASSPHRASE

ROOT = Path(__file__).parents[2]
ROWS = 2_750
KILLS = 6

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a kill")


@pytest.fixture
def files(tmp_path):
    """Write many customers, and a follow-up of each."""
    names = [f"第{number}家试验有限公司" for number in range(ROWS)]
    customers, followups = tmp_path / "客户.csv", tmp_path / "跟单.csv"
    customers.write_text(
        "客户名称,创建日期,联系人,手机\n"
        + "".join(f"{name},2026-01-02,王芳,138{n:08d}\n" for n, name in enumerate(names)),
        "utf-8",
    )
    followups.write_text(
        "客户名称,跟进时间,跟进方式,跟进内容\n"
        + "".join(f"{name},2026-02-03 09:{n % 60:02d},电话,谈\n" for n, name in enumerate(names)),
        "utf-8",
    )
    return customers, followups


def _start(book, path):
    words = ["--book", str(book), "import", str(path), "--json"]
    return subprocess.Popen(
        [sys.executable, "-m", "app", *words],
        cwd=ROOT,
        env={**os.environ, "GENDAN_PASSPHRASE": PASSPHRASE},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _kill_while_writing(book, path, patience):
    """Start an import and kill it some time after it began to write; tell if it came to that."""
    program = _start(book, path)
    for line in program.stderr:
        if line.startswith("正在写入"):
            time.sleep(patience)
            break
    program.send_signal(signal.SIGKILL)
    program.communicate()
    return program.returncode == -signal.SIGKILL


def _counts(book):
    office = open_office(book)
    with office.context.read() as reader:
        found = [
            reader.scalar(select(func.count(entity.id)).where(entity.deleted_at == 0))
            for entity in (Customer, FollowUp, StageMove)
        ]
    wrong = [one.name for one in office.admin.check() if not one.ok]
    office.close()
    return found, wrong


def test_killed_imports_end_on_a_chunk_and_come_to_the_end_without_doubles(
    gendan, book, files, monkeypatch
):
    monkeypatch.setenv("GENDAN_PASSPHRASE", PASSPHRASE)
    gendan("new")
    killed = 0
    for at, path in enumerate(files):
        for _ in range(KILLS):
            killed += _kill_while_writing(book, path, random.uniform(0, 0.25))
            found, wrong = _counts(book)
            assert wrong == []
            assert found[at] % 500 == 0 or found[at] == ROWS
        answer = gendan("import", str(path), "--json")
        assert answer.code == 0
        assert answer.json["files"][0]["rows"] == ROWS
        assert _counts(book)[0][at] == ROWS
    assert killed > KILLS
    found, wrong = _counts(book)
    assert (found, wrong) == ([ROWS, ROWS, ROWS], [])
