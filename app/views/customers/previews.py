"""What a bulk write would change, shown before it is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from app.i18n import _
from app.services.customers.bulk import Chosen
from app.services.customers.previews import Preview
from app.services.jobs import Progress
from app.services.office import Office
from app.views.core import format as fmt
from app.views.core import theme as themes
from app.views.core.errors import words_of
from app.views.core.runner import RunningJob, run_job
from app.views.customers import words
from app.views.widgets.text import ElidedLabel, Label

Ask = Callable[[Progress], Preview]
_SHOWN = 6


def is_many(chosen: Chosen) -> bool:
    """Tell whether several customers are chosen, so that a preview is worth a look."""
    return chosen.wanted is not None or len(chosen.ids) > 1


def ask_edit(
    office: Office, chosen: Chosen, field: str, value: str, _progress: Progress
) -> Preview:
    """Return what bringing a field to a value changes; a job."""
    return office.customers.preview_edit(chosen, field, value)


class PreviewPane(QWidget):
    """Show how many customers change, and from what; ``counted`` is called with each answer."""

    def __init__(
        self, word_of: Callable[[str], str], counted: Callable[[Preview | None], None]
    ) -> None:
        super().__init__()
        theme = themes.current()
        self.setObjectName("preview")
        self._word_of = word_of
        self._counted = counted
        self._job: RunningJob | None = None
        self.said = Label("", "body", wrap=True)
        self.said.setObjectName("preview_said")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(1, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(8))
        rows.addWidget(self.said)
        rows.addLayout(self._grid)
        rows.addStretch(1)
        self.setMinimumHeight(theme.px(40 + 24 * (_SHOWN + 1)))

    def ask(self, what: Ask | None, to: str) -> None:
        """Count what a write would change; None when there is nothing to count yet."""
        self.stop()
        self._counted(None)
        self._clear()
        self.said.setText(_("正在数…") if what is not None else "")
        if what is None:
            return
        running: list[RunningJob] = []

        def came(preview: Preview) -> None:
            if self._job is running[0]:
                self._show(preview, to)

        def lost(error: BaseException) -> None:
            if self._job is running[0]:
                self.said.setText(" ".join(filter(None, words_of(error))))

        running.append(run_job(self, what, came, lost))
        self._job = running[0]

    def stop(self) -> None:
        """Give up an answer that is not there yet."""
        if self._job is not None:
            self._job.stop()
            self._job = None

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _show(self, preview: Preview, to: str) -> None:
        same = preview.total - preview.changing
        text = _("选了 {total}，会改 {changing}").format(
            total=words.firms(preview.total), changing=words.firms(preview.changing)
        )
        if same:
            text = _("{text}；{same}已经是这样，不会动").format(text=text, same=words.firms(same))
        self.said.setText(text)
        for at, (value, count) in enumerate(preview.before[:_SHOWN]):
            change = f"{self._word_of(value)} → {to}" if to else self._word_of(value)
            self._line(at, change, words.firms(count))
        rest = preview.before[_SHOWN:]
        if rest:
            kinds = _("其他 {count} 种").format(count=fmt.count(len(rest)))
            self._line(_SHOWN, kinds, words.firms(sum(count for _value, count in rest)))
        self._counted(preview)

    def _line(self, at: int, change: str, count: str) -> None:
        label = ElidedLabel(change, "small", "text2")
        label.setMinimumWidth(themes.current().px(260))
        self._grid.addWidget(label, at, 0)
        self._grid.addWidget(Label(count, "small", "text"), at, 1)


class PreviewDialog(QDialog):
    """Say what is about to change, and do it only when agreed to."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        ask: Ask,
        *,
        to: str = "",
        word_of: Callable[[str], str] = str,
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("preview_dialog")
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.px(420))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(14))
        rows.setSpacing(theme.px(10))
        rows.addWidget(Label(title, "body_strong"))
        self.buttons = agree_buttons(self)
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.pane = PreviewPane(word_of, lambda preview: show_count(self.ok, preview))
        rows.addWidget(self.pane)
        rows.addWidget(self.buttons)
        self.pane.ask(ask, to)

    def done(self, result: int) -> None:
        """Stop counting."""
        self.pane.stop()
        super().done(result)


def agree_buttons(dialog: QDialog) -> QDialogButtonBox:
    """Return the buttons of a dialog that ends in a bulk write."""
    kinds = QDialogButtonBox.StandardButton
    buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
    buttons.button(kinds.Cancel).setText(_("取消"))
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    show_count(buttons.button(kinds.Ok), None)
    return buttons


def show_count(button: QWidget, preview: Preview | None) -> None:
    """Let a button say how many customers it changes; off while that is unknown or none."""
    changing = preview.changing if preview is not None else 0
    text = _("改 {firms}").format(firms=words.firms(changing)) if changing else _("改")
    button.setText(text)  # type: ignore[attr-defined]  # a push button of a button box
    button.setEnabled(changing > 0)
