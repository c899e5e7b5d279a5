"""``gendan radar check``: the shapes of cli.md, without any book."""

from __future__ import annotations

import json
import struct

from app import bootstrap
from app.cli.main import run


def answered(capsys, *words):
    code = run(["radar", *words, "--json"], bootstrap)
    return code, json.loads(capsys.readouterr().out)


def test_one_code_is_one_report(capsys):
    code, found = answered(capsys, "check", "91350203M0001QAY9B")
    assert code == 0
    assert set(found) == {"code", "kind", "valid", "problem", "suggestions", "decoded"}
    assert (found["kind"], found["valid"]) == ("uscc", False)
    assert "9" in found["problem"]
    assert "91350203M0001QAY99" in found["suggestions"]


def test_several_codes_are_a_list_in_order(capsys):
    code, found = answered(capsys, "check", "91350200776049653A", "13812345678", "没有")
    assert code == 0
    assert [one["kind"] for one in found] == ["uscc", "mobile", "unknown"]
    assert (found[0]["problem"], found[2]["valid"]) == (None, False)


def test_the_table_for_people(capsys):
    assert run(["radar", "check", "91350203M0001QAY9B"], bootstrap) == 0
    assert "第 18 位应为 9" in capsys.readouterr().out


def test_english(capsys):
    assert run(["--lang", "en", "radar", "check", "91350203M0001QAY9B"], bootstrap) == 0
    assert "18" in capsys.readouterr().out


def test_without_codes_it_is_wrong_use(capsys):
    code, found = answered(capsys, "check")
    assert code == 2
    assert found["error"]["message"]


def test_a_pasted_block_from_a_file(capsys, tmp_path):
    file = tmp_path / "block.txt"
    file.write_text("企业名称：苏州明远精密机械有限公司\n备注：见附件", "utf-8")
    code, found = answered(capsys, "parse", str(file))
    assert code == 0
    assert found == {"fields": {"name": "苏州明远精密机械有限公司"}, "rest": "备注：见附件"}


def test_a_file_that_cannot_be_read_is_told(capsys, tmp_path):
    code, found = answered(capsys, "parse", str(tmp_path / "missing.txt"))
    assert code == 1
    assert found["error"]["code"] == "unreadable_text"
    assert found["error"]["advice"]


def test_a_table_of_number_ranges_is_installed(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("GENDAN_CONFIG_DIR", str(tmp_path / "config"))
    record = "江苏|苏州|215000|0512".encode() + b"\0"
    file = tmp_path / "phone.dat"
    file.write_bytes(
        struct.pack("<4si", b"2601", 8 + len(record)) + record + struct.pack("<iiB", 1380512, 8, 1)
    )
    code, found = answered(capsys, "table", str(file))
    assert (code, found) == (0, {"version": "2601", "count": 1})
    _code, told = answered(capsys, "check", "13805127746")
    assert told["decoded"]["place"] == "江苏苏州"
    file.write_bytes(b"x")
    code, found = answered(capsys, "table", str(file))
    assert (code, found["error"]["code"]) == (1, "bad_phone_table")
