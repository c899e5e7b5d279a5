"""Where the rows of the customer list come from: windows, chosen ids, all in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.models.values.pages import Key, Page, Sort
from app.services.customers.bulk import Chosen
from app.services.customers.drafts import CustomerRow
from app.services.jobs import Progress
from app.services.lists import ListFilter
from app.services.office import Office
from app.views.itemmodels.customers import Listed
from app.views.itemmodels.paged import Window

_PIECE = 1_000


class CustomerSource:
    """Serve the customers of one filter; the total and the first window are read beforehand."""

    def __init__(
        self,
        office: Office,
        wanted: ListFilter,
        total: int,
        feature_ids: Sequence[int] = (),
        first: tuple[Sort, Page[Listed]] | None = None,
    ) -> None:
        self.wanted = wanted
        self.total = total
        self._office = office
        self._feature_ids = tuple(feature_ids)
        self._first = first

    def fetch(self, window: Window) -> Page[Listed]:
        """Return the rows of a window in list order."""
        first, self._first = self._first, None
        start = window.key is None and not window.skip and not window.backward
        if first is not None and start and first[0] == window.sort:
            return first[1]
        return read_window(self._office, self.wanted, window, self._feature_ids)

    def count(self) -> int:
        """Return the number of rows."""
        return self.total

    def anchors(self, sort: Sort, every: int, progress: Progress) -> Iterator[Key]:
        """Yield the keys of the anchor rows."""
        return self._office.customers.anchors(self.wanted, sort, every, progress)


def read_window(
    office: Office, wanted: ListFilter, window: Window, feature_ids: Sequence[int] = ()
) -> Page[Listed]:
    """Return one window of the list with the features that are shown."""
    page = office.customers.page(
        wanted,
        window.sort,
        key=window.key,
        backward=window.backward,
        inclusive=window.inclusive,
        skip=window.skip,
        limit=window.limit,
    )
    rows = _listed(office, page.rows, feature_ids)
    return Page(rows, page.total, page.first_key, page.last_key, page.has_more)


def read_rows(
    office: Office, ids: Sequence[int], feature_ids: Sequence[int] = ()
) -> tuple[Listed, ...]:
    """Return the lines of some customers in their order, with the features that are shown."""
    return _listed(office, office.customers.rows(ids), feature_ids)


def read_chosen(
    office: Office,
    chosen: Chosen,
    sort: Sort,
    feature_ids: Sequence[int],
    progress: Progress,
) -> Iterator[Listed]:
    """Yield the lines of chosen customers in the order of their list; for work in a job."""
    wanted = chosen.wanted or ListFilter(ids=tuple(chosen.ids) or (0,))
    ids = [one for one in office.customers.order(wanted, sort, progress).ids
           if one not in chosen.without]  # fmt: skip
    for start in range(0, len(ids), _PIECE):
        progress.step(start, len(ids))
        yield from read_rows(office, ids[start : start + _PIECE], feature_ids)
    progress.step(len(ids), len(ids))


def _listed(
    office: Office, rows: Sequence[CustomerRow], feature_ids: Sequence[int]
) -> tuple[Listed, ...]:
    ids = [row.id for row in rows]
    known = office.features.of_customers(ids, feature_ids)
    tags = office.customers.tags.of_customers(ids)
    return tuple(
        Listed(
            row,
            {one: known[(row.id, one)] for one in feature_ids if (row.id, one) in known},
            tuple(tag.label for tag in tags.get(row.id, ())),
        )
        for row in rows
    )
