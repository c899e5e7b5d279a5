"""States of an import worth a picture, made from a small workbook in a temporary folder."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter
from PySide6.QtWidgets import QDialog, QWidget

from app.models.values.pages import Sort
from app.services.lists import ListFilter
from app.services.transfer.fields import Kind

if TYPE_CHECKING:
    from app.views.core.shell import Shell
    from app.views.transfer.transfer_page import TransferPage

_HEADINGS = (
    "客户名称", "联系人", "手机", "省市", "客户等级", "意向", "预计金额（万）", "登记日期",
    "业务员", "工厂地址", "备注", "传真",
)  # fmt: skip
_ROWS = (
    ("无锡明远机电有限公司", "陆志远", "13800001234", "江苏无锡", "A", "有意向", 12.5,
     "2026/10/8", 0, "无锡新吴区长江路 8 号", "展会加微信，要资料", "0510-8520000"),
    ("苏州合创五金制品厂", "钱敏", "13900005678", "江苏苏州", "B", "待定", 4,
     "2026/10/9", 1, "苏州相城区富元路 16 号", "", ""),
    ("湖州南林木业有限公司", "俞刚", "13700009012", "浙江湖州", "C", "", "",
     "2026/10/12", -1, "湖州南浔区", "", ""),
    ("杭州萧山永固紧固件厂", "孙立", "13600003456", "浙江杭州", "B", "", 6,
     "2026/10/13", 0, "", "", ""),
    ("嘉兴天工精密部件有限公司", "吴丽", "137000012", "浙江嘉兴", "B", "有意向", 8,
     "上周三", 1, "", "", ""),
)  # fmt: skip
_KNOWN = 7


def import_mapping(shell: Shell) -> QWidget:
    """Show the columns of a workbook beside the fields they go to."""
    _open(shell)
    return shell


def import_meanings(shell: Shell) -> QWidget:
    """Show the words of a column and what each of them means."""
    page = _open(shell)
    columns = [row.heading for row in page.mapping.model.rows]
    page.mapping.table.go_to(columns.index("意向"))
    page.mapping.ask_meanings()
    dialog = page.mapping.findChild(QDialog)
    assert dialog is not None
    return dialog


def import_check(shell: Shell) -> QWidget:
    """Show what would become of the rows, at a duplicate."""
    from app.views.core.screenshots import settle

    page = _open(shell)
    page.go_on()
    settle()
    page.check.table.go_to(1)
    return shell


def import_files(shell: Shell) -> QWidget:
    """Show the first step with a file chosen."""
    _choose(shell)
    return shell


def import_confirm(shell: Shell) -> QWidget:
    """Show what will be written, before anything is."""
    from app.views.core.screenshots import settle

    page = _open(shell)
    for _step in range(2):
        page.go_on()
        settle()
    return shell


def paste_grid(shell: Shell) -> QWidget:
    """Show pasted rows, some with problems, at the first of them."""
    from PySide6.QtGui import QGuiApplication

    from app.views.core.screenshots import settle
    from app.views.transfer.paste_dialog import PasteRowsDialog, paste_rows

    shell.navigate("customers")
    page = shell.page()
    assert page is not None
    settle()
    lines = [_HEADINGS, *(map(str, row) for row in _ROWS)]
    QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))
    paste_rows(page.view, page, Kind.customers)
    settle()
    dialog = page.findChild(PasteRowsDialog)
    assert dialog is not None
    settle()
    dialog.go_to_problem()
    return dialog


def _open(shell: Shell) -> TransferPage:
    from app.views.core.screenshots import settle

    page = _choose(shell)
    page.go_on()
    settle()
    return page


def _choose(shell: Shell) -> TransferPage:
    from app.views.transfer.transfer_page import TransferPage

    folder = Path(tempfile.mkdtemp(prefix="gendan-"))
    path = folder / "客户名单-华东-2026.xlsx"
    _write(shell, path)
    shell.navigate("transfer", files=[path])
    page = shell.page()
    assert isinstance(page, TransferPage)
    return page


def _write(shell: Shell, path: Path) -> None:
    office = shell.office
    assert office is not None
    staff = [one.name for one in office.staff.all(with_left=False)][:2] or [""]
    known = office.customers.page(ListFilter(), Sort("name"), limit=_KNOWN).rows
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("客户")
        sheet.write_row(0, 0, _HEADINGS)
        for at, cells in enumerate(_ROWS, start=1):
            person = int(cells[8])
            owner = "李想" if person < 0 else staff[person % len(staff)]
            sheet.write_row(at, 0, [*cells[:8], owner, *cells[9:]])
        sheet.write(1, 0, _ROWS[0][0], book.add_format({"bg_color": "#FFFF00"}))
        sheet.set_row(len(_ROWS), None, None, {"hidden": True})
        for at, row in enumerate(known, start=len(_ROWS) + 1):
            sheet.write_row(
                at, 0, (row.name, "陈秀兰", f"1375749882{at % 10}", "", "A", "有意向", 6.4,
                        "2026/10/8", staff[0], "", "展会名片", "")
            )  # fmt: skip
