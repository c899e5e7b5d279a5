"""The imports of the past, each with 撤销."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.services.transfer.outcomes import BatchView
from app.services.undo import Undone
from app.views.core import format as fmt
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.core.runner import run_job
from app.views.core.undoing import show_conflicts
from app.views.widgets.badges import Tag
from app.views.widgets.buttons import Button
from app.views.widgets.card import Card
from app.views.widgets.scrolling import scrolled
from app.views.widgets.text import ElidedLabel, Label


def undone_words(undone: Undone) -> str:
    """Return what came back and what was left because somebody changed it since."""
    count = undone.restored_count
    words = ngettext("已撤销导入，恢复 {count} 处", "已撤销导入，恢复 {count} 处", count).format(
        count=f"{count:,}"
    )
    left = len(undone.conflicts)
    if not left:
        return words
    kept = ngettext("{count} 处后来改过，没有动", "{count} 处后来改过，没有动", left)
    return f"{words}；" + kept.format(count=f"{left:,}")


def take_back(view: ViewContext, parent: QWidget, batch_id: int) -> None:
    """Undo an import in the background, tell how it went and list what was left alone."""

    def came(undone: Undone) -> None:
        view.toast(undone_words(undone), act_id=batch_id if undone.act else 0, again=True)
        show_conflicts(view, parent, undone)

    run_job(
        parent,
        lambda progress: view.office.transfer.undo(batch_id, progress=progress),
        came,
        title=_("撤销导入"),
        writing=True,
    )


class HistoryPanel(Card):
    """List imports, newest first."""

    undo_wanted = Signal(object)

    def __init__(self, view: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(_("导入历史"), padded=False, name="transfer_history", parent=parent)
        self._view = view
        self._content = QWidget()
        self._rows = QVBoxLayout(self._content)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._area = scrolled(self._content, name="transfer_history_area")
        self.body.addWidget(self._area)
        self.show_batches(())

    def show_batches(self, batches: list[BatchView] | tuple[()]) -> None:
        """Show other imports."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for batch in batches:
            self._rows.addWidget(self._row(batch))
        if not batches:
            empty = Label(
                _("还没有导入过。导入后在这里可以整批撤销。"), "small", "text2", wrap=True
            )
            theme = themes.current()
            empty.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
            self._rows.addWidget(empty)
        self._rows.addStretch(1)

    def _row(self, batch: BatchView) -> QFrame:
        theme = themes.current()
        frame = QFrame()
        frame.setProperty("band", "below")
        line = QHBoxLayout(frame)
        line.setContentsMargins(theme.px(12), theme.px(6), theme.px(12), theme.px(6))
        line.setSpacing(theme.px(12))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(batch.name, "name"))
        words.addWidget(ElidedLabel(self._told(batch), "small", "text2"))
        line.addLayout(words, 1)
        if batch.state == "undone":
            line.addWidget(Tag(_("已撤销"), "neutral"))
        else:
            undo = Button(_("撤销"), icon="undo", height=24, name=f"undo_batch_{batch.id}")
            undo.setAccessibleName(_("撤销导入 {name}").format(name=batch.name))
            undo.clicked.connect(partial(self._undo, undo, batch.id))
            line.addWidget(undo)
        return frame

    def _undo(self, button: Button, batch_id: int) -> None:
        button.setEnabled(False)
        self.undo_wanted.emit(batch_id)

    def _told(self, batch: BatchView) -> str:
        context = self._view.office.context
        parts = [fmt.moment(batch.at, context.zone, context.today()), batch.staff]
        parts.append(_("新建 {count}").format(count=f"{batch.created:,}"))
        parts.append(_("更新 {count}").format(count=f"{batch.updated:,}"))
        if batch.state == "running":
            parts.append(_("没有做完"))
        return " · ".join(part for part in parts if part)


class HistoryDialog(QDialog):
    """Show the import history over any step."""

    def __init__(self, view: ViewContext, parent: QWidget) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("transfer_history_dialog")
        self.setWindowTitle(_("导入历史"))
        self.panel = HistoryPanel(view, self)
        self.panel.undo_wanted.connect(partial(take_back, view, parent))
        self.panel.undo_wanted.connect(lambda _batch: self.close())
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        rows.addWidget(self.panel)
        self.resize(theme.px(560), theme.px(420))
        self.panel.show_batches(view.office.transfer.history())
