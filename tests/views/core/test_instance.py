"""One window per person: a second start hands its wish to the first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.views.core import instance
from app.views.core.instance import FILE_NAME, Instance, server_name
from tests.architecture.tree import ROOT

_START = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from app.views.core.instance import Instance
application = QCoreApplication(sys.argv)
one = Instance(Path(sys.argv[1]))
if not one.claim("from " + sys.argv[2]):
    sys.exit()
print("first", flush=True)
one.raised.connect(lambda message: print(message, flush=True))
QTimer.singleShot(0, one.listen)
application.exec()
"""


@pytest.fixture
def make(tmp_path, qapp):
    """Return a function that makes an instance; all are released at the end."""
    made = []

    def new():
        made.append(Instance(tmp_path / "config"))
        return made[-1]

    yield new
    for one in made:
        one.release()


def test_the_second_start_raises_the_first(qtbot, make):
    first, second = make(), make()
    heard = []
    first.raised.connect(heard.append)
    assert first.claim()
    first.listen()
    assert not second.claim("open 客户")
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["open 客户"]


def test_listening_twice_is_listening_once(qtbot, make):
    first = make()
    heard = []
    first.raised.connect(heard.append)
    assert first.claim()
    first.listen()
    first.listen()
    assert not make().claim("once")
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["once"]


def test_after_the_first_has_gone_there_is_a_new_first(make):
    first, second = make(), make()
    assert first.claim()
    first.listen()
    first.release()
    assert second.claim()


def test_a_first_that_never_listens_is_left_alone(make, monkeypatch):
    assert make().claim()
    monkeypatch.setattr(instance, "_PATIENCE_SECONDS", 0.2)
    assert not make().claim()


def test_where_no_file_can_be_locked_the_listener_is_the_first(qtbot, make, tmp_path):
    (tmp_path / "config" / FILE_NAME).mkdir(parents=True)
    first, second = make(), make()
    heard = []
    first.raised.connect(heard.append)
    assert first.claim()
    assert not second.claim("show")
    qtbot.waitUntil(lambda: bool(heard))


def test_of_many_starts_at_once_one_is_the_first(tmp_path):
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", _START, str(tmp_path / "config"), str(number)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(8)
    ]
    try:
        first = next(one for one in starts if one.stdout.readline() == "first\n")
        others = [one for one in starts if one is not first]
        assert [one.wait(timeout=60) for one in others] == [0] * 7
        assert "".join(one.stdout.read() for one in others) == ""
        told = sorted(first.stdout.readline() for _one in others)
        assert told == sorted(f"from {starts.index(one)}\n" for one in others)
    finally:
        for one in starts:
            one.kill()
            one.communicate()


def test_each_scope_has_its_own_name():
    assert server_name("a") != server_name("b")
    assert server_name("a") == server_name("a")
    assert server_name("a").isascii()


def test_the_lock_leaves_no_other_file_behind(make, tmp_path):
    assert make().claim()
    assert [file.name for file in Path(tmp_path / "config").iterdir()] == [FILE_NAME]
