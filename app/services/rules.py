"""The rules that run inside every unit just before its commit, in their order (docs/adr/0003)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.models.store.unit import Unit
    from app.services.context import Rule


@cache
def load() -> tuple[Rule, ...]:
    """Import the rules; the first write does it, or a thread before that."""
    from app.services.customers.heads import keep_heads
    from app.services.customers.lives import keep_lives
    from app.services.customers.searching import keep_search
    from app.services.features.computing import keep_features
    from app.services.followups.saving import keep_folds
    from app.services.kpi.facts import keep_facts
    from app.services.radar.standing import keep_standing
    from app.services.sequences.keeping import keep_sequences
    from app.services.staff.teams import keep_team_spells

    return (
        keep_folds, keep_team_spells, keep_heads, keep_lives, keep_standing, keep_features,
        keep_sequences, keep_search, keep_facts,
    )  # fmt: skip


def keep(unit: Unit) -> None:
    """Bring everything that repeats other rows up to date with what the unit has written."""
    for rule in load():
        rule(unit)
