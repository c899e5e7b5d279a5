"""One program at a time, told who has the book."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import BookError
from app.models.store.lock import FILE_NAME, BookLock

ROOT = Path(__file__).resolve().parents[3]


def test_a_second_holder_is_told_who_has_it(tmp_path):
    first = BookLock(tmp_path)
    with pytest.raises(BookError) as caught:
        BookLock(tmp_path)
    assert caught.value.code == "book_in_use"
    assert caught.value.values["host"] == json.loads((tmp_path / FILE_NAME).read_text())["host"]
    first.release()
    first.release()
    BookLock(tmp_path).release()


def test_a_killed_holder_leaves_the_book_free(tmp_path):
    code = (
        "import sys, time; from pathlib import Path; from app.models.store.lock import BookLock\n"
        "lock = BookLock(Path(sys.argv[1])); print('held', flush=True); time.sleep(60)\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    with pytest.raises(BookError):
        BookLock(tmp_path)
    child.kill()
    child.communicate()
    BookLock(tmp_path).release()


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", os.urandom(600)])
def test_an_odd_lock_file_is_no_obstacle(tmp_path, content):
    (tmp_path / FILE_NAME).write_bytes(content)
    first = BookLock(tmp_path)
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(BookError) as caught:
        BookLock(tmp_path)
    assert caught.value.code == "book_in_use"
    assert caught.value.text()
    first.release()


def test_many_programs_take_turns(tmp_path):
    """Each adds one to a number it read before; nothing is lost only if they take turns."""
    code = (
        "import sys, time; from pathlib import Path; from app.errors import BookError\n"
        "from app.models.store.lock import BookLock\n"
        "folder = Path(sys.argv[1]); number = folder / 'number'\n"
        "for _ in range(15):\n"
        "    while True:\n"
        "        try: lock = BookLock(folder); break\n"
        "        except BookError: time.sleep(0.002)\n"
        "    number.write_text(str(int(number.read_text()) + 1)); lock.release()\n"
    )
    (tmp_path / "number").write_text("0")
    words = [sys.executable, "-c", code, str(tmp_path)]
    children = [subprocess.Popen(words, cwd=ROOT) for _ in range(6)]
    assert [child.wait(timeout=100) for child in children] == [0] * 6
    assert (tmp_path / "number").read_text() == "90"
