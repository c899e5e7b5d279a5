"""业务特征: fields the manager defines, and what was learnt at each customer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.errors import UserError
from app.i18n import N_
from app.models.tables.customers import Customer
from app.models.tables.features import FeatureField, FeatureOption, FeatureValue
from app.services.features import computing, defining
from app.services.features.asking import is_visible, missing, values_by_key
from app.services.features.defining import add_field
from app.services.features.drafts import (
    FeatureDraft,
    FeatureView,
    FieldDraft,
    FieldView,
    OptionView,
    TalkView,
)
from app.services.features.learning import learn, value_rows
from app.services.features.reading import (
    as_shown,
    of_customers,
    read_fields,
    values_of,
    view_of,
)
from app.services.features.spreads import Spread, spread_of

if TYPE_CHECKING:
    from app.models.store.reader import Reader
    from app.services.context import Context
    from app.services.jobs import Progress

__all__ = [
    "FeatureDraft",
    "FeatureView",
    "Features",
    "FieldDraft",
    "FieldView",
    "OptionView",
    "TalkView",
    "add_field",
    "learn",
    "read_fields",
    "require_before_signing",
    "value_rows",
]


def views_of(reader: Reader, customer_id: int) -> list[FeatureView]:
    """Return the fields asked of a customer with what is known of each."""
    asked = select(Customer.kind, Customer.industry).where(Customer.id == customer_id)
    fields = read_fields(reader)
    rows = values_of(reader, customer_id)
    kind, industry = reader.one(asked) or ("", "")
    return [
        view_of(field, rows.get(field.id, []))
        for field in fields
        if field.applies_to(kind, industry) or field.id in rows
    ]


def require_before_signing(reader: Reader, customer_id: int) -> None:
    """Refuse a contract while a field that must be known before it is not."""
    wanted = select(FeatureField.id).where(
        FeatureField.before_signing,
        FeatureField.deleted_at == 0,
        FeatureField.archived.is_(False),
    )
    if reader.scalar(wanted.limit(1)) is None:
        return
    views = views_of(reader, customer_id)
    values = values_by_key(views)
    lacking = [
        one.field.label
        for one in views
        if one.field.before_signing and not one.shown and is_visible(one.field, values)
    ]
    if lacking:
        raise UserError(
            "features_missing",
            N_("签约前还要填：{fields}"),
            advice=N_("在客户页的业务特征里填好，再登记合同；合同还没有存"),
            fields="、".join(lacking),
        )


class Features:
    """Define fields and read or write what is known at a customer."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def fields(self, *, with_archived: bool = False) -> list[FieldView]:
        """Return the living fields in order; hidden ones on request only."""
        with self._context.read() as reader:
            return read_fields(reader, with_archived=with_archived)

    def defined(self) -> list[FieldView]:
        """Return every field with its expressions as people write them, for the designer."""
        fields = self.fields(with_archived=True)
        return [as_shown(one, fields) for one in fields]

    def fill_counts(self) -> dict[int, int]:
        """Return at how many customers each field is known; reads every value, so in a job."""
        counted = func.count(FeatureValue.customer_id.distinct())
        chosen = select(FeatureValue.field_id, counted).where(FeatureValue.deleted_at == 0)
        with self._context.read() as reader:
            rows = reader.rows(chosen.group_by(FeatureValue.field_id))
        return {row[0]: row[1] for row in rows}

    def of_customer(self, customer_id: int) -> list[FeatureView]:
        """Return the fields asked of a customer with what is known of each."""
        with self._context.read() as reader:
            return views_of(reader, customer_id)

    def missing(self, customer_id: int) -> list[FieldView]:
        """Return the required fields that nothing is known of at a customer."""
        return missing(self.of_customer(customer_id))

    def of_customers(
        self, customer_ids: Sequence[int], field_ids: Sequence[int]
    ) -> dict[tuple[int, int], str]:
        """Return what is known of some fields at many customers, as it is shown in lists."""
        if not customer_ids or not field_ids:
            return {}
        with self._context.read() as reader:
            found = of_customers(reader, customer_ids, field_ids)
        return {place: view.shown for place, view in found.items()}

    def spread(self, field_id: int) -> Spread:
        """Return how the values of a field are spread and what they win; in a job.

        Raises ``UserError`` not_found.
        """
        with self._context.read() as reader:
            return spread_of(reader, field_id)

    def learn(self, customer_id: int, drafts: Sequence[FeatureDraft]) -> None:
        """Write features of a customer."""
        self._context.require("write")
        with self._context.write(N_("填业务特征")) as unit:
            for draft in drafts:
                learn(unit, customer_id, draft)

    # -- defining ------------------------------------------------------------------------

    def define(self, drafts: Sequence[FieldDraft]) -> list[int]:
        """Add fields after the present ones; return their ids. Raises ``UserError``."""
        self._context.require("manage")
        with self._context.write(N_("新增业务特征")) as unit:
            last = defining.next_position(unit)
            return [add_field(unit, draft, last + n) for n, draft in enumerate(drafts)]

    def change_field(self, field_id: int, **fields: Any) -> None:
        """Change what a field asks, allows or computes; its columns by name.

        The type changes only while nothing is known of the field. Raises ``UserError``:
        type_in_use, bad_expression, bad_limit, label_taken.
        """
        self._context.require("manage")
        with self._context.write(N_("修改业务特征")) as unit:
            defining.change_field(unit, field_id, fields)

    def order_fields(self, ids: Sequence[int]) -> None:
        """Bring the fields into this order."""
        self._context.require("manage")
        with self._context.write(N_("调整次序")) as unit:
            for place, field_id in enumerate(ids):
                unit.change(FeatureField, field_id, position=place)

    def archive_field(self, field_id: int) -> None:
        """Hide a field; what was learnt stays."""
        self.change_field(field_id, archived=True)

    def remove_field(self, field_id: int) -> None:
        """Put a field into the bin; what was learnt stays and comes back with it."""
        self._context.require("manage")
        with self._context.write(N_("删除业务特征")) as unit:
            unit.remove(FeatureField, field_id)

    def set_talks(self, field_id: int, talks: Sequence[tuple[str, str, str]]) -> None:
        """Bring what to talk about to these (condition, words, example).

        Raises ``UserError`` bad_expression.
        """
        self._context.require("manage")
        with self._context.write(N_("修改痛点话术")) as unit:
            defining.set_talks(unit, field_id, talks)

    def compute_all(self, progress: Progress) -> int:
        """Compute every computed field of every customer anew; return how many changed."""
        self._context.require("manage")
        with self._context.read() as reader:
            living = select(Customer.id).where(Customer.deleted_at == 0).order_by(Customer.id)
            ids = [row[0] for row in reader.rows(living)]
        done = changed = 0
        for start in range(0, len(ids), computing.CHUNK):
            part = ids[start : start + computing.CHUNK]
            with self._context.write() as unit:
                changed += computing.compute(unit, part)
            done += len(part)
            progress.step(done, len(ids))
        return changed

    # -- options -------------------------------------------------------------------------

    def rename_option(self, option_id: int, label: str) -> None:
        """Change the words of a choice; what uses it stays (product.md 1.5)."""
        self._context.require("manage")
        with self._context.write(N_("改选项名")) as unit:
            unit.change(FeatureOption, option_id, label=label.strip())

    def set_options(self, field_id: int, labels: Sequence[str]) -> None:
        """Bring the choices of a field to these labels; missing ones are archived."""
        self._context.require("manage")
        with self._context.write(N_("修改选项")) as unit:
            defining.set_options(unit, field_id, labels)

    def merge_options(self, option_id: int, into_id: int) -> int:
        """Bring every value of one choice to another one; return how many. Can be undone."""
        self._context.require("manage")
        with self._context.write(N_("合并选项")) as unit:
            return defining.merge_options(unit, option_id, into_id)

    def place_option(self, option_id: int, parent_id: int) -> None:
        """Let a choice of a cascade stand under another one, 0 at the top."""
        self._context.require("manage")
        with self._context.write(N_("修改选项")) as unit:
            unit.change(FeatureOption, option_id, parent_id=parent_id)
