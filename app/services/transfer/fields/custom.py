"""Business features as fields of customers: what the office defined can be imported too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.models.values.features import FieldType, Limits
from app.services.transfer.fields.shapes import Field, Shape

PREFIX = "feature:"


@dataclass(frozen=True, slots=True)
class CustomField:
    """A feature that the office defined, and the labels of its choices."""

    label: str
    type: FieldType = FieldType.text
    options: tuple[str, ...] = ()
    unit: str = ""
    limits: Limits = field(default=Limits())
    expression: str = ""

    @property
    def key(self) -> str:
        """Return the key by which columns go to this feature."""
        return PREFIX + self.label


def label_of(key: str) -> str:
    """Return the label of a feature's key, empty for any other field."""
    return key.removeprefix(PREFIX) if key.startswith(PREFIX) else ""


def field_of_key(key: str) -> Field:
    """Return a feature as a field of a column."""
    return Field(key, label_of(key), Shape.text, (label_of(key),))


def by_key(features: Iterable[CustomField]) -> dict[str, CustomField]:
    """Return features by their keys."""
    return {one.key: one for one in features}
