"""Tell while typing that a firm or a number is known already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.i18n import _, ngettext
from app.models.values import people
from app.services.customers.duplicates import Reason, Suspect, Typed, Why
from app.services.office import Office
from app.views.core import theme as themes
from app.views.core.runner import run_job
from app.views.widgets.buttons import Button
from app.views.widgets.text import Label

SURE = 95
"""Per cent from which on a new customer is saved only after its twin was seen."""
_ASK_MS = 200
_MOST = 3
_SAME_NAME = 97


def same_phone_words(office: Office, raw: str, own_id: int) -> str:
    """Return who has a number or mail address already, empty when nobody has."""
    found = [one for one in office.customers.same_phone(raw) if one[0] != own_id]
    if not found:
        return ""
    names = _("、").join(name for _id, name in found[:2])
    said = _("这个邮箱在 {names} 也有") if "@" in raw else _("这个号码在 {names} 也有")
    return said.format(names=names)


def reason_words(reasons: Sequence[Reason]) -> str:
    """Return 名称相近 96% + 手机相同."""
    return " + ".join(dict.fromkeys(map(_reason, reasons)))


def _reason(reason: Reason) -> str:
    if reason.why is Why.uscc:
        return _("统一代码相同")
    if reason.why is Why.phone:
        number = people.normal_phone(reason.words)
        mobile = number is not None and number.kind == people.ChannelKind.mobile
        return _("手机相同") if mobile else _("电话相同")
    if reason.why is Why.mail:
        return _("邮箱相同")
    if reason.why is Why.name and reason.percent == _SAME_NAME:
        return _("名称相同")
    words = {
        Why.name: _("名称相近 {percent}%"),
        Why.sound: _("名称同音 {percent}%"),
        Why.short: _("像是简称 {percent}%"),
    }[reason.why]
    return words.format(percent=reason.percent)


class TwinNote(QFrame):
    """List who may be the customer being typed, each with its reasons and a way to it."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("twin_note")
        self.setProperty("note", "warn")
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(theme.px(10), theme.px(5), theme.px(6), theme.px(5))
        self._rows.setVerticalSpacing(theme.px(2))
        self._rows.setColumnStretch(0, 1)
        self.lines: list[tuple[Label, Button]] = []
        self.hide()

    def show_suspects(self, found: Sequence[Suspect]) -> None:
        """Show other suspects, hidden without any."""
        for widget in (one for line in self.lines for one in line):
            self._rows.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        shown = found[:_MOST]
        self.lines = [self._line(at, one) for at, one in enumerate(shown)]
        self.setVisible(bool(shown))
        count = len(found)
        words = ngettext(
            "可能已经有 {count} 家这样的客户", "可能已经有 {count} 家这样的客户", count
        )
        self.setAccessibleName(words.format(count=count) if shown else "")

    def _line(self, at: int, suspect: Suspect) -> tuple[Label, Button]:
        said = _("已经有：{name}") if suspect.certainty >= SURE else _("可能已经有：{name}")
        facts = (suspect.region, suspect.owner, reason_words(suspect.reasons))
        text = " · ".join(filter(None, (said.format(name=suspect.name), *facts)))
        words = Label(text, "small", "warn", wrap=True)
        go = Button(_("打开它"), "link", height=24, name="twin_open")
        go.setAccessibleName(_("打开{name}").format(name=suspect.name))
        go.clicked.connect(partial(self.opened.emit, suspect.id))
        self._rows.addWidget(words, at, 0)
        self._rows.addWidget(go, at, 1, Qt.AlignmentFlag.AlignTop)
        return words, go


class TwinWatch(QTimer):
    """Look who may be the customer of a form, a moment after each keystroke, beside the window."""

    told = Signal(object)

    def __init__(self, office: Office, typed: Callable[[], Typed], form: QWidget) -> None:
        super().__init__(form)
        self._office = office
        self._typed = typed
        self._form = form
        self._asked = Typed()
        self.setSingleShot(True)
        self.setInterval(_ASK_MS)
        self.timeout.connect(self._look)

    def touch(self) -> None:
        """Look again soon: something was typed."""
        self.start()

    def _look(self) -> None:
        asked = self._typed()
        if asked == self._asked:
            return
        self._asked = asked
        office = self._office

        def tell(found: list[Suspect]) -> None:
            if asked == self._asked:
                self.told.emit(found)

        run_job(self._form, lambda _progress: office.customers.duplicates.suspects(asked), tell)

    def sure_ones(self) -> list[Suspect]:
        """Return at once who certainly is the customer typed."""
        self.stop()
        self._asked = self._typed()
        found = self._office.customers.duplicates.suspects(self._asked)
        return [one for one in found if one.certainty >= SURE]
