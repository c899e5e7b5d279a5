"""A list on paper: pages by values, heads on each, nothing lost, A4 either way."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from app.errors import Cancelled, UserError
from app.models.values.forms import Form
from app.services.jobs import Progress
from app.services.lists.sheets import ListSheet, SheetColumn
from app.views.core.paper_apart import write_apart
from app.views.core.paper_list import ListPages, ListPaper, fitted, paper_of, write_list_pdf

HEADS = ("客户名称", "预计金额 ¥", "最近跟单")
LINE = ("恒锐精密机械有限公司", "46.00万", "2026-11-20")


def paper(count, line=LINE, **more):
    right = (False, True, False)
    return ListPaper("客户", "地区 属于 苏州；排序：名称", "2026-11-23 14:46", HEADS, right,
                     (line,) * count, **more)  # fmt: skip


def drawn(pages, number):
    image = QImage(pages.width // 10, pages.height // 10, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    painter.scale(0.1, 0.1)
    pages.draw(painter, number)
    painter.end()
    return image


@pytest.mark.parametrize(
    ("natural", "room", "widths"),
    [
        ([10, 20], 60, [20, 40]),
        ([10, 100, 100], 110, [10, 50, 50]),
        ([30, 40, 200], 120, [30, 40, 50]),
        ([], 50, []),
    ],
)
def test_columns_fill_the_room(natural, room, widths):
    assert fitted(natural, room) == widths


def test_values_stand_as_people_write_them(qapp):
    columns = (SheetColumn("a", "名"), SheetColumn("b", "额", Form.money),
               SheetColumn("c", "日", Form.day), SheetColumn("d", "时", Form.moment),
               SheetColumn("e", "率", Form.rate))  # fmt: skip
    at = datetime.fromisoformat("2026-11-20T09:05")
    lines = [["=1+1", 46_000_000, date(2026, 11, 20), at, 0.198], [None] * 5]
    sheet = ListSheet("表", columns, 2, lambda _progress: iter(lines), ("甲", "乙"))
    made = paper_of(sheet, "现在", ("Sans",), Progress())
    assert made.lines == (
        ("=1+1", "46.00万", "2026-11-20", "2026-11-20 09:05", "19.8%"),
        ("",) * 5,
    )
    assert (made.notes, made.right) == ("甲；乙", (False, True, False, False, True))


def test_every_line_has_its_page_and_every_page_its_heads(qapp):
    pages = ListPages(paper(200))
    assert not pages.sideways
    assert pages.count > 2
    starts = pages._starts
    assert starts == sorted(set(starts))
    first, second = drawn(pages, 0), drawn(pages, 1)
    top = QRect(0, 0, first.width(), pages._top() // 10)
    assert first.copy(top) == second.copy(top)
    assert first != second  # the numbers of the pages
    assert ListPages(paper(0)).count == 1


def test_many_columns_turn_the_paper_and_long_texts_wrap(qapp):
    long = ("很长的一段说明文字" * 12,) * 3
    assert ListPages(paper(3)).sideways is False
    wide = ListPages(paper(3, long))
    assert wide.sideways
    assert wide._highs[0] > ListPages(paper(3))._highs[0] * 2
    assert ListPages(paper(3, long, sideways=False)).sideways is False
    endless = ("字" * 5_000, "", "")
    pages = ListPages(paper(2, endless))
    assert pages._highs[0] <= 6 * pages._metrics.height() + 50
    box = QRect(0, 0, pages.widths[0], pages._highs[0])
    assert pages._cut("字" * 5_000, box).endswith("…")


def test_laying_out_can_be_stopped(qapp):
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        ListPages(paper(3), progress)


def pages_of(path):
    return len(re.findall(rb"/Type\s*/Page\b", path.read_bytes()))


def test_a_pdf_has_all_pages(qapp, tmp_path):
    path = tmp_path / "客户.pdf"
    write_list_pdf(paper(120), path)
    assert path.read_bytes().startswith(b"%PDF")
    assert pages_of(path) == ListPages(paper(120)).count
    assert b"/FontFile" in path.read_bytes()


def test_a_process_of_its_own_writes_it_and_can_be_stopped(qapp, tmp_path):
    path = tmp_path / "客户.pdf"
    write_apart(paper(5), path, write_list_pdf, Progress())
    assert pages_of(path) == 1
    kept = path.read_bytes()
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Cancelled):
        write_apart(paper(5), path, write_list_pdf, stopped)
    assert path.read_bytes() == kept
    assert [one.name for one in tmp_path.iterdir()] == ["客户.pdf"]


def test_a_place_that_is_not_there_is_refused(qapp, tmp_path):
    with pytest.raises(UserError) as raised:
        write_apart(paper(1), tmp_path / "none" / "x.pdf", write_list_pdf, Progress())
    assert raised.value.code == "export_failed"
