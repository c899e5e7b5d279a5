"""The customer list: its lines, and what only customers are asked for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, literal_column, select

from app.models.store.reader import Reader
from app.models.store.visible import counted_customer
from app.models.tables.customers import Customer
from app.models.tables.staff import Staff
from app.services.customers import fields
from app.services.customers.drafts import CustomerRow
from app.services.lists.spec import ListSpec

_ROW: Any = (
    select(
        Customer.id,
        Customer.name,
        Customer.region,
        Customer.main_contact,
        Customer.main_phone,
        Customer.quality,
        Customer.grade,
        Customer.stage_position,
        Customer.life,
        Customer.expected_fen,
        Customer.next_step_id,
        Customer.next_start_at,
        Customer.next_due_at,
        Customer.owner_id,
        func.coalesce(Staff.name, literal_column("''")),
        Customer.source,
        Customer.industry,
        Customer.code,
        Customer.size,
        Customer.next_plan,
        Customer.radar_score,
        Customer.last_touch_on,
        Customer.created_on,
        Customer.expected_to,
    )
    .select_from(Customer)
    .outerjoin(Staff, Staff.id == Customer.owner_id)
)

CUSTOMERS: ListSpec[CustomerRow] = ListSpec(
    entity=Customer,
    row=_ROW,
    made=CustomerRow._make,
    counted=select().select_from(Customer),
    population=counted_customer,
    fields=fields.FIELDS,
    sorts=fields.SORTS,
    groups=fields.GROUPS,
    sums=fields.SUMS,
    book_kinds=fields.feature_kinds,
    book_field=fields.feature_field,
    book_sort=fields.feature_sort,
    book_group=fields.feature_group,
)


def used_regions(reader: Reader, limit: int = 500) -> list[str]:
    """Return the regions that customers have, in order."""
    chosen = select(Customer.region).where(Customer.deleted_at == 0).distinct()
    return [str(row[0]) for row in reader.rows(chosen.order_by(Customer.region).limit(limit))]
