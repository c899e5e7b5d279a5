"""The command 导入: open the page with its file dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.views.core.page import ViewContext


def start_import(view: ViewContext, _customer_id: object = None) -> None:
    """Show the import page, ready to take files."""
    view.navigate("transfer", start=True)
