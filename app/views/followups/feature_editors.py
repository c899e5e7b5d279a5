"""One editor for each type of 业务特征, all with the same few verbs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from app.i18n import _, translate
from app.models.values import features as rules
from app.models.values.features import REFERENCES, FieldType
from app.models.values.reasons import Unreadable
from app.services.features import FeatureDraft, FeatureView, FieldView
from app.services.features.drafts import option_words
from app.views.core import theme as themes
from app.views.core.forms import EnterMoves
from app.views.followups.step_frame import FromText
from app.views.widgets.buttons import Button, Select
from app.views.widgets.chips import ChipGroup, Choice
from app.views.widgets.date_edit import DateEdit
from app.views.widgets.field import UnitLine
from app.views.widgets.money_edit import MoneyEdit
from app.views.widgets.text import set_tip

Today = Callable[[], date]
_CHIPS_MOST = 3
_WIDE = 150


class FeatureEditor(QWidget):
    """Edit one feature; ``changed`` comes with each choice or key.

    A subclass builds its field in ``_build`` and overrides ``draft`` and ``_show``.
    """

    changed = Signal()

    def __init__(self, view: FeatureView, today: Today, enter: EnterMoves) -> None:
        super().__init__()
        self.field: FieldView = view.field
        self._base = FeatureDraft(self.field.id, view.value, view.option_ids)
        self._own = False
        self._today = today
        self.setObjectName(f"feature_{view.field.key}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(themes.current().px(8))
        self.entry = self._build(enter)
        self.entry.setAccessibleName(self.field.label)
        set_tip(self, self.field.help)
        self.mark = FromText(_("来自上文"))
        row.addWidget(self.entry)
        row.addWidget(self.mark)
        row.addStretch(1)
        self.setFocusProxy(self.entry)
        self._show(self._base)

    def _build(self, enter: EnterMoves) -> QWidget:
        raise NotImplementedError

    def _show(self, draft: FeatureDraft) -> None:
        raise NotImplementedError

    def value(self) -> FeatureDraft:
        """Return what the field says now."""
        raise NotImplementedError

    def problem(self) -> str:
        """Return what is wrong, empty when nothing is."""
        return ""

    # -- the same for all -----------------------------------------------------------------

    def learnt(self) -> FeatureDraft | None:
        """Return what was learnt, None when the field says what it said before."""
        now = self.value()
        same = now.option_ids == self._base.option_ids and (
            bool(now.option_ids) or now.value == self._base.value
        )
        return None if same else now

    def suggest(self, draft: FeatureDraft | None) -> None:
        """Fill the field from the text, or take that back; a person's own choice stays."""
        if self._own:
            return
        self._show(draft or self._base)
        self.mark.setVisible(draft is not None and self.learnt() is not None)

    def state(self) -> dict[str, Any] | None:
        """Return what to keep in the draft, None when nothing was chosen."""
        now = self.value()
        return {"value": now.value, "options": list(now.option_ids)} if self._own else None

    def restore(self, kept: dict[str, Any]) -> None:
        """Show what was chosen before."""
        ids = tuple(one for one in kept.get("options", ()) if isinstance(one, int))
        self._own = True
        self._show(FeatureDraft(self.field.id, str(kept.get("value", "")), ids))

    def _touched(self) -> None:
        self._own = True
        self.mark.hide()
        self.changed.emit()


class _Line(FeatureEditor):
    """Edit text or a number in one line."""

    def _build(self, enter: EnterMoves) -> QWidget:
        unit = "%" if self.field.type is FieldType.percent else self.field.unit
        line = UnitLine("", unit)
        line.setFixedWidth(themes.current().px(_WIDE))
        line.setPlaceholderText(_("未填"))
        line.setMaxLength(2000)
        line.textEdited.connect(lambda _text: self._touched())
        enter.watch(line)
        return line

    def _text(self) -> str:
        assert isinstance(self.entry, QLineEdit)
        return self.entry.text().strip()

    def _show(self, draft: FeatureDraft) -> None:
        assert isinstance(self.entry, QLineEdit)
        self.entry.setText(draft.value)

    def value(self) -> FeatureDraft:
        """Return the typed text."""
        return FeatureDraft(self.field.id, self._text())

    def problem(self) -> str:
        """Return why the text is no such value."""
        try:
            if self._text() and self.field.type not in REFERENCES:
                rules.known_of(
                    self.field.type, self._text(), self.field.limits, today=self._today()
                )
        except Unreadable as error:
            return _("{field}：{reason}").format(
                field=self.field.label, reason=translate(error.reason)
            )
        return ""


class _Money(FeatureEditor):
    """Edit an amount."""

    def _build(self, enter: EnterMoves) -> QWidget:
        edit = MoneyEdit(name=f"{self.objectName()}_amount", spoken=self.field.label)
        edit.setFixedWidth(themes.current().px(_WIDE))
        edit.textEdited.connect(lambda _text: self._touched())
        enter.watch(edit)
        return edit

    def _money(self) -> MoneyEdit:
        assert isinstance(self.entry, MoneyEdit)
        return self.entry

    def _show(self, draft: FeatureDraft) -> None:
        self._money().setText(draft.value)

    def value(self) -> FeatureDraft:
        """Return the amount in full yuan."""
        return FeatureDraft(self.field.id, self._money().text().strip())

    def problem(self) -> str:
        """Return why the text is no amount."""
        problem = self._money().problem()
        return (
            _("{field}：{reason}").format(field=self.field.label, reason=problem)
            if (problem)
            else ""
        )


