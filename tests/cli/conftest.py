"""Run the command line in this process: the same function that the program calls."""

from __future__ import annotations

import io
import json
import shutil
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from app import bootstrap
from app.cli.main import run
from tests.factories import NOW


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return the one document on standard output."""
        return json.loads(self.out)


@pytest.fixture
def book(tmp_path):
    """Name the place of this test's book."""
    return tmp_path / "office.gendan"


@pytest.fixture
def gendan(book, capfd, monkeypatch):
    """Return a function that runs one command on the test's book at the pictures' moment."""
    monkeypatch.setenv("GENDAN_NOW", NOW.isoformat())

    def call(*words: str, stdin: str = "") -> Answer:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        code = run(["--book", str(book), *words], bootstrap)
        out, err = capfd.readouterr()
        return Answer(code, out, err)

    return call


@pytest.fixture(scope="session")
def picture_book(tmp_path_factory):
    """Make the book of the pictures once."""
    from tests.factories import picture_office

    folder = tmp_path_factory.mktemp("pictures") / "office.gendan"
    picture_office(folder).close()
    return folder


@pytest.fixture
def office(book, picture_book):
    """Put a closed copy of the book of the pictures in the test's place."""
    return shutil.copytree(picture_book, book)
