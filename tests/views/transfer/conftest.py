"""The import page in a window over the office of the pictures."""

from __future__ import annotations

import pytest
import xlsxwriter

from app.prefs import Prefs
from app.views.core import theme as themes
from app.views.core.runner import board
from app.views.core.shell import Shell
from tests.factories import NOW, picture_office


@pytest.fixture
def office(tmp_path):
    made = picture_office(tmp_path / "p.gendan")
    yield made
    made.close()


@pytest.fixture
def window(qtbot, qapp, office, tmp_path):
    shell = Shell(themes.install(qapp, "light"), Prefs(tmp_path / "prefs.json"), lambda: NOW)
    qtbot.addWidget(shell)
    shell.resize(1440, 900)
    shell.attach(office, office.bus.subscribe)
    shell.show()
    yield shell
    shell.detach()
    board().stop_all()


@pytest.fixture
def page(window):
    window.navigate("transfer")
    return window.page()


@pytest.fixture
def sheet(tmp_path):
    """Write a workbook of one sheet and return its path."""

    def write(*rows, name="客户名单.xlsx"):
        path = tmp_path / name
        with xlsxwriter.Workbook(str(path)) as book:
            made = book.add_worksheet("客户")
            for at, row in enumerate(rows):
                made.write_row(at, 0, row)
        return path

    return write


@pytest.fixture
def step(qtbot, page):
    """Return a function that goes on and waits for the step of a number."""

    def go(number):
        page.go_on()
        qtbot.waitUntil(lambda: page.job.step == number and page._running is None, timeout=20_000)
        qtbot.waitUntil(lambda: not page.mapping._waiting, timeout=20_000)

    return go
