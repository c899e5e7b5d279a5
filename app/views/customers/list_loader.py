"""Read the customer list on another thread: the newest question wins."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, SignalInstance

from app.i18n import _
from app.models.values.pages import Page
from app.services.customers.bulk import Chosen
from app.services.jobs import Progress
from app.services.lists import ListFilter
from app.services.lists.groups import Grouped
from app.services.lists.orders import Order
from app.services.office import Office
from app.views.core.runner import RunningJob, run_job
from app.views.itemmodels.customer_source import read_window
from app.views.itemmodels.customers import Listed
from app.views.itemmodels.paged import Window
from app.views.lists.state import ListState, ListView

SEARCH_MOST = 5_000


@dataclass(frozen=True, slots=True)
class Answer:
    """One list as read: its filter, number of rows, first rows, and how long it took.

    ``order`` is there for a sort that no index serves, ``grouped`` for a list by groups.
    """

    state: ListState
    wanted: ListFilter
    total: int
    everything: int
    first: Page[Listed]
    rule: str = ""
    more: bool = False
    milliseconds: int = 0
    order: Order | None = None
    drop: tuple[int, int] | None = None
    grouped: Grouped | None = None


class ListLoader(QObject):
    """Ask for lists, counts of views and sums; answers come as signals.

    ``drop`` of an empty answer is the place of the condition without which most customers
    appear, and how many.
    """

    answered = Signal(object)
    counted = Signal(object)
    summed = Signal(object)
    failed = Signal(object)

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._jobs: dict[str, RunningJob] = {}

    def load(self, state: ListState, feature_ids: Sequence[int]) -> None:
        """Read a list; an older question is dropped."""
        job = partial(_read, self._office, state, tuple(feature_ids))
        indexed = self._office.customers.is_indexed(state.sort) and not state.group
        self._ask("list", job, self.answered, "" if indexed else _("正在排序"))

    def count(self, views: Sequence[ListView]) -> None:
        """Count the customers of every view."""
        self._ask("counts", partial(_count, self._office, tuple(views)), self.counted)

    def sum(self, chosen: Chosen) -> None:
        """Add up the expected amounts of the ticked customers."""
        self._ask("sum", partial(_sum, self._office, chosen), self.summed)

    def stop(self) -> None:
        """Drop every question."""
        for job in self._jobs.values():
            job.stop()
        self._jobs.clear()

    def _ask(
        self, name: str, job: Callable[[Progress], Any], told: SignalInstance, title: str = ""
    ) -> None:
        old = self._jobs.pop(name, None)
        if old is not None:
            old.stop()
        running: list[RunningJob] = []

        def came(result: Any) -> None:
            if self._jobs.get(name) is running[0]:
                del self._jobs[name]
                told.emit(result)

        def lost(error: BaseException) -> None:
            if self._jobs.get(name) is running[0]:
                del self._jobs[name]
                self.failed.emit(error)

        running.append(run_job(self, job, came, lost, title=title))
        self._jobs[name] = running[0]


def _read(
    office: Office, state: ListState, feature_ids: tuple[int, ...], progress: Progress
) -> Answer:
    start = time.perf_counter()
    found, rule, more = None, "", False
    if state.text:
        matches = office.customers.matches(state.text, SEARCH_MOST, progress)
        found, rule, more = matches.ids, matches.rule, matches.more
    wanted = state.wanted(found)
    progress.step(0, 0)
    order: Order | None = None
    grouped: Grouped | None = None
    first: Page[Listed] = Page()
    if state.group:
        grouped = office.customers.grouped(wanted, state.group, state.sort, progress)
        total = len(grouped.order)
    elif office.customers.is_indexed(state.sort):
        first = read_window(office, wanted, Window(state.sort), feature_ids)
        progress.step(0, 0)
        total = office.customers.count(wanted)
    else:
        order = office.customers.order(wanted, state.sort, progress)
        total = len(order)
    took = round((time.perf_counter() - start) * 1000)
    progress.step(0, 0)
    everything = office.customers.count(ListFilter())
    drop = None if total else _which_to_drop(office, state, found)
    return Answer(state, wanted, total, everything, first, rule, more, took, order, drop, grouped)


def _which_to_drop(
    office: Office, state: ListState, found: tuple[int, ...] | None
) -> tuple[int, int] | None:
    choices = [
        (at, office.customers.count(state.without(at).wanted(found)))
        for at in range(len(state.where))
    ]
    best = max(choices, key=lambda one: one[1], default=None)
    return best if best is not None and best[1] else None


def _count(office: Office, views: tuple[ListView, ...], progress: Progress) -> dict[str, int]:
    counts: dict[str, int] = {}
    for view in views:
        progress.step(len(counts), len(views))
        counts[view.id] = office.customers.count(view.state().wanted())
    return counts


def _sum(office: Office, chosen: Chosen, _progress: Progress) -> int:
    if chosen.wanted is None:
        ids = tuple(chosen.ids)
        return office.customers.expected_total(ListFilter(ids=ids)) if ids else 0
    total = office.customers.expected_total(chosen.wanted)
    if chosen.without:
        total -= office.customers.expected_total(ListFilter(ids=tuple(chosen.without)))
    return total
