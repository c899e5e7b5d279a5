"""All tables of a book; importing this package completes ``Base.metadata``."""

from app.models.tables import (
    admin,
    calibration,
    customers,
    deals,
    features,
    followups,
    kpi,
    radar,
    sequences,
    staff,
    transfer,
)
from app.models.tables.base import Base

__all__ = [
    "Base",
    "admin",
    "calibration",
    "customers",
    "deals",
    "features",
    "followups",
    "kpi",
    "radar",
    "sequences",
    "staff",
    "transfer",
]
