"""What was known of a customer on an earlier day, from the calibration events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select

from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.tables.calibration import CalibrationEvent
from app.services.kpi.raw import as_text


class Calibrated:
    """The values of some calibrated fields of some customers over time."""

    def __init__(self, reader: Reader, customers: Collection[int], fields: Collection[str]) -> None:
        self._known: defaultdict[tuple[int, str], list[tuple[str, str]]] = defaultdict(list)
        events = (
            select(
                CalibrationEvent.customer_id,
                CalibrationEvent.field,
                as_text(CalibrationEvent.on),
                CalibrationEvent.new,
            )
            .where(among(CalibrationEvent.customer_id, customers))
            .where(CalibrationEvent.field.in_(fields), CalibrationEvent.deleted_at == 0)
            .order_by(CalibrationEvent.at, CalibrationEvent.id)
        )
        for customer_id, field, on, new in reader.rows(events):
            self._known[customer_id, field].append((on, new))

    def on(self, customer_id: int, field: str, day: str) -> str:
        """Return the newest value set by the end of an ISO day, empty for none."""
        found = ""
        for on, new in self._known.get((customer_id, field), ()):
            if on <= day:
                found = new
        return found
