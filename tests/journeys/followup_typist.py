"""A person at the window, as a program of its own that can be killed at any moment.

Opens the real program on an encrypted book, saves a number of follow-ups through the form and
says ``saved <text>`` after each, then types one more, says ``kept`` once the footer says that
the draft is kept, and goes on typing until it is killed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.prefs import Prefs, StartOptions
from app.views.core.start_session import Session
from app.views.followups.followup_form import FollowupForm
from app.views.followups.form import write_followup


def wait_until(true):
    """Let the program run until something is true; a minute is the end of patience."""
    last = time.monotonic() + 60
    while not true():
        if time.monotonic() > last:
            raise SystemExit("waited too long")
        QTest.qWait(5)


def say(words):
    """Tell the test, at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def open_form(session):
    """Open 写跟单 for the first customer of Today."""
    page = session.shell.page()
    wait_until(lambda: page.list.current_step() is not None)
    form = write_followup(session.shell.view, page.current_customer())
    wait_until(form.isActiveWindow)
    return form


def main(folder: str, count: int) -> None:
    """Type, save, type, and wait to be killed."""
    application = QApplication(["Gendan"])
    prefs = Prefs()
    session = Session(application, prefs, StartOptions(book=Path(folder), actor="周敏"), bootstrap)
    session.begin()
    wait_until(lambda: session.office is not None)
    for number in range(count):
        form = open_form(session)
        text = f"第 {number + 1} 次跟单 /下周 /增进关系 送样"
        form.happened.entry.set_text(text)
        form.saved.connect(lambda _saved, text=text: say(f"saved {text}"))
        QTest.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        wait_until(lambda: not session.shell.findChildren(FollowupForm))
    form = open_form(session)
    form.happened.entry.set_text("写到一半的话 /明天")
    form.value.grade.pick("4")
    wait_until(lambda: form.footer.state.text() != "")
    say("kept")
    while True:
        QTest.keyClicks(form.happened.entry, "x")
        QTest.qWait(20)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
