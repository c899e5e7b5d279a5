"""A book where nothing may be written is not opened, and says so."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from app.errors import BookError
from app.models.store.book import create_book, open_book

NOBODY = 65534

pytestmark = pytest.mark.skipif(os.name == "nt", reason="folders are protected otherwise there")


@pytest.fixture
def place():
    """Give a folder that another user can look into."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@contextlib.contextmanager
def without_rights(folder):
    """Be somebody who may read the folder and no more."""
    folder.chmod(0o555)
    for file in folder.iterdir():
        file.chmod(0o555 if file.is_dir() else 0o444)
    if os.geteuid() != 0:
        yield
        folder.chmod(0o755)
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_read_only_book_is_told_and_left_alone(place):
    folder = place / "a.gendan"
    create_book(folder, passphrase=None).book.close()
    before = (folder / "book.db").read_bytes()
    with without_rights(folder), pytest.raises(BookError) as told:
        open_book(folder)
    assert told.value.code == "read_only"
    assert (folder / "book.db").read_bytes() == before
