"""Files of every format, damaged in every way, and a child that reads one after the other."""

from __future__ import annotations

import io
import json
import multiprocessing
import random
import zipfile
from collections.abc import Iterator
from contextlib import suppress

import openpyxl
import xlwt
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from app.services.transfer import worker
from app.services.transfer.limits import Limits
from app.services.transfer.sheets import collect

HEAD = ["客户名称", "登记日期", "联系人", "手机", "预计金额", "跟进情况", "备注"]
ROWS = [
    ["恒{n}机械有限公司", "2026-01-05", "张三(采购)", "13812904417", "1.2万",
     "3.5 电话,有意向;3/12 拜访", "展会"],
    ["合{n}五金厂", "2026.2.6", "李经理", 13912904417, 40000, "", "同上"],
    ["明{n}塑胶（苏州）有限公司", 46063, "王工", "0512-62881234转808", "5-8万", "", ""],
    ["合计", "", "", "", 92000, "", ""],
]  # fmt: skip
CARDS = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0;=E4=B8=89\r\n"
    "TEL;CELL:13812904417\r\nPHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQ\r\n ABAAD/2wBD\r\n\r\n"
    "END:VCARD\r\nBEGIN:VCARD\nVERSION:3.0\nN:李;四;;;\nFN:李四\nORG:恒1机械有限公司;采购部\n"
    "item1.TEL:+86 139 1290 4417\nitem1.X-ABLabel:_$!<Mobile>!$_\nBDAY:--0321\nEND:VCARD\n"
    'BEGIN:VCARD\nVERSION:4.0\nFN:王五\nTEL;VALUE=uri;TYPE="voice,cell":tel:+86-137-1290-4417\n'
    "END:VCARD\n"
)


def rows(n: int) -> list[list[object]]:
    """Return a table whose customers no other sample has."""
    return [HEAD, *([str(row[0]).format(n=n), *row[1:]] for row in ROWS)]


def samples() -> dict[str, bytes]:
    """Return one file of every format, each with what its format has of its own."""
    told = [dict(zip(HEAD, row, strict=True)) for row in rows(7)[1:-1]]
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows(1))
    return {
        "甲.xlsx": _xlsx(),
        "乙.xls": _xls(),
        "丙.ods": _ods(),
        "丁.csv": text.encode(),
        "戊.csv": text.replace("恒1", "恒5").encode("gb18030"),
        "己.txt": "\n".join("\t".join(map(str, row)) for row in rows(6)).encode("utf-16"),
        "庚.json": json.dumps(told).encode(),
        "辛.vcf": CARDS.encode(),
    }


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [["2026年客户资料表"], *rows(2)]:
        sheet.append(row)
    sheet.merge_cells("A1:G1")
    sheet.merge_cells("G3:G4")
    sheet["A3"].comment = Comment("王芳:\n3/5 电话", "王芳")
    sheet["A3"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet.row_dimensions[4].hidden = True
    sheet["E5"] = "=1/0"
    other = book.create_sheet("旧")
    other.sheet_state = "hidden"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _xls() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("客户")
    yellow = xlwt.easyxf("pattern: pattern solid, fore_colour yellow")
    for at, row in enumerate(rows(3)):
        for index, cell in enumerate(row):
            sheet.write(at, index, cell, yellow if at == 1 else xlwt.Style.default_style)
    sheet.row(2).hidden = True
    sheet.merge(1, 1, 6, 6)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _ods() -> bytes:
    spaces = " ".join(
        f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{key}:1.0"'
        for key in ("office", "table", "text")
    )
    inside = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows(4)
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="客户">{inside}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return made.getvalue()


# -- damage ---------------------------------------------------------------------------------------


def mutation(content: bytes, number: int) -> bytes:
    """Return the content damaged in the way that a number stands for."""
    dice = random.Random(number)
    if content.startswith(b"PK") and dice.random() < 0.6:
        return _member_damage(content, dice)
    return _damage(content, dice)


def _damage(content: bytes, dice: random.Random) -> bytes:
    broken = bytearray(content)
    match dice.randrange(6):
        case 0:
            return bytes(broken[: dice.randrange(len(broken) + 1)])
        case 1:
            at = dice.randrange(len(broken) + 1)
            return bytes(broken[:at] + bytes(dice.randrange(1, 2_000)) + broken[at:])
        case 2:
            at, size = dice.randrange(len(broken)), dice.randrange(1, 200)
            del broken[at : at + size]
        case 3:
            at, size = dice.randrange(len(broken)), dice.randrange(1, 400)
            broken[at:at] = broken[at : at + size] * dice.randrange(1, 6)
        case _:
            for _ in range(dice.choice((1, 2, 8, 64))):
                broken[dice.randrange(len(broken))] ^= 1 << dice.randrange(8)
    return bytes(broken)


def _member_damage(content: bytes, dice: random.Random) -> bytes:
    """Damage one member, or leave it out, in an archive that is sound otherwise."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        victim = dice.choice(old.namelist())
        for name in old.namelist():
            inside = old.read(name)
            if name == victim and dice.random() < 0.15:
                continue
            with suppress(UnicodeEncodeError):
                hit = name == victim and inside
                new.writestr(name, _damage(inside, dice) if hit else inside)
    return made.getvalue()


# -- reading --------------------------------------------------------------------------------------


def serve(pipe) -> None:
    """Read one file after the other in a bounded process, as the program reads one."""
    limits = Limits()
    worker.settle(limits)
    with suppress(EOFError):
        while True:
            worker.send(pipe, pipe.recv(), limits, "", sparse=False)


class Reader:
    """A child that reads many files; one that dies of a file is followed by another."""

    SECONDS = 30

    def __init__(self) -> None:
        self.deaths = 0
        self.slow = 0
        self._begin()

    def _begin(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._pipe, there = spawn.Pipe()
        self._child = spawn.Process(target=serve, args=(there,), daemon=True)
        self._child.start()
        there.close()

    def read(self, path):
        """Return the workbook, or the refusal or breakdown that the program makes words of."""
        self._pipe.send(path)
        try:
            return collect(self._parts())
        except _RefusedError as refused:
            return refused.args[0]
        except EOFError:
            self.deaths += 1
        except TimeoutError:
            self.slow += 1
        self.close()
        self._begin()
        return None

    def _parts(self) -> Iterator[object]:
        while True:
            if not self._pipe.poll(self.SECONDS):
                raise TimeoutError
            message = self._pipe.recv()
            if isinstance(message, worker.Finished):
                return
            if isinstance(message, worker.Refusal | worker.Breakdown):
                raise _RefusedError(message)
            yield message

    def close(self) -> None:
        """End our own child."""
        self._pipe.close()
        self._child.kill()
        self._child.join()


class _RefusedError(Exception):
    pass
