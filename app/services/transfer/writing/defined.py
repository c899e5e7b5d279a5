"""The features of an office by key and label, those of this import included."""

from __future__ import annotations

from app.models.store.reader import Reader
from app.services.features import FieldView, read_fields


class DefinedFeatures:
    """Find a feature by its stable key, else by its label."""

    def __init__(self) -> None:
        self._by_key: dict[str, FieldView] = {}
        self._by_label: dict[str, FieldView] = {}
        self._loaded = False
        self._count = 0

    def load(self, reader: Reader) -> None:
        """Read the features of the office once, the hidden ones and their old options too."""
        if self._loaded:
            return
        self._loaded = True
        for one in read_fields(reader, with_archived=True):
            self.learn(one)

    def learn(self, field: FieldView) -> None:
        """Know a feature from now on."""
        self._count += 1
        self._by_key.setdefault(field.key, field)
        self._by_label.setdefault(field.label, field)

    def find(self, key: str, label: str) -> FieldView | None:
        """Return the feature of a key, else of a label, None without any."""
        return self._by_key.get(key) or self._by_label.get(label)

    def next_position(self) -> int:
        """Return the place after the last one."""
        return self._count + 1
