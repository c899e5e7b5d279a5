"""The amount field: takes 460000, 46万, 46w, 1.2亿; shows 460,000 元."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.models.values.money import format_yuan, parse_money
from app.models.values.reasons import N_, Unreadable
from app.views.core import theme as themes
from app.views.widgets.field import ValueField


class MoneyEdit(ValueField[int]):
    """Take an amount in yuan as people write it; the value is fen."""

    def __init__(
        self,
        *,
        name: str = "amount",
        spoken: str = "",
        negative: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name=name, spoken=spoken or _("金额"), unit=_("元"), parent=parent)
        self._negative = negative
        self.setPlaceholderText(_("如 46万"))
        self.setFixedWidth(themes.current().px(132))

    def read(self, text: str) -> int | None:
        """Return fen; raise Unreadable for no amount and for a range."""
        if not text.strip():
            return None
        fen = parse_money(text)
        if fen is not None and fen < 0 and not self._negative:
            raise Unreadable(N_("金额不能是负数"), text)
        return fen

    def show_value(self, value: int) -> str:
        """Return full yuan with thousands."""
        return format_yuan(value)
