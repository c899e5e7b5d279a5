"""业务特征: types of manager-defined fields and how their values read (product.md 1.5)."""

from app.models.values.features.reading import (
    MILLIONTHS,
    Known,
    Limits,
    format_value,
    known_of,
    parse_value,
)
from app.models.values.features.types import (
    CHOSEN,
    COMPUTED,
    FIGURES,
    REFERENCES,
    SHOWN_ONLY,
    FieldType,
)

__all__ = [
    "CHOSEN",
    "COMPUTED",
    "FIGURES",
    "MILLIONTHS",
    "REFERENCES",
    "SHOWN_ONLY",
    "FieldType",
    "Known",
    "Limits",
    "format_value",
    "known_of",
    "parse_value",
]
