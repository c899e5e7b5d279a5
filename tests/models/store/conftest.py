"""Open books of both kinds, without services on top."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.store.book import create_book
from app.models.store.stamp import Stamp
from tests.factories import CHEAP, PASSPHRASE

DATA_NOW = 1_764_000_000_000


@pytest.fixture(params=["plain", "sealed"])
def book(request, tmp_path):
    """Open a new book of each kind."""
    passphrase = PASSPHRASE if request.param == "sealed" else None
    made = create_book(tmp_path / "office.gendan", passphrase=passphrase, cost=CHEAP)
    yield made.book
    made.book.close()


@pytest.fixture
def stamp():
    """Return a function that makes the stamp of a unit of work."""

    def make(label="", *, now=DATA_NOW, staff_id=7, batch_id=0):
        return Stamp(now, date(2025, 11, 24), staff_id, batch_id, label)

    return make
