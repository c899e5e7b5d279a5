"""Customers: list, search, card, and every write on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from app.errors import UserError
from app.i18n import N_
from app.models.tables.customers import ContactChannel, Customer
from app.models.values import people, text
from app.models.values.pages import Key, Page, Sort
from app.services.context import Context
from app.services.customers import cards, listing, lives, previews, searching, stages, writing
from app.services.customers.bulk import Bulk, Chosen
from app.services.customers.drafts import (
    ChannelDraft,
    ContactDraft,
    ContactView,
    CustomerCard,
    CustomerDraft,
    CustomerRow,
    Hit,
    Matches,
)
from app.services.customers.previews import Preview
from app.services.customers.tags import TagDraft, Tags
from app.services.jobs import Progress
from app.services.lists import ListFilter
from app.services.lists.listing import Listing

if TYPE_CHECKING:
    from app.services.customers.duplicates import Duplicates

__all__ = [
    "ChannelDraft",
    "ContactDraft",
    "CustomerDraft",
    "Customers",
]

_LAST_ID = 2**63 - 1
RECENT_FIRST = Sort("last_touch_on", True)


class Customers(Listing[CustomerRow]):
    """Everything the program does with customers and the people at them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, listing.CUSTOMERS)
        self.bulk = Bulk(context, self.ids)
        self.tags = Tags(context, self.bulk)

    @cached_property
    def duplicates(self) -> Duplicates:
        """Return what finds customers that may be one, and merges them."""
        from app.services.customers.duplicates import Duplicates

        return Duplicates(self._context)

    # -- reading ---------------------------------------------------------

    def page(
        self,
        wanted: ListFilter,
        sort: Sort = RECENT_FIRST,
        *,
        key: Key | None = None,
        backward: bool = False,
        inclusive: bool = False,
        skip: int = 0,
        limit: int = 200,
    ) -> Page[CustomerRow]:
        """Return one window of the list; see ``Listing.page``."""
        return super().page(
            wanted, sort, key=key, backward=backward, inclusive=inclusive, skip=skip, limit=limit
        )

    def expected_total(self, wanted: ListFilter) -> int:
        """Return the sum of the expected amounts in fen of the customers that match."""
        return self.total(wanted, Customer.expected_fen, Customer.expected_fen >= 0)

    def preview_edit(self, chosen: Chosen, field: str, value: str) -> Preview:
        """Return what bringing a field of the chosen customers to a value would change."""
        return previews.of_edit(self, chosen, field, value)

    def preview_tags(self, chosen: Chosen, draft: TagDraft) -> Preview:
        """Return what changing tags of the chosen customers would change."""
        known = {one.label.casefold(): one.id for one in self.tags.all()}
        return previews.of_tags(self, chosen, draft, known)

    def used_regions(self) -> list[str]:
        """Return the regions that customers have, to choose from."""
        with self._context.read() as reader:
            return listing.used_regions(reader)

    def search(self, query: str, limit: int = 50) -> list[Hit]:
        """Return customers for what was typed: name, phone, contact, pinyin; best first."""
        with self._context.read() as reader:
            return searching.find(reader, query, limit)

    def matches(self, query: str, limit: int = 5_000, progress: Progress | None = None) -> Matches:
        """Return the ids of the customers a query finds, to narrow the list with."""
        with self._context.read() as reader:
            return searching.matches(reader, query, limit, progress or Progress())

    def card(self, customer_id: int) -> CustomerCard:
        """Return one customer whole."""
        with self._context.read() as reader:
            return cards.read_card(reader, customer_id)

    def contacts(self, customer_id: int) -> tuple[ContactView, ...]:
        """Return the people at a customer, the main one first."""
        with self._context.read() as reader:
            return cards.read_contacts(reader, customer_id)

    def resolve(self, named: str) -> int:
        """Return the id of a customer by id, code or exact full name.

        Raises ``UserError`` no_such_customer or several_customers.
        """
        plain = text.fold(named)
        key = people.company_key(named)
        number = int(plain) if plain.isdecimal() and len(plain) < 20 else 0
        with self._context.read() as reader:
            same = or_(
                Customer.code.in_((named.strip(), plain)),
                Customer.name_key == key,
                Customer.id == (number if number <= _LAST_ID else 0),
            )
            alive = (Customer.deleted_at == 0, Customer.merged_into_id == 0)
            found = reader.rows(select(Customer.id, Customer.name).where(same, *alive))
        exact = [row for row in found if row[1] == plain] or list(found)
        if not exact:
            raise UserError(
                "no_such_customer",
                N_("没有这家客户：{name}"),
                advice=N_("写全名、编号，或先用 search 找"),
                name=named,
            )
        if len(exact) > 1:
            raise UserError(
                "several_customers",
                N_("有 {count} 家客户叫 {name}"),
                advice=N_("用客户编号再试一次"),
                count=len(exact),
                name=named,
            )
        return int(exact[0][0])

    def same_phone(self, raw: str) -> list[tuple[int, str]]:
        """Return customers where this number or mail address is already known."""
        number = people.normal_phone(raw)
        normal = number.digits if number else text.fold(raw).lower() if "@" in raw else ""
        if not normal:
            return []
        with self._context.read() as reader:
            found = reader.rows(
                select(Customer.id, Customer.name)
                .join(ContactChannel, ContactChannel.customer_id == Customer.id)
                .where(
                    ContactChannel.normal == normal,
                    ContactChannel.deleted_at == 0,
                    Customer.deleted_at == 0,
                    Customer.merged_into_id == 0,
                )
                .distinct()
            )
        return [(row[0], row[1]) for row in found]

    # -- writing ---------------------------------------------------------

    def add(self, draft: CustomerDraft) -> int:
        """Keep a new customer and return its id."""
        self._context.require("write")
        with self._context.write(N_("新建客户")) as unit:
            return writing.add_customer(unit, draft)

    def change(self, customer_id: int, **fields: Any) -> None:
        """Change plain fields of a customer."""
        self._write(N_("修改客户"), lambda u: writing.change_customer(u, customer_id, fields))

    def edit(self, customer_id: int, field: str, value: str, reason: str = "") -> None:
        """Bring one field of the list to a value told as text; see ``editing.write``."""
        from app.services.customers import editing

        self._write(N_("修改客户"), lambda u: editing.write(u, customer_id, field, value, reason))

    def give_to(self, customer_ids: tuple[int, ...], staff_id: int) -> None:
        """Hand customers to a member of staff."""

        def act(unit: Any) -> None:
            for customer_id in customer_ids:
                writing.give_to(unit, customer_id, staff_id)

        self._write(N_("改负责人"), act)

    def remove(self, customer_ids: tuple[int, ...]) -> None:
        """Put customers into the recycle bin."""

        def act(unit: Any) -> None:
            for customer_id in customer_ids:
                unit.remove(Customer, customer_id)

        self._write(N_("删除客户"), act)

    def add_contact(self, customer_id: int, draft: ContactDraft) -> int:
        """Keep a new contact at a customer and return its id."""
        self._context.require("write")
        with self._context.write(N_("新增联系人")) as unit:
            main = draft.main or not cards.read_contacts(unit, customer_id)
            return writing.add_contact(unit, customer_id, draft, main=main)

    def change_contact(self, customer_id: int, contact_id: int, draft: ContactDraft) -> None:
        """Change a contact and the addresses at this customer."""
        self._write(
            N_("修改联系人"),
            lambda unit: writing.change_contact(unit, customer_id, contact_id, draft),
        )

    def remove_contact(self, customer_id: int, contact_id: int) -> None:
        """End a contact's time at a customer."""
        self._write(
            N_("删除联系人"), lambda unit: writing.remove_contact(unit, customer_id, contact_id)
        )

    def move_stage(self, customer_id: int, position: int, reason: str = "") -> None:
        """Move a customer along the stage path by hand."""
        self._write(
            N_("推进阶段"), lambda u: stages.move_stage(u, customer_id, position, reason=reason)
        )

    def mark_churned(self, customer_id: int, reason: str, competitor: str = "") -> None:
        """Set a customer to 失效 with its reason."""

        def act(unit: Any) -> None:
            stored = unit.stored(Customer, customer_id) or {}
            lost: Mapping[str, Any] = {"lost_fen": stored.get("expected_fen", -1)}
            lives.mark_churned(
                unit, customer_id, {"reason": reason, "competitor": competitor, **lost}
            )

        self._write(N_("标为失效"), act)

    def win_back(self, customer_id: int) -> None:
        """Take a customer out of 失效."""
        self._write(N_("重新激活"), lambda unit: lives.win_back(unit, customer_id))

    def _write(self, label: str, act: Callable[[Any], None]) -> None:
        self._context.require("write")
        with self._context.write(label) as unit:
            act(unit)
