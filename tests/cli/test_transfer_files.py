"""Files that are no use, plain headings, options, and exports from the command line."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import pytest

HERE = Path(__file__).parents[1] / "services" / "transfer"
BOOK = HERE / "samples" / "客户资料-2026.xlsx"


@pytest.fixture
def write(tmp_path):
    """Write a text file and return its path."""

    def one(text, name="表.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return str(path)

    return one


@pytest.fixture
def everything(gendan, tmp_path):
    """Return all rows of the book."""

    def read():
        path = tmp_path / "everything.json"
        assert gendan("export", "all", "-o", str(path), "--json").code == 0
        return json.loads(path.read_text("utf-8"))

    return read


def _cut(path):
    path.write_bytes(BOOK.read_bytes()[:20_000])


def _bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"0" * (20 * 1024 * 1024))


def _locked(path):
    path.write_bytes((HERE / "fixtures" / "有密码.xlsx").read_bytes())


@pytest.mark.parametrize(
    ("name", "make", "code"),
    [
        ("坏.xlsx", _cut, "import_damaged"),
        ("炸.xlsx", _bomb, {"import_too_large", "import_damaged"}),
        ("锁.xlsx", _locked, "import_password"),
        ("空.csv", lambda path: path.write_bytes(b""), "import_empty"),
        ("头.csv", lambda path: path.write_text("客户名称,手机\n", "utf-8"), "import_empty"),
        ("乱.csv", lambda path: path.write_text("一,二\n3,4\n", "utf-8"), "import_no_table"),
        ("无.csv", lambda _path: None, "import_missing"),
        ("空夹", lambda path: path.mkdir(), "import_empty"),
        ("图.pdf", lambda path: path.write_bytes(b"%PDF-1.4\x00\x01"), "import_format"),
    ],
)
def test_a_file_of_no_use_is_one_clear_message(
    gendan, office, tmp_path, everything, name, make, code
):
    before = everything()
    path = tmp_path / name
    make(path)
    answer = gendan("import", str(path), "--json")
    assert answer.code == 1
    error = answer.json["error"]
    assert error["code"] in ({code} if isinstance(code, str) else code)
    assert name in error["message"]
    assert error["advice"]
    shown = gendan("import", str(path))
    assert (shown.code, shown.out) == (1, "")
    assert error["message"] in shown.err
    assert everything() == before


def test_one_bad_file_does_not_keep_the_others_out(gendan, office, tmp_path, write):
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    good = write("客户名称,来源\n新来的有限公司,展会\n", "好.csv")
    answer = gendan("import", str(tmp_path / "坏.xlsx"), good, "--json")
    assert answer.code == 1
    bad, fine = answer.json["files"]
    assert (bad["file"], bad["kind"], len(bad["errors"])) == ("坏.xlsx", None, 1)
    assert (fine["file"], fine["created"]) == ("好.csv", 1)
    assert gendan("show", "新来的有限公司", "--json").code == 0


PLAIN = {
    "customers": "客户编号,客户名称,创建日期,来源,行业,区划码,负责人,联系人,手机\n"
    "Z1,甲一有限公司,2026-01-02,展会,机械,320500,陈立,王芳,13800000001\n",
    "contracts": "合同编号,客户名称,合同名称,签约日期,合同金额,合同状态,合同性质,签约人,业绩分成\n"
    'Z-1,甲一有限公司,设备,2026-02-03,1000,执行中,新签,陈立,"陈立:60,周敏:40"\n',
    "payments": "回款编号,合同编号,客户名称,回款日期,回款金额,备注\n"
    "ZP1,Z-1,甲一有限公司,2026-02-04,-5,\nZP2,Z-1,甲一有限公司,2026-02-05,500,尾款\n",
    "followups": "客户名称,跟进时间,跟进方式,方向,结果,通话时长(秒),跟进内容,跟进人\n"
    "甲一有限公司,2026-01-05 09:00,电话,去,接通,65,谈,陈立\n"
    "甲一有限公司,2026-01-06 09:00,电话,去,未接,,,陈立\n",
    "staff": "姓名,部门,岗位,入职日期,离职日期,手机,邮箱,QQ,微信\n"
    "新同事,五部,销售,2026-01-01,,13900000001,x@y.cn,10001,wx9\n",
    "opportunities": "商机名称,客户名称,预计金额,创建日期,负责人\n"
    "二期,甲一有限公司,88000,2026-03-04,陈立\n",
    "contacts": "客户名称,姓名,职务,手机,电话,邮箱,QQ,微信\n"
    "甲一有限公司,李强,经理,13900000002,0512-66668888,l@q.cn,10002,wx8\n",
    "next_steps": "客户名称,下步时间,计划类型,下步事务,负责人\n"
    "甲一有限公司,下周,签约回款,带合同,陈立\n",
    "products": "产品编号,产品名称,单位,单价\nQ1,泵,台,1200.5\n",
}


def test_plain_headings_map_by_themselves_under_their_kind(gendan, office, write, everything):
    before = everything()
    for kind, text in PLAIN.items():
        answer = gendan("import", write(text, f"{kind}.csv"), "--kind", kind, "--json")
        assert answer.code == 0, answer.out
        (tally,) = answer.json["files"]
        rows = text.count("\n") - 1
        assert (tally["kind"], tally["rows"], tally["created"]) == (kind, rows, rows)
        assert tally["warnings"] == []
    after = everything()
    fresh = {kind: [row for row in after[kind] if row not in before[kind]] for kind in PLAIN}
    (customer,) = fresh["customers"]
    assert (customer["code"], customer["region_code"], customer["owner"]) == (
        "Z1",
        "320500",
        "陈立",
    )
    assert fresh["contracts"][0]["shares"] == "陈立:60,周敏:40"
    refund, paid = sorted(fresh["payments"], key=lambda row: row["amount_fen"])
    assert (refund["amount_fen"], refund["note"], paid["amount_fen"]) == (-500, "退款", 50_000)
    assert [row["duration_s"] for row in fresh["followups"]] == [65, None]
    assert fresh["staff"][0]["wechat"] == "wx9"
    assert fresh["products"][0]["price_fen"] == 120_050
    assert fresh["next_steps"][0]["when"] == "next_week"
    assert len(fresh["contacts"]) == 2


def test_options_reach_the_import(gendan, office, write):
    path = write("甲方,谁的,手机号\n某某有限公司,没有此人,13800000001\n")
    refused = gendan("import", path, "--kind", "contracts", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "import_missing_column")
    told = ("--map", "name=甲方", "--map", "owner=谁的", "--owner", "陈立", "--policy", "skip")
    answer = gendan("import", path, "--kind", "customers", *told, "--json")
    assert answer.code == 0
    (tally,) = answer.json["files"]
    assert (tally["created"], [one["value"] for one in tally["warnings"]]) == (1, ["没有此人"])
    assert gendan("show", "某某有限公司", "--json").json["owner"] == "陈立"
    again = gendan("import", path, "--kind", "customers", *told, "--json").json["files"][0]
    assert (again["skipped"], again["created"], again["updated"]) == (1, 0, 0)
    assert gendan("import", path, "--map", "name", "--json").code == 2
    assert gendan("import", path, "--owner", "没有此人", "--json").code == 1
    sheet = gendan("import", str(BOOK), "--sheet", "没有这页", "--json")
    assert (sheet.code, sheet.json["error"]["code"]) == (1, "import_sheet")


def test_gbk_and_semicolons_are_read(gendan, office, write):
    path = write("客户名称;来源\n某甲有限公司;展会\n", encoding="gb18030")
    assert gendan("import", path, "--json").json["files"][0]["created"] == 1


@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
def test_an_export_of_everything_fills_an_empty_book(gendan, office, tmp_path, everything, form):
    from app import bootstrap
    from app.cli.main import run

    before = everything()
    target = tmp_path / f"all-{form}"
    answer = gendan("export", "all", "--format", form, "-o", str(target), "--json")
    assert answer.code == 0
    assert {kind: answer.json[kind] for kind in before} == {
        kind: len(rows) for kind, rows in before.items()
    }
    other = ["--book", str(tmp_path / "other.gendan")]
    assert run([*other, "new", "--no-encryption"], bootstrap) == 0
    # a name without a suffix: what the file is shows in its content
    named = target if target.is_dir() else target.rename(target.with_suffix(f".{form}"))
    assert run([*other, "import", str(named)], bootstrap) == 0
    assert run([*other, "export", "all", "-o", str(tmp_path / "o.json")], bootstrap) == 0
    after = json.loads((tmp_path / "o.json").read_text("utf-8"))
    for kind, rows in before.items():
        assert _unordered(after[kind]) == _unordered(rows), kind


def _unordered(rows):
    return sorted(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)


def test_one_kind_as_csv_and_as_people_see_it(gendan, office, tmp_path):
    path = tmp_path / "客户.csv"
    shown = gendan("export", "customers", "-o", str(path))
    assert (shown.code, "客户" in shown.out) == (0, True)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 31
    assert all(row["客户名称"] and row["负责人"] for row in rows)


def test_csv_for_programs_that_know_only_gbk(gendan, office, tmp_path):
    path = tmp_path / "客户.csv"
    assert gendan("export", "customers", "--encoding", "gbk", "-o", str(path)).code == 0
    assert path.read_bytes().decode("gb18030").startswith("客户编号,客户名称")
    answer = gendan("import", str(path), "--dry-run", "--json")
    assert (answer.json["files"][0]["duplicates"], answer.json["files"][0]["errors"]) == (31, [])


def test_an_export_goes_nowhere_strange(gendan, office, tmp_path):
    answer = gendan("export", "all", "-o", str(tmp_path / "no" / "x.xlsx"), "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "export_place")
    assert gendan("export", "bogus", "-o", "x", "--json").code == 2
    long = gendan("export", "customers", "-o", str(tmp_path / f"{'长' * 100}.xlsx"), "--json")
    assert (long.code, long.json["error"]["code"]) == (1, "export_failed")
    missing = gendan("import", f"{'长' * 100}.csv", "--json")
    assert (missing.code, missing.json["error"]["code"]) == (1, "import_missing")


def test_what_is_too_long_is_cut_and_told(gendan, office, write):
    path = write(f"客户名称,备注\n长文公司,{'长' * 40_000}\n")
    answer = gendan("import", str(path), "--json")
    assert answer.code == 0
    warned = answer.json["files"][0]["warnings"]
    assert [(one["row"], one["value"]) for one in warned] == [(None, "1")]
    assert "太长" in warned[0]["reason"]
