"""One plain page instead of the window: what happened, what is safe, what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.i18n import _
from app.views.core import icons
from app.views.core import theme as themes
from app.views.core.errors import details_of, words_of
from app.views.widgets.buttons import Button
from app.views.widgets.text import Label, copy_text

_WIDTH = 480


class PlainPage(QWidget):
    """Show icon, one bold sentence, one of help, and whatever is added in the middle."""

    def __init__(
        self, icon: str, tone: str, sentence: str, advice: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("message_page")
        self.setAccessibleName(f"{sentence} {advice}".strip())
        around = QHBoxLayout(self)
        around.addStretch(1)
        column = QWidget()
        column.setFixedWidth(theme.px(_WIDTH))
        around.addWidget(column)
        around.addStretch(1)
        self.rows = QVBoxLayout(column)
        self.rows.setSpacing(theme.px(10))
        self.rows.addStretch(4)
        sign = Label()
        sign.setPixmap(icons.pixmap(icon, 32, tone))
        self._sentence = Label(sentence, "section", wrap=True)
        self._sentence.setObjectName("message_sentence")
        self._advice = Label(advice, "body", "text2", wrap=True)
        for widget in (sign, self._sentence, self._advice):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.rows.addWidget(widget)
        self._advice.setVisible(bool(advice))
        self.rows.addSpacing(theme.px(8))

    def sentence(self) -> str:
        """Return what the page says."""
        return self._sentence.text()


class MessagePage(PlainPage):
    """Tell why a book is not open and offer what can be done now."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        happened, advice = words_of(error)
        super().__init__("warning", "warn", happened, advice, parent)
        self._buttons: list[Button] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(themes.current().px(8))
        self._row.addStretch(1)
        self._row.addStretch(1)
        self.rows.addLayout(self._row)
        copy = Button(_("复制详情"), "link", height=24, name="message_copy")
        copy.clicked.connect(lambda: copy_text(details_of(error)))
        self.rows.addWidget(copy, 0, Qt.AlignmentFlag.AlignHCenter)
        self.rows.addStretch(5)

    def add(self, words: str, name: str, act: Callable[[], None]) -> Button:
        """Add a button; the first one is the primary one."""
        button = Button(words, "default" if self._buttons else "primary", height=32, name=name)
        button.clicked.connect(act)
        self._row.insertWidget(self._row.count() - 1, button)
        self._buttons.append(button)
        return button

    def focus_first(self) -> None:
        """Put the focus on what helps most."""
        if self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)


class ProgressPage(PlainPage):
    """Show how far something is that must be finished before the window opens."""

    def __init__(
        self, sentence: str, advice: str, stop: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__("database", "accent", sentence, advice, parent)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(sentence)
        self._far = Label("", "small", "text2")
        self._far.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.rows.addWidget(self._bar)
        self.rows.addWidget(self._far)
        self._stop = Button(_("停止"), height=28, name="progress_stop")
        self._stop.clicked.connect(stop)
        self.rows.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignHCenter)
        self.rows.addStretch(5)
        self._bar.setRange(0, 0)

    def step(self, done: int, total: int, text: str) -> None:
        """Show how far it is."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._far.setText(text or (f"{done:,} / {total:,}" if total else ""))

    def focus_first(self) -> None:
        """Put the focus on the only button."""
        self._stop.setFocus(Qt.FocusReason.OtherFocusReason)
