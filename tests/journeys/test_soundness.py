"""A book that was not closed in order: checked behind the open window, damage said for good."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app import bootstrap
from app.errors import BookError
from app.services.customers import CustomerDraft
from app.views.core.runner import board
from tests.factories import break_table
from tests.journeys.conftest import PASSPHRASE


@pytest.fixture(params=[None, PASSPHRASE], ids=["plain", "sealed"])
def killed(request, make_book, tmp_path, monkeypatch):
    """Give what a killed program leaves of a book with one customer."""
    monkeypatch.setenv("GENDAN_PASSPHRASE", PASSPHRASE)
    folder, _code = make_book(passphrase=request.param)
    office = bootstrap.open_office(folder)
    office.customers.add(CustomerDraft("试写有限公司"))
    left = shutil.copytree(folder, tmp_path / "killed.gendan")
    office.close()
    return left


def is_due(folder):
    office = bootstrap.open_office(folder)
    found = office.admin.needs_check
    office.close()
    return found


def toast(session):
    return session.shell.toast_box.accessibleName()


def alarm(session):
    found = session.shell.status.findChildren(QWidget, "status_alarm")
    return found[-1] if found else None  # one that was dropped goes a moment later


def words(box):
    return f"{box.text()} {box.informativeText()}"


def opened(qtbot, session):
    qtbot.waitUntil(lambda: session.office is not None, timeout=30_000)
    return session.office


def damaged(folder, table="contract"):
    bootstrap.open_office(folder).close()  # the log would mend the page
    break_table(folder, table, PASSPHRASE)
    return folder


def test_the_window_opens_and_the_check_runs_behind_it(qtbot, run, killed):
    session = run(book=killed)
    office = opened(qtbot, session)
    assert session.cover.page is None
    assert session.shell.page() is not None
    qtbot.waitUntil(
        lambda: toast(session) == "上次没有正常退出，检查过了，数据完好", timeout=30_000
    )
    assert not office.admin.needs_check
    assert alarm(session) is None
    session.end()
    assert not is_due(killed)


def test_a_check_can_be_stopped_from_the_list_of_tasks(qtbot, run, killed):
    session = run(book=killed)
    stopped = []

    def stop():
        for job in board().jobs:
            if job.title == "检查数据":
                stopped.append(job)
                job.stop()

    board().changed.connect(stop)
    office = opened(qtbot, session)
    qtbot.waitUntil(lambda: bool(stopped))
    board().changed.disconnect(stop)
    qtbot.waitUntil(lambda: not board().jobs, timeout=30_000)
    assert office.admin.needs_check
    assert toast(session) == "上次没有正常退出，正在检查数据，可以照常使用"
    assert alarm(session) is None
    session.end()
    assert is_due(killed)


def test_damage_is_told_with_its_part_and_nothing_more_is_saved(qtbot, run, killed, dialogs):
    told = []
    dialogs("error_dialog", lambda box: (told.append(words(box)), box.accept()))
    session = run(book=damaged(killed))
    office = opened(qtbot, session)
    qtbot.waitUntil(lambda: bool(told), timeout=30_000)
    assert told[0].startswith("数据文件有损坏（合同与回款），已停止保存")
    assert "备份" in told[0]
    qtbot.waitUntil(lambda: alarm(session) is not None)
    assert alarm(session).isVisible()
    assert alarm(session).text() == "数据有损坏，不能保存"
    with pytest.raises(BookError) as refused:
        office.customers.add(CustomerDraft("后来的有限公司"))
    assert refused.value.code == "damaged_book"
    assert [one.name for one in office.customers.search("试写")] == ["试写有限公司"]
    session.shell.rebuild()
    dialogs("error_dialog", lambda box: (told.append(words(box)), box.accept()))
    qtbot.mouseClick(alarm(session), Qt.MouseButton.LeftButton)
    assert told[1] == told[0]
    session.end()
    assert is_due(killed)


def test_damage_that_a_page_meets_is_looked_into(qtbot, run, killed, dialogs):
    checked = bootstrap.open_office(killed)
    checked.admin.check_pages()
    checked.close()
    folder = damaged(killed, "feature_field")
    assert not is_due(folder)
    told = []
    session = run(book=folder)
    office = opened(qtbot, session)
    qtbot.waitUntil(lambda: not board().jobs, timeout=30_000)
    assert alarm(session) is None
    dialogs("error_dialog", lambda box: (told.append(words(box)), box.accept()))
    with pytest.raises(BookError):
        office.features.fields()
    qtbot.waitUntil(lambda: bool(told), timeout=30_000)
    assert told[0].startswith("数据文件有损坏（客户特征），已停止保存")
    assert alarm(session) is not None


def test_damage_beside_the_first_page_is_told_and_the_window_goes_on(qtbot, run, killed, dialogs):
    told = []
    dialogs("error_dialog", lambda box: (told.append(words(box)), box.accept()))
    session = run(book=damaged(killed, "customer"))
    opened(qtbot, session)
    qtbot.waitUntil(lambda: bool(told), timeout=30_000)
    assert "（客户）" in told[0]
    assert session.cover.page is None
    assert session.shell.page().PAGE_ID == "today"
    qtbot.waitUntil(lambda: alarm(session) is not None, timeout=30_000)
    session.shell.navigate("settings")
    assert session.shell.page().PAGE_ID == "settings"


def test_another_book_has_no_alarm(qtbot, run, killed, make_book, dialogs):
    dialogs("error_dialog", lambda box: box.accept())
    session = run(book=damaged(killed))
    opened(qtbot, session)
    qtbot.waitUntil(lambda: alarm(session) is not None, timeout=30_000)
    qtbot.waitUntil(lambda: not board().jobs, timeout=30_000)
    sound, _code = make_book("sound", passphrase=None)
    session.switch_to(sound)
    qtbot.waitUntil(lambda: session.office and session.office.folder == sound, timeout=30_000)
    qtbot.waitUntil(lambda: alarm(session) is None)
    session.office.customers.add(CustomerDraft("后来的有限公司"))