class _Day(FeatureEditor):
    """Edit a day."""

    def _build(self, enter: EnterMoves) -> QWidget:
        edit = DateEdit(today=self._today, name=f"{self.objectName()}_day",
                        spoken=self.field.label)  # fmt: skip
        edit.setFixedWidth(themes.current().px(_WIDE))
        edit.textEdited.connect(lambda _text: self._touched())
        enter.watch(edit)
        return edit

    def _edit(self) -> DateEdit:
        assert isinstance(self.entry, DateEdit)
        return self.entry

    def _show(self, draft: FeatureDraft) -> None:
        self._edit().setText(draft.value)

    def value(self) -> FeatureDraft:
        """Return the day in ISO form."""
        day = self._edit().value()
        return FeatureDraft(self.field.id, day.isoformat() if day else "")

    def problem(self) -> str:
        """Return why the text is no day."""
        problem = self._edit().problem()
        return f"{self.field.label}：{problem}" if problem else ""


class _Chips(FeatureEditor):
    """Choose among a few options, or yes and no."""

    def _build(self, enter: EnterMoves) -> QWidget:
        several = self.field.type is FieldType.multi
        choices = (
            [Choice("是", _("是")), Choice("否", _("否"))]
            if self.field.type is FieldType.yes_no
            else [Choice(one.id, one.label) for one in self.field.options]
        )
        group = ChipGroup(choices, exclusive=not several, optional=True,
                          name=f"{self.objectName()}_chips", spoken=self.field.label)  # fmt: skip
        group.changed.connect(lambda _value: self._touched())
        return group

    def _group(self) -> ChipGroup:
        assert isinstance(self.entry, ChipGroup)
        return self.entry

    def _show(self, draft: FeatureDraft) -> None:
        if self.field.type is FieldType.yes_no:
            self._group().set_value(draft.value or None)
        else:
            self._group().set_values(draft.option_ids)

    def value(self) -> FeatureDraft:
        """Return the chosen options."""
        chosen = self._group().values()
        if self.field.type is FieldType.yes_no:
            return FeatureDraft(self.field.id, str(chosen[0]) if chosen else "")
        return FeatureDraft(
            self.field.id, option_ids=tuple(one for one in chosen if isinstance(one, int))
        )


class _Choice(FeatureEditor):
    """Choose one of many options."""

    def _build(self, enter: EnterMoves) -> QWidget:
        every = self.field.every_option
        words = ((one.id, option_words(one, every)) for one in self.field.options)
        choices = [(0, _("未填")), *words]
        select = Select(choices, name=f"{self.objectName()}_select", spoken=self.field.label)
        select.setFixedWidth(themes.current().px(_WIDE))
        select.activated.connect(lambda _at: self._touched())
        enter.watch(select)
        return select

    def _select(self) -> Select:
        assert isinstance(self.entry, Select)
        return self.entry

    def _show(self, draft: FeatureDraft) -> None:
        self._select().set_value(draft.option_ids[0] if draft.option_ids else 0)

    def value(self) -> FeatureDraft:
        """Return the chosen option."""
        chosen = self._select().value()
        ids = (chosen,) if isinstance(chosen, int) and chosen else ()
        return FeatureDraft(self.field.id, option_ids=ids)


class _Several(FeatureEditor):
    """Choose some of many options in a menu."""

    def _build(self, enter: EnterMoves) -> QWidget:
        del enter
        button = Button(_("未填"), name=f"{self.objectName()}_menu")
        self._menu = QMenu(button)
        self._actions: list[QAction] = []
        for option in self.field.options:
            action = self._menu.addAction(option.label.replace("&", "&&"))
            action.setCheckable(True)
            action.setData(option.id)
            action.triggered.connect(lambda _on: self._ticked())
            self._actions.append(action)
        button.set_menu(self._menu)
        return button

    def _ticked(self) -> None:
        self._say()
        self._touched()

    def _say(self) -> None:
        assert isinstance(self.entry, Button)
        chosen = [one.text().replace("&&", "&") for one in self._actions if one.isChecked()]
        self.entry.setText("、".join(chosen[:2]) + ("…" if len(chosen) > 2 else "") or _("未填"))

    def _show(self, draft: FeatureDraft) -> None:
        for action in self._actions:
            action.setChecked(action.data() in draft.option_ids)
        self._say()

    def value(self) -> FeatureDraft:
        """Return the ticked options."""
        ids = tuple(int(one.data()) for one in self._actions if one.isChecked())
        return FeatureDraft(self.field.id, option_ids=ids)


def editor_for(view: FeatureView, today: Today, enter: EnterMoves) -> FeatureEditor:
    """Return the editor of a field: chips for a few short options, a list for many."""
    kind, options = view.field.type, view.field.options
    few = len(options) <= _CHIPS_MOST and all(len(one.label) <= 6 for one in options)
    if kind is FieldType.yes_no or (kind in (FieldType.single, FieldType.multi) and few):
        return _Chips(view, today, enter)
    made = {
        FieldType.single: _Choice,
        FieldType.cascade: _Choice,
        FieldType.multi: _Several,
        FieldType.money: _Line if view.field.limits.with_target else _Money,
        FieldType.date: _Day,
    }.get(kind, _Line)
    return made(view, today, enter)
