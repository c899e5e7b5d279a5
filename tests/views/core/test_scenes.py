"""Every picture beside the pages can be taken, and shows what its name says."""

from __future__ import annotations

import struct

import pytest

from app import bootstrap
from app.models.values import dates
from app.models.values.clock import FixedClock
from app.views.core import screenshots
from app.views.core.screenshots import SCENES, Look
from tests.views.conftest import NOW


@pytest.fixture
def office(qapp, demo_book):
    """Open the sample office itself: scenes keep nothing of what they show."""
    made = bootstrap.open_office(demo_book, clock=FixedClock(dates.to_instant(NOW)))
    yield made
    made.close()


def _size(file):
    content = file.read_bytes()
    assert content.startswith(b"\x89PNG")
    return struct.unpack(">II", content[16:24])


def _content(office):
    return [file.read_bytes() for file in sorted(office.folder.glob("book.db*"))]


def test_every_scene_is_taken_and_leaves_the_book_alone(office, tmp_path):
    before = _content(office)
    files = screenshots.take(tmp_path, office, Look(width=960, height=540), tuple(SCENES))
    assert [file.stem for file in files] == list(SCENES)
    for file in files:
        wide, high = _size(file)
        assert 200 <= wide <= 960, file.name
        assert 100 <= high <= 540, file.name
    assert _content(office) == before


def test_names_hold_pages_first_then_scenes():
    names = screenshots.names()
    assert names.index("today") < names.index("settings") < names.index("customer")
    assert len(names) == len(set(names))
