"""How counts of records are told: 联系人 3、跟单 25、合同 2."""

from __future__ import annotations

from collections.abc import Iterable

from app.i18n import _, ngettext, translate
from app.services.undo.bin import Carried


def carried_words(carried: Iterable[Carried]) -> str:
    """Return kinds with their counts in one line, empty for nothing."""
    parts = [f"{translate(one.noun)} {one.count:,}" for one in carried]
    return _("、").join(parts)


def counted(count: int) -> str:
    """Return a number of records with its word."""
    return ngettext("{count} 条记录", "{count} 条记录", count).format(count=f"{count:,}")
