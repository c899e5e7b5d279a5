"""The lock installs the same everywhere and holds what was decided."""

from __future__ import annotations

import re
import tomllib

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.tree import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINS = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", LOCK, re.MULTILINE)
VERSIONS = {str(canonicalize_name(name)): Version(version) for name, version in PINS}
WANTED = (ROOT / "requirements.in").read_text(encoding="utf-8")


def _requirements(text: str) -> dict[str, str]:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {canonicalize_name(r.name): str(r.specifier) for r in map(Requirement, lines)}


def test_no_address():
    assert len(VERSIONS) > 30
    assert "://" not in LOCK
    assert "--index" not in LOCK
    assert "--find-links" not in LOCK


def test_every_pin_has_hashes():
    blocks = re.split(r"^(?=[A-Za-z0-9])", LOCK, flags=re.MULTILINE)
    pinned = [block for block in blocks if "==" in block.split("\n")[0]]
    assert len(pinned) == len(PINS)
    assert [block.split()[0] for block in pinned if "--hash=sha256:" not in block] == []


def test_every_wish_is_locked():
    for name, versions in _requirements(WANTED).items():
        assert name in VERSIONS
        assert SpecifierSet(versions).contains(VERSIONS[name]), name


def test_the_project_asks_for_the_same():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime, _, development = WANTED.partition("# --- development")
    assert "pytest" in _requirements(development)
    assert _requirements("\n".join(project["dependencies"])) == _requirements(runtime)


def test_one_encrypted_engine():
    found = [name for name in VERSIONS if "sqlcipher" in name]
    assert found == ["sqlcipher3"]
    assert VERSIONS["sqlcipher3"] >= Version("0.6.4")


def test_qt_is_the_one_that_was_tried():
    assert Version("6.11") <= VERSIONS["pyside6-essentials"] < Version("6.12")


def test_nothing_refused_came_in():
    refused = {
        "pyside6",
        "pyside6-addons",
        "pyqt5",
        "pyqt6",
        "pandas",
        "lxml",
        "trytond",
        "mutagen",
    }
    assert refused & set(VERSIONS) == set()
