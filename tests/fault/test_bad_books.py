"""Books that cannot be opened: one clear message each, exit code 3, nothing changed."""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app import bootstrap
from app.cli.main import run
from app.models.store import engine, keys, schema
from app.models.store.envelope import FILE_NAME as ENVELOPE_FILE
from app.models.store.envelope import read_envelope
from app.services.customers import CustomerDraft
from tests.factories import PASSPHRASE, break_table, office_with

ROOT = Path(__file__).resolve().parents[2]
NAME = "试写有限公司"


@pytest.fixture(scope="module")
def originals(tmp_path_factory):
    """Make a plain and a sealed book with some customers, once."""
    made = {}
    for kind, passphrase in (("plain", None), ("sealed", PASSPHRASE)):
        folder = tmp_path_factory.mktemp(kind) / "office.gendan"
        office = office_with(folder, passphrase)
        for number in range(40):
            office.customers.add(CustomerDraft(f"{NAME}{number}", note="很长的说明" * 40))
        office.customers.add(CustomerDraft(NAME))
        office.close()
        made[kind] = folder
    return made


@pytest.fixture(params=["plain", "sealed"])
def book(request, originals, tmp_path, monkeypatch):
    """Put a copy of each kind of book into the test's place."""
    monkeypatch.setenv("GENDAN_PASSPHRASE", PASSPHRASE)
    return shutil.copytree(originals[request.param], tmp_path / "office.gendan")


