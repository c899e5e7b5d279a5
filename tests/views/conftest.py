"""A window over a small sample office, for the pages of figures."""

from __future__ import annotations

import shutil
from datetime import datetime

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.models.values import dates
from app.models.values.clock import FixedClock
from app.prefs import Prefs
from app.services.admin.demo import DemoDraft
from app.services.jobs import Progress
from app.views.core import theme as themes
from app.views.core.runner import board
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


@pytest.fixture(scope="session")
def picture_book(tmp_path_factory):
    """Make the office of the pictures once; tests copy it."""
    from tests.factories import picture_office

    folder = tmp_path_factory.mktemp("picture") / "picture.gendan"
    picture_office(folder).close()
    return folder


@pytest.fixture
def picture(qtbot, qapp, picture_book, tmp_path):
    """Open a copy of the pictures' office in a window, used by 周敏."""
    folder = tmp_path / "picture.gendan"
    shutil.copytree(picture_book, folder)
    office = bootstrap.open_office(folder, clock=FixedClock(dates.to_instant(NOW)))
    office.staff.act_as("周敏")
    shell = Shell(themes.install(qapp, "light"), Prefs(), lambda: NOW.replace(tzinfo=None))
    shell.resize(1440, 900)
    shell.attach(office, office.bus.subscribe, person="周敏", role="销售")
    shell.show()
    qtbot.addWidget(shell)
    shell.activateWindow()
    yield shell
    shell.detach()
    board().stop_all()
    office.close()


@pytest.fixture
def dialogs(qtbot):
    """Return a function that does something in the next dialog of a name, once it is shown."""
    timers = []

    def answer(name, act):
        timer = QTimer()
        timers.append(timer)

        def look():
            found = [one for one in QApplication.topLevelWidgets() if one.objectName() == name]
            shown = [one for one in found if one.isVisible()]
            if shown:
                timer.stop()
                try:
                    act(shown[0])
                except BaseException:
                    shown[0].reject()  # else the loop of the dialog would never end
                    raise

        timer.timeout.connect(look)
        timer.start(5)
        return timer

    yield answer
    for timer in timers:
        assert not timer.isActive(), "a dialog that was waited for never came"
        timer.stop()


@pytest.fixture
def compose():
    """Return a function that types Han into a field, as an input method does."""

    def type_in(field, text):
        QApplication.sendEvent(field, QInputMethodEvent("pin yin", []))
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(field, event)
        # the key that ended the composition is over; later keys are the person's own
        QTest.keyRelease(field, Qt.Key.Key_Space)

    return type_in
