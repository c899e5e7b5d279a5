"""Pictures of the pages without a screen."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories import NOW

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(office):
    """Return a function that runs the command in a process of its own: it begins with Qt."""

    def call(*words):
        env = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
        done = subprocess.run(
            [sys.executable, "-m", "app", "--book", office, "--now", NOW.isoformat(), *words],
            cwd=ROOT,
            env={**env, "QT_QPA_PLATFORM": "xcb"},
            capture_output=True,
            timeout=110,
            check=False,
        )
        return done.returncode, json.loads(done.stdout)

    return call


def test_a_page_is_saved_in_its_size(run, tmp_path):
    words = ("--size", "960x540", "--theme", "dark", "--pages", "today,customers", "--lang", "en")
    code, found = run("screenshots", str(tmp_path / "shots"), *words, "--json")
    assert code == 0
    files = [Path(file) for file in found["files"]]
    assert [file.name for file in files] == ["today.png", "customers.png"]
    for file in files:
        content = file.read_bytes()
        assert content.startswith(b"\x89PNG")
        assert struct.unpack(">II", content[16:24]) == (960, 540)


def test_an_unknown_page_is_refused(run, tmp_path):
    code, found = run("screenshots", str(tmp_path / "shots"), "--pages", "moon", "--json")
    assert (code, found["error"]["code"]) == (1, "no_such_page")
    assert "moon" in found["error"]["message"]
    assert "today" in found["error"]["advice"]


@pytest.mark.parametrize(
    "words", [("--size", "big"), ("--theme", "pink"), ("--scale", "large"), ("--lang", "fr")]
)
def test_an_impossible_look_is_wrong_use(gendan, office, tmp_path, words):
    answer = gendan("screenshots", str(tmp_path), *words, "--json")
    assert (answer.code, answer.json["error"]["code"]) == (2, "usage")
