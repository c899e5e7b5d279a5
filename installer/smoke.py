"""Try a frozen program: ``python installer/smoke.py dist/gendan``.

It must be made of the same parts as the sources, give the same answers, read files in its child
process, draw every page and keep a window open. A build that lost the modules found by name
would start and be silently empty, so lists and figures are compared with the sources.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

ROOT = Path(__file__).resolve().parent.parent
NOW = "2026-11-23T10:30:00+08:00"
SUFFIX = ".exe" if sys.platform == "win32" else ""
FIRST_SIGN_SECONDS = 60
ALIVE_SECONDS = 5
CUSTOMERS = (
    ("客户名称", "创建日期", "来源", "联系人", "手机"),
    ("冻结试验甲有限公司", "2026-11-02", "展会", "王建国", "13800000001"),
    ("冻结试验乙有限公司", "2026-11-03", "官网", "李小红", "13800000002"),
    ("冻结试验丙有限公司", "2026-11-04", "展会", "赵强", "13800000003"),
)
FOLLOWUPS = (
    ("客户名称", "跟进时间", "跟进方式", "跟进内容"),
    ("冻结试验甲有限公司", "2026-11-05 10:00", "电话", "报价已发，等回复"),
)
CARD = """BEGIN:VCARD
VERSION:3.0
N:钱;小明;;;
FN:钱小明
ORG:冻结试验甲有限公司
TEL;TYPE=CELL:13800000004
END:VCARD
"""


@dataclass(frozen=True)
class Program:
    """A program to try, with a place of its own for preferences and logs."""

    words: tuple[str, ...]
    place: Path

    @property
    def env(self) -> dict[str, str]:
        """Return its environment: nothing of this computer's own books is touched."""
        return os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            "GENDAN_CONFIG_DIR": str(self.place / "config"),
            "GENDAN_LOG_DIR": str(self.place / "log"),
            "GENDAN_BOOKS_DIR": str(self.place / "books"),
            "GENDAN_PASSPHRASE": "smoke passphrase",
            "GENDAN_NOW": NOW,
        }

    def says(self, *words: str) -> str:
        """Run a command and return what it prints."""
        done = subprocess.run(
            [*self.words, *words],
            cwd=ROOT, env=self.env, capture_output=True, text=True, encoding="utf-8", timeout=600,
            check=False,
        )  # fmt: skip
        if done.returncode != 0:
            fail(f"{words}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def answers(self, *words: str) -> Any:
        """Run a command and return its document."""
        return json.loads(self.says(*words, "--json"))

    def log(self) -> str:
        """Return all that was logged, hard crashes too."""
        return "".join(file.read_text("utf-8") for file in self.place.glob("log/*.log*"))


def fail(why: str) -> None:
    """End with what is wrong."""
    sys.exit(f"smoke: {why}")


def same(what: str, frozen: Any, source: Any) -> None:
    """Fail when the frozen program and the sources differ."""
    if frozen != source:
        fail(f"{what} differ\nfrozen: {frozen}\nsource: {source}")


def try_answers(frozen: Program, source: Program) -> Path:
    """Compare parts, texts and figures; return the book that the frozen program made."""
    same("parts", frozen.answers("parts"), source.answers("parts"))
    for language in ("zh", "en"):
        help_text = ("--lang", language, "--help")
        same(f"{language} texts", frozen.says(*help_text), source.says(*help_text))
    made = {}
    for program in (frozen, source):
        book = program.place / "smoke.gendan"
        words = ("--book", str(book), "demo", "--customers", "200", "--seed", "3")
        made[program] = program.answers(*words)
        for own in ("book", "recovery_code"):
            made[program].pop(own)
    same("demo counts", made[frozen], made[source])
    book = frozen.place / "smoke.gendan"
    months = ("kpi", "--from", "2026-01", "--to", "2026-10")
    whole_year = ("staff-summary", "--from", "2026-01-01", "--to", "2026-10-31")
    for words in (months, whole_year, ("today",)):
        named = ("--book", str(book), *words)
        same(words[0], frozen.answers(*named), source.answers(*named))
        same(f"the table of {words[0]}", frozen.says(*named), source.says(*named))
    return book


def write_workbook(file: Path) -> None:
    """Write customers and follow-ups as two sheets."""
    with xlsxwriter.Workbook(file) as workbook:
        for name, rows in (("客户", CUSTOMERS), ("跟单", FOLLOWUPS)):
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


def try_files(frozen: Program, book: Path) -> None:
    """Import a workbook, a GBK table and a card file, and write a workbook."""
    place = frozen.place
    write_workbook(place / "客户.xlsx")
    rows = [("姓名", "部门", "入职日期"), ("孙试验", "销售一部", "2026-01-05")]
    (place / "员工.csv").write_bytes("\n".join(map(",".join, rows)).encode("gbk"))
    (place / "通讯录.vcf").write_text(CARD, "utf-8")
    files = [str(place / name) for name in ("客户.xlsx", "员工.csv", "通讯录.vcf")]
    took = frozen.answers("--book", str(book), "import", *files)["files"]
    created = {(Path(one["file"]).name, one["kind"]): one["created"] for one in took}
    wanted = {
        ("客户.xlsx", "customers"): 3,
        ("客户.xlsx", "followups"): 1,
        ("员工.csv", "staff"): 1,
        ("通讯录.vcf", "contacts"): 1,
    }
    same("imported rows", created, wanted)
    frozen.answers("--book", str(book), "export", "all", "-o", str(place / "全部.xlsx"))
    check = frozen.answers("--book", str(book), "check", "--deep")
    if check["ok"] is not True:
        fail(f"check: {check}")


def try_pages(frozen: Program, book: Path) -> int:
    """Draw every page and return how many pictures there are."""
    drawn = frozen.answers("--book", str(book), "screenshots", str(frozen.place / "shots"))
    pages = frozen.answers("parts")["pages"]
    files = [Path(name) for name in drawn["files"]]
    if len(files) < len(pages) or any(file.stat().st_size < 5_000 for file in files):
        fail(f"pages were not drawn: {drawn}")
    return len(files)


def try_window(program: Program, words: tuple[str, ...], has_begun: Callable[[], bool]) -> None:
    """Open the window, wait for a sign that it works, and see that it stays."""
    with subprocess.Popen(
        [*program.words, *words], cwd=ROOT, env=program.env, stderr=subprocess.PIPE
    ) as window:
        ends_at = time.monotonic() + FIRST_SIGN_SECONDS
        while not has_begun() and window.poll() is None and time.monotonic() < ends_at:
            time.sleep(0.1)
        stays_until = time.monotonic() + ALIVE_SECONDS
        while window.poll() is None and time.monotonic() < stays_until:
            time.sleep(0.1)
        code = window.poll()
        window.kill()
        told = window.communicate()[1].decode("utf-8", "replace")
    logged = program.log()
    if code is not None or not has_begun() or "ERROR" in logged or "Fatal" in logged:
        fail(f"the window {words} ended with {code}\n{told}\n{logged}")


def try_windows(folder: Path, place: Path, book: Path) -> None:
    """Open the window on the book, and without any book."""
    words = (str(folder / f"gendan{SUFFIX}"),)
    on_book = Program(words, place / "window")
    kept = on_book.place / "config" / "prefs.json"
    try_window(
        on_book,
        ("--book", str(book)),
        lambda: kept.exists() and '"last_book"' in kept.read_text("utf-8"),
    )
    first = Program(words, place / "first")
    try_window(first, (), (first.place / "log" / "gendan.log").exists)


def main() -> None:
    """Compare the frozen program with the sources on the same small book."""
    folder = Path(sys.argv[1]).absolute()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        commands = "gendan-cli" if sys.platform == "win32" else "gendan"
        frozen = Program((str(folder / f"{commands}{SUFFIX}"),), place / "frozen")
        source = Program((sys.executable, "-m", "app"), place / "source")
        for program in (frozen, source):
            program.place.mkdir()
        book = try_answers(frozen, source)
        try_files(frozen, book)
        count = try_pages(frozen, book)
        try_windows(folder, place, book)
        print(f"smoke: {count} pictures drawn, parts, texts and figures equal the sources")


if __name__ == "__main__":
    main()
