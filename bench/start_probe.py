"""Start the real program on a book and print when the window and Today's rows are drawn.

With a number of seconds behind the book it stays that long after the rows and prints the
longest gap of the event loop in that time, in milliseconds.
"""

from __future__ import annotations

import sys
import time

from app.__main__ import main
from app.views.core import quick_start

quick_start.begin()  # what ``main`` does first; the modules below must come after it

from app.views.core import start_session  # noqa: E402

STAY_SECONDS = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0


def _tell(word: str, figure: float | None = None) -> None:
    print(word, time.time() if figure is None else figure, flush=True)


class _Told(start_session.Session):
    def __init__(self, *given):
        super().__init__(*given)
        self.drawn.connect(lambda: _tell("shown"))
        self.opened.connect(lambda: _tell("rows"))
        self.opened.connect(self._stay if STAY_SECONDS else self.shell.close)

    def _stay(self):
        from PySide6.QtCore import QTimer

        from tests.watchdog import Watchdog

        self._dog = Watchdog().__enter__()
        QTimer.singleShot(int(STAY_SECONDS * 1000), self._end)

    def _end(self):
        self._dog.__exit__(None, None, None)
        _tell("gap", self._dog.longest().seconds * 1000)
        print(*self._dog.gaps, sep="\n", file=sys.stderr)
        self.shell.close()


start_session.Session = _Told
sys.exit(main(["--book", sys.argv[1]]))
