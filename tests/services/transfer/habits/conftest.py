"""Files as the programs of offices write them: openpyxl and xlwt."""

from __future__ import annotations

import openpyxl
import pytest
import xlwt


@pytest.fixture
def book(tmp_path):
    """Write rows as an xlsx of one sheet; ``dress`` gets the sheet before it is saved."""

    def write(rows, dress=None, name="表.xlsx", title="Sheet1"):
        made = openpyxl.Workbook()
        sheet = made.active
        sheet.title = title
        for row in rows:
            sheet.append(row)
        if dress:
            dress(sheet)
        made.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def old_book(tmp_path):
    """Write rows as an xls; ``dress`` gets the workbook and the sheet before it is saved."""

    def write(rows, dress=None, name="表.xls", styles=None):
        made = xlwt.Workbook(encoding="utf-8")
        sheet = made.add_sheet("客户")
        for at, row in enumerate(rows):
            for index, cell in enumerate(row):
                style = (styles or {}).get((at, index))
                if cell is not None or style:
                    sheet.write(at, index, cell, *([style] if style else []))
        if dress:
            dress(made, sheet)
        made.save(str(tmp_path / name))
        return tmp_path / name

    return write
