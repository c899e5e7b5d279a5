"""The report of a month from the command line."""

import openpyxl
import pytest


@pytest.mark.parametrize(("language", "title"), [("zh", "经营月报"), ("en", "monthly report")])
def test_the_report_is_written_as_a_workbook(gendan, office, tmp_path, language, title):
    path = tmp_path / "m.xlsx"
    answer = gendan("report", "--month", "2026-10", "-o", str(path), "--lang", language, "--json")
    assert (answer.code, answer.json["file"]) == (0, str(path))
    assert title in openpyxl.load_workbook(path).worksheets[0]["A1"].value


def test_the_report_is_written_on_one_page_of_paper(gendan, office, tmp_path, qapp):
    path = tmp_path / "m.pdf"
    assert gendan("report", "--month", "2026-10", "-o", str(path)).code == 0
    written = path.read_bytes()
    assert written.startswith(b"%PDF")
    assert written.count(b"/Type /Page\n") == 1


@pytest.mark.parametrize(
    ("month", "name", "code", "error"),
    [
        ("2026-10", "m.doc", 1, "bad_ending"),
        ("2026-13", "m.xlsx", 1, "bad_period"),
        ("2027-05", "m.pdf", 1, "not_yet"),
        ("2026-10", "none/m.pdf", 1, "export_failed"),
        ("2026-10", "none/m.xlsx", 1, "export_failed"),
    ],
)
def test_a_wrong_wish_writes_nothing(gendan, office, tmp_path, month, name, code, error):
    answer = gendan("report", "--month", month, "-o", str(tmp_path / name), "--json")
    assert (answer.code, answer.json["error"]["code"]) == (code, error)
    assert not list(tmp_path.glob("*.pdf"))
    assert not list(tmp_path.glob("*.xlsx"))
