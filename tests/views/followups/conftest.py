"""The office of the pictures in a real window, copied for each test."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtTest import QTest

from app import bootstrap
from app.models.values import dates
from app.models.values.clock import FixedClock
from app.prefs import Prefs
from app.views.core import theme as themes
from app.views.core.runner import board
from app.views.core.shell import Shell
from tests import factories


@pytest.fixture(scope="session")
def picture_book(tmp_path_factory):
    """Make the book of the pictures once."""
    folder = tmp_path_factory.mktemp("picture") / "picture.gendan"
    factories.picture_office(folder).close()
    return folder


@pytest.fixture
def clock():
    """Stand at the moment of the pictures."""
    return FixedClock(dates.to_instant(factories.NOW))


@pytest.fixture
def office(picture_book, tmp_path, clock):
    """Open a copy of the pictures' book; 周敏 uses the program."""
    folder = tmp_path / "picture.gendan"
    shutil.copytree(picture_book, folder)
    made = bootstrap.open_office(folder, clock=clock)
    made.staff.act_as("周敏")
    yield made
    made.close()


@pytest.fixture
def window(qtbot, qapp, office):
    """Show the window with Today."""
    shell = Shell(
        themes.install(qapp, "light"), Prefs(), lambda: factories.NOW.replace(tzinfo=None)
    )
    shell.resize(1440, 900)
    shell.show()
    shell.attach(office, office.bus.subscribe, person="周敏", role="销售")
    qtbot.addWidget(shell)
    yield shell
    shell.detach()


@pytest.fixture
def today(window):
    """Return the Today page with its list focused."""
    page = window.page()
    page.list.setFocus()
    return page


@pytest.fixture
def choose(today):
    """Return a function that selects the step of a customer and returns its row."""

    def select(customer):
        for at in range(today.model.rowCount()):
            row = today.model.step(at)
            if row is not None and row.item.customer == customer:
                today.list.choose_row(at)
                return row
        raise AssertionError(customer)

    return select


@pytest.fixture
def settle(qapp):
    """Return a function that lets jobs, signals and timers of no time come to their end."""

    def run(milliseconds=20):
        QTest.qWait(milliseconds)
        for pool in (board().reading, board().writing):
            pool.waitForDone(30_000)
        QTest.qWait(1)

    return run
