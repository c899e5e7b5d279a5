"""When, what for, what and who of a next step: step 4 of 写跟单 and the body of 安排下步."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.i18n import _
from app.models.values.nextstep import Bucket, Window
from app.services.followups.drafts import NextStepDraft
from app.services.followups.moment import Moment
from app.services.followups.recognise import Recognised
from app.views.core import theme as themes
from app.views.core.forms import EnterMoves
from app.views.followups.clock_select import office_time
from app.views.followups.step_frame import StepFrame, field_label
from app.views.followups.subject import Lists
from app.views.widgets.chips import ChipGroup, Choice
from app.views.widgets.fuzzy_time_edit import CHIP_BUCKETS, FuzzyTime, FuzzyTimeEdit
from app.views.widgets.staff_picker import StaffPicker


class _TimeEdit(FuzzyTimeEdit):
    """Choose when, or take the choice back: a follow-up may have no next step."""

    def __init__(self, moment: Moment) -> None:
        super().__init__(office_time(moment))
        self.setObjectName("next_when")
        self.chips.optional = True
        self.chips.changed.connect(self._taken_back)

    def _taken_back(self, bucket: object) -> None:
        if bucket is None:
            self.set_value(None)
            self.changed.emit(None)


class NextStepPanel(QWidget):
    """Choose a next step; what the text suggests is taken until the person chooses.

    ``draft`` is None while no time is chosen.
    """

    changed = Signal()
    marked = Signal(bool)

    def __init__(
        self,
        moment: Moment,
        lists: Lists,
        me: int,
        enter: EnterMoves,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._moment = moment
        self._me = me
        self._own: set[str] = set()
        self._told: set[str] = set()
        self.when = _TimeEdit(moment)
        self.when.changed.connect(lambda _value: self._chose("time"))
        choices = [Choice(code, words) for code, words in lists.plans]
        self.plans = ChipGroup(choices, optional=True, name="next_plan", spoken=_("计划"))
        self.plans.changed.connect(lambda _value: self._chose("plan"))
        self.what = QLineEdit()
        self.what.setObjectName("next_what")
        self.what.setAccessibleName(_("做什么"))
        self.what.setPlaceholderText(_("带什么、跟谁谈、要什么结果"))
        self.what.setMaxLength(500)
        self.what.textEdited.connect(lambda _text: self._chose("what"))
        self.who = StaffPicker(lists.staff, name="next_who", spoken=_("交给"))
        self.who.set_value(me)
        self.who.changed.connect(lambda _id: self._chose("who"))
        for field in (self.when.field, self.what, self.who):
            enter.watch(field)
        self._lay_out()

    def _lay_out(self) -> None:
        theme = themes.current()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(10))
        third: list[QWidget] = [self.what, field_label(_("交给")), self.who]
        lines: tuple[tuple[str, list[QWidget], str], ...] = (
            (_("时间"), [self.when], "chip"),
            (_("计划"), [self.plans], "chip"),
            (_("做什么"), third, "field"),
        )
        like = [words for words, _widgets, _high in lines]
        for words, widgets, high in lines:
            row = QHBoxLayout()
            row.setSpacing(theme.px(8))
            row.addWidget(field_label(words, like=like, high=high), 0, Qt.AlignmentFlag.AlignTop)
            for at, widget in enumerate(widgets):
                row.addWidget(widget, 1 if at == 0 else 0)
            rows.addLayout(row)

    # -- the form ------------------------------------------------------------------------

    def clear(self) -> None:
        """Begin with nothing chosen, for the person who writes."""
        self._own.clear()
        self.when.set_value(None)
        self.plans.set_value(None)
        self.what.clear()
        self.who.set_value(self._me)
        self._show_marks(Recognised())

    def suggest(self, found: Recognised) -> None:
        """Take what the text says where the person has not chosen."""
        if "time" not in self._own:
            self._suggest_time(found)
        if "plan" not in self._own:
            self.plans.set_value(found.plan or None)
        if "what" not in self._own:
            self.what.setText(found.what)
        self._show_marks(found)

    def _suggest_time(self, found: Recognised) -> None:
        if found.bucket in CHIP_BUCKETS and found.window is None:
            self.when.set_bucket(found.bucket)
        else:
            self.when.set_value(self.when.field.read(found.when) if found.when else None)

    def choose_time(self, bucket: Bucket) -> None:
        """Choose a word as the person's own."""
        self.when.set_bucket(bucket)
        self._chose("time")

    def has_words(self) -> bool:
        """Tell whether a plan or a text waits for a time."""
        return bool(self.plans.value() or self.what.text().strip())

    def problem(self) -> str:
        """Return what stops the saving."""
        return self.when.field.problem()

    def draft(self) -> NextStepDraft | None:
        """Return the next step, None without a time."""
        chosen = self.when.value()
        if chosen is None:
            return None
        return NextStepDraft(
            chosen.bucket,
            str(self.plans.value() or ""),
            self.what.text().strip(),
            None if chosen.by_words else chosen.day,
            None if chosen.by_words else chosen.clock,
            self.who.staff_id() or 0,
            chosen.window if chosen.by_words else None,
            chosen.words,
        )

    def state(self) -> dict[str, Any]:
        """Return what to keep in the draft."""
        return {
            "own": sorted(self._own),
            "time": _kept_time(self.when.value()),
            "plan": str(self.plans.value() or ""),
            "what": self.what.text(),
            "who": self.who.staff_id(),
        }

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Show what the person had chosen; the rest comes from the text again."""
        self._own = {str(name) for name in kept.get("own", ())}
        if "time" in self._own:
            self._restore_time(kept.get("time"))
        if "plan" in self._own:
            self.plans.set_value(kept.get("plan") or None)
        if "what" in self._own:
            self.what.setText(str(kept.get("what", "")))
        if "who" in self._own:
            self.who.set_value(kept.get("who"))

    def _restore_time(self, kept: object) -> None:
        chosen = _time_of(kept)
        if chosen is None:
            self.when.set_value(None)
        elif chosen.bucket in CHIP_BUCKETS and not (chosen.by_words or chosen.clock):
            # a plain word means what it means now, not when the draft was left
            self.when.set_bucket(chosen.bucket)
        else:
            self.when.set_value(chosen if chosen.window.end > self._moment.at else None)

    def _chose(self, name: str) -> None:
        self._own.add(name)
        self._tell()
        self.changed.emit()

    def _show_marks(self, found: Recognised) -> None:
        told = {"time": found.when, "plan": found.plan, "what": found.what}
        self._told = {name for name, words in told.items() if words}
        self._tell()

    def _tell(self) -> None:
        self.marked.emit(bool(self._told - self._own))


class NextStepFrame(StepFrame):
    """Step 4 of 写跟单."""

    def __init__(self, panel: NextStepPanel, parent: QWidget | None = None) -> None:
        super().__init__(4, _("下步事务"), "Ctrl+4", parent)
        self.panel = panel
        self.body.addWidget(panel)
        panel.marked.connect(self.mark.setVisible)

    def first_field(self) -> QWidget | None:
        """Return the six words."""
        return self.panel.when.chips.focusProxy()

    def is_done(self) -> bool:
        """Tell whether a time is chosen."""
        return self.panel.draft() is not None


def _kept_time(chosen: FuzzyTime | None) -> dict[str, Any] | None:
    if chosen is None:
        return None
    window = chosen.window
    return {
        "bucket": str(chosen.bucket),
        "window": [window.start, window.end, window.has_clock],
        "day": chosen.day.isoformat() if chosen.day else "",
        "clock": chosen.clock.isoformat() if chosen.clock else "",
        "by_words": chosen.by_words,
        "words": chosen.words,
    }


def _time_of(kept: object) -> FuzzyTime | None:
    """Return a kept time, None when there is none or a newer program wrote it differently."""
    try:
        assert isinstance(kept, dict)
        start, end, has_clock = kept["window"]
        return FuzzyTime(
            Bucket(kept["bucket"]),
            Window(int(start), int(end), bool(has_clock)),
            date.fromisoformat(kept["day"]) if kept["day"] else None,
            time.fromisoformat(kept["clock"]) if kept["clock"] else None,
            bool(kept["by_words"]),
            str(kept.get("words", "")),
        )
    except (AssertionError, KeyError, TypeError, ValueError):
        return None
