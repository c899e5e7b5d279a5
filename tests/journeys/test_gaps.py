"""No page lets the window stand still while a large import runs beside it."""

from __future__ import annotations

from datetime import datetime

import pytest

from app import bootstrap
from app.models.values import dates
from app.models.values.clock import FixedClock
from app.prefs import Prefs
from app.services.admin.demo import DemoDraft
from app.services.jobs import Progress
from app.services.lists import ListFilter
from app.views.core import pages
from app.views.core import theme as themes
from app.views.core.runner import board, run_job
from app.views.core.shell import Shell
from tests.watchdog import walk

NOW = datetime(2026, 11, 23, 14, 46, tzinfo=dates.zone("Asia/Shanghai"))
ROWS = 1_000
MOST = 6
"""So many times what the slowest page computes in one turn may be computed beside an import."""
STAY_SECONDS = 0.1


@pytest.fixture
def shell(qtbot, qapp, tmp_path):
    """Open a sample book in a window."""
    clock = FixedClock(dates.to_instant(NOW))
    draft = DemoDraft(customers=160, years=1, seed=4)
    folder = tmp_path / "gaps.gendan"
    made = bootstrap.demo_office(folder, draft, passphrase=None, clock=clock, progress=Progress())
    (made[0] if isinstance(made, tuple) else made).close()
    office = bootstrap.open_office(folder, clock=clock)
    window = Shell(themes.install(qapp, "light"), Prefs(), lambda: NOW.replace(tzinfo=None))
    window.resize(1440, 900)
    window.attach(office, office.bus.subscribe)
    window.show()
    qtbot.addWidget(window)
    yield window
    window.detach()
    board().stop_all()
    office.close()


@pytest.fixture
def sheet(tmp_path):
    """Write many customers with a next step each."""
    lines = [f"新来客户{n:05d},王{n},139{n:08d},2026-11-2{n % 6 + 3}" for n in range(ROWS)]
    path = tmp_path / "新客户.csv"
    path.write_text("\n".join(["客户名称,联系人,手机,下次联系时间", *lines]), "utf-8")
    return path


def slowest(found):
    """Return the page that computed longest in one turn, and that turn."""
    turns = [(gap.busy_seconds, page, gap) for page, gaps in found.items() for gap in gaps]
    return max(turns, key=lambda turn: turn[0])


def test_every_page_goes_on_while_thousands_of_rows_are_imported(qtbot, shell, sheet):
    office = shell.office
    count = office.customers.count(ListFilter())
    customer_id = office.customers.page(ListFilter(), limit=1).rows[0].id
    walk(shell, customer_id, 0)  # once, for what is only made the first time
    before, page, gap = slowest(walk(shell, customer_id, STAY_SECONDS))
    plan = office.transfer.preview([sheet])
    reports = []
    run_job(shell, lambda p: office.transfer.run(plan, progress=p), reports.append, writing=True)
    rounds = []
    while not reports:
        rounds.append(walk(shell, customer_id, STAY_SECONDS))
    assert office.customers.count(ListFilter()) == count + ROWS
    assert set(rounds[0]) == {spec.id for spec in pages.REGISTERED}
    for found in rounds:
        beside, where, turn = slowest(found)
        assert beside <= MOST * before, f"{where}: {turn}\nwithout an import {page}: {gap}"
