"""What a field asks, allows and computes, and what to talk about: the lower half of its editor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.i18n import N_, _, translate
from app.models.values.features import FIGURES, FieldType
from app.services.features import FieldView
from app.views.admin.fields import text_field
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.forms import Form
from app.views.widgets.buttons import CheckBox, icon_button
from app.views.widgets.text import Label

_BOUNDED = (*FIGURES, FieldType.money, FieldType.date)
_TARGETED = (*FIGURES, FieldType.money)
_EXPRESSED: Mapping[FieldType, tuple[str, str]] = {
    FieldType.formula: (N_("公式"), N_("例如 [台数] * [单价]")),
    FieldType.rollup: (N_("汇总"), N_("例如 sum:contracts.amount 或 sum:[明细].数量")),
    FieldType.serial: (N_("样式"), N_("例如 KH-{0000}")),
    FieldType.lines: (N_("列"), N_("例如 品名, 数量:数字, 单价:金额")),
    FieldType.note: (N_("说明文字"), N_("写给填的人看")),
}
_FLAGS = (
    ("asked", "unasked", N_("写跟单时显示")),
    ("before_signing", "before_signing", N_("签约前必填")),
    ("listed", "unlisted", N_("可用于筛选和列")),
    ("imported", "unimported", N_("可导入")),
    ("single_use", "single_use", N_("客户之间不重复")),
)
"""A flag of the view, the column that keeps it (turned round for un-), and its words."""


class FieldRules(QWidget):
    """Show and change the rules of one field; ``kept(column, value)`` comes when one is left."""

    kept = Signal(str, object)
    talks_kept = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("field_rules")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(themes.current().px(12))
        self._field: FieldView | None = None
        self.form = Form(label_width=64)
        self.lines: dict[str, QLineEdit] = {}
        self._row_of: dict[str, Any] = {}
        self._was: dict[str, tuple[int, str]] = {}
        self._add_expression()
        self._add_bounds()
        for name, label, hint in (
            ("initial", _("默认值"), ""),
            ("section", _("分组"), _("同组的放在一起")),
            ("required_when", _("必填条件"), _("例如 预算状态 = '已批'")),
            ("visible_when", _("显示条件"), _("条件成立才显示")),
            ("industries", _("适用行业"), _("都适用就空着，用、隔开")),
        ):
            self._add_line(name, label, hint)
        self.kinds = {
            code: CheckBox(translate(words), name=f"field_kind_{code}")
            for code, words in labels.CUSTOMER_KIND.items()
        }
        self._add_kinds()
        self.flags: dict[str, CheckBox] = {}
        self._add_flags()
        rows.addWidget(self.form)
        self.talks = TalkRows()
        self.talks.kept.connect(self.talks_kept)
        rows.addWidget(self.talks)

    def _add_line(self, name: str, label: str, hint: str) -> None:
        edit = text_field(f"field_{name}", label, hint=hint)
        edit.editingFinished.connect(lambda: self._leave(name, edit.text()))
        self.lines[name] = edit
        self._row_of[name] = self.form.add(label, edit)

    def _add_expression(self) -> None:
        self.expression = QPlainTextEdit()
        self.expression.setObjectName("field_expression")
        self.expression.setTabChangesFocus(True)
        self.expression.setFixedHeight(themes.current().px(58))
        self._row_of["expression"] = self.form.add(_("公式"), self.expression)
        self._leaver = _Leaver(self.expression, self._leave_expression)

    def _leave_expression(self) -> None:
        self._leave("expression", self.expression.toPlainText())

    def _add_bounds(self) -> None:
        theme = themes.current()
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for name, spoken in (("least", _("最小值")), ("most", _("最大值"))):
            edit = text_field(f"field_{name}", spoken)
            edit.setFixedWidth(theme.px(84))
            edit.editingFinished.connect(
                lambda name=name, edit=edit: self._leave(name, edit.text())
            )
            self.lines[name] = edit
            row.addWidget(edit)
            if name == "least":
                row.addWidget(Label(_("到"), "small", "text2"))
        row.addStretch(1)
        place.setFocusProxy(self.lines["least"])
        self._bounds = place
        self._row_of["bounds"] = self.form.add(_("范围"), place)
        places = text_field("field_places", _("小数位"), hint=_("不限"), width=84)
        places.editingFinished.connect(lambda: self._leave_places(places.text()))
        self.places = places
        self._row_of["places"] = self.form.add(_("小数位"), places)
        self.target = CheckBox(_("现状与目标，两个数"), name="field_with_target")
        self.target.clicked.connect(lambda on: self._leave("with_target", on))
        self._row_of["target"] = self.form.add("", self.target)

    def _leave_places(self, text: str) -> None:
        self._leave("places", int(text) if text.strip().isdigit() else -1)

    def _add_kinds(self) -> None:
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        for box in self.kinds.values():
            box.clicked.connect(lambda _on: self._leave_kinds())
            row.addWidget(box)
        row.addStretch(1)
        place.setFocusProxy(next(iter(self.kinds.values())))
        self.form.add(_("适用客户"), place)

    def _leave_kinds(self) -> None:
        chosen = [code for code, box in self.kinds.items() if box.isChecked()]
        self._leave("kinds", "" if len(chosen) == len(self.kinds) else "\n".join(chosen))

    def _add_flags(self) -> None:
        for name, column, words in _FLAGS:
            box = CheckBox(translate(words), name=f"field_{name}")
            turned = column.startswith("un")
            box.clicked.connect(
                lambda on, column=column, turned=turned: self._leave(column, on is not turned)
            )
            self.flags[name] = box
            self.form.add("", box)

    # -- showing ---------------------------------------------------------------------------

    def show_field(self, field: FieldView) -> None:
        """Show the rules of a field; what does not fit its type is hidden."""
        self._field = field
        for name, edit in self.lines.items():
            if self._is_news(field, name, _text_of(field, name)):
                edit.setText(_text_of(field, name))
        if self._is_news(field, "expression", field.expression):
            self.expression.setPlainText(field.expression)
        self.places.setText("" if field.limits.places < 0 else str(field.limits.places))
        self.target.setChecked(field.limits.with_target)
        for code, box in self.kinds.items():
            box.setChecked(not field.kinds or code in field.kinds)
        for name, box in self.flags.items():
            box.setChecked(bool(getattr(field, name)))
        self._fit(field)
        self.talks.show_talks([(one.condition, one.words, one.example) for one in field.talks])

    def _is_news(self, field: FieldView, name: str, text: str) -> bool:
        """Tell whether a text is another one than shown last: what was refused stays typed."""
        was, self._was[name] = self._was.get(name), (field.id, text)
        return was != (field.id, text)

    def _fit(self, field: FieldView) -> None:
        kind = field.type
        words, hint = _EXPRESSED.get(kind, ("", ""))
        self._show_row("expression", self.expression, kind in _EXPRESSED)
        if words:
            self._row_of["expression"].label.setText(translate(words))
            self.expression.setPlaceholderText(translate(hint))
            self.expression.setAccessibleName(translate(words))
        self._show_row("bounds", self._bounds, kind in _BOUNDED)
        self._show_row("places", self.places, kind in FIGURES and kind is not FieldType.integer)
        self._show_row("target", self.target, kind in _TARGETED)
        for name in ("initial", "required_when"):
            self._show_row(name, self.lines[name], field.typed)
        for box in self.flags.values():
            box.setVisible(field.holds_value)
        self.talks.setVisible(field.holds_value)

    def _show_row(self, name: str, widget: QWidget, shown: bool) -> None:
        self._row_of[name].label.setVisible(shown)
        widget.setVisible(shown)

    # -- keeping ---------------------------------------------------------------------------

    def _leave(self, name: str, value: Any) -> None:
        if self._field is None:
            return
        if name == "industries":
            parts = str(value).replace(",", "、").replace("，", "、").split("、")
            value = "\n".join(part.strip() for part in parts if part.strip())
        if isinstance(value, str):
            value = value.strip()
        if value != _kept(self._field, name):
            self.kept.emit(name, value)


def _text_of(field: FieldView, name: str) -> str:
    if name in ("least", "most"):
        return str(getattr(field.limits, name))
    if name == "industries":
        return "、".join(field.industries)
    return str(getattr(field, name))


def _kept(field: FieldView, name: str) -> Any:
    """Return the value of a column as the view of the field tells it."""
    if name in ("least", "most", "places", "with_target"):
        return getattr(field.limits, name)
    if name in ("industries", "kinds"):
        return "\n".join(getattr(field, name))
    if name.startswith("un"):
        told = {"unasked": field.asked, "unlisted": field.listed, "unimported": field.imported}
        return not told[name]
    return getattr(field, name)


class _Leaver(QWidget):
    """Tell when a text of several lines is left."""

    def __init__(self, edit: QPlainTextEdit, left: Callable[[], None]) -> None:
        super().__init__(edit)
        self._left = left
        self.hide()
        edit.installEventFilter(self)

    def eventFilter(self, _watched: object, event: object) -> bool:
        """Tell on leaving."""
        from PySide6.QtCore import QEvent

        if isinstance(event, QEvent) and event.type() == QEvent.Type.FocusOut:
            self._left()
        return False


class TalkRows(QWidget):
    """Edit what to talk about: condition, words, case; an empty row is always at the end."""

    kept = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        theme = themes.current()
        self.setObjectName("talk_rows")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(6))
        rows.addWidget(Label(_("痛点话术：如果…就讲…"), "small_bold", "text2"))
        self._holder = QVBoxLayout()
        self._holder.setSpacing(theme.px(6))
        rows.addLayout(self._holder)
        self.rows: list[tuple[QLineEdit, QLineEdit, QLineEdit]] = []
        self._places: list[QWidget] = []
        self._shown: list[tuple[str, str, str]] = []

    def show_talks(self, talks: list[tuple[str, str, str]]) -> None:
        """Show talks, and an empty row."""
        if self._places and talks == self._shown:
            return
        self._shown = list(talks)
        for place in self._places:
            self._holder.removeWidget(place)
            place.hide()
            place.deleteLater()
        self.rows, self._places = [], []
        for talk in (*talks, ("", "", "")):
            self._add(talk)

    def _add(self, talk: tuple[str, str, str]) -> None:
        theme = themes.current()
        at = len(self.rows)
        place = QWidget()
        lines = QVBoxLayout(place)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(4))
        edits = []
        for name, spoken, hint, text in zip(
            ("when", "words", "case"),
            (_("条件"), _("话术"), _("案例")),
            (_("如果 …，例如 漏检率 > 1"), _("就讲 …"), _("配案例 …")),
            talk,
            strict=True,
        ):
            edit = text_field(f"talk_{name}_{at}", spoken, text, hint)
            edit.editingFinished.connect(self._leave)
            edits.append(edit)
        lines.addWidget(edits[0])
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        row.addWidget(edits[1], 2)
        row.addWidget(edits[2], 1)
        drop = icon_button("close", _("去掉这条话术"), name=f"talk_drop_{at}")
        drop.clicked.connect(lambda: self._drop(at))
        row.addWidget(drop)
        lines.addLayout(row)
        self._holder.addWidget(place)
        self._places.append(place)
        self.rows.append((edits[0], edits[1], edits[2]))

    def _talks(self) -> list[tuple[str, str, str]]:
        found = [(one.text(), two.text(), three.text()) for one, two, three in self.rows]
        return [(a.strip(), b.strip(), c.strip()) for a, b, c in found if b.strip()]

    def _leave(self) -> None:
        if self._talks() != self._shown:
            self.kept.emit(self._talks())

    def _drop(self, at: int) -> None:
        left = self._talks()
        if at < len(left):
            left.pop(at)
            self.kept.emit(left)
