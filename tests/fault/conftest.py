"""Faults from below: a shim between a child process and the system, and a full file system."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def _run_child(script, *words, env=None, before=(), **kwargs):
    """Run a script of this folder with the program's modules and return what it printed."""
    done = subprocess.run(
        [*before, sys.executable, str(HERE / script), *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
        **kwargs,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="session")
def shim(tmp_path_factory):
    """Build the shim and return its file; skip where there is no compiler for it."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not sys.platform.startswith("linux") or compiler is None:
        pytest.skip("no C compiler here: the calls below the program cannot be made to fail")
    made = tmp_path_factory.mktemp("shim") / "shim.so"
    words = [compiler, "-shared", "-fPIC", "-O1", "-o", made, HERE / "shim.c", "-ldl"]
    subprocess.run(words, check=True, capture_output=True)
    return made


@pytest.fixture(scope="session")
def small_disk():
    """Return the words that start a program in a place of its own; skip where that is refused."""
    words = ("unshare", "--user", "--map-root-user", "--mount")
    if shutil.which("unshare") is None:
        pytest.skip("no unshare here: a small disk cannot be made")
    tried = subprocess.run([*words, "true"], capture_output=True, check=False)
    if tried.returncode != 0:
        pytest.skip("this system makes no small disk for us")
    return words


@pytest.fixture
def run_child():
    """Return the function that runs a script of this folder."""
    return _run_child
