"""What every test stands on: no screen, no keyring and no place of the person who runs them."""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
_KEPT = {"GENDAN_MUTATIONS", "GENDAN_OFFICES"}  # how many damaged files, random offices a run tries
for _name in [name for name in os.environ if name.startswith("GENDAN_") and name not in _KEPT]:
    del os.environ[_name]

settings.register_profile("gendan", deadline=None, print_blob=True)  # no timed assertions
settings.load_profile("gendan")


_DIALOG_SECONDS = 15


@pytest.fixture(autouse=True)
def own_places(tmp_path_factory, monkeypatch):
    """Give each test its own folders for books, preferences and logs; return their parent."""
    place = tmp_path_factory.mktemp("places")
    for kind in ("BOOKS", "CONFIG", "LOG"):
        monkeypatch.setenv(f"GENDAN_{kind}_DIR", str(place / kind.lower()))
    return place


@pytest.fixture(autouse=True)
def chinese():
    """Start each test in Chinese, whatever the one before it chose."""
    from app import i18n

    i18n.set_language("zh")


@pytest.fixture
def plain_office(tmp_path):
    """Open a new plain book with a boss and two sellers; its clock is a FixedClock."""
    from tests.factories import office_with

    office = office_with(tmp_path / "plain.gendan", None)
    yield office
    office.close()


@pytest.fixture
def sealed_office(tmp_path):
    """Open a new encrypted book (``factories.PASSPHRASE``) with a boss and two sellers."""
    from tests.factories import PASSPHRASE, office_with

    office = office_with(tmp_path / "sealed.gendan", PASSPHRASE)
    yield office
    office.close()


def pytest_addoption(parser):
    """Let a long run kill more often."""
    parser.addoption("--kills", type=int, default=20, help="how often the kill tests kill")


@pytest.fixture(autouse=True)
def no_dialog_for_ever(request):
    """Close a dialog that nobody answers: its test then fails instead of standing still."""
    if "qapp" not in request.fixturenames:
        yield
        return
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QDialog

    request.getfixturevalue("qapp")
    seen = {}

    def look():
        modal = QApplication.activeModalWidget()
        waited = seen.get(id(modal), 0) + 1
        seen.clear()
        seen[id(modal)] = waited
        if isinstance(modal, QDialog) and waited > _DIALOG_SECONDS:
            modal.done(0)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(1000)
    yield
    timer.stop()
    drop_windows()


def drop_windows():
    """Delete what a test left open: a later one must neither polish it nor lose the focus to it."""
    from PySide6.QtCore import QCoreApplication, QEvent, Qt
    from PySide6.QtWidgets import QApplication

    for window in QApplication.topLevelWidgets():
        # a completer owns its list, and does not notice when somebody else deletes it
        if window.parent() is None and window.windowType() != Qt.WindowType.Popup:
            window.hide()
            window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session", autouse=True)
def no_garbage_on_other_threads():
    """Collect on the tests' own thread alone, as the program does on the window's."""
    gc.disable()


@pytest.fixture(autouse=True)
def garbage_between_tests():
    """Collect what a test has left behind."""
    from app.views.core import quick_start

    yield
    quick_start.collect_due()


@pytest.fixture(scope="session")
def qapp_args():
    """Name the program as it names itself."""
    return ["Gendan"]
