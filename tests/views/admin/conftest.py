"""A window over a small office of two people, for settings."""

from __future__ import annotations

import pytest

from app.prefs import Prefs
from app.services.staff import StaffDraft
from app.views.core import theme as themes
from app.views.core.shell import Shell
from tests.factories import NOW, empty_office


@pytest.fixture
def office(tmp_path):
    """Make an office of a boss and a seller."""
    made = empty_office(
        tmp_path / "a.gendan",
        StaffDraft("林建国", team="总经办", role="boss", addresses=(("mobile", "13800000001"),)),
        StaffDraft("周敏", team="销售一部"),
    )
    yield made
    made.close()


@pytest.fixture
def shell(qtbot, qapp, office):
    """Show a window over the office."""
    made = Shell(themes.install(qapp, "light"), Prefs(), lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.attach(office, office.bus.subscribe)
    made.show()
    made.activateWindow()
    yield made
    made.detach()


@pytest.fixture
def settings(qtbot, shell):
    """Return a function that shows a page of the settings and returns it."""

    def show(section):
        shell.navigate("settings", section=section)
        page = shell.page()
        qtbot.waitUntil(page.section.isVisible)
        return page.section

    return show
