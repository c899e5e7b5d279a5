"""Start the program: the window, or one command when one is named."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.prefs import StartOptions

_VALUED = {"--book": "book", "--lang": "language", "--actor": "actor", "--now": "now"}
_FLAGS = {"--passphrase-stdin": "passphrase_stdin", "--demo": "demo"}
_LANGUAGES = ("zh", "en")


def main(words: Sequence[str] | None = None) -> int:
    """Open the window, or run the named command; return the exit code (cli.md)."""
    if getattr(sys, "frozen", False):
        # the frozen program is its own reader of files: the child ends in this call
        import multiprocessing

        multiprocessing.freeze_support()
    given = list(sys.argv[1:] if words is None else words)
    options = window_options(given)
    from app import bootstrap

    if options is None:
        from app.cli.main import run

        return run(given, bootstrap)
    from app.views.core import quick_start

    quick_start.begin()
    from app.views.core.start import run_window

    return run_window(options, bootstrap)


def window_options(words: Sequence[str]) -> StartOptions | None:
    """Return what is asked of the window, None when the words belong to the command line.

    Words that the window does not know go to the command line too: it tells what is wrong.
    """
    found: dict[str, Any] = {}
    rest = list(words)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if name in _FLAGS and not equals:
            found[_FLAGS[name]] = True
            continue
        if name not in _VALUED or not (equals or rest):
            return None
        found[_VALUED[name]] = value if equals else rest.pop(0)
    if found.get("language", "zh") not in _LANGUAGES:
        return None
    if "book" in found:
        found["book"] = Path(found["book"])
    return StartOptions(**found)


if __name__ == "__main__":
    sys.exit(main())
