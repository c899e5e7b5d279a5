"""The text box of 写跟单: slash words, tinted tokens, and nothing lost while composing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import _
from app.models.values import pinyin
from app.services.followups.recognise import Found
from app.views.core import labels
from app.views.core import theme as themes
from app.views.followups.clock_select import words_of
from app.views.followups.overlay_list import Entry, OverlayList
from app.views.widgets.fuzzy_time_edit import CHIP_BUCKETS
from app.views.widgets.text import PlainText

_TYPED = re.compile(r"[/／]([^\s/／，。；,;！!？?]{0,12})$")
_MORE_TIMES = ("后天", "本周五", "下周一", "下周三", "下周五", "月底前")
Recogniser = Callable[[str], Sequence[Found]]


def slash_entries(plans: Sequence[tuple[str, str]]) -> list[Entry]:
    """Return what a slash offers: the six times, the plans, then further times."""
    times = [Entry(words_of(one), words_of(one), _("时间"), "clock") for one in CHIP_BUCKETS]
    kinds = [
        Entry(words, words, _("计划"), labels.PLAN_ICON.get(code, "tag")) for code, words in plans
    ]
    more = [Entry(word, word, _("时间"), "clock") for word in _MORE_TIMES]
    return [*times, *kinds, *more]


def narrowed(entries: Sequence[Entry], typed: str) -> list[Entry]:
    """Return the entries that fit what was typed: a beginning, or pinyin."""
    wanted = typed.casefold()
    if not wanted:
        return list(entries)
    return [one for one in entries if _fits(one.words, wanted)]


def _fits(words: str, wanted: str) -> bool:
    plain = words.casefold()
    spelled = (plain, pinyin.initials(words), pinyin.full(words))
    return wanted != plain and any(one.startswith(wanted) for one in spelled)


class _Tokens(QSyntaxHighlighter):
    """Tint what was recognised after slashes."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.found: Sequence[Found] = ()

    def highlightBlock(self, text: str) -> None:
        """Tint the tokens of one paragraph."""
        theme = themes.current()
        made = QTextCharFormat()
        made.setBackground(theme.color("accentTint"))
        made.setForeground(theme.color("accent"))
        start = self.currentBlock().position()
        for one in self.found:
            if one.token:
                first = max(one.start - start, 0)
                last = min(one.end - start, len(text))
                if first < last:
                    self.setFormat(first, last - first, made)


class EntryBox(PlainText):
    """Take what happened; ``/`` offers times and plans, Enter is a new line.

    ``typed`` comes after each change with the text; ``show_found`` tints what was recognised.
    """

    typed = Signal(str)

    def __init__(self, plans: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._entries = slash_entries(plans)
        self._words: OverlayList | None = None
        self._composing = False
        self._told = ""
        self.setObjectName("entry_box")
        self.setAccessibleName(_("发生了什么"))
        self.setPlaceholderText(_("对方说了什么、答应了什么、担心什么"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.tokens = _Tokens(self.document())
        self.textChanged.connect(self._on_text)

    def minimumSizeHint(self) -> QSize:
        """Keep three lines."""
        theme = themes.current()
        return QSize(theme.px(200), 3 * theme.line("entry") + theme.px(14))

    def sizeHint(self) -> QSize:
        """Ask for three lines; the form gives what is left over."""
        return self.minimumSizeHint()

    @property
    def composing(self) -> bool:
        """Tell whether an input method is at work."""
        return self._composing

    def show_found(self, found: Sequence[Found]) -> None:
        """Tint the recognised tokens."""
        if found != self.tokens.found:
            self.tokens.found = found
            was = self.blockSignals(True)
            self.tokens.rehighlight()
            self.blockSignals(was)

    def set_text(self, text: str) -> None:
        """Show a text with the caret at its end."""
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def _on_text(self) -> None:
        # tinting counts as a change for Qt: tell only about other words
        text = self.toPlainText()
        if text != self._told:
            self._told = text
            self.typed.emit(text)
            self._offer()

    # -- slash words ---------------------------------------------------------------

    def _before_caret(self) -> str:
        cursor = self.textCursor()
        return cursor.block().text()[: cursor.positionInBlock()]

    def _offer(self) -> None:
        found = _TYPED.search(self._before_caret()) if self.hasFocus() else None
        if found is None or _is_fraction(found):
            self._close_words()
            return
        if self._words is None:
            self._words = OverlayList(self.window(), "slash_words", _("时间与计划"))
            self._words.picked.connect(self._insert)
        caret = self.cursorRect().bottomLeft() + QPoint(0, themes.current().px(4))
        place = self.viewport().mapToGlobal(caret)
        self._words.offer(narrowed(self._entries, found[1]), place, themes.current().px(220))

    def _insert(self, words: object) -> None:
        """Put the chosen words in place of what was typed after the slash."""
        found = _TYPED.search(self._before_caret())
        if found is None:
            return
        cursor = self.textCursor()
        move = QTextCursor.MoveOperation.Left
        cursor.movePosition(move, QTextCursor.MoveMode.KeepAnchor, len(found[0]))
        cursor.insertText(f"/{words} ")
        self.setTextCursor(cursor)

    def _close_words(self) -> None:
        if self._words is not None:
            self._words.hide()

    def words_open(self) -> bool:
        """Tell whether the list of words is shown."""
        return self._words is not None and self._words.isVisible()

    # -- keys --------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Steer the list of words while it is open; leave Ctrl+Enter to the form."""
        if self._words is not None and not self._composing and self._words.take(event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab choose a word instead of leaving while the list is open."""
        if forward and self.words_open() and self._words is not None:
            key = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
            return self._words.take(key)
        return super().focusNextPrevChild(forward)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Know whether an input method composes."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the list of words."""
        super().focusOutEvent(event)
        self._composing = False
        self._close_words()


def _is_fraction(found: re.Match[str]) -> bool:
    """Tell whether the slash stands in 1/2 or 24/7."""
    before = found.string[: found.start()]
    return before[-1:].isdigit() or (before[-1:].isascii() and before[-1:].isalpha())
