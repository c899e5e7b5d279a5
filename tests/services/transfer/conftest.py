"""Real files for the readers: made here, or the committed samples."""

from __future__ import annotations

import zipfile
from datetime import date, timedelta, timezone
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import xlsxwriter

from app.services.transfer.columns import Reading
from app.services.transfer.read import Choices, read_file

HERE = Path(__file__).parent
CHINA = timezone(timedelta(hours=8))


@pytest.fixture(scope="session")
def samples():
    return HERE / "samples"


@pytest.fixture(scope="session")
def fixtures():
    return HERE / "fixtures"


@pytest.fixture(scope="session")
def reading():
    return Reading(today=date(2026, 11, 20), tz=CHINA)


@pytest.fixture
def write_csv(tmp_path):
    """Write text as a file in the given encoding; return its path."""

    def write(text, name="表.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
        return path

    return write


@pytest.fixture
def write_xlsx(tmp_path):
    """Write a workbook; a sheet is a list of rows, ``dress`` may add what else it needs."""

    def write(sheets, name="表.xlsx", dress=None, **options):
        path = tmp_path / name
        book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd", **options})
        for title, rows in (sheets if isinstance(sheets, dict) else {"Sheet1": sheets}).items():
            sheet = book.add_worksheet(title)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, ["" if cell is None else cell for cell in row])
            if dress:
                dress(book, sheet)
        book.close()
        return path

    return write


@pytest.fixture
def write_ods(tmp_path):
    """Write an OpenDocument sheet from the XML of its rows."""

    def write(rows_xml, name="表.ods", sheet="客户"):
        path = tmp_path / name
        spaces = " ".join(
            f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{key}:1.0"'
            for key in ("office", "table", "text")
        )
        content = (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:body><office:spreadsheet>'
            f'<table:table table:name="{escape(sheet)}">{rows_xml}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>"
        )
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("content.xml", content)
            archive.writestr(
                "META-INF/manifest.xml",
                '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
                'manifest:1.0"/>',
            )
        return path

    return write


@pytest.fixture
def read(reading):
    """Read one file; return its sheets' results."""

    def one(path, **choices):
        return read_file(Path(path), reading, Choices(**choices))

    return one


@pytest.fixture
def drafts(read):
    """Read one file; return the drafts of all its sheets."""

    def all_of(path, **choices):
        return [draft for sheet in read(path, **choices).sheets for draft in sheet.drafts]

    return all_of
