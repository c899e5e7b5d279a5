"""A hidden page only remembers that it is stale; Tab walks every screen and comes back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QWidget

from app.errors import UserError
from app.models.values.changes import Changes, Kind
from app.views.core import pages
from app.views.core.errors import ErrorBar
from app.views.core.page import Page


class Counted(Page):
    PAGE_ID = "counted"
    WATCHES = frozenset({Kind.customer})

    def __init__(self, view):
        super().__init__(view)
        self.loads = 0
        header = self.add_header("数")
        header.add_tool(QLineEdit())

    def reload(self):
        self.loads += 1


@pytest.fixture
def counted(open_shell, qtbot):
    """Give a shown page in a stack with an empty neighbour."""
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    page = Counted(open_shell.view)
    page = Counted(open_shell.view)
    stack.addWidget(page)
    stack.addWidget(QWidget())
    stack.show()
    yield page
    stack.close()


def _tell(shell, kind):
    shell.signals.changed.emit(Changes({kind: frozenset({1})}))


def test_it_loads_when_it_is_shown(counted):
    assert counted.loads == 1


def test_changes_reload_a_shown_page_once(open_shell, counted, qtbot):
    for _ in range(5):
        _tell(open_shell, Kind.customer)
    qtbot.waitUntil(lambda: counted.loads == 2)
    qtbot.wait(5)
    assert counted.loads == 2


def test_other_kinds_do_nothing(open_shell, counted, qtbot):
    _tell(open_shell, Kind.staff)
    qtbot.wait(5)
    assert counted.loads == 1
    assert not counted.dirty


def test_what_cannot_be_read_is_said_on_the_page_and_tried_again(counted, qtbot):
    trouble = [UserError("damaged_book", "数据文件有损坏", advice="从备份恢复")]

    def reload():
        if trouble:
            raise trouble[0]
        counted.loads += 1

    counted.reload = reload
    counted.refresh()
    bar = counted.findChild(ErrorBar)
    assert bar.isVisible()
    assert bar.accessibleName() == "数据文件有损坏 从备份恢复"
    assert counted.body.indexOf(bar) == 1, "under the header"
    counted.refresh()
    assert counted.findChildren(ErrorBar) == [bar]
    trouble.clear()
    qtbot.mouseClick(bar.retry, Qt.MouseButton.LeftButton)
    assert counted.loads == 2
    assert not bar.isVisible()


def test_a_hidden_page_waits(open_shell, counted, qtbot):
    stack = counted.parent()
    stack.setCurrentIndex(1)
    _tell(open_shell, Kind.customer)
    _tell(open_shell, Kind.customer)
    qtbot.wait(5)
    assert counted.loads == 1
    assert counted.dirty
    stack.setCurrentIndex(0)
    assert counted.loads == 2
    assert not counted.dirty


def test_its_name_is_stable(counted):
    assert counted.objectName() == "page_counted"


@pytest.mark.parametrize(
    "page_id", [spec.id for spec in pages.REGISTERED if spec.group] + ["gallery"]
)
def test_tab_walks_round_and_is_not_trapped(open_shell, qtbot, page_id):
    open_shell.navigate(page_id)
    open_shell.activateWindow()
    open_shell.nav.view.setFocus()
    qtbot.wait(20)
    seen = []
    for _ in range(200):
        here = QApplication.focusWidget()
        if here is None or (len(seen) > 1 and here is seen[0]):
            break
        seen.append(here)
        qtbot.keyClick(here, Qt.Key.Key_Tab)
    assert len(seen) > 2
    assert QApplication.focusWidget() is seen[0]
    assert len(set(seen)) == len(seen)
