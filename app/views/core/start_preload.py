"""Load what the first clicks need, on another thread, so that none of them has to wait."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from app.services.jobs import Progress
from app.views.core import pages

_HEAVY = ("app.views.core.charts",)


def preload(progress: Progress) -> int:
    """Import every screen and the chart library; return how many modules were loaded."""
    wanted = [spec.module for spec in pages.registered()]
    wanted += [name for name in _HEAVY if find_spec(name) is not None]
    for done, name in enumerate(wanted):
        progress.step(done, len(wanted))
        import_module(name)
    return len(wanted)
