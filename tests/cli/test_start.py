"""What is taken for the window, and how errors, interrupts and odd pipes end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import cast

import pytest

from app import bootstrap
from app.__main__ import window_options
from app.cli.main import run
from app.cli.session import Wiring
from app.prefs import StartOptions
from tests.factories import office_with

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ((), StartOptions()),
        (("--book", "a.gendan"), StartOptions(book=Path("a.gendan"))),
        (("--book=a.gendan", "--lang=en"), StartOptions(book=Path("a.gendan"), language="en")),
        (("--demo", "--now", "2026-11-23"), StartOptions(now="2026-11-23", demo=True)),
        (("--actor", "today", "--passphrase-stdin"),
         StartOptions(actor="today", passphrase_stdin=True)),
        (("today",), None),
        (("--book", "a", "today"), None),
        (("--help",), None),
        (("--json",), None),
        (("--book",), None),
        (("--lang", "fr"), None),
    ],
)  # fmt: skip
def test_the_window_opens_without_a_command(words, options):
    assert window_options(words) == options


def _run(*words, **kwargs):
    env = {**os.environ, **kwargs.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-m", "app", *words],
        cwd=ROOT,
        env=env,
        capture_output=True,
        timeout=60,
        check=False,
        **kwargs,
    )


@pytest.mark.parametrize("words", [(), ("search",), ("--lang", "en", "kpi")])
def test_help_is_help(words):
    done = _run(*words, "--help")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "--json" in done.stdout.decode()


def test_help_speaks_the_language_asked_for(gendan):
    shown = gendan("--help").out
    assert "定在一个时刻" in shown
    assert all(word in shown for word in ("用法：", "选项:", "命令:", "显示版本", "显示这段说明"))
    assert "parts" not in shown
    assert "Options:" in gendan("--lang", "en", "--help").out
    assert gendan("import", "--help").out.count("FILES") == 1


def test_the_version_is_told(gendan):
    answer = gendan("--version")
    assert answer.code == 0
    assert answer.out.strip()


@pytest.mark.parametrize(
    "words",
    [
        ("nothing",),
        ("today", "--nothing"),
        ("search",),
        ("search", "x", "--limit", "many"),
        ("search", "x", "--limit", "0"),
        ("demo", "--no-encryption", "--years", "0"),
        ("demo", "--no-encryption", "--customers", "-1"),
        ("--lang", "fr", "today"),
        ("undo", "all"),
    ],
)
@pytest.mark.parametrize("where", ["before", "after"])
def test_wrong_use_is_told_in_json_too(gendan, words, where):
    answer = gendan("--json", *words) if where == "before" else gendan(*words, "--json")
    assert (answer.code, answer.err) == (2, "")
    assert answer.json["error"]["code"] == "usage"
    assert answer.json["error"]["message"]
    assert answer.json["error"]["advice"]


@pytest.mark.parametrize(
    ("words", "message", "advice"),
    [
        (("serch", "x"), "没有这个命令：serch", "是不是 search？"),
        (("nothing",), "没有这个命令：nothing", "用 --help 看用法"),
        (("today", "--stff", "x"), "没有这个选项：--stff", "是不是 --staff？"),
        (("today", "x", "y"), "多写了：x y", "用 --help 看用法"),
        (("follow",), "缺少 CUSTOMER", "用 --help 看用法"),
        (("export", "-o", "x.csv"), "缺少 KIND", "可以写：all customers contacts"),
        (("kpi", "--from", "2026-01"), "缺少 --to", "用 --help 看用法"),
        (("kpi", "--from"), "--from 后面该写的没写", "用 --help 看用法"),
        (("--lang", "fr", "today"), "--lang 不能这样写", "可以写：zh en"),
        (("search", "x", "--limit", "0"), "--limit 不能这样写", "写一个 1 到 10000 的整数"),
        (("undo", "x"), "BATCH 不能这样写", "写一个整数"),
        (("undo", "9" * 30), "BATCH 不能这样写", "写一个整数"),
        (("follow", "x", "--text", "y", "--step", "z"), "--step 不能这样写", "写一个整数"),
        (("demo", "--seed", "z"), "--seed 不能这样写", "写一个整数"),
        (("import", "--map", "name", "x.csv"), "--map 要写成 字段=列", "用 --help 看用法"),
        ((), "没有写命令", "用 --help 看用法"),
    ],
)
def test_wrong_use_is_told_in_the_language_chosen(gendan, words, message, advice):
    answer = gendan("--json", *words)
    assert answer.code == 2
    told = answer.json["error"]
    assert told["code"] == "usage"
    assert told["message"].startswith(message)
    assert told["advice"].startswith(advice)


def test_an_unreadable_day_is_named(gendan, office):
    told = gendan("staff-summary", "--from", "2026-02-30", "--to", "2026-03-01", "--json")
    assert told.json["error"]["message"] == "看不懂 --from 的值：2026-02-30"


def test_wrong_use_without_json_goes_aside(gendan):
    answer = gendan("nothing")
    assert (answer.code, answer.out) == (2, "")
    assert "nothing" in answer.err
    assert "Usage" not in answer.out


@pytest.mark.parametrize("written", ["soon", "2026-13-01T00:00:00+08:00", "11:30"])
def test_a_clock_that_cannot_be_read(gendan, office, written):
    answer = gendan("--now", written, "today", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "bad_instant")


def test_now_beats_the_environment(gendan, office):
    words = ("follow", "恒锐精密机械有限公司", "--text", "x", "--next", "tomorrow", "--json")
    step = gendan("--now", "2026-12-01T09:00:00+08:00", *words).json["next_step"]
    assert step["window_start"] == "2026-12-02T09:00:00+08:00"
    utc = gendan("--now", "2026-12-01T20:00:00Z", *words).json["next_step"]
    assert utc["window_start"] == "2026-12-03T09:00:00+08:00"


def test_the_actor_signs(gendan, office):
    answer = gendan("--actor", "没有人", "today", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "no_such_staff")


def test_json_goes_before_the_command_too(gendan, office):
    assert gendan("--json", "today").json == gendan("today", "--json").json


def test_errors_are_told_in_english_too(gendan, tmp_path):
    answer = gendan("--lang", "en", "--book", str(tmp_path / "none"), "today", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (3, "book_missing")


class Faulty:
    """A composition root with a bug in it."""

    choose_language = staticmethod(bootstrap.choose_language)

    def choose_book(self, _options):
        raise ZeroDivisionError("客户的名字")


def test_a_bug_is_logged_and_named(own_places, capfd):
    file = own_places / "log" / "gendan.log"
    assert run(["today", "--json"], cast(Wiring, Faulty())) == 1
    out, err = capfd.readouterr()
    error = json.loads(out)["error"]
    assert error["code"] == "bug"
    assert str(file) in error["advice"]
    assert "Traceback" not in out + err
    assert "ZeroDivisionError" in file.read_text("utf-8")


def test_output_is_utf8_whatever_the_system_says(tmp_path):
    book = tmp_path / "办公室.gendan"
    office_with(book, None).close()
    env = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    done = _run("--book", str(book), "show", "张", "--json", env=env)
    assert json.loads(done.stdout.decode("utf-8"))["error"]["message"].endswith("：张")
    assert done.returncode == 1
    odd = _run("--book", str(book), "show", b"\xff", "--json", env=env)
    assert json.loads(odd.stdout.decode("utf-8"))["error"]["code"] == "usage"


def test_a_reader_that_has_gone_is_no_error(tmp_path):
    book = tmp_path / "office.gendan"
    office_with(book, None).close()
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "app", "--book", str(book), "today", "--json"],
        cwd=ROOT,
        stdout=writer,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writer)
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a console interrupt is sent otherwise there")
def test_an_interrupt_ends_with_130_and_json(tmp_path):
    book = tmp_path / "demo.gendan"
    words = ["--book", str(book), "demo", "--customers", "60000", "--no-encryption", "--json"]
    child = subprocess.Popen(
        [sys.executable, "-m", "app", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # a run in the background ignores interrupts, and its children would, too
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    )
    until = time.monotonic() + 60
    while not (book / "book.db").exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert child.stderr is not None
    child.stderr.readline()
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=100)
    assert child.returncode == 130
    assert json.loads(out)["error"]["code"] == "interrupted"
    assert b"Traceback" not in err
    assert not book.exists(), "half a sample office is left"


def test_the_book_is_the_one_named_or_last_opened_or_in_the_usual_place(own_places, tmp_path):
    from app.prefs import LAST_BOOK, Prefs

    usual = own_places / "books"
    assert bootstrap.choose_book(StartOptions()) == usual / "gendan.gendan"
    assert bootstrap.choose_book(StartOptions(demo=True)) == usual / "demo.gendan"
    Prefs().set(LAST_BOOK, str(tmp_path / "gone.gendan"))
    assert bootstrap.choose_book(StartOptions()) == usual / "gendan.gendan"
    (tmp_path / "last.gendan").mkdir()
    Prefs().set(LAST_BOOK, str(tmp_path / "last.gendan"))
    assert bootstrap.choose_book(StartOptions()) == tmp_path / "last.gendan"
    named = StartOptions(book=tmp_path / "named", demo=True)
    assert bootstrap.choose_book(named) == tmp_path / "named"


def test_the_language_is_the_one_asked_for_or_kept_or_the_systems(monkeypatch):
    from app import i18n
    from app.prefs import LANGUAGE, Prefs

    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    bootstrap.choose_language(StartOptions())
    assert i18n.language() == "en"
    Prefs().set(LANGUAGE, "zh")
    bootstrap.choose_language(StartOptions())
    assert i18n.language() == "zh"
    bootstrap.choose_language(StartOptions(language="en"))
    assert i18n.language() == "en"
