"""Code that was read ahead runs at the import, and only then."""

from __future__ import annotations

import inspect
import sys
from importlib import import_module

import pytest

from app.views.core import code_ahead


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Lay a package with modules on the path; running one leaves a mark."""
    monkeypatch.syspath_prepend(str(tmp_path))
    root = tmp_path / f"read_{tmp_path.name}"
    for folder in (root, root / "inner", root / "unused"):
        folder.mkdir()
        (folder / "__init__.py").write_text("ran = [__name__]\n")
    (root / "plain.py").write_text("from .inner import deep\nvalue = deep.value + 1\n")
    (root / "inner" / "deep.py").write_text("value = 41\n\n\ndef told():\n    return value\n")
    (root / "unused" / "never.py").write_text("raise SystemExit\n")
    yield root
    for name in [name for name in sys.modules if name.partition(".")[0] == root.name]:
        del sys.modules[name]


def read(package):
    return list(code_ahead.whole(package.name, (f"{package.name}.unused",)))


def test_reading_runs_nothing_and_leaves_out_what_is_not_used(package):
    (package / "inner" / "deep.py").write_text("raise SystemExit\n")
    below = ["", ".inner", ".inner.deep", ".plain"]
    assert read(package) == [f"{package.name}{part}" for part in below]
    assert not [name for name in sys.modules if name.startswith(package.name)]


def test_the_import_runs_what_was_read_even_when_the_file_is_gone(package):
    read(package)
    source = (package / "inner" / "deep.py").read_text()
    (package / "inner" / "deep.py").unlink()
    assert import_module(f"{package.name}.plain").value == 42
    deep = sys.modules[f"{package.name}.inner.deep"]
    assert deep.__file__ == str(package / "inner" / "deep.py")
    assert deep.__spec__.loader is deep.__loader__
    assert type(deep.__loader__).__module__ != code_ahead.__name__
    (package / "inner" / "deep.py").write_text(source)
    assert inspect.getsource(deep.told).startswith("def told")
    assert list(sys.modules[f"{package.name}"].__path__) == [str(package)]


def test_a_second_import_reads_the_file_again(package):
    read(package)
    assert import_module(f"{package.name}.inner.deep").value == 41
    del sys.modules[f"{package.name}.inner.deep"]
    (package / "inner" / "deep.py").write_text("value = 7  # another length\n")
    assert import_module(f"{package.name}.inner.deep").value == 7


def test_what_is_loaded_is_not_read(package):
    import_module(f"{package.name}.plain")
    before = sys.modules[f"{package.name}.plain"]
    read(package)
    assert import_module(f"{package.name}.plain") is before


def test_a_package_that_is_not_there_has_no_modules():
    assert list(code_ahead.whole("no_such_package_anywhere")) == []
