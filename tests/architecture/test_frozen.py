"""The frozen program holds what the program reads and asks for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from installer import contents
from tests.architecture.tree import APP, ROOT, at, imports, modules

SEEDS = [file for file in (ROOT / "resources" / "seed").rglob("*") if file.is_file()]


def _collected() -> set[str]:
    return {f"{folder}/{file.name}" for file, folder in contents.data_files()}


def test_what_is_read_as_a_file_goes_along():
    collected = _collected()
    revisions = [f"app/{file.relative_to(APP).as_posix()}" for file in APP.rglob("versions/*.py")]
    seeds = [f"resources/{f.relative_to(ROOT / 'resources').as_posix()}" for f in SEEDS]
    assert len(revisions) > 0
    assert len(seeds) > 0
    assert {*revisions, *seeds, "app/models/values/pinyin.txt", "./LICENSE"} <= collected


def test_modules_and_sources_of_texts_do_not_go_along_as_files():
    assert not {name for name in _collected() if name.endswith((".po", ".pyc", "bootstrap.py"))}


def test_nothing_that_the_program_imports_is_left_out():
    wrong = [
        f"{at(path, node)} imports {name}"
        for path in modules()
        for node, name in imports(path)
        if any(f"{name}.".startswith(f"{one}.") for one in contents.UNUSED)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "dropped"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", False),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", False),
        ("PySide6\\plugins\\platforms\\qwindows.dll", False),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", True),
        ("PySide6/Qt/lib/libQt6EglFsKmsSupport.so.6", True),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", True),
        ("PySide6\\plugins\\tls\\qschannelbackend.dll", True),
        ("PySide6/Qt/plugins/imageformats/libqsvg.so", False),
        ("PySide6/Qt/translations/qtbase_de.qm", True),
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", False),
        ("gendan-0.1.0.dist-info/direct_url.json", True),
        ("gendan-0.1.0.dist-info/METADATA", False),
    ],
)
def test_parts_of_qt_that_no_desktop_needs_are_left_out(name, dropped):
    assert contents.is_dropped(name) is dropped


@pytest.mark.nightly
@pytest.mark.timeout(1800)
def test_the_frozen_program_does_what_the_sources_do(tmp_path):
    built = subprocess.run(
        [sys.executable, ROOT / "installer" / "build.py", "--place", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    assert "parts, texts and figures equal the sources" in built.stdout
