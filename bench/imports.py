"""Imports: csv into a book against the same rows by the bare driver, xlsx against openpyxl."""

from __future__ import annotations

import csv
import random
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.models.store import engine
from app.models.values.nextstep import Bucket
from app.services.followups.drafts import FollowupDraft, NextStepDraft
from app.services.lists import ListFilter
from app.services.office import Office
from bench import books
from bench.harness import Measured, p99, timed

HEAD = ("客户名称", "客户编号", "地区", "行业", "来源", "规模", "地址", "联系人", "手机", "职务",
        "创建日期", "备注")  # fmt: skip
_PLACES = ("杭州", "宁波", "苏州", "无锡", "常州", "温州", "深圳", "东莞")
_TRADES = ("精密", "机械", "电子", "模具", "五金", "阀门", "轴承", "包装")
_CHARS = "华新明达盛兴宏伟泰和瑞丰立德天成永固安邦中科"


def measure(office: Office, rows: int) -> list[Measured]:
    """Return the import by thousand rows, saves meanwhile, and a sheet read."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        return [*_csv(place, rows), _saves(office, place), _xlsx(place, min(rows, 100_000))]


def lines(count: int) -> Iterator[list[str]]:
    """Yield rows of customers with a contact, every value as an office writes it."""
    dice = random.Random(5)
    for number in range(count):
        name = dice.choice(_PLACES) + "".join(dice.choices(_CHARS, k=4)) + dice.choice(_TRADES)
        yield [
            f"{name}有限公司", f"K{number:07}", dice.choice(("浙江杭州", "江苏苏州", "广东深圳")),
            dice.choice(("机械", "电子")), dice.choice(("展会", "转介绍", "网络")),
            dice.choice(("大", "中", "小")), f"工业路{number % 999}号",
            dice.choice("王李张刘陈杨赵黄") + "".join(dice.choices(_CHARS, k=2)),
            f"13{dice.randrange(10**9):09}", dice.choice(("经理", "采购", "厂长")),
            f"2025-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}", "备注",
        ]  # fmt: skip


def _written(place: Path, count: int) -> Path:
    file = place / f"customers-{count}.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        csv.writer(opened).writerows([HEAD, *lines(count)])
    return file


def _csv(place: Path, count: int) -> list[Measured]:
    file = _written(place, count)
    empty = books.empty_office(place / "empty.gendan")
    empty.close()
    shutil.copytree(empty.folder, place / "full.gendan")
    office = books.opened(place / "full.gendan")
    whole = timed(lambda: office.transfer.write(office.transfer.read([file]))) / count * 1000
    office.close()
    raw, indexed = _by_hand(place / "full.gendan" / "book.db", place / "empty.gendan" / "book.db")
    peer = "same rows in all tables, executemany"
    return [
        Measured(
            f"import csv, {count} rows, for 1,000", f"{peer}, no search index", whole,
            raw / count * 1000, whole, 1, "<= 1.7 without its search index",
        ),
        Measured(
            f"import csv, {count} rows, searchable, for 1,000", f"{peer}, search index", whole,
            (raw + indexed) / count * 1000, whole, 1, "<= 6 x without the index",
        ),
    ]  # fmt: skip


def _by_hand(full: Path, empty: Path) -> tuple[float, float]:
    """Write what an import wrote into an empty book; return ms for rows and for the index."""
    source, target = engine.connect(full, None), engine.connect(empty, None)
    listed = source.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    tables = [name for (name,) in listed if not name.startswith(("search_", "sqlite_"))]
    every = {name: source.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    rows = {name: found for name, found in every.items() if found}
    texts = source.execute("SELECT id, text, grams FROM search_text").fetchall()

    def write() -> None:
        target.execute("BEGIN IMMEDIATE")
        for name, found in rows.items():
            marks = ", ".join("?" * len(found[0]))
            target.executemany(f"INSERT OR IGNORE INTO {name} VALUES ({marks})", found)
        target.execute("COMMIT")

    def index() -> None:
        target.execute("BEGIN IMMEDIATE")
        target.executemany("INSERT INTO search_text (id, text, grams) VALUES (?, ?, ?)", texts)
        grams = [(row_id, joined) for row_id, _text, joined in texts]
        target.executemany("INSERT INTO search_gram (rowid, grams) VALUES (?, ?)", grams)
        target.execute("COMMIT")

    target.execute("PRAGMA foreign_keys = OFF")
    found = timed(write), timed(index)
    source.close()
    target.close()
    return found


def _saves(office: Office, place: Path) -> Measured:
    """Save follow-ups while an import writes; the peer is the same save before it begins."""
    ids = [row.id for row in office.customers.page(ListFilter(), limit=200).rows]
    dice = random.Random(23)
    step = NextStepDraft(Bucket.next_week, "counter_rival", "带节拍实测视频")

    def save() -> object:
        return office.followups.save(
            FollowupDraft(dice.choice(ids), "工艺部同意来看样机", next_step=step)
        )

    save()
    quiet = sorted(timed(save) for _ in range(40))
    read = office.transfer.read([_written(place, 3_000)])
    importing = threading.Thread(target=office.transfer.write, args=(read,))
    importing.start()
    loaded: list[float] = []
    while importing.is_alive():
        loaded.append(timed(save))
        time.sleep(0.05)
    importing.join()
    loaded.sort()
    return Measured(
        "save a follow-up during an import", "the same save without an import",
        loaded[len(loaded) // 2], quiet[len(quiet) // 2], p99(loaded), len(loaded),
        "<= 100 ms",
    )  # fmt: skip


def _xlsx(place: Path, count: int) -> Measured:
    import openpyxl
    import xlsxwriter

    from app.services.transfer.sandbox import read_workbook

    file = place / "customers.xlsx"
    book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
    sheet = book.add_worksheet()
    for at, line in enumerate([HEAD, *lines(count)]):
        sheet.write_row(at, 0, line)
    book.close()

    def theirs() -> int:
        opened: Any = openpyxl.load_workbook(file, read_only=True)
        return sum(1 for _row in opened.active.iter_rows(values_only=True))

    mine = timed(lambda: read_workbook(file)) / count * 1000
    peer = timed(theirs) / count * 1000
    return Measured(
        f"read xlsx, {count} rows, for 1,000", "openpyxl, read-only", mine, peer, mine, 1, "<= 1/8"
    )
