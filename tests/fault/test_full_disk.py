"""A full or failing disk while saving: one clear message, the old state or the new one."""

from __future__ import annotations

import errno
import json

import pytest

from tests.factories import PASSPHRASE

KINDS = ("plain", "sealed")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["ENOSPC", "EIO"])
def test_whichever_write_fails_the_book_is_old_or_new(shim, run_child, tmp_path, kind, name):
    number = getattr(errno, name)
    folder = tmp_path / "office.gendan"
    found = run_child("failing_child.py", folder, number, kind, env={"LD_PRELOAD": str(shim)})
    assert found["calls"] > 5, "the shim does not see the writes"
    outcomes = {one["outcome"] for one in found["tries"]}
    assert len(outcomes - {"saved"}) >= 1, "no call failed"
    assert outcomes <= {"saved", "disk_full", "disk_error"}
    if name == "ENOSPC":
        assert "disk_full" in outcomes
    for one in found["tries"]:
        before, now = tuple(one["before"]), tuple(one["now"])
        assert now in (before, (before[0] + 1, before[1] + 1)), one
        if one["outcome"] == "saved":
            assert now != before, "told as saved and is not there"
        else:
            assert now == before, "told as not saved and is there"
        assert one["again"] == "saved", "saving does not work again"
    assert found["wrong"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_disk_is_told_and_saving_goes_on_later(small_disk, run_child, tmp_path, kind):
    env = {"GENDAN_PASSPHRASE": PASSPHRASE}
    answers = run_child("full_disk_child.py", tmp_path, kind, env=env, before=small_disk)
    full, plain, kept, later, after, check = answers
    assert full["code"] == 1
    error = json.loads(full["out"])["error"]
    assert error["code"] == "disk_full"
    assert error["message"] == "没有存上：磁盘已满"
    assert error["advice"]
    assert (plain["code"], plain["out"]) == (1, "")
    assert plain["err"].startswith("没有存上：磁盘已满\n")
    assert "Traceback" not in full["err"] + plain["err"]
    assert json.loads(kept["out"])["timeline"] == []
    assert later["code"] == 0
    said = [one["content"] for one in json.loads(after["out"])["timeline"]]
    assert "又有空了" in said
    assert json.loads(check["out"])["ok"] is True


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_keeps_what_a_full_disk_refused(small_disk, run_child, tmp_path, kind):
    env = {"GENDAN_PASSPHRASE": PASSPHRASE}
    found = run_child("window_full_disk_child.py", tmp_path, kind, env=env, before=small_disk)
    assert found == {
        "told": "没有存上：磁盘已满 已存的都还在，没存的留在屏幕上。腾出空间后再存一次",
        "shown": True,
        "kept": True,
        "stored": 0,
        "closed": True,
        "later": 1,
        "wrong": [],
    }
