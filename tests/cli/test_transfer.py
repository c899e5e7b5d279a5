"""Rows in and back from the command line: import and undo."""

from __future__ import annotations

import openpyxl
import pytest
import xlsxwriter

CUSTOMERS = """客户名称,创建日期,来源,行业,负责人,联系人,手机
恒泰试验有限公司,2026-11-02,展会,生产制造,周敏,王建国,13800000001
恒泰 试验有限公司,2026-11-02,展会,生产制造,周敏,李小红,13800000002
没有日期有限公司,,官网,IT,陈立,赵强,13800000003
"""
TALLY = {"file", "kind", "rows", "created", "updated", "skipped", "duplicates", "errors"}


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "客户.csv"
    made.write_text(CUSTOMERS, "utf-8")
    return made


def _count(gendan):
    return len(gendan("search", "有限公司", "--limit", "500", "--json").json)


def test_an_import_is_told_file_by_file_and_taken_back(gendan, office, file):
    before = _count(gendan)
    answer = gendan("import", str(file), "--kind", "customers", "--json")
    assert answer.code == 0
    (tally,) = answer.json["files"]
    assert set(tally) >= TALLY
    assert (tally["kind"], tally["rows"], tally["created"], tally["updated"]) == (
        "customers",
        3,
        2,
        1,
    )
    assert _count(gendan) == before + 2
    card = gendan("show", "恒泰试验有限公司", "--json").json
    assert {one["name"] for one in card["contacts"]} == {"王建国", "李小红"}
    undone = gendan("undo", str(answer.json["batch"]), "--json")
    assert (undone.code, undone.json["conflicts"]) == (0, [])
    assert undone.json["restored"] > 0
    assert _count(gendan) == before
    again = gendan("undo", str(answer.json["batch"]), "--json")
    assert again.code == 1
    assert again.json["error"]["code"]
    assert [one for one in gendan("check", "--json").json["checks"] if not one["ok"]] == []


def test_what_somebody_changed_since_stays_and_is_listed(gendan, office, file):
    batch = gendan("import", str(file), "--json").json["batch"]
    gendan("follow", "没有日期有限公司", "--text", "谈过了")
    card = gendan("show", "没有日期有限公司", "--json").json
    from app.bootstrap import open_office

    changed = open_office(office)
    changed.customers.change(card["id"], note="改过")
    changed.close()
    undone = gendan("undo", str(batch), "--json")
    assert undone.code == 1
    (conflict,) = undone.json["conflicts"]
    assert (conflict["kind"], conflict["id"]) == ("customer", card["id"])
    assert (conflict["name"], conflict["reason"]) == ("没有日期有限公司", "后来有人在上面做了事")
    assert gendan("show", "没有日期有限公司", "--json").code == 0
    assert gendan("show", "恒泰试验有限公司", "--json").code == 1


def test_a_dry_run_writes_nothing(gendan, office, file):
    before = _count(gendan)
    answer = gendan("import", str(file), "--dry-run", "--json")
    assert (answer.code, answer.json["batch"]) == (0, None)
    assert answer.json["files"][0]["created"] == 2
    assert _count(gendan) == before


def test_a_bad_row_is_named_and_the_others_are_taken(gendan, office, tmp_path):
    rows = "合同编号,客户名称,签约日期,合同金额,合同状态\n"
    rows += "A1,恒锐精密机械有限公司,2026-11-03,12000,执行中\n"
    (tmp_path / "合同.csv").write_text(
        rows + "A2,没有这家有限公司,2026-11-03,abc,执行中\n", "utf-8"
    )
    answer = gendan("import", str(tmp_path / "合同.csv"), "--kind", "contracts", "--json")
    assert answer.code == 1
    (tally,) = answer.json["files"]
    assert tally["created"] == 1
    assert {(one["row"], one["column"]) for one in tally["errors"]} >= {(3, "合同金额")}
    assert all(one["reason"] for one in tally["errors"])


@pytest.mark.parametrize(
    ("name", "content"),
    [("空.csv", b""), ("图.xlsx", b"not a workbook"), ("字.csv", "随便,写写\n1,2\n".encode())],
)
def test_a_useless_file_is_refused(gendan, office, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    answer = gendan("import", str(tmp_path / name), "--json")
    assert answer.code == 1
    found = answer.json
    assert "error" in found or any(one["errors"] for one in found["files"])


def test_a_missing_file_is_refused(gendan, office, tmp_path):
    answer = gendan("import", str(tmp_path / "none.csv"), "--json")
    assert answer.code in (1, 2)
    assert answer.json["error"]["message"]


def test_an_unknown_batch_is_refused(gendan, office):
    answer = gendan("undo", "12345", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "no_such_batch")


def test_people_read_how_to_take_it_back(gendan, office, file):
    shown = gendan("import", str(file)).out
    assert "undo" in shown


def test_a_colour_and_hidden_rows_are_decided_on_the_command_line(gendan, office, tmp_path):
    path = tmp_path / "标色.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("客户")
        sheet.write_row(0, 0, ["客户名称", "来源"])
        sheet.write(1, 0, "标黄试验有限公司", made.add_format({"bg_color": "#FFFF00"}))
        sheet.write(2, 0, "没标试验有限公司")
        sheet.write(3, 0, "藏着试验有限公司")
        sheet.set_row(3, None, None, {"hidden": True})
    colour = ("--map", "grade=底色", "--means", "底色:黄色=A")
    answer = gendan("import", str(path), *colour, "--hidden", "none", "--json")
    assert (answer.code, answer.json["files"][0]["created"]) == (0, 2)
    assert gendan("show", "标黄试验有限公司", "--json").json["grade"] == "big"
    assert gendan("show", "藏着试验有限公司", "--json").code == 1
    assert gendan("import", str(path), "--means", "黄色=A").code == 2


def test_problem_rows_are_saved_to_be_put_right(gendan, office, tmp_path):
    path, problems = tmp_path / "名单.csv", tmp_path / "问题.xlsx"
    path.write_text("客户名称,登记日期\n坏日期试验有限公司,上周三\n", "utf-8")
    assert gendan("import", str(path), "--problems", str(problems), "--json").code == 1
    sheet = openpyxl.load_workbook(problems)["名单"]
    assert [cell.value for cell in sheet["A"]] == ["客户名称", "坏日期试验有限公司"]


def test_a_template_is_written_to_be_filled_in(gendan, office, tmp_path):
    path = tmp_path / "模板.xlsx"
    assert gendan("export", "customers", "--template", "-o", str(path), "--json").code == 0
    assert openpyxl.load_workbook(path).sheetnames == ["客户", "填写说明"]
    assert gendan("export", "all", "--template", "-o", str(path)).code == 2
