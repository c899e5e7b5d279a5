"""Sequences to begin with, shipped with the program."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from app import paths
from app.models.values.sequences import USUAL_EXITS, StepRule
from app.services.sequences.drafts import VersionDraft


@dataclass(frozen=True, slots=True)
class SequenceTemplate:
    """A shipped sequence by its code."""

    code: str
    name: str
    version: VersionDraft


@cache
def templates() -> tuple[SequenceTemplate, ...]:
    """Return the shipped sequences in order of file name."""
    folder = paths.resources() / "seed" / "sequences"
    return tuple(
        _template(json.loads(file.read_text("utf-8"))) for file in sorted(folder.glob("*.json"))
    )


def _template(content: dict[str, Any]) -> SequenceTemplate:
    steps = tuple(
        StepRule(**{**one, "exits": tuple(one.get("exits", USUAL_EXITS))})
        for one in content["steps"]
    )
    return SequenceTemplate(content["code"], content["name"], VersionDraft(steps))
