"""Every value that an item of a dossier has had, the newest first."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.i18n import N_, _, translate
from app.models.values.dates import to_local
from app.services.radar import RadarView
from app.services.radar.links import Opened
from app.views.admin.plain_table import PlainTable
from app.views.core import format as fmt
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.itemmodels.column import Column
from app.views.widgets.scrolling import scrolled


class HistoryDialog(QDialog):
    """Show values with day, source, who found them and how they are marked."""

    def __init__(
        self, view: ViewContext, customer_id: int, label: str, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("radar_history")
        self.setWindowTitle(_("{label} 的历史").format(label=translate(label)))
        self.resize(theme.px(620), theme.px(320))
        rows = QVBoxLayout(self)
        self._today = view.office.context.today()
        self.table: PlainTable[RadarView] = PlainTable(
            self._columns(),
            lambda item: item.id,
            name="radar_values",
            spoken=_("历史"),
            last="value",
        )
        self.table.show_rows(view.office.radar.history(customer_id, label))
        rows.addWidget(scrolled(self.table, name="radar_values_area"), 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(_("关闭"))
        buttons.rejected.connect(self.reject)
        rows.addWidget(buttons)
        self.table.view.setFocus()

    def _columns(self) -> tuple[Column[RadarView], ...]:
        return (
            Column("value", N_("内容"), lambda item: item.value, width=210, flex=1),
            Column("day", N_("查到的日子"), lambda item: fmt.day(item.found_on, self._today),
                   width=96),
            Column("source", N_("来源"), lambda item: item.source, width=80),
            Column("staff", N_("谁查的"), lambda item: item.staff, width=80),
            Column("mark", N_("核实"), lambda item: labels.of(labels.RADAR_MARK, item.mark),
                   width=80),
        )  # fmt: skip


class OpenedDialog(QDialog):
    """Show which places were opened for a customer, when and by whom."""

    def __init__(self, view: ViewContext, customer_id: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("radar_opened")
        self.setWindowTitle(_("打开过的网址"))
        self.resize(theme.px(680), theme.px(320))
        rows = QVBoxLayout(self)
        zone = view.office.context.zone

        def said_at(at: int) -> str:
            return f"{to_local(at, zone):%Y-%m-%d %H:%M}"

        self.table: PlainTable[Opened] = PlainTable(
            (
                Column("at", N_("时间"), lambda one: said_at(one.at), width=130),
                Column("title", N_("名称"), lambda one: translate(one.title), width=150),
                Column("staff", N_("谁"), lambda one: one.staff, width=70),
                Column("address", N_("网址"), lambda one: one.address, width=240, flex=1),
            ),
            lambda one: (one.at, one.address),
            name="radar_opened_table",
            spoken=_("打开过的网址"),
            last="address",
        )  # fmt: skip
        self.table.show_rows(view.office.radar.links.opened(customer_id))
        rows.addWidget(scrolled(self.table, name="radar_opened_area"), 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(_("关闭"))
        buttons.rejected.connect(self.reject)
        rows.addWidget(buttons)
        self.table.view.setFocus()
