import zipfile

import pytest
import xlsxwriter

from app.errors import Cancelled, UserError
from app.services.jobs import Progress
from app.services.transfer.limits import Limits
from app.services.transfer.sandbox import read_workbook


def refused(path, **limits):
    with pytest.raises(UserError) as error:
        read_workbook(path, limits=Limits(**limits))
    return error.value.code


def test_rows_come_out_of_the_child_as_they_are(write_csv):
    rows = [f"公司{at},1380000{at:04}" for at in range(5_000)]
    book = read_workbook(write_csv("客户名称,手机\n" + "\n".join(rows)))
    assert len(book.sheets[0].rows) == 5_001
    assert book.sheets[0].rows[5_000] == ["公司4999", "13800004999"]


def test_a_far_away_cell_does_not_fill_the_memory(tmp_path):
    path = tmp_path / "远.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("客户")
    sheet.write_row(0, 0, ["客户名称", "手机"])
    sheet.write_row(1, 0, ["甲公司", "13800000000"])
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    found = read_workbook(path).sheets[0]
    assert (found.name, found.rows[:3]) == (
        "客户",
        [["客户名称", "手机"], ["甲公司", "13800000000"], []],
    )


def test_a_bomb_is_refused(tmp_path):
    path = tmp_path / "炸弹.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"A" * (40 * 1024 * 1024))
    assert refused(path) == "import_too_large"


def test_entities_are_refused(tmp_path):
    path = tmp_path / "笑.xlsx"
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]><workbook>&a8;</workbook>',
        )
    assert refused(path) == "import_damaged"


def test_a_locked_workbook_says_so(tmp_path, fixtures):
    content = (fixtures / "有密码.xlsx").read_bytes()
    path = tmp_path / "有密码.xlsx"
    path.write_bytes(content)
    assert refused(path) == "import_password"


def test_missing_and_empty_files(tmp_path):
    (tmp_path / "空.csv").write_bytes(b"")
    assert refused(tmp_path / "空.csv") == "import_empty"
    assert refused(tmp_path / "没有.csv") == "import_missing"
    assert refused(tmp_path) == "import_missing"


def test_time_runs_out(write_csv):
    assert refused(write_csv("客户名称\n甲\n"), seconds=0.0) == "import_too_slow"


def test_a_person_can_stop_the_reading(write_csv):
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        read_workbook(write_csv("客户名称\n甲\n"), progress=progress)
