"""Write a kind of records to a file."""

from __future__ import annotations

from app.i18n import _
from app.services.transfer.fields import Kind
from app.views.core.page import ViewContext
from app.views.transfer import words
from app.views.widgets.buttons import Button, Select
from app.views.widgets.card import Card
from app.views.widgets.text import Label


class ExportCard(Card):
    """Choose what, in which format, and where."""

    def __init__(self, view: ViewContext) -> None:
        super().__init__(_("导出"), name="transfer_export")
        self._view = view
        self.kind = Select(words.kinds(), name="transfer_export_kind", spoken=_("导出什么"))
        self.kind.set_value(Kind.customers)
        self.body.addWidget(Label(_("导出什么"), "small", "text2"))
        self.body.addWidget(self.kind)
        self.go = Button(_("导出…"), icon="export", name="transfer_export_go")
        self.go.clicked.connect(self.export)
        self.body.addWidget(self.go)
        self.body.addStretch(1)

    def export(self) -> None:
        """Ask for a place and write the file there."""
