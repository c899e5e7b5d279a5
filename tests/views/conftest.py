"""A window over a small sample office, for the pages of figures."""

from __future__ import annotations

import shutil
from datetime import datetime

import pytest

from app import bootstrap
from app.models.values import dates
from app.models.values.dates import FixedClock
from app.prefs import Prefs
from app.services.admin.demo import DemoDraft
from app.services.jobs import Progress
from app.views.core import theme as themes
from app.views.core.shell import Shell

ZONE = dates.zone("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 14, 46, tzinfo=ZONE)


@pytest.fixture(scope="session")
def demo_book(tmp_path_factory):
    """Make a sample book once; tests copy it."""
    folder = tmp_path_factory.mktemp("demo") / "demo.gendan"
    clock = FixedClock(dates.to_instant(NOW))
    draft = DemoDraft(customers=160, years=3, seed=4)
    office = bootstrap.demo_office(folder, draft, passphrase=None, clock=clock, progress=Progress())
    (office[0] if isinstance(office, tuple) else office).close()
    return folder


@pytest.fixture
def window(qtbot, qapp, demo_book, tmp_path):
    """Open a copy of the sample book in a window of the usual size."""
    folder = tmp_path / "demo.gendan"
    shutil.copytree(demo_book, folder)
    office = bootstrap.open_office(folder, clock=FixedClock(dates.to_instant(NOW)))
    shell = Shell(themes.install(qapp, "light"), Prefs(), lambda: NOW.replace(tzinfo=None))
    shell.resize(1440, 900)
    shell.attach(office, office.bus.subscribe)
    shell.show()
    qtbot.addWidget(shell)
    yield shell
    shell.detach()
    office.close()
