"""特征填充率: required business features known, over customers followed (product.md 2.8.4)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from app.i18n import N_
from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.tables.features import FeatureField, FeatureValue
from app.services.staff.leaks import Case, Leak, LeakDays, LeakUnit
from app.services.staff.leaks._reading import touches


def _read(reader: Reader, days: LeakDays) -> Sequence[Case]:
    required = select(FeatureField.id).where(
        FeatureField.required, FeatureField.archived.is_(False), FeatureField.deleted_at == 0
    )
    fields = [row[0] for row in reader.rows(required)]
    if not fields:
        return []
    last = {(one.staff_id, one.customer_id): one.on for one in touches(reader, days)}
    counted = (
        select(FeatureValue.customer_id, func.count(FeatureValue.field_id.distinct()))
        .where(
            among(FeatureValue.customer_id, {customer for _staff, customer in last}),
            FeatureValue.field_id.in_(fields),
            FeatureValue.deleted_at == 0,
        )
        .group_by(FeatureValue.customer_id)
    )
    known = {row[0]: row[1] for row in reader.rows(counted)}
    return [
        Case(staff_id, customer_id, on, known.get(customer_id, 0) / len(fields))
        for (staff_id, customer_id), on in last.items()
    ]


LEAKS = [
    Leak(
        name="feature_fill",
        label=N_("特征填充率"),
        formula=N_("已填的必填业务特征 ÷ 应填，只看期内跟过的客户"),
        unit=LeakUnit.rate,
        place=40,
        read=_read,
    )
]