@pytest.fixture
def gendan(capfd, monkeypatch):
    """Return a function that runs a command and returns its code, output and remarks."""

    def call(book, *words, stdin=""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        code = run(["--book", str(book), *words], bootstrap)
        out, err = capfd.readouterr()
        return code, out, err

    return call


def _prints(book):
    return {
        str(file.relative_to(book)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(book.rglob("*"))
        if file.is_file() and file.name != "book.lock"
    }


def _is_refused(gendan, book, *codes):
    """Assert one clear refusal in JSON and in words, and that nothing changed."""
    before = _prints(book) if book.exists() else None
    code, out, err = gendan(book, "today", "--json")
    error = json.loads(out)["error"]
    assert (code, err) == (3, "")
    assert error["code"] in codes
    assert error["message"]
    assert error["advice"]
    code, out, err = gendan(book, "today")
    assert (code, out) == (3, "")
    assert err.splitlines() == [error["message"], error["advice"]]
    assert (_prints(book) if book.exists() else None) == before
    return error


def test_a_sound_book_opens(gendan, book):
    assert gendan(book, "show", NAME, "--json")[0] == 0


@pytest.mark.parametrize("missing", ["folder", "database"])
def test_a_missing_book(gendan, book, missing):
    (shutil.rmtree if missing == "folder" else lambda one: (one / "book.db").unlink())(book)
    error = _is_refused(gendan, book, "book_missing")
    assert str(book) in error["message"]
    assert not (book / "book.db").exists()


@pytest.mark.parametrize("size", [0, 1, 100, 4095, 4096, 8192, -4096, -1, -100_000])
def test_a_truncated_book(gendan, book, size):
    file = book / "book.db"
    os.truncate(file, size if size >= 0 else file.stat().st_size + size)
    _is_refused(gendan, book, "damaged_book", "not_a_book")


def test_a_damaged_first_page(gendan, book):
    with (book / "book.db").open("rb+") as stream:
        stream.write(os.urandom(64))
    _is_refused(gendan, book, "damaged_book")


def test_another_database_in_its_place(gendan, book):
    (book / "book.db").unlink()
    with sqlite3.connect(book / "book.db") as connection:
        connection.execute("CREATE TABLE mine (id INTEGER)")
    connection.close()
    _is_refused(gendan, book, "damaged_book", "not_a_book")


def test_the_database_of_another_book(gendan, book, originals, tmp_path):
    other = office_with(tmp_path / "other.gendan", None)
    other.close()
    shutil.copy(tmp_path / "other.gendan" / "book.db", book / "book.db")
    _is_refused(gendan, book, "damaged_book")


def test_flipped_bits_are_never_shown_as_something_else(gendan, originals, tmp_path, monkeypatch):
    """A sealed book tells every flipped bit that a command meets; the rest reads as before."""
    monkeypatch.setenv("GENDAN_PASSPHRASE", PASSPHRASE)
    book = shutil.copytree(originals["sealed"], tmp_path / "office.gendan")
    whole = (book / "book.db").read_bytes()
    sound = gendan(book, "show", NAME, "--json")
    dice = random.Random(20261123)
    refused = 0
    for _ in range(40):
        broken = bytearray(whole)
        broken[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
        (book / "book.db").write_bytes(broken)
        code, out, err = gendan(book, "show", NAME, "--json")
        assert (code, err) in ((0, ""), (3, ""))
        if code == 0:
            assert out == sound[1]
        else:
            assert json.loads(out)["error"]["code"] == "damaged_book"
            refused += 1
        code, out, _err = gendan(book, "check", "--json")
        found = json.loads(out)
        assert code in (1, 3)
        assert "error" in found or found["ok"] is False
    assert refused > 0


def test_damage_met_by_a_command_stops_its_writing(gendan, book):
    break_table(book, "customer")
    before = (book / "book.db").read_bytes()
    for words in (("show", NAME), ("follow", NAME, "--text", "见了面")):
        code, out, err = gendan(book, *words, "--json")
        error = json.loads(out)["error"]
        assert (code, err, error["code"]) == (3, "", "damaged_book")
        assert error["message"] == "数据文件有损坏，已停止保存"
        assert "备份" in error["advice"]
        code, out, err = gendan(book, *words)
        assert (code, out, err.splitlines()) == (3, "", [error["message"], error["advice"]])
    code, out, _err = gendan(book, "check", "--json")
    wrong = [one["name"] for one in json.loads(out)["checks"] if not one["ok"]]
    assert (code, wrong[0]) == (1, "pages")
    assert (book / "book.db").read_bytes() == before


def test_after_a_kill_only_the_check_command_looks_at_every_page(gendan, book, tmp_path):
    office = bootstrap.open_office(book)
    office.customers.add(CustomerDraft("先来的有限公司"))
    killed = shutil.copytree(book, tmp_path / "killed.gendan")
    office.close()

    def needs_check():
        office = bootstrap.open_office(killed)
        found = office.admin.needs_check
        office.close()
        return found

    assert gendan(killed, "show", "先来的有限公司", "--json")[0] == 0
    assert gendan(killed, "follow", "先来的有限公司", "--text", "见了面", "--json")[0] == 0
    assert needs_check()
    code, out, _err = gendan(killed, "check", "--json")
    assert (code, json.loads(out)["ok"]) == (0, True)
    assert not needs_check()


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"file_id": 1}', '{"slots": 7}'])
def test_damaged_keys(gendan, book, text):
    (book / ENVELOPE_FILE).write_text(text, "utf-8")
    _is_refused(gendan, book, "damaged_keys")


def test_missing_keys(gendan, book):
    (book / ENVELOPE_FILE).unlink()
    _is_refused(gendan, book, "damaged_keys")


def test_the_wrong_passphrase_is_not_damage(gendan, originals, tmp_path, monkeypatch):
    book = shutil.copytree(originals["sealed"], tmp_path / "office.gendan")
    monkeypatch.setenv("GENDAN_PASSPHRASE", PASSPHRASE + "!")
    _is_refused(gendan, book, "wrong_passphrase")
    monkeypatch.delenv("GENDAN_PASSPHRASE")
    _is_refused(gendan, book, "passphrase_needed")
    assert gendan(book, "--passphrase-stdin", "today", "--json", stdin=PASSPHRASE)[0] == 0


@pytest.mark.parametrize(("ahead", "written_with"), [(1, "9.4"), (2, ""), (50, "9.4")])
def test_a_newer_book(gendan, book, ahead, written_with):
    sealed = read_envelope(book)
    key = keys.open_with_passphrase(sealed, PASSPHRASE) if sealed.encrypted else None
    driver = engine.connect(book / "book.db", key)
    driver.execute(f"PRAGMA user_version = {schema.NEWEST + ahead}")
    driver.execute("UPDATE book_header SET written_with = ?", (written_with,))
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    driver.close()
    error = _is_refused(gendan, book, "newer_book")
    assert f"较新的版本{' 9.4 ' if written_with else ''}写成" in error["message"]
    assert str(schema.NEWEST + ahead) in error["message"]


def test_a_book_in_use(gendan, book, monkeypatch):
    """The second program is told who has the book, and the first one goes on writing."""
    code = (
        "import sys; from pathlib import Path; from app.bootstrap import open_office\n"
        "office = open_office(Path(sys.argv[1]))\n"
        "print('open', flush=True); sys.stdin.readline()\n"
        "from app.services.customers import CustomerDraft\n"
        "office.customers.add(CustomerDraft('先来的有限公司')); office.close()\n"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", code, str(book)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert first.stdout is not None
    assert first.stdout.readline() == "open\n"
    answered, out, _err = gendan(book, "today", "--json")
    error = json.loads(out)["error"]
    assert (answered, error["code"]) == (3, "book_in_use")
    assert "正由" in error["message"]
    answered, out, err = gendan(book, "today")
    assert (answered, out) == (3, "")
    assert err.splitlines() == [error["message"], error["advice"]]
    with monkeypatch.context() as without:
        without.delenv("GENDAN_PASSPHRASE")
        answered, out, _err = gendan(book, "today", "--json")
        asked = "it is told before the passphrase is asked for"
        assert (answered, json.loads(out)["error"]) == (3, error), asked
    first.communicate("go\n", timeout=60)
    assert first.returncode == 0
    assert gendan(book, "show", "先来的有限公司", "--json")[0] == 0


def test_a_folder_that_cannot_be_written(small_disk, run_child, book):
    before = _prints(book)
    error = run_child("read_only_child.py", book, before=small_disk)["error"]
    assert error["code"] == "read_only"
    assert str(book) in error["message"]
    assert error["advice"]
    assert _prints(book) == before
