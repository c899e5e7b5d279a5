"""A theme in force, and a window over an office that is not there yet."""

from __future__ import annotations

import pytest

from app.prefs import Prefs
from app.views.core import theme as themes
from app.views.core.shell import Shell


@pytest.fixture
def theme(qapp):
    """Give a fresh light theme at 100 %."""
    made = themes.install(qapp, "light", 100)
    yield made
    made.use("light", 100)


@pytest.fixture
def prefs(tmp_path):
    """Give preferences in a file of their own."""
    return Prefs(tmp_path / "prefs.json")


@pytest.fixture
def shell(qtbot, theme, prefs):
    """Give a shown window without a book."""
    made = Shell(theme, prefs)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    return made


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Give the office of the pictures."""
    from tests.factories import picture_office

    made = picture_office(tmp_path_factory.mktemp("books") / "p.gendan")
    yield made
    made.close()


@pytest.fixture
def open_shell(shell, office, qtbot):
    """Give the window with the office attached, on Today."""
    shell.attach(office, office.bus.subscribe, person="周敏", role="销售")
    yield shell
    shell.detach()
    qtbot.wait(1)
