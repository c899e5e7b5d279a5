"""Which screens a role sees (ui.md 7); what it may do is decided by the services."""

from __future__ import annotations

_SALES = frozenset(
    {"today", "agenda", "customers", "deals", "inbox", "okr", "transfer", "bin", "settings"}
)
_FINANCE = frozenset({"customers", "deals", "bin", "settings"})
_PAGES: dict[str, frozenset[str] | None] = {
    "boss": None,
    "lead": None,
    "sales": _SALES,
    "finance": _FINANCE,
    "readonly": _FINANCE,
}


def pages_of(role: str) -> frozenset[str] | None:
    """Return the ids of the screens that a role sees, None for all."""
    return _PAGES.get(role, _SALES)
