"""What rows at customers share: finding the customer, and the person in charge."""

from __future__ import annotations

from collections.abc import Sequence

from app.i18n import N_
from app.models.store.reader import Reader
from app.services.transfer.writing.desk import Desk, Entry, Writer
from app.services.transfer.writing.lookup import Customers
from app.services.transfer.writing.wanted import key_of_row


class OwnedWriter(Writer):
    """Find the customers of rows, and who is in charge of each."""

    def __init__(self, desk: Desk, customers: Customers) -> None:
        super().__init__(desk)
        self._customers = customers

    def load_customers(self, reader: Reader, entries: Sequence[Entry]) -> list[int]:
        """Look up the customers of a chunk; 0 stands for one not known."""
        keys = [key_of_row(entry.draft) for entry in entries]
        self._customers.load(reader, (key for some in keys for key in some))
        return [self._customers.find(some)[0] for some in keys]

    def person(self, entry: Entry, field_key: str, name: str, customer_id: int) -> int:
        """Return the person named, else the import's owner, else the customer's."""
        found = self.desk.staff_named(name)
        if name and not found:
            reason = N_("员工名单里没有这个人，记在了客户负责人名下")
            self.desk.warn(entry, field_key, name, reason)
        given = self.desk.owner_id if self.desk.options.owner else 0
        owner = int(self._customers.rows.get(customer_id, {}).get("owner_id") or 0)
        return found or given or owner or self.desk.owner_id

    def name_of(self, customer_id: int) -> str:
        """Return a customer's name."""
        return str(self._customers.rows.get(customer_id, {}).get("name", ""))
